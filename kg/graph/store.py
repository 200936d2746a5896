"""The store: what was read out of articles, as RDF on disk.

One process writes, any number read beside it; a reader sees what was there when it opened. Every change is one
transaction of the database: it happens whole or not at all, whenever the process dies. What is stored is a function of
the articles that were last given, whatever was there in between.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.assemble import assemble
from kg.errors import StoreError, StoreLockedError
from kg.graph import assembly, lock
from kg.graph import terms as t
from kg.graph.content import NOTHING, Change, Content
from kg.graph.dataset import INDEX, change, fill_union, named_quads
from kg.graph.evaluate import open_reader
from kg.graph.rdf import article_quads, extraction_quads, read_extraction, read_extractions
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
# Seconds between two looks at a store that another process writes.
_PAUSE = 0.2


class Store:
    """An RDF dataset with one named graph for each article and one for the events.

    Use `Store.open`, `Store.from_file` or `Store.in_memory`; it is a context manager. Every method raises `StoreError`
    when the database cannot be read or written, and when the store is closed.
    """

    def __init__(
        self, handle: ox.Store, *, path: Path | None = None, loose: Collection[ox.Quad] = (), writes: bool = False
    ) -> None:
        self._handle: ox.Store | None = handle
        self._loose = loose
        self._writes = writes
        self.path = path

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, wait: float = 0) -> Store:
        """Open the store in the folder `path`; one that is not there is made, unless `read_only`.

        `StoreLockedError` when another process is writing it, also after `wait` seconds; a reader never meets it.
        `StoreError` when it cannot be opened, is damaged, or the folder holds something else.
        """
        with _reported(path):
            _check_folder(path, read_only=read_only)
            if read_only:
                return cls(open_reader(str(path)), path=path)
        give_up = time.monotonic() + wait
        while True:
            try:
                with _reported(path):
                    path.mkdir(parents=True, exist_ok=True)
                    handle = ox.Store(path)
                    lock.sign(path)
                return cls(handle, path=path, writes=True)
            except StoreLockedError:
                if time.monotonic() >= give_up:
                    raise
            time.sleep(_PAUSE)

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
        if self._handle is not None and self._writes and self.path is not None:
            with suppress(OSError):
                lock.erase(self.path)
        self._handle = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, extractions: Iterable[Extraction], *, reader: str = "") -> int:
        """Store extractions, all or none, in their order, and give how many articles are new or changed.

        An article that is there already is replaced by its newer reading, and one with the same URL and another text
        by its correction. One that comes with the same id but from another source or with other white space replaces
        it only if its (source, sha256) is smaller, so that the order of copies does not matter. `reader` says what
        read them (see `holds`). All of `extractions` are held in memory: give a large corpus in batches. The events
        are not touched: see `refresh`.
        """
        changed: dict[ox.NamedNode, Change] = {}
        by_url: dict[str, ox.NamedNode] = {}
        for extraction in extractions:
            article = extraction.article
            graph = t.node(article.iri)
            content = Content(frozenset(extraction_quads(extraction)))
            if article.url:
                for other in {*self._homes_of_url(article), by_url.get(article.url, graph)} - {graph}:
                    if (known := self._known(other, changed)).new.shares_url(content):
                        changed[other] = known.become(NOTHING)
                by_url[article.url] = graph
            known = self._known(graph, changed)
            if not known.new.quads or content.origin <= known.new.origin:
                changed[graph] = known.become(content)
        news = {graph: one for graph, one in changed.items() if one.new.quads != one.old.quads}
        self._write(news, {graph: reader for graph, one in changed.items() if one.new.quads})
        return sum(bool(one.new.quads) for one in news.values())

    def holds(self, article: Article, *, reader: str) -> bool:
        """Whether adding what `reader` reads out of `article` would change nothing, so that it need not be read."""
        graph = t.node(article.iri)
        with self._reporting():
            found = self._match(graph, subject=graph)
            # The fingerprint follows from the text, and is only made when the article is read.
            stored = Content(frozenset(quad for quad in found if quad.predicate != t.term("fingerprint")))
            new = Content(frozenset(article_quads(replace(article, fingerprint=None))))
            if not stored.quads or new.origin != stored.origin:
                return bool(stored.quads) and new.origin > stored.origin
            read_by = assembly.note(graph, assembly.READER, t.text(reader))
            return new.quads == stored.quads and read_by in self.handle

    def remove(self, article_iri: str) -> bool:
        """Take out an article with all that was read out of it; whether it was there. Then `refresh` the events."""
        graph = t.node(article_iri)
        with self._reporting():
            if ox.Quad(graph, t.TYPE, t.term("Article"), graph) not in self.handle:
                return False
        self._write({graph: Change(Content(frozenset(self._match(graph))), NOTHING)}, {})
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

    def refresh(self, ontology: Ontology) -> None:
        """Make the events of what was added or removed since the last time anew, and those of nothing else.

        This goes on where a process that died had stopped. It is the same as making all of them anew.
        """
        with self._reporting():
            for _ in assembly.refresh(self.handle, ontology):
                self._flush()

    @property
    def is_behind(self) -> bool:
        """Whether articles were added or removed that the events do not show yet."""
        with self._reporting():
            return assembly.is_behind(self.handle)

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

    def _homes_of_url(self, article: Article) -> Iterator[ox.NamedNode]:
        """Give the graphs of the articles that are there under the URL of this one."""
        with self._reporting():
            for name in article_quads(article):
                if name.predicate in {t.term("url"), t.IDENTIFIER}:
                    for quad in self.handle.quads_for_pattern(None, name.predicate, name.object, None):
                        if isinstance(quad.graph_name, ox.NamedNode) and quad.subject == quad.graph_name:
                            yield quad.graph_name

    def _known(self, graph: ox.NamedNode, changed: Mapping[ox.NamedNode, Change]) -> Change:
        if graph in changed:
            return changed[graph]
        stored = Content(frozenset(self._match(graph)))
        return Change(stored, stored)

    def _write(self, changes: Mapping[ox.NamedNode, Change], readers: Mapping[ox.NamedNode, str]) -> None:
        old: set[ox.Quad] = set()
        new: set[ox.Quad] = set()
        with self._reporting():
            for graph, one in changes.items():
                out, into = assembly.touched(self.handle, one.old.reports)
                old |= one.old.quads | out
                new |= one.new.quads | into
                pending = assembly.note(INDEX, assembly.PENDING, graph)
                (new if one.new.quads else old).add(pending)
                old |= assembly.entries(self.handle, graph, assembly.READER, None)
            for graph, reader in readers.items():
                old |= assembly.entries(self.handle, graph, assembly.READER, None)
                if reader:
                    new.add(assembly.note(graph, assembly.READER, t.text(reader)))
            old = {quad for quad in old if quad.graph_name != INDEX or quad in self.handle}
            new = {quad for quad in new if quad.graph_name != INDEX or quad not in self.handle or quad in old}
            change(self.handle, old=old, new=new)
            self._flush()

    def _flush(self) -> None:
        if self.path is not None:
            self.handle.flush()  # or else every reader that opens the store replays the log, which is slow

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        with _reported(self.path or Path("the store in memory")):
            yield


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
                f"{path}: {lock.holder(path)}, is writing this store; try again when it is done, or wait with --wait"
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
