"""Whatever happened to a store, and whenever it was interrupted: it ends as if its last articles had come at once."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from builders import launch, troops
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions

from kg.assemble import assemble
from kg.errors import StoreError
from kg.graph.export import export
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.model import Extraction, Ontology

ONTOLOGY = load_ontology()
# By another, reports are of other blocks: of those to whom it was done, or of all parties.
OTHER = replace(
    ONTOLOGY, classes={name: replace(one, contested=not one.contested) for name, one in ONTOLOGY.classes.items()}
)
HERE = Path(__file__).parent
FIRST, SHARED = "https://news.example/1", "HTTPS://News.Example:443/1?utm_source=feed"  # variants of one URL
URLS = st.none() | st.sampled_from([FIRST, SHARED, "https://news.example/2", "no address"])


def exported(store: Store) -> str:
    stream = io.StringIO()
    export(store, "nquads", stream, ONTOLOGY)
    return stream.getvalue()


def union(store: Store) -> set[str]:
    """The triples that queries see."""
    return {str(row[0]) + str(row[1]) + str(row[2]) for row in store.handle.query("SELECT ?s ?p ?o { ?s ?p ?o }")}


def fresh(final: list[Extraction]) -> tuple[str, set[str]]:
    with Store.in_memory() as store:
        store.add(final)
        store.refresh(ONTOLOGY)
        return exported(store), union(store)


@st.composite
def articles(draw: st.DrawFn) -> Extraction:
    made = draw(extractions(st.sampled_from("abcd")))
    return replace(made, article=replace(made.article, source=f"{made.article.id}.txt", url=draw(URLS)))


steps = st.lists(
    st.one_of(
        # Added, or corrected, in one go, and sorted into blocks by what the events are made by, by another, or not yet.
        st.tuples(st.lists(articles(), min_size=1, max_size=3), st.sampled_from([ONTOLOGY, OTHER, None])),
        st.sampled_from("abcd"),  # removed
        st.just(None),  # the events are made anew
    ),
    max_size=8,
)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_after_any_history_the_store_is_that_of_its_last_articles(
    history: list[tuple[list[Extraction], Ontology | None] | str | None],
) -> None:
    """Whatever was added, corrected and removed: it is as if the last articles had come at once, in the other order."""
    final: dict[str, Extraction] = {}
    with Store.in_memory() as store:
        for step in history:
            if step is None:
                store.refresh(ONTOLOGY)
            elif isinstance(step, str):
                iri = f"https://w3id.org/kg/id/article/{step}"
                assert store.remove(iri) == (final.pop(step, None) is not None)
            else:
                store.add(step[0], ontology=step[1])
                for made in step[0]:
                    url = made.article.url
                    same = {FIRST, SHARED} if url in {FIRST, SHARED} else {url}
                    gone = [ident for ident, old in final.items() if url and old.article.url in same]
                    for ident in gone:
                        del final[ident]
                    final[made.article.id] = made
        store.refresh(ONTOLOGY)
        assert not store.is_behind
        assert (exported(store), union(store)) == fresh(list(final.values())[::-1])
        assert list(store.events(ONTOLOGY)) == list(assemble(store.extractions(), ONTOLOGY))
        assert list(store.facts()) == [fact for made in store.extractions() for fact in made.facts]


@pytest.mark.parametrize("urls", [(FIRST, FIRST), (FIRST, SHARED), (SHARED, FIRST)])
def test_a_corrected_article_takes_the_place_of_the_one_under_its_url(urls: tuple[str, str]) -> None:
    first, second = (
        replace(made, article=replace(made.article, url=url))
        for made, url in zip((launch(), troops()), urls, strict=True)
    )
    with Store.in_memory() as store:
        assert store.add([first]) == 1
        assert store.add([second]) == 1
        store.refresh(ONTOLOGY)
        assert [(article.title, article.url) for article in store.articles()] == [(second.article.title, urls[1])]
        assert (exported(store), union(store)) == fresh([second])


def test_an_article_is_held_only_as_it_is_and_as_its_reader_is() -> None:
    made = launch()
    with Store.in_memory() as store:
        assert not store.holds(made.article, reader="1")
        store.add([made], reader="1")
        assert store.holds(made.article, reader="1")
        assert not store.holds(made.article, reader="2")
        assert not store.holds(replace(made.article, publisher="Another"), reader="1")
        assert not store.holds(replace(made.article, source="a.txt"), reader="1")
        assert store.holds(replace(made.article, source="z.txt"), reader="1")  # a copy that will not take its place
        store.add([made], reader="2")
        assert store.holds(made.article, reader="2")
        store.remove(made.article.iri)
        assert not store.holds(made.article, reader="2")


def test_only_the_blocks_that_a_change_touches_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph import assembly

    seen: list[list[str]] = []
    real = assembly.assemble

    def watched(given_, ontology, *, blocks):
        kept = list(given_)
        seen.append([report.id for extraction in kept for report in extraction.reports])
        return real(kept, ontology, blocks=blocks)

    monkeypatch.setattr(assembly, "assemble", watched)
    with Store.in_memory() as store:
        store.add([launch()])
        store.refresh(ONTOLOGY)
        store.add([troops()])
        store.refresh(ONTOLOGY)
        store.refresh(ONTOLOGY)
    assert seen == [[report.id for report in made.reports] for made in (launch(), troops())]


def test_another_ontology_makes_all_events_anew() -> None:
    classes = dict(ONTOLOGY.classes)
    classes["MissileLaunch"] = replace(classes["MissileLaunch"], edge=None, parent="Event")
    other = replace(ONTOLOGY, classes=classes)
    with Store.in_memory() as store, Store.in_memory() as at_once:
        store.add([launch(), troops()])
        store.refresh(ONTOLOGY)
        store.refresh(other)
        at_once.add([launch(), troops()])
        at_once.refresh(other)
        assert exported(store) == exported(at_once)


def test_events_are_those_of_the_articles_and_the_ontology_whether_they_were_made_anew_or_not() -> None:
    symmetric = {**ONTOLOGY.classes, "TroopDeployment": replace(ONTOLOGY.classes["TroopDeployment"], symmetric=True)}
    other = replace(ONTOLOGY, classes=symmetric)
    with Store.in_memory() as store:
        store.add([launch()])
        store.refresh(ONTOLOGY)
        store.add([troops()])
        for ontology in (ONTOLOGY, other):
            expected = list(assemble([launch(), troops()], ontology))
            assert list(store.events(ontology)) == expected
        store.refresh(ONTOLOGY)
        kept = store.events(ONTOLOGY)
        assert list(kept) == list(kept) == list(assemble([launch(), troops()], ONTOLOGY))
        assert list(store.events(other)) == expected != list(kept)


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from builders import troops
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg import ingest
from kg.run import serial

ingest.BATCH = 16

class ByHand:
    def start(self):
        return lambda articles: (made[article.url] for article in articles)
    def version(self):
        return "1"

made = {}
for n in range(200):
    url = f"https://news.example/{n}"
    one = troops(f"{n % 10}-{n}", polarity="negated" if n % 3 else "affirmed")
    made[url] = replace(one, article=replace(one.article, url=url))
with Store.open(Path(sys.argv[1]), wait=60) as store:
    print("begun", flush=True)
    ingest.ingest([one.article for one in made.values()], store, ByHand(), serial, lambda tally: None, ontology=load_ontology())
    store.refresh(load_ontology())
print("done", flush=True)
"""


def write(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(HERE)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(path: Path) -> float:
    """Let a build run to its end, and give the seconds that it took from its beginning."""
    with write(path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        started = time.monotonic()
        assert child.communicate()[0] == "done\n"
        return time.monotonic() - started


def kill(path: Path, seconds: float) -> bool:
    """Kill a build some seconds after it has begun, and say whether it was still at work."""
    with write(path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(seconds)
        child.kill()
        return child.communicate()[0] == "" and child.returncode == -signal.SIGKILL


def test_killed_at_any_moment_and_started_again_it_ends_the_same(tmp_path: Path) -> None:
    """Thirty builds that were at work are killed, at moments spread over the whole run; each goes on where one stopped."""
    length = finish(tmp_path / "whole")
    with Store.open(tmp_path / "whole", read_only=True) as store:
        expected = exported(store), union(store)
    moments = random.Random(4)
    killed = tried = 0
    while killed < 30:
        path = tmp_path / f"killed{tried}"
        for _ in range(5):  # what is killed early has much left to do, what is killed late little
            tried += 1
            assert tried < 90, "the builds end before they can be killed"
            if not kill(path, moments.random() * length / 2):
                break
            killed += 1
        finish(path)
        with Store.open(path, read_only=True) as store:
            assert not store.is_behind
            assert (exported(store), union(store)) == expected


FILLING = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from builders import troops
from test_store_history import ONTOLOGY
from kg.errors import StoreError
from kg.graph.store import Store
try:
    with Store.open(Path(sys.argv[1])) as store:
        store.add([troops("before")])
        store.refresh(ONTOLOGY)
        print("stored", flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        for n in range(2000):
            store.add([troops(f"more{n}-{m}") for m in range(20)])
except StoreError as error:
    print(error)
"""


def test_when_no_more_can_be_written_it_is_one_line_and_the_store_is_intact(tmp_path: Path) -> None:
    path = tmp_path / "s"
    command = [sys.executable, "-c", FILLING, str(path), str(HERE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    first, message = done.stdout.splitlines()
    assert (first, done.returncode) == ("stored", 0)
    assert message.startswith(f"{path}: the store cannot be used: ")
    with Store.open(path) as store:
        assert store.remove(troops("before").article.iri)
        kept = list(store.extractions())
        store.add([launch()])
        store.refresh(ONTOLOGY)
        assert (exported(store), union(store)) == fresh([*kept, launch()])


def test_a_place_where_nothing_may_be_written_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    place = Path("/proc/self") if os.geteuid() == 0 else tmp_path  # root may write everywhere but there
    with pytest.raises(StoreError) as caught:
        Store.open(place / "s")
    assert str(caught.value).startswith(f"{place / 's'}: ")
    assert "\n" not in str(caught.value)
