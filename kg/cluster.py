"""The work on a Dask cluster: processes of other machines, which may come, go and die meanwhile.

The results are those of `kg.run.serial`, in the same order. What a lost worker had is done again by another.
"""

from __future__ import annotations

import pickle
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.model import Article, Extraction
from kg.run import AHEAD, Runner, Work, chunks, do

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT = 10.0  # seconds for the scheduler to answer
_WORKERS = 60.0  # seconds for the first worker to be there

# A worker may have several threads, of which one at a time reads: the language model is made once, and is not shared.
_ALONE = Lock()


def cluster(scheduler: str) -> Runner:
    """Give a runner that does the work on the workers of a Dask scheduler, such as `tcp://10.0.0.5:8786`.

    It sends only so many articles ahead as keep the workers busy. What a step raises is raised here. `KgError` when Dask
    is not installed, the scheduler cannot be reached or is lost, it has no workers, they have another version of the work,
    or work kills each worker that it is given to.
    """

    def run(work: Work, articles: Iterable[Article]) -> Iterator[Extraction]:
        try:
            import dask
            from distributed import CancelledError, Client, KilledWorker
            from distributed.comm.addressing import get_address_host_port
            from distributed.comm.core import CommClosedError
        except ModuleNotFoundError as error:
            raise KgError("--scheduler needs Dask: pip install 'kg[dask]'") from error
        dask.config.set({"distributed.comm.timeouts.connect": _CONNECT})  # also for a lost connection
        try:
            # A client that fails to connect is never closed, so that is tried without one before.
            socket.create_connection(get_address_host_port(scheduler), timeout=_CONNECT).close()
            client = Client(scheduler, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
        except (OSError, ValueError, OverflowError) as error:  # TimeoutError is an OSError
            raise KgError(f"{scheduler}: no Dask scheduler can be reached there") from error
        waiting: deque[Future[bytes]] = deque()
        try:
            _check_workers(client, scheduler, work)
            for chunk in chunks(articles):
                waiting.append(client.submit(read, work, chunk, pure=False))
                while len(waiting) > AHEAD * _threads(client):
                    yield from pickle.loads(waiting.popleft().result())
            while waiting:
                yield from pickle.loads(waiting.popleft().result())
        except KilledWorker as error:
            raise KgError(
                f"{scheduler}: several workers died of the same articles, perhaps for lack of memory"
            ) from error
        except (CancelledError, CommClosedError) as error:
            raise KgError(
                f"{scheduler}: the Dask scheduler was lost; start it, and run the same command again"
            ) from error
        finally:
            waiting.clear()  # which tells the scheduler that they are no longer wanted
            client.close(timeout=_CONNECT)  # type: ignore[no-untyped-call]  # Dask has no types

    return run


def read(work: Work, articles: list[Article]) -> bytes:
    """Do the work on some articles and pickle what comes of it; this runs on the worker.

    Dask would pickle it as well, but in the thread that has to hear the scheduler, while the next articles are read.
    """
    with _ALONE:
        return pickle.dumps(do(work, articles), pickle.HIGHEST_PROTOCOL)


def version(work: Work) -> str:
    """Give the version of the work; this runs on the workers."""
    return work.version()


def _check_workers(client: Client, scheduler: str, work: Work) -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
    except TimeoutError as error:
        raise KgError(f"{scheduler}: there is no worker; start some with `dask worker {scheduler}`") from error
    try:
        versions = client.run(version, work)
    except ModuleNotFoundError as error:
        raise KgError(f"{scheduler}: kg is not installed on the workers: {error}") from error
    others = sorted(worker for worker, found in versions.items() if found != work.version())
    if others:
        raise KgError(
            f"{scheduler}: {len(others)} of {len(versions)} workers, {others[0]} the first, would read articles "
            "differently: install the same version of kg and its packages there, and lay the same files of --ontology "
            "and --lexicon at the same place"
        )


def _threads(client: Client) -> int:
    return max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]  # Dask has no types
