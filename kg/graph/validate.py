"""Check a graph: SHACL shapes (`ontology/shapes.ttl`) for single nodes, queries (`queries/checks`) for what spans several.

Both are asked of the database, in bounded memory. The ontology must be beside the data: a store on disk is checked in
a snapshot, which takes no room of its own as it shares the files of the store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.dataset import fill_union
from kg.graph.schema import ontology_triples
from kg.graph.shapes import constraints
from kg.graph.store import Store
from kg.resources import resource_dir


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
    and `QueryError` where a check cannot be read; `StoreError` where there is no room for the snapshot.
    """
    triples = ontology_triples(ontology)
    if isinstance(store, Store) and store.path is not None and not store.path.is_file():
        return _check_snapshot(store, store.path, triples)
    dataset = ox.Store()
    dataset.bulk_extend(store.quads())
    fill_union(dataset)
    return _check(dataset, triples)


def _check_snapshot(store: Store, path: Path, triples: list[ox.Triple]) -> list[Violation]:
    """Check the store in the folder `path` in a snapshot beside it.

    Nothing but `_check` holds the snapshot's database, which is thus closed when its folder is removed: while it is open,
    it may still write there.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.resolve().parent) as folder:
            copy = Path(folder) / "snapshot"
            store.handle.backup(copy)
            return _check(ox.Store(copy), triples)
    except OSError as error:
        raise StoreError(f"{path}: no snapshot can be made beside it: {' '.join(str(error).split())}") from error


def _check(dataset: ox.Store, triples: list[ox.Triple]) -> list[Violation]:
    """Check a dataset of our own, to which the triples of the ontology are added."""
    dataset.extend(ox.Quad(*triple) for triple in triples)
    return sorted({*_check_shapes(dataset), *_run_checks(dataset)})


def _run_checks(dataset: ox.Store) -> Iterator[Violation]:
    for path in sorted((resource_dir("queries") / "checks").glob("*.rq")):
        try:
            rows = dataset.query(path.read_text("utf-8"))
        except SyntaxError as error:
            raise QueryError(f"{path}: broken SPARQL: {' '.join(str(error.msg).split())}") from error
        if not isinstance(rows, ox.QuerySolutions):
            raise QueryError(f"{path}: a check must SELECT ?focus ?message")
        for row in rows:
            yield Violation(_text(row["focus"]), _text(row["message"]), path.stem)


def _check_shapes(dataset: ox.Store) -> Iterator[Violation]:
    for constraint in constraints(resource_dir("ontology") / "shapes.ttl"):
        rows = dataset.query(constraint.query)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            yield Violation(_text(row["focus"]), constraint.message, constraint.source)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
