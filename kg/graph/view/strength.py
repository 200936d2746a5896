"""The strongest parts of a drawing: what a page opens with, so that it can be read, and what it shows next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.graph.view.drawing import Drawing, Line, Node

# A part has at most so many lines for each of its nodes, and so many side by side; more lines are a hairball.
LINES_A_NODE, SIDE_BY_SIDE = 3, 6
# A pair of nodes that nothing joins to the others comes early if it has this share of the events of the strongest pair.
OPENING = 1 / 3


@dataclass(frozen=True, slots=True)
class Part:
    """Some nodes, and some of the lines between them, both strongest first."""

    nodes: list[Node]
    lines: list[Line]


def strongest(drawing: Drawing, limit: int) -> Part:
    """Give the strongest lines whose ends are at most `limit` nodes. Each node has a line, and each line both its ends."""
    kept, bringing = _nodes(drawing, limit)
    chosen = {line.key for line in bringing}
    beside = Counter(line.pair for line in bringing)
    room = LINES_A_NODE * limit - len(bringing)
    for line in drawing.lines:
        inside = kept.issuperset(line.pair) and line.key not in chosen
        if inside and room > 0 and beside[line.pair] < SIDE_BY_SIDE:
            beside[line.pair] += 1
            chosen.add(line.key)
            room -= 1
    return Part([node for node in drawing.nodes if node.key in kept], [x for x in drawing.lines if x.key in chosen])


def _nodes(drawing: Drawing, limit: int) -> tuple[set[str], list[Line]]:
    """Choose the nodes, and give with them the lines that brought them in.

    What hangs together is easier to read than many small parts: a line between two that are not yet there waits, unless
    it is strong itself.
    """
    between = Counter(pair for line in drawing.lines for pair in [line.pair] * len(line.events))
    enough = OPENING * max(between.values(), default=0)
    kept: set[str] = set()
    bringing: list[Line] = []
    for least in (enough, 0.0):
        for line in drawing.lines:
            ends = set(line.pair)
            if not ends <= kept and len(kept | ends) <= limit and (ends & kept or between[line.pair] >= least):
                kept |= ends
                bringing.append(line)
    return kept, bringing


def parts(drawing: Drawing, limits: Sequence[int]) -> list[Part]:
    """Give the strongest part of each limit, ascending, and then all; a part that is as large as the next is left out."""
    whole = Part(drawing.nodes, drawing.lines)
    found = [*(strongest(drawing, limit) for limit in limits), whole]
    return [part for part, wider in pairwise(found) if len(part.lines) < len(wider.lines)] + [whole]
