// The mathematics of nnlib, line by line: examples are columns, the numbers are equations.
//
// A matrix is { rows, cols, data }, data row by row. A layer is { W, b, activation }.

export const matrix = (rows, cols, data = new Float64Array(rows * cols)) => ({ rows, cols, data });

export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z)); // in [0, 1] for every z
  return (z >= 0 ? 1 : e) / (1 + e); // (3)
}

/** For each name: the function of z, and its derivative as a function of a. */
export const ACTIVATIONS = {
  sigmoid: [sigmoid, (a) => a * (1 - a)],
  tanh: [Math.tanh, (a) => 1 - a * a], // (28)
  relu: [(z) => (z > 0 || z !== z ? z : 0), (a) => (a > 0 ? 1 : 0)], // (29)
};

/** W A + b, equation (32): shape (n_l, m). */
export function evidence({ W, b }, { cols: m, data: A }) {
  const Z = new Float64Array(W.rows * m);
  for (let j = 0; j < W.rows; j++) {
    const to = j * m;
    for (let k = 0; k < W.cols; k++) {
      const [w, from] = [W.data[j * W.cols + k], k * m];
      for (let i = 0; i < m; i++) Z[to + i] += w * A[from + i];
    }
    for (let i = 0; i < m; i++) Z[to + i] += b[j];
  }
  return matrix(W.rows, m, Z);
}

function each(numbers, g) {
  const made = new Float64Array(numbers.length);
  for (let i = 0; i < made.length; i++) made[i] = g(numbers[i]);
  return made;
}

/** Send all examples through all layers, equations (31) and (32). */
export function forward(layers, X) {
  const cache = { Z: [null], A: [X] };
  for (const layer of layers) {
    const [g] = ACTIVATIONS[layer.activation];
    const Z = evidence(layer, cache.A.at(-1)); // (32)
    cache.Z.push(Z);
    cache.A.push(matrix(Z.rows, Z.cols, each(Z.data, g))); // (32)
  }
  return cache;
}

/** Gradients of the cost for every layer, equations (33) and (34), and dZ of each layer. */
export function backward(layers, cache, Y) {
  const L = layers.length;
  const gradients = [];
  const last = cache.A[L];
  let dZ = matrix(1, last.cols);
  for (let i = 0; i < last.cols; i++) dZ.data[i] = last.data[i] - Y[i]; // (23) at the output
  for (let l = L; l > 0; l--) {
    gradients.unshift({ ...averaged(dZ, cache.A[l - 1]), dZ });
    if (l > 1) {
      const [, slope] = ACTIVATIONS[layers[l - 2].activation];
      const A = cache.A[l - 1].data;
      dZ = sentBack(layers[l - 1].W, dZ); // dA of equation (34)
      for (let i = 0; i < A.length; i++) dZ.data[i] *= slope(A[i]); // (34)
    }
  }
  return gradients;
}

/** dW and db, the means over the examples, equation (34). */
function averaged({ rows, cols: m, data: dZ }, { rows: inputs, data: A }) {
  const dW = new Float64Array(rows * inputs);
  const db = new Float64Array(rows);
  for (let j = 0; j < rows; j++) {
    const at = j * m;
    for (let k = 0; k < inputs; k++) {
      const from = k * m;
      let sum = 0;
      for (let i = 0; i < m; i++) sum += dZ[at + i] * A[from + i];
      dW[j * inputs + k] = sum / m; // (34)
    }
    let sum = 0;
    for (let i = 0; i < m; i++) sum += dZ[at + i];
    db[j] = sum / m; // (34)
  }
  return { dW: matrix(rows, inputs, dW), db };
}

/** The transposed W times dZ, equation (34). */
function sentBack(W, { cols: m, data: dZ }) {
  const dA = new Float64Array(W.cols * m);
  for (let k = 0; k < W.cols; k++) {
    const to = k * m;
    for (let j = 0; j < W.rows; j++) {
      const [w, from] = [W.data[j * W.cols + k], j * m];
      for (let i = 0; i < m; i++) dA[to + i] += w * dZ[from + i];
    }
  }
  return matrix(W.cols, m, dA);
}

/** One step of gradient descent for every layer, equations (35) and (36): new layers. */
export function update(layers, gradients, rate) {
  return layers.map(({ W, b, activation }, l) => {
    const { dW, db } = gradients[l];
    const stepped = W.data.map((w, i) => w - rate * dW.data[i]); // (35)
    return {
      W: matrix(W.rows, W.cols, stepped),
      b: b.map((value, j) => value - rate * db[j]), // (36)
      activation,
    };
  });
}

/** Random weights, zero biases: the spread is the root of 2/n_in for ReLU, of 1/n_in else. */
export function initialize(sizes, hidden, rng, scale) {
  const names = [...hidden, "sigmoid"];
  return names.map((activation, l) => {
    const [rows, cols] = [sizes[l + 1], sizes[l]];
    const spread = scale || Math.sqrt((activation === "relu" ? 2 : 1) / cols);
    const data = Float64Array.from({ length: rows * cols }, () => spread * rng.normal());
    return { W: matrix(rows, cols, data), b: new Float64Array(rows), activation };
  });
}

/** Cross-entropy loss (4) of one example, computed from z. */
export function lossFromZ(z, y) {
  return Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z))); // (4)
}

/** Mean loss, equation (7), and the share of right answers, from the last evidence. */
export function measure(Z, Y) {
  let [sum, right] = [0, 0];
  for (let i = 0; i < Z.length; i++) {
    sum += lossFromZ(Z[i], Y[i]);
    if (sigmoid(Z[i]) > 0.5 === (Y[i] === 1)) right += 1;
  }
  return [sum / Z.length, right / Z.length]; // (7)
}

/** Some columns of X, in this order. */
export function columns(X, order) {
  const taken = matrix(X.rows, order.length);
  for (let k = 0; k < X.rows; k++) {
    for (let i = 0; i < order.length; i++) {
      taken.data[k * order.length + i] = X.data[k * X.cols + order[i]];
    }
  }
  return taken;
}
