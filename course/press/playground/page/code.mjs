// "Give me this as nnlib code": a Python program that repeats the run, and the weights.

import { FEATURES, SETS } from "./data.mjs";

const row = (numbers) => `    [${numbers.join(", ")}],`;
const array = (rows) => ["np.array([", ...rows.map(row), "])"].join("\n");
const names = (list) => `[${list.map((name) => `"${name}"`).join(", ")}]`;

/** The lines that make the points: rows x1, x2, label; the photographs from their file. */
function data(state, training, testing) {
  const { trees } = SETS[state.data];
  if (!trees) {
    const lines = [`training = ${array(training)}`];
    if (testing.length) lines.push(`testing = ${array(testing)}`);
    return lines;
  }
  return [
    "features = load_features()",
    `rows = [0, ${trees}]  # ${SETS[state.data].about.replace("photographs: ", "")}`,
    "x_train, x_test = features.X_train[rows], features.X_test[rows]",
    "mean, spread = x_train.mean(axis=1, keepdims=True), x_train.std(axis=1, keepdims=True)",
    "training = np.vstack([((x_train - mean) / spread).round(4), features.Y_train]).T",
    "testing = np.vstack([((x_test - mean) / spread).round(4), features.Y_test]).T",
  ];
}

/** A program that makes the same run with nnlib; `layers` says that the weights are given. */
export function program(state, training, testing, run) {
  const made = state.features.map((name) => FEATURES[name].python).join(", ");
  const hidden = run.hidden.map(([, activation]) => activation);
  const scale = state.scale ? `, scale=${state.scale}` : "";
  const batch = run.batch
    ? `    batch_size=${run.batch},`
    : "    batch_size=None,  # all examples at once";
  const test = testing.length ? "    test=examples(testing),\n" : "";
  const trees = SETS[state.data].trees;
  return `"""A run of the playground, made again with nnlib."""

import numpy as np

from nnlib.network import initialize
${trees ? "from nnlib.photographs import load_features\n" : ""}from nnlib.training import train

# Each row is one example: x1, x2, and its label.
${data(state, training, testing).join("\n")}


def examples(points):
    """X, shape (n_x, m), with the features that were ticked, and Y, shape (1, m)."""
    x1, x2, labels = points.T
    return np.array([${made}]), labels[None, :]


X, Y = examples(training)
layers = initialize((${run.sizes.join(", ")}), hidden=${names(hidden)}, rng=${state.seed}${scale})
layers, history = train(
    layers,
    X,
    Y,
    learning_rate=${state.rate},
    epochs=${run.epoch},
${batch}
    rng=${state.seed},
${test})
if history.costs:
    print(f"epoch {len(history.costs)}: cost {history.costs[-1]:.6f}")
for l, layer in enumerate(layers, start=1):
    print(f"W[{l}] =\\n{layer.W}\\nb[{l}] =\\n{layer.b}")
`;
}

/** W as a list of rows. */
export function rowsOf(W) {
  return Array.from({ length: W.rows }, (_, j) => [
    ...W.data.subarray(j * W.cols, (j + 1) * W.cols),
  ]);
}

/** The weights as JSON: exactly the numbers of the page. */
export function weights(state, run) {
  const layers = run.layers.map(({ W, b, activation }) => ({
    W: rowsOf(W),
    b: [...b].map((one) => [one]),
    activation,
  }));
  return JSON.stringify({ features: state.features, epoch: run.epoch, layers }, null, 1);
}

/** How the file of weights becomes a network of nnlib, and a file that nnlib loads. */
export const READ_WEIGHTS = `import json

import numpy as np

from nnlib.model import Model, save
from nnlib.network import Layer

with open("weights.json", encoding="utf-8") as file:
    kept = json.load(file)["layers"]
layers = [Layer(np.array(l["W"]), np.array(l["b"]), l["activation"]) for l in kept]
save("network.npz", Model(layers))
`;
