"""The attribute ruler with a memory says what the one without says."""

from __future__ import annotations

from itertools import product

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.text.ruler import remember

RULES = [
    ([[{"TAG": "VBD"}], [{"TAG": "VBZ"}]], {"POS": "VERB"}, 0),
    ([[{"LOWER": {"IN": ["is", "was"]}, "TAG": {"REGEX": "VB."}}]], {"POS": "AUX", "LEMMA": "be"}, 0),
    ([[{"LOWER": "got"}, {"LOWER": "ta"}]], {"LEMMA": "to"}, 1),
    ([[{"DEP": {"NOT_IN": ["det", ""]}, "TAG": "DT"}]], {"POS": "PRON"}, 0),
    ([[{"IS_SPACE": True}]], {"POS": "SPACE"}, 0),
    ([[{"SHAPE": "XXXX"}]], {"POS": "PROPN"}, 0),
]


@pytest.fixture
def nlp() -> Language:
    made = spacy.blank("en")
    ruler = made.add_pipe("attribute_ruler")
    for patterns, attributes, index in RULES:
        ruler.add(patterns, attributes, index=index)
    return made


def texts(nlp: Language) -> list[Doc]:
    """Give two texts for each tag and dependency, in which words come again."""
    words = ["This", "was", "GOT", "ta", "\n", "NATO", "is", "that"]
    return [
        Doc(nlp.vocab, words[n:], tags=[tag] * (8 - n), deps=[dep] * (8 - n), heads=[0] * (8 - n))
        for tag, dep, n in product(("VBD", "VBZ", "DT", ""), ("det", "nsubj"), (0, 3))
    ]


def said(docs: list[Doc]) -> list[list[tuple[str, str]]]:
    return [[(token.pos_, token.lemma_) for token in doc] for doc in docs]


def test_the_words_get_the_same_attributes(nlp: Language) -> None:
    ruler = nlp.get_pipe("attribute_ruler")
    plain = said([ruler(doc) for doc in texts(nlp)])
    remember(nlp)
    once, twice = said([ruler(doc) for doc in texts(nlp)]), said([ruler(doc) for doc in texts(nlp)])
    assert once == twice == plain
    assert {("AUX", "be"), ("PROPN", ""), ("SPACE", ""), ("PRON", ""), ("", "to")} <= {
        pair for doc in plain for pair in doc
    }


def test_a_model_without_a_ruler_is_left_alone() -> None:
    bare = spacy.blank("en")
    remember(bare)
    assert bare.pipe_names == []
