"""One HTML file that shows events as a graph, with the sentences behind each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from kg.graph.view.drawing import ACTUAL_LOOK, BOX, Drawing, Line, Node, draw, strongest
from kg.graph.view.layout import layout
from kg.graph.view.records import article_record, class_records, event_record
from kg.model import Article, Event, Ontology

if TYPE_CHECKING:
    from kg.graph.view.network import PageNetwork

TITLE = "Knowledge graph"
# As many nodes as stand side by side on a laptop screen with names that can be read.
MAX_NODES = 40

# Pixels, and characters, of what vis-network draws.
SMALLEST, LARGEST, BOX_SIZE = 11, 34, 16
CHARACTER_WIDTH, LINE_HEIGHT, LABEL_LIMIT, LABEL_WIDTH = 9.0, 23.0, 44, 170.0
SMALL_WIDTH, ARROW_LENGTH, MARK_CHARACTERS = 7.2, 54.0, 5
BEND = 0.2


@dataclass(frozen=True, slots=True)
class PageStats:
    """What a page holds. The page opens with `nodes_shown` and `lines_shown`; it holds the rest, too."""

    events: int
    events_undrawn: int
    nodes: int
    nodes_shown: int
    lines: int
    lines_shown: int


def write_page(
    events: Iterable[Event],
    articles: Mapping[str, Article],
    ontology: Ontology,
    stream: TextIO,
    *,
    title: str = TITLE,
    max_nodes: int = MAX_NODES,
) -> PageStats:
    """Write a page that needs no network and no other file; the same events give the same bytes.

    `articles` are by id, as `Report.article` names them. `stream` must be open for UTF-8 text. The page opens with the
    strongest `max_nodes` nodes and can be asked for more; its lists hold all events.
    """
    from kg.graph.view.network import PageNetwork

    ordered = sorted(events, key=lambda event: event.id)
    used = sorted({report.article for event in ordered for report in event.reports} & articles.keys())
    numbers = {name: at for at, name in enumerate(used)}
    drawing = draw(ordered, ontology)
    core = strongest(drawing, max_nodes)
    network = PageNetwork()
    _fill(network, drawing, core)
    shown = {node.key for node in core}
    lines_shown = sum(line.source in shown and line.target in shown for line in drawing.lines)
    data = {
        "articles": [article_record(articles[name]) for name in used],
        "classes": class_records(sorted({event.type for event in ordered}), ontology),
        "events": [event_record(event, numbers, ontology) for event in ordered],
        "maxNodes": max_nodes,
        "title": title,
        "undrawn": drawing.undrawn,
    }
    for piece in network.pieces(title, data):
        stream.write(piece)
    return PageStats(
        events=len(ordered),
        events_undrawn=len(drawing.undrawn),
        nodes=len(drawing.nodes),
        nodes_shown=len(shown),
        lines=len(drawing.lines),
        lines_shown=lines_shown,
    )


def _fill(network: PageNetwork, drawing: Drawing, core: Sequence[Node]) -> None:
    """Add nodes and edges. A node of the core has two places: `core` among the strongest alone, `place` among all."""
    numbers = {node.key: at for at, node in enumerate(drawing.nodes)}
    sizes = _sizes(drawing.nodes)
    places = _places(drawing, drawing.nodes, sizes)
    core_places = places if len(core) == len(drawing.nodes) else _places(drawing, core, sizes)
    for node in drawing.nodes:
        network.add_node(
            numbers[node.key], short(node.label), full=node.label, iri=node.key, kind=node.kind, family=node.family,
            size=sizes[node.key], place=places[node.key], core=core_places.get(node.key),
        )  # fmt: skip
    links = [(numbers[line.source], numbers[line.target]) for line in drawing.lines]
    for at, (line, (start, end), bend) in enumerate(zip(drawing.lines, links, _bends(links), strict=True)):
        network.add_edge(
            start, end, id=f"e{at}", bend=bend, type=line.type, look=line.look, arrow=line.directed,
            events=line.events,
        )  # fmt: skip


def _places(drawing: Drawing, nodes: Sequence[Node], sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    rows = {node.key: at for at, node in enumerate(nodes)}
    links = [
        (rows[line.source], rows[line.target], _length(line, sizes))
        for line in drawing.lines
        if line.source in rows and line.target in rows
    ]
    places = layout([_box(node, sizes[node.key]) for node in nodes], links)
    return {node.key: place for node, place in zip(nodes, places, strict=True)}


def short(label: str) -> str:
    """Give a label in one line that fits under a node."""
    line = " ".join(label.split())
    return line if len(line) <= LABEL_LIMIT else line[: LABEL_LIMIT - 1] + "…"


def _sizes(nodes: Sequence[Node]) -> dict[str, int]:
    """Give the radius of each node: its area grows with the number of events; boxes are all alike."""
    most = max((len(node.events) for node in nodes if node.family != BOX), default=1)
    grown = {node.key: SMALLEST + (LARGEST - SMALLEST) * (len(node.events) / most) ** 0.5 for node in nodes}
    return {node.key: BOX_SIZE if node.family == BOX else round(grown[node.key]) for node in nodes}


def _length(line: Line, sizes: Mapping[str, int]) -> float:
    """Give how long a line must be, in pixels, from centre to centre, for its label to fit on it."""
    boxed = line.source.startswith(BOX) or line.target.startswith(BOX)
    text = 0 if boxed else len(line.type) + 3
    if line.look != ACTUAL_LOOK:
        text += len(line.look) + MARK_CHARACTERS
    return sizes[line.source] + sizes[line.target] + ARROW_LENGTH + text * SMALL_WIDTH


def _box(node: Node, size: int) -> tuple[float, float]:
    """Give width and height of a node with its label, in pixels."""
    text = len(short(node.label)) * CHARACTER_WIDTH
    lines = int(text // LABEL_WIDTH) + 1
    return max(2.0 * size, min(text, LABEL_WIDTH)), 2.0 * size + lines * LINE_HEIGHT


def _bends(links: Sequence[tuple[int, int]]) -> list[float]:
    """Give how far each line bends, so that lines between the same two nodes lie side by side.

    Positive bends to the right of the way from the lower node to the higher one.
    """
    counts = Counter((min(link), max(link)) for link in links)
    seen: Counter[tuple[int, int]] = Counter()
    bends = []
    for link in links:
        pair = min(link), max(link)
        place = seen[pair] - (counts[pair] - 1) / 2
        seen[pair] += 1
        bends.append(round(place * BEND * (1 if link[0] <= link[1] else -1), 3))
    return bends
