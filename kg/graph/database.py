"""The database of a store, to open and to ask: what a reader needs, and nothing that takes long to import."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError, StoreLockedError
from kg.graph.dataset import fill_union, named_quads
from kg.graph.evaluate import open_reader
from kg.graph.marks import is_behind

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


class Database:
    """An RDF dataset with one named graph for each article and one for the events.

    Use `open`, `from_file` or `in_memory`; it is a context manager. Every method raises `StoreError` when the database
    cannot be read or written, and when it is closed.
    """

    def __init__(
        self, handle: ox.Store, *, path: Path | None = None, loose: Collection[ox.Quad] = (), writes: bool = False
    ) -> None:
        self._handle: ox.Store | None = handle
        self._loose = loose
        self._writes = writes
        self.path = path

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, wait: float = 0) -> Self:
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
                    from kg.graph import lock

                    path.mkdir(parents=True, exist_ok=True)
                    handle = ox.Store(path)
                    lock.sign(path)
                return cls(handle, path=path, writes=True)
            except StoreLockedError:
                if time.monotonic() >= give_up:
                    raise
            time.sleep(_PAUSE)

    @classmethod
    def from_file(cls, path: Path) -> Self:
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
    def in_memory(cls) -> Self:
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
            from kg.graph import lock

            with suppress(OSError):
                lock.erase(self.path)
        self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_behind(self) -> bool:
        """Whether articles were added or removed that the events do not show yet."""
        with self._reporting():
            return is_behind(self.handle)

    def quads(self) -> Iterator[ox.Quad]:
        """Give every quad, in no order."""
        yield from self._match(None)
        yield from self._loose

    def _match(self, graph: ox.NamedNode | None, subject: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        with self._reporting():
            yield from named_quads(self.handle, graph, subject)

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
            from kg.graph import lock

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
