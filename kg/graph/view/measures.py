"""How large things are on the page, in pixels: nodes, names, and the lines that their labels need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.graph.view.drawing import ACTUAL_LOOK, BOX, Line, Node
from kg.graph.view.layout import layout
from kg.graph.view.strength import Part

Place = tuple[int, int]

# What vis-network draws, in pixels and characters.
_SMALLEST, _LARGEST, _BOX_SIZE = 11, 34, 16
_CHARACTER_WIDTH, _LINE_HEIGHT, _LABEL_LIMIT, _LABEL_WIDTH = 9.0, 23.0, 44, 170.0
_SMALL_WIDTH, _ARROW_LENGTH, _MARK_CHARACTERS = 7.2, 54.0, 5
# How far each of several lines between the same two nodes bends away from the next; and those beyond so many on either
# side, which else would reach across everything.
_BEND, _NEAR, _FARTHER_BEND = 0.2, 3, 0.06


def short(label: str) -> str:
    """Give a label in one line that fits under a node."""
    line = " ".join(label.split())
    return line if len(line) <= _LABEL_LIMIT else line[: _LABEL_LIMIT - 1] + "…"


def sizes(nodes: Sequence[Node]) -> dict[str, int]:
    """Give the radius of each node by key: its area grows with the number of events; boxes are all alike."""
    most = max((len(node.events) for node in nodes if node.family != BOX), default=1)
    grown = {node.key: _SMALLEST + (_LARGEST - _SMALLEST) * (len(node.events) / most) ** 0.5 for node in nodes}
    return {node.key: _BOX_SIZE if node.family == BOX else round(grown[node.key]) for node in nodes}


def places(part: Part, radii: Mapping[str, int]) -> dict[str, Place]:
    """Give each node of a part its place, by key, so that names and the labels of lines have room."""
    rows = {node.key: at for at, node in enumerate(part.nodes)}
    links = [(rows[line.source], rows[line.target], _length(line, radii)) for line in part.lines]
    found = layout([_box(node, radii[node.key]) for node in part.nodes], links)
    return {node.key: place for node, place in zip(part.nodes, found, strict=True)}


def bends(links: Sequence[tuple[int, int]]) -> list[float]:
    """Give how far each line bends, so that lines between the same two nodes lie side by side, the first in the middle.

    Positive bends to the right of the way from the lower node to the higher one.
    """
    counts = Counter((min(link), max(link)) for link in links)
    seen: Counter[tuple[int, int]] = Counter()
    found = []
    for link in links:
        pair = min(link), max(link)
        side = -1 if seen[pair] % 2 else 1
        place = (seen[pair] + 1) // 2 if counts[pair] % 2 else seen[pair] // 2 + 0.5
        bend = _BEND * min(place, _NEAR) + _FARTHER_BEND * max(place - _NEAR, 0)
        seen[pair] += 1
        found.append(round(side * bend * (1 if link[0] <= link[1] else -1), 3))
    return found


def _length(line: Line, radii: Mapping[str, int]) -> float:
    """Give how long a line must be, from centre to centre, for its label to fit on it."""
    boxed = line.source.startswith(BOX) or line.target.startswith(BOX)
    text = 0 if boxed else len(line.type) + 3
    if line.look != ACTUAL_LOOK:
        text += len(line.look) + _MARK_CHARACTERS
    return radii[line.source] + radii[line.target] + _ARROW_LENGTH + text * _SMALL_WIDTH


def _box(node: Node, radius: int) -> tuple[float, float]:
    """Give width and height of a node with its label."""
    text = len(short(node.label)) * _CHARACTER_WIDTH
    lines = int(text // _LABEL_WIDTH) + 1
    return max(2.0 * radius, min(text, _LABEL_WIDTH)), 2.0 * radius + lines * _LINE_HEIGHT
