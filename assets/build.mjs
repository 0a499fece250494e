// Packs what the browser needs and others wrote into src/marsad/server/static/built (run by tools/assets.py).

import { build } from "esbuild";
import { feature } from "topojson-client";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const built = join(here, "../src/marsad/server/static/built");

const FONTS = [
  // package, file, family, weight, style
  ["ibm-plex-sans", "latin-400-normal", "Marsad Sans", 400, "normal"],
  ["ibm-plex-sans", "latin-600-normal", "Marsad Sans", 600, "normal"],
  ["ibm-plex-sans", "latin-ext-400-normal", "Marsad Sans", 400, "normal"],
  ["ibm-plex-sans", "latin-ext-600-normal", "Marsad Sans", 600, "normal"],
  ["ibm-plex-sans-arabic", "arabic-400-normal", "Marsad Sans", 400, "normal"],
  ["ibm-plex-sans-arabic", "arabic-600-normal", "Marsad Sans", 600, "normal"],
  ["ibm-plex-serif", "latin-400-normal", "Marsad Text", 400, "normal"],
  ["ibm-plex-serif", "latin-600-normal", "Marsad Text", 600, "normal"],
  ["ibm-plex-serif", "latin-ext-400-normal", "Marsad Text", 400, "normal"],
  ["noto-naskh-arabic", "arabic-400-normal", "Marsad Text", 400, "normal"],
  ["noto-naskh-arabic", "arabic-700-normal", "Marsad Text", 600, "normal"],
];

const PACKED = [
  "htmx.org",
  "maplibre-gl",
  "uplot",
  "topojson-client",
  "world-atlas",
  ...new Set(FONTS.map(([name]) => `@fontsource/${name}`)),
];

const read = (...path) => readFileSync(join(...path), "utf-8");
const described = (name) => JSON.parse(read(modules, name, "package.json"));

async function scripts() {
  await build({
    entryPoints: ["htmx", "chart", "topology"].map((name) => join(here, "src", `${name}.js`)),
    outdir: built,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
  });
  // MapLibre comes packed, in two parts: the page's, and its worker's, which the page names.
  for (const part of ["maplibre-gl", "maplibre-gl-worker"]) {
    const text = read(modules, "maplibre-gl/dist", `${part}.mjs`);
    writeFileSync(join(built, `${part}.js`), text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
}

function styles() {
  copyFileSync(join(modules, "uplot/dist/uPlot.min.css"), join(built, "chart.css"));
  copyFileSync(join(modules, "maplibre-gl/dist/maplibre-gl.css"), join(built, "maplibre-gl.css"));
}

// One face for each file, with the range of characters that its own style sheet gives it.
function fonts() {
  const faces = FONTS.map(([name, file, family, weight, style]) => {
    const source = `${name}-${file}.woff2`;
    copyFileSync(join(modules, "@fontsource", name, "files", source), join(built, source));
    const sheet = read(modules, "@fontsource", name, `${file.split("-").at(-2)}.css`);
    const rule = sheet.split("}").find((part) => part.includes(`/${source}`));
    const range = /unicode-range:\s*([^;]+);/.exec(rule ?? "");
    if (!range) throw new Error(`no range of characters for ${source}`);
    return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};font-display:swap;`
      + `src:url("${source}") format("woff2");unicode-range:${range[1]}}`;
  });
  writeFileSync(join(built, "fonts.css"), faces.join("\n") + "\n");
}

// Names that are told in names.tsv, else those of the system's own list of regions.
function namer() {
  const told = new Map(
    read(here, "names.tsv").split("\n").filter((line) => line && !line.startsWith("#")).slice(1)
      .map((line) => line.split("\t")).map(([country, en, ar]) => [country, { en, ar }]),
  );
  const regions = { en: new Intl.DisplayNames(["en"], { type: "region" }), ar: new Intl.DisplayNames(["ar"], { type: "region" }) };
  return (code, name) =>
    told.get(code) ?? told.get(name) ?? (code ? { en: regions.en.of(code), ar: regions.ar.of(code) } : null);
}

// Where a country's name is written: the middle of its largest part, and how large that is, in square degrees.
function labelled(shape) {
  const parts = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const middles = parts.map(([ring]) => {
    let [twice, x, y] = [0, 0, 0];
    for (let i = 1; i < ring.length; i += 1) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
      const cross = x0 * y1 - x1 * y0;
      twice += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    return { at: [x / (3 * twice), y / (3 * twice)].map((n) => Number(n.toFixed(2))), size: Math.abs(twice / 2) };
  });
  const largest = middles.reduce((best, one) => (one.size > best.size ? one : best));
  return { at: largest.at, size: Number(largest.size.toFixed(2)) };
}

// Natural Earth's countries at 1:50 million: shapes as they are, names in both languages, and where the name is written.
function world() {
  const codes = new Map(JSON.parse(read(modules, "i18n-iso-countries/codes.json")).map(([two, , number]) => [number, two]));
  const nameOf = namer();
  const atlas = JSON.parse(read(modules, "world-atlas/countries-50m.json"));
  delete atlas.objects.land;
  for (const shape of atlas.objects.countries.geometries) {
    const code = codes.get(shape.id) ?? "";
    const name = nameOf(code, shape.properties.name);
    const whole = name ? labelled(feature(atlas, shape).geometry) : {};
    shape.properties = { code, ...(name ?? {}), ...whole };
    delete shape.id;
  }
  writeFileSync(join(built, "world.json"), JSON.stringify(atlas));
}

// Those that were packed, and what they are made of in turn.
function everything() {
  const found = new Set();
  const add = (name) => {
    if (found.has(name) || name.startsWith("@types/") || !existsSync(join(modules, name))) return;
    found.add(name);
    Object.keys(described(name).dependencies ?? {}).filter((other) => other !== "commander").forEach(add);
  };
  PACKED.forEach(add);
  return [...found].sort();
}

function licences() {
  const parts = everything().map((name) => {
    const { version, license } = described(name);
    const file = readdirSync(join(modules, name)).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
    const text = file ? read(modules, name, file).trim() : `Under the licence ${license}, as its package says.`;
    return `${"=".repeat(100)}\n${name} ${version} (${license})\n\n${text}\n`;
  });
  const about = "What stands in this folder beside the work of this project, and under which licence.\n"
    + "world.json is made from Natural Earth (public domain, naturalearthdata.com), by way of world-atlas.\n";
  writeFileSync(join(built, "LICENSES.txt"), [about, ...parts].join("\n"));
}

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
await scripts();
styles();
fonts();
world();
licences();
