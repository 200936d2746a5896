"""A drawing is made tidy: lying flat, no name on another, and nodes moved wherever that leaves less clutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.view.clutter import MARGIN, Clutter, Lines

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.float64]

PUSHES = 80
# Moves that are tried in a part: so many a node, and no more than the limit.
MOVES_A_NODE, MOVES_LIMIT = 168, 3024
# The share of moves, at first, that let two nodes change places: it frees what is stuck among crossings.
SWAPS = 0.3


def lying(places: Places) -> Places:
    """Turn the places so that their longest stretch lies flat, centred."""
    import numpy as np

    centred = places - places.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = -0.5 * np.arctan2(2 * xy, xx - yy)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned: Places = centred @ turn
    return turned


def apart(places: Places, lines: Lines, sizes: Places) -> Places:
    """Push boxes of `sizes` that overlap apart, along the axis on which they overlap less, and stretch short lines."""
    import numpy as np
    from scipy.spatial import cKDTree

    places = places.copy()
    starts, ends = lines.pairs[:, 0], lines.pairs[:, 1]
    reach = float(np.hypot(*(sizes.max(axis=0) + MARGIN)))
    for _ in range(PUSHES):
        way = places[ends] - places[starts]
        found = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
        stretch = way * (np.clip(lines.lengths - found, 0, None) / found * 0.15)[:, None]
        np.subtract.at(places, starts, stretch)
        np.add.at(places, ends, stretch)
        pairs = cKDTree(places).query_pairs(reach, output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        one, two = pairs[:, 0], pairs[:, 1]
        offset = places[two] - places[one]
        overlap = (sizes[one] + sizes[two]) / 2 + MARGIN - np.abs(offset)
        hit = (overlap > 0.5).all(axis=1)
        one, two, offset, overlap = one[hit], two[hit], offset[hit], overlap[hit]
        rows, axis = np.arange(len(one)), overlap.argmin(axis=1)
        push = np.zeros_like(offset)
        push[rows, axis] = np.where(offset[rows, axis] < 0, -1, 1) * overlap[rows, axis] * 0.35
        np.subtract.at(places, one, push)
        np.add.at(places, two, push)
    return places


def settled(places: Places, lines: Lines, sizes: Places, random: np.random.Generator) -> Places:
    """Move one node by shorter and shorter steps, or let two change places, wherever that leaves less clutter."""
    clutter = Clutter(lines, sizes)
    best, least = places, clutter(places)
    span = float(lines.lengths.max())
    moves = min(MOVES_LIMIT, MOVES_A_NODE * len(places))
    for step in range(moves):
        trial = best.copy()
        left = 1 - step / moves
        node, other = (int(number) for number in random.integers(len(places), size=2))
        if random.random() < SWAPS * left:
            trial[[node, other]] = trial[[other, node]]
        else:
            trial[node] += random.normal(scale=span * left + 8.0, size=2)
        flaws = clutter(trial)
        if flaws < least:
            best, least = trial, flaws
    return best
