// The numbers of one layer and of one example: value, name, and the sum behind them.

import { ACTIVATIONS, lossFromZ } from "./mathematics.mjs";
import { FEATURES } from "./data.mjs";
import { lowered, shown, significant } from "./numbers.mjs";

const TITLES = { sigmoid: "σ", tanh: "tanh", relu: "ReLU" };
const AFTER = "So it stands after one step on all training examples.";
const signed = (x) => (x < 0 ? `(${shown(x)})` : shown(x));

/** The first terms of a sum, and dots where there are more. */
export function terms(count, term, most = 4) {
  const some = Array.from({ length: Math.min(count, most) }, (_, i) => term(i));
  return some.join(" + ") + (count > most ? " + …" : "");
}

/** What a unit of layer l hears from input k: a feature, or a unit of the layer before. */
export function inputName(app, l, k) {
  return l === 1 ? FEATURES[app.state.features[k]].title : `a${lowered(k + 1)}`;
}

const at = (matrix, row, column) => matrix.data[row * matrix.cols + column];

/** For each subject: name, value, and the lines that work it out. */
export const OF_NETWORK = {
  weight(app, { layer: l, unit: j, input: k }) {
    const [w, dw] = [at(app.run.layers[l - 1].W, j, k), at(app.passes().gradients[l - 1].dW, j, k)];
    const name = `w of layer ${l}: unit ${j + 1}, for ${inputName(app, l, k)}`;
    return { name, value: w, worked: [stepped("w", w, dw, app.run.rate), AFTER] };
  },
  bias(app, { layer: l, unit: j }) {
    const [b, db] = [app.run.layers[l - 1].b[j], app.passes().gradients[l - 1].db[j]];
    return {
      name: `b of layer ${l}: unit ${j + 1}`,
      value: b,
      worked: [stepped("b", b, db, app.run.rate), AFTER],
    };
  },
  dW(app, { layer: l, unit: j, input: k }) {
    const { cache, gradients } = app.passes();
    const m = cache.A[0].cols;
    const sum = terms(
      m,
      (i) => `${signed(at(gradients[l - 1].dZ, j, i))} · ${signed(at(cache.A[l - 1], k, i))}`,
      3,
    );
    const name = `dw of layer ${l}: unit ${j + 1}, for ${inputName(app, l, k)}`;
    const value = at(gradients[l - 1].dW, j, k);
    return {
      name,
      value,
      worked: [
        `dw = (${sum}) / ${m} = ${shown(value)}`,
        "One product dz · a for each training example.",
      ],
    };
  },
  db(app, { layer: l, unit: j }) {
    const { gradients } = app.passes();
    const { dZ, db } = gradients[l - 1];
    const sum = terms(dZ.cols, (i) => signed(at(dZ, j, i)));
    return {
      name: `db of layer ${l}: unit ${j + 1}`,
      value: db[j],
      worked: [`db = (${sum}) / ${dZ.cols} = ${shown(db[j])}`],
    };
  },
  x(app, { input: k }) {
    const feature = FEATURES[app.state.features[k]];
    const [x, y] = app.training[app.example];
    const value = at(app.passes().cache.A[0], k, app.example);
    return {
      name: `${feature.title} of example ${app.example + 1}`,
      value,
      worked: [`The example lies at x₁ = ${shown(x)}, x₂ = ${shown(y)}.`],
    };
  },
  y(app) {
    const value = app.run.Y[app.example];
    return {
      name: `label of example ${app.example + 1}`,
      value,
      text: String(value),
      worked: [`It is drawn as ${value ? "×" : "○"}.`],
    };
  },
  z(app, { layer: l, unit: j }) {
    const { cache } = app.passes();
    const { W, b } = app.run.layers[l - 1];
    const value = at(cache.Z[l], j, app.example);
    const sum = terms(
      W.cols,
      (k) => `${signed(at(W, j, k))} · ${signed(at(cache.A[l - 1], k, app.example))}`,
      8,
    );
    return {
      name: `z of layer ${l}, unit ${j + 1}, example ${app.example + 1}`,
      value,
      worked: [`z = ${sum} + ${signed(b[j])} = ${shown(value)}`],
    };
  },
  a(app, { layer: l, unit: j }) {
    const { cache } = app.passes();
    const [z, value] = [at(cache.Z[l], j, app.example), at(cache.A[l], j, app.example)];
    const g = TITLES[app.run.layers[l - 1].activation];
    return {
      name: `a of layer ${l}, unit ${j + 1}, example ${app.example + 1}`,
      value,
      worked: [`a = ${g}(${shown(z)}) = ${shown(value)}`],
    };
  },
  probability(app) {
    const { cache } = app.passes();
    const [z, value] = [cache.Z.at(-1).data[app.example], cache.A.at(-1).data[app.example]];
    return {
      name: `ŷ of example ${app.example + 1}`,
      value,
      worked: [
        `ŷ = σ(${shown(z)}) = ${shown(value)}, so the answer is label ${value > 0.5 ? 1 : 0}.`,
      ],
    };
  },
  dz_out(app) {
    const { cache, gradients } = app.passes();
    const [a, y] = [cache.A.at(-1).data[app.example], app.run.Y[app.example]];
    return {
      name: `dz of the output, example ${app.example + 1}`,
      value: gradients.at(-1).dZ.data[app.example],
      worked: [`dz = a − y = ${shown(a)} − ${y} = ${shown(a - y)}`],
    };
  },
  dz_hidden(app, { layer: l, unit: j }) {
    const { cache, gradients } = app.passes();
    const [next, dZ] = [app.run.layers[l].W, gradients[l].dZ];
    const { activation } = app.run.layers[l - 1];
    const slope = ACTIVATIONS[activation][1](at(cache.A[l], j, app.example));
    const value = at(gradients[l - 1].dZ, j, app.example);
    const blame = terms(
      next.rows,
      (u) => `${signed(at(next, u, j))} · ${signed(at(dZ, u, app.example))}`,
      8,
    );
    return {
      name: `dz of layer ${l}, unit ${j + 1}, example ${app.example + 1}`,
      value,
      worked: [
        `dz = (${blame}) · ${shown(slope)} = ${shown(value)}`,
        `${shown(slope)} is the slope of ${TITLES[activation]} here.`,
      ],
    };
  },
  loss(app) {
    const { cache } = app.passes();
    const [z, a, y] = [
      cache.Z.at(-1).data[app.example],
      cache.A.at(-1).data[app.example],
      app.run.Y[app.example],
    ];
    const value = lossFromZ(z, y);
    const form = y ? `−log ${shown(a)}` : `−log(1 − ${shown(a)})`;
    return {
      name: `loss of example ${app.example + 1}`,
      value,
      worked: [`ℓ = ${form} = ${shown(value)}, since its label is ${y}.`],
    };
  },
};

function stepped(letter, value, slope, rate) {
  const after = shown(value - rate * slope);
  const step = `${significant(rate, 6)} · ${signed(slope)}`;
  return `${letter} − α · d${letter} = ${shown(value)} − ${step} = ${after}`;
}
