import json
from pathlib import Path

import pytest
import spacy

from kg.errors import LexiconError
from kg.model import Entity
from kg.text.entity_tables import ENTITIES, OFFICES
from kg.text.gazetteer import Gazetteer, Match
from kg.text.names import tokenize

COUNTRIES = Path(__file__).parents[3] / "shared/data/kb_countries.jsonl"
WIKIDATA = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str, str]]:
    tokens = tokenize(text)
    return [
        (" ".join(tokens[match.start : match.end]), match.entries[0].entity.label, match.entries[0].form)
        for match in gazetteer.match(tokens)
    ]


def only(gazetteer: Gazetteer, name: str) -> Match:
    tokens = tokenize(name)
    (match,) = gazetteer.match(tokens)
    assert (match.start, match.end) == (0, len(tokens))
    return match


@pytest.mark.parametrize(
    ("name", "label", "form"),
    [
        ("North Korea", "North Korea", "name"),
        ("Democratic People's Republic of Korea", "North Korea", "official"),
        ("DPRK", "North Korea", "acronym"),
        ("Britons", "United Kingdom", "people"),
        ("Filipinos", "Philippines", "people"),
        ("French", "France", "adjective"),
        ("Ouagadougou", "Burkina Faso", "capital"),
        ("Kremlin", "Russia", "seat"),
        ("Pentagon", "United States Department of Defense", "seat"),
        ("U.S.", "United States", "acronym"),
        ("Kursk region", "Kursk Oblast", "name"),
        ("Lodz", "Łódź", "name"),
        ("Tank", "Tank, Pakistan", "beside"),
    ],
)
def test_a_name_gives_entity_and_form(gazetteer, name, label, form):
    entry = only(gazetteer, name).entries[0]
    assert (entry.entity.label, entry.form) == (label, form)


def test_the_longest_name_wins_from_left_to_right(gazetteer):
    assert [words for words, _, _ in found(gazetteer, "South Korea and South Sudan met Guinea-Bissau")] == [
        "South Korea", "South Sudan", "Guinea - Bissau",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["us", "it was in the us", "turkey and jordan", "Male suspects"])
def test_words_that_look_like_names_give_nothing(gazetteer, text):
    assert list(gazetteer.match(text.split())) == []


def test_capitals_accents_and_apostrophes_do_not_matter(gazetteer):
    assert found(gazetteer, "RUSSIA") == [("RUSSIA", "Russia", "name")]
    assert only(gazetteer, "Elysee").entries == only(gazetteer, "Élysée").entries
    assert only(gazetteer, "N’Djamena").entries == only(gazetteer, "N'Djamena").entries
    assert only(gazetteer, "Guinea–Bissau").entries == only(gazetteer, "Guinea-Bissau").entries


def test_a_capital_is_a_place_and_stands_for_its_state(gazetteer):
    entry = only(gazetteer, "Seoul").entries[0]
    assert entry.entity == gazetteer.state("KOR")
    assert entry.place is not None
    assert (entry.place.id, entry.place.kind, entry.place.state) == (WIKIDATA + "Q8684", "City", entry.entity.id)


def test_a_seat_of_a_ministry_belongs_to_its_state(gazetteer):
    entry = only(gazetteer, "Pentagon").entries[0]
    assert entry.entity.state == gazetteer.state("USA").id
    assert entry.place is not None
    assert entry.place.state == gazetteer.state("USA").id


@pytest.mark.parametrize(
    ("name", "first", "others"),
    [
        ("Georgia", "Georgia", {"Georgia (U.S. state)"}),
        ("Congo", "Democratic Republic of the Congo", {"Republic of the Congo"}),
        ("Korea", "South Korea", {"North Korea"}),
        ("Guinea", "Guinea", {"Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"}),
        ("Washington", "United States", {"Washington (state)"}),
    ],
)
def test_an_ambiguous_name_gives_all_readings_the_usual_one_first(gazetteer, name, first, others):
    labels = [entry.entity.label for entry in only(gazetteer, name).entries]
    assert labels[0] == first
    assert set(labels[1:]) == others


def test_holder_is_who_served_on_the_date(gazetteer):
    assert gazetteer.holder("head_of_state", "USA", "2023-05-01").label == "Joe Biden"
    assert gazetteer.holder("head_of_state", "USA", "2025-01-20").label == "Donald Trump"
    assert gazetteer.holder("foreign_minister", "RUS", "2023").label == "Sergey Lavrov"


@pytest.mark.parametrize("date", [None, "2025", "2025-01", "1801-03-04"])
def test_no_holder_without_certainty(gazetteer, date):
    assert gazetteer.holder("head_of_state", "USA", date) is None


def test_offices_of_a_person_lead_back_to_it(gazetteer):
    biden = gazetteer.holder("head_of_state", "USA", "2023-05-01")
    assert gazetteer.by_id(biden.id) == biden
    assert [(term.of, term.office, term.start, term.end) for term in gazetteer.offices_of(biden.id)] == [
        ("USA", "head_of_government", "2021-01-20", "2025-01-20"),
        ("USA", "head_of_state", "2021-01-20", "2025-01-20"),
        ("USA", "vice_president", "2009-01-20", "2017-01-20"),
    ]


def test_an_unknown_iri_is_a_key_error(gazetteer):
    with pytest.raises(KeyError):
        gazetteer.by_id(WIKIDATA + "Q0")


def test_the_shipped_tables_are_read_once():
    assert Gazetteer.load() is Gazetteer.load()


def table(path: Path, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    path.write_text("".join("\t".join(row) + "\n" for row in (columns, *rows)), "utf-8")
    return path


def test_a_table_of_the_user_adds_names(tmp_path, gazetteer):
    row = ("", "Ruritanian Guard", "ArmedForces", "RGD|Guard?", "FRA", "", "", "us")
    wider = Gazetteer.load([table(tmp_path / "own.tsv", ENTITIES, row)])
    entry = only(wider, "RGD").entries[0]
    assert (entry.entity.label, entry.entity.state, entry.form) == (
        "Ruritanian Guard",
        wider.state("FRA").id,
        "acronym",
    )
    assert not entry.entity.linked
    assert list(gazetteer.match(["RGD"])) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("17", "X Y", "City", "", "FRA", "", "", "us"), "id '17'"),
        (("", "X Y", "city", "", "FRA", "", "", "us"), "kind 'city'"),
        (("", "X Y", "City", "", "XYZ", "", "", "us"), "state 'XYZ'"),
        (("", "X Y", "City", "", "FRA", "May 2001", "", "us"), "from 'May 2001'"),
        (("", "X Y", "City", "", "FRA"), "5 cells"),
        (("Q142", "Francia", "State", "", "", "", "", "us"), "already 'France'"),
    ],
)
def test_a_bad_row_is_an_error_that_names_file_and_line(tmp_path, row, message):
    with pytest.raises(LexiconError, match=rf"own\.tsv:2: .*{message}"):
        Gazetteer.load([table(tmp_path / "own.tsv", ENTITIES, row)])


def test_a_row_given_twice_is_an_error(tmp_path):
    row = ("", "X Y", "City", "", "FRA", "", "", "us")
    with pytest.raises(LexiconError, match=r"own\.tsv:3: 'X Y City' is already in .*own\.tsv:2"):
        Gazetteer.load([table(tmp_path / "own.tsv", ENTITIES, row, row)])


def test_an_office_needs_a_person_that_is_known(tmp_path):
    row = ("Rudolf Rassendyll", "head_of_state", "king", "FRA", "1894", "1894", "us")
    with pytest.raises(LexiconError, match="no person is called 'Rudolf Rassendyll'"):
        Gazetteer.load([table(tmp_path / "own.tsv", OFFICES, row)])


def test_an_unknown_header_lists_what_is_known(tmp_path):
    with pytest.raises(LexiconError, match=r"own\.tsv:1: the header must be one of these.*stands_for"):
        Gazetteer.load([table(tmp_path / "own.tsv", ("name", "qid"))])


def test_a_file_that_is_no_text_is_an_error(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match="cannot be read"):
        Gazetteer.load([path])


@pytest.mark.gold
@pytest.mark.skipif(not COUNTRIES.exists(), reason="needs ../shared/data")
def test_all_countries_resolve_by_name_official_name_capital_and_demonym(gazetteer, nlp):
    missed = []
    for line in COUNTRIES.read_text("utf-8").splitlines():
        country = json.loads(line)
        names = [country["name"], country["official"], *country["capital"]]
        # «French» is the demonym of the French Southern Territories, too, but never means them.
        borrowed = country["demonym"] if not country["un_member"] else ""
        names += [part for part in country["demonym"].replace(" or ", ", ").split(", ") if part]
        for name in filter(None, names):
            tokens = [token.text for token in nlp(name)]
            readings = [e for m in gazetteer.match(tokens) if (m.start, m.end) == (0, len(tokens)) for e in m.entries]
            if not any(_is_meant(e.entity, country) for e in readings) and not (readings and name in borrowed):
                missed.append((country["iso3"], name))
    assert missed == []


def _is_meant(entity: Entity, country: dict[str, str]) -> bool:
    return entity.iso3 == country["iso3"] and country["qid"] in (None, entity.id.removeprefix(WIKIDATA))


def test_a_rare_reading_is_told_from_the_usual_ones(gazetteer):
    assert only(gazetteer, "Senate").likely == 0
    assert only(gazetteer, "Georgia").likely >= 1
    assert only(gazetteer, "North Korea").likely == 1


@pytest.mark.parametrize(
    ("state", "words", "label"),
    [
        ("RUS", "defence ministry", "Russian defence ministry"),
        ("UKR", "general staff", "General Staff of the Ukrainian Armed Forces"),
        ("KOR", "national assembly", "South Korean parliament"),
    ],
)
def test_a_known_body_is_found_by_its_state_and_what_it_is(gazetteer, state, words, label):
    body = gazetteer.body(gazetteer.state(state), words)
    assert (body.label, body.state) == (label, gazetteer.state(state).id)


def test_a_body_that_no_table_has_is_none(gazetteer):
    assert gazetteer.body(gazetteer.state("BTN"), "national assembly") is None


def test_the_capital_of_a_state_where_it_has_just_one(gazetteer):
    assert gazetteer.capital(gazetteer.state("KEN")).label == "Nairobi"
    assert gazetteer.capital(gazetteer.state("ATA")) is None
