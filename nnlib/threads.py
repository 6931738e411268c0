# Plain: edited here; chapter 13 tells of it.
"""Who gets the cores while a network learns: the BLAS, threads of ours, or one thread alone.

Small products are slower on two threads than on one, many times slower on a machine that is busy.
Large ones want all cores, and so does what lies between them; there each thread of ours takes a
share of the examples. Both need the package threadpoolctl, to keep the BLAS to one thread
meanwhile; without it, the BLAS does as it likes.
"""

from contextlib import nullcontext
from functools import cache
from types import TracebackType
from typing import Any, Self

SMALL, LARGE = 2**22, 2**23
"""Multiplications of a pass forward. Below the first the BLAS gets one thread; from the second on,
full batches are shared between two threads of ours, if the BLAS would have used two."""


@cache
def controller() -> Any:
    """What sets the number of threads of the BLAS; None without threadpoolctl."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController().select(user_api="blas")


SHORT_WAY = {"SkylakeX": 10**6, "Cooperlake": 10**6, "SapphireRapids": 10**6}
"""Kernels of OpenBLAS that have a way of their own for products of so many multiplications."""


@cache
def short_way() -> int:
    """The largest product that the BLAS has a short way for; 0 if none is known."""
    control = controller()
    pools = control.info() if control is not None else []
    kernels = [pool.get("architecture") for pool in pools if pool["internal_api"] == "openblas"]
    return min((SHORT_WAY.get(str(kernel), 0) for kernel in kernels), default=0)


class Threads:
    """How many threads take a share of the examples; as a context, it keeps the BLAS to one.

    Attributes
    ----------
    ways : int
        1 or 2.
    """

    def __init__(self, multiplications: int, full_batch: bool):
        control, self.ways, self.limit = controller(), 1, nullcontext()
        if control is None:
            return
        most = max((pool["num_threads"] for pool in control.info()), default=1)
        if most >= 2 and full_batch and multiplications >= LARGE:
            self.ways = 2
        if most >= 2 and (self.ways == 2 or multiplications <= SMALL):
            self.limit = control.limit(limits=1)

    def __enter__(self) -> Self:
        self.limit.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.limit.__exit__(kind, error, trace)
