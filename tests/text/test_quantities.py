"""How many, read off parses that are written by hand."""

from __future__ import annotations

import pytest

from kg.model import Filler
from kg.text.extract import Candidate
from kg.text.quantities import Quantities

KILLED = "Chad/NNP/nsubj/killed killed/VBD/ROOT/killed/kill "
FIRED = "Chad/NNP/nsubj/fired fired/VBD/ROOT/fired/fire "

# What is tried, the parse, the trigger, the words of the filler, the figure and the words that give it.
CASES = [
    ("exact", FIRED + "two/CD/nummod/missiles missiles/NNS/dobj/fired", "missiles", "2 missiles", "two missiles"),
    (
        "at least",
        FIRED + "at/RB/advmod/12 least/RB/advmod/12 12/CD/nummod/missiles missiles/NNS/dobj/fired",
        "missiles",
        "≥ 12 missiles",
        "at least 12 missiles",
    ),
    (
        "at most",
        FIRED + "up/IN/quantmod/300 to/TO/quantmod/300 300/CD/nummod/missiles missiles/NNS/dobj/fired",
        "missiles",
        "≤ 300 missiles",
        "up to 300 missiles",
    ),
    (
        "about",
        FIRED + "some/DT/quantmod/1,200 1,200/CD/nummod/missiles missiles/NNS/dobj/fired",
        "missiles",
        "1,200 missiles",
        "some 1,200 missiles",
    ),
    (
        "words of several parts",
        FIRED + "two/CD/compound/hundred hundred/CD/nummod/missiles missiles/NNS/dobj/fired",
        "missiles",
        "200 missiles",
        "two hundred missiles",
    ),
    (
        "two dozen",
        FIRED + "two/CD/nummod/missiles dozen/NN/compound/missiles missiles/NNS/dobj/fired",
        "missiles",
        "24 missiles",
        "two dozen missiles",
    ),
    (
        "the state of those who are counted",
        KILLED + "12/CD/nummod/soldiers Malian/JJ/amod/soldiers soldiers/NNS/dobj/killed/soldier",
        "Malian",
        "12 soldiers killed",
        "12 Malian soldiers",
    ),
    (
        "money",
        "Chad/NNP/nsubj/gave gave/VBD/ROOT/gave/give $/$/quantmod/billion 3/CD/compound/billion billion/CD/dobj/gave",
        "billion",
        "3,000,000,000 dollars",
        "$ 3 billion",
    ),
]

NONE = [
    ("no number", FIRED + "missiles/NNS/dobj/fired", "missiles"),
    ("another", FIRED + "another/DT/det/missiles two/CD/nummod/missiles missiles/NNS/dobj/fired", "missiles"),
    ("more", FIRED + "two/CD/nummod/missiles more/JJR/amod/missiles missiles/NNS/dobj/fired", "missiles"),
    ("time", "Chad/NNP/nsubj/held held/VBD/ROOT/held/hold two/CD/nummod/days days/NNS/dobj/held/day", "days"),
    ("no figure", FIRED + "II/CD/nummod/missiles missiles/NNS/dobj/fired", "missiles"),
    ("of a date", FIRED + "2021/CD/nummod/missiles/DATE missiles/NNS/dobj/fired", "missiles"),
]


def quantities(read, parse: str, words: str, role: str = "recipient"):
    block = read(parse)
    trigger = next(token for token in block.doc if token.dep_ == "ROOT")
    start = next(token.i for token in block.doc if token.text == words)
    filler = Filler(role, words, block.span(start, start + 1))
    return Quantities().of(Candidate("Attack", "rule", block, trigger, trigger, []), [filler])


@pytest.mark.parametrize(
    ("parse", "words", "figure", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_number_before_a_filler(read, parse: str, words: str, figure: str, text: str) -> None:
    (quantity,) = quantities(read, parse, words)
    assert (quantity.figure, quantity.span.text) == (figure, text)


@pytest.mark.parametrize(("parse", "words"), [case[1:] for case in NONE], ids=[case[0] for case in NONE])
def test_near_misses(read, parse: str, words: str) -> None:
    assert quantities(read, parse, words) == ()


def test_a_place_is_not_counted(read) -> None:
    parse = FIRED + "at/IN/prep/fired two/CD/nummod/towns towns/NNS/pobj/at"
    assert quantities(read, parse, "towns", role="place") == ()


def test_the_doers_that_a_number_points_back_to_are_not_counted(read) -> None:
    parse = "the/DT/det/armies two/CD/nummod/armies armies/NNS/nsubj/fought fought/VBD/ROOT/fought/fight"
    assert quantities(read, parse, "armies", role="actor") == ()


def test_the_number_of_a_noun_that_is_the_trigger(read) -> None:
    block = read("three/CD/nummod/tests tests/NNS/ROOT/tests/test")
    (quantity,) = Quantities().of(Candidate("WeaponsTest", "rule", block, block.doc[1], block.doc[1], []), [])
    assert (quantity.value, quantity.unit, quantity.bound) == (3, "tests", "exact")
