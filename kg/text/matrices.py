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


class NumpyProducts(NumpyOps):  # type: ignore[misc]  # compiled: without types
    """What spaCy's layers calculate with.

    A row of a product is not the same, bit for bit, beside other rows: libraries for matrices sum in another order where
    a matrix has another shape, or a row another place. The same matrices give the same product.
    """

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
        return np.matmul(left, right) if out is None else np.matmul(left, right, out=out)


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
