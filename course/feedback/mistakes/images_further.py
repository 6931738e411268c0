"""Further wrong versions of the functions in nnlib.images."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

flatten = Section("images.flatten", pairs=False)
scale = Section("images.scale", pairs=False)

COLUMNS = "images.reshape(m, -1).T"


@flatten.swap(COLUMNS, "images.reshape(-1, m).T", family=1)
def mixed_in_rows() -> None:
    """The numbers were dealt out row by row and then transposed: a row holds pixels of many images,
    and examples should be columns.

    Which axis of `images` counts the examples, and where is it while you reshape?
    """


@flatten.swap(COLUMNS, 'images.reshape(-1, m, order="F")', family=1)
def mixed_in_another_order() -> None:
    """The shape is right, but the images are mixed: in this order the first axis runs fastest, and
    that is the one which counts the examples.

    If image i held the number i in every pixel, what should column i of X hold?
    """


@flatten.swap(COLUMNS, "images.transpose(0, 3, 1, 2).reshape(m, -1).T", family=1)
def colours_first() -> None:
    """The pixels of each image are in another order: first all of the red, then green, then blue.

    In which order do the numbers of one image stand?
    """


@flatten.swap(COLUMNS, "images.transpose(0, 2, 1, 3).reshape(m, -1).T", family=1)
def width_before_height() -> None:
    """Height and width of each image are exchanged: it is unrolled column by column.

    In which order do the numbers of one image stand?
    """


@flatten.swap(COLUMNS, "images[..., 0].reshape(m, -1).T", family=1)
def one_colour() -> None:
    """Only one of the colours was kept: each pixel has three numbers, and all three belong into the
    column.

    How many numbers has one image?
    """


@flatten.swap(COLUMNS, "images.reshape(m, -1).T / 255", family=4)
def scaled_as_well() -> None:
    """The pixels were divided by 255 as well. flatten only sorts; another function scales.

    Should a number change, or only its place?
    """


@flatten.swap(COLUMNS, "images[::-1].reshape(m, -1).T", family=1)
def examples_backwards() -> None:
    """The images are in reverse order.

    Where should the first image go?
    """


@flatten.swap(COLUMNS, "images.reshape(m, -1)[:, ::-1].T", family=1)
def pixels_backwards() -> None:
    """The pixels of each image are in reverse order.

    Where should the first pixel of an image go?
    """


@flatten.swap(COLUMNS, "np.repeat(images[:1].reshape(1, -1).T, m, axis=1)", family=30)
def first_image_everywhere() -> None:
    """Every column holds the first image.

    What changes from one turn of the loop to the next?
    """


@flatten.swap(COLUMNS, "np.repeat(images[-1:].reshape(1, -1).T, m, axis=1)", family=30)
def last_image_everywhere() -> None:
    """Every column holds the last image.

    Into which column should each turn of the loop write?
    """


def _divided_by(number: str) -> None:
    def named() -> None: ...

    named.__name__ = f"divided_by_{number.replace('.', '_')}"
    named.__doc__ = (
        f"You divided by {number}: white, 255, becomes {255 / float(number):.4g}.\n\n"
        "What is the largest number that a pixel can be?"
    )
    scale.swap("255", number, family=3)(named)


for one in ("225", "250", "254", "128", "127.5", "1000"):
    _divided_by(one)


@scale.swap("X / 255", "np.round(X / 255)", family=4)
def rounded() -> None:
    """Every pixel became 0 or 1, by rounding or by a comparison: the greys are lost.

    What should happen to grey?
    """


@scale.swap("X / 255", "1 - X / 255", family=3)
def inverted() -> None:
    """Black and white are exchanged: this is 1 minus the scaled pixel.

    What should 255 become, and what 0?
    """


@scale.swap("X / 255", "X / 255 - np.mean(X / 255, axis=1, keepdims=True)", family=3)
def centred_as_well() -> None:
    """The mean was taken away as well: negative numbers came out. Here the pixels go from 0 to 1.

    What should black, the pixel 0, become?
    """


@scale.swap("X / 255", "X / 255 - np.mean(X / 255)", family=3)
def overall_mean_taken_away() -> None:
    """The mean of all pixels was taken away as well: negative numbers came out. Here the pixels go
    from 0 to 1.

    What should black, the pixel 0, become in every set of images?
    """


@scale.swap("255", "X.max(axis=0)", family=3)
def divided_by_maximum_of_columns() -> None:
    """Each example was divided by its own brightest pixel: the same grey gets another number in
    another photograph.

    Divide by what a pixel can be, not by what these happen to be.
    """


@scale.swap("255", "X.max(axis=1, keepdims=True)", family=3)
def divided_by_maximum_of_rows() -> None:
    """Each feature was divided by its own largest value: the same grey gets another number in
    another place.

    Divide by what a pixel can be, not by what these happen to be.
    """


@scale.swap("255", "X.sum()", family=3)
def divided_by_sum() -> None:
    """The pixels were divided by their sum: the same grey would get another number in another set
    of images.

    What should the brightest pixel become?
    """


@scale.swap("255", "np.linalg.norm(X, axis=0)", family=3)
def divided_by_length() -> None:
    """Each column was divided by its length: the same grey gets another number in another
    photograph.

    What should the brightest pixel become?
    """


@scale.swap("X / 255", "(X > 127) * 1.0", family=3, twin="rounded")
def black_and_white() -> None:
    """Every pixel was compared with a limit, and became 0 or 1.

    What should 51 become?
    """


@scale.swap("scaled: Array = X / 255", "X /= 255\nscaled = X", family=4)
def scaled_in_the_callers_array() -> None:
    """This changes X itself, which belongs to the caller. A uint8 array cannot hold a fraction
    either.

    Which of `X /= …` and `X / …` makes a new array?
    """
