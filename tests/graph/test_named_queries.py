"""Every named query: its help, its parameters, and its rows on a small world, by Oxigraph and by rdflib alike."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from builders import (
    KURSK,
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
from kg.graph.guard import check
from kg.graph.query import NamedQuery, Rows, named_queries, run_query
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.iris import ONTOLOGY_IRI
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


LAUNCH = "North Korea – MissileLaunch (2025-01-06)"
DEPLOYMENT = "North Korea – TroopDeployment – Russia"
TRANSFER = "Russia – TechnologyTransfer – North Korea"
SANCTION = "United States – Sanction – North Korea (2024-12)"
TREATY = "Japan, South Korea, United States – Agreement (2024-11)"
MINISTRY = f"{MINISTER.label} – holdsOffice – North Korea"

# What each query gives for its parameters, in this order and with unbound values as None.
EXPECTED: list[tuple[str, dict[str, str], list[Row]]] = [
    (
        "actor",
        {},
        [
            ("2024-12", "North Korea", "recipient", SANCTION, "reported", "1"),
            ("2025-01-06", "North Korea", "actor", LAUNCH, "corroborated", "2"),
            (None, "North Korea", "actor", DEPLOYMENT, "disputed", "1"),
            (None, "North Korea", "recipient", TRANSFER, "intended", "1"),
        ],
    ),
    ("actor", {"actor": "wd:Q17"}, [("2024-11", "Japan", "actor", TREATY, "reported", "1")]),
    ("article", {"article": "news/fired.txt"}, [("news/fired.txt", "20", "fired", LAUNCH, "affirmed", "actual", None)]),
    (
        "article",
        {"article": "https://news.example/2025/missile?id=1#top"},
        [
            ("news/launch.txt", "33", "fired", LAUNCH, "affirmed", "actual", "Joint Chiefs of Staff"),
            ("news/launch.txt", "102", "foreign minister", MINISTRY, None, None, None),
        ],
    ),
    (
        "articles",
        {},
        [
            ("2024-12-06", "Harbour Gazette", "The week", "news/week.txt", "5"),
            ("2025-01-06", "Harbour Gazette", "A missile over the sea", "news/launch.txt", "1"),
            ("2025-01-07", "Quay News", "Missile", "news/fired.txt", "1"),
            ("2025-01-08", "Harbour Gazette", "Soldiers in Kursk", "news/denial.txt", "1"),
            ("2025-01-08", "Plain Dealer", "Soldiers in Kursk", "news/troops.txt", "1"),
        ],
    ),
    (
        "between",
        {},
        [(None, DEPLOYMENT, "affirmed", "disputed", "1"), (None, TRANSFER, "affirmed", "intended", "1")],
    ),
    (
        "between",
        {"one": "wd:Q30", "other": "north korea"},
        [("2024-12", SANCTION, "affirmed", "reported", "1")],
    ),
    (
        "by-month",
        {},
        [
            ("2024-11", "Japan", "agreesWith", "South Korea", "1"),
            ("2024-11", "Japan", "agreesWith", "United States", "1"),
            ("2024-11", "United States", "agreesWith", "South Korea", "1"),
            ("2024-12", "Russia", "attacks", "Ukraine", "1"),
            ("2024-12", "Ukraine", "attacks", "Russia", "1"),
            ("2024-12", "United States", "sanctions", "North Korea", "1"),
        ],
    ),
    ("by-month", {"since": "2024-10", "until": "2024-10"}, []),
    (
        "claims",
        {},
        [
            ("Ada Moss", "warns", TRANSFER, "affirmed", "intended", "Harbour Gazette"),
            ("Joint Chiefs of Staff", "says", LAUNCH, "affirmed", "actual", "Harbour Gazette"),
            ("diplomat", "says", DEPLOYMENT, "affirmed", "actual", "Plain Dealer"),
            ("diplomat", "says", DEPLOYMENT, "negated", "actual", "Harbour Gazette"),
        ],
    ),
    (
        "claims",
        {"speaker": "ADA MOSS", "about": RUSSIA.id},
        [("Ada Moss", "warns", TRANSFER, "affirmed", "intended", "Harbour Gazette")],
    ),
    ("claims", {"speaker": "Ada Moss", "about": "Ukraine"}, []),
    (
        "cooperation",
        {},
        [
            ("Japan", "agreesWith", "South Korea", "1"),
            ("Japan", "agreesWith", "United States", "1"),
            ("United States", "agreesWith", "South Korea", "1"),
        ],
    ),
    ("cooperation", {"actor": "Russia"}, []),
    ("corroborated", {}, [("2", "2", "corroborated", LAUNCH)]),
    ("denied", {}, [(DEPLOYMENT, "disputed", "diplomat", "Harbour Gazette", UNSENT)]),
    (
        "disputed",
        {},
        [
            (DEPLOYMENT, "polarity", "affirmed", "Plain Dealer", "diplomat", SENT),
            (DEPLOYMENT, "polarity", "negated", "Harbour Gazette", "diplomat", UNSENT),
        ],
    ),
    ("hostile-pairs", {}, [("Russia", "attacks", "Ukraine", "1"), ("Ukraine", "attacks", "Russia", "1")]),
    ("launches", {}, [("2025-01-06", "North Korea", "MissileLaunch", "missile", None, "corroborated", "2")]),
    ("launches", {"actor": "Japan"}, []),
    (
        "network",
        {"actor": "japan"},
        [
            (JAPAN.id, f"{ONTOLOGY_IRI}agreesWith", UNITED_STATES.id),
            (JAPAN.id, f"{ONTOLOGY_IRI}agreesWith", SOUTH_KOREA.id),
            (UNITED_STATES.id, f"{ONTOLOGY_IRI}agreesWith", JAPAN.id),
            (SOUTH_KOREA.id, f"{ONTOLOGY_IRI}agreesWith", JAPAN.id),
        ],
    ),
    ("network", {"actor": "Nobody"}, []),
    ("not-yet", {}, [("intended", None, TRANSFER, "Ada Moss", "Harbour Gazette", PLAN)]),
    ("not-yet", {"actor": "Ukraine"}, []),
    ("offices", {}, [("North Korea", "foreign minister", MINISTER.label, "2025-01-06", "Harbour Gazette")]),
    ("offices", {"of": "wd:Q30"}, []),
    ("path", {}, [("1", "1", "North Korea <-sanctions- United States")]),
    (
        "path",
        {"from": "Japan", "to": "wd:Q423"},
        [
            ("2", "1", "Japan -agreesWith-> United States -sanctions-> North Korea"),
            ("3", "1", "Japan -agreesWith-> South Korea -agreesWith-> United States -sanctions-> North Korea"),
        ],
    ),
    (
        "path",
        {"from": "Ukraine", "to": "United States"},
        [("3", "1", "Ukraine -attacks-> Russia <-deploysForcesTo- North Korea <-sanctions- United States")],
    ),
    ("path", {"from": "Ukraine", "to": "Ukraine"}, []),
    ("sanctions", {}, [("United States", "North Korea", "2024-12", "reported", "Harbour Gazette", PENALTY)]),
    (
        "sources",
        {},
        [
            ("Harbour Gazette", "3", "7", "7", "5"),
            ("Plain Dealer", "1", "1", "1", "0"),
            ("Quay News", "1", "1", "1", "0"),
        ],
    ),
    ("technology-exchange", {}, [(TRANSFER, "satellite technology", "intended", "Harbour Gazette", PLAN)]),
    ("technology-exchange", {"actor": "Japan"}, []),
    (
        "trilateral",
        {},
        [("Japan", "South Korea", "United States", "Agreement", "2024-11", "Harbour Gazette", PACT)],
    ),
    (
        "troop-deployments",
        {"place": "kursk"},
        [
            ("North Korea", "Russia", KURSK.label, "disputed", *how, "diplomat", words)
            for how, words in (
                (("affirmed", "actual", "Plain Dealer"), SENT),
                (("negated", "actual", "Harbour Gazette"), UNSENT),
            )
        ],
    ),
    ("troop-deployments", {"place": "Crimea"}, []),
]


def ask(store: Store, query: NamedQuery, params: dict[str, str]) -> list[Row]:
    found = run_query(store, query.text, params=params)
    assert isinstance(found, Rows)
    return [tuple(term and term.value for term in row) for row in found.rows]


def ask_rdflib(graph: Graph, query: NamedQuery, params: dict[str, str]) -> list[Row]:
    """Ask as a user of another store would: the parameters are written into the query in place of UNDEF."""
    text = query.text
    for param in query.params:
        value = params.get(param.name, param.default)
        if value is not None:
            term = URIRef(value.replace("wd:", "http://www.wikidata.org/entity/")) if ":" in value else Literal(value)
            text = text.replace(f"VALUES ?{param.name} {{ UNDEF }}", f"VALUES ?{param.name} {{ {term.n3()} }}")
    found = graph.query(text)
    assert found.vars is not None
    columns = [n for n, variable in enumerate(found.vars) if str(variable) not in {p.name for p in query.params}]
    rows: list[Row] = [tuple(None if row[n] is None else str(row[n]) for n in columns) for row in found]  # type: ignore[index]
    if "ORDER BY" in query.text:
        return rows
    return sorted(rows, key=lambda row: [(cell is None, cell or "") for cell in row])


@pytest.mark.parametrize(("name", "params", "rows"), EXPECTED)
def test_a_query_gives_its_rows(store: Store, name: str, params: dict[str, str], rows: list[Row]) -> None:
    assert ask(store, named_queries()[name], params) == rows


@pytest.mark.parametrize(("name", "params", "rows"), EXPECTED)
def test_rdflib_gives_the_same_rows(graph: Graph, name: str, params: dict[str, str], rows: list[Row]) -> None:
    assert ask_rdflib(graph, named_queries()[name], params) == rows


def test_every_query_is_tried_with_rows() -> None:
    assert {name for name, _, rows in EXPECTED if rows} == set(named_queries())


@pytest.mark.parametrize("query", named_queries().values(), ids=lambda query: query.name)
def test_a_query_says_what_it_is_for_and_what_it_takes(query: NamedQuery) -> None:
    check(query.text)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert len(query.help.split()) >= 5
    assert not query.help.startswith("param")
    assert all(param.help for param in query.params)
    assert len(query.params) == len(re.findall(r"^# *param\b", query.text, re.MULTILINE))
    # Each parameter is open unless it is given, and is bound in one place, which a user of another store can edit.
    assert {param.name for param in query.params} == set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text))


@pytest.mark.parametrize("query", named_queries().values(), ids=lambda query: query.name)
def test_rows_are_in_one_order_only(query: NamedQuery) -> None:
    """Every column is in ORDER BY, where there is one, so that no two rows that differ can change places."""
    selected = re.search(r"^SELECT (.*?) WHERE", query.text, re.MULTILINE | re.DOTALL)
    assert selected
    columns = re.findall(r"\?\w+", re.sub(r"\(.*? AS (\?\w+)\)", r"\1", selected[1]))
    clause = query.text.rpartition("ORDER BY")[2]
    texts = re.findall(r"BIND\((CONCAT\(.*\)) AS (\?\w+)\)", query.text)
    order = set(re.findall(r"\?\w+", " ".join([clause, *(made for made, name in texts if name in clause)])))
    own = [column for column in columns if column[1:] not in {param.name for param in query.params}]
    assert set(own) <= order


def test_what_did_not_happen_is_in_no_query_of_plain_edges(store: Store) -> None:
    plain = ("by-month", "cooperation", "hostile-pairs", "network", "path", "sanctions")
    rows = [row for name in plain for row in ask(store, named_queries()[name], {})]
    assert not any("transfersTechnologyTo" in str(row) for row in rows)
