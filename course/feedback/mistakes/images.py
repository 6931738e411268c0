"""Wrong versions of the functions in nnlib.images."""

from __future__ import annotations

from course.feedback.mistakes.section import Section
from nnlib.kinds import Array

flatten = Section("images.flatten")


@flatten.swap("reshape(m, -1).T", "reshape(-1, m)", family=1)
def mixed_images() -> None:
    """The shape is right, but the images are mixed: reshape(-1, m) deals the numbers out row by
    row, so a column holds pixels of many images.

    If image i held the number i in every pixel, what should column i of X hold?
    """


@flatten.swap(".T", "", family=2)
def examples_in_rows() -> None:
    """Each image is a row here; in this course every example is a column of X, shape (n_x, m).

    What turns rows into columns?
    """


@flatten.swap("reshape(m, -1)", 'reshape(m, -1, order="F")', family=1)
def fortran_order() -> None:
    """The pixels of each image are in another order: the axes were reversed (by `.T` before
    reshape, or by order='F'), and neighbours end up far apart.

    Which axis of `images` counts the examples, and where is it while you reshape?
    """


@flatten.swap("reshape(m, -1).T", "reshape(-1, 1)", family=1)
def one_long_column() -> None:
    """All examples became one long column: the axis that counts the examples is gone.

    How many columns should X have?
    """


@flatten.swap("images.reshape(m, -1).T", "images.T.reshape(m, -1)", family=2)
def transposed_first() -> None:
    """The whole array was transposed before reshaping, so images are mixed in each row.

    Which axis of `images` counts the examples, and where is it while you reshape?
    """


scale = Section("images.scale")


@scale.swap("X / 255", "X.astype(float)", family=3)
def kept_0_to_255() -> None:
    """The pixels are still numbers from 0 to 255; nothing was divided.

    The brightest pixel, 255, should become 1.
    """


@scale.swap("X / 255", "X // 255", family=4)
def whole_division() -> None:
    """The fraction is thrown away, by `//` or by turning the quotient into a whole number: every
    pixel below 255 became 0.

    Which of Python's two divisions keeps the fraction?
    """


@scale.swap("255", "256", family=3)
def divided_by_256() -> None:
    """You divided by 256: white, 255, does not become 1.

    What is the largest number that a pixel can be?
    """


@scale.swap("X / 255", "X / 255 / 255", family=4)
def scaled_twice() -> None:
    """The pixels were divided by 255 twice: all are below 0.004.

    Once is enough.
    """


@scale.swap("255", "X.max()", family=3)
def divided_by_maximum() -> None:
    """You divided by the largest pixel of this array: the same grey would get another number in
    another set of images.

    Divide by what a pixel can be, not by what these happen to be.
    """


@scale.swap("X / 255", "(X - X.min()) / (X.max() - X.min())", family=3)
def stretched() -> None:
    """You stretched from the darkest to the brightest pixel of this array: the same grey would
    get another number in another set of images.

    Use what a pixel can be, 0 to 255, not what these happen to be.
    """


@scale.wrong(family=4)
def divided_in_place(X: Array) -> Array:
    """Dividing a uint8 array in place (`/=`) cannot work: a uint8 cannot hold a fraction.

    Which kind of number has the result, and can X hold it?
    """
    X = X.copy()
    X /= 255
    return X


@scale.swap("X / 255", "X / 127.5 - 1", family=3)
def from_minus_one() -> None:
    """The pixels run from -1 to 1. The course brings them to 0 … 1.

    What should black, the pixel 0, become?
    """


@scale.swap("X / 255", "(X - X.mean()) / X.std()", family=3)
def standardised() -> None:
    """The pixels were centred and divided by their spread, which are other numbers in every set of
    images.

    Which two numbers are the same for every photograph?
    """


@scale.swap("X / 255", "X / 100", family=3)
def divided_by_100() -> None:
    """You divided by 100: white, 255, becomes 2.55.

    What is the largest number that a pixel can be?
    """


@scale.swap("X / 255", "X * 255", family=3)
def multiplied() -> None:
    """You multiplied by 255 instead of dividing: the pixels became larger.

    Should a pixel become larger or smaller?
    """


@scale.swap("X / 255", "X - 255", family=3)
def subtracted() -> None:
    """You took 255 away instead of dividing by it.

    What should 255 become, and what 0?
    """


@flatten.swap("images.reshape(m, -1).T", "images.mean(axis=-1).reshape(m, -1).T", family=1)
def grey() -> None:
    """The colours were averaged: each pixel has three numbers, and all three belong into the
    column.

    How many numbers has one image?
    """


@flatten.swap("reshape(m, -1).T", "reshape(1, -1)", family=1)
def one_long_row() -> None:
    """All examples became one long row: the axis that counts the examples is gone.

    How many columns should X have?
    """


@flatten.swap("images.reshape(m, -1).T", "images.reshape(m, -1, 1)", family=2)
def stack_of_columns() -> None:
    """Each image is a column, but they are stacked along a third axis. X has two axes, one column
    for each image.

    How do the columns come to stand side by side?
    """
