"""Matrix products for the language model: numpy's, which take a third of the time of those that spaCy ships with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The rows of one product. A library may sum in another order where a matrix has another shape; in pieces of one shape the
# numbers of a sentence are the same, bit for bit, whatever is read beside it.
ROWS = 256


class NumpyProducts(NumpyOps):  # type: ignore[misc]  # compiled: without types
    """What spaCy's layers calculate with; each row of a product depends on that row alone."""

    def gemm(
        self,
        x: NDArray[np.float32],
        y: NDArray[np.float32],
        *,
        out: NDArray[np.float32] | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> NDArray[np.float32]:
        """Give `x @ y`, each transposed where it is asked for."""
        left, right = x.T if trans1 else x, y.T if trans2 else y
        count = len(left)
        whole = count - count % ROWS
        product = np.empty((count, right.shape[1]), dtype=left.dtype) if out is None else out
        for start in range(0, whole, ROWS):
            np.matmul(left[start : start + ROWS], right, out=product[start : start + ROWS])
        if whole < count:
            last = np.zeros((ROWS, left.shape[1]), dtype=left.dtype)
            last[: count - whole] = left[whole:]
            product[whole:] = np.matmul(last, right)[: count - whole]
        return product


@contextmanager
def numpy_products() -> Iterator[None]:
    """Let the models that are loaded inside calculate with numpy, from then on in one thread of this process.

    A second thread costs more than it saves in products of this size, and `--jobs` has use for the other cores. On a
    Mac or a graphics card, for which spaCy has products of its own, these are kept.
    """
    before: Any = get_current_ops()
    if type(before) is NumpyOps:
        threadpool_limits(limits=1, user_api="blas")
        set_current_ops(NumpyProducts())
    try:
        yield
    finally:
        set_current_ops(before)
