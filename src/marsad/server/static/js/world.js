// The map under everything: land, borders and names from a file of this site, no tiles, no server of letters.

import * as gl from "../built/maplibre-gl.js";
import { feature, mesh } from "../built/topology.js";

gl.setWorkerUrl(new URL("../built/maplibre-gl-worker.js", import.meta.url).href);

const FONT = ["Marsad Sans"];
const EARTH = 40075016.686;
const empty = { type: "FeatureCollection", features: [] };

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
export const collection = (features) => ({ type: "FeatureCollection", features });
export const point = (lon, lat, properties) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });

// A radius in kilometres as pixels at zoom 0, at this latitude; a circle's radius doubles with each zoom.
export const pixels = (km, lat) => (km * 1000 * 512) / (EARTH * Math.cos((lat * Math.PI) / 180));
export const growing = (property) => ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", property], 20, ["*", ["get", property], 2 ** 20]];

// Text in the reader's letters, as the page itself draws them.
export const text = (field, size, more = {}) => ({ "text-field": field, "text-font": FONT, "text-size": size, ...more });

function layers(lang) {
  return [
    { id: "sea", type: "background", paint: { "background-color": colour("map-sea") } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("map-land"), "fill-antialias": false } },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("map-border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.4, 6, 1.2] } },
    {
      id: "countries", type: "symbol", source: "countries",
      layout: text(["get", lang], ["interpolate", ["linear"], ["zoom"], 2, 11, 6, 15], { "symbol-sort-key": ["-", 0, ["get", "size"]], "text-max-width": 7, "text-padding": 6 }),
      paint: { "text-color": colour("map-label"), "text-halo-color": colour("map-land"), "text-halo-width": 1.5 },
    },
  ];
}

function sources(atlas) {
  const countries = feature(atlas, atlas.objects.countries);
  const named = countries.features.filter((one) => one.properties.at);
  return {
    land: { type: "geojson", data: countries, tolerance: 0.3 },
    borders: { type: "geojson", data: mesh(atlas, atlas.objects.countries) },
    countries: { type: "geojson", data: collection(named.map((one) => point(...one.properties.at, one.properties))) },
  };
}

// The style of the map in the colours of the page, with more sources and layers on top of the land and under the names.
export function style(atlas, lang, more = { sources: {}, layers: [] }) {
  const [names, land] = [layers(lang).slice(-1), layers(lang).slice(0, -1)];
  return { version: 8, sources: { ...sources(atlas), ...more.sources }, layers: [...land, ...names, ...more.layers] };
}

export function can() {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

const told = (words) => Object.fromEntries(Object.entries(words).filter(([, word]) => word));

// A map in a box with data-world and data-lang; null where the browser has no WebGL.
export async function world(box, { words = {}, ...options }) {
  if (!can()) return null;
  const [answer] = await Promise.all([fetch(box.dataset.world), document.fonts.load('14px "Marsad Sans"', "Aa"), document.fonts.load('14px "Marsad Sans"', "مرصد")]);
  const atlas = await answer.json();
  const map = new gl.Map({
    container: box,
    style: style(atlas, box.dataset.lang),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    maxZoom: 11,
    fadeDuration: 0,
    locale: told({
      "NavigationControl.ZoomIn": words.zoom_in,
      "NavigationControl.ZoomOut": words.zoom_out,
      "Map.Title": box.dataset.label,
      "ScaleControl.Meters": words.m,
      "ScaleControl.Kilometers": words.km,
      "CooperativeGesturesHandler.WindowsHelpText": words.ctrl_scroll,
      "CooperativeGesturesHandler.MacHelpText": words.ctrl_scroll,
      "CooperativeGesturesHandler.MobileHelpText": words.two_fingers,
    }),
    ...options,
  });
  if (options.interactive === false) return { map, atlas };
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const corner = box.dataset.dir === "rtl" ? ["top-left", "bottom-right"] : ["top-right", "bottom-left"];
  map.addControl(new gl.NavigationControl({ showCompass: false }), corner[0]);
  map.addControl(new gl.ScaleControl({ maxWidth: 120 }), corner[1]);
  return { map, atlas };
}

// Calls back when the page turns dark or light.
export const whenTurned = (turned) => window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", turned);
export { empty, gl };
