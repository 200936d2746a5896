"""Where the work is done: in this process, or in several on this machine. The results are the same, in the same order.

A runner takes the work, by which a process makes its own step (articles → extractions), and the articles, and gives the
extractions in the order of the articles. It reads only so far ahead as it has processes to feed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Protocol

from kg.config import Settings
from kg.errors import KgError
from kg.memory import keep_freed_memory
from kg.model import Article, Extraction, content_hash
from kg.resources import resource_dir, source_hash

Step = Callable[[Iterable[Article]], Iterator[Extraction]]

# Articles that a process gets at a time: some seconds of work, against which handing it over is nothing.
CHUNK = 16
# Chunks that wait for each process, so that none is idle while the results of the slowest are awaited.
AHEAD = 2


class Work(Protocol):
    """What is to be done: small enough to be sent to another process, which makes the step from it once.

    It must be hashable and importable by its name (no lambda, nothing defined in `__main__`).
    """

    def start(self) -> Step:
        """Make the step; this may load a language model. Raises `KgError`."""
        ...

    def version(self) -> str:
        """Give a hash of all that decides the results: as long as it is the same, they are."""
        ...

    def __hash__(self) -> int: ...


Runner = Callable[[Work, Iterable[Article]], Iterator[Extraction]]


@dataclass(frozen=True, slots=True)
class Extract:
    """The work of reading articles with the pipeline that `settings` describe."""

    settings: Settings

    def start(self) -> Step:
        """Make the pipeline; raises `ModelError`, `LexiconError`, `OntologyError` or `ConfigError`."""
        from kg.pipeline import Pipeline

        keep_freed_memory()
        step = Pipeline(self.settings).extract
        gc.collect()
        gc.freeze()  # model and lexicon stay to the end: the collector need not go through them with every batch
        return step

    def version(self) -> str:
        """Give a hash of all that decides what is read out of an article: code, words, model, and what they rest on."""
        settings = self.settings
        files = [path.read_bytes() for path in (*settings.ontology, *settings.lexicon) if path.is_file()]
        shipped = [path.read_bytes() for path in sorted(resource_dir("ontology").iterdir())]
        names = {re.match(r"[\w.-]+", line)[0] for line in requires("kg") or () if "extra ==" not in line}  # type: ignore[index]
        plugins = entry_points(group="kg.extractors", name=settings.extractor)
        names |= {plugin.dist.name for plugin in plugins if plugin.dist}
        parts = source_hash("text", "pipeline.py", "model.py"), replace(settings, store=Path())
        return content_hash(
            *parts, *(f"{name} {_installed(name)}" for name in sorted({*names, settings.model})), *shipped, *files
        )


def serial(work: Work, articles: Iterable[Article]) -> Iterator[Extraction]:
    """Do the work here, one article after the other."""
    yield from work.start()(articles)


def processes(jobs: int) -> Runner:
    """Give a runner that does the work in `jobs` processes of this machine.

    The processes are started afresh (spawned), so nothing of this one leaks into them. They end at once when the results
    are no longer wanted, be it that this process is interrupted or killed. What a step raises is raised here; a process
    that dies raises `KgError`.
    """

    def run(work: Work, articles: Iterable[Article]) -> Iterator[Extraction]:
        context = multiprocessing.get_context("spawn")
        end, lifeline = context.Pipe(duplex=False)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_enlist, initargs=(end,))
        waiting: deque[Future[list[Extraction]]] = deque()
        try:
            for chunk in chunks(articles):
                waiting.append(pool.submit(do, work, chunk))
                if len(waiting) > AHEAD * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
            pool.shutdown()
        except BrokenProcessPool as error:
            raise KgError(
                f"one of {jobs} worker processes was killed or crashed, perhaps for lack of memory: try fewer with --jobs"
            ) from error
        finally:
            lifeline.close()
            pool.shutdown(cancel_futures=True)
            end.close()

    return run


def runner(jobs: int) -> Runner:
    """Give the runner for `jobs` processes: this one alone, or others."""
    return serial if jobs == 1 else processes(jobs)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Give the articles in lists of `CHUNK`, each read when it is wanted."""
    remaining = iter(articles)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


@lru_cache(maxsize=1)
def _step(work: Work) -> Step:
    return work.start()


def do(work: Work, articles: list[Article]) -> list[Extraction]:
    """Do the work on some articles, in the process in which this is called; the step is made once."""
    return list(_step(work)(articles))


def _enlist(lifeline: Connection) -> None:
    """Set up a worker process: it ends when the other end of `lifeline` is closed, and not by the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    wait([lifeline])
    os._exit(1)
