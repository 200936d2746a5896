"""Graphs on a server, by the Graph Store Protocol or by SPARQL updates.

Every request may be sent twice without harm: nothing is a blank node, so that what is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import pyoxigraph as ox

from kg.errors import ServerError
from kg.graph.server import Server
from kg.iris import DATA_IRI, data_iri

#: The ways to speak to a server.
GRAPH_STORE, UPDATE = "graph-store", "update"

#: The graph that lists the graphs of the last push, so that the next one knows which of them are no longer wanted.
CATALOGUE = ox.NamedNode(f"{DATA_IRI}catalogue")
_PART = ox.NamedNode("http://purl.org/dc/terms/hasPart")
_STAGING = ox.NamedNode(data_iri("staging", "push"))
_NOWHERE = data_iri("graph", "none")

# What one request holds at most. Virtuoso compiles an update as a program, and fails at some 5,000 lines or 10 MB.
_UPDATE_TRIPLES, _UPDATE_BYTES = 1_000, 500_000
_STORE_TRIPLES, _STORE_BYTES = 100_000, 8_000_000

_UPDATE_TYPE = {"Content-Type": "application/sparql-update"}
_TURTLE_TYPE = {"Content-Type": "text/turtle; charset=utf-8"}  # N-Triples are Turtle, which every server reads
_WANTED = {"Accept": "application/n-triples, text/turtle;q=0.9"}
_RDF = {"application/n-triples", "text/turtle"}


class GraphServer(Protocol):
    """A server that holds graphs. Every method raises `ServerError`."""

    def announce(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Add to the catalogue what will be there, so that what a broken push leaves behind is known to the next."""
        ...

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> int:
        """Give a graph its new content, and give the number of triples sent."""
        ...

    def keep_only(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Take out the graphs of the catalogue that are not among `graphs`, which are the catalogue then."""
        ...


def connect(server: Server, protocol: str | None = None) -> GraphServer:
    """Give the graphs of a server, which is asked what it speaks unless a `protocol` is given."""
    return GraphStore(server) if (protocol or _spoken(server)) == GRAPH_STORE else Updates(server)


def _spoken(server: Server) -> str:
    """Find out: a graph store has no graph of a name that nobody gave, and updates take one that does nothing."""
    refusals = {*range(400, 600)} - {401}
    updated = server.send("POST", content=b"INSERT DATA {}", headers=_UPDATE_TYPE, allowed=refusals)
    found = server.send("GET", params={"graph": _NOWHERE}, headers=_WANTED, allowed=refusals)
    if found.status == 404 and updated.status != 404:
        return GRAPH_STORE
    if updated.status < 300:
        return UPDATE
    if found.status < 300 and found.form in _RDF:
        return GRAPH_STORE
    raise ServerError(
        f"{server.name}: neither a graph store nor a place for updates; name the address that its manual gives for one of "
        f"them, such as …/update or …/sparql-auth (it answers {updated.status} {updated.words})"
    )


class GraphStore:
    """Graphs by the SPARQL 1.1 Graph Store HTTP Protocol."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def announce(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Add to the catalogue, and make sure that the server gives it out whole: Virtuoso may not."""
        names = set(graphs)
        for batch in _batches(_catalogue(names), _STORE_TRIPLES, _STORE_BYTES):
            self._write("POST", CATALOGUE, batch)
        if lost := len(names - self._listed()):
            raise ServerError(
                f"{self._server.name}: the server cuts what it gives, {lost} of {len(names)} graphs were lost: "
                "push to its address for updates, such as …/sparql-auth"
            )

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> int:
        """Put the first batch in the place of the graph, and add the others."""
        sent = 0
        for batch in _batches(triples, _STORE_TRIPLES, _STORE_BYTES):
            self._write("POST" if sent else "PUT", graph, batch)
            sent += len(batch)
        if not sent:
            self._delete(graph)
        return sent

    def keep_only(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Delete the graphs that the catalogue lists and `graphs` do not."""
        kept = set(graphs)
        for graph in sorted(self._listed() - kept, key=str):
            self._delete(graph)
        self.replace(CATALOGUE, _catalogue(kept))

    def _listed(self) -> set[ox.NamedNode]:
        reply = self._server.send("GET", params={"graph": CATALOGUE.value}, headers=_WANTED)
        try:
            found = [quad.object for quad in ox.parse(reply.body, ox.RdfFormat.TURTLE) if quad.predicate == _PART]
        except (SyntaxError, ValueError) as error:
            raise ServerError(f"{self._server.name}: the answer for {CATALOGUE.value} is not Turtle") from error
        return {graph for graph in found if isinstance(graph, ox.NamedNode)}

    def _write(self, method: str, graph: ox.NamedNode, lines: Iterable[str]) -> None:
        content = "".join(lines).encode()
        self._server.send(method, params={"graph": graph.value}, content=content, headers=_TURTLE_TYPE)

    def _delete(self, graph: ox.NamedNode) -> None:
        self._server.send("DELETE", params={"graph": graph.value}, allowed={404})


def _catalogue(graphs: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    return (ox.Triple(CATALOGUE, _PART, graph) for graph in sorted(graphs, key=str))


class Updates:
    """Graphs by SPARQL 1.1 updates."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def announce(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Add to the catalogue."""
        for batch in _batches(_catalogue(graphs), _UPDATE_TRIPLES, _UPDATE_BYTES):
            self._update(_insertion(CATALOGUE, batch))

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> int:
        """Replace the graph in one update; what is too large for one is gathered beside it and then copied.

        It is copied and not moved, since a move that is sent twice would leave nothing.
        """
        batches = _batches(triples, _UPDATE_TRIPLES, _UPDATE_BYTES)
        first, second = next(batches, []), next(batches, None)
        drop = f"DROP SILENT GRAPH {graph}"
        if second is None:
            self._update(*[drop, _insertion(graph, first)][: 1 + bool(first)])
            return len(first)
        sent = 0
        self._update(f"DROP SILENT GRAPH {_STAGING}")
        for batch in chain((first, second), batches):
            self._update(_insertion(_STAGING, batch))
            sent += len(batch)
        self._update(f"COPY GRAPH {_STAGING} TO GRAPH {graph}")
        self._update(f"DROP SILENT GRAPH {_STAGING}")
        return sent

    def keep_only(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Let the server empty the graphs that its catalogue lists and the new one does not."""
        wanted = ox.NamedNode(data_iri("staging", "catalogue"))
        self.replace(wanted, _catalogue(graphs))
        self._update(
            f"DELETE {{ GRAPH ?graph {{ ?s ?p ?o }} }} WHERE {{ GRAPH {CATALOGUE} {{ {CATALOGUE} {_PART} ?graph }} "
            f"FILTER NOT EXISTS {{ GRAPH {wanted} {{ {CATALOGUE} {_PART} ?graph }} }} GRAPH ?graph {{ ?s ?p ?o }} }}"
        )
        self._update(f"COPY GRAPH {wanted} TO GRAPH {CATALOGUE}")
        self._update(f"DROP SILENT GRAPH {wanted}")

    def _update(self, *steps: str) -> None:
        self._server.send("POST", content=" ;\n".join(steps).encode(), headers=_UPDATE_TYPE)


def _insertion(graph: ox.NamedNode, lines: Iterable[str]) -> str:
    return f"INSERT DATA {{ GRAPH {graph} {{\n{''.join(lines)}}} }}"


def _batches(triples: Iterable[ox.Triple], most: int, most_bytes: int) -> Iterator[list[str]]:
    """Give the triples as lines of N-Triples, which SPARQL and Turtle read too, in lists that fit into one request."""
    batch: list[str] = []
    size = 0
    for triple in triples:
        line = f"{triple} .\n"
        length = len(line.encode())
        if batch and (len(batch) == most or size + length > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += length
    if batch:
        yield batch
