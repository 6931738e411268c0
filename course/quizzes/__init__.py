"""Questions that a reader answers in the notebook, and variants of them for a class.

The questions of a chapter are plain data, `notebooks/quizzes/NN.toml`, which a teacher may edit.
What is shown needs no kernel and no script; both make it more comfortable.
"""

from __future__ import annotations

from course.figures import in_notebook, put


def quiz(chapter: str, seed: int | None = None) -> None:
    """Show the questions of a chapter; with a seed, hand-traced ones with numbers of their own.

    Parameters
    ----------
    chapter : str
        Its number: "04".
    seed : int, optional
        Neighbours with different seeds get different numbers, the same seed gives the same ones.
        The answers are computed by nnlib.
    """
    from course.quizzes import page, read

    if seed is None:
        questions = read.questions(chapter)
        name = f"quiz-{chapter}"
    else:
        from course.quizzes.variants import variant

        questions = variant(chapter, seed)
        name = f"quiz-{chapter}-{seed}"
    if not in_notebook():
        return
    page.wire()
    for number, question in enumerate(questions, start=1):
        put(page.bundle(question, number, name))
