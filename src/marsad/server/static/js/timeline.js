// Charts of the timeline: bars, a band from the low to the high figure, lines by side; drawing over one chooses a time.

import Chart from "../built/chart.js";

const box = document.querySelector("[data-timeline]");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const DASHES = [[], [8, 4], [2, 4], [12, 4, 2, 4], [5, 2], [1, 3]];
const HEIGHT = 190;
const DAY = 86400;

const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;
const iso = (at) => new Date(at * 1000).toISOString().slice(0, 10);

// The last day of a step that begins at this one.
function ends(start, by) {
  const day = new Date(start * 1000);
  const next = {
    day: () => start + DAY,
    week: () => start + 7 * DAY,
    month: () => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1) / 1000,
    year: () => Date.UTC(day.getUTCFullYear() + 1, 0) / 1000,
  }[by]();
  return next - DAY;
}

// The page again with the time that was drawn, by whole steps.
function choose(chart, data, starts) {
  const { left, width } = chart.select;
  if (width < 4) return;
  const [from, to] = [chart.posToVal(left, "x"), chart.posToVal(left + width, "x")];
  const inside = starts.filter((start) => start <= to && ends(start, data.by) + DAY >= from);
  if (inside.length === 0) return;
  const address = new URL(window.location.href);
  address.searchParams.set("from", iso(inside[0]));
  address.searchParams.set("to", iso(ends(inside.at(-1), data.by)));
  address.searchParams.delete("offset");
  address.searchParams.delete("by");
  window.location.assign(address);
}

// Days as the reader writes them: year alone where steps are years, day and month where they are days.
function ticks(words, by) {
  return (chart, splits, axis, space, step) => splits.map((at) => {
    const day = new Date(at * 1000);
    const [year, month] = [day.getUTCFullYear(), words.months[day.getUTCMonth()]];
    if (by === "year" || step >= 360 * DAY) return `${year}`;
    return step >= 27 * DAY ? `${month} ${year}` : `${day.getUTCDate()} ${month}`;
  });
}

function axes(words, by) {
  const [ink, line] = [colour("ink-3"), colour("line")];
  const common = { stroke: ink, font: '12px "Marsad Sans"', ticks: { stroke: line, width: 1 }, grid: { stroke: line, width: 1 } };
  const whole = (chart, splits) => splits.map((value) => (Number.isInteger(value) ? value.toLocaleString("en") : ""));
  return [{ ...common, grid: { show: false }, values: ticks(words, by), space: 80, size: 32 }, { ...common, values: whole, size: 56 }];
}

function options(place, series, more, { words, data, starts }) {
  return {
    width: place.clientWidth,
    height: HEIGHT,
    tzDate: (at) => Chart.tzDate(new Date(at * 1000), "Etc/UTC"),
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false } },
    scales: { x: { range: (chart, low, high) => [low - widest(starts) * 0.6, high + widest(starts) * 0.6] }, y: { range: (chart, low, high) => [0, Math.max(high * 1.08, 1)] } },
    axes: axes(words, data.by),
    series: [{}, ...series],
    hooks: { setSelect: [(chart) => choose(chart, data, starts)] },
    ...more,
  };
}

// The steps with a figure between two without: no line is drawn to them, so they are points.
function alone(chart, number, shown) {
  const values = chart.data[number];
  const told = (n) => values[n] !== null && values[n] !== undefined;
  return shown ? null : values.flatMap((value, n) => (told(n) && !told(n - 1) && !told(n + 1) ? [n] : []));
}

const widest = (starts) => (starts.length > 1 ? starts[1] - starts[0] : DAY * 30);

function legend(key, entries) {
  const list = document.querySelector(`[data-legend="${key}"]`);
  list.replaceChildren(...entries.map(({ name, stroke, dash, fill }) => {
    const item = Object.assign(document.createElement("span"), { className: "item" });
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "0 0 28 12");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", fill ? "rect" : "path");
    const given = fill ? { x: 2, y: 1, width: 24, height: 10, fill } : { d: "M1 6h26", stroke, "stroke-width": 2.5, "stroke-dasharray": (dash ?? []).join(" "), fill: "none" };
    Object.entries(given).forEach(([attribute, value]) => shape.setAttribute(attribute, value));
    picture.append(shape);
    item.append(picture, Object.assign(document.createElement("bdi"), { textContent: name }));
    return item;
  }));
}

function drawings(data, words) {
  const [bars, mark] = [colour("series-1"), colour("series-5")];
  const band = `${mark}38`;
  const found = {
    events: {
      values: [data.events],
      series: [{ fill: bars, stroke: bars, width: 0, paths: Chart.paths.bars({ size: [0.8, 40] }), points: { show: false } }],
      legend: [],
    },
    killed: {
      values: [data.killed_low, data.killed_high, data.killed_best],
      series: [{ stroke: mark, width: 0.5, dash: [2, 3], points: { show: false } }, { stroke: mark, width: 0.5, dash: [2, 3], points: { show: false } }, { stroke: mark, width: 2, points: { show: data.starts.length < 40, filter: alone, size: 5, fill: mark } }],
      more: { bands: [{ series: [2, 1], fill: band }] },
      legend: [{ name: words.best, stroke: mark }, { name: words.band, fill: band }],
    },
  };
  if (data.series.length) {
    const lines = data.series.map((one, n) => ({ name: one.name, stroke: colour(`series-${(n % 6) + 1}`), dash: DASHES[n % 6], width: 2, points: { show: false, filter: alone, size: 5, fill: colour(`series-${(n % 6) + 1}`) } }));
    found.harm = { values: data.series.map((one) => one.killed), series: lines.map(({ name, ...line }) => line), legend: lines };
  }
  return found;
}

function begin() {
  const [data, words] = [JSON.parse(box.dataset.timeline), JSON.parse(box.dataset.words)];
  const starts = data.starts.map(seconds);
  const charts = Object.entries(drawings(data, words)).map(([key, drawing]) => {
    const place = document.querySelector(`[data-chart="${key}"]`);
    place.replaceChildren();
    const made = new Chart(options(place, drawing.series, drawing.more, { words, data, starts }), [starts, ...drawing.values], place);
    legend(key, drawing.legend);
    return { place, made };
  });
  box.dataset.drawn = charts.length;
  return charts;
}

if (box) {
  document.querySelector("[data-brush-hint]").hidden = false;
  await document.fonts.load('12px "Marsad Sans"', "Aa مرصد");
  let charts = begin();
  window.addEventListener("resize", () => charts.forEach(({ place, made }) => made.setSize({ width: place.clientWidth, height: HEIGHT })));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach(({ made }) => made.destroy());
    charts = begin();
  });
}
