"""One HTML file that shows events as a graph, with the sentences behind each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from kg.graph.view.drawing import Drawing, draw
from kg.graph.view.measures import bends, places, short, sizes
from kg.graph.view.records import (
    Record,
    article_record,
    class_records,
    event_record,
    fact_records,
    statement_record,
    status_records,
)  # fmt: skip
from kg.graph.view.strength import Part, parts
from kg.graph.view.tables import Names, Stated, Tables
from kg.iris import DATA_IRI
from kg.model import Article, Event, Fact, Ontology

if TYPE_CHECKING:
    from kg.graph.view.network import PageNetwork

TITLE = "Knowledge graph"
# As many nodes as fit on a laptop's screen with names and labels that can be read.
MAX_NODES = 18
# What is shown next has so many times as many.
STEP = 5


@dataclass(frozen=True, slots=True)
class PageStats:
    """What a page holds. The page opens with `nodes_shown` and `lines_shown`; it holds the rest, too."""

    events: int
    events_undrawn: int
    nodes: int
    nodes_shown: int
    lines: int
    lines_shown: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a page is made of.

    The indices of `drawing` count `events`, and after them `statements`, which no event stands behind; `classes` names
    their types. `names` has what the events name. `more` is for the page's script as it is.
    """

    events: Iterable[Event]
    names: Names
    drawing: Drawing
    facts: Iterable[Fact] = ()
    statements: Sequence[Stated] = ()
    classes: Mapping[str, Record] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def from_events(cls, events: Iterable[Event], ontology: Ontology, *, facts: Iterable[Fact] = ()) -> Content:
        """Draw events, sorted by id: they are gone through here and again when the page is written, one at a time."""
        names = Names()
        return cls(events, names, draw(map(names.note, events), ontology), facts=facts)


def write_page(
    events: Iterable[Event],
    articles: Mapping[str, Article],
    ontology: Ontology,
    stream: TextIO,
    *,
    facts: Iterable[Fact] = (),
    title: str = TITLE,
    max_nodes: int = MAX_NODES,
) -> PageStats:
    """Write a page that needs no network and no other file; the same events give the same bytes.

    `articles` are by id, as `Report.article` names them. `facts` are shown with the actors that they are about.
    `stream` must be open for UTF-8 text. The page opens with the strongest `max_nodes` nodes and can be asked for more;
    its lists hold all events.
    """
    ordered = sorted(events, key=lambda event: event.id)
    content = Content.from_events(ordered, ontology, facts=facts)
    return write_content(content, articles, ontology, stream, title=title, max_nodes=max_nodes)


def write_content(
    content: Content,
    articles: Mapping[str, Article],
    ontology: Ontology,
    stream: TextIO,
    *,
    title: str = TITLE,
    max_nodes: int = MAX_NODES,
) -> PageStats:
    """Write a page of `content`; see `write_page`."""
    from kg.graph.view.network import PageNetwork

    names, drawing = content.names, content.drawing
    levels = parts(drawing, (max_nodes, STEP * max_nodes))
    network = PageNetwork()
    _fill(network, drawing, levels)
    tables = Tables(names, content.facts, content.statements, articles, {node.key for node in drawing.nodes})
    data = {
        "articles": (article_record(articles[name]) for name in tables.articles),
        "classes": class_records(names.types, ontology) | dict(content.classes),
        "entities": [tables.entity(key, ontology) for key in tables.entities],
        "events": _records(content, tables),
        "facts": fact_records(tables),
        "levels": len(levels),
        "statuses": status_records(names.statuses, ontology),
        "own": DATA_IRI,
        "rules": tables.rules,
        "title": title,
        "undrawn": drawing.undrawn,
        **content.more,
    }
    for piece in network.pieces(title, data):
        stream.write(piece)
    return PageStats(
        events=names.events + len(content.statements),
        events_undrawn=len(drawing.undrawn),
        nodes=len(drawing.nodes),
        nodes_shown=len(levels[0].nodes),
        lines=len(drawing.lines),
        lines_shown=len(levels[0].lines),
    )


def _records(content: Content, tables: Tables) -> Iterator[Record]:
    yield from (event_record(event, tables) for event in content.events)
    yield from (statement_record(one, tables) for one in content.statements)


def _fill(network: PageNetwork, drawing: Drawing, levels: Sequence[Part]) -> None:
    """Add nodes, each with its place on each level that has it, and edges, each with the first level that has it."""
    numbers = {node.key: at for at, node in enumerate(drawing.nodes)}
    radii = sizes(drawing.nodes)
    at = [places(part, radii) for part in levels]
    for node in drawing.nodes:
        label = short(node.label)
        network.add_node(
            numbers[node.key], label, full=node.label if node.label != label else None, iri=node.key, kind=node.kind,
            family=node.family, size=radii[node.key], places=[level.get(node.key) for level in at],
        )  # fmt: skip
    shown = [{line.key for line in part.lines} for part in levels]
    links = [(numbers[line.source], numbers[line.target]) for line in drawing.lines]
    for line, (start, end), bend in zip(drawing.lines, links, bends(links), strict=True):
        level = next(number for number, keys in enumerate(shown) if line.key in keys)
        network.add_edge(
            start, end, bend=bend or None, type=line.type, look=line.look, arrow=line.directed or None,
            level=level or None, events=line.events,
        )  # fmt: skip
