"""What is drawn of the events: which nodes, and which lines between them.

An event becomes lines from each actor to each recipient. Where nobody is at the other end (a launch, a drill, victims
without an attacker), its place stands there, or else a box with the class of the event. Parties on one footing are
joined pairwise, without arrows. An event of many parties gets a box of its own, so that it is one knot and no web.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import ACTOR, NEGATED, RECIPIENT, Event, Filler, Ontology

# More lines than this for one event, and it is drawn as a knot instead.
MAX_LINES_OF_AN_EVENT = 6

# Two families that are drawn as boxes: an event with its class, and what is no actor and no place, such as a date.
BOX, VALUE = "event", "value"
PLACE_ROLE = "place"

# How an entity class is drawn: the first of itself and its ancestors that stands here decides.
FAMILIES = {
    "State": "state",
    "Government": "organ",
    "Ministry": "organ",
    "ArmedForces": "organ",
    "IntelligenceAgency": "organ",
    "Person": "person",
    "ArmedGroup": "group",
    "Organisation": "organisation",
    "IntergovernmentalOrganisation": "organisation",
    "Alliance": "organisation",
    "PoliticalParty": "organisation",
    "Company": "organisation",
    "MediaOutlet": "organisation",
    "Place": "place",
}
OTHER_FAMILY = "thing"

# Source, target, type, look, directed.
LineKey = tuple[str, str, str, str, bool]

ACTUAL_LOOK, CLAIMED, DENIED, DISPUTED = "actual", "claimed", "denied", "disputed"
# The look of what the data state without a report.
STATED = "stated"


@dataclass(slots=True)
class Node:
    """A node: `key` is the IRI of what it shows, or a made-up key for a box. `events` are indices, sorted."""

    key: str
    label: str
    kind: str
    family: str
    events: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """All events of one class and one look between two nodes, as one line.

    `events` are indices, sorted; `sources` counts the independent sources of all of them.
    """

    source: str
    target: str
    type: str
    look: str
    directed: bool
    events: list[int] = field(default_factory=list)
    sources: int = 0

    @property
    def key(self) -> LineKey:
        """What tells the line from all others."""
        return self.source, self.target, self.type, self.look, self.directed

    @property
    def pair(self) -> tuple[str, str]:
        """Its two ends, sorted."""
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(slots=True)
class Drawing:
    """Nodes and lines, strongest first, and the indices of the events that have nobody and no place to draw."""

    nodes: list[Node]
    lines: list[Line]
    undrawn: list[int]


def draw(events: Iterable[Event], ontology: Ontology) -> Drawing:
    """Give what is drawn of `events`."""
    nodes: dict[str, Node] = {}
    lines: dict[LineKey, Line] = {}
    undrawn = []
    for index, event in enumerate(events):
        drawn = False
        for start, end, directed in _ends(event, ontology):
            line = Line(start.key, end.key, event.type, look(event), directed)
            line = lines.setdefault(line.key, line)
            line.sources += _note(line.events, index) * event.independent_sources
            for node in (start, end):
                _note(nodes.setdefault(node.key, node).events, index)
            drawn = True
        if not drawn:
            undrawn.append(index)
    return ranked(nodes, lines, undrawn)


def look(event: Event) -> str:
    """Give how the lines of an event look: `disputed`, `denied`, a modality, `claimed` or `actual`."""
    if event.status == DISPUTED or any(conflict.slot == "polarity" for conflict in event.conflicts):
        return DISPUTED
    if event.status == DENIED or event.polarity == NEGATED:
        return DENIED
    if event.status == CLAIMED and event.modality == ACTUAL_LOOK:
        return CLAIMED
    return event.modality


def family(kind: str, ontology: Ontology) -> str:
    """Give how an entity class is drawn."""
    kinds = (kind, *ontology.kinds.get(kind, ()))
    return next((FAMILIES[name] for name in kinds if name in FAMILIES), OTHER_FAMILY)


def ranked(nodes: dict[str, Node], lines: dict[LineKey, Line], undrawn: list[int]) -> Drawing:
    """Order lines by strength and nodes as the lines need them, so that the first n nodes are the strongest part.

    Strength is the number of events between the two nodes; then a dispute comes first; then the number of events of the
    line counts, and of its sources; two parties come before one and a box.
    """
    between = Counter(pair for line in lines.values() for pair in [line.pair] * len(line.events))

    def strength(line: Line) -> tuple[int, bool, int, int, bool, int, int, LineKey]:
        ends = [nodes[key] for key in line.pair]
        fewer, more = sorted(len(node.events) for node in ends)
        boxed = any(node.family == BOX for node in ends)
        told = line.look != DISPUTED, -len(line.events), -line.sources
        return -between[line.pair], *told, boxed, -fewer, -more, line.key

    ordered = sorted(lines.values(), key=strength)
    keys = dict.fromkeys(key for line in ordered for key in sorted((line.source, line.target)))
    return Drawing([nodes[key] for key in keys], ordered, undrawn)


def _note(indices: list[int], index: int) -> bool:
    """Note an index once, and say whether it is new."""
    new = not indices or indices[-1] != index
    if new:
        indices.append(index)
    return new


def _ends(event: Event, ontology: Ontology) -> Iterator[tuple[Node, Node, bool]]:
    actors, recipients, places = (
        _nodes(event.role(role), ontology, is_place=role == PLACE_ROLE) for role in (ACTOR, RECIPIENT, PLACE_ROLE)
    )
    known = ontology.classes.get(event.type)
    label = known.label if known else event.type
    if known and known.symmetric and len(parties := _unique([*actors, *recipients])) > 1:
        yield from _joined(parties, Node(f"{BOX}:{event.iri}", label, event.type, BOX))
        return
    ends = [node for node in recipients or places if node.key not in {actor.key for actor in actors}]
    if not actors and not ends:
        return
    if len(actors) * len(ends) > MAX_LINES_OF_AN_EVENT:
        knot = Node(f"{BOX}:{event.iri}", label, event.type, BOX)
        yield from ((actor, knot, True) for actor in actors)
        yield from ((knot, end, True) for end in ends)
        return
    if actors and ends:
        yield from ((actor, end, True) for actor, end in itertools.product(actors, ends))
    for node in actors if not ends else ends if not actors else ():
        box = Node(f"{BOX}:{event.type}:{node.key}", label, event.type, BOX)
        yield (node, box, True) if actors else (box, node, True)


def _joined(parties: list[Node], knot: Node) -> Iterator[tuple[Node, Node, bool]]:
    pairs = list(itertools.combinations(parties, 2))
    if len(pairs) > MAX_LINES_OF_AN_EVENT:
        pairs = [(party, knot) for party in parties]
    yield from ((start, end, False) for start, end in pairs)


def _nodes(fillers: Iterable[Filler], ontology: Ontology, *, is_place: bool) -> list[Node]:
    nodes = []
    for filler in fillers:
        kind = filler.entity.kind if filler.entity else ("Place" if is_place else "Thing")
        label = filler.entity.label if filler.entity else filler.label
        nodes.append(Node(filler.iri, label, kind, family(kind, ontology)))
    return _unique(nodes)


def _unique(nodes: Iterable[Node]) -> list[Node]:
    by_key = {node.key: node for node in nodes}
    return [by_key[key] for key in sorted(by_key)]
