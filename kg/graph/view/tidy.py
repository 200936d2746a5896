"""What makes a drawing tidy: no name on another, no line across a name, few crossings, little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.float64]
    Pairs = npt.NDArray[np.int64]

# Pixels kept free around a node with its name, and rounds of pushing nodes apart.
MARGIN, ROUNDS = 16.0, 80
# A line across a node reads as a line to it, so it weighs more than two lines that cross.
CROSSING, ACROSS, SHORT, ROOM = 1.0, 4.0, 1.0, 3.0
# A line shorter than this share of what it needs is too short; more square pixels than this for a node are waste.
SHORTEST, ROOM_OF_A_NODE = 0.85, 30000.0


def lying(places: Places) -> Places:
    """Turn the places so that their longest stretch lies flat, centred."""
    import numpy as np

    centred = places - places.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = -0.5 * np.arctan2(2 * xy, xx - yy)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned: Places = centred @ turn
    return turned


def apart(places: Places, links: Pairs, lengths: Places, sizes: Places) -> Places:
    """Push boxes of `sizes` that overlap apart, along the axis on which they overlap less, and stretch short lines."""
    import numpy as np
    from scipy.spatial import cKDTree

    places = places.copy()
    reach = float(np.hypot(*(sizes.max(axis=0) + MARGIN)))
    for _ in range(ROUNDS):
        way = places[links[:, 1]] - places[links[:, 0]]
        found = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
        stretch = way * (np.clip(lengths - found, 0, None) / found * 0.15)[:, None]
        np.subtract.at(places, links[:, 0], stretch)
        np.add.at(places, links[:, 1], stretch)
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


def clutter(places: Places, pairs: Pairs, lengths: Places, sizes: Places) -> float:
    """Give how hard a drawing is to read: crossings, lines across nodes, lines too short for a label, waste of room."""
    import numpy as np

    starts, ends = places[pairs[:, 0]], places[pairs[:, 1]]
    short = np.linalg.norm(ends - starts, axis=1) < SHORTEST * lengths
    room = float(np.prod(np.ptp(places, axis=0) + sizes.max(axis=0))) / (ROOM_OF_A_NODE * len(places))
    across = _across(places, pairs, sizes)
    return CROSSING * _crossings(starts, ends, pairs) + ACROSS * across + SHORT * int(short.sum()) + ROOM * room


def _crossings(starts: Places, ends: Places, pairs: Pairs) -> int:
    import numpy as np

    def side(a: Places, b: Places, c: Places) -> Places:
        turned: Places = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
            c[..., 0] - a[..., 0]
        )
        return turned

    one, two = np.triu_indices(len(pairs), 1)
    a, b, c, d = starts[one], ends[one], starts[two], ends[two]
    crossing = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return int(crossing.sum())


def _across(places: Places, pairs: Pairs, sizes: Places) -> int:
    """Count the pairs of a line and a node, not at its ends, that the line runs across or close by."""
    import numpy as np

    starts, ends = places[pairs[:, 0], None], places[pairs[:, 1], None]
    way = ends - starts
    share = ((places[None] - starts) * way).sum(axis=2) / np.maximum((way**2).sum(axis=2), 1e-9)
    nearest = starts + np.clip(share, 0, 1)[..., None] * way
    close = (np.abs(places[None] - nearest) < sizes[None] / 2 + MARGIN / 2).all(axis=2)
    rows = np.arange(len(pairs))
    close[rows, pairs[:, 0]] = close[rows, pairs[:, 1]] = False
    return int(close.sum())
