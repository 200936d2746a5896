"""Matrix products: right, and only where they are asked for."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import Linear, NumpyOps, get_current_ops

from kg.text.matrices import NumpyProducts, numpy_products

random = np.random.default_rng(3)


def matrix(*shape: int) -> np.ndarray:
    return random.standard_normal(shape, dtype=np.float32)


@pytest.mark.parametrize("count", [1, 7, 256, 700])
def test_products_are_those_of_the_library_that_they_stand_in_for(count: int) -> None:
    x, weights = matrix(count, 96), matrix(288, 96)
    expected = NumpyOps().gemm(x, weights, trans2=True)
    np.testing.assert_allclose(NumpyProducts().gemm(x, weights, trans2=True), expected, rtol=1e-3, atol=1e-4)
    out = np.empty_like(expected)
    assert NumpyProducts().gemm(x, weights, out=out, trans2=True) is out
    np.testing.assert_allclose(out, expected, rtol=1e-3, atol=1e-4)


def test_both_sides_can_be_transposed() -> None:
    x, y = matrix(30, 20), matrix(40, 30)
    np.testing.assert_allclose(NumpyProducts().gemm(x, y, trans1=True, trans2=True), x.T @ y.T, rtol=1e-3, atol=1e-4)


def test_an_empty_text_gives_an_empty_product() -> None:
    assert NumpyProducts().gemm(matrix(0, 96), matrix(288, 96), trans2=True).shape == (0, 288)


def test_only_models_that_are_made_inside_calculate_so() -> None:
    with numpy_products():
        inside = Linear(2, 3)
    assert isinstance(inside.ops, NumpyProducts)
    assert not isinstance(get_current_ops(), NumpyProducts)
    assert not isinstance(Linear(2, 3).ops, NumpyProducts)
