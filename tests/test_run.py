"""The runners give the same, in the same order, in bounded memory, and end as they should."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.errors import KgError, ModelError
from kg.model import Article, Extraction
from kg.run import AHEAD, CHUNK, Step, processes, runner, serial

DEADLINE = 60.0  # seconds until a process that should have ended is given up: generous, as nothing is measured


@dataclass(frozen=True)
class Count:
    """Give the length of each text; die, raise or count the starts where the text says so."""

    log: Path | None = None

    def start(self) -> Step:
        if self.log is not None:
            with self.log.open("a") as stream:
                stream.write(f"{os.getpid()}\n")
        return self._step

    def version(self) -> str:
        return "1"

    def _step(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if article.text == "die":
                os._exit(3)
            if article.text == "raise":
                raise ValueError(f"cannot count {article.id}")
            if article.text == "hang":
                time.sleep(DEADLINE)
            yield Extraction(article, refused=len(article.text))


@dataclass(frozen=True)
class NoModel:
    """Cannot be started."""

    def start(self) -> Step:
        raise ModelError("no such model")

    def version(self) -> str:
        return "1"


def article(number: int, text: str | None = None) -> Article:
    return Article(id=str(number), source=f"{number}.txt", text=text or "x" * (number % 7), blocks=())


def test_processes_give_what_serial_gives_in_the_order_of_the_articles() -> None:
    articles = [article(n) for n in range(3 * CHUNK + 5)]
    alone = list(serial(Count(), articles))
    assert [x.article for x in alone] == articles
    assert list(processes(2)(Count(), iter(articles))) == alone


def test_no_articles_give_nothing() -> None:
    assert list(processes(2)(Count(), [])) == []


def test_one_job_is_done_here() -> None:
    assert runner(1) is serial
    assert runner(2) is not serial


def test_each_process_starts_the_work_once(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    list(processes(2)(Count(log), [article(n) for n in range(8 * CHUNK)]))
    starts = log.read_text().split()
    assert len(starts) == len(set(starts)) <= 2
    assert str(os.getpid()) not in starts


def test_articles_are_read_only_so_far_ahead() -> None:
    read = []

    def endless() -> Iterator[Article]:
        for number in range(10_000_000):
            read.append(number)
            yield article(number)

    results = processes(2)(Count(), endless())
    assert [next(results).article.id for _ in range(2 * CHUNK)] == [str(n) for n in range(2 * CHUNK)]
    assert len(read) <= CHUNK * (2 + 2 * AHEAD + 1)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_one_clear_error() -> None:
    with pytest.raises(KgError, match="--jobs"):
        list(processes(2)(Count(), [article(1), article(2, "die")]))
    assert multiprocessing.active_children() == []


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="cannot count 2"):
        list(processes(2)(Count(), [article(1), article(2, "raise")]))
    with pytest.raises(ModelError, match="no such model"):
        list(processes(2)(NoModel(), [article(1)]))
    with pytest.raises(ModelError, match="no such model"):
        list(serial(NoModel(), [article(1)]))


def test_an_error_in_reading_comes_through() -> None:
    def broken() -> Iterator[Article]:
        yield article(1)
        raise KgError("the disk is gone")

    with pytest.raises(KgError, match="the disk is gone"):
        list(processes(2)(Count(), broken()))
    assert multiprocessing.active_children() == []


PROGRAM = """
import signal
from pathlib import Path

from test_run import Count, article
from kg.run import CHUNK, processes

if __name__ == "__main__":
    # A shell that runs the tests in the background lets them ignore the interrupt, and they would hand that down.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    texts = [article(n) for n in range(CHUNK)] + [article(CHUNK, {last!r})]
    try:
        for extraction in processes(1)(Count(Path({log!r})), texts):
            print(extraction.article.id, flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


def start_program(folder: Path, last: str) -> tuple[subprocess.Popen[str], int]:
    """Start a program with one worker process; give it when the first results are there, with the worker's id."""
    program, log = folder / "program.py", folder / "log"
    program.write_text(PROGRAM.format(last=last, log=str(log)))
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    child = subprocess.Popen(
        [sys.executable, str(program)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for number in range(CHUNK):
        assert child.stdout.readline() == f"{number}\n"
    return child, int(log.read_text())


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or waits to be reaped."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks at processes in /proc")


@needs_proc
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    child, worker = start_program(tmp_path, "hang")
    assert not has_ended(worker)
    child.kill()
    child.communicate()
    give_up = time.monotonic() + DEADLINE / 2
    while not has_ended(worker) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert has_ended(worker)


@needs_proc
def test_the_keyboard_interrupt_is_the_parents_and_leaves_no_trace_of_the_workers(tmp_path: Path) -> None:
    child, worker = start_program(tmp_path, "hang")
    os.kill(worker, signal.SIGINT)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=DEADLINE / 2)  # less than the worker would hang
    assert "interrupted" in out
    assert has_ended(worker)
    assert err == ""
