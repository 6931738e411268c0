// The whole state as the part of an address behind #, and back.

import { ACTIVATIONS } from "./mathematics.mjs";
import { FEATURES, MOST_POINTS, SETS } from "./data.mjs";

export const MOST_LAYERS = 4;
export const MOST_UNITS = 8;
export const BATCHES = [0, 1, 8, 32, 128]; // 0: all examples
export const LARGEST_SEED = 2 ** 32 - 1;

/** What the page shows when nothing is said. */
export const DEFAULTS = {
  data: "circles",
  count: 250,
  noise: 0.1,
  test: 20,
  draw: 0, // the seed of the data
  features: ["x1", "x2"],
  hidden: [
    [4, "tanh"],
    [2, "tanh"],
  ],
  rate: 0.3,
  batch: 0,
  seed: 0,
  scale: 0, // 0: nnlib's own rule
  epoch: 0,
  points: [],
};

const number = (least, most, whole = false) => ({
  write: String,
  read(text) {
    const value = Number(text);
    const fits = text.trim() !== "" && value >= least && value <= most;
    return fits && (!whole || Number.isInteger(value)) ? value : undefined;
  },
});

const chosen = (names) => ({
  write: String,
  read: (text) => (Object.hasOwn(names, text) ? text : undefined),
});

const features = {
  write: (names) => names.join(","),
  read(text) {
    const asked = text.split(",");
    const names = Object.keys(FEATURES).filter((name) => asked.includes(name));
    return names.length && names.length === asked.length ? names : undefined;
  },
};

const hidden = {
  write: (layers) => layers.map(([units, activation]) => `${units}${activation}`).join(","),
  read(text) {
    if (text === "") return [];
    const layers = text.split(",").map((part) => /^([1-9]\d?)([a-z]+)$/.exec(part));
    const right =
      layers.length <= MOST_LAYERS &&
      layers.every(
        (found) => found && found[1] <= MOST_UNITS && Object.hasOwn(ACTIVATIONS, found[2]),
      );
    return right ? layers.map(([, units, activation]) => [Number(units), activation]) : undefined;
  },
};

const points = {
  write: (list) => list.map((point) => point.join("_")).join("~"),
  read(text) {
    if (text === "") return [];
    const list = text.split("~").map((part) => part.split("_").map(Number));
    const right =
      list.length <= MOST_POINTS &&
      list.every(
        (point) => point.length === 3 && point.every(Number.isFinite) && [0, 1].includes(point[2]),
      );
    return right ? list : undefined;
  },
};

/** How each part of the state is written and read. */
export const PARTS = {
  data: chosen(SETS),
  count: number(10, 1000, true),
  noise: number(0, 1),
  test: number(0, 80, true),
  draw: number(0, LARGEST_SEED, true),
  features,
  hidden,
  rate: number(1e-6, 1e6),
  batch: { write: String, read: (text) => BATCHES.find((size) => String(size) === text) },
  seed: number(0, LARGEST_SEED, true),
  scale: number(0, 100),
  epoch: number(0, 1e6, true),
  points,
};

/** The state in an address; only what differs from the defaults is written. */
export function written(state) {
  const said = new URLSearchParams();
  for (const [name, { write }] of Object.entries(PARTS)) {
    const text = write(state[name]);
    if (text !== write(DEFAULTS[name])) said.set(name, text);
  }
  return said.toString().replaceAll("%2C", ",").replaceAll("%7E", "~");
}

/** The state that an address says, and the names of the parts that it says wrongly. */
export function read(text) {
  const said = new URLSearchParams(text.replace(/^#/, ""));
  const state = structuredClone(DEFAULTS);
  const wrong = [];
  for (const [name, value] of said) {
    const found = Object.hasOwn(PARTS, name) ? PARTS[name].read(value) : undefined;
    if (found === undefined) wrong.push(name);
    else state[name] = found;
  }
  return { state, wrong };
}
