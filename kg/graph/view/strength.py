"""The strongest parts of a drawing: what a page opens with, so that it can be read, and what it shows next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.graph.view.drawing import Drawing, Line, Node

# A part has at most so many lines for each of its nodes, and so many side by side; more lines are a hairball.
LINES_A_NODE, SIDE_BY_SIDE = 3, 6


@dataclass(frozen=True, slots=True)
class Part:
    """Some nodes, and some of the lines between them, both strongest first."""

    nodes: list[Node]
    lines: list[Line]


def strongest(drawing: Drawing, limit: int) -> Part:
    """Give the strongest lines whose ends are at most `limit` nodes. Each node has a line, and each line both its ends."""
    kept: set[str] = set()
    bringing, others = [], []
    for line in drawing.lines:
        ends = {line.source, line.target}
        if ends <= kept:
            others.append(line)
        elif len(kept | ends) <= limit:
            kept |= ends
            bringing.append(line)
    chosen = {line.key for line in bringing}
    beside = Counter(line.pair for line in bringing)
    room = LINES_A_NODE * limit - len(bringing)
    # Two nodes may have been brought in by other lines before one that joins them was met.
    for line in sorted(others, key=lambda line: -len(line.events)):
        if room > 0 and beside[line.pair] < SIDE_BY_SIDE:
            beside[line.pair] += 1
            chosen.add(line.key)
            room -= 1
    return Part([node for node in drawing.nodes if node.key in kept], [x for x in drawing.lines if x.key in chosen])


def parts(drawing: Drawing, limits: Sequence[int]) -> list[Part]:
    """Give the strongest part of each limit, ascending, and then all; a part that is as large as the next is left out."""
    whole = Part(drawing.nodes, drawing.lines)
    found = [*(strongest(drawing, limit) for limit in limits), whole]
    return [part for part, wider in pairwise(found) if len(part.lines) < len(wider.lines)] + [whole]
