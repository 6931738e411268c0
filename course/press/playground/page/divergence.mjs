// When a run is hopeless, and which learning rate to try: nnlib.learning_rate, its rule and words.

import { significant } from "./numbers.mjs";

const PATIENCE = 10;
const HIGH = 1.25 * Math.log(2); // log 2 is the cost of saying 1/2 every time
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** What is wrong with a run, from its costs so far: [which sentence, its numbers], or null. */
export function divergence(costs) {
  const recent = costs.slice(-PATIENCE);
  const before = costs.slice(-2 * PATIENCE, -PATIENCE);
  const [first, last] = [costs[0], costs.at(-1)];
  const [low, high] = [Math.min(...recent), Math.max(...recent)];
  const values = { unit: "epoch", "len(costs)": costs.length, first, last, low, high };
  if (!(last < Infinity)) return ["overflow", values];
  if (before.length < PATIENCE) return null;
  const [meanBefore, meanRecent] = [sum(before) / PATIENCE, sum(recent) / PATIENCE];
  const falls = meanRecent < 0.9 * meanBefore || last < Math.min(...recent.slice(0, -1));
  const moves = high > 1.1 * Math.min(first, low);
  if (falls || !moves || Math.min(meanBefore, meanRecent) < HIGH) return null;
  return [low > first ? "rose" : "leaps", values];
}

/** The sentence of nnlib's DivergenceError; `words` are its f-strings, read from the source. */
export function sentence([which, values], words, rate, better) {
  const leaps = filled(words.leaps_part, values);
  const what = filled(words[which], { ...values, leaps });
  return filled(words.refusal, { what, rate, better });
}

/** An f-string: texts, and pairs of an expression and its format. */
function filled(template, values) {
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      const [name, format] = part;
      if (!(name in values)) throw new Error(`no value for ${name}`);
      const digits = { "": 0, g: 6, ".4g": 4, ".2g": 2 }[format];
      return digits ? significant(values[name], digits) : String(values[name]);
    })
    .join("");
}

/** The rate 2/Λ of logistic regression on X. */
export function safeLearningRate(X) {
  const n = X.rows + 1;
  const at = (k, i) => (k === X.rows ? 1 : X.data[k * X.cols + i]);
  const S = Array.from({ length: n }, (_, j) =>
    Array.from({ length: n }, (_, k) => {
      let total = 0;
      for (let i = 0; i < X.cols; i++) total += at(j, i) * at(k, i);
      return total;
    }),
  );
  return (8 * X.cols) / largestEigenvalue(S);
}

/** The largest eigenvalue of a small symmetric matrix, by Jacobi's rotations. */
function largestEigenvalue(S) {
  const n = S.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (S[p][q] === 0) continue;
        const theta = (S[q][q] - S[p][p]) / (2 * S[p][q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          [S[k][p], S[k][q]] = [c * S[k][p] - s * S[k][q], s * S[k][p] + c * S[k][q]];
        }
        for (let k = 0; k < n; k++) {
          [S[p][k], S[q][k]] = [c * S[p][k] - s * S[q][k], s * S[p][k] + c * S[q][k]];
        }
      }
    }
  }
  return Math.max(...S.map((row, i) => row[i]));
}

/** A rate to try after a run diverged: 2/Λ for one layer, else a tenth, at most 2/Λ. */
export function lowerRate(X, rate, layers) {
  const exact = safeLearningRate(X);
  if (!Number.isFinite(exact)) return rate / 10;
  const [digits, power] = exact.toExponential(20).split("e");
  const limit = Number(`${digits.slice(0, 3)}e${power}`); // rounded down to two digits
  return layers === 1 && limit < rate ? limit : Math.min(rate / 10, limit);
}
