"""How hard a drawing is to read: names on names, lines across names, crossings, lines too short or too long, waste of room.

The same nodes are weighed thousands of times, each time at other places, so what does not depend on the places is worked
out once, and pairs are compared as whole matrices, one for x and one for y.
"""

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
# Keeps a division by a length of nothing finite.
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines between nodes: pairs of indices, the length in pixels that each needs, and how many lie side by side."""

    pairs: Pairs
    lengths: Places
    counts: Pairs


class Clutter:
    """Weighs drawings of the same nodes, whose boxes have `sizes`, and the same lines."""

    def __init__(self, lines: Lines, sizes: Places) -> None:
        import numpy as np

        self._starts, self._ends = lines.pairs.T.copy()
        self._lengths, self._counts = lines.lengths, lines.counts.astype(float)
        self._bulge = BULGE * (self._counts - 1)
        self._halves = sizes / 2
        self._one, self._two = np.triu_indices(len(sizes), 1)
        self._clear = (sizes[self._one] + sizes[self._two]).T / 2 + MARGIN
        # How much it counts when a line (row) runs across a node (column): nothing where the node is an end of it.
        self._strange = np.repeat(self._counts[:, None], len(sizes), axis=1)
        rows = np.arange(len(self._counts))
        self._strange[rows, self._starts] = self._strange[rows, self._ends] = 0
        # How much it counts when two lines cross, and how many ends they share, each pair once: the start or the end of
        # both, and the start of one with the end of the other.
        self._bundles = np.triu(np.outer(self._counts, self._counts), 1)
        self._alike = np.triu(_equal(self._starts, self._starts) + _equal(self._ends, self._ends), 1)
        self._joined = np.triu(_equal(self._starts, self._ends) + _equal(self._ends, self._starts), 1)

    def __call__(self, places: Places) -> float:
        """Give how hard the drawing is to read; 0 would be perfect."""
        import numpy as np

        nodes = places.T.copy()
        starts, ends = nodes[:, self._starts], nodes[:, self._ends]
        ways = ends - starts
        squared = ways[0] * ways[0] + ways[1] * ways[1]
        found = np.sqrt(squared)
        share = found / self._lengths
        wide, high = (places + self._halves).max(axis=0) - (places - self._halves).min(axis=0)
        return (
            OVERLAP * self._overlaps(nodes)
            + ACROSS * self._across(nodes, starts, ways, squared)
            + CROSSING * self._crossings(starts, ends, ways)
            + NARROW * self._narrow(ways / np.maximum(found, _TINY))
            + SHORT * float((np.maximum(SHORTEST - share, 0) * self._counts).sum() * 4)
            + LONG * float(np.maximum(share - LONGEST, 0).sum())
            + ROOM * float(max(wide, ASPECT * high) ** 2) / ASPECT / (ROOM_OF_A_NODE * len(places))
        )

    def _overlaps(self, nodes: Places) -> float:
        import numpy as np

        over = self._clear - np.abs(nodes[:, self._two] - nodes[:, self._one])
        return float(np.minimum(np.maximum(np.minimum(*over), 0), MARGIN).sum() / MARGIN)

    def _across(self, nodes: Places, starts: Places, ways: Places, squared: Places) -> float:
        """Count the lines that run across a node that is not at their ends, or close by."""
        import numpy as np

        (way_x, way_y), (from_x, from_y) = ways[:, :, None], starts[:, :, None]
        off_x, off_y = nodes[0] - from_x, nodes[1] + DROP - from_y
        along = (off_x * way_x + off_y * way_y) / np.maximum(squared, _TINY)[:, None]
        along = np.minimum(np.maximum(along, 0), 1)
        margin = (MARGIN / 2 + self._bulge * np.sqrt(squared))[:, None]
        close = np.abs(off_x - along * way_x) < self._halves[:, 0] + margin
        close &= np.abs(off_y - along * way_y) < self._halves[:, 1] + margin
        return float(self._strange[close].sum())

    def _crossings(self, starts: Places, ends: Places, ways: Places) -> float:
        (way_x, way_y), (from_x, from_y) = ways[:, :, None], starts[:, :, None]
        # On which side of the line of the row the start of that of the column lies, by its sign; then its end.
        start = way_x * (starts[1] - from_y) - way_y * (starts[0] - from_x)
        end = way_x * (ends[1] - from_y) - way_y * (ends[0] - from_x)
        parted = start * end < 0
        return float(self._bundles[parted & parted.T].sum())

    def _narrow(self, units: Places) -> float:
        """Count lines that leave one node in nearly the same direction; `units` are their ways, one pixel long."""
        x, y = units
        cosine = x[:, None] * x + y[:, None] * y
        return float(self._alike[cosine > COSINE].sum() + self._joined[cosine < -COSINE].sum())


def _equal(ones: Pairs, others: Pairs) -> Pairs:
    import numpy as np

    return np.equal.outer(ones, others).astype(np.int64)
