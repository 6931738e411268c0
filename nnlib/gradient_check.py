# Woven from chapter 3 by `python -m course tangle`: edit notebooks/text, not this file.
"""Is a gradient right? Compare it with central differences."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib.validation import Array, InputError, check_numbers, check_positive


def _number(f: Callable[[Array], float], P: Array) -> float:
    """Return f(P) as a float; refuse an f that gives anything else."""
    value = check_numbers(f(P), "the result of f")
    if value.size != 1:
        raise InputError(f"the result of f must be one number; found shape {value.shape}.")
    return value.item()


def numerical_gradient(f: Callable[[Array], float], P: ArrayLike, eps: float = 1e-5) -> Array:
    """Central differences of the number f(P), entry by entry.

    Parameters
    ----------
    f : callable
        Takes an array like `P`, returns a number.
    P : array_like
        Where to take the derivative, any shape; it is left as it is.
    eps : float
        How far to step to each side.

    Returns
    -------
    ndarray
        float64, the shape of `P`.

    Raises
    ------
    InputError
        If `P` or what `f` returns is no finite number, or if `eps` is not above 0, or is so small
        or large that P ± eps rounds to P or overflows.
    """
    if not callable(f):
        raise InputError(f"f must be a function; found {type(f).__name__}.")
    P = np.array(check_numbers(P, "P"), dtype=np.float64)
    eps = check_positive(eps, "eps")
    G = np.zeros_like(P)
    if float(np.abs(P).max()) + eps == np.inf:
        raise InputError(f"eps {eps:g} is no step that can be taken in P: the sum overflows.")
    for index in np.ndindex(P.shape):
        up, down = P.copy(), P.copy()
        up[index] += eps
        down[index] -= eps
        if not 0 < float(up[index]) - float(down[index]) < np.inf:
            raise InputError(f"eps {eps:g} is no step that can be taken from {P[index]:g} in P.")
        G[index] = (_number(f, up) - _number(f, down)) / (2 * eps)
    return G


def relative_difference(G: ArrayLike, H: ArrayLike) -> float:
    """Length of G - H against the lengths of both: 0 for equal, 1 for opposite arrays.

    Parameters
    ----------
    G, H : array_like
        Two arrays of one shape.

    Returns
    -------
    float
        ‖G - H‖ / (‖G‖ + ‖H‖); 0 when both are all zeros.

    Raises
    ------
    InputError
        If the shapes differ, or a value is not finite.
    """
    G, H = check_numbers(G, "G"), check_numbers(H, "H")
    if G.shape != H.shape:
        found = f"found {G.shape} and {H.shape}"
        raise InputError(f"G and H must have the same shape; {found}.")
    largest = max(np.abs(G).max(), np.abs(H).max())
    if largest == 0:
        return 0.0
    _, exponent = np.frexp(largest)  # bring both to about 1: no square overflows or vanishes
    one, other = np.ldexp(G, -exponent), np.ldexp(H, -exponent)
    return float(np.linalg.norm(one - other) / (np.linalg.norm(one) + np.linalg.norm(other)))


def check_gradients(
    f: Callable[[dict[str, Any]], float],
    parameters: Mapping[str, ArrayLike],
    gradients: Mapping[str, ArrayLike],
    eps: float = 1e-5,
) -> dict[str, float]:
    """Compare gradients with central differences, one parameter at a time.

    Parameters
    ----------
    f : callable
        Takes a dict like `parameters`, returns a number, such as the cost.
    parameters : dict of str to array_like
        Where to check; any shapes.
    gradients : dict of str to array_like
        The derivatives of `f` to be checked, under the same names, of the same shapes.
    eps : float
        How far to step to each side.

    Returns
    -------
    dict of str to float
        The relative difference for each name: about 1e-7 or less says "right".

    Raises
    ------
    InputError
        If the names differ, or a gradient does not have the shape of its parameter.
    """
    if not callable(f):
        raise InputError(f"f must be a function; found {type(f).__name__}.")
    for given, what in ((parameters, "parameters"), (gradients, "gradients")):
        if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
            raise InputError(f"{what} must be a dict from names to arrays.")
    if set(parameters) != set(gradients):
        found = f"found {sorted(gradients)}, wanted {sorted(parameters)}"
        raise InputError(f"gradients must have the names of parameters; {found}.")
    differences = {}
    for name, value in parameters.items():
        shape = check_numbers(gradients[name], f"gradients[{name!r}]").shape
        wanted = check_numbers(value, f"parameters[{name!r}]").shape
        if shape != wanted:
            raise InputError(f"gradients[{name!r}] must have shape {wanted}; found {shape}.")

        def moved(P: Array, name: str = name) -> float:
            return f({**parameters, name: P})

        felt = numerical_gradient(moved, value, eps)
        differences[name] = relative_difference(gradients[name], felt)
    return differences
