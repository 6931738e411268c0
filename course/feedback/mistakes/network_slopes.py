"""Wrong slopes in the way back through a network: of one activation each."""

from __future__ import annotations

from collections.abc import Callable

from course.feedback.mistakes.section import Function, Section

backward = Section("network.backward", "(34)")
input_gradient = Section("network.input_gradient", "(34)")


def slope(activation: str, formula: str) -> dict[str, str]:
    """The changes that give one activation another slope."""
    chosen = f"{formula} if layers[l - 2].activation == {activation!r} else "
    return {"g_prime(cache.A[l - 1])": f"({chosen}g_prime(cache.A[l - 1]))"}


def both(
    activation: str, formula: str, *, family: int, twin: str | None = None
) -> Callable[[Function], Function]:
    """Register a wrong slope in `backward`, and as input_… in `input_gradient`."""

    def register(named: Function) -> Function:
        changes = slope(activation, formula)
        backward.swaps(changes, family=family, twin=twin)(named)
        named.__name__ = f"input_{named.__name__}"
        input_gradient.swaps(changes, family=family, twin=twin and f"input_{twin}")(named)
        return named

    return register


@both("relu", "cache.A[l - 1] >= 0", family=35)
def slope_relu_always_on() -> None:
    """The slope of ReLU is taken with >=: A is never negative, so no unit is ever off.

    A unit that is off has A = 0 exactly. Should 0 count as on?
    """


@both("relu", "np.maximum(0, cache.Z[l - 1])", family=35)
def slope_relu_value() -> None:
    """For ReLU the value max(0, Z) stands where its slope is meant.

    How steep is ReLU at Z = 5?
    """


@both("relu", "1.0", family=35, twin="slope_relu_always_on")
def slope_relu_missing() -> None:
    """The slope of ReLU is missing: it was taken as 1 everywhere.

    What is the slope where a unit is off?
    """


@both("relu", "cache.Z[l - 1] <= 0", family=35)
def slope_relu_swapped() -> None:
    """On and off are swapped in the slope of ReLU.

    Which way does the comparison point?
    """


@both("relu", "np.where(cache.Z[l - 1] > 0, 1.0, -1.0)", family=35)
def slope_relu_minus_one() -> None:
    """The slope of ReLU where a unit is off is 0, not -1.

    How many values has the slope of ReLU?
    """


@both("relu", "np.where(cache.Z[l - 1] > 0, 1.0, 0.01)", family=35)
def slope_relu_leaky() -> None:
    """The slope of ReLU where a unit is off is 0.01: that is the leaky ReLU, another function.

    How steep is ReLU left of 0?
    """


@both("tanh", "1 - cache.Z[l - 1] ** 2", family=34)
def slope_tanh_of_z() -> None:
    """The slope of tanh was made from Z: 1 - Z². The square is that of A = tanh(Z).

    Between which two numbers does the slope of tanh lie?
    """


@both("tanh", "1 - cache.A[l - 1]", family=34)
def slope_tanh_no_square() -> None:
    """The square is missing in the slope of tanh: 1 - A.

    Should the slope be the same for A and -A?
    """


@both("tanh", "cache.A[l - 1] ** 2 - 1", family=34)
def slope_tanh_negative() -> None:
    """The slope of tanh has the wrong sign: tanh rises everywhere.

    Which of the two is larger, 1 or A²?
    """


@both("tanh", "cache.A[l - 1] * (1 - cache.A[l - 1])", family=34)
def slope_tanh_as_sigmoid() -> None:
    """Layers with tanh got the slope of the sigmoid, A (1 - A).

    What is the slope of tanh at A = 0?
    """


@both("tanh", "1 - np.tanh(cache.A[l - 1]) ** 2", family=34)
def slope_tanh_twice() -> None:
    """tanh was applied once more in its slope: A is tanh(Z) already.

    Which formula needs A alone?
    """


@both("tanh", "1 - cache.A[l - 1].T @ cache.A[l - 1]", family=34)
def slope_tanh_product() -> None:
    """The square in the slope of tanh became a matrix product, Aᵀ A.

    Is the slope of a unit its own affair, or that of all units?
    """


@both("tanh", "1 + cache.A[l - 1] ** 2", family=34)
def slope_tanh_plus() -> None:
    """The slope of tanh has a plus: 1 + A². It must be small where tanh is flat.

    What is the slope near A = 1?
    """


@both("tanh", "1.0", family=34)
def slope_tanh_missing() -> None:
    """The slope of tanh is missing: it was taken as 1 everywhere.

    How steep is tanh near A = 1?
    """


@both("sigmoid", "cache.Z[l - 1] * (1 - cache.Z[l - 1])", family=37)
def slope_sigmoid_of_z() -> None:
    """The slope of the sigmoid was made from Z: Z (1 - Z). It is A (1 - A).

    Can the slope of the sigmoid be negative?
    """


@both("sigmoid", "1 - cache.A[l - 1]", family=37)
def slope_sigmoid_one_factor() -> None:
    """One factor is missing in the slope of the sigmoid: 1 - A.

    Must the slope be small near A = 0 as well?
    """


@both("sigmoid", "cache.A[l - 1] * (cache.A[l - 1] - 1)", family=37)
def slope_sigmoid_negative() -> None:
    """The slope of the sigmoid has the wrong sign: the sigmoid rises everywhere.

    Which of the two is larger, 1 or A?
    """


@both("sigmoid", "1 - cache.A[l - 1] ** 2", family=37)
def slope_sigmoid_as_tanh() -> None:
    """Layers with a sigmoid got the slope of tanh, 1 - A².

    What is the largest slope of the sigmoid?
    """


@both("sigmoid", "1.0", family=37)
def slope_sigmoid_missing() -> None:
    """The slope of the sigmoid is missing: it was taken as 1 everywhere.

    What is the largest slope of the sigmoid?
    """
