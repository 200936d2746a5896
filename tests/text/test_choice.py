"""Which reading of an ambiguous name is chosen: by its owner, the place beside it, and the states of the article."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.graph.schema import load_ontology
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.resolve.choice import Names, context_of


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(load_ontology())


@pytest.fixture(scope="module")
def read(gazetteer, lexicon):
    """Give the label chosen for `name` in `text`, None where nothing is; `setting` is the rest of the article."""
    vocab = spacy.blank("en").vocab

    def choose(text: str, name: str, setting: str = "") -> str | None:
        words = text.split()
        doc = Doc(vocab, words, tags=["POS" if word == "'s" else "NNP" for word in words], pos=["PROPN"] * len(words))
        matches = list(gazetteer.match(words))
        names = Names(doc, matches, context_of([*matches, *gazetteer.match(setting.split())]), lexicon)
        (match,) = [m for m in matches if " ".join(words[m.start : m.end]) == name]
        entry = names.choose(match)
        return entry and entry.entity.label

    return choose


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("a visit to Washington", "Washington", "United States"),
        ("a port near Seattle , Washington", "Washington", "Washington (state)"),
        ("the governor of Washington", "Washington", "Washington (state)"),
        ("the Georgia legislature", "Georgia", "Georgia (U.S. state)"),
        ("the Governor of Georgia", "Georgia", "Georgia (U.S. state)"),
        ("a vote in Tbilisi , Georgia", "Georgia", "Georgia"),
        ("the president of Georgia", "Georgia", "Georgia"),
        ("a farm near Paris , Texas", "Paris", None),
        ("a resort in Lagos , Portugal , closed", "Lagos", None),
        ("a market in Lagos , Nigeria , closed", "Lagos", "Lagos"),
        ("in Kyiv , Russia was blamed", "Kyiv", "Ukraine"),
        ("a school in Springfield , Illinois", "Springfield", "Springfield, Illinois"),
        ("a school in Springfield , Ohio", "Springfield", "Springfield, Ohio"),
        ("a school in Portland , Maine", "Portland", None),
        ("a port near Tripoli , Lebanon", "Tripoli", "Tripoli, Lebanon"),
        ("in Victoria , the capital of Seychelles", "Victoria", "Seychelles"),
        ("the Libyan capital , Tripoli", "Tripoli", "Libya"),
        ("farms in India 's Punjab", "Punjab", "Punjab, India"),
    ],
)
def test_the_words_beside_a_name_say_what_it_means(read, text, name, label):
    assert read(text, name) == label


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Paraguay 's Congress", "Congress", None),
        ("the Congress of Paraguay", "Congress", None),
        ("the Senate in Bogotá", "Senate", None),
        ("the American Senate", "Senate", "United States Senate"),
        ("France 's National Assembly", "National Assembly", "French parliament"),
        ("Germany 's NATO", "NATO", "NATO"),
        ("Syria 's Hezbollah", "Hezbollah", "Hezbollah"),
    ],
)
def test_a_body_belongs_to_the_state_beside_it(read, text, name, label):
    assert read(text, name) == label


@pytest.mark.parametrize(
    ("setting", "label"),
    [
        ("", None),
        ("Chile and Peru", None),
        ("the United States and Peru", "United States Senate"),
        ("Peru Peru Peru the United States", None),
    ],
)
def test_a_rare_reading_needs_its_state_in_the_article(read, setting, label):
    assert read("in the Senate", "Senate", setting) == label


def test_a_ministry_makes_a_state_of_a_name(read):
    setting = "Texas Ohio the United States"
    assert read("Georgia 's foreign ministry", "Georgia", setting) == "Georgia"
    assert read("Georgia 's prime minister", "Georgia", setting) == "Georgia"
    assert read("a farm in Georgia", "Georgia", setting) == "Georgia (U.S. state)"


@pytest.mark.parametrize(
    ("text", "setting", "label"),
    [
        ("Macron said", "", None),
        ("Macron said", "France", "Emmanuel Macron"),
        ("Macron said", "Emmanuel Macron", "Emmanuel Macron"),
        ("President Macron said", "", "Emmanuel Macron"),
    ],
)
def test_a_last_name_needs_support(read, text, setting, label):
    assert read(text, "Macron", setting) == label


def test_a_rare_reading_must_be_spoken_of_more_than_the_usual_one(read):
    assert read("in Guinea", "Guinea", "Equatorial Guinea") == "Guinea"


def test_of_equal_readings_the_one_whose_state_is_spoken_of_wins(read):
    assert read("in Congo", "Congo") == "Democratic Republic of the Congo"
    assert read("in Congo", "Congo", "Brazzaville and the Republic of the Congo") == "Republic of the Congo"
