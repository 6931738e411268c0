"""Wrong versions of the functions in nnlib.images."""

from course.feedback.mistakes.registry import wrong


@wrong(
    "images.flatten",
    1,
    "",
    "The shape is right, but the images are mixed: reshape(-1, m) deals the numbers out row by row, so a column holds pixels of many images.",
    "Which axis of `images` counts the examples? Keep it in front when you reshape, and turn the matrix afterwards.",
)
def mixed_images(images):
    return images.reshape(-1, images.shape[0])


@wrong(
    "images.flatten",
    2,
    "",
    "Each image is a row here; in this course every example is a column of X, shape (n_x, m).",
    "What turns rows into columns?",
)
def examples_in_rows(images):
    return images.reshape(images.shape[0], -1)


@wrong(
    "images.flatten",
    1,
    "",
    "The pixels of each image are in another order: the axes were reversed (by `.T` before reshape, or by order='F'), and neighbours end up far apart.",
    "First reshape with the default order, then transpose.",
)
def fortran_order(images):
    return images.reshape(images.shape[0], -1, order="F").T


@wrong(
    "images.flatten",
    1,
    "",
    "All examples became one long column: the axis that counts the examples is gone.",
    "The number of columns must stay m = images.shape[0].",
)
def one_long_column(images):
    return images.reshape(-1, 1)


@wrong(
    "images.flatten",
    2,
    "",
    "The whole array was transposed before reshaping, so images are mixed in each row.",
    "First reshape to (m, n_x), then transpose.",
)
def transposed_first(images):
    return images.T.reshape(images.shape[0], -1)


@wrong(
    "images.scale",
    3,
    "",
    "The pixels are still numbers from 0 to 255; nothing was divided.",
    "The brightest pixel, 255, should become 1.",
)
def kept_0_to_255(X):
    return X.astype(float)


@wrong(
    "images.scale",
    4,
    "",
    "`//` divides and throws the fraction away: every pixel below 255 became 0.",
    "Which of Python's two divisions keeps the fraction?",
)
def whole_division(X):
    return (X // 255).astype(float)


@wrong(
    "images.scale",
    3,
    "",
    "You divided by 256: white, 255, does not become 1.",
    "What is the largest number that a pixel can be?",
)
def divided_by_256(X):
    return X / 256


@wrong(
    "images.scale",
    4,
    "",
    "The pixels were divided by 255 twice: all are below 0.004.",
    "Once is enough.",
)
def scaled_twice(X):
    return X / 255 / 255


@wrong(
    "images.scale",
    3,
    "",
    "You divided by the largest pixel of this array: the same grey would get another number in another set of images.",
    "Divide by what a pixel can be, not by what these happen to be.",
)
def divided_by_maximum(X):
    return X / X.max()


@wrong(
    "images.scale",
    3,
    "",
    "You stretched from the darkest to the brightest pixel of this array: the same grey would get another number in another set of images.",
    "Use what a pixel can be, 0 to 255, not what these happen to be.",
)
def stretched(X):
    return (X - X.min()) / (X.max() - X.min())


@wrong(
    "images.scale",
    4,
    "",
    "Dividing a uint8 array in place (`/=`) cannot work: a uint8 cannot hold a fraction.",
    "Make a new array: X / 255.",
)
def divided_in_place(X):
    X = X.copy()
    X /= 255
    return X
