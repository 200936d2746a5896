"""Read the ontology: from Turtle to the plain names of `kg.model.Ontology`.

The ontology is `ontology/kg.ttl` together with the files that extend it. Classes of events and entities, roles, edges and
relations are known by their local names, so all of them must be in the namespace of `kg:`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.namespaces import KG, OWL, PREFIXES, RDF, RDFS, SKOS
from kg.model import EventClass, Ontology
from kg.resources import resource_dir

_TYPE, _SUBCLASS, _SUBPROPERTY = RDF + "type", RDFS + "subClassOf", RDFS + "subPropertyOf"


def ontology_path() -> Path:
    """Give the path of the shipped ontology."""
    return resource_dir("ontology") / "kg.ttl"


def ontology_triples(extra: Iterable[Path] = ()) -> list[ox.Triple]:
    """Give the triples of the shipped ontology and of the Turtle files that extend it, in the order of the files.

    A file that cannot be read or parsed is an `OntologyError` that names file and line.
    """
    return [triple for path in (ontology_path(), *extra) for triple in _parse(path)]


def load_ontology(extra: Iterable[Path] = ()) -> Ontology:
    """Read the shipped ontology and the Turtle files that extend it.

    Raises `OntologyError`, in one line that says what to mend, for a file that cannot be read; a term with an unknown
    parent, undeclared, or in a cycle; a class without label or outside `kg:`; an event class with two parents, two codes
    or two edges; and an edge that is no object property below `kg:interactsWith`.
    """
    terms = _Terms(ontology_triples(extra))
    _check_hierarchy(terms, _SUBCLASS, "an owl:Class")
    _check_hierarchy(terms, _SUBPROPERTY, "an OWL property")
    events, entities = terms.below(KG + "Event", _SUBCLASS), terms.below(KG + "Entity", _SUBCLASS)
    statuses = terms.subjects(_TYPE, KG + "Status")
    return Ontology(
        classes={_name(iri): _event_class(terms, iri, events) for iri in events},
        kinds={_name(iri): _ancestors(terms, iri, entities) for iri in entities},
        roles=_names(terms.below(KG + "participant", _SUBPROPERTY)) - {"participant"},
        relations=_names(terms.below(KG + "relation", _SUBPROPERTY)) - {"relation"},
        stances=_names(terms.subjects(_TYPE, KG + "Stance")),
        statuses=_names(statuses),
        definitions={
            _name(iri): text[0] for iri in (*events, *statuses) if (text := terms.values(iri, SKOS + "definition"))
        },
    )


class _Terms:
    """The statements about named terms, ready for look-up. All answers are sorted; of labels, the English ones count."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in sorted(set(triples), key=str):
            value = _plain(triple.object)
            if value is not None and isinstance(triple.subject, ox.NamedNode):
                self._values[triple.subject.value, triple.predicate.value].append(value)
                self._subjects[triple.predicate.value, value].append(triple.subject.value)

    def values(self, iri: str, predicate: str) -> Sequence[str]:
        """Give the values of a term."""
        return self._values.get((iri, predicate), ())

    def subjects(self, predicate: str, value: str) -> Sequence[str]:
        """Give the terms that have a value."""
        return self._subjects.get((predicate, value), ())

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Give all terms that have the predicate, each with its value."""
        return [(iri, value) for (iri, name), values in self._values.items() if name == predicate for value in values]

    def one(self, iri: str, predicate: str, what: str) -> str | None:
        """Give the value of a term, if it has any; `OntologyError` where it has more."""
        values = self.values(iri, predicate)
        if len(values) > 1:
            raise OntologyError(f"{_short(iri)} has more than one {what}, {_listed(values)}: keep one of them")
        return values[0] if values else None

    def below(self, iri: str, relation: str) -> list[str]:
        """Give a term and all below it."""
        found = {iri: None}
        open_ = [iri]
        while open_:
            lower = [term for term in self.subjects(relation, open_.pop()) if term not in found]
            found.update(dict.fromkeys(lower))
            open_ += lower
        return sorted(found)


def _parse(path: Path) -> list[ox.Triple]:
    try:
        return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: broken Turtle: {' '.join(str(error.msg).split())}") from error


def _plain(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str | None:
    if isinstance(value, ox.Literal):
        return value.value if value.language is None or value.language.split("-")[0] == "en" else None
    return value.value if isinstance(value, ox.NamedNode) else None


def _check_hierarchy(terms: _Terms, relation: str, declaration: str) -> None:
    above: dict[str, list[str]] = defaultdict(list)
    for lower, upper in sorted(terms.pairs(relation)):
        if not terms.values(upper, _TYPE):
            raise OntologyError(f"{_short(lower)} has the unknown parent {_short(upper)}: mend its name or declare it")
        if not terms.values(lower, _TYPE):
            raise OntologyError(f"{_short(lower)} is not declared: say that it is {declaration}")
        above[lower].append(upper)
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        steps = " > ".join(map(_short, error.args[1]))
        raise OntologyError(f"a term cannot be above itself, as in {steps}: take out one of these steps") from error


def _event_class(terms: _Terms, iri: str, events: Sequence[str]) -> EventClass:
    labels = terms.values(iri, RDFS + "label")
    if not labels:
        raise OntologyError(f"{_short(iri)} has no English rdfs:label: add one")
    parents = [parent for parent in terms.values(iri, _SUBCLASS) if parent in events]
    if len(parents) > 1:
        raise OntologyError(f"{_short(iri)} has more than one parent, {_listed(parents)}: keep one of them")
    edge = _edge(terms, iri)
    return EventClass(
        name=_name(iri),
        label=labels[0],
        parent=_name(parents[0]) if parents else None,
        plover=terms.one(iri, SKOS + "notation", "code"),
        symmetric=edge is not None and OWL + "SymmetricProperty" in terms.values(edge, _TYPE),
        edge=_name(edge) if edge else None,
        ancestors=_ancestors(terms, iri, events),
        contested="true" in terms.values(iri, KG + "contested"),
    )


def _edge(terms: _Terms, iri: str) -> str | None:
    edge = terms.one(iri, KG + "edge", "edge")
    if edge is None:
        return None
    if OWL + "ObjectProperty" not in terms.values(edge, _TYPE):
        raise OntologyError(
            f"{_short(iri)} has the edge {_short(edge)}, which is no owl:ObjectProperty: declare it as one"
        )
    if edge not in terms.below(KG + "interactsWith", _SUBPROPERTY):
        raise OntologyError(f"{_short(edge)}, the edge of {_short(iri)}, is not below kg:interactsWith: put it there")
    return edge


def _ancestors(terms: _Terms, iri: str, tree: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the classes above `iri` within `tree`, nearest first."""
    found: dict[str, None] = {}
    level = [iri]
    while level:
        above = sorted({parent for term in level for parent in terms.values(term, _SUBCLASS) if parent in tree})
        level = [parent for parent in above if parent not in found]
        found.update(dict.fromkeys(level))
    return tuple(map(_name, found))


def _names(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_name, iris))


def _name(iri: str) -> str:
    if not iri.startswith(KG):
        raise OntologyError(f"{_short(iri)} is not in the namespace of kg: ({KG}): move it there")
    return iri.removeprefix(KG)


def _listed(values: Iterable[str]) -> str:
    return " and ".join(map(_short, values))


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
