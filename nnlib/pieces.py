# Plain: edited here; chapter 13 tells of it.
"""The two large products of a network, those of layer 1, cut into pieces where that is faster.

Some BLAS have a way of their own for small products: OpenBLAS, on processors with AVX-512, takes it
up to a million multiplications, and saves itself a copy of its arguments into a better order.
`matmul` takes a stack of matrices and multiplies them in one call. Rows of W1 are cut where the
pieces then hold 8 rows or more; else the examples, and dW1 is the sum over the pieces.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.kinds import Array

Product = Callable[[Array, Array, Array], Any]


def rows_of(n_1: int, row: int, piece: int) -> int:
    """How many rows of W1 make a product below a piece, of `row` multiplications each; 0: none."""
    fits = range(piece // row, 7, -1) if n_1 * row > piece else range(0)
    return next((rows for rows in fits if n_1 % rows == 0), 0)


def by_rows(rows: int) -> Product:
    """The product, some rows of the result at a time."""

    def product(P: Array, Q: Array, out: Array) -> None:
        np.matmul(P.reshape(-1, rows, P.shape[1]), Q, out.reshape(-1, rows, out.shape[1]))

    return product


def stack(X: Array, width: int) -> Array:
    """Columns of X as a stack of matrices of some columns each: a view."""
    return X.reshape(len(X), -1, width).transpose(1, 0, 2)


def by_examples(width: int, W: Array, m: int) -> tuple[Product, Product]:
    """W1 @ X and dZ1 @ X.T, some examples at a time."""
    k, (n_1, n_x) = m - m % width, W.shape
    sums = np.empty((k // width + 1, n_1, n_x), W.dtype)
    if W.flags.f_contiguous:
        sums = sums.reshape(-1, n_x, n_1).transpose(0, 2, 1)

    def forward(W: Array, X: Array, Z: Array) -> None:
        np.matmul(W, stack(X[:, :k], width), stack(Z[:, :k], width))
        np.matmul(W, X[:, k:], Z[:, k:])

    def back(dZ: Array, X_T: Array, dW: Array) -> None:
        pieces = stack(X_T.T[:, :k], width).transpose(0, 2, 1)
        np.matmul(stack(dZ[:, :k], width), pieces, sums[:-1])
        np.matmul(dZ[:, k:], X_T[k:], sums[-1])
        np.add.reduce(sums, 0, out=dW)

    return forward, back


def first_products(W: Array, plan: Any, examples: int, piece: int) -> tuple[Product, Product]:
    """The two products of layer 1 for so many examples, as a plan of the engine has them lie."""
    n_1, n_x = W.shape
    rows = rows_of(n_1, n_x * examples, piece)
    if rows and plan.product is not np.matmul:
        return by_rows(rows), by_rows(rows)
    if plan.A == "F" and n_1 >= 8 and 32 * W.size <= piece < W.size * examples:
        return by_examples(piece // W.size // 16 * 16, W, examples)
    return plan.product, plan.product
