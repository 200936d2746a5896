"""Work on a Dask cluster of real processes: the same as serial, whatever dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from test_run import Count, NoModel, article

from kg.cluster import cluster
from kg.errors import KgError, ModelError
from kg.model import Article, Extraction
from kg.run import AHEAD, CHUNK, Step, serial

dask = pytest.importorskip("dask", reason="Dask is not installed: pip install 'kg[dask]'")
distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'kg[dask]'")

DEADLINE = 60.0  # seconds until something that should have happened is given up: generous, as nothing is measured


@dataclass(frozen=True)
class Await:
    """Give the length of each text; at «wait» say which process this is, and go on when there is a file."""

    folder: Path

    def start(self) -> Step:
        return self._step

    def version(self) -> str:
        return "1"

    def _step(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for item in articles:
            if item.text == "wait":
                (self.folder / f"{item.id}-{os.getpid()}").touch()
                until((self.folder / "go").exists)
            yield Extraction(item, refused=len(item.text))


@dataclass(frozen=True)
class Elsewhere(Count):
    """Is of another version in each process."""

    def version(self) -> str:
        return str(os.getpid())


def until(condition) -> None:  # type: ignore[no-untyped-def]
    give_up = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Run a cluster of two processes, each with a second thread to be in the way."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None) as made,
    ):
        yield made.scheduler_address


def test_a_cluster_gives_what_serial_gives_in_the_order_of_the_articles(address: str) -> None:
    articles = [article(n) for n in range(12 * CHUNK + 5)]
    assert list(cluster(address)(Count(), iter(articles))) == list(serial(Count(), articles))
    assert list(cluster(address)(Count(), [])) == []


def test_each_worker_starts_the_work_once(address: str, tmp_path: Path) -> None:
    log = tmp_path / "starts"
    list(cluster(address)(Count(log), [article(n) for n in range(12 * CHUNK)]))
    starts = log.read_text().split()
    assert len(starts) == len(set(starts)) <= 2
    assert str(os.getpid()) not in starts


def test_articles_are_read_only_so_far_ahead(address: str) -> None:
    seen = []

    def endless() -> Iterator[Article]:
        for number in range(10_000_000):
            seen.append(number)
            yield article(number)

    results = cluster(address)(Count(), endless())
    assert [next(results).article.id for _ in range(2 * CHUNK)] == [str(n) for n in range(2 * CHUNK)]
    assert len(seen) <= CHUNK * (2 + 4 * AHEAD + 1)
    results.close()  # type: ignore[attr-defined]


def test_a_worker_that_is_killed_loses_nothing(address: str, tmp_path: Path) -> None:
    texts = [article(n, "wait" if n % CHUNK == 0 and n else None) for n in range(6 * CHUNK)]
    results = cluster(address)(Await(tmp_path), texts)
    got = [next(results) for _ in range(CHUNK)]
    until(lambda: list(tmp_path.iterdir()))
    os.kill(int(next(tmp_path.iterdir()).name.partition("-")[2]), signal.SIGKILL)
    (tmp_path / "go").touch()
    got += results
    assert got == [Extraction(item, refused=len(item.text)) for item in texts]


def test_what_the_work_raises_is_raised_here(address: str) -> None:
    with pytest.raises(ValueError, match="cannot count 2"):
        list(cluster(address)(Count(), [article(1), article(2, "raise")]))
    with pytest.raises(ModelError, match="no such model"):
        list(cluster(address)(NoModel(), [article(1)]))
    with pytest.raises(KgError, match="several workers died of the same articles"):
        list(cluster(address)(Count(), [article(1), article(2, "die")]))


def test_workers_that_would_read_differently_are_not_asked_to(address: str) -> None:
    with pytest.raises(KgError, match=r"workers, tcp\S+ the first, would read articles differently"):
        list(cluster(address)(Elsewhere(), [article(1)]))


def test_an_error_in_reading_comes_through(address: str) -> None:
    def broken() -> Iterator[Article]:
        yield article(1)
        raise KgError("the disk is gone")

    with pytest.raises(KgError, match="the disk is gone"):
        list(cluster(address)(Count(), broken()))


@pytest.mark.parametrize(
    "nowhere", ["tcp://127.0.0.1:1", "nonsense://x", "tcp://127.0.0.1:x", "tcp://127.0.0.1", "tcp://127.0.0.1:70000"]
)
def test_a_scheduler_that_is_not_there_is_one_clear_error(nowhere: str) -> None:
    with pytest.raises(KgError, match="no Dask scheduler can be reached"):
        list(cluster(nowhere)(Count(), [article(1)]))


@contextmanager
def dask_process(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process as the README does."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "dask", *options, "--no-dashboard"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            yield started
        finally:
            started.kill()


def test_a_scheduler_that_is_lost_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cluster._CONNECT", 5.0)
    file = str(tmp_path / "scheduler.json")
    texts = [article(n, "wait" if n == CHUNK else None) for n in range(2 * CHUNK)]
    with dask_process("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file) as scheduler:
        until(Path(file).exists)
        with dask_process("worker", "--scheduler-file", file, "--no-nanny"):
            results = cluster(json.loads(Path(file).read_text())["address"])(Await(tmp_path), texts)
            assert next(results).article.id == "0"
            until(lambda: list(tmp_path.glob(f"{CHUNK}-*")))
            scheduler.kill()
            with pytest.raises(KgError, match="the Dask scheduler was lost"):
                list(results)
