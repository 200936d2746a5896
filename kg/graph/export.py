"""Write what is in the store, in one order: the same content gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TextIO

import pyoxigraph as ox

from kg.errors import ExportError
from kg.graph import jsonl, network, tabular
from kg.graph import terms as t
from kg.graph.store import Store
from kg.graph.turtle import trig_lines, turtle_document
from kg.model import Article, Ontology

_Writer = Callable[[Store, TextIO, Ontology], None]


def export(store: Store, format_: str, stream: TextIO, ontology: Ontology) -> None:
    """Write the store to `stream`, which must be open for UTF-8 text without translation of line ends.

    `turtle`, `ntriples` and `jsonld` hold the union of all graphs, `trig` and `nquads` keep the graphs; `jsonl`,
    `plover` and `csv` hold the events, `graphml` and `gexf` the direct edges between actors. `ExportError` for an
    unknown format, and when the stream cannot be written; a pipe that the reader has closed is a `BrokenPipeError`.
    """
    writer = FORMATS.get(format_)
    if writer is None:
        raise ExportError(f"unknown format {format_!r}; expected one of {', '.join(FORMATS)}")
    try:
        writer(store, stream, ontology)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"the export cannot be written: {error.strerror or error}") from error


def _turtle(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.writelines(piece.decode() for piece in turtle_document(_sorted_triples(store)))


def _sorted_triples(store: Store) -> list[bytes]:
    """Give the triples of the union as sorted lines of N-Triples."""
    dumped = store.handle.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    return sorted(dumped.splitlines(keepends=True))


def _trig(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.writelines(f"{line}\n" for line in trig_lines(store.quads()))


def _ntriples(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.writelines(line.decode() for line in _sorted_triples(store))


def _nquads(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.writelines(sorted(f"{quad} .\n" for quad in store.quads()))


def _jsonld(store: Store, stream: TextIO, ontology: Ontology) -> None:
    triples = sorted({quad.triple for quad in store.quads()}, key=str)
    nodes = json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]")
    stream.write("[\n" + ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes) + "\n]\n")


def _jsonl(store: Store, stream: TextIO, ontology: Ontology) -> None:
    articles = _articles(store)
    for event in store.events(ontology):
        stream.write(jsonl.line(jsonl.event_record(event, articles, ontology)))


def _plover(store: Store, stream: TextIO, ontology: Ontology) -> None:
    articles, countries = _articles(store), country_codes(store)
    for event in store.events(ontology):
        record = jsonl.plover_record(event, articles, ontology, countries)
        if record is not None:
            stream.write(jsonl.line(record))


def _csv(store: Store, stream: TextIO, ontology: Ontology) -> None:
    tabular.write_csv(store.events(ontology), _articles(store), ontology, country_codes(store), stream)


def _graphml(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.write(network.graphml(network.actor_network(store.events(ontology), ontology)))


def _gexf(store: Store, stream: TextIO, ontology: Ontology) -> None:
    stream.write(network.gexf(network.actor_network(store.events(ontology), ontology)))


def _articles(store: Store) -> dict[str, Article]:
    return {article.id: article for article in store.articles()}


def country_codes(store: Store) -> dict[str, str]:
    """Give the ISO 3166-1 code of each state that the store knows, by IRI."""
    found = store.handle.quads_for_pattern(None, t.term("iso3"), None, ox.DefaultGraph())
    pairs = (
        (t.node_iri(q.subject.value), q.object.value)
        for q in found
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal)
    )
    return dict(sorted(pairs, reverse=True))


FORMATS: Mapping[str, _Writer] = {
    "turtle": _turtle,
    "trig": _trig,
    "ntriples": _ntriples,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "jsonl": _jsonl,
    "plover": _plover,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}
