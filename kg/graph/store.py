"""The store: what was read out of articles, as RDF on disk.

One process writes, any number read beside it; a reader sees what was there when it opened. Every change is one
transaction of the database: it happens whole or not at all, whenever the process dies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.assemble import assemble
from kg.errors import StoreError, StoreLockedError
from kg.graph import terms as t
from kg.graph.dataset import fill_union, named_quads, replace_graphs, sweep
from kg.graph.evaluate import open_reader
from kg.graph.rdf import event_quads, extraction_quads, read_extraction, read_extractions
from kg.model import Article, Event, Extraction, Ontology

#: The files that a store can be read from, by suffix.
FILE_FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

# What RocksDB says when another process, or another handle of this one, holds the lock.
_LOCKED = ("While lock file", "lock hold by")
# What a folder in which RocksDB has begun to work has, one or the other.
_MARKS = ("CURRENT", "LOCK")


class Store:
    """An RDF dataset with one named graph for each article and one for the events.

    Use `Store.open`, `Store.from_file` or `Store.in_memory`; it is a context manager. Every method raises `StoreError`
    when the database cannot be read or written, and when the store is closed.
    """

    def __init__(self, handle: ox.Store, *, path: Path | None = None, loose: Collection[ox.Quad] = ()) -> None:
        self._handle: ox.Store | None = handle
        self._loose = loose
        self.path = path

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Store:
        """Open the store in the folder `path`; one that is not there is made, unless `read_only`.

        `StoreLockedError` when another process is writing it; a reader never meets it. `StoreError` when it cannot be
        opened, is damaged, or the folder holds something else.
        """
        _check_folder(path, read_only=read_only)
        with _reported(path):
            if read_only:
                return cls(open_reader(str(path)), path=path)
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = ox.Store(path)
            sweep(handle)
        return cls(handle, path=path)

    @classmethod
    def from_file(cls, path: Path) -> Store:
        """Read a Turtle, TriG, N-Triples, N-Quads or JSON-LD file (told by its suffix) into memory.

        `StoreError` when it cannot be read or parsed; the message has file, line and column.
        """
        form = FILE_FORMATS.get(path.suffix.lower())
        if form is None:
            raise StoreError(f"{path}: unknown kind of file; expected one of {', '.join(FILE_FORMATS)}")
        handle = ox.Store()
        try:
            handle.bulk_load(path=str(path), format=form)
            loose = frozenset(handle.quads_for_pattern(None, None, None, ox.DefaultGraph()))
            fill_union(handle)
        except SyntaxError as error:
            raise StoreError(f"{path}:{_place(error)}") from error
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"{path}: cannot be read: {_line(error)}") from error
        return cls(handle, loose=loose)

    @classmethod
    def in_memory(cls) -> Store:
        """Make an empty store that is gone when it is closed."""
        return cls(ox.Store())

    @property
    def handle(self) -> ox.Store:
        """The database itself, for queries: its default graph is the union of all graphs (see `dataset.py`)."""
        if self._handle is None:
            raise StoreError(f"the store {self.path or 'in memory'} is closed")
        return self._handle

    def close(self) -> None:
        """Let go of the database; what was written is safe already."""
        self._handle = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, extractions: Iterable[Extraction]) -> int:
        """Store extractions, all or none, and give how many articles are new or changed.

        An article that is there already is replaced by its newer reading; one that comes with the same id but from
        another source or with other text only if its (source, sha256) is smaller, so that the order of articles does
        not matter. All of `extractions` are held in memory: give a large corpus in batches. The events are not
        touched: see `refresh`.
        """
        chosen: dict[ox.NamedNode, _Content] = {}
        for extraction in extractions:
            content = _Content(extraction_quads(extraction))
            graph = t.node(extraction.article.iri)
            known = chosen.get(graph)
            chosen[graph] = min(known, content, key=_Content.rank) if known else content
        changes = {graph: content.quads for graph, content in chosen.items() if self._is_news(graph, content)}
        self._replace(changes)
        return len(changes)

    def remove(self, article_iri: str) -> bool:
        """Take out an article with all that was read out of it; whether it was there. Then `refresh` the events."""
        graph = t.node(article_iri)
        with self._reporting():
            if ox.Quad(graph, t.TYPE, t.term("Article"), graph) not in self.handle:
                return False
        self._replace({graph: frozenset()})
        return True

    def articles(self) -> Iterator[Article]:
        """Give the articles, sorted by IRI, without their text."""
        for graph in self._homes():
            yield read_extraction(self._match(graph, subject=graph), graph.value).article
        yield from (extraction.article for extraction in read_extractions(self._loose))

    def extractions(self) -> Iterator[Extraction]:
        """Give what was read out of each article, sorted by IRI, one article in memory at a time.

        Those of a file without named graphs come last.
        """
        for graph in self._homes():
            yield read_extraction(self._match(graph), graph.value)
        yield from read_extractions(self._loose)

    def events(self, ontology: Ontology) -> Iterator[Event]:
        """Give the events that the reports speak of, sorted by id."""
        yield from sorted(assemble(self.extractions(), ontology), key=lambda event: event.id)

    def refresh(self, ontology: Ontology) -> int:
        """Make the events graph anew from the reports, and give the number of events."""
        events = list(self.events(ontology))
        quads = frozenset(chain.from_iterable(event_quads(event, ontology) for event in events))
        if quads != frozenset(self._match(t.EVENTS_GRAPH)):
            self._replace({t.EVENTS_GRAPH: quads})
        return len(events)

    def quads(self) -> Iterator[ox.Quad]:
        """Give every quad, in no order."""
        yield from self._match(None)
        yield from self._loose

    def _match(self, graph: ox.NamedNode | None, subject: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        with self._reporting():
            yield from named_quads(self.handle, graph, subject)

    def _homes(self) -> list[ox.NamedNode]:
        """Give the articles that have a graph, which has the name of the article, sorted."""
        with self._reporting():
            found = self.handle.quads_for_pattern(None, t.TYPE, t.term("Article"), None)
            homes = [q.subject for q in found if isinstance(q.subject, ox.NamedNode) and q.subject == q.graph_name]
        return sorted(homes, key=str)

    def _replace(self, contents: Mapping[ox.NamedNode, frozenset[ox.Quad]]) -> None:
        with self._reporting():
            replace_graphs(self.handle, contents)
            if self.path is not None:
                self.handle.flush()  # or else every reader that opens the store replays the log, which is slow

    def _is_news(self, graph: ox.NamedNode, content: _Content) -> bool:
        stored = _Content(self._match(graph))
        return stored.quads != content.quads and (not stored.quads or content.origin <= stored.origin)

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        with _reported(self.path or Path("the store in memory")):
            yield


class _Content:
    """The quads of an article, and where they come from."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.quads = frozenset(quads)
        found = {
            quad.predicate: str(quad.object) for quad in self.quads if quad.predicate in {t.SOURCE, t.term("sha256")}
        }
        self.origin = found.get(t.SOURCE, ""), found.get(t.term("sha256"), "")

    def rank(self) -> tuple[tuple[str, str], list[str]]:
        return self.origin, sorted(map(str, self.quads))


def _check_folder(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        if not any((path / mark).exists() for mark in _MARKS) and (read_only or any(path.iterdir())):
            raise StoreError(f"{path}: this folder is not a store; name another")
    elif path.exists():
        raise StoreError(f"{path}: a store is a folder, and this is a file")
    elif read_only:
        raise StoreError(f"{path}: there is no store; make one with `kg build PATH… --store {path}`")


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turn what the database raises into errors of ours, in one line."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if any(words in str(error) for words in _LOCKED):
            raise StoreLockedError(
                f"{path}: another process is writing this store; try again when it is done"
            ) from error
        raise StoreError(f"{path}: the store cannot be used: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _place(error: SyntaxError) -> str:
    """Give «line:column: what is wrong»."""
    if not error.lineno:
        return f" {_line(error)}"
    where, _, what = (error.msg or "").partition(": ")
    return f"{error.lineno}:{error.offset}: {' '.join((what or where).split())}"
