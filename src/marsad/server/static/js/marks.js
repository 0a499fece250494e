// Marks that the map draws beside circles: small pictures made on a canvas in the colours of the page.

import { colour } from "./world.js";

const SIZE = 48;

function drawn(paint) {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
  const pen = canvas.getContext("2d");
  pen.lineCap = "round";
  pen.lineWidth = 4;
  paint(pen);
  return pen.getImageData(0, 0, SIZE, SIZE);
}

function ring(pen, radius, { stroke, fill, dash = [], width = 4 }) {
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, radius, 0, 7);
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  pen.setLineDash(dash);
  pen.strokeStyle = stroke;
  pen.stroke();
}

function hatched(pen, stroke) {
  pen.strokeStyle = stroke;
  pen.lineWidth = 3;
  pen.strokeRect(6, 6, 36, 36);
  pen.beginPath();
  for (const [x0, y0, x1, y1] of [[6, 18, 18, 6], [6, 30, 30, 6], [6, 42, 42, 6], [18, 42, 42, 18], [30, 42, 42, 30]]) {
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
  }
  pen.stroke();
}

function lozenge(pen, stroke, fill) {
  pen.beginPath();
  for (const [x, y] of [[24, 8], [40, 24], [24, 40], [8, 24]]) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = stroke;
  pen.setLineDash([6, 6]);
  pen.stroke();
}

function head(pen, fill) {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(24, 6);
  pen.lineTo(38, 38);
  pen.lineTo(24, 30);
  pen.lineTo(10, 38);
  pen.closePath();
  pen.fill();
}

// The pictures by name, in the colours that the page has now.
function pictures() {
  const [mark, ground, said] = [colour("map-point"), colour("surface"), colour("series-3")];
  return {
    exact: (pen) => ring(pen, 12, { stroke: ground, fill: mark }),
    about: (pen) => ring(pen, 13, { stroke: mark, fill: `${ground}cc` }),
    vague: (pen) => ring(pen, 19, { stroke: mark, dash: [5.5, 6.5], width: 3 }),
    "many-vague": (pen) => ring(pen, 21, { stroke: mark, fill: `${ground}b3`, dash: [5.5, 6.5], width: 2.5 }),
    control: (pen) => hatched(pen, said),
    movement: (pen) => head(pen, said),
    moving: (pen) => lozenge(pen, said, `${ground}cc`),
  };
}

// Puts the pictures into a map as its layers ask for them.
export function lendMarks(map) {
  map.setMissingStyleImageResolver(async (id) => {
    const paint = pictures()[id];
    if (paint && !map.hasImage(id)) map.addImage(id, drawn(paint), { pixelRatio: 2 });
  });
}

// Draws those that are there again, in other colours.
export function redrawMarks(map) {
  for (const [id, paint] of Object.entries(pictures())) if (map.hasImage(id)) map.updateImage(id, drawn(paint));
}
