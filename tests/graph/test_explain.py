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
        "  claimed since 2025-01-06; 1 independent source: Joint Chiefs of Staff [1]",
        f"  actor       North Korea, here «Pyongyang» (State, PRK) <{NORTH_KOREA.id}>",
        "  instrument  ballistic missile",
        "  class       MissileLaunch, PLOVER MOBILIZE",
        f"  event       {event.iri}",
        "",
        "  [1] Harbour Gazette, 2025-01-06, A missile over the sea",
        f"      «{sentence.text}»",
        "      according to Joint Chiefs of Staff, here «the Joint Chiefs of Staff» (says)",
        "      by «fired», rule hand.made of rules, confidence 0.9; Pyongyang: capital as its state",
        f"      news/launch.txt:{sentence.start}–{sentence.end} https://news.example/2025/missile?id=1#top",
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


def test_both_sides_of_a_conflict_stand_side_by_side(store: Store) -> None:
    lines = explain(store, "kursk", ONTOLOGY).splitlines()
    assert lines[1] == "  disputed since 2025-01-08; 1 independent source: diplomat [2]"
    at = lines.index("  reports contradict each other on the polarity:")
    assert lines[at + 1 : at + 3] == [
        "    affirmed                                   negated",
        "    [2] diplomat in Plain Dealer, 2025-01-08   [1] diplomat in Plain Dealer, 2025-01-08",
    ]
    assert lines[at + 4] == "  [1] Plain Dealer, 2025-01-08, Soldiers in Kursk"
    assert "      according to diplomat, here «a diplomat» (says); negated" in lines
    told = [line for line in lines if "sent troops to Russia" in line or "sent no troops to Russia" in line]
    assert len(told) == 2


def test_all_of_an_actor_sorted_by_date_and_then_only_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    full = explain(store, "wd:Q423", ONTOLOGY)
    assert full.count("https://w3id.org/kg/id/event/") == len(list(store.events(ONTOLOGY)))
    monkeypatch.setattr(module, "MAX_EVENTS", 1)
    short = explain(store, "wd:Q423", ONTOLOGY)
    assert "\nand 1 more:\n  North Korea – MissileLaunch (2025-01-06)  https://w3id.org/kg/id/event/" in short
    assert len(short) < len(full)


def test_the_articles_own_voice_and_what_a_report_has_of_its_own_are_told() -> None:
    made = troops()
    first = made.reports[0]
    count = Quantity(10000.0, "soldiers", "atLeast", made.article.span(0, 8))
    told = replace(first, attribution=(), stance=None, quantities=(count,))
    relayed = replace(
        first, id="other", trigger=made.article.span(0, 8), modality="intended", attribution=(*first.attribution * 2,)
    )
    with Store.in_memory() as store:
        store.add([replace(made, reports=(told, relayed))])
        note = explain(store, first.id, ONTOLOGY)
        plan = explain(store, "other", ONTOLOGY)
    assert "  reported since 2025-01-08; 1 independent source: Plain Dealer [1]\n" in note
    assert "      in its own voice; ≥ 10,000 soldiers, here «Soldiers»\n" in note
    assert "  intended since 2025-01-08; 1 independent source: diplomat [1]\n" in plan
    assert "      according to diplomat, here «a diplomat» (says), as told by diplomat, here «a diplomat»\n" in plan
    assert plan.count("intended") == 1


@pytest.mark.parametrize("what", ["zebra", "", "   ", "https://w3id.org/kg/id/event/none", "\x1b[31m"])
def test_nothing_found_is_one_line(store: Store, what: str) -> None:
    with pytest.raises(QueryError, match="nothing is known of") as caught:
        explain(store, what, ONTOLOGY)
    assert not {"\n", "\x1b"} & set(str(caught.value))


def test_an_article_cannot_steer_the_terminal() -> None:
    made = troops()
    odd = replace(made.article, title="\x1b[2J\nTitle", source="\x07a.txt", publisher="\x1b]0;x\x07")
    with Store.in_memory() as store:
        store.add([replace(made, article=odd)])
        note = explain(store, made.reports[0].id, ONTOLOGY)
    assert not {"\x1b", "\x07"} & set(note)
    assert "Title" in note
