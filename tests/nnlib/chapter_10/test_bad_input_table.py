"""The table of bad inputs: what a stranger may pass, and the sentence that they get.

Each row is a function, the argument that is wrong, its value, and the whole sentence ("…" stands
for what differs from machine to machine). All other arguments are right. The test looks at three
things: the error is one of nnlib's own, the sentence is this one, and nothing was changed.
"""

import copy
import os
import re
from collections import Counter

import numpy as np
import pytest
import scipy.sparse

from nnlib import (
    activations,
    gradient_check,
    images,
    logistic,
    losses,
    network,
    plots,
    training,
    validation,
)
from nnlib import persistence as files
from nnlib.__main__ import main
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.images import DataFileError, Photographs
from nnlib.network import Gradient, Layer
from nnlib.persistence import Model, ModelFileError
from nnlib.training import History
from nnlib.validation import InputError

OWN = (InputError, DataFileError, ModelFileError)
nan, inf = np.nan, np.inf
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
ONE = X[:, :1]
WORDS = ["b", "a", "a", "b", "a"]
PIXELS = RNG.integers(0, 256, (5, 4, 4, 3), np.uint8)
PHOTOS = Photographs(PIXELS, Y[0], PIXELS[:2], Y[0, :2])
NET = network.initialize((3, 4, 1), rng=0)
FIRST, LAST = NET
CACHE = network.forward(NET, X)
SLOPES = network.backward(NET, CACHE, Y)
RUNS = []
training.train(NET, X, Y, 0.1, 2, 2, after_epoch=RUNS.append)
RUN = RUNS[-1]
SPARSE = scipy.sparse.csr_array(np.eye(3))
MASKED = np.ma.masked_equal([[1.0, 2.0, 3.0]] * 3, 2.0)
HUGE = np.broadcast_to(1.0, (10**6, 10**6))  # a view: it takes 8 bytes, and claims 8 TB
LOOP = []
LOOP.append(LOOP)


def square(P):
    """A function to take the gradient of."""
    return float(np.sum(np.square(P)))


def fit(X, y, **settings):
    """The classifier's way in."""
    return NeuralNetworkClassifier(**settings).fit(X, y)


FITTED = fit(X.T, WORDS, epochs=2)


def predict(X):
    """The classifier's way out."""
    return FITTED.predict(X)


GOOD = {
    activations.sigmoid: {"z": X},
    activations.tanh: {"z": X},
    activations.relu: {"z": X},
    activations.sigmoid_derivative: {"A": Y},
    activations.tanh_derivative: {"A": Y},
    activations.relu_derivative: {"A": Y},
    losses.loss: {"a": Y, "y": Y},
    losses.loss_from_z: {"z": Y, "y": Y},
    losses.cost: {"A": Y, "Y": Y},
    losses.cost_from_z: {"Z": Y, "Y": Y},
    losses.accuracy: {"predictions": Y, "Y": Y},
    logistic.forward_one: {"w": ONE, "b": 0.1, "x": ONE * 9},
    logistic.gradients_one: {"w": ONE, "b": 0.1, "x": ONE, "y": 1},
    logistic.step: {"w": ONE, "b": 0.1, "dw": ONE, "db": 0.2, "learning_rate": 2},
    logistic.forward: {"w": ONE * 99, "b": 0.1, "X": X},
    logistic.predict: {"w": ONE, "b": 0.1, "X": X, "threshold": 0.5},
    logistic.gradients: {"w": ONE, "b": 0.1, "X": X, "Y": Y},
    logistic.gradients_loop: {"w": ONE, "b": 0.1, "X": X, "Y": Y},
    logistic.train: {"X": X, "Y": Y, "learning_rate": 0.1, "steps": 3},
    logistic.safe_learning_rate: {"X": X},
    logistic.safer_rate: {"X": X, "learning_rate": 0.1},
    gradient_check.numerical_gradient: {"f": square, "P": ONE},
    gradient_check.relative_difference: {"G": X, "H": X},
    gradient_check.check_gradients: {
        "f": lambda p: square(p["w"]),
        "parameters": {"w": ONE},
        "gradients": {"w": ONE},
    },
    network.layer_z: {"W": FIRST.W * 9, "b": FIRST.b, "A_prev": X},
    network.check_layers: {"layers": NET},
    network.forward: {"layers": NET, "X": X},
    network.predict_probability: {"layers": NET, "X": X},
    network.predict: {"layers": NET, "X": X},
    network.initialize: {"sizes": (3, 4, 1)},
    network.backward: {"layers": NET, "cache": CACHE, "Y": Y},
    network.input_gradient: {"layers": NET, "cache": CACHE, "Y": Y},
    network.update: {"layers": NET, "gradients": SLOPES, "learning_rate": 2},
    training.batches: {"m": 5, "batch_size": 2, "rng": 0},
    training.train: {"layers": NET, "X": X, "Y": Y, "learning_rate": 0.1, "epochs": 2},
    training.check_checkpoint: {"checkpoint": RUN},
    images.load_trees: {},
    images.load_features: {},
    images.read_checked: {"name": "trees_2d.csv"},
    images.check_images: {"images": PIXELS},
    images.flatten: {"images": PIXELS},
    images.halve: {"images": PIXELS},
    images.scale: {"X": PIXELS},
    images.mean_image: {"X": X},
    images.label_row: {"labels": Y[0]},
    images.prepare: {"photographs": PHOTOS},
    files.save: {"path": "new.npz", "model": Model(NET)},
    files.load: {"path": "model.npz"},
    files.probability: {"model": Model(NET), "X": X},
    files.save_checkpoint: {"path": "new.npz", "checkpoint": RUN},
    files.load_checkpoint: {"path": "run.npz"},
    files.saver: {"path": "new.npz"},
    files.to_sklearn: {"layers": NET},
    files.from_sklearn: {},
    files.from_torch: {},
    fit: {"X": X.T, "y": WORDS, "epochs": 2},
    predict: {"X": X.T},
    plots.image_grid: {"images": PIXELS},
    plots.activation_curve: {"name": "relu"},
    plots.cost_contours: {
        "cost": lambda w, b: w**2 + b**2,
        "w_values": [0, 1, 2],
        "b_values": [0, 1],
    },
    plots.learning_curve: {"costs": [3.0, 2.0]},
    plots.weights_as_image: {"w": ONE, "shape": (1, 3)},
}

# fmt: off
TABLE = [
    (activations.sigmoid, "z", "tree", "z must hold real numbers; found dtype <U4."),
    (activations.sigmoid, "z", None, "z must hold real numbers; found dtype object."),
    (activations.sigmoid, "z", [], "z must not be empty; found shape (0,)."),
    (activations.sigmoid, "z", [[1, 2], [3]], "z must be an array of numbers; found unequal rows."),
    (activations.sigmoid, "z", 1j, "z must hold real numbers; found dtype complex128."),
    (activations.sigmoid, "z", nan, "z must be finite; found NaN or infinity."),
    (activations.sigmoid, "z", 10**400, "z must hold real numbers; found dtype object."),
    (activations.sigmoid, "z", np.longdouble(2) ** 5000, "z must be finite; found NaN or infinity."),
    (activations.tanh, "z", np.array([{}, 1], dtype=object), "z must hold real numbers; found dtype object."),
    (activations.tanh, "z", MASKED, "z is a masked array; z.filled(value) makes a plain one."),
    (activations.tanh, "z", [1.0, inf], "z must be finite; found NaN or infinity."),
    (activations.relu, "z", SPARSE, "z is sparse; wanted a dense array: z.toarray() makes one."),
    (activations.relu, "z", HUGE, "z of shape (1000000, 1000000) would need 7,450 GiB; this machine has … GiB."),
    (activations.relu, "z", LOOP, "z must be an array of numbers; found unequal rows."),
    (activations.relu, "z", np.zeros((0, 5)), "z must not be empty; found shape (0, 5)."),
    (activations.sigmoid_derivative, "A", X, "A must hold outputs of the sigmoid, from 0 to 1; found -2.32503. Pass A = g(Z), not Z."),
    (activations.tanh_derivative, "A", [2.0], "A must hold outputs of tanh, from -1 to 1; found 2. Pass A = g(Z), not Z."),
    (activations.relu_derivative, "A", -Y, "A must hold outputs of ReLU, 0 or above; found -1. Pass A = g(Z), not Z."),
    (losses.loss, "a", Y * 1.5, "a must hold probabilities from 0 to 1; found 0 to 1.5."),
    (losses.loss, "a", Y[0], "a and y must have the same shape; found (5,) and (1, 5)."),
    (losses.loss, "y", Y + 1, "y must hold only the labels 0 and 1; found 2."),
    (losses.loss, "y", Y * nan, "y must be finite; found NaN or infinity."),
    (losses.loss_from_z, "z", Y.T, "z and y must have the same shape; found (5, 1) and (1, 5)."),
    (losses.loss_from_z, "y", ["tree", "none"], "y must hold real numbers; found dtype <U4."),
    (losses.cost, "A", Y[0], "A must have the shape of Y, (1, 5); found (5,)."),
    (losses.cost, "Y", Y[0], "Y must have shape (1, m), one label per example; found shape (5,)."),
    (losses.cost, "Y", Y - 0.5, "Y must hold only the labels 0 and 1; found -0.5."),
    (losses.cost_from_z, "Z", np.full((1, 5), 1.7e308), "The numbers in Z are so large that the result overflows."),
    (losses.cost_from_z, "Y", Y[:, :4], "Z must have the shape of Y, (1, 4); found (1, 5)."),
    (losses.accuracy, "predictions", Y * 0.7, "predictions must hold only the labels 0 and 1; found 0.7."),
    (losses.accuracy, "predictions", Y[:, :3], "predictions must have 5 columns, one label per example; found shape (1, 3)."),
    (losses.accuracy, "Y", Y.T, "Y must have shape (1, m), one label per example; found shape (5, 1)."),
    (logistic.forward_one, "x", X, "x must be one example, shape (n_x, 1); found shape (3, 5)."),
    (logistic.forward_one, "x", ONE.ravel(), "x must have shape (n_x, m), one column per example; found shape (3,)."),
    (logistic.forward_one, "w", ONE.ravel(), "w must have shape (n_x, 1), one weight per feature, like w.reshape(-1, 1); found shape (3,)."),
    (logistic.forward_one, "b", [1, 2], "b must be one number; found shape (2,)."),
    (logistic.forward_one, "w", np.full((3, 1), 1.7e308), "The numbers in w and x are so large that the result overflows."),
    (logistic.gradients_one, "y", 2, "y must hold only the labels 0 and 1; found 2."),
    (logistic.gradients_one, "y", [0, 1], "y must have 1 column, one label per example; found shape (1, 2)."),
    (logistic.gradients_one, "y", [[0, 1], [1]], "y must be an array of numbers; found unequal rows."),
    (logistic.gradients_one, "y", None, "y must hold real numbers; found dtype object."),
    (logistic.step, "dw", ONE.ravel(), "dw must have the shape of its parameter, (3, 1); found (3,)."),
    (logistic.step, "dw", ONE * nan, "dw must be finite; found NaN or infinity."),
    (logistic.step, "db", "0.1", "db must hold real numbers; found dtype <U3."),
    (logistic.step, "learning_rate", 0, "learning_rate must be a finite number above 0; found 0."),
    (logistic.step, "dw", np.full((3, 1), 1.7e308), "dw times the learning rate 2 overflows."),
    (logistic.train, "X", X * 1e160, "learning_rate 0.1 is too large: numbers overflow in step 2; try 0.01."),
    (logistic.forward, "X", X[:2], "w must have 2 rows, one per feature; found shape (3, 1)."),
    (logistic.forward, "X", X[0], "X must have shape (n_x, m), one column per example; found shape (5,)."),
    (logistic.forward, "X", np.full((3, 5), 200, np.uint8), "X holds uint8 pixels from 0 to 255; scale them to [0, 1] first, with nnlib.images.scale."),
    (logistic.forward, "X", np.full((3, 5), 1.7e308), "The numbers in w and X are so large that the result overflows."),
    (logistic.forward, "w", np.eye(3), "w must have shape (n_x, 1), one weight per feature, like w.reshape(-1, 1); found shape (3, 3)."),
    (logistic.forward, "b", X, "b must be one number; found shape (3, 5)."),
    (logistic.predict, "threshold", 1.5, "threshold must be a number from 0 to 1; found 1.5."),
    (logistic.predict, "threshold", nan, "threshold must be a number from 0 to 1; found nan."),
    (logistic.predict, "threshold", "half", "threshold must be a number from 0 to 1; found str."),
    (logistic.predict, "threshold", 10**400, "threshold must be a number from 0 to 1; found inf."),
    (logistic.gradients, "Y", Y[:, :4], "Y must have 5 columns, one label per example; found shape (1, 4)."),
    (logistic.gradients, "X", np.full((3, 5), 1.7e308), "The numbers in X are so large that the result overflows."),
    (logistic.gradients_loop, "Y", Y.T, "Y must have shape (1, m), one label per example; found shape (5, 1)."),
    (logistic.gradients_loop, "X", {"brightness": 1}, "X must hold real numbers; found dtype object."),
    (logistic.train, "X", X.T, "Y must have 3 columns, one label per example; found shape (1, 5)."),
    (logistic.train, "X", [["0.1", "0.2"]], "X must hold real numbers; found dtype <U3."),
    (logistic.train, "Y", Y + 0.5, "Y must hold only the labels 0 and 1; found 0.5."),
    (logistic.train, "learning_rate", 0, "learning_rate must be a finite number above 0; found 0."),
    (logistic.train, "learning_rate", -0.1, "learning_rate must be a finite number above 0; found -0.1."),
    (logistic.train, "learning_rate", nan, "learning_rate must be a finite number above 0; found nan."),
    (logistic.train, "learning_rate", inf, "learning_rate must be a finite number above 0; found inf."),
    (logistic.train, "learning_rate", "0.1", "learning_rate must be a number above 0; found str."),
    (logistic.train, "learning_rate", True, "learning_rate must be a number above 0; found bool."),
    (logistic.train, "learning_rate", 10**400, "learning_rate must be a finite number above 0; found inf."),
    (logistic.train, "steps", 2.5, "steps must be a whole number; found float."),
    (logistic.train, "steps", -1, "steps must be at least 0; found -1."),
    (logistic.train, "steps", True, "steps must be a whole number; found bool."),
    (logistic.train, "steps", 10**30, "steps must be a whole number of at most 64 bits; found a larger one."),
    (logistic.train, "w", ONE[:2], "w must have 3 rows, one per feature; found shape (2, 1)."),
    (logistic.train, "b", nan, "b must be finite; found NaN or infinity."),
    (logistic.safe_learning_rate, "X", X * 1e200, "The numbers in X are so large that the result overflows."),
    (logistic.safe_learning_rate, "X", np.ones((2, 2, 2)), "X must have shape (n_x, m), one column per example; found shape (2, 2, 2)."),
    (logistic.safer_rate, "layers", 0, "layers must be at least 1; found 0."),
    (gradient_check.numerical_gradient, "f", 3, "f must be a function; found int."),
    (gradient_check.numerical_gradient, "f", lambda P: P, "the result of f must be one number; found shape (3, 1)."),
    (gradient_check.numerical_gradient, "f", lambda P: nan, "the result of f must be finite; found NaN or infinity."),
    (gradient_check.numerical_gradient, "P", [], "P must not be empty; found shape (0,)."),
    (gradient_check.numerical_gradient, "eps", -1e-5, "eps must be a finite number above 0; found -1e-05."),
    (gradient_check.numerical_gradient, "eps", 1e-30, "eps 1e-30 is no step that can be taken from 0.12573 in P."),
    (gradient_check.relative_difference, "H", X.T, "G and H must have the same shape; found (3, 5) and (5, 3)."),
    (gradient_check.check_gradients, "gradients", {"b": ONE}, "gradients must have the names of parameters; found ['b'], wanted ['w']."),
    (gradient_check.check_gradients, "gradients", [ONE], "gradients must be a dict from names to arrays."),
    (gradient_check.check_gradients, "gradients", {"w": ONE.T}, "gradients['w'] must have shape (3, 1); found (1, 3)."),
    (network.layer_z, "W", FIRST.W[0], "W must have shape (n_l, n_prev), one row per unit; found shape (3,)."),
    (network.layer_z, "b", FIRST.b.ravel(), "b must have shape (4, 1), one bias per row of W; found shape (4,)."),
    (network.layer_z, "A_prev", X[:2], "A_prev must have 3 rows, one per feature; found shape (2, 5)."),
    (network.layer_z, "A_prev", np.full((3, 5), 1.7e308), "The numbers in W and A_prev are so large that the result overflows."),
    (network.check_layers, "layers", [], "layers must be a list of Layer; found an empty one."),
    (network.check_layers, "layers", FIRST, "layers must be a list of Layer; found Layer."),
    (network.check_layers, "layers", [FIRST, FIRST], "Layer 2: W must have 4 columns, one per unit of layer 1; found shape (4, 3)."),
    (network.check_layers, "layers", [FIRST], "the last layer must be one unit with sigmoid; found 4 with relu."),
    (network.check_layers, "layers", [FIRST.W, LAST.W], "layers[0] must be a Layer; found ndarray."),
    (network.check_layers, "layers", [FIRST._replace(b=LAST.b), LAST], "Layer 1: b must have shape (4, 1), one bias per row of W; found shape (1, 1)."),
    (network.check_layers, "layers", [FIRST._replace(W=FIRST.W * nan), LAST], "Layer 1: W must be finite; found NaN or infinity."),
    (network.check_layers, "layers", [FIRST._replace(activation="gelu"), LAST], "the activation of layer 1 must be one of sigmoid, tanh, relu; found 'gelu'."),
    (network.check_layers, "layers", [FIRST._replace(activation=np.array(["relu"])), LAST], "the activation of layer 1 must be one of sigmoid, tanh, relu; found ndarray."),
    (network.check_layers, "layers", [FIRST, LAST._replace(W=LAST.W.astype("f4"), b=LAST.b.astype("f4"))], "all layers must have one dtype; found float64 in layer 1 and float32 in layer 2."),
    (network.check_layers, "layers", {1: FIRST, 2: LAST}, "layers must be a list of Layer; found dict."),
    (network.forward, "X", X.T, "X must have 3 rows, one per feature; found shape (5, 3)."),
    (network.forward, "X", PIXELS[0, 0], "X holds uint8 pixels from 0 to 255; scale them to [0, 1] first, with nnlib.images.scale."),
    (network.forward, "X", X.astype(complex), "X must hold real numbers; found dtype complex128."),
    (network.forward, "layers", [FIRST._replace(W=np.full((4, 3), 1.7e308)), LAST], "Z of layer 1 is too large: weights and inputs overflow."),
    (network.predict_probability, "X", np.full((3, 5), -inf), "X must be finite; found NaN or infinity."),
    (network.predict, "threshold", -1, "threshold must be a number from 0 to 1; found -1."),
    (network.initialize, "sizes", (), "sizes must be the number of features … and 1 at the end; found []."),
    (network.initialize, "sizes", (3, 4), "sizes must be the number of features … and 1 at the end; found [3, 4]."),
    (network.initialize, "sizes", (3, -4, 1), "sizes[1] must be at least 1; found -4."),
    (network.initialize, "sizes", (3, 2.5, 1), "sizes[1] must be a whole number; found float."),
    (network.initialize, "sizes", 3, "sizes must be a list such as (768, 20, 1); found int."),
    (network.initialize, "sizes", (10**9, 10**9, 1), "W of layer 1 of shape (1000000000, 1000000000) would need 7,450,580,596 GiB; this machine has … GiB."),
    (network.initialize, "sizes", (10**30, 1), "sizes[0] must be a whole number of at most 64 bits; found a larger one."),
    (network.initialize, "hidden", "gelu", "hidden must be one of sigmoid, tanh, relu; found 'gelu'."),
    (network.initialize, "hidden", ["relu", "relu"], "hidden must be one name, or 1, one per hidden layer; found 2."),
    (network.initialize, "hidden", None, "hidden must be one name, or 1, one per hidden layer; found NoneType."),
    (network.initialize, "rng", None, "rng must be a seed, 0 or larger, or a numpy.random.Generator; found NoneType."),
    (network.initialize, "rng", -3, "rng must be a seed, 0 or larger, or a numpy.random.Generator; found -3."),
    (network.initialize, "rng", "seed", "rng must be a seed, 0 or larger, or a numpy.random.Generator; found 'seed'."),
    (network.initialize, "scale", 0, "scale must be a finite number above 0; found 0."),
    (network.initialize, "scale", 1e308, "scale 1e+308 is too small or too large for weights in float64."),
    (network.initialize, "dtype", "float16", "dtype must be float32 or float64; found float16."),
    (network.initialize, "dtype", int, "dtype must be float32 or float64; found int64."),
    (network.backward, "cache", None, "cache must be what forward returned for these layers."),
    (network.backward, "cache", CACHE.A, "cache must be what forward returned for these layers."),
    (network.backward, "cache", CACHE._replace(A=CACHE.A[:2]), "cache must be what forward returned for these layers."),
    (network.backward, "cache", CACHE._replace(A=[X[:2], *CACHE.A[1:]]), "cache.A[0] must have shape (3, 5) for these layers; found shape (2, 5)."),
    (network.backward, "cache", CACHE._replace(A=[*CACHE.A[:2], CACHE.A[2] * nan]), "cache.A[2] must be finite; found NaN or infinity."),
    (network.backward, "cache", CACHE._replace(A=[*CACHE.A[:2], CACHE.Z[2] * 9]), "cache.A[2] must hold probabilities from 0 to 1."),
    (network.backward, "cache", CACHE._replace(A=[None, *CACHE.A[1:]]), "cache.A[0] must hold real numbers; found dtype object."),
    (network.backward, "Y", Y[:, :3], "Y must have 5 columns, one label per example; found shape (1, 3)."),
    (network.input_gradient, "Y", Y * 2, "Y must hold only the labels 0 and 1; found 2."),
    (network.update, "gradients", SLOPES[:1], "gradients must be a list with one Gradient per layer, 2 here."),
    (network.update, "gradients", [SLOPES[0], None], "gradients[1] must be a Gradient, dW and db."),
    (network.update, "gradients", [Gradient(SLOPES[0].dW.T, SLOPES[0].db), SLOPES[1]], "gradients[0] must have the shapes (4, 3) and (4, 1) of W and b; found [(3, 4), (4, 1)]."),
    (network.update, "gradients", [Gradient(SLOPES[0].dW * nan, SLOPES[0].db), SLOPES[1]], "gradients[0].dW must be finite; found NaN or infinity."),
    (network.update, "gradients", [Gradient(np.full((4, 3), 1.7e308), SLOPES[0].db), SLOPES[1]], "gradients[0].dW times the learning rate 2 overflows."),
    (network.update, "learning_rate", None, "learning_rate must be a number above 0; found NoneType."),
    (training.batches, "m", 0, "m must be at least 1; found 0."),
    (training.batches, "m", 10**15, "the order of the examples, of shape (1000000000000000,) would need 7,450,580 GiB; this machine has … GiB."),
    (training.batches, "batch_size", 6, "batch_size must be at most 5, all examples; found 6."),
    (training.batches, "batch_size", 0, "batch_size must be at least 1; found 0."),
    (training.batches, "rng", 1.5, "rng must be a seed, 0 or larger, or a numpy.random.Generator; found 1.5."),
    (training.train, "layers", None, "layers must be a list of Layer; found NoneType."),
    (training.train, "layers", RUN._replace(settings={}), "settings must be a dict of learning_rate, batch_size and data."),
    (training.train, "layers", RUN._replace(rng_state={"bit_generator": "seed"}), "rng_state must be the state of a NumPy generator."),
    (training.train, "layers", RUN, "layers is the checkpoint of a run with batch_size 2; found None."),
    (training.train, "X", X[:, :4], "Y must have 4 columns, one label per example; found shape (1, 5)."),
    (training.train, "Y", Y.ravel(), "Y must have shape (1, m), one label per example; found shape (5,)."),
    (training.train, "Y", ["tree", "none"], "Y must hold real numbers; found dtype <U4."),
    (training.train, "learning_rate", "0.1", "learning_rate must be a number above 0; found str."),
    (training.train, "learning_rate", 1e300, "learning_rate 1e+300 is too large: numbers overflow in epoch 2; try 3.6."),
    (training.train, "epochs", -1, "epochs must be at least 0; found -1."),
    (training.train, "epochs", 2.0, "epochs must be a whole number; found float."),
    (training.train, "batch_size", 6, "batch_size must be at most 5, all examples; found 6."),
    (training.train, "rng", np.random.RandomState(0), "rng must be a seed, 0 or larger, or a numpy.random.Generator; found RandomState."),
    (training.train, "test", X, "test must be a pair (X_test, Y_test)."),
    (training.train, "test", (X, Y[:, :2]), "Y_test must have 5 columns, one label per example; found shape (1, 2)."),
    (training.train, "after_epoch", "save", "after_epoch must be a function; found str."),
    (training.check_checkpoint, "checkpoint", NET, "checkpoint must be a Checkpoint; found list."),
    (training.check_checkpoint, "checkpoint", RUN._replace(history=None), "history must be a History of four lists."),
    (training.check_checkpoint, "checkpoint", RUN._replace(history=History([1.0], [], [], [])), "history must have one number per epoch; found [1, 0, 0, 0]."),
    (images.load_trees, "size", 8, "size must be 16 or 32; found 8."),
    (images.load_trees, "size", "16", "size must be 16 or 32; found '16'."),
    (images.load_trees, "folder", 5, "folder must be a path; found int."),
    (images.load_trees, "folder", "nowhere", "nowhere/trees_32.npz is missing: SHA-256 expected …, found no file. To restore it, type `git checkout -- data/trees_32.npz` in your clone of the course, or install nnlib again."),
    (images.load_features, "folder", "nowhere", "nowhere/trees_2d.csv is missing: SHA-256 expected …, found no file. To restore it, type `git checkout -- data/trees_2d.csv` in your clone of the course, or install nnlib again."),
    (images.read_checked, "name", "cats.npz", "name must be one of trees_32.npz, trees_2d.csv; found 'cats.npz'."),
    (images.check_images, "images", PIXELS[0], "images must have shape (m, height, width, channels); one photograph alone is images[i : i + 1]; found shape (4, 4, 3)."),
    (images.check_images, "images", [["a.png"]], "images must hold numbers; found dtype <U5."),
    (images.flatten, "images", PIXELS[:0], "images must have shape (m, height, width, channels); one photograph alone is images[i : i + 1]; found shape (0, 4, 4, 3)."),
    (images.flatten, "images", np.full((2, 4, 4, 3), nan), "images must be finite; found NaN or infinity."),
    (images.halve, "images", PIXELS[:, :3], "images must be uint8, of even height and width; found dtype uint8, shape (5, 3, 4, 3)."),
    (images.halve, "images", PIXELS / 255, "images must be uint8, of even height and width; found dtype float64, shape (5, 4, 4, 3)."),
    (images.scale, "X", PIXELS / 255, "X must hold uint8 pixels; found dtype float64: is it scaled already?"),
    (images.scale, "X", np.ma.masked_equal(PIXELS, 0), "X is a masked array; X.filled(value) makes a plain one."),
    (images.mean_image, "X", PIXELS, "X holds uint8 pixels from 0 to 255; scale them to [0, 1] first, with nnlib.images.scale."),
    (images.label_row, "labels", Y, "labels must have shape (m,); found shape (1, 5)."),
    (images.label_row, "labels", ["tree", "none"], "labels must hold only 0 and 1; found dtype <U4."),
    (images.label_row, "labels", [], "labels must have shape (m,); found shape (0,)."),
    (images.label_row, "labels", [0, 1, 2], "labels must hold only 0 and 1; found 2."),
    (images.prepare, "photographs", PIXELS, "photographs must be Photographs; found ndarray."),
    (images.prepare, "photographs", PHOTOS._replace(train_labels=Y[0, 1:]), "photographs must hold one label for each image; found 5 train_images and 4 train_labels."),
    (images.prepare, "photographs", PHOTOS._replace(test_images=PIXELS[:2, :2]), "photographs must hold images of one size; found 48 numbers in a training image and 24 in a test image."),
    (files.save, "path", None, "path must be the name of a file; found NoneType."),
    (files.save, "path", "", "path must be the name of a file; found ''."),
    (files.save, "path", "nowhere/new.npz", "nowhere/new.npz cannot be written: No such file or directory."),
    (files.save, "path", "one", "one cannot be written: Is a directory."),
    (files.save, "model", NET, "model must be a Model; found list."),
    (files.save, "model", Model(NET, mean=X), "mean must have shape (3, 1), one number per feature; found shape (3, 5)."),
    (files.save, "model", Model(NET, spread=ONE * 0), "spread must hold numbers above 0; found -0."),
    (files.save, "model", Model(NET, notes=["tree"]), "notes must be a dict; found list."),
    (files.save, "model", Model(NET, notes={"f": print}), "notes must hold text, numbers, lists and dicts: found builtin_function_or_method."),
    (files.save, "model", Model(NET, notes={"best": nan}), "notes must hold text, numbers, lists and dicts: Out of range float values are not JSON compliant…."),
    (files.load, "path", "none.npz", "none.npz cannot be opened: No such file or directory."),
    (files.load, "path", "text.npz", "text.npz is not an npz file."),
    (files.load, "path", "empty.npz", "empty.npz is empty."),
    (files.load, "path", "cut.npz", "cut.npz was cut short, or altered: File is not a zip file."),
    (files.load, "path", "other.npz", "other.npz was not written by nnlib."),
    (files.load, "path", "run.npz", "run.npz holds a checkpoint; wanted a model."),
    (files.load, "path", "one", "one cannot be opened: Is a directory."),
    (files.load, "path", 7, "path must be the name of a file; found 7."),
    (files.probability, "model", None, "model must be a Model; found NoneType."),
    (files.probability, "X", X[:2], "X must have 3 rows, one per feature; found shape (2, 5)."),
    (files.probability, "model", Model(NET, spread=np.full((3, 1), 1e-320)), "The numbers in X, mean and spread are so large that the result overflows."),
    (files.save_checkpoint, "checkpoint", NET, "checkpoint must be a Checkpoint; found list."),
    (files.load_checkpoint, "path", "model.npz", "model.npz holds a model; wanted a checkpoint."),
    (files.saver, "every", 0, "every must be at least 1; found 0."),
    (files.to_sklearn, "layers", [FIRST, Layer(np.eye(4), np.zeros((4, 1)), "tanh"), LAST], "layers must share one hidden activation here; found relu and tanh."),
    (files.from_sklearn, "mlp", None, "mlp must be a fitted MLPClassifier for two classes; found NoneType."),
    (files.from_torch, "module", "Sequential", "module must be a Sequential of Linear (with bias) and Sigmoid, Tanh or ReLU, in turns; found str."),
    (fit, "X", X.T[0], "X must have shape (m, n_x), one row per example; found shape (3,). Reshape your data with X.reshape(1, -1) if it is one example."),
    (fit, "X", SPARSE, "X is sparse; wanted a dense array: X.toarray() makes one."),
    (fit, "X", MASKED, "X is a masked array; X.filled(value) makes a plain one."),
    (fit, "X", X.T[:0], "X has 0 sample(s) and 3 feature(s) (shape=(0, 3)) while a minimum of 1 is required."),
    (fit, "X", X.T * nan, "X must be finite; found NaN or infinity."),
    (fit, "X", X.T * 1j, "X must hold real numbers; found dtype complex128: Complex data not supported."),
    (fit, "X", [["red", "green"]] * 5, "X must hold real numbers; found dtype <U5: convert it first."),
    (fit, "X", [["1", "2"]] * 5, "X must hold real numbers; found dtype <U1: convert it first."),
    (fit, "X", [[None, 1.0]] * 5, "X must be finite; found NaN or infinity."),
    (fit, "X", X.T * 1e200, "X holds numbers so large that their mean or spread overflows."),
    (fit, "y", None, "fit requires y to be passed, but the target y is None."),
    (fit, "y", ["a"] * 5, "y must hold labels of two kinds; found 1 class. Only binary classification is supported."),
    (fit, "y", ["a", "b", "c", "a", "b"], "y must hold labels of two kinds; found 3 classes. Only binary classification is supported."),
    (fit, "y", ["a", "b"], "y must have shape (5,), one label per row of X; found shape (2,)."),
    (fit, "y", [0.5, 1.5, 0.5, 0.5, 1.5], "y must hold labels of two kinds; found continuous numbers."),
    (fit, "y", np.array([None, "a", "a", None, "a"], dtype=object), "y must hold labels of one type: …."),
    (fit, "y", np.array([nan, "a", "a", nan, "a"], dtype=object), "y must hold labels; found NaN, which equals nothing."),
    (fit, "y", [0, "a", "a", 0, 0], "y must hold labels of one type: found words and others."),
    (fit, "y", [nan, 1.0, 1.0, nan, 1.0], "y must be finite; found NaN or infinity."),
    (fit, "y", [[0, 1], [1]], "y must be an array of numbers; found unequal rows."),
    (fit, "hidden_layer_sizes", (0,), "hidden_layer_sizes[0] must be at least 1; found 0."),
    (fit, "hidden_layer_sizes", "20", "hidden_layer_sizes must be a tuple of whole numbers; found str."),
    (fit, "hidden_layer_sizes", (10**12,), "W of layer 1 of shape (1000000000000, 3) would need 22,351 GiB; this machine has … GiB."),
    (fit, "activation", "swish", "activation must be one of sigmoid, tanh, relu; found 'swish'."),
    (fit, "learning_rate", -1, "learning_rate must be a finite number above 0; found -1."),
    (fit, "epochs", 0, "epochs must be at least 1; found 0."),
    (fit, "batch_size", 0, "batch_size must be at least 1; found 0."),
    (fit, "scaling", "robust", "scaling must be 'standard', 'mean' or None; found 'robust'."),
    (fit, "random_state", "lucky", "random_state must be a seed, 0 or larger, or a numpy.random.Generator; found 'lucky'."),
    (predict, "X", X.T[0], "X must have shape (m, n_x), one row per example; found shape (3,). Reshape your data with X.reshape(1, -1) if it is one example."),
    (predict, "X", X.T[:, :2], "X has 2 features, but NeuralNetworkClassifier is expecting 3 features as input."),
    (predict, "X", X.T.astype(str), "X must hold real numbers; found dtype <U32: convert it first."),
    (predict, "X", np.full((5, 3), inf), "X must be finite; found NaN or infinity."),
    (plots.image_grid, "images", PIXELS[..., :2], "images must hold 3 colours, uint8 or floats from 0 to 1; found dtype uint8, shape (5, 4, 4, 2), values from 1 to 254."),
    (plots.image_grid, "images", PIXELS / 2.0, "images must hold 3 colours, uint8 or floats from 0 to 1; found dtype float64, shape (5, 4, 4, 3), values from 0.5 to 127.5."),
    (plots.image_grid, "titles", ["one"], "titles must hold one entry for each of the 5 photographs."),
    (plots.image_grid, "framed", [True], "framed must hold one entry for each of the 5 photographs."),
    (plots.image_grid, "columns", 0, "columns must be a whole number above 0; found 0."),
    (plots.activation_curve, "name", "swish", "name must be one of sigmoid, tanh, relu; found 'swish'."),
    (plots.cost_contours, "cost", 3, "cost must be a function; found int."),
    (plots.cost_contours, "cost", lambda w, b: 1.0, "cost cannot be drawn as a map; found 1 to 1 on the grid."),
    (plots.cost_contours, "cost", lambda w, b: nan, "the result of cost must be finite; found NaN or infinity."),
    (plots.cost_contours, "w_values", [2, 1], "w_values must be a row of 2 or more numbers that go upwards."),
    (plots.cost_contours, "path", [1, 2, 3], "path must have shape (steps + 1, 2); found shape (3,)."),
    (plots.cost_contours, "names", "wb!", "names must be a pair of texts, one for each axis."),
    (plots.cost_contours, "ax", "top", "ax must be an Axes of matplotlib; found str."),
    (plots.learning_curve, "costs", [], "costs must be a list of numbers, or a list of such lists."),
    (plots.learning_curve, "costs", [0.5, nan], "costs of run 1 must be finite; found NaN or infinity."),
    (plots.learning_curve, "costs", [[1e200, 1.0]], "costs of each run must be a row of numbers up to 1e100."),
    (plots.learning_curve, "labels", ["a", "b"], "labels must hold one name for each of the 1 runs."),
    (plots.weights_as_image, "shape", (2, 2), "shape must be (height, width) or (height, width, channels) with 3 entries, as many as w has; found (2, 2)."),
    (plots.weights_as_image, "shape", (1.0, 3.0), "each entry of shape must be a whole number; found float."),
    (plots.weights_as_image, "w", ONE * nan, "w must be finite; found NaN or infinity."),
]

COMMANDS = [
    ("train nowhere", "nowhere cannot be opened: No such file or directory."),
    ("train text.npz", "text.npz is not an npz file."),
    ("train model.npz", "model.npz is no npz file with X_train, y_train, X_test, y_test: X_train is missing."),
    ("train twos.npz", "twos.npz: labels must hold only 0 and 1; found 2."),
    ("train words.npz", "words.npz: images must hold numbers; found dtype <U1."),
    ("train one", "one must hold two folders of images, one per class; found 1."),
    ("train few", "few/a must hold 5 images or more; found 0."),
    ("train --size 5", "size must be 16 or 32; found 5."),
    ("train --size 0", "--size must be at least 1; found 0."),
    ("train --epochs -1", "epochs must be at least 0; found -1."),
    ("train --learning-rate nan", "learning_rate must be a finite number above 0; found nan."),
    ("train --learning-rate 1e9 --quiet", "learning_rate 1e+09 is too large: numbers overflow in epoch 18; try 0.96."),
    ("train --batch-size 0", "batch_size must be at least 1; found 0."),
    ("train --hidden -2", "--hidden must be at least 1; found -2."),
    ("train --hidden 1000000000000", "W of layer 1 of shape (1000000000000, 768) would need 5,722,045 GiB; this machine has … GiB."),
    ("train --seed -3", "--seed must be at least 0; found -3."),
    ("train --out nowhere/model.npz", "--out nowhere/model.npz is no file in a folder that exists."),
    ("train --plot nowhere/curve.png", "--plot nowhere/curve.png is no file in a folder that exists."),
    ("train --plot curve.mp3", "--plot curve.mp3 must end with one of …."),
    ("train --checkpoint run.npz --every 0", "every must be at least 1; found 0."),
    ("train --checkpoint model.npz --resume", "model.npz holds a model; wanted a checkpoint."),
    ("train photos.npz --checkpoint run.npz --resume --epochs 5", "X must have 3 rows, one per feature; found shape (48, 5)."),
    ("evaluate small.npz", "the model takes images of 4 × 4 pixels; say which images to look at: an npz, or a folder with two folders."),
    ("evaluate wide.npz", "the model takes 5 numbers: no square image with 3 colours."),
    ("predict small.npz few/a", "few/a holds no images."),
    ("evaluate none.npz", "none.npz cannot be opened: No such file or directory."),
    ("evaluate run.npz", "run.npz holds a checkpoint; wanted a model."),
    ("evaluate model.npz photos.npz", "X must have 3 rows, one per feature; found shape (48, 5)."),
    ("evaluate model.npz one", "one must hold two folders of images, one per class; found 1."),
    ("predict model.npz none.png", "none.png is no image that can be read: No such file or directory."),
    ("predict model.npz text.npz", "text.npz is no image that can be read: cannot identify image file 'text.npz'."),
    ("predict text.npz none.png", "text.npz is not an npz file."),
]
# fmt: on


def frozen(value):
    """The value, with every array in it read-only."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, list | tuple) and value is not LOOP:
        for part in value:
            frozen(part)
    elif isinstance(value, dict):
        for part in value.values():
            frozen(part)
    return value


def same(one, other):
    """True if two arguments are equal to the last bit."""
    if isinstance(one, np.ndarray) and one.dtype != object and one.size < 10**6:
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, list | tuple) and one is not LOOP:
        pairs = zip(one, other, strict=True)
        return type(one) is type(other) and all(same(a, b) for a, b in pairs)
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one is other or type(one) is type(other)


def says(sentence, error):
    """True if the error says the sentence; "…" stands for anything in one line."""
    pattern = re.escape(sentence).replace("…", "[^\n]*")
    return re.fullmatch(pattern, str(error)) is not None


def name_of(row):
    """A name for a row: which of the function's rows it is."""
    function, argument = row[0], row[1]
    return f"{function.__module__.split('.')[-1]}.{function.__name__}-{argument}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a model, a checkpoint, photographs, and files that are none of these."""
    here = tmp_path_factory.mktemp("table")
    files.save(here / "model.npz", Model(NET))
    files.save_checkpoint(here / "run.npz", RUN)
    files.save(here / "small.npz", Model(network.initialize((48, 1), rng=0)))
    files.save(here / "wide.npz", Model(network.initialize((5, 1), rng=0)))
    (here / "text.npz").write_text("no numbers")
    (here / "empty.npz").write_bytes(b"")
    (here / "cut.npz").write_bytes((here / "model.npz").read_bytes()[:700])
    np.savez(here / "other.npz", W1=X)
    np.savez(here / "photos.npz", X_train=PIXELS, y_train=Y[0], X_test=PIXELS, y_test=Y[0])
    np.savez(here / "twos.npz", X_train=PIXELS, y_train=Y[0] + 1, X_test=PIXELS, y_test=Y[0])
    np.savez(here / "words.npz", X_train=["a"], y_train=Y[0], X_test=PIXELS, y_test=Y[0])
    (here / "one" / "class").mkdir(parents=True)
    (here / "few" / "a").mkdir(parents=True)
    (here / "few" / "b").mkdir()
    return here


@pytest.mark.parametrize("row", TABLE, ids=name_of)
def test_a_bad_argument_gets_its_sentence_and_nothing_is_changed(folder, monkeypatch, row):
    function, argument, value, sentence = row
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    given = frozen({**GOOD[function], argument: value})
    kept = {k: v if v is SPARSE or v is HUGE else copy.deepcopy(v) for k, v in given.items()}
    with pytest.raises(OWN) as caught:
        function(**given)
    assert says(sentence, caught.value), str(caught.value)
    assert same(given, kept)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("function", GOOD, ids=lambda function: function.__name__)
def test_the_other_arguments_are_right(folder, monkeypatch, function):
    """Else a row could be refused for another reason than the one it stands for."""
    monkeypatch.chdir(folder)
    if function not in (files.from_sklearn, files.from_torch):
        function(**copy.deepcopy(GOOD[function]))
    for made in folder.glob("new.npz"):
        made.unlink()


@pytest.mark.parametrize(("command", "sentence"), COMMANDS, ids=lambda part: str(part)[:50])
def test_a_bad_command_gets_its_sentence_and_status_1(
    folder, monkeypatch, capsys, command, sentence
):
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    assert main(command.split()) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says(f"nnlib: {sentence}\n", printed.err), printed.err
    assert sorted(folder.rglob("*")) == before


def test_the_table_is_large_and_covers_every_function():
    rows = Counter(row[0] for row in TABLE)
    assert len(TABLE) + len(COMMANDS) >= 150
    assert set(rows) == set(GOOD)


def test_a_system_that_does_not_say_how_much_memory_it_has(monkeypatch):
    def refuse(_):
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", refuse, raising=False)
    assert validation._memory.__wrapped__() == 16 * 2**30
