// Every number that can be asked: its value, its name, and how it comes about with the numbers of now.

import { safeLearningRate } from "./divergence.mjs";
import { ACTIVATIONS, forward, lossFromZ } from "./mathematics.mjs";
import { FEATURES, examples } from "./data.mjs";
import { lowered, percent, shown, significant } from "./numbers.mjs";

const TITLES = { sigmoid: "σ", tanh: "tanh", relu: "ReLU" };
const signed = (x) => (x < 0 ? `(${shown(x)})` : shown(x));

/** The first terms of a sum, and dots where there are more. */
function terms(count, term, most = 4) {
  const some = Array.from({ length: Math.min(count, most) }, (_, i) => term(i));
  return some.join(" + ") + (count > most ? " + …" : "");
}

/** What a unit of layer l hears from input k: a feature, or a unit of the layer before. */
export function inputName(app, l, k) {
  return l === 1 ? FEATURES[app.state.features[k]].title : `a${lowered(k + 1)}`;
}

const at = (matrix, row, column) => matrix.data[row * matrix.cols + column];

/** For each subject: name, value, and the lines that work it out. `of` says which number is meant. */
export const NUMBERS = {
  weight(app, { layer: l, unit: j, input: k }) {
    const [w, dw] = [at(app.run.layers[l - 1].W, j, k), at(app.passes().gradients[l - 1].dW, j, k)];
    const name = `w of layer ${l}: unit ${j + 1}, for ${inputName(app, l, k)}`;
    return { name, value: w, worked: [stepped("w", w, dw, app.run.rate), AFTER] };
  },
  bias(app, { layer: l, unit: j }) {
    const [b, db] = [app.run.layers[l - 1].b[j], app.passes().gradients[l - 1].db[j]];
    return { name: `b of layer ${l}: unit ${j + 1}`, value: b, worked: [stepped("b", b, db, app.run.rate), AFTER] };
  },
  dW(app, { layer: l, unit: j, input: k }) {
    const { cache, gradients } = app.passes();
    const m = cache.A[0].cols;
    const sum = terms(m, (i) => `${signed(at(gradients[l - 1].dZ, j, i))} · ${signed(at(cache.A[l - 1], k, i))}`, 3);
    const name = `dw of layer ${l}: unit ${j + 1}, for ${inputName(app, l, k)}`;
    const value = at(gradients[l - 1].dW, j, k);
    return { name, value, worked: [`dw = (${sum}) / ${m} = ${shown(value)}`, "One product dz · a for each training example."] };
  },
  db(app, { layer: l, unit: j }) {
    const { gradients } = app.passes();
    const { dZ, db } = gradients[l - 1];
    const sum = terms(dZ.cols, (i) => signed(at(dZ, j, i)));
    return { name: `db of layer ${l}: unit ${j + 1}`, value: db[j], worked: [`db = (${sum}) / ${dZ.cols} = ${shown(db[j])}`] };
  },
  x(app, { input: k }) {
    const feature = FEATURES[app.state.features[k]];
    const [x, y] = app.training[app.example];
    const value = at(app.passes().cache.A[0], k, app.example);
    return { name: `${feature.title} of example ${app.example + 1}`, value, worked: [`The example lies at x₁ = ${shown(x)}, x₂ = ${shown(y)}.`] };
  },
  y(app) {
    const value = app.run.Y[app.example];
    return { name: `label of example ${app.example + 1}`, value, text: String(value), worked: [`It is drawn as ${value ? "×" : "○"}.`] };
  },
  z(app, { layer: l, unit: j }) {
    const { cache } = app.passes();
    const { W, b } = app.run.layers[l - 1];
    const value = at(cache.Z[l], j, app.example);
    const sum = terms(W.cols, (k) => `${signed(at(W, j, k))} · ${signed(at(cache.A[l - 1], k, app.example))}`, 8);
    return { name: `z of layer ${l}, unit ${j + 1}, example ${app.example + 1}`, value, worked: [`z = ${sum} + ${signed(b[j])} = ${shown(value)}`] };
  },
  a(app, { layer: l, unit: j }) {
    const { cache } = app.passes();
    const [z, value] = [at(cache.Z[l], j, app.example), at(cache.A[l], j, app.example)];
    const g = TITLES[app.run.layers[l - 1].activation];
    return { name: `a of layer ${l}, unit ${j + 1}, example ${app.example + 1}`, value, worked: [`a = ${g}(${shown(z)}) = ${shown(value)}`] };
  },
  probability(app, { place }) {
    if (place) return probabilityAt(app, place.split(" ").map(Number));
    const { cache } = app.passes();
    const [z, value] = [cache.Z.at(-1).data[app.example], cache.A.at(-1).data[app.example]];
    return { name: `ŷ of example ${app.example + 1}`, value, worked: [`ŷ = σ(${shown(z)}) = ${shown(value)}, so the answer is label ${value > 0.5 ? 1 : 0}.`] };
  },
  dz_out(app) {
    const { cache, gradients } = app.passes();
    const [a, y] = [cache.A.at(-1).data[app.example], app.run.Y[app.example]];
    return { name: `dz of the output, example ${app.example + 1}`, value: gradients.at(-1).dZ.data[app.example], worked: [`dz = a − y = ${shown(a)} − ${y} = ${shown(a - y)}`] };
  },
  dz_hidden(app, { layer: l, unit: j }) {
    const { cache, gradients } = app.passes();
    const [next, dZ] = [app.run.layers[l].W, gradients[l].dZ];
    const { activation } = app.run.layers[l - 1];
    const slope = ACTIVATIONS[activation][1](at(cache.A[l], j, app.example));
    const value = at(gradients[l - 1].dZ, j, app.example);
    const blame = terms(next.rows, (u) => `${signed(at(next, u, j))} · ${signed(at(dZ, u, app.example))}`, 8);
    return { name: `dz of layer ${l}, unit ${j + 1}, example ${app.example + 1}`, value, worked: [`dz = (${blame}) · ${shown(slope)} = ${shown(value)}`, `${shown(slope)} is the slope of ${TITLES[activation]} here.`] };
  },
  loss(app) {
    const { cache } = app.passes();
    const [z, a, y] = [cache.Z.at(-1).data[app.example], cache.A.at(-1).data[app.example], app.run.Y[app.example]];
    const value = lossFromZ(z, y);
    const form = y ? `−log ${shown(a)}` : `−log(1 − ${shown(a)})`;
    return { name: `loss of example ${app.example + 1}`, value, worked: [`ℓ = ${form} = ${shown(value)}, since its label is ${y}.`] };
  },
  cost(app, { of, epoch }) {
    if (epoch) return recorded(app, of, Number(epoch));
    const [X, Y] = of === "test" ? app.run.test ?? [] : [app.run.X, app.run.Y];
    const name = `cost on the ${of === "test" ? "test" : "training"} examples`;
    if (!X) return { name, value: NaN, text: "–", worked: ["There are no test examples."] };
    const value = app.now[of][0];
    const Z = app.evidenceOf(X);
    const sum = terms(Y.length, (i) => shown(lossFromZ(Z[i], Y[i])));
    return { name, value, worked: [`J = (${sum}) / ${Y.length} = ${shown(value)}`, "Measured at the weights of now. The curve keeps what nnlib’s history keeps: for training, the cost before the step."] };
  },
  accuracy(app, { of, label, said }) {
    if (label) return counted(app, of, Number(label), Number(said));
    const set = of === "test" ? app.run.test : [app.run.X, app.run.Y];
    const name = `right answers on the ${of === "test" ? "test" : "training"} examples`;
    if (!set) return { name, value: NaN, text: "–", worked: ["There are no test examples."] };
    const share = app.now[of][1];
    return { name, value: share, text: percent(share), worked: [`${Math.round(share * set[1].length)} of ${set[1].length} are right.`] };
  },
  rate: (app) => ({ name: "learning rate α", value: app.run.rate, text: `α = ${significant(app.run.rate, 6)}`, worked: [`Each step goes by ${significant(app.run.rate, 6)} times the derivative.`] }),
  safe(app) {
    const value = safeLearningRate(app.run.X);
    const text = `2/Λ = ${significant(value, 3)}`;
    return { name: "the rate 2/Λ for these features", value, text, worked: [`The rate of now is ${significant(app.run.rate, 6)}.`] };
  },
  batch(app) {
    const { batch, X } = app.run;
    const steps = batch ? Math.ceil(X.cols / batch) : 1;
    const text = `${steps} ${steps === 1 ? "step" : "steps"} an epoch`;
    return { name: "steps in an epoch", value: steps, text, worked: [batch ? `${X.cols} examples in pieces of ${batch}: ${text}.` : "All examples at once: one step an epoch, in the order of X."] };
  },
  m: (app) => ({ name: "training examples", value: app.run.X.cols, text: `m = ${app.run.X.cols}`, worked: [`X has the shape (${app.run.X.rows}, ${app.run.X.cols}).`] }),
  start(app) {
    const spread = app.run.scale || Math.sqrt((app.run.hidden[0]?.[1] === "relu" ? 2 : 1) / app.run.sizes[0]);
    const text = `spread ${significant(spread, 3)}`;
    return { name: "spread of the first layer’s weights at the start", value: spread, text, worked: [`Seed ${app.run.seed}; every weight of layer 1 began as ${significant(spread, 3)} times a normal number.`] };
  },
  epoch(app) {
    const { epoch, reached } = app.run;
    return { name: "epoch", value: epoch, text: String(epoch), worked: [reached > epoch ? `The run has been at epoch ${reached}; it can go back there.` : `${epoch} passes over all training examples are done.`] };
  },
};

/** What the network says at a place of the plane. */
function probabilityAt(app, [x, y]) {
  const cache = forward(app.run.layers, examples([[x, y, 0]], app.state.features));
  const [z, a] = [cache.Z.at(-1).data[0], cache.A.at(-1).data[0]];
  const name = `ŷ at the place x₁ = ${shown(x, 2)}, x₂ = ${shown(y, 2)}`;
  return { name, value: a, text: shown(a, 2), worked: [`ŷ = σ(${shown(z)}) = ${shown(a)}`] };
}

/** A cost as the history keeps it. */
function recorded(app, of, epoch) {
  const { costs, testCosts } = app.run.history;
  const value = (of === "test" ? testCosts : costs)[epoch - 1] ?? NaN;
  const when = of === "test" ? "after the last step of the epoch" : "in the passes of the epoch, each batch before its step";
  return { name: `cost on the ${of === "test" ? "test" : "training"} examples in epoch ${epoch}`, value, worked: [`Measured ${when}.`] };
}

/** How many examples with a label get an answer. */
function counted(app, of, label, said) {
  const [X, Y] = of === "test" ? app.run.test : [app.run.X, app.run.Y];
  const Z = app.evidenceOf(X);
  const value = Y.filter((y, i) => y === label && Number(Z[i] > 0) === said).length;
  const all = Y.filter((y) => y === label).length;
  const name = `${of} examples with label ${label} that the network calls ${said}`;
  return { name, value, text: String(value), worked: [`${value} of ${all}; it calls an example 1 where ŷ is above one half.`] };
}

const AFTER = "So it stands after one step on all training examples.";

function stepped(letter, value, slope, rate) {
  return `${letter} − α · d${letter} = ${shown(value)} − ${significant(rate, 6)} · ${signed(slope)} = ${shown(value - rate * slope)}`;
}

/** The number that a button stands for, or null where there is no run. */
export function numberOf(app, subject, data) {
  const of = { ...data };
  for (const key of ["layer", "unit", "input"]) if (key in of) of[key] = Number(of[key]);
  const key = subject.startsWith("a_") ? "a" : subject;
  return app.run && NUMBERS[key] ? NUMBERS[key](app, of) : null;
}

/** The text of a number on its button. */
export const textOf = (number) => (number ? number.text ?? shown(number.value) : "–");
