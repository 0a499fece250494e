// The map page: incidents in clusters, the areas in which they may lie, reported movement and control, and a list of what is chosen.

import { lendMarks, redrawMarks } from "./marks.js";
import { say } from "./live.js";
import { listed, reported } from "./under.js";
import { collection, colour, gl, growing, pixels, point, style, text, whenTurned, world } from "./world.js";

const VAGUE = 4;
const NEAR = 14;
const box = document.getElementById("map");
const words = JSON.parse(box.dataset.words);
const told = document.querySelector("[data-map-said]");
const GROUPS = {
  incidents: ["many-placed", "many-placed-count", "many-vague", "one-placed", "one-vague"],
  areas: ["areas"],
  statements: ["ways", "ends", "controls", "said"],
};
const CHOOSABLE = ["many-placed", "many-vague", "one-placed", "one-vague", "controls", "ways", "ends"];

const asked = (url) => fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));

// Rows out of columns: those placed well, those placed vaguely, and one area for each place and radius.
function incidents(columns) {
  const [placed, vague, areas] = [[], [], new Map()];
  columns.id.forEach((id, i) => {
    const [lon, lat, km, precision] = [columns.lon[i], columns.lat[i], columns.km[i] ?? 0, columns.precision[i]];
    const made = point(lon, lat, { i, precision });
    (precision >= VAGUE ? vague : placed).push(made);
    const key = `${lon},${lat},${km}`;
    if (km && !areas.has(key)) areas.set(key, point(lon, lat, { r: pixels(km, lat), faint: precision >= VAGUE ? 1 : 0 }));
  });
  return { placed, vague, areas: [...areas.values()] };
}

// A way from place to destination, bent a little so that ways there and back lie apart; its end knows its bearing.
function way(statement) {
  const [[x0, y0], [x1, y1]] = [statement.from, statement.to];
  const [mx, my] = [(x0 + x1) / 2 - (y1 - y0) * 0.12, (y0 + y1) / 2 + (x1 - x0) * 0.12];
  const line = Array.from({ length: 21 }, (_, n) => {
    const t = n / 20;
    return [(1 - t) ** 2 * x0 + 2 * t * (1 - t) * mx + t * t * x1, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * my + t * t * y1];
  });
  const bearing = (Math.atan2((x1 - mx) * Math.cos((y1 * Math.PI) / 180), y1 - my) * 180) / Math.PI;
  return { line, bearing };
}

function statements(rows) {
  const [ways, ends] = [[], []];
  rows.forEach((one, s) => {
    const label = reported(one, words);
    const properties = { s, label, kind: one.kind === "control" ? "control" : "moving", bearing: 0 };
    const distinct = one.from && one.to && (one.from[0] !== one.to[0] || one.from[1] !== one.to[1]);
    if (one.kind !== "control" && distinct) {
      const { line, bearing } = way(one);
      ways.push({ type: "Feature", properties, geometry: { type: "LineString", coordinates: line } });
      ends.push(point(...one.to, { ...properties, kind: "movement", bearing }));
    } else {
      ends.push(point(...(one.to ?? one.from), properties));
    }
  });
  return { ways, ends };
}

const clustered = (features) => ({ type: "geojson", data: collection(features), cluster: true, clusterRadius: 34, clusterMaxZoom: 14 });

function drawing(data) {
  const [mark, said, ground] = [colour("map-point"), colour("series-3"), colour("surface")];
  const size = ["interpolate", ["linear"], ["log10", ["get", "point_count"]], 0, 11, 1, 14, 2, 18, 3, 23, 4.5, 30];
  // Many areas on one another are drawn fainter, so that the land stays to be seen.
  const thin = Math.min(1, Math.sqrt(300 / (data.areas.length || 1)));
  const faint = (vague, near) => ["case", ["==", ["get", "faint"], 1], vague * thin, near * thin];
  const many = ["has", "point_count"];
  const number = ["get", "point_count_abbreviated"];
  return {
    sources: {
      placed: clustered(data.placed), vague: clustered(data.vague),
      areas: { type: "geojson", data: collection(data.areas) },
      ways: { type: "geojson", data: collection(data.ways) }, ends: { type: "geojson", data: collection(data.ends) },
    },
    layers: [
      {
        id: "areas", type: "circle", source: "areas",
        paint: {
          "circle-radius": growing("r"), "circle-color": mark, "circle-opacity": faint(0.035, 0.09),
          "circle-stroke-color": mark, "circle-stroke-width": 1, "circle-stroke-opacity": faint(0.22, 0.4),
        },
      },
      { id: "ways", type: "line", source: "ways", layout: { "line-cap": "round" }, paint: { "line-color": said, "line-width": 2, "line-dasharray": [2, 2.2] } },
      {
        id: "ends", type: "symbol", source: "ends", filter: ["==", ["get", "kind"], "movement"],
        layout: { "icon-image": "movement", "icon-size": 0.75, "icon-rotate": ["get", "bearing"], "icon-rotation-alignment": "map", "icon-allow-overlap": true },
      },
      {
        id: "controls", type: "symbol", source: "ends", filter: ["!=", ["get", "kind"], "movement"],
        layout: { "icon-image": ["get", "kind"], "icon-size": 0.8, "icon-allow-overlap": true },
      },
      {
        id: "said", type: "symbol", source: "ends", minzoom: 5,
        layout: text(["get", "label"], 11.5, { "text-anchor": "top", "text-offset": [0, 1.1], "text-max-width": 14 }),
        paint: { "text-color": said, "text-halo-color": ground, "text-halo-width": 1.5 },
      },
      { id: "one-vague", type: "symbol", source: "vague", filter: ["!", many], layout: { "icon-image": "vague", "icon-allow-overlap": true } },
      {
        id: "many-vague", type: "symbol", source: "vague", filter: many,
        layout: text(number, 12, { "icon-image": "many-vague", "icon-size": ["/", size, 10], "icon-allow-overlap": true, "text-allow-overlap": true }),
        paint: { "text-color": mark },
      },
      {
        id: "one-placed", type: "symbol", source: "placed", filter: ["!", many],
        layout: { "icon-image": ["case", ["<=", ["get", "precision"], 2], "exact", "about"], "icon-allow-overlap": true },
      },
      {
        id: "many-placed", type: "circle", source: "placed", filter: many,
        paint: { "circle-radius": size, "circle-color": mark, "circle-opacity": 0.88, "circle-stroke-color": ground, "circle-stroke-width": 1.5 },
      },
      { id: "many-placed-count", type: "symbol", source: "placed", filter: many, layout: text(number, 12, { "text-allow-overlap": true }), paint: { "text-color": ground } },
    ],
  };
}

// Everything under a point of the map: incidents by their row, statements by theirs, and whether there are clusters.
async function under(map, at) {
  const around = [[at.x - NEAR, at.y - NEAR], [at.x + NEAR, at.y + NEAR]];
  const layers = CHOOSABLE.filter((id) => map.getLayoutProperty(id, "visibility") !== "none");
  const found = { incidents: new Set(), statements: new Set(), more: 0, clusters: false };
  for (const one of map.queryRenderedFeatures(around, { layers })) {
    const { properties } = one;
    if ("s" in properties) found.statements.add(properties.s);
    else if (!properties.cluster) found.incidents.add(properties.i);
    else {
      found.clusters = true;
      const leaves = await map.getSource(one.source).getClusterLeaves(properties.cluster_id, 100, 0);
      leaves.forEach((leaf) => found.incidents.add(leaf.properties.i));
      found.more += properties.point_count - leaves.length;
    }
  }
  return found;
}

function fit(map, data, animate = false) {
  const bounds = new gl.LngLatBounds();
  const all = data.placed.length ? data.placed : data.vague;
  [...all, ...(all.length ? [] : data.ends)].forEach((one) => bounds.extend(one.geometry.coordinates));
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 50, maxZoom: 7, animate });
}

function show(map, group, on) {
  GROUPS[group].forEach((id) => map.setLayoutProperty(id, "visibility", on ? "visible" : "none"));
}

function controls(map, data) {
  for (const toggle of document.querySelectorAll("[data-layer]")) {
    toggle.addEventListener("change", () => show(map, toggle.dataset.layer, toggle.checked));
  }
  document.querySelector("[data-whole]").addEventListener("click", () => fit(map, data, true));
  for (const button of document.querySelectorAll("[data-go]")) {
    const [lon, lat, km] = button.dataset.go.split(",").map(Number);
    button.hidden = false;
    button.addEventListener("click", () => {
      const wide = Math.log2((box.clientWidth * 0.35) / pixels(Math.max(km, 3), lat));
      map.jumpTo({ center: [lon, lat], zoom: Math.min(Math.max(wide, 2), 10) });
      box.scrollIntoView({ block: "nearest" });
      say(words.within.replace("{km}", Math.ceil(km)));
    });
  }
}

function choosing(map, columns, rows) {
  const choose = async (at, focus) => listed(await under(map, at), { columns, rows, words, focus, zoom: () => map.easeTo({ center: map.unproject(at), zoom: map.getZoom() + 2 }) });
  map.on("click", (event) => choose(event.point, false));
  CHOOSABLE.forEach((layer) => {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose({ x: box.clientWidth / 2, y: box.clientHeight / 2 }, true);
  });
}

async function begin() {
  const narrow = window.matchMedia("(max-width: 40rem)").matches;
  const [made, columns, reports] = await Promise.all([
    world(box, { words, hash: "view", center: [42, 30], zoom: 2.6, cooperativeGestures: narrow }),
    asked(box.dataset.points), asked(box.dataset.statements),
  ]);
  if (made === null) {
    told.textContent = words.no_gl;
    return;
  }
  const { map, atlas } = made;
  const data = { ...incidents(columns), ...statements(reports.statements) };
  lendMarks(map);
  const draw = () => map.setStyle(style(atlas, box.dataset.lang, drawing(data)));
  await map.once("load");
  draw();
  whenTurned(() => {
    draw();
    redrawMarks(map);
  });
  if (!window.location.hash.includes("view=")) fit(map, data);
  controls(map, data);
  choosing(map, columns, reports.statements);
  map.once("idle", () => {
    told.hidden = true;
    box.dataset.drawn = columns.id.length;
  });
}

begin().catch((error) => {
  told.textContent = words.failed;
  console.error(error);
});
