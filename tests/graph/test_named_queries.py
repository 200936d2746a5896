"""Every named query: its help, its parameters, and its rows on a small world, by Oxigraph and by rdflib alike."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from builders import (
    KURSK,
    LAUNCH_SENTENCE,
    MINISTER,
    NORTH_KOREA,
    RUSSIA,
    SOUTH_KOREA,
    article,
    filler,
    launch,
    report,
    speaker,
    troops,
)
from rdflib import Graph, Literal, URIRef

from kg.graph.export import export
from kg.graph.query import NamedQuery, Rows, named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.model import Entity, Extraction

UNITED_STATES = Entity("http://www.wikidata.org/entity/Q30", "United States", "State", "USA")
JAPAN = Entity("http://www.wikidata.org/entity/Q17", "Japan", "State", "JPN")
UKRAINE = Entity("http://www.wikidata.org/entity/Q212", "Ukraine", "State", "UKR")
ENVOY = Entity.named("Ada Moss", "Person", state=UNITED_STATES.id)

FIRED = "North Korea fired a ballistic missile on 6 January 2025."
PACT = "Japan, South Korea and the United States signed a pact in November 2024."
PENALTY = "The United States put North Korea under sanctions in December 2024."
PLAN = "Russia will give North Korea satellite technology, Ada Moss warned."
STRIKE = "On 3 December 2024 Russia shelled Ukraine."
ANSWER = "On 4 December 2024 Ukraine shelled Russia."
SENT = "North Korea sent troops to Russia, into Kursk, a diplomat claimed."
UNSENT = "North Korea sent no troops to Russia, into Kursk, a diplomat claimed."

Row = tuple[str | None, ...]


def second_launch() -> Extraction:
    item = article(f"Missile\n{FIRED}", name="fired", publisher="Quay News", published="2025-01-07")
    parties = filler(item, "actor", "North Korea", NORTH_KOREA), filler(item, "instrument", "missile", "missile")
    return Extraction(item, (report(item, "MissileLaunch", FIRED, "fired", *parties, date="2025-01-06"),))


def dealings() -> Extraction:
    """Make an article on a pact, on sanctions, on what is only planned, and on two attacks."""
    text = "\n".join(("The week", PACT, PENALTY, PLAN, STRIKE, ANSWER))
    item = article(text, name="week", publisher="Harbour Gazette", published="2024-12-06")
    pact = [filler(item, "actor", e.label, e) for e in (JAPAN, SOUTH_KOREA, UNITED_STATES)]
    penalty = (
        filler(item, "actor", "United States", UNITED_STATES),
        filler(item, "recipient", "North Korea", NORTH_KOREA),
    )
    plan = (
        filler(item, "actor", "Russia", RUSSIA),
        filler(item, "recipient", "North Korea", NORTH_KOREA),
        filler(item, "instrument", "satellite technology", "satellite technology"),
    )
    strike = filler(item, "actor", "Russia", RUSSIA), filler(item, "recipient", "Ukraine", UKRAINE)
    answer = filler(item, "actor", "Ukraine", UKRAINE), filler(item, "recipient", "Russia", RUSSIA)
    told = {"modality": "intended", "attribution": (speaker(item, "Ada Moss", ENVOY),), "stance": "warns"}
    return Extraction(
        item,
        (
            report(item, "Agreement", PACT, "signed", *pact, date="2024-11"),
            report(item, "Sanction", PENALTY, "sanctions", *penalty, date="2024-12"),
            report(item, "TechnologyTransfer", PLAN, "give", *plan, **told),
            report(item, "Attack", STRIKE, "Russia shelled", *strike, date="2024-12-03"),
            report(item, "Attack", ANSWER, "Ukraine shelled", *answer, date="2024-12-04"),
        ),
    )


def world() -> list[Extraction]:
    denial = troops("denial", polarity="negated", publisher="Harbour Gazette")
    return [launch(), second_launch(), dealings(), troops(), denial]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        made.add(world())
        made.refresh(load_ontology())
        yield made


@pytest.fixture(scope="module")
def graph(store: Store) -> Graph:
    """The same world as a triple store other than ours would hold it."""
    stream = io.StringIO()
    export(store, "turtle", stream, load_ontology())
    return Graph().parse(data=stream.getvalue(), format="turtle")


EXPECTED: list = []


@pytest.mark.parametrize(("name", "params", "rows"), EXPECTED)
def test_a_query_gives_its_rows(store: Store, name: str, params: dict[str, str], rows: list[Row]) -> None:
    assert ask(store, QUERIES[name], params) == rows


QUERIES = named_queries()


def ask(store, query, params):
    found = run_query(store, query.text, params=params)
    return [tuple(term and term.value for term in row) for row in found.rows]
