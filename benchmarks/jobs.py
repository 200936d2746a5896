"""Reading in two processes of this machine beside one, and on a Dask cluster of two beside these; one run, in turns.

    python benchmarks/jobs.py [--update]    which writes the figures into RESULTS.md

What counts is the rate while all are at work, as they are for nearly all of a build of many articles: after the language model
is loaded, and before the last articles, when a process may have nothing more to do.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from results import Table, machine, put_section
from speed import articles

from kg.cluster import cluster
from kg.config import Settings
from kg.run import CHUNK, Extract, Runner, processes, serial

TURNS = 3
ARTICLES = 600
# So many results are passed over at the beginning and at the end: between these, every process is at work.
EDGE = 4 * CHUNK


def rate(run: Runner) -> float:
    """Give the articles a second of a runner."""
    times = [time.perf_counter() for _ in run(Extract(Settings()), articles(ARTICLES))]
    first, last = EDGE, len(times) - EDGE
    return (last - first) / (times[last - 1] - times[first - 1])


@contextmanager
def local_cluster() -> Iterator[str]:
    """Give the address of a Dask cluster of two processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:  # type: ignore[no-untyped-call]
        yield made.scheduler_address


def main() -> None:
    """Print the ratios."""
    table = Table()
    about = machine()
    print(about)
    pairs: list[float] = []
    dask: list[float] = []
    for turn in range(TURNS):
        one, two = rate(serial), rate(processes(2))
        with local_cluster() as address:  # only as long as it is measured: its processes are busy when they are idle
            far = rate(cluster(address))
        pairs.append(two / one)
        dask.append(far / two)
        print(f"turn {turn + 1}: one {one:.1f}, two {two:.1f}, Dask {far:.1f} articles/s", flush=True)
    for what, ratios, aim in (("two processes / one", pairs, 1.6), ("Dask / two processes", dask, 0.9)):
        middle = statistics.median(ratios)
        turns = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        table.add(what, f"{middle:.2f} ({turns})", f"at least {aim}", met=middle >= aim)
    if "--update" in sys.argv:
        put_section("More processes and machines", [f"{about}.", "", *table.rows])


if __name__ == "__main__":
    main()
