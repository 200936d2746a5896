"""What counts against a drawing."""

from __future__ import annotations

import numpy as np
import pytest

from kg.graph.view.clutter import ACROSS, CROSSING, NARROW, OVERLAP, Clutter, Lines

SIZES = np.full((4, 2), 40.0)
SQUARE = np.array([[0.0, 0.0], [400.0, 0.0], [0.0, 400.0], [400.0, 400.0]])


def clutter(*pairs: tuple[int, int], length: float = 400.0, side_by_side: int = 1) -> Clutter:
    count = len(pairs)
    return Clutter(Lines(np.array(pairs), np.full(count, length), np.full(count, side_by_side)), SIZES)


def test_bundles_that_cross_count_for_each_line_of_both() -> None:
    weigh = clutter((0, 1), (2, 3), length=420, side_by_side=3)
    crossed, free = SQUARE[[0, 3, 1, 2]], SQUARE
    assert weigh(crossed) - weigh(free) == pytest.approx(9 * CROSSING, abs=0.1)


def test_a_line_across_a_node_that_is_not_its_end() -> None:
    weigh = clutter((0, 1))
    on_it, off_it = SQUARE.copy(), SQUARE.copy()
    on_it[2], off_it[2] = (200.0, 0.0), (200.0, 200.0)
    assert weigh(on_it) - weigh(off_it) == pytest.approx(ACROSS)


def test_names_that_overlap() -> None:
    weigh = clutter((0, 1))
    close, wide = SQUARE.copy(), SQUARE.copy()
    close[2], wide[2] = (390.0, 400.0), (300.0, 400.0)
    assert weigh(close) - weigh(wide) == pytest.approx(OVERLAP)


@pytest.mark.parametrize("pair", [(0, 2), (2, 0)])
def test_two_lines_that_leave_one_node_side_by_side(pair: tuple[int, int]) -> None:
    weigh = clutter((0, 1), pair)
    beside, apart = SQUARE.copy(), SQUARE.copy()
    beside[2], apart[2] = (390.0, 80.0), (200.0, (390.0**2 + 80.0**2 - 200.0**2) ** 0.5)
    assert weigh(beside) - weigh(apart) == pytest.approx(NARROW)
