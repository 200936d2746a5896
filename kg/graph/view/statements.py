"""Any triples as a page: what a query gives, or a Turtle file that is not of ours.

A triple that events stand behind (a plain edge, or one that speaks of an event) leads to them and to their sentences;
any other is a statement of its own, and the page says that no sentence stands behind it. Labels and classes are not
drawn: they say how their subjects are called and what they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import terms as t
from kg.graph.labels import NAMING, label
from kg.graph.results import Answer, Rows, Triples
from kg.graph.view.drawing import STATED, VALUE, Line, LineKey, Node, family, look, ranked
from kg.graph.view.page import Content
from kg.graph.view.records import Record
from kg.graph.view.tables import Names, Stated
from kg.graph.views import edges
from kg.model import Event, Ontology

_COLUMNS = ("subject", "predicate", "object")
_LOCAL = re.compile(r".*[/#:](?=.)", re.DOTALL)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """One triple. Ends that are IRIs stand as they are, blank nodes and values as SPARQL writes them."""

    subject: str
    predicate: str
    object: str

    def as_sparql(self) -> str:
        """Give the triple as a row of VALUES."""
        return " ".join(map(_sparql, (self.subject, self.predicate, self.object)))


def statements(result: Rows | Triples | Answer) -> list[Statement]:
    """Give the triples of an answer, each once, sorted.

    Raises QueryError for an answer that is neither triples nor rows of ?subject, ?predicate and ?object.
    """
    if isinstance(result, Answer):
        raise QueryError("a yes or no cannot be drawn; use CONSTRUCT, or SELECT ?subject ?predicate ?object")
    if isinstance(result, Triples):
        return sorted({_statement(*triple) for triple in result.triples})
    if missing := [f"?{name}" for name in _COLUMNS if name not in result.columns]:
        found = ", ".join(f"?{name}" for name in result.columns)
        raise QueryError(f"a SELECT needs {' and '.join(missing)} to be drawn; it gives {found}")
    at = [result.columns.index(name) for name in _COLUMNS]
    rows = ([row[place] for place in at] for row in result.rows)
    return sorted({_statement(*row) for row in rows if None not in row})


def all_statements(store: ox.Store) -> list[Statement]:
    """Give the triples of all graphs of a store, each once, sorted; blank nodes get the same names each time."""
    held = ox.Dataset(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    held.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted({_statement(*quad.triple) for quad in held})


def content(found: Sequence[Statement], store: ox.Store, events: Iterable[Event], ontology: Ontology) -> Content:
    """Give what is drawn of triples. The store is asked for labels and classes; `events` may stand behind the triples."""
    drawn = [one for one in found if one.predicate not in _DESCRIBING] or found
    behind = _Behind(events, ontology)
    used = {event.id: event for one in drawn for event in behind.events(one)}
    symmetric = {name for name, kind in ontology.classes.items() if kind.symmetric}
    picture = _Picture([used[key] for key in sorted(used)], _Names(found, store, ontology), symmetric)
    for one in drawn:
        picture.add(one, behind.events(one), is_edge=behind.is_edge(one))
    names = Names()
    for event in picture.events:
        names.note(event)
    return Content(
        picture.events, names, ranked(picture.nodes, picture.lines, []), statements=picture.stated, classes=picture.classes,
        more={"triples": [picture.triples[at] for at in range(len(picture.events) + len(picture.stated))]},
    )  # fmt: skip


class _Behind:
    """The events that stand behind a triple: those of a plain edge, or the one that its subject or object is."""

    def __init__(self, events: Iterable[Event], ontology: Ontology) -> None:
        self._by_iri: dict[str, Event] = {}
        self._by_edge: dict[Statement, list[Event]] = defaultdict(list)
        for event in events:
            self._by_iri[event.iri] = event
            for subject, name, obj in edges(event, ontology):
                self._by_edge[Statement(subject, t.term(name).value, obj)].append(event)

    def is_edge(self, one: Statement) -> bool:
        return one in self._by_edge

    def events(self, one: Statement) -> list[Event]:
        own = (self._by_iri[end] for end in (one.subject, one.object) if end in self._by_iri)
        return self._by_edge[one] if one in self._by_edge else list(own)[:1]


class _Names:
    """How things are called and what they are: by the triples themselves, else by the store."""

    def __init__(self, found: Iterable[Statement], store: ox.Store, ontology: Ontology) -> None:
        self._store, self._ontology = store, ontology
        self._said: dict[tuple[str, str], str] = {}
        for one in found:
            if one.predicate in _DESCRIBING:
                self._said.setdefault((one.subject, one.predicate), one.object)

    def node(self, end: str) -> Node:
        """Give the node of a resource or a value."""
        if not _is_iri(end):
            return Node(end, _words(end), "Value", VALUE)
        kind = self._kind(end)
        drawn = VALUE if kind in self._ontology.classes else family(kind, self._ontology)
        return Node(end, self.label(end), _LOCAL.sub("", kind), drawn)

    def label(self, iri: str) -> str:
        """Give the label of a resource, or else the end of its IRI."""
        said = next((found for name in NAMING if (found := self._said.get((iri, name.value)))), None)
        return _words(said) if said else label(self._store, t.node(iri)) or unquote(_LOCAL.sub("", iri))

    def _kind(self, iri: str) -> str:
        held = self._store.quads_for_pattern(t.node(iri), t.TYPE, None, ox.DefaultGraph())
        return t.term_name(
            self._said.get((iri, t.TYPE.value)) or min((_text(quad.object) for quad in held), default="Thing")
        )


class _Picture:
    """Nodes and lines of triples, one line for all that have the same ends, type and look."""

    def __init__(self, events: Sequence[Event], names: _Names, symmetric: Collection[str]) -> None:
        self.events = events
        self.nodes: dict[str, Node] = {}
        self.lines: dict[LineKey, Line] = {}
        self.stated: list[Stated] = []
        self.classes: dict[str, Record] = {}
        self.triples: dict[int, list[str]] = defaultdict(list)
        self._names, self._symmetric = names, symmetric
        self._numbers = {event.id: at for at, event in enumerate(events)}

    def add(self, one: Statement, events: Sequence[Event], *, is_edge: bool) -> None:
        ends = [self.nodes.setdefault(end, self._names.node(end)) for end in (one.subject, one.object)]
        name = t.term_name(one.predicate)
        if not is_edge:
            self.classes[name] = {"label": _HUMP.sub(" ", self._names.label(one.predicate)).lower(), "above": []}
        for event in events:
            self._join(
                one, event.type if is_edge else name, look(event), self._numbers[event.id], event.independent_sources
            )
        if not events:
            number = len(self.events) + len(self.stated)
            subject, obj = ((node.key, node.label, node.kind) for node in ends)
            self.stated.append(Stated(name, subject, obj))
            self._join(one, name, STATED, number, 0)

    def _join(self, one: Statement, name: str, how: str, number: int, sources: int) -> None:
        start, end = one.subject, one.object
        if name in self._symmetric:  # the edge back is the same line
            start, end = min(start, end), max(start, end)
        new = Line(start, end, name, how, directed=name not in self._symmetric)
        line = self.lines.setdefault(new.key, new)
        line.sources += sources
        for thing in (line, self.nodes[one.subject], self.nodes[one.object]):
            if number not in thing.events:
                thing.events.append(number)
        self.triples[number].append(one.as_sparql())


_DESCRIBING = {predicate.value for predicate in (*NAMING, t.TYPE)}


def _statement(subject: object, predicate: object, obj: object) -> Statement:
    return Statement(
        *(term.value if isinstance(term, ox.NamedNode) else str(term) for term in (subject, predicate, obj))
    )


def _is_iri(end: str) -> bool:
    return not end.startswith(('"', "_:", "<<"))


def _sparql(end: str) -> str:
    if end.startswith(("_:", "<<")):
        return "UNDEF"
    return f"<{end}>" if _is_iri(end) else end


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _words(end: str) -> str:
    """Give what people read of a blank node or of a value as SPARQL writes it."""
    if end.startswith("_:"):
        return f"unnamed {end.removeprefix('_:c14n')}"
    if not end.startswith('"'):
        return end
    (triple,) = ox.parse(f"<x:s> <x:p> {end} .", ox.RdfFormat.N_TRIPLES)
    return _text(triple.object)
