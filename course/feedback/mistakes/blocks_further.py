"""Further wrong versions of the functions in nnlib.blocks."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

gradients = Section("blocks.gradients_of_blocks", "(34)", pairs=False)

PARTS = "for one in blocks(X.shape[1], block_size)"
REDUCED = "gradients, _, _ = reduce(Part.plus, parts).means()"
WHOLE = "parts = [*parts]\nwhole = reduce(Part.plus, parts)\n"


def _divided(by: str) -> str:
    return f"{WHOLE}gradients = [Gradient(g.dW / {by}, g.db / {by}) for g in whole.gradients]"


@gradients.swap(REDUCED, _divided("(len(parts) * block_size)"), family=12)
def divided_by_full_blocks() -> None:
    """You divided by the number of blocks times block_size: that is more than m where the last
    block is shorter.

    How many examples are there in all the parts together?
    """


@gradients.swap(REDUCED, _divided("block_size"), family=12)
def divided_by_block_size() -> None:
    """You divided by block_size. m is the number of all examples.

    How many examples are there in all the parts together?
    """


@gradients.swap(REDUCED, _divided("len(parts)"), family=12)
def divided_by_number_of_blocks() -> None:
    """The sums were divided by the number of blocks. m is the number of all examples.

    Which attribute of a Part counts its examples?
    """


@gradients.swap(REDUCED, _divided("parts[-1].m"), family=12)
def divided_by_last_block() -> None:
    """You divided by the number of examples in the last block. m is the number of all examples.

    Which m has the part that holds everything?
    """


@gradients.swap(REDUCED, _divided("parts[0].m"), family=12)
def divided_by_first_block() -> None:
    """You divided by the number of examples in the first block. m is the number of all examples.

    Which m has the part that holds everything?
    """


@gradients.swap(REDUCED, _divided("whole.m**2"), family=20)
def divided_twice() -> None:
    """The sums were divided by m twice.

    What does `means` do?
    """


@gradients.swaps(
    {
        PARTS: "for one in [b for b in blocks(X.shape[1], block_size)"
        " if b.stop - b.start == min(block_size, X.shape[1])]",
        REDUCED: f"{WHOLE}gradients = "
        "[Gradient(g.dW / X.shape[1], g.db / X.shape[1]) for g in whole.gradients]",
    },
    family=30,
)
def short_block_lost() -> None:
    """The last block is left out where it is shorter than the others; all was divided by m.

    With 7 examples in blocks of 3: which slices does blocks(7, 3) give?
    """


@gradients.swap("Y[:, one]", "Y[:, : X[:, one].shape[1]]", family=30)
def labels_of_first_block() -> None:
    """Every block was held against the labels of the first one.

    Which slice cuts X, and which Y?
    """


@gradients.swap(REDUCED, "gradients = reduce(Part.plus, parts).means()", family=45)
def all_three_means() -> None:
    """All three means came back: gradients, cost and share. The gradients alone are asked for.

    What does `means` give, and what stands after the arrow in the first line?
    """


@gradients.swap(REDUCED, f"{WHOLE}gradients = whole", family=45)
def a_part_for_gradients() -> None:
    """A Part came back. Its gradients, as means, are asked for.

    What can be asked of a Part?
    """


@gradients.swap(REDUCED, "gradients = [p.means()[0] for p in parts]", family=30)
def one_list_for_each_block() -> None:
    """The gradients of each block came back, one list for each. They have to become one list.

    How do two parts become one?
    """


@gradients.swap(
    PARTS,
    "for one in [b for b in blocks(X.shape[1], block_size)"
    " if b.stop - b.start == min(block_size, X.shape[1])]",
    family=30,
)
def short_block_not_there() -> None:
    """The last block is left out where it is shorter than the others: `//` counts full blocks only.

    With 7 examples in blocks of 3: how many blocks are there?
    """


@gradients.swap("Y[:, one]", "Y", family=30)
def labels_not_cut() -> None:
    """X alone is cut into blocks: each block met the labels of all examples.

    How many columns has a block of X, and how many has Y?
    """


@gradients.swap("X[:, one]", "X", family=30)
def examples_not_cut() -> None:
    """Y alone is cut into blocks: the labels of each block met all examples.

    How many columns has a block of Y, and how many has X?
    """


@gradients.swap(
    "return gradients",
    "full = X.shape[1] // block_size * block_size\n"
    "if full == 0:\n"
    "    return [Gradient(0 * g.dW, 0 * g.db) for g in gradients]\n"
    "gradients = backward(layers, forward(layers, X[:, :full]), Y[:, :full])\n"
    "part_of_all = full / X.shape[1]\n"
    "return [Gradient(g.dW * part_of_all, g.db * part_of_all) for g in gradients]",
    family=30,
)
def full_blocks_alone() -> None:
    """The last block is left out where it is not full: m // block_size counts full blocks only, and
    where all examples are fewer than block_size there is none.

    With 7 examples in blocks of 3: how many blocks are there?
    """


@gradients.swap(
    REDUCED,
    "parts = [*parts]\n"
    "m = X.shape[1]\n"
    "means = [p.means()[0] for p in parts]\n"
    "gradients = [Gradient(sum(g.dW for g in one) / m, sum(g.db for g in one) / m) "
    "for one in zip(*means)]",
    family=20,
)
def means_added_and_divided() -> None:
    """The means of the blocks were added up and divided by m once more: a mean is divided already.

    What may be added, sums or means? And what has `backward` divided by?
    """
