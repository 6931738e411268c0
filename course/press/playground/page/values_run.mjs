// The numbers of the whole run: costs, shares, settings, and what the pictures show.

import { safeLearningRate } from "./divergence.mjs";
import { forward, lossFromZ } from "./mathematics.mjs";
import { examples } from "./data.mjs";
import { percent, shown, significant } from "./numbers.mjs";
import { terms } from "./values_network.mjs";

/** For each subject: name, value, and the lines that work it out. */
export const OF_RUN = {
  cost(app, { of, epoch }) {
    if (epoch) return recorded(app, of, Number(epoch));
    const [X, Y] = of === "test" ? (app.run.test ?? []) : [app.run.X, app.run.Y];
    const name = `cost on the ${of === "test" ? "test" : "training"} examples`;
    if (!X) return { name, value: NaN, text: "–", worked: ["There are no test examples."] };
    const value = app.now[of][0];
    return {
      name,
      value,
      get worked() {
        const Z = app.evidenceOf(X);
        const sum = terms(Y.length, (i) => shown(lossFromZ(Z[i], Y[i])));
        return [
          `J = (${sum}) / ${Y.length} = ${shown(value)}`,
          "Measured at the weights of now.",
          "The curve keeps what nnlib’s history keeps: for training, the cost before the step.",
        ];
      },
    };
  },
  accuracy(app, { of, label, said }) {
    if (label) return counted(app, of, Number(label), Number(said));
    const set = of === "test" ? app.run.test : [app.run.X, app.run.Y];
    const name = `right answers on the ${of === "test" ? "test" : "training"} examples`;
    if (!set) return { name, value: NaN, text: "–", worked: ["There are no test examples."] };
    const share = app.now[of][1];
    return {
      name,
      value: share,
      text: percent(share),
      worked: [`${Math.round(share * set[1].length)} of ${set[1].length} are right.`],
    };
  },
  rate: (app) => ({
    name: "learning rate α",
    value: app.run.rate,
    text: `α = ${significant(app.run.rate, 6)}`,
    worked: [`Each step goes by ${significant(app.run.rate, 6)} times the derivative.`],
  }),
  safe(app) {
    const value = safeLearningRate(app.run.X);
    const text = `2/Λ = ${significant(value, 3)}`;
    return {
      name: "the rate 2/Λ for these features",
      value,
      text,
      worked: [`The rate of now is ${significant(app.run.rate, 6)}.`],
    };
  },
  batch(app) {
    const { batch, X } = app.run;
    const steps = batch ? Math.ceil(X.cols / batch) : 1;
    const text = `${steps} ${steps === 1 ? "step" : "steps"} an epoch`;
    return {
      name: "steps in an epoch",
      value: steps,
      text,
      worked: [
        batch
          ? `${X.cols} examples in pieces of ${batch}: ${text}.`
          : "All examples at once: one step an epoch, in the order of X.",
      ],
    };
  },
  m: (app) => ({
    name: "training examples",
    value: app.run.X.cols,
    text: `m = ${app.run.X.cols}`,
    worked: [`X has the shape (${app.run.X.rows}, ${app.run.X.cols}).`],
  }),
  start(app) {
    const spread =
      app.run.scale || Math.sqrt((app.run.hidden[0]?.[1] === "relu" ? 2 : 1) / app.run.sizes[0]);
    const text = `spread ${significant(spread, 3)}`;
    return {
      name: "spread of the first layer’s weights at the start",
      value: spread,
      text,
      worked: [
        `The seed is ${app.run.seed}.`,
        `Every weight of layer 1 began as ${significant(spread, 3)} times a normal number.`,
      ],
    };
  },
  epoch(app) {
    const { epoch, reached } = app.run;
    return {
      name: "epoch",
      value: epoch,
      text: String(epoch),
      worked: [
        reached > epoch
          ? `The run has been at epoch ${reached}; it can go back there.`
          : `Passes over all training examples that are done: ${epoch}.`,
      ],
    };
  },
};

/** What the network says at a place of the plane. */
export function probabilityAt(app, [x, y]) {
  const cache = forward(app.run.layers, examples([[x, y, 0]], app.state.features));
  const [z, a] = [cache.Z.at(-1).data[0], cache.A.at(-1).data[0]];
  const name = `ŷ at the place x₁ = ${shown(x, 2)}, x₂ = ${shown(y, 2)}`;
  return { name, value: a, text: shown(a, 2), worked: [`ŷ = σ(${shown(z)}) = ${shown(a)}`] };
}

/** A cost as the history keeps it. */
function recorded(app, of, epoch) {
  const { costs, testCosts } = app.run.history;
  const value = (of === "test" ? testCosts : costs)[epoch - 1] ?? NaN;
  const when =
    of === "test"
      ? "after the last step of the epoch"
      : "in the passes of the epoch, each batch before its step";
  return {
    name: `cost on the ${of === "test" ? "test" : "training"} examples in epoch ${epoch}`,
    value,
    worked: [`Measured ${when}.`],
  };
}

/** How many examples with a label get an answer. */
function counted(app, of, label, said) {
  const [X, Y] = of === "test" ? app.run.test : [app.run.X, app.run.Y];
  const Z = app.evidenceOf(X);
  const value = Y.filter((y, i) => y === label && Number(Z[i] > 0) === said).length;
  const all = Y.filter((y) => y === label).length;
  const name = `${of} examples with label ${label} that the network calls ${said}`;
  return {
    name,
    value,
    text: String(value),
    worked: [`${value} of ${all}; it calls an example 1 where ŷ is above one half.`],
  };
}
