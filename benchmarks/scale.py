"""How a store grows: build, store, queries, export, page and checks at 1,000, 10,000 and 100,000 reports, as ratios of one run.

    python benchmarks/scale.py [--update] [REPORTS…]    by default 1000 10000 100000; --update writes into RESULTS.md

The articles are made up (`generate.py`), and no text model is at work: what is measured is what comes after reading. Each
size is built, checked and drawn in a process of its own, whose peak memory is that of the build, check or page.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from generate import extractions
from results import Table, machine, put_section

from kg.graph import terms as t
from kg.graph.export import export
from kg.graph.marks import INDEX
from kg.graph.named import bound_values
from kg.graph.query import NamedQuery, named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.graph.validate import validate
from kg.graph.view.page import Content, write_content
from kg.ingest import BATCH
from kg.model import Extraction

SIZES = (1_000, 10_000, 100_000)
# The smallest takes a second, which on a machine that drifts says little: it is built so often before and after the others.
SMALL = 8
TURNS = 3
# A store of so many reports has a little more than 1,000,000 triples.
EXPORTED = 35_000
A_DAY = 20  # articles that are added to the largest store
EXAMPLES = Path(__file__).parents[1] / "examples"

Figures = dict[str, float]


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


def build(reports: int, folder: Path) -> Figures:
    """Build a store, then give it another day of news; making the articles up is not counted."""
    ontology = load_ontology()
    made = extractions(reports)
    articles = found = 0
    seconds = cpu = 0.0

    def put(store: Store, batch: list[Extraction]) -> None:
        for one in batch:
            store.holds(one.article, reader="bench")
        store.add(batch, reader="bench", ontology=ontology)

    with Store.open(folder) as store:
        while batch := list(islice(made, BATCH)):
            started, used = time.perf_counter(), time.process_time()
            put(store, batch)
            seconds, cpu = seconds + time.perf_counter() - started, cpu + time.process_time() - used
            articles += len(batch)
            found += sum(len(one.reports) for one in batch)
        started, used = time.perf_counter(), time.process_time()
        store.refresh(ontology)
        seconds, cpu = seconds + time.perf_counter() - started, cpu + time.process_time() - used
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        memory = peak()
        more = list(islice(extractions(reports, seed=2), A_DAY))
        day = timed(lambda: (put(store, more), store.refresh(ontology)))
    return {
        "articles": articles,
        "reports": found,
        "ms": 1000 * seconds / articles,
        "cpu": 1000 * cpu / articles,
        "peak": memory,
        "bytes": size / found,
        "day": day,
    }


def check(folder: Path) -> Figures:
    """Check a store."""
    with Store.open(folder, read_only=True) as store:
        start = time.perf_counter()
        found = validate(store)
    return {"violations": len(found), "seconds": time.perf_counter() - start, "peak": peak()}


def view(folder: Path) -> Figures:
    """Make the page of a store."""
    started = time.process_time()
    ontology = load_ontology()
    with Store.open(folder, read_only=True) as store, tempfile.TemporaryFile("w", encoding="utf-8") as stream:
        articles = {article.id: article for article in store.articles()}
        content = Content.from_events(store.events(ontology), ontology, facts=store.facts())
        stats = write_content(content, articles, ontology, stream)
        size = stream.tell()
    return {"cpu": time.process_time() - started, "peak": peak(), "events": stats.events, "bytes": size}


def here(task: str, *arguments: object) -> Figures:
    """Do a task in a process of its own and give its figures."""
    command = [sys.executable, __file__, task, *map(str, arguments)]
    figures: Figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return figures


def write_ratio(folder: Path) -> tuple[int, float]:
    """Compare writing extractions with a bulk load of the very same quads, those of the union and the index included."""
    made = list(extractions(15_000))
    with Store.open(folder / "ours") as store:
        ours = timed(lambda: [store.add(made[n : n + BATCH]) for n in range(0, len(made), BATCH)])
        quads = list(store.handle)
    ox.serialize(quads, str(folder / "quads.nq"), ox.RdfFormat.N_QUADS)
    bare = timed(lambda: ox.Store(folder / "bare").bulk_load(path=str(folder / "quads.nq")))
    return len(quads), bare / ours


def query_times(store: Store, query: NamedQuery) -> tuple[float, float, int]:
    """Give the seconds of a named query, how many times those of the database alone they are, and its rows."""
    wanted = next(store.articles()).source
    params = {name: wanted for name, *_, required in query.params if required}
    values = {ox.Variable(name): value for name, value in bound_values(query.params, params).items()}

    def bare() -> None:
        list(store.handle.query(query.text, prefixes=dict(t.PREFIXES), substitutions=values))  # type: ignore[arg-type]

    rows = len(getattr(run_query(store, query.text, params=params), "rows", ()))
    alone = best(bare)
    ours = best(lambda: run_query(store, query.text, params=params))
    return ours, ours / alone, rows


def export_ratio(folder: Path) -> tuple[int, float, float]:
    """Compare the sorted Turtle with the database's own, which is in the order of its keys: triples, seconds, times."""
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
    return triples, seconds, seconds / bare


def provenance(folder: Path) -> float:
    """Give the triples of articles, sentences, reports, words and facts for each report, each triple counted once."""
    with Store.open(folder, read_only=True) as store:
        triples = {quad.triple for quad in store.quads() if quad.graph_name not in (t.EVENTS_GRAPH, INDEX)}
        reports = sum(1 for triple in triples if triple.object == t.term("Report"))
    named = {triple.subject for triple in triples if triple.predicate == t.PREF_LABEL}
    return sum(triple.subject not in named or "/mention/" in str(triple.subject) for triple in triples) / reports


def start_ratio(folder: Path) -> float:
    """Compare `kg query` on a small store with an empty Python that imports the database."""
    ours = [sys.executable, "-m", "kg", "query", "launches", "--store", str(folder)]
    bare = [sys.executable, "-c", "import pyoxigraph"]
    both = [
        [timed(lambda c=command: subprocess.run(c, check=True, stdout=subprocess.DEVNULL)) for command in (ours, bare)]
        for _ in range(10 * TURNS)
    ]
    return min(one for one, _ in both) / min(other for _, other in both)


def growth(root: Path, sizes: tuple[int, ...], table: Table) -> None:
    """Build a store of each size, the smallest several times, of which the medians count."""
    smallest, *others = sizes
    built = [here("build", smallest, root / f"before {turn}") for turn in range(SMALL)]
    larger = [here("build", size, root / str(size)) for size in others]
    built += [here("build", smallest, root / f"after {turn}") for turn in range(SMALL)]
    first = {name: statistics.median(one[name] for one in built) for name in built[0]}
    for now in (first, *larger):
        what = f"{now['reports']:,.0f} reports ({now['articles']:,.0f} articles)"
        times = now["ms"] / first["ms"]
        found = f"{now['ms']:.1f} ms, {now['cpu']:.1f} CPU ms an article: {times:.2f} times the smallest"
        table.add(f"{what}: store and assemble", found, "at most 1.3 times", met=times <= 1.3)
        table.add(f"{what}: peak memory of the build", f"{now['peak']:,.0f} MB", "1,536 MB", met=now["peak"] < 1536)
        table.add(f"{what}: the store on disk", f"{now['bytes'] / 1000:.1f} kB a report")
        table.add(f"{what}: {A_DAY} articles more", f"{now['day']:.1f} s")


def main(sizes: tuple[int, ...], *, update: bool) -> None:
    """Print all figures."""
    table = Table()
    about = machine()
    print(about)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        growth(root, sizes, table)
        large, small = root / str(sizes[-1]), root / "examples"
        subprocess.run([sys.executable, "-m", "kg", "build", str(EXAMPLES), "--store", str(small)], check=True)
        triples = provenance(small)
        table.add("provenance of the examples", f"{triples:.1f} triples a report", "at most 25", met=triples <= 25)
        times = start_ratio(small)
        table.add("start of `kg query`", f"{times:.2f} times an empty Python with the database", "3", met=times <= 3)
        checked = here("check", large)
        found = f"{checked['seconds']:.0f} s, {checked['peak']:,.0f} MB, {checked['violations']:.0f} violations"
        table.add(f"all shapes and checks at {sizes[-1]:,}", found, "1,536 MB", met=checked["peak"] < 1536)
        page = here("view", large)
        found = f"{page['cpu']:.0f} CPU s, {page['peak']:,.0f} MB, page of {page['bytes'] / 1e6:.1f} MB"
        met = page["bytes"] < 2e6 + 1000 * page["events"]
        table.add(f"`kg view` of {page['events']:,.0f} events", found, "2 MB and 1 kB an event", met=met)
        (root / "write").mkdir()
        quads, ratio = write_ratio(root / "write")
        table.add(f"`bulk_load` of {quads:,} quads / writing them", f"{ratio:.2f}", "at least 0.5", met=ratio >= 0.5)
        with Store.open(large, read_only=True) as store:
            for query in named_queries().values():
                seconds, times, rows = query_times(store, query)
                found = f"{seconds:.2f} s, {times:.2f} times the database alone, {rows:,} rows"
                met = seconds <= 2 and times <= 1.2
                table.add(f"query `{query.name}` at {sizes[-1]:,}", found, "2 s, 1.2 times", met=met)
        here("build", EXPORTED, root / "export")
        count, seconds, times = export_ratio(root / "export")
        found = f"{seconds:.1f} s, {times:.2f} times the database's own"
        table.add(f"sorted Turtle of {count:,} triples", found, "1.5 times", met=times <= 1.5)
    if update:
        put_section("A growing store", [f"{about}.", "", *table.rows])


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        print(json.dumps(build(int(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1:2] == ["check"]:
        print(json.dumps(check(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["view"]:
        print(json.dumps(view(Path(sys.argv[2]))))
    else:
        main(tuple(int(word) for word in sys.argv[1:] if word != "--update") or SIZES, update="--update" in sys.argv)
