import re
from itertools import combinations
from pathlib import Path

import pytest
import spacy

from kg.text import gazetteer as module
from kg.text.entity_tables import OFFICES, STATES, Alias, Row, read_table
from kg.text.gazetteer import Gazetteer, Office
from kg.text.names import tokenize

FOLDER = Path(module.__file__).parent / "lexicon" / "entities"
TABLES = sorted(FOLDER.glob("*.tsv"))
KINDS = {
    "State", "Government", "Ministry", "ArmedForces", "IntelligenceAgency", "Person", "IntergovernmentalOrganisation",
    "Alliance", "ArmedGroup", "PoliticalParty", "Company", "MediaOutlet", "Organisation", "Place", "Country", "Region",
    "City", "Waters",
}  # fmt: skip


def rows(name: str) -> list[Row]:
    return list(read_table(FOLDER / name))


def count(name: str, *kinds: str) -> int:
    return sum(row["kind"] in kinds for row in rows(name))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_rows_are_sorted(path):
    found = list(read_table(path))
    keys = [(row["label"], row["kind"]) if "label" in row.columns else row.cells for row in found]
    assert found
    assert keys == sorted(keys)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_cells_are_clean(path):
    for row in read_table(path):
        for cell in row.cells:
            names = cell.split("|")
            assert cell == cell.strip(), row.where
            assert len(names) == len(set(names)), row.where
            assert all(name == name.strip() for name in names), row.where
            assert cell == "" or "" not in names, row.where


@pytest.mark.parametrize("path", [path for path in TABLES if path.name not in ("offices.tsv", "suffixes.tsv")])
def test_kinds_are_those_of_the_ontology(path):
    assert {row["kind"] for row in read_table(path)} <= KINDS


def test_the_tables_are_as_large_as_promised():
    assert len([row for row in rows("states.tsv") if row["iso3"]]) == 250
    assert len({row["stands_for"] for row in rows("seats.tsv") if re.fullmatch("[A-Z]{3}", row["stands_for"])}) >= 193
    assert count("organisations.tsv", "IntergovernmentalOrganisation", "Alliance") >= 150
    assert count("groups.tsv", "ArmedGroup", "PoliticalParty") >= 150
    assert count("bodies.tsv", "ArmedForces", "IntelligenceAgency", "Ministry") >= 100
    assert count("media.tsv", "MediaOutlet") >= 100
    assert count("companies.tsv", "Company") >= 193
    assert count("cities.tsv", "City", "Region", "Waters") >= 800


def test_heads_and_ministers_of_at_least_sixty_states_are_known():
    states = {row["iso3"] for row in rows("states.tsv")} - {""}
    holders: dict[str, set[str]] = {}
    for row in rows("offices.tsv"):
        holders.setdefault(row["office"], set()).add(row["of"])
    heads = holders["head_of_state"] | holders["head_of_government"]
    assert len(heads & states) >= 60
    assert len(holders["foreign_minister"] & states) >= 60
    assert len(holders["defence_minister"] & states) >= 60


def test_terms_end_after_they_begin():
    assert [row.where for row in rows("offices.tsv") if row["to"] and row["to"] < row["from"]] == []


def test_an_office_has_one_holder_at_a_time():
    gazetteer = Gazetteer.load()
    terms: dict[tuple[str, str], list[Office]] = {}
    for person in (entity for entity in gazetteer.entities() if entity.kind == "Person"):
        for office in gazetteer.offices_of(person.id):
            terms.setdefault((office.of, office.office), []).append(office)
    clashes = [
        (first, second)
        for held in terms.values()
        for first, second in combinations(sorted(held), 2)
        if first.person != second.person and (not first.end or second.start < first.end)
    ]
    assert clashes == []


def test_names_are_split_as_spacy_splits_them():
    nlp = spacy.blank("en")
    columns = ("label", "aliases", "names", "official", "acronyms", "adjectives", "people")
    wrong = []
    for path in TABLES:
        for row in read_table(path):
            for column in set(columns) & set(row.columns):
                for alias in row.aliases(column):
                    tokens = [token.text for token in nlp.tokenizer(alias.text)]
                    if [tokenize(token) for token in tokens] != [[word] for word in tokenize(alias.text)]:
                        wrong.append((alias.text, tokens))
    assert wrong == []


def test_no_name_is_a_common_word_or_a_bare_country_code():
    forbidden = {
        "IN",
        "IS",
        "IT",
        "NO",
        "OR",
        "ME",
        "BE",
        "TO",
        "AM",
        "SO",
        "US.",
        "The",
        "A",
        "May",
        "Will",
        "Male",
        "Nice",
    }
    names = {
        alias.text
        for path in TABLES
        for row in read_table(path)
        for alias in (row.all_names() if "aliases" in row.columns else _state_names(row))
        if alias.plausible and not alias.exact
    }
    assert names & forbidden == set()


def _state_names(row: Row) -> list[Alias]:
    return [alias for column in {"label", "names", "acronyms"} & set(row.columns) for alias in row.aliases(column)]


def test_states_and_offices_have_the_columns_that_readers_rely_on():
    assert rows("states.tsv")[0].columns == STATES
    assert rows("offices.tsv")[0].columns == OFFICES
