"""How a store grows: build, store, queries, export and checks at 1,000, 10,000 and more reports, as ratios within one run.

    python benchmarks/scale.py [REPORTS…]    by default 1000 10000 100000

The articles are made up (`generate.py`), and no text model is at work: what is measured is what comes after reading. Each
size is built in a process of its own, whose peak memory is that of the build.
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from generate import extractions

from kg.graph import terms as t
from kg.graph.dataset import INDEX
from kg.graph.export import export
from kg.graph.query import named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.graph.validate import validate
from kg.ingest import BATCH

SIZES = (1_000, 10_000, 100_000)
TURNS = 3


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object]) -> float:
    """Give the least of some times: what disturbs a measurement only adds to it."""
    return min(timed(work) for _ in range(TURNS))


def peak() -> float:
    """Give the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(reports: int, folder: Path) -> dict[str, float]:
    """Build a store; making the articles up is not counted."""
    ontology = load_ontology()
    made = extractions(reports)
    articles = found = 0
    adding = 0.0
    with Store.open(folder) as store:
        while batch := list(islice(made, BATCH)):
            start = time.perf_counter()
            for one in batch:
                store.holds(one.article, reader="")
            store.add(batch, reader="bench")
            adding += time.perf_counter() - start
            articles += len(batch)
            found += sum(len(one.reports) for one in batch)
        assembling = timed(lambda: store.refresh(ontology))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "articles": articles,
        "reports": found,
        "store, ms an article": 1000 * adding / articles,
        "assemble, ms an article": 1000 * assembling / articles,
        "peak MB": peak(),
        "bytes a report": size / found,
    }


def write_ratio(folder: Path) -> dict[str, float]:
    """Compare writing extractions with a bulk load of the very same quads, those of the union and the index included."""
    made = list(extractions(5_000))
    with Store.open(folder / "ours") as store:
        ours = timed(lambda: [store.add(made[n : n + BATCH]) for n in range(0, len(made), BATCH)])
        quads = list(store.handle)
    ox.serialize(quads, str(folder / "quads.nq"), ox.RdfFormat.N_QUADS)
    bare = timed(lambda: ox.Store(folder / "bare").bulk_load(path=str(folder / "quads.nq")))
    ready = timed(lambda: ox.Store(folder / "ready").bulk_extend(quads))
    return {
        "quads": len(quads),
        "bulk_load of a file / Store.add": bare / ours,
        "bulk_extend / Store.add": ready / ours,
    }


def query_ratios(folder: Path) -> dict[str, tuple[float, float]]:
    """Give the seconds of each named query, and how many times those of the database alone they are."""
    found = {}
    with Store.open(folder, read_only=True) as store:
        for name, query in named_queries().items():
            defaults = {p.name: p.default for p in query.params if p.default is not None}
            values = {ox.Variable(key): ox.Literal(value) for key, value in defaults.items()}

            def bare(text: str = query.text, values: dict[ox.Variable, ox.Literal] = values) -> None:
                list(store.handle.query(text, prefixes=dict(t.PREFIXES), substitutions=values))  # type: ignore[arg-type]

            alone = best(bare)
            ours = best(lambda text=query.text: run_query(store, text))
            found[name] = (ours, ours / alone)
    return found


def export_ratio(folder: Path) -> dict[str, float]:
    """Compare the sorted Turtle with the database's own, which is in the order of its keys."""
    ontology = load_ontology()
    with Store.open(folder, read_only=True) as store, tempfile.TemporaryDirectory() as name:
        target = Path(name) / "graph.ttl"

        def ours() -> None:
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                export(store, "turtle", stream, ontology)

        union = ox.DefaultGraph()
        bare = best(
            lambda: store.handle.dump(str(target), ox.RdfFormat.TURTLE, from_graph=union, prefixes=dict(t.PREFIXES))
        )
        seconds = best(ours)
        triples = sum(1 for _ in store.handle.quads_for_pattern(None, None, None, union))
    return {"triples": triples, "seconds": seconds, "times the database's own": seconds / bare}


def provenance(folder: Path) -> float:
    """Give the triples of articles, sentences, reports, words and facts for each report, each triple counted once."""
    with Store.open(folder, read_only=True) as store:
        triples = {quad.triple for quad in store.quads() if quad.graph_name not in (t.EVENTS_GRAPH, INDEX)}
        reports = sum(1 for triple in triples if triple.object == t.term("Report"))
    named = {triple.subject for triple in triples if triple.predicate == t.PREF_LABEL}
    return sum(triple.subject not in named or "/mention/" in str(triple.subject) for triple in triples) / reports


def start_ratio(folder: Path) -> float:
    """Compare `kg query` on a small store with an empty Python and the import of the database."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "query",
        "articles",
        "--store",
        str(folder),
        "-o",
        str(folder.parent / "rows"),
    ]
    ours = best(lambda: subprocess.run(command, check=True))
    return ours / best(lambda: subprocess.run([sys.executable, "-c", "import pyoxigraph"], check=True))


def here(task: str, *arguments: object) -> dict[str, float]:
    """Do a task in a process of its own and give its figures."""
    command = [sys.executable, __file__, task, *map(str, arguments)]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return figures


def check(folder: Path) -> dict[str, float]:
    """Check a store."""
    with Store.open(folder, read_only=True) as store:
        start = time.perf_counter()
        found = validate(store)
    return {"violations": len(found), "seconds": time.perf_counter() - start, "peak MB": peak()}


def main(sizes: tuple[int, ...]) -> None:
    """Print all figures."""
    print(f"{platform.machine()}, Python {platform.python_version()}, pyoxigraph {ox.__version__}")  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        first: float | None = None
        for size in sizes:
            figures = here("build", size, root / str(size))
            whole = figures["store, ms an article"] + figures["assemble, ms an article"]
            first = first or whole
            shown = ", ".join(f"{key} {value:,.1f}" for key, value in figures.items())
            print(f"build: {shown}; time an article {whole / first:.2f} times that of the smallest", flush=True)
        small, large = root / str(sizes[0]), root / str(sizes[-1])
        print("check:", here("check", large), flush=True)
        print(f"provenance: {provenance(small):.1f} triples a report")
        (root / "write").mkdir()
        print("write:", write_ratio(root / "write"), flush=True)
        print("turtle:", export_ratio(large), flush=True)
        print(f"start: kg query {start_ratio(small):.2f} times an empty Python with the database", flush=True)
        for query, (seconds, ratio) in query_ratios(large).items():
            print(f"query {query}: {seconds:.2f} s, {ratio:.2f} times the database alone", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        print(json.dumps(build(int(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1:2] == ["check"]:
        print(json.dumps(check(Path(sys.argv[2]))))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
