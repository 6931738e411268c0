// Colours of the page, and canvases that are sharp on every screen.

const NAMES = [
  "ink",
  "soft",
  "rule",
  "card",
  "accent",
  "plus",
  "minus",
  "zero",
  "half",
  "one",
  "zero-ink",
  "one-ink",
];
let known = null;

/** The colours that the style sets for light or dark; triples for those that are mixed. */
export function colours() {
  if (known) return known;
  const style = getComputedStyle(document.documentElement);
  known = {};
  for (const name of NAMES) {
    const text = style.getPropertyValue(`--${name}`).trim();
    known[name] = /^\d/.test(text) ? text.split(",").map(Number) : text;
  }
  return known;
}

/** Called when light turns to dark, or back. */
export function forgetColours() {
  known = null;
}

/** A canvas as large as its box on the screen: its context, and its size in CSS pixels. */
export function sharp(canvas) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const dense = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
  }
  const context = canvas.getContext("2d");
  context.setTransform(dense, 0, 0, dense, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Paint values as a picture of side × side pixels; `share` makes a number from 0 to 1 of each. */
export function heat(canvas, values, from, side, share) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(side, side);
  const { zero, half, one } = colours();
  for (let i = 0; i < side * side; i++) {
    const t = share(values[from + i]);
    const end = t < 0.5 ? zero : one;
    const mix = Math.min(1, Math.abs(2 * t - 1)) || 0;
    for (let c = 0; c < 3; c++) picture.data[4 * i + c] = half[c] + mix * (end[c] - half[c]);
    picture.data[4 * i + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

/** How the outputs of a unit are spread over the colours: 0 … 1, with one half for its middle. */
export function shareOf(activation, values, from, count) {
  if (activation === "sigmoid") return (a) => a;
  if (activation === "tanh") return (a) => (a + 1) / 2;
  let largest = 0;
  for (let i = from; i < from + count; i++) largest = Math.max(largest, Math.abs(values[i]));
  return (a) => 0.5 + (0.5 * a) / (largest || 1);
}
