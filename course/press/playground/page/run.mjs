// A training run that can go back: nnlib's epoch, with its history, and the way to any epoch.

import { divergence } from "./divergence.mjs";
import { backward, columns, forward, initialize, matrix, measure, update } from "./mathematics.mjs";
import { Generator } from "./random.mjs";

const MOST_KEPT = 400;

/** A run of `nnlib.training.train`: the same start, the same batches, the same numbers. */
export class Run {
  /** X, Y, test ([X, Y] or null), hidden ([[units, name], …]), rate, batch, seed, scale. */
  constructor(settings, edges) {
    Object.assign(this, settings);
    this.sizes = [this.X.rows, ...this.hidden.map(([units]) => units), 1];
    const names = this.hidden.map(([, activation]) => activation);
    this.layers = initialize(this.sizes, names, new Generator(this.seed, edges), this.scale);
    this.rng = new Generator(this.seed, edges);
    this.history = { costs: [], accuracies: [], testCosts: [], testAccuracies: [] };
    this.epoch = 0;
    this.every = 1; // every which epoch is kept
    this.kept = new Map([[0, [this.layers, this.rng.stand]]]);
    this.diverged = null;
  }

  /** The numbers of the examples, cut into the batches of one epoch; null is all of them. */
  pieces() {
    if (!this.batch) return [null];
    const order = this.rng.permutation(this.X.cols);
    const pieces = [];
    for (let start = 0; start < order.length; start += this.batch) {
      pieces.push(order.slice(start, start + this.batch));
    }
    return pieces;
  }

  /** (32) and (34) to (36) for each piece; then the history of the epoch is taken down. */
  step() {
    if (this.diverged && this.epoch >= this.diverged.epoch) return;
    const [evidence, labels] = [[], []];
    for (const piece of this.pieces()) {
      const X = piece ? columns(this.X, piece) : this.X;
      const Y = piece ? piece.map((i) => this.Y[i]) : this.Y;
      const cache = forward(this.layers, X); // (32)
      this.layers = update(this.layers, backward(this.layers, cache, Y), this.rate); // (34)–(36)
      evidence.push(...cache.Z.at(-1).data);
      labels.push(...Y);
    }
    const trained = measure(evidence, labels);
    const tested =
      this.test && measure(forward(this.layers, this.test[0]).Z.at(-1).data, this.test[1]);
    this.takeDown(trained, tested);
  }

  takeDown([cost, share], tested) {
    const { costs, accuracies, testCosts, testAccuracies } = this.history;
    const at = this.epoch;
    this.epoch += 1;
    costs[at] = healthy(this.layers) ? cost : Infinity;
    accuracies[at] = share;
    if (tested) [testCosts[at], testAccuracies[at]] = tested;
    if (this.epoch === costs.length) {
      const found = divergence(costs);
      if (found) this.diverged = { epoch: this.epoch, found };
    }
    if (this.epoch % this.every === 0 && !this.kept.has(this.epoch)) this.keep();
  }

  keep() {
    this.kept.set(this.epoch, [this.layers, this.rng.stand]);
    if (this.kept.size <= MOST_KEPT) return;
    this.every *= 2;
    for (const epoch of this.kept.keys()) if (epoch % this.every) this.kept.delete(epoch);
  }

  /** How far the run has been. */
  get reached() {
    return this.history.costs.length;
  }

  /** Go to an epoch where the run has been; what lies behind it is still known. */
  goTo(epoch) {
    const wanted = Math.max(0, Math.min(epoch, this.reached));
    let from = wanted - (wanted % this.every);
    while (!this.kept.has(from)) from -= this.every;
    [this.layers, this.rng.stand] = this.kept.get(from);
    this.epoch = from;
    while (this.epoch < wanted) this.step();
  }
}

function healthy(layers) {
  return layers.every(({ W, b }) => W.data.every(Number.isFinite) && b.every(Number.isFinite));
}

/** A list of rows as a matrix. */
export function fromRows(rows) {
  return matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
}
