"""What makes a drawing tidy: no name on another, no line across a name, few crossings, little room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.float64]
    Pairs = npt.NDArray[np.int64]

# The room for a graph is a little wider than high.
ASPECT = 1.25
# Pixels kept free around a node with its name, and how far the middle of both lies below the middle of the node.
MARGIN, DROP = 16.0, 11.0
# How far each further parallel line makes a bundle bulge, as a share of its length.
BULGE = 0.05
# How much each flaw counts: a line across a node reads as a line to it, so that it is worse than two lines that cross.
OVERLAP, ACROSS, CROSSING, NARROW, SHORT, LONG, ROOM = 6.0, 4.0, 1.0, 1.5, 2.0, 0.8, 10.0
# A line is too short or too long below and above these shares of what it needs; two lines from one node run too close
# above this cosine; and more square pixels than this for a node are waste.
SHORTEST, LONGEST, COSINE, ROOM_OF_A_NODE = 0.95, 1.3, 0.95, 30000.0
PUSHES = 80
# Moves that are tried in a part: so many a node, and no more than the limit.
MOVES_A_NODE, MOVES_LIMIT = 168, 3024
# The share of moves, at first, that let two nodes change places: it frees what is stuck among crossings.
SWAPS = 0.3


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines between nodes: pairs of indices, the length in pixels that each needs, and how many lie side by side."""

    pairs: Pairs
    lengths: Places
    counts: Pairs


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
    best, least = places, clutter(places, lines, sizes)
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
        flaws = clutter(trial, lines, sizes)
        if flaws < least:
            best, least = trial, flaws
    return best


def clutter(places: Places, lines: Lines, sizes: Places) -> float:
    """Give how hard a drawing is to read; 0 would be perfect."""
    import numpy as np

    starts, ends = places[lines.pairs[:, 0]], places[lines.pairs[:, 1]]
    share = np.linalg.norm(ends - starts, axis=1) / lines.lengths
    wide, high = (places + sizes / 2).max(axis=0) - (places - sizes / 2).min(axis=0)
    return (
        OVERLAP * _overlaps(places, sizes)
        + ACROSS * _across(places, lines, sizes)
        + _tangle(starts, ends, lines)
        + SHORT * float((np.clip(SHORTEST - share, 0, None) * lines.counts).sum() * 4)
        + LONG * float(np.clip(share - LONGEST, 0, None).sum())
        + ROOM * float(max(wide, ASPECT * high) ** 2) / ASPECT / (ROOM_OF_A_NODE * len(places))
    )


def _overlaps(places: Places, sizes: Places) -> float:
    import numpy as np

    one, two = np.triu_indices(len(places), 1)
    over = (sizes[one] + sizes[two]) / 2 + MARGIN - np.abs(places[two] - places[one])
    return float(np.clip(over.min(axis=1), 0, MARGIN).sum() / MARGIN)


def _tangle(starts: Places, ends: Places, lines: Lines) -> float:
    """Weigh crossings, and lines that leave one node in nearly the same direction."""
    import numpy as np

    one, two = np.triu_indices(len(starts), 1)
    a, b, c, d = starts[one], ends[one], starts[two], ends[two]
    crossing = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
    tangle = CROSSING * float((crossing * lines.counts[one] * lines.counts[two]).sum())
    way = (ends - starts) / np.maximum(np.linalg.norm(ends - starts, axis=1), 1e-9)[:, None]
    cosine = (way[one] * way[two]).sum(axis=1)
    for side in (0, 1):
        for other in (0, 1):
            shared = lines.pairs[one, side] == lines.pairs[two, other]
            towards = cosine if side == other else -cosine
            tangle += NARROW * int((shared & (towards > COSINE)).sum())
    return tangle


def _side(a: Places, b: Places, c: Places) -> Places:
    """Give on which side of the line from a to b each c lies, as the sign."""
    turned: Places = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return turned


def _across(places: Places, lines: Lines, sizes: Places) -> float:
    """Count the lines that run across a node that is not at their ends, or close by."""
    import numpy as np

    boxes = places[None] + (0.0, DROP)
    starts, ends = places[lines.pairs[:, 0], None], places[lines.pairs[:, 1], None]
    way = ends - starts
    share = ((boxes - starts) * way).sum(axis=2) / np.maximum((way**2).sum(axis=2), 1e-9)
    nearest = starts + np.clip(share, 0, 1)[..., None] * way
    margin = MARGIN / 2 + BULGE * (lines.counts - 1) * np.linalg.norm(way[:, 0], axis=1)
    close = (np.abs(boxes - nearest) < sizes[None] / 2 + margin[:, None, None]).all(axis=2)
    rows = np.arange(len(lines.pairs))
    close[rows, lines.pairs[:, 0]] = close[rows, lines.pairs[:, 1]] = False
    return float((close * lines.counts[:, None]).sum())
