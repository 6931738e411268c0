// The examples: generated, drawn, pasted, or photographs. A point is [x1, x2, label].
//
// Coordinates have at most four digits behind the point: code and address carry them exactly.

import { matrix } from "./mathematics.mjs";
import { Generator } from "./random.mjs";

export const MOST_POINTS = 2000;
const round = (x) => Math.round(x * 1e4) / 1e4 + 0; // + 0: no −0

/** How each generated set places one point: (label, random generator, noise) to [x1, x2]. */
const PLACED = {
  circles(label, rng, noise) {
    const radius = label ? 0.75 * Math.sqrt(rng.uniform()) : 1.45 + 0.55 * rng.uniform();
    const angle = 2 * Math.PI * rng.uniform();
    return blurred(radius * Math.cos(angle), radius * Math.sin(angle), rng, 0.8 * noise);
  },
  xor(label, rng, noise) {
    const side = rng.uniform() < 0.5 ? -1 : 1;
    const [x, y] = [0.1 + 1.8 * rng.uniform(), 0.1 + 1.8 * rng.uniform()];
    return blurred(side * x, (label ? -side : side) * y, rng, 0.8 * noise);
  },
  gauss(label, rng, noise) {
    const centre = label ? 1 : -1;
    return blurred(centre, centre, rng, 0.4 + noise);
  },
  spiral(label, rng, noise) {
    const along = rng.uniform();
    const angle = 3 * Math.PI * along + (label ? Math.PI : 0);
    const radius = 0.15 + 1.85 * along;
    return blurred(radius * Math.cos(angle), radius * Math.sin(angle), rng, 0.5 * noise);
  },
};

function blurred(x, y, rng, spread) {
  return [x + spread * rng.normal(), y + spread * rng.normal()];
}

/** The sets by name: the words for each, and where its points come from. */
export const SETS = {
  circles: { title: "Circles", about: "label 1 is a disc, label 0 a ring around it", made: true },
  xor: { title: "XOR", about: "label 1 where x₁ and x₂ have different signs", made: true },
  gauss: { title: "Gauss", about: "two bell-shaped clouds", made: true },
  spiral: { title: "Spiral", about: "two arms, wound around each other", made: true },
  trees_green: {
    title: "Trees I",
    about: "photographs: brightness, green minus blue",
    axes: ["brightness", "green − blue"],
    trees: 1,
  },
  trees_contrast: {
    title: "Trees II",
    about: "photographs: brightness, contrast",
    axes: ["brightness", "contrast"],
    trees: 2,
  },
  drawn: { title: "Drawn", about: "points that you place yourself" },
  pasted: { title: "Pasted", about: "your own numbers, as CSV" },
};

/** The points of a generated set; labels alternate, then the order is shuffled. */
export function generated(name, count, noise, seed, edges) {
  const rng = new Generator(seed, edges);
  const points = Array.from({ length: count }, (_, i) => {
    const label = i % 2;
    return [...PLACED[name](label, rng, noise).map(round), label];
  });
  return rng.permutation(count).map((i) => points[i]);
}

/** Training and test points that a state asks for; photographs have their own test places. */
export function parted(state, facts) {
  const { data, count, noise, test, draw, points } = state;
  const { made, trees } = SETS[data];
  if (trees) return [facts.trees[data].training, facts.trees[data].testing];
  if (!made) return dealt(points, test, draw, facts.edges);
  const drawn = generated(data, count, noise, draw, facts.edges);
  const kept = Math.round((count * test) / 100);
  return [drawn.slice(0, count - kept), drawn.slice(count - kept)];
}

/** Of each label, `share` per cent are kept for the test, chosen by the seed. */
function dealt(points, share, seed, edges) {
  const order = new Generator(seed, edges).permutation(points.length);
  const kept = new Set();
  for (const label of [0, 1]) {
    const these = order.filter((i) => points[i][2] === label);
    for (const i of these.slice(0, Math.floor((these.length * share) / 100))) kept.add(i);
  }
  return [points.filter((_, i) => !kept.has(i)), points.filter((_, i) => kept.has(i))];
}

/** The features, by the name that stands in the address. `python` is the same with NumPy. */
export const FEATURES = {
  x1: { title: "x₁", spoken: "x 1", of: (x) => x, python: "x1" },
  x2: { title: "x₂", spoken: "x 2", of: (x, y) => y, python: "x2" },
  x1x1: { title: "x₁²", spoken: "x 1 squared", of: (x) => x * x, python: "x1 * x1" },
  x2x2: { title: "x₂²", spoken: "x 2 squared", of: (x, y) => y * y, python: "x2 * x2" },
  x1x2: { title: "x₁x₂", spoken: "x 1 times x 2", of: (x, y) => x * y, python: "x1 * x2" },
  sin1: {
    title: "sin 2x₁",
    spoken: "sine of 2 x 1",
    of: (x) => Math.sin(2 * x),
    python: "np.sin(2 * x1)",
  },
  sin2: {
    title: "sin 2x₂",
    spoken: "sine of 2 x 2",
    of: (x, y) => Math.sin(2 * y),
    python: "np.sin(2 * x2)",
  },
};

/** X, shape (n_x, m), of some points with some features. */
export function examples(points, features) {
  const X = matrix(features.length, points.length);
  features.forEach((name, k) => {
    points.forEach(([x, y], i) => (X.data[k * points.length + i] = FEATURES[name].of(x, y)));
  });
  return X;
}

/** Why these points cannot be trained on; an empty text if they can. */
export function refusal(training) {
  const ones = training.filter(([, , label]) => label === 1).length;
  if (training.length === 0)
    return "There is no example yet: at least one of each label is needed.";
  if (ones === 0 || ones === training.length) {
    const [have, lack] = ones ? [1, 0] : [0, 1];
    return `All training examples have label ${have}: place one with label ${lack} as well.`;
  }
  return "";
}
