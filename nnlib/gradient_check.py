# Woven from chapters 3 and 8 by `python -m course tangle`: edit notebooks/text, not this file.
"""Is a gradient right? Compare it with central differences."""

import numpy as np

from nnlib.door import door
from nnlib.kinds import (
    AnyNumbers,
    Array,
    Derivatives,
    Directions,
    FunctionOfArray,
    FunctionOfDict,
    OneOfTwo,
    Parameters,
    RandomSeed,
    SmallStepInP,
    SmallStepInParameters,
)


@door
def numerical_gradient(f: FunctionOfArray, P: AnyNumbers, eps: SmallStepInP = 1e-5) -> Array:
    """Central differences of the number f(P), entry by entry; float64, the shape of P."""
    P = np.array(P, dtype=np.float64)
    G = np.zeros_like(P)
    for index in np.ndindex(P.shape):
        up, down = P.copy(), P.copy()
        up[index] += eps
        down[index] -= eps
        G[index] = (f(up) - f(down)) / (2 * eps)
    return G


@door
def relative_difference(G: OneOfTwo, H: OneOfTwo) -> float:
    """‖G - H‖ / (‖G‖ + ‖H‖): 0 for equal arrays, 1 for opposite ones."""
    largest = max(np.abs(G).max(), np.abs(H).max())
    if largest == 0:
        return 0.0
    _, exponent = np.frexp(largest)  # bring both to about 1: no square overflows or vanishes
    one, other = np.ldexp(G, -exponent), np.ldexp(H, -exponent)
    return float(np.linalg.norm(one - other) / (np.linalg.norm(one) + np.linalg.norm(other)))


@door
def check_gradients(
    f: FunctionOfDict,
    parameters: Parameters,
    gradients: Derivatives,
    eps: SmallStepInParameters = 1e-5,
    directions: Directions | None = None,
    rng: RandomSeed = 0,
) -> dict[str, float]:
    """Relative difference between gradients and central differences, for each parameter."""
    rng, differences = np.random.default_rng(rng), {}

    def along(V: Array, moved: FunctionOfArray, P: Array) -> Array:
        return numerical_gradient(lambda t: moved(P + np.tensordot(t, V, 1)), np.zeros(len(V)), eps)

    for name, P in parameters.items():

        def moved(P: Array, name: str = name) -> float:
            return f({**parameters, name: P})

        if directions is None:
            slopes, felt = gradients[name], numerical_gradient(moved, P, eps)
        else:
            V = rng.standard_normal((directions, *np.shape(P)))
            slopes, felt = np.tensordot(V, gradients[name], np.ndim(P)), along(V, moved, P)
        differences[name] = relative_difference(slopes, felt)
    return differences
