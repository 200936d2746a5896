"""Words that point back to an act, in parses that are written by hand."""

from __future__ import annotations

import pytest

from kg.model import Ontology
from kg.text.extract.rules import RuleExtractor
from kg.text.lexicon import Lexicon
from kg.text.reading import Reading

FIRST = "Chad/NNP/nsubj/shelled shelled/VBD/ROOT/shelled/shell Libya/NNP/dobj/shelled ././punct/shelled "
ACT = ("Chad", "Libya")
CASES = [
    ("did the same", "Mali/NNP/nsubj/did did/VBD/ROOT/did/do the/DT/det/same same/JJ/dobj/did", [("Mali", "Libya")]),
    ("has not", "Mali/NNP/nsubj/has has/VBZ/ROOT/has/have not/RB/neg/has", [("Mali", "Libya")]),
    ("did too", "Mali/NNP/nsubj/did did/VBD/ROOT/did/do too/RB/advmod/did", [("Mali", "Libya")]),
    ("followed suit", "Mali/NNP/nsubj/followed followed/VBD/ROOT/followed/follow suit/NN/dobj/followed", [("Mali", "Libya")]),
    (
        "followed a year later",
        "Mali/NNP/nsubj/followed followed/VBD/ROOT/followed/follow later/RB/advmod/followed",
        [("Mali", "Libya")],
    ),
    (
        "answered in kind",
        "Libya/NNP/nsubj/answered answered/VBD/ROOT/answered/answer in/IN/prep/answered kind/NN/pobj/in",
        [("Libya", "Chad")],
    ),
    (
        "denies it: by who did it",
        "Chad/NNP/nsubj/denies denies/VBZ/ROOT/denies/deny it/PRP/dobj/denies",
        [("Chad", "Libya")],
    ),
    ("near miss: did something", "Mali/NNP/nsubj/did did/VBD/ROOT/did/do work/NN/dobj/did", []),
    ("near miss: has something", "Mali/NNP/nsubj/has has/VBZ/ROOT/has/have not/RB/neg/has time/NN/dobj/has", []),
    ("near miss: just followed", "Mali/NNP/nsubj/followed followed/VBD/ROOT/followed/follow", []),
    (
        "near miss: by the same",
        "Chad/NNP/nsubj/did did/VBD/ROOT/did/do the/DT/det/same same/JJ/dobj/did",
        [],
    ),
    (
        "near miss: answered by another",
        "Mali/NNP/nsubj/answered answered/VBD/ROOT/answered/answer in/IN/prep/answered kind/NN/pobj/in",
        [],
    ),
    ("near miss: denied by another", "Mali/NNP/nsubj/denies denies/VBZ/ROOT/denies/deny it/PRP/dobj/denies", []),
    ("near miss: by nobody with a name", "Nobody/NN/nsubj/did did/VBD/ROOT/did/do so/RB/advmod/did", []),
]  # fmt: skip


@pytest.fixture
def told(read, lexicon: Lexicon, ontology: Ontology):
    """Give a function from a parse to the (actor, recipient) of each attack that it tells."""

    def run(parse: str) -> list[tuple[str, str]]:
        # A word that stands there twice is named by its place.
        words = [token.split("/")[0] for token in parse.split()]
        rows = [token.split("/") for token in parse.split()]
        for at, row in enumerate(rows):
            twice = [n for n, word in enumerate(words) if word == row[3]]
            row[3] = f"{row[3]}:{min(twice, key=lambda n: abs(n - at))}"
        block = read(" ".join("/".join(row) for row in rows), names="Chad Libya Mali")
        found = RuleExtractor(lexicon, ontology).extract(Reading(block.article, [block]))
        roles = [{p.role: p.label for p in one.proposals} for one in found if one.type == "Attack"]
        return [(one["actor"], one["recipient"]) for one in roles]

    return run


@pytest.mark.parametrize(("parse", "more"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_echo(told, parse: str, more: list[tuple[str, str]]) -> None:
    assert told(FIRST + parse) == [ACT, *more]


def test_a_sentence_without_events_breaks_it_off(told) -> None:
    between = "Rain/NN/nsubj/fell fell/VBD/ROOT/fell/fall :/:/punct/fell "
    assert told(FIRST + between + CASES[0][1]) == [ACT]


def test_nothing_told_before_nothing_echoed(told) -> None:
    assert told(CASES[0][1]) == []
