// The small map of one incident: where it may have been, as an area; a sharp point only where the place is known.

import { lendMarks } from "./marks.js";
import { collection, colour, growing, pixels, point, style, whenTurned, world } from "./world.js";

const SHARP_KM = 2;

function drawing(lat, lon, km) {
  const mark = colour("map-point");
  const here = { type: "geojson", data: collection([point(lon, lat, { r: pixels(km, lat) })]) };
  const area = { "circle-radius": growing("r"), "circle-color": mark, "circle-opacity": 0.14, "circle-stroke-color": mark, "circle-stroke-width": 1.5, "circle-stroke-opacity": 0.7 };
  const layers = [{ id: "area", type: "circle", source: "here", paint: area }];
  if (km <= SHARP_KM) layers.push({ id: "point", type: "symbol", source: "here", layout: { "icon-image": "exact", "icon-allow-overlap": true } });
  return { sources: { here }, layers };
}

async function begin(box) {
  const [lat, lon, km] = [box.dataset.lat, box.dataset.lon, box.dataset.radius].map(Number);
  Object.assign(box.dataset, { world: box.dataset.world ?? "/static/built/world.json", lang: document.documentElement.lang });
  box.hidden = false;
  const zoom = Math.log2((box.clientHeight * 0.32) / pixels(Math.max(km, 12), lat));
  const made = await world(box, { interactive: false, center: [lon, lat], zoom: Math.min(Math.max(zoom, 2), 6) });
  if (made === null) {
    box.hidden = true;
    return;
  }
  const { map, atlas } = made;
  lendMarks(map);
  const draw = () => map.setStyle(style(atlas, box.dataset.lang, drawing(lat, lon, km)));
  await map.once("load");
  draw();
  whenTurned(draw);
  map.once("idle", () => { box.dataset.drawn = "1"; });
}

document.querySelectorAll("[data-small-map]").forEach((box) => begin(box).catch((error) => {
  box.hidden = true;
  console.error(error);
}));
