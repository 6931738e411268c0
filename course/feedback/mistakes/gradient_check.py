"""Wrong versions of the functions in nnlib.gradient_check."""

import numpy as np

from course.feedback.mistakes.registry import wrong


def _differences(f, P, eps, quotient, reset=True):
    """Central differences with their joints open: what is formed of f, P, one entry and eps."""
    P = np.array(P, dtype=float)
    G = np.zeros_like(P)
    up, down = P.copy(), P.copy()
    for index in np.ndindex(P.shape):
        if reset:
            up, down = P.copy(), P.copy()
        up[index] += eps
        down[index] -= eps
        G[index] = quotient(f, P, up, down, eps)
    return G


def _central(f, P, up, down, eps):
    return (f(up) - f(down)) / (2 * eps)


@wrong(
    "gradient_check.numerical_gradient",
    30,
    "",
    "The two copies are made once, before the loop: every entry that was moved stays moved.",
    "Which line belongs inside the loop, so that each turn starts from P?",
)
def copies_before_loop(f, P, eps=1e-5):
    return _differences(f, P, eps, _central, reset=False)


@wrong(
    "gradient_check.numerical_gradient",
    30,
    "",
    "`return` stands inside the loop: all entries but the first are 0.",
    "How far is the return indented?",
)
def return_inside(f, P, eps=1e-5):
    G = np.zeros_like(np.asarray(P, dtype=float))
    first = next(np.ndindex(G.shape))
    G[first] = _differences(f, P, eps, _central)[first]
    return G


@wrong(
    "gradient_check.numerical_gradient",
    20,
    "",
    "The 2 is missing: from `down` to `up` it is 2 eps.",
    "How far apart are the two places where f is taken?",
)
def without_the_two(f, P, eps=1e-5):
    return _differences(f, P, eps, lambda f, P, up, down, eps: (f(up) - f(down)) / eps)


@wrong(
    "gradient_check.numerical_gradient",
    27,
    "",
    "The difference is the wrong way round: every slope has the wrong sign.",
    "f at the upper place comes first.",
)
def wrong_way_round(f, P, eps=1e-5):
    return _differences(f, P, eps, lambda f, P, up, down, eps: (f(down) - f(up)) / (2 * eps))


@wrong(
    "gradient_check.numerical_gradient",
    28,
    "",
    "The difference was never divided by the distance: these are differences, not slopes.",
    "A slope is a rise divided by a run.",
)
def not_divided(f, P, eps=1e-5):
    return _differences(f, P, eps, lambda f, P, up, down, eps: f(up) - f(down))


@wrong(
    "gradient_check.numerical_gradient",
    28,
    "",
    "This is the difference to one side, f(P + eps) - f(P). To both sides it is far more exact.",
    "Compare the two kinds of difference in the text above.",
)
def one_sided(f, P, eps=1e-5):
    return _differences(f, P, eps, lambda f, P, up, down, eps: (f(up) - f(P)) / eps)


@wrong(
    "gradient_check.numerical_gradient",
    10,
    "",
    "The argument `eps` is not used: a fixed step is written into the code.",
    "What should happen with steps of 0.01?",
)
def fixed_step(f, P, eps=1e-5):
    return _differences(f, P, 1e-5, _central)


@wrong(
    "gradient_check.numerical_gradient",
    31,
    "",
    "The entries of P were moved together, not one at a time: `up` is P + eps.",
    "A partial derivative moves one entry and holds the others.",
)
def all_at_once(f, P, eps=1e-5):
    P = np.array(P, dtype=float)
    return np.full_like(P, (f(P + eps) - f(P - eps)) / (2 * eps))
