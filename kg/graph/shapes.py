"""SHACL shapes as SPARQL: the same violations as a SHACL processor finds, at the speed and in the memory of the database.

It knows what `ontology/shapes.ttl` uses of SHACL Core: targets by class, subjects and objects of a property; paths that are
a property, or a sequence of properties and `sh:zeroOrMorePath`; and the constraints below. Another is an `OntologyError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.namespaces import RDF, RDFS, XSD

SH = "http://www.w3.org/ns/shacl#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_IS_A = f"<{RDF}type>/<{RDFS}subClassOf>*"
_TARGETS = {
    "targetClass": f"?focus {_IS_A} {{}} .",
    "targetSubjectsOf": "?focus {} ?target .",
    "targetObjectsOf": "?target {} ?focus .",
}
# Datatypes whose literals can be malformed.
_CHECKED = {f"{XSD}{name}" for name in ("integer", "decimal", "date", "boolean")}


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def _number(term: Term) -> int:
    assert isinstance(term, ox.Literal)
    return int(term.value)


def _count(path: str, condition: str) -> str:
    if condition == "< 1":
        return f"MINUS {{ ?focus {path} ?value }}"
    if condition == "> 1":
        return f"?focus {path} ?value , ?other . FILTER(!sameTerm(?value, ?other))"
    count = f"SELECT ?focus (COUNT(DISTINCT ?each) AS ?number) WHERE {{ ?focus {path} ?each }} GROUP BY ?focus"
    return f"OPTIONAL {{ {{ {count} }} }} FILTER(COALESCE(?number, 0) {condition})"


def _is_not_of(datatype: Term) -> str:
    malformed = ""
    if isinstance(datatype, ox.NamedNode) and datatype.value in _CHECKED:
        malformed = f" || !COALESCE(isLITERAL({datatype}(STR(?value))), false)"
    return f"!isLITERAL(?value) || DATATYPE(?value) != {datatype}{malformed}"


def _is_no_iri(kind: Term) -> str:
    if kind != _sh("IRI"):
        raise OntologyError(f"the shapes use sh:nodeKind {kind}, of which kg knows only sh:IRI")
    return "!isIRI(?value)"


# Of a node, or of each value of a path: the condition under which ?value breaks the constraint.
_OF_A_VALUE: Mapping[str, Callable[[Term], str]] = {
    "datatype": _is_not_of,
    "minLength": lambda term: f"isBLANK(?value) || STRLEN(STR(?value)) < {_number(term)}",
    "minInclusive": lambda term: f"!COALESCE(?value >= {term}, false)",
    "maxInclusive": lambda term: f"!COALESCE(?value <= {term}, false)",
    "pattern": lambda term: f"isBLANK(?value) || !REGEX(STR(?value), {term})",
    "class": lambda term: f"NOT EXISTS {{ ?value {_IS_A} {term} }}",
    "nodeKind": _is_no_iri,
}
# Of all values of a path together: what, beside the target, finds a node that breaks the constraint.
_OF_A_PATH: Mapping[str, Callable[[str, Term], str]] = {
    "minCount": lambda path, term: _count(path, f"< {_number(term)}"),
    "maxCount": lambda path, term: _count(path, f"> {_number(term)}"),
    "hasValue": lambda path, term: f"MINUS {{ ?focus {path} {term} }}",
    "lessThan": lambda path, term: f"?focus {path} ?value ; {term} ?more . FILTER(!COALESCE(?value < ?more, false))",
}


class Constraint(NamedTuple):
    """A query for the nodes (`?focus`) that break one constraint of the shape `source`."""

    source: str
    message: str
    query: str


def constraints(path: Path) -> Iterator[Constraint]:
    """Give the queries of all shapes in a Turtle file. Raises `OntologyError`."""
    graph = ox.Store()
    try:
        graph.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    shapes = _Shapes(graph)
    nodes = {quad.subject for name in _TARGETS for quad in graph.quads_for_pattern(None, _sh(name), None)}
    for shape in sorted(nodes, key=str):
        target = shapes.target(shape)
        yield from shapes.of(shape, target, "")
        for part in shapes.values(shape, "property"):
            yield from shapes.of(part, target, shapes.path(part))


class _Shapes:
    def __init__(self, graph: ox.Store) -> None:
        self._graph = graph

    def values(self, node: Term, name: str) -> list[Term]:
        return sorted((quad.object for quad in self._about(node) if quad.predicate == _sh(name)), key=str)

    def _about(self, node: Term) -> list[ox.Quad]:
        return [] if isinstance(node, ox.Literal) else list(self._graph.quads_for_pattern(node, None, None))

    def target(self, shape: Term) -> str:
        found = [pattern.format(term) for name, pattern in _TARGETS.items() for term in self.values(shape, name)]
        union = " UNION ".join(f"{{ {pattern} }}" for pattern in found)
        return f"{{ SELECT DISTINCT ?focus WHERE {{ {union} }} }}"

    def path(self, part: Term) -> str:
        """Give the path of a property shape as SPARQL has it."""
        (path,) = self.values(part, "path")
        return self._path(path)

    def _path(self, path: Term) -> str:
        if isinstance(path, ox.NamedNode):
            return str(path)
        inner = self.values(path, "zeroOrMorePath")
        return f"{self._path(inner[0])}*" if inner else "/".join(map(self._path, self._list(path)))

    def _list(self, node: Term) -> Iterator[Term]:
        while node != ox.NamedNode(f"{RDF}nil"):
            about = {quad.predicate.value: quad.object for quad in self._about(node)}
            yield about[f"{RDF}first"]
            node = about[f"{RDF}rest"]

    def of(self, shape: Term, target: str, path: str) -> Iterator[Constraint]:
        """Give the constraints that a shape states itself, of the target or of what `path` leads to."""
        message = " ".join(term.value for term in self.values(shape, "message") if isinstance(term, ox.Literal))
        source = str(shape).rstrip(">").rpartition("#")[2]
        bind = f"?focus {path} ?value ." if path else "BIND(?focus AS ?value)"
        for quad in sorted(self._about(shape), key=str):
            name, term = quad.predicate.value.removeprefix(SH), quad.object
            if name in _OF_A_VALUE:
                found = f"{bind} FILTER({_OF_A_VALUE[name](term)})"
            elif name == "in":
                found = f"{bind} FILTER(?value NOT IN ({', '.join(map(str, self._list(term)))}))"
            elif name in _OF_A_PATH:
                found = _OF_A_PATH[name](path, term)
            elif quad.predicate.value.startswith(SH) and name not in {*_TARGETS, "property", "path", "message"}:
                raise OntologyError(f"the shape {source} uses sh:{name}, which kg does not know")
            else:
                continue
            yield Constraint(source, message, f"SELECT DISTINCT ?focus WHERE {{ {target} {found} }}")
