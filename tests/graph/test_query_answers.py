"""The queries that come with `kg`: each is documented, runs, and finds what it is for in a small made-up world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from builders import KOREAN_STAFF, NORTH_KOREA, RUSSIA, SOUTH_KOREA, article, filler, launch, report, speaker, troops

from kg.errors import QueryError
from kg.graph.guard import check
from kg.graph.query import NamedQuery, Rows, named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.iris import ONTOLOGY_IRI
from kg.model import INTENDED, NEGATED, Entity, Extraction, Report

JAPAN = Entity("http://www.wikidata.org/entity/Q17", "Japan", "State", "JPN")
UNITED_STATES = Entity("http://www.wikidata.org/entity/Q30", "United States", "State", "USA")
IRAN = Entity("http://www.wikidata.org/entity/Q794", "Iran", "State", "IRN")
BELARUS = Entity("http://www.wikidata.org/entity/Q184", "Belarus", "State", "BLR")
QUERIES = named_queries()

DRILL = "South Korea, Japan and the United States held a naval drill on Friday."
SANCTION = "The United States sanctioned Russia on Tuesday."
SECOND_SANCTION = "Washington penalised Moscow."
TECHNOLOGY = "Russia gave North Korea satellite technology."
ATTACK = "Russia attacked Japan."
NO_PACT = "Iran and Belarus reached no accord."
PLANNED_PACT = "Iran wants to cooperate with Belarus."
NO_SANCTION = "Japan did not sanction Belarus."
PLANNED_SANCTION = "Iran plans to penalise Belarus."
PLANNED_LAUNCH = "Iran intends to fire a rocket."
NO_LAUNCH = "Belarus tested no weapon."


def _friends() -> Extraction:
    item = article(
        f"Ships at sea\n{DRILL} {TECHNOLOGY} {ATTACK}", name="friends", publisher="Lighthouse", published="2025-02-01"
    )
    drill = report(
        item, "JointExercise", DRILL, "drill",
        filler(item, "actor", "South Korea", SOUTH_KOREA),
        filler(item, "actor", "Japan", JAPAN),
        filler(item, "actor", "the United States", UNITED_STATES),
        date="2025-01-31",
    )  # fmt: skip
    gave = report(
        item, "TechnologyTransfer", TECHNOLOGY, "gave",
        filler(item, "actor", "Russia", RUSSIA),
        filler(item, "recipient", "North Korea", NORTH_KOREA),
        filler(item, "instrument", "satellite technology", "satellite technology"),
    )  # fmt: skip
    attacked = report(
        item, "Attack", ATTACK, "attacked",
        replace(filler(item, "actor", "Russia", RUSSIA), span=_after(item, ATTACK, "Russia")),
        filler(item, "recipient", "Japan.", JAPAN),
    )  # fmt: skip
    return Extraction(item, (drill, gave, attacked), ())


def _after(item: Any, sentence: str, words: str) -> Any:
    """Give the first place of `words` in `sentence`, or after it."""
    start = item.text.index(words, item.text.index(sentence))
    return item.span(start, start + len(words))


def _sanction(name: str, publisher: str, sentence: str, *, trigger: str, actor: str, recipient: str) -> Extraction:
    item = article(f"Measures: {name}\n{sentence}", name=name, publisher=publisher, published="2025-02-05")
    told = report(
        item, "Sanction", sentence, trigger,
        filler(item, "actor", actor, UNITED_STATES),
        filler(item, "recipient", recipient, RUSSIA),
        date="2025-02-04",
    )  # fmt: skip
    return Extraction(item, (told,), ())


def _unreal() -> Extraction:
    """Make an article of what did not happen or has not happened yet."""
    sentences = (NO_PACT, PLANNED_PACT, NO_SANCTION, PLANNED_SANCTION, PLANNED_LAUNCH, NO_LAUNCH)
    item = article(f"Nothing so far\n{' '.join(sentences)}", name="unreal", publisher="Idle Times")

    def made(type_: str, sentence: str, trigger: str, *parties: tuple[str, Entity], **fields: object) -> Report:
        found = [
            replace(filler(item, role, who.label, who), span=_after(item, sentence, who.label)) for role, who in parties
        ]
        return report(item, type_, sentence, trigger, *found, **fields)

    iran, belarus = ("actor", IRAN), ("recipient", BELARUS)
    return Extraction(
        item,
        (
            made("Agreement", NO_PACT, "accord", iran, belarus, polarity=NEGATED),
            made("Cooperation", PLANNED_PACT, "cooperate", iran, belarus, modality=INTENDED),
            made("Sanction", NO_SANCTION, "sanction", ("actor", JAPAN), belarus, polarity=NEGATED),
            made("Sanction", PLANNED_SANCTION, "penalise", iran, belarus, modality=INTENDED),
            made("MissileLaunch", PLANNED_LAUNCH, "fire", iran, modality=INTENDED),
            made("WeaponsTest", NO_LAUNCH, "tested", ("actor", BELARUS), polarity=NEGATED),
        ),
        (),
    )


def _denial() -> Extraction:
    sentence = "North Korea denied that it sent troops to Russia."
    item = article(f"A denial\n{sentence}", name="denial", publisher="Quiet Courier", published="2025-01-08")
    told = report(
        item, "TroopDeployment", sentence, "sent",
        filler(item, "actor", "it", NORTH_KOREA),
        filler(item, "recipient", "Russia", RUSSIA),
        polarity=NEGATED, attribution=(speaker(item, "North Korea", NORTH_KOREA),), stance="denies",
    )  # fmt: skip
    return Extraction(item, (told,), ())


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    east = _sanction(
        "east", "Plain Dealer", SANCTION, trigger="sanctioned", actor="The United States", recipient="Russia"
    )
    west = _sanction(
        "west", "Harbour Gazette", SECOND_SANCTION, trigger="penalised", actor="Washington", recipient="Moscow"
    )
    with Store.in_memory() as made:
        made.add([launch(), troops(), _denial(), _friends(), east, west, _unreal()])
        made.refresh(load_ontology())
        yield made


def ask(store: Store, name: str, **params: str) -> list[dict[str, str | None]]:
    """Give the rows of a named query, each by column."""
    result = run_query(store, QUERIES[name].text, params=params)
    assert isinstance(result, Rows)
    return [dict(zip(result.columns, (term and term.value for term in row), strict=True)) for row in result.rows]


def test_there_are_queries_enough() -> None:
    assert len(QUERIES) >= 16


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_a_query_is_allowed_and_says_what_it_is_for(query: NamedQuery) -> None:
    check(query.text)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert query.help
    assert not query.help.startswith("param")


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_every_parameter_is_documented_and_none_is_forgotten(query: NamedQuery) -> None:
    assert len(re.findall(r"^\s*#\s*param\b", query.text, re.MULTILINE)) == len(query.params)
    assert all(param.help for param in query.params)
    left_open = re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text)
    assert sorted(left_open) == sorted(param.name for param in query.params)


def _needed(query: NamedQuery) -> dict[str, str]:
    return {param.name: "Nowhere" for param in query.params if param.required}


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_a_query_runs_with_and_without_parameters(query: NamedQuery, store: Store) -> None:
    for params in (_needed(query), {param.name: "Nowhere" for param in query.params}):
        result = run_query(store, query.text, params=params)
        assert isinstance(result, Rows)
        assert not set(result.columns) & {param.name for param in query.params}


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_a_query_runs_on_an_empty_store(query: NamedQuery) -> None:
    with Store.in_memory() as empty:
        result = run_query(empty, query.text, params=_needed(query))
    assert isinstance(result, Rows)
    assert result.rows == ()


def test_a_parameter_that_is_needed_is_asked_for(store: Store) -> None:
    with pytest.raises(QueryError, match="needs --param article="):
        run_query(store, QUERIES["article"].text)


# For each query the parameters it is asked with, and a row that it must give, by the cells that matter.
EXPECTED: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("trilateral", {}, {"first": "Japan", "second": "South Korea", "third": "United States", "what": "JointExercise"}),
    ("cooperation", {}, {"who": "Russia", "how": "transfersTechnologyTo", "whom": "North Korea", "events": "1"}),
    ("cooperation", {"actor": "Japan"}, {"who": "Japan", "how": "exercisesWith", "whom": "South Korea"}),
    ("launches", {}, {"who": "North Korea", "what": "MissileLaunch", "weapon": "ballistic missile"}),
    ("launches", {"actor": "north korea"}, {"date": "2025-01-06"}),
    ("troop-deployments", {"place": "Kursk"}, {"sender": "North Korea", "polarity": "affirmed", "by": "diplomat"}),
    ("troop-deployments", {}, {"polarity": "negated", "by": "North Korea", "publisher": "Quiet Courier"}),
    ("claims", {}, {"who": "Joint Chiefs of Staff", "stance": "says", "publisher": "Harbour Gazette"}),
    ("claims", {"speaker": "North Korea"}, {"stance": "denies", "polarity": "negated"}),
    ("disputed", {}, {"on": "polarity", "side": "negated", "publisher": "Quiet Courier"}),
    ("disputed", {}, {"on": "polarity", "side": "affirmed", "publisher": "Plain Dealer"}),
    ("denied", {}, {"by": "North Korea", "publisher": "Quiet Courier"}),
    ("not-yet", {}, {"status": "intended", "evidence": PLANNED_PACT}),
    ("not-yet", {"actor": "Iran"}, {"status": "intended", "evidence": PLANNED_LAUNCH}),
    ("by-month", {}, {"month": "2025-02", "who": "United States", "how": "sanctions", "whom": "Russia", "events": "1"}),
    ("by-month", {"since": "2025-01", "until": "2025-01"}, {"who": "Japan", "how": "exercisesWith"}),
    ("actor", {"actor": "Russia"}, {"role": "recipient", "who": "Russia", "date": "2025-02-04", "sources": "2"}),
    ("actor", {}, {"role": "actor", "who": "North Korea", "date": "2025-01-06"}),
    ("path", {}, {"hops": "2"}),
    ("path", {"from": "North Korea", "to": "Russia"}, {"hops": "1"}),
    ("corroborated", {}, {"sources": "2", "articles": "2"}),
    ("sources", {}, {"publisher": "Idle Times", "articles": "1", "reports": "6", "events": "6", "alone": "6"}),
    ("offices", {}, {"office": "foreign minister", "who": "Choe Son Hui", "whose": "North Korea"}),
    ("offices", {"of": "wd:Q423"}, {"who": "Choe Son Hui", "written": "2025-01-06"}),
    ("article", {"article": "news/launch.txt"}, {"words": "fired", "polarity": "affirmed", "modality": "actual"}),
    ("article", {"article": "A missile over the sea"}, {"words": "foreign minister"}),
    ("articles", {}, {"title": "A missile over the sea", "publisher": "Harbour Gazette", "reports": "1"}),
    ("sanctions", {}, {"who": "United States", "whom": "Russia", "date": "2025-02-04", "evidence": SANCTION}),
    ("between", {"one": "United States", "other": "Russia"}, {"polarity": "affirmed", "sources": "2"}),
    ("network", {"actor": "japan"}, {"subject": RUSSIA.id, "predicate": f"{ONTOLOGY_IRI}attacks", "object": JAPAN.id}),
    ("hostile-pairs", {}, {"who": "Russia", "how": "attacks", "whom": "Japan", "events": "1"}),
    ("technology-exchange", {}, {"technology": "satellite technology", "evidence": TECHNOLOGY}),
]


@pytest.mark.parametrize(("name", "params", "cells"), EXPECTED, ids=[f"{row[0]}-{n}" for n, row in enumerate(EXPECTED)])
def test_a_query_finds_what_it_is_for(name: str, params: dict[str, str], cells: dict[str, str], store: Store) -> None:
    rows = ask(store, name, **params)
    assert any(cells.items() <= row.items() for row in rows), rows


def test_every_query_is_shown_to_find_something() -> None:
    assert {name for name, _, _ in EXPECTED} == set(QUERIES)


@pytest.mark.parametrize("name", ["cooperation", "sanctions", "launches", "trilateral", "hostile-pairs", "by-month"])
def test_what_did_not_happen_is_not_told_as_if_it_had(name: str, store: Store) -> None:
    cells = {value for row in ask(store, name) for value in row.values()}
    assert cells
    assert not cells & {"Iran", "Belarus", NO_SANCTION, PLANNED_SANCTION}


def test_what_is_not_yet_is_neither_what_is_nor_what_is_denied(store: Store) -> None:
    assert {row["evidence"] for row in ask(store, "not-yet")} == {PLANNED_PACT, PLANNED_SANCTION, PLANNED_LAUNCH}


def test_both_sources_of_a_sanction_are_told(store: Store) -> None:
    assert {row["evidence"] for row in ask(store, "sanctions")} == {SANCTION, SECOND_SANCTION}


def test_a_path_names_the_way(store: Store) -> None:
    ways = [row["path"] or "" for row in ask(store, "path", **{"from": "North Korea", "to": "United States"})]
    assert any("Russia" in way and "sanctions" in way for way in ways), ways


def test_a_parameter_narrows(store: Store) -> None:
    assert ask(store, "launches", actor="Japan") == []
    assert ask(store, "troop-deployments", place="Atlantis") == []
    assert ask(store, "by-month", since="2026-01") == []
    assert {row["who"] for row in ask(store, "claims", speaker=KOREAN_STAFF.label)} == {KOREAN_STAFF.label}
