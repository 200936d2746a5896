"""Check a graph: SHACL shapes (`ontology/shapes.ttl`) for single nodes, queries (`queries/checks`) for what spans several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.config import resource_dir
from kg.errors import OntologyError, QueryError
from kg.graph.schema import XSD, ontology_triples


class QuadSource(Protocol):
    """Whatever gives the quads of a store."""

    def quads(self) -> Iterable[ox.Quad]:
        """Give all quads, in any order."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing to mend: the node at fault, what is wrong with it, and the shape or the check that says so."""

    focus: str
    message: str
    source: str


def validate(store: QuadSource, *, ontology: Iterable[Path] = ()) -> list[Violation]:
    """Check the union of all graphs of `store` and give what to mend, sorted; an empty list means that it conforms.

    `ontology` names the files that extend the shipped ontology. Raises `OntologyError` where the ontology or the shapes,
    and `QueryError` where a check cannot be read.
    """
    dataset = ox.Store()
    dataset.bulk_extend(store.quads())
    dataset.bulk_extend(ox.Quad(*triple) for triple in ontology_triples(ontology))
    return sorted({*_check_shapes(dataset), *_run_checks(dataset)})


def _run_checks(dataset: ox.Store) -> Iterator[Violation]:
    for path in sorted((resource_dir("queries") / "checks").glob("*.rq")):
        try:
            rows = dataset.query(path.read_text("utf-8"), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"{path}: broken SPARQL: {' '.join(str(error.msg).split())}") from error
        if not isinstance(rows, ox.QuerySolutions):
            raise QueryError(f"{path}: a check must SELECT ?focus ?message")
        for row in rows:
            yield Violation(_text(row["focus"]), _text(row["message"]), path.stem)


def _check_shapes(dataset: ox.Store) -> Iterator[Violation]:
    _, results, _ = pyshacl.validate(_union(dataset), shacl_graph=_shapes(), inplace=True, inference="none")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus, message, shape = (
            results.value(result, name) for name in (SH.focusNode, SH.resultMessage, SH.sourceShape)
        )
        yield Violation(str(focus), str(message), str(shape).rpartition("#")[2])


def _shapes() -> Graph:
    path = resource_dir("ontology") / "shapes.ttl"
    try:
        return Graph().parse(path, format="turtle")
    except (OSError, ParserError, BadSyntax) as error:
        raise OntologyError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error


def _union(dataset: ox.Store) -> Graph:
    """Give the triples of all graphs in one graph of rdflib, which pySHACL works on."""
    graph = Graph()
    for quad in dataset:
        graph.add((_rdflib(quad.subject), URIRef(quad.predicate.value), _rdflib(quad.object)))
    return graph


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        # To rdflib a plain literal and one typed xsd:string are two.
        datatype = None if term.language or term.datatype.value == XSD + "string" else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return BNode(str(term))


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
