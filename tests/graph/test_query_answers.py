"""The named queries beside what did not happen, on an empty store, and with parameters that narrow (all rows: `test_named_queries`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from builders import KOREAN_STAFF, NORTH_KOREA, RUSSIA, SOUTH_KOREA, article, filler, launch, report, troops

from kg.errors import QueryError
from kg.graph.query import NamedQuery, Rows, named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
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


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    east = _sanction(
        "east", "Plain Dealer", SANCTION, trigger="sanctioned", actor="The United States", recipient="Russia"
    )
    west = _sanction(
        "west", "Harbour Gazette", SECOND_SANCTION, trigger="penalised", actor="Washington", recipient="Moscow"
    )
    with Store.in_memory() as made:
        made.add([launch(), troops(), _friends(), east, west, _unreal()])
        made.refresh(load_ontology())
        yield made


def ask(store: Store, name: str, **params: str) -> list[dict[str, str | None]]:
    """Give the rows of a named query, each by column."""
    result = run_query(store, QUERIES[name].text, params=params)
    assert isinstance(result, Rows)
    return [dict(zip(result.columns, (term and term.value for term in row), strict=True)) for row in result.rows]


def _needed(query: NamedQuery) -> dict[str, str]:
    return {param.name: "Nowhere" for param in query.params if param.required}


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_a_query_runs_on_an_empty_store(query: NamedQuery) -> None:
    with Store.in_memory() as empty:
        result = run_query(empty, query.text, params=_needed(query))
    assert isinstance(result, Rows)
    assert result.rows == ()


def test_a_parameter_that_is_needed_is_asked_for(store: Store) -> None:
    with pytest.raises(QueryError, match="needs --param article="):
        run_query(store, QUERIES["article"].text)


# Parameters, and a row that is still there, by the cells that matter.
NARROWED: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("cooperation", {"actor": "Japan"}, {"who": "Japan", "how": "exercisesWith", "whom": "South Korea"}),
    ("not-yet", {"actor": "Iran"}, {"status": "intended", "evidence": PLANNED_LAUNCH}),
    ("by-month", {"since": "2025-01", "until": "2025-01"}, {"who": "Japan", "how": "exercisesWith"}),
    ("offices", {"of": "wd:Q423"}, {"who": "Choe Son Hui", "written": "2025-01-06"}),
    ("article", {"article": "A missile over the sea"}, {"words": "foreign minister"}),
]


@pytest.mark.parametrize(("name", "params", "cells"), NARROWED)
def test_a_parameter_keeps_what_it_asks_for(
    name: str, params: dict[str, str], cells: dict[str, str], store: Store
) -> None:
    rows = ask(store, name, **params)
    assert any(cells.items() <= row.items() for row in rows), rows


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


def test_a_parameter_leaves_the_rest_out(store: Store) -> None:
    assert ask(store, "by-month", since="2026-01") == []
    assert {row["who"] for row in ask(store, "claims", speaker=KOREAN_STAFF.label)} == {KOREAN_STAFF.label}
