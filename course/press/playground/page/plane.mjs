// The picture of the plane: what the network says everywhere, its boundary, and the examples.

import { SETS } from "./data.mjs";
import { colours, heat, sharp } from "./paint.mjs";

const PALE = 0.66; // so that the marks stand out
export const SIDE = 48; // the plane is asked at 48 × 48 places

/** How far the plane reaches from its middle, so that every example lies on it. */
export function reach(points, least = 0) {
  let far = least / 1.06;
  for (const [x, y] of points) far = Math.max(far, Math.abs(x), Math.abs(y));
  return far ? Math.min(1.06 * far + 0.05, 1e7) : 2.2;
}

/** The places of the plane as points, row by row from the top. */
export function places(far, side = SIDE) {
  const step = (2 * far) / side;
  return Array.from({ length: side * side }, (_, i) => [
    -far + (0.5 + (i % side)) * step,
    far - (0.5 + Math.floor(i / side)) * step,
    0,
  ]);
}

/** Draw everything; Z is the evidence at the places, or null where there is no network. */
export function drawPlane(canvas, picture, app) {
  const { context, width } = sharp(canvas);
  const { training, testing, far } = app;
  const at = (x) => ((x + far) / (2 * far)) * width;
  const down = (y) => ((far - y) / (2 * far)) * width;
  if (app.surface) {
    const last = app.surface.A.at(-1).data;
    heat(picture, last, 0, SIDE, (a) => 0.5 + PALE * (a - 0.5));
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, width);
    boundary(context, app.surface.Z.at(-1).data, width);
  }
  axes(context, far, width, at, down, SETS[app.state.data].axes ?? ["x₁", "x₂"]);
  const small = training.length > 500 ? 0.62 : 1;
  for (const some of handfuls(testing)) marks(context, some, at, down, 3.4 * small, 1.1 * small);
  for (const some of handfuls(training)) marks(context, some, at, down, 4 * small, 2.1 * small);
  const chosen = app.run && training[app.example];
  if (chosen) ring(context, at(chosen[0]), down(chosen[1]));
}

/** Points in small groups, so that no label lies on top of all of the other. */
function handfuls(points) {
  const groups = [];
  for (let i = 0; i < points.length; i += 25) groups.push(points.slice(i, i + 25));
  return groups;
}

/** Circles for label 0, crosses for label 1, each with a rim that sets it off. */
function marks(context, points, at, down, size, width) {
  const shades = colours();
  for (const label of [0, 1]) {
    context.beginPath();
    for (const [x, y, own] of points) {
      if (own === label) outline(context, at(x), down(y), size, label);
    }
    context.strokeStyle = shades.card;
    context.lineWidth = width + 1.6;
    context.globalAlpha = 0.75;
    context.stroke();
    context.globalAlpha = 1;
    context.strokeStyle = label ? shades["one-ink"] : shades["zero-ink"];
    context.lineWidth = width;
    context.stroke();
  }
}

function outline(context, x, y, size, label) {
  if (label) {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
  } else {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
}

function ring(context, x, y) {
  const { ink, card } = colours();
  for (const [width, colour] of [
    [5, card],
    [2.2, ink],
  ]) {
    context.beginPath();
    context.arc(x, y, 10, 0, 7);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** The line where z = 0, square by square between the places. */
function boundary(context, Z, width) {
  const cell = width / SIDE;
  context.beginPath();
  for (let r = 0; r < SIDE - 1; r++) {
    for (let c = 0; c < SIDE - 1; c++) {
      const i = r * SIDE + c;
      const corners = [Z[i], Z[i + 1], Z[i + SIDE + 1], Z[i + SIDE]];
      const crossed = crossings(corners).map(([x, y]) => [
        (c + 0.5 + x) * cell,
        (r + 0.5 + y) * cell,
      ]);
      for (let k = 0; k + 1 < crossed.length; k += 2) {
        context.moveTo(...crossed[k]);
        context.lineTo(...crossed[k + 1]);
      }
    }
  }
  const { ink, card } = colours();
  context.lineCap = "round";
  for (const [size, colour] of [
    [4.5, card],
    [2.2, ink],
  ]) {
    context.lineWidth = size;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** Where the sides of a square change their sign; corners go round from the top left. */
function crossings([a, b, c, d]) {
  const found = [];
  const between = (p, q) => p / (p - q);
  if (a > 0 !== b > 0) found.push([between(a, b), 0]);
  if (b > 0 !== c > 0) found.push([1, between(b, c)]);
  if (c > 0 !== d > 0) found.push([1 - between(c, d), 1]);
  if (d > 0 !== a > 0) found.push([0, 1 - between(d, a)]);
  return found;
}

function axes(context, far, width, at, down, names) {
  const { soft, ink, card } = colours();
  context.strokeStyle = soft;
  context.globalAlpha = 0.35;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(at(0), 0);
  context.lineTo(at(0), width);
  context.moveTo(0, down(0));
  context.lineTo(width, down(0));
  context.stroke();
  context.globalAlpha = 1;
  const step =
    [0.5, 1, 2, 5, 10, 20, 50].find((one) => far / one < 4.5) ?? 10 ** Math.floor(Math.log10(far));
  context.font = "11px system-ui, sans-serif";
  context.lineWidth = 3;
  context.strokeStyle = card;
  context.fillStyle = ink;
  const write = (text, x, y) => {
    context.textAlign = x < 10 ? "left" : x > width - 10 ? "right" : "center";
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  for (let x = -Math.floor(far / step) * step; x <= far; x += step) {
    const text = String(Math.round(x * 1e6) / 1e6).replace("-", "−");
    if (at(x) > 12 && at(x) < width - 22) write(text, at(x), width - 5);
    if (down(x) > 26 && down(x) < width - 18) write(text, 4, down(x) + 4);
  }
  const [across, up] = names;
  write(across, width - 4, width - (across.length > 2 ? 19 : 5));
  write(up, 4, 13);
}
