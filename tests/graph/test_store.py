"""The store keeps what it is given, whole or not at all, in any order."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from builders import ONTOLOGY, article, launch, troops
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import extractions

from kg.errors import StoreError, StoreLockedError
from kg.graph.store import Store
from kg.model import Extraction


def _lines(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


def _filled(*made: Extraction) -> list[str]:
    with Store.in_memory() as store:
        store.add(made)
        store.refresh(ONTOLOGY)
        return _lines(store)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "deep" / "kg.store") as opened:
        yield opened


def test_what_is_added_is_there_after_closing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        assert first.add([launch(), troops()]) == 2
    with Store.open(tmp_path / "s") as second:
        assert [item.title for item in second.articles()] == ["A missile over the sea", "Soldiers in Kursk"]
        assert [e.reports for e in second.extractions()] == [launch().reports, troops().reports]


def test_adding_twice_changes_nothing(store: Store) -> None:
    store.add([launch()])
    before = _lines(store)
    assert store.add([launch(), launch()]) == 0
    assert _lines(store) == before


@given(extractions(st.just("extra")))
@settings(max_examples=25, deadline=None)
def test_adding_and_removing_is_never_having_added(extra: Extraction) -> None:
    with Store.in_memory() as store:
        store.add([launch()])
        store.refresh(ONTOLOGY)
        store.add([extra])
        store.refresh(ONTOLOGY)
        assert store.remove(extra.article.iri)
        store.refresh(ONTOLOGY)
        assert _lines(store) == _filled(launch())


def test_what_is_not_there_cannot_be_removed(store: Store) -> None:
    store.add([launch()])
    store.refresh(ONTOLOGY)
    before = _lines(store)
    for iri in ("https://w3id.org/kg/id/article/none", "https://w3id.org/kg/id/events", "no iri at all", ""):
        assert not store.remove(iri)
    assert _lines(store) == before


def test_a_newer_reading_of_an_article_replaces_the_older(store: Store) -> None:
    store.add([launch(), troops()])
    newer = replace(launch(), reports=(), facts=())
    assert store.add([newer]) == 1
    assert [e.reports for e in store.extractions()] == [(), troops().reports]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("turned", [True, False])
def test_of_copies_the_one_with_the_smallest_source_is_kept(store: Store, together: bool, turned: bool) -> None:
    copies = [replace(launch(), article=replace(launch().article, source=source)) for source in ("a.txt", "b.txt")]
    if turned:
        copies.reverse()
    for batch in [copies] if together else [[copy] for copy in copies]:
        store.add(batch)
    assert [item.source for item in store.articles()] == ["a.txt"]


def test_of_copies_from_one_source_the_one_with_the_smallest_hash_is_kept(store: Store) -> None:
    texts = ("Title\nSome words.", "Title\r\nSome words.")
    copies = sorted((Extraction(article(text)) for text in texts), key=lambda e: e.article.sha256)
    store.add(copies[1:])
    store.add(copies)
    store.add(copies[1:])
    assert any(copies[0].article.sha256 in line for line in _lines(store))
    assert not any(copies[1].article.sha256 in line for line in _lines(store))


def test_when_an_article_fails_none_of_its_batch_is_stored(store: Store) -> None:
    def failing() -> Iterator[Extraction]:
        yield launch()
        raise KeyError("reading failed")

    store.add([troops()])
    before = _lines(store)
    with pytest.raises(KeyError):
        store.add(failing())
    assert _lines(store) == before


def test_a_second_writer_is_told_and_a_reader_is_let_in(tmp_path: Path) -> None:
    path = tmp_path / "s"
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from builders import launch; from kg.graph.store import Store;"
        "store = Store.open(Path(sys.argv[1])); store.add([launch()]); print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for wait in (0.0, 0.3):
            with pytest.raises(StoreLockedError, match="--wait") as caught:
                Store.open(path, wait=wait)
            message = str(caught.value)
            assert message.startswith(f"{path}: process {writer.pid} on {socket.gethostname()}, since 20")
            assert "\n" not in message
        with Store.open(path, read_only=True) as reader:
            assert [item.title for item in reader.articles()] == ["A missile over the sea"]
        with ThreadPoolExecutor() as waiting:
            opened = waiting.submit(Store.open, path, wait=60)
            writer.communicate()
            opened.result().close()
    assert not list(path.glob("writer*"))


def test_readers_see_whole_articles_whatever_the_writer_does_meanwhile(store: Store) -> None:
    assert store.path is not None
    for n in range(30):
        extra = replace(troops(), article=replace(troops().article, source=f"{99 - n}.txt"))
        store.add([launch() if n % 2 else extra])
        if n % 3 == 2:
            store.remove(launch().article.iri)
        with Store.open(store.path, read_only=True) as reader:
            assert list(reader.extractions()) == list(store.extractions())


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as writer:
        writer.add([launch()])
    with Store.open(tmp_path / "s", read_only=True) as reader, pytest.raises(StoreError):
        reader.add([troops()])


def test_a_store_that_is_not_there_is_made_by_a_writer_only(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store; make one with"):
        Store.open(tmp_path / "s", read_only=True)
    assert not (tmp_path / "s").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear reader")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="not a store"):
            Store.open(tmp_path, read_only=read_only)
    assert [item.name for item in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(StoreError, match="this is a file"):
        Store.open(tmp_path / "letter.txt")


def test_a_path_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "file" / "s")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST*"])
def test_a_damaged_store_is_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "s"
    with Store.open(path) as store:
        store.add([launch()])
    for file in path.glob(name):
        file.write_bytes(b"\x00garbage")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="cannot be used") as caught:
            Store.open(path, read_only=read_only)
        assert not isinstance(caught.value, StoreLockedError)
        assert "\n" not in str(caught.value)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s")
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.add([launch()])
    Store.open(tmp_path / "s").close()  # the lock is free again


def test_the_events_follow_the_reports(store: Store) -> None:
    store.add([launch(), troops()])
    store.refresh(ONTOLOGY)
    assert len(list(store.events(ONTOLOGY))) == 2
    assert [event.id for event in store.events(ONTOLOGY)] == sorted(event.id for event in store.events(ONTOLOGY))
    store.remove(troops().article.iri)
    store.refresh(ONTOLOGY)
    assert not any("deploysForcesTo" in line for line in _lines(store))
    store.remove(launch().article.iri)
    store.refresh(ONTOLOGY)
    assert _lines(store) == []


@pytest.mark.parametrize("suffix", [".nt", ".nq", ".ttl", ".trig"])
def test_a_file_is_read_with_or_without_graphs(tmp_path: Path, suffix: str) -> None:
    quads = suffix in {".nq", ".trig"}
    with Store.in_memory() as store:
        store.add([launch(), troops()])
        lines = [str(quad) if quads else str(quad.triple) for quad in store.quads()]
        expected = list(store.extractions())
        events, facts = list(store.events(ONTOLOGY)), list(store.facts())
    path = tmp_path / f"graph{suffix}"
    if suffix == ".trig":
        lines = [f"GRAPH {q.rsplit(' ', 1)[1]} {{ {q.rsplit(' ', 1)[0]} . }}" for q in lines]
    else:
        lines = [f"{line} ." for line in lines]
    path.write_text("\n".join(lines), "utf-8")
    with Store.from_file(path) as copy:
        assert list(copy.extractions()) == expected
        assert (list(copy.events(ONTOLOGY)), list(copy.facts())) == (events, facts)
        assert facts == [fact for made in expected for fact in made.facts] != []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "@prefix a: <b:> .\na:x a:y ; .\n", r"a\.ttl:2:\d+: "),
        ("a.nt", "<a:b> <a:c> .\n", r"a\.nt:1:\d+: The object"),
        ("a.nq", "\n\n<a:b> <a c> <a:d> .\n", r"a\.nq:3:\d+: "),
        ("a.trig", "<a:g> { <a:b> <a:c> ", r"a\.trig:1:\d+: "),
        ("a.jsonld", '{"@context": "http://127.0.0.1:1/c", "@id": "a:b"}', r"a\.jsonld: .*remote"),
        ("a.csv", "a,b", r"a\.csv: unknown kind of file; expected one of \.ttl"),
    ],
)  # fmt: skip
def test_broken_files_are_one_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=message) as caught:
        Store.from_file(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        Store.from_file(tmp_path / "none.ttl")
