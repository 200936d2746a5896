"""Every event can be traced to the words that support it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from builders import NORTH_KOREA, ONTOLOGY, RUSSIA, launch, troops

from kg.errors import QueryError
from kg.graph import explain as module
from kg.graph.explain import explain
from kg.graph.store import Store
from kg.model import Quantity, content_hash


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        made.add([launch(), troops(), troops("denial", polarity="negated")])
        made.refresh(ONTOLOGY)
        yield made


def test_a_note_has_the_event_its_parties_and_the_words_behind_it(store: Store) -> None:
    event = next(event for event in store.events(ONTOLOGY) if event.type == "MissileLaunch")
    sentence = launch().reports[0].sentence
    assert explain(store, event.iri, ONTOLOGY).splitlines() == [
        "North Korea – MissileLaunch (2025-01-06)",
        f"  {event.iri}",
        f"  MissileLaunch, PLOVER MOBILIZE, {event.status}, affirmed, actual, 1 independent source",
        f"  actor       North Korea (State, PRK) <{NORTH_KOREA.id}>, from «Pyongyang»",
        "  instrument  ballistic missile, from «ballistic missile»",
        "",
        "  [1] Harbour Gazette, 2025-01-06, A missile over the sea (news/launch.txt https://news.example/2025/missile?id=1#top)",
        f"      «{sentence.text}» at {sentence.start}–{sentence.end}",
        "      MissileLaunch, affirmed, actual, 2025-01-06",
        "      according to Joint Chiefs of Staff, from «the Joint Chiefs of Staff» (says)",
        "      trigger «fired», rule hand.made, extractor rules, confidence 0.9",
        "      Pyongyang: capital as its state",
    ]


def test_whatever_names_an_event_finds_it(store: Store) -> None:
    event = next(event for event in store.events(ONTOLOGY) if event.type == "MissileLaunch")
    note = explain(store, event.iri, ONTOLOGY)
    fired = launch().reports[0]
    for name in (event.id, f"event:{event.id}", fired.iri, fired.id, f"report:{fired.id}", launch().article.iri,
                 "thing:ballistic-missile", "ballistic FIRED", "joint chiefs"):  # fmt: skip
        assert explain(store, name, ONTOLOGY) == note


def test_an_edge_is_explained_by_its_events(store: Store) -> None:
    with Store.in_memory() as made:
        made.add([launch(), troops()])
        edge = content_hash(NORTH_KOREA.id, "deploysForcesTo", RUSSIA.id)
        note = explain(made, f"https://w3id.org/kg/id/edge/{edge}", ONTOLOGY)
    assert note.startswith("North Korea – TroopDeployment – Russia\n")
    assert "  edge       North Korea deploysForcesTo Russia\n" in note
    assert "according to diplomat, from «a diplomat» (says)" in note


def test_both_sides_of_a_conflict_are_told(store: Store) -> None:
    note = explain(store, "kursk", ONTOLOGY)
    assert "  conflict   polarity: affirmed [2] against negated [1]\n" in note
    assert "[1] Plain Dealer" in note
    assert "sent no troops to Russia" in note
    assert "TroopDeployment, negated, actual" in note


def test_all_of_an_actor_sorted_by_date_and_then_only_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    full = explain(store, "wd:Q423", ONTOLOGY)
    assert full.count("https://w3id.org/kg/id/event/") == len(list(store.events(ONTOLOGY)))
    monkeypatch.setattr(module, "MAX_EVENTS", 1)
    short = explain(store, "wd:Q423", ONTOLOGY)
    assert "\nand 1 more:\n  North Korea – MissileLaunch (2025-01-06)  https://w3id.org/kg/id/event/" in short
    assert len(short) < len(full)


def test_quantities_and_the_articles_own_voice_are_told() -> None:
    made = troops()
    first = made.reports[0]
    count = Quantity(10000.0, "soldiers", "atLeast", made.article.span(0, 8))
    told = replace(first, attribution=(), stance=None, quantities=(count,))
    with Store.in_memory() as store:
        store.add([replace(made, reports=(told,))])
        note = explain(store, first.id, ONTOLOGY)
    assert "      the article itself says so\n      atLeast 10000 soldiers, from «Soldiers»\n" in note


@pytest.mark.parametrize("what", ["zebra", "", "   ", "https://w3id.org/kg/id/event/none", "\x1b[31m"])
def test_nothing_found_is_one_line(store: Store, what: str) -> None:
    with pytest.raises(QueryError, match="nothing is known of") as caught:
        explain(store, what, ONTOLOGY)
    assert not {"\n", "\x1b"} & set(str(caught.value))


def test_an_article_cannot_steer_the_terminal() -> None:
    made = troops()
    odd = replace(made.article, title="\x1b[2J\nTitle", source="\x07a.txt")
    with Store.in_memory() as store:
        store.add([replace(made, article=odd)])
        note = explain(store, made.reports[0].id, ONTOLOGY)
    assert not {"\x1b", "\x07"} & set(note)
    assert "Title" in note
