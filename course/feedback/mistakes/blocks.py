"""Wrong versions of the functions in nnlib.blocks."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

gradients = Section("blocks.gradients_of_blocks", "(34)")

PARTS = "for one in blocks(X.shape[1], block_size)"
ADDED = "gradients, _, _ = reduce(Part.plus, parts).means()"
MEANS = "means = [p.means()[0] for p in parts]\n"


@gradients.swap(
    ADDED,
    MEANS
    + "gradients = [Gradient(*(sum(g) / len(g) for g in zip(*one_layer))) "
    + "for one_layer in zip(*means)]",
    family=20,
)
def mean_of_means() -> None:
    """The means of the blocks were averaged as if all blocks were equally long: the examples of a
    short block count for more than the others.

    What does each block have to bring along, besides its gradients, so that they can be weighed?
    """


@gradients.swap(
    ADDED,
    MEANS
    + "gradients = [Gradient(*(sum(g) for g in zip(*one_layer))) for one_layer in zip(*means)]",
    family=20,
)
def means_added() -> None:
    """The means of the blocks were added up: the gradients grow with the number of blocks.

    What may be added, sums or means? And where does 1/m stand?
    """


@gradients.swap(ADDED, "gradients = reduce(Part.plus, parts).gradients", family=20)
def never_divided() -> None:
    """The sums were never divided by m: the gradients are m times too large.

    Which method of Part turns sums into means?
    """


@gradients.swap(PARTS, "for one in blocks(block_size * (X.shape[1] // block_size), block_size)",
                family=30)  # fmt: skip
def last_block_lost() -> None:
    """The last block, which is shorter than the others, is left out.

    With 7 examples in blocks of 3: which slices does blocks(7, 3) give?
    """


@gradients.swap("reduce(Part.plus, parts).means()", "[*parts][-1].means()", family=26)
def only_the_last() -> None:
    """These are the gradients of the last block alone; what the others gave was not kept.

    Where are the parts added up?
    """


@gradients.swap("reduce(Part.plus, parts).means()", "next(parts).means()", family=30)
def only_the_first() -> None:
    """These are the gradients of the first block alone.

    How do the other parts come in?
    """
