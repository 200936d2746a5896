"""Whether «on Friday» is to come, on parses that are written by hand."""

from __future__ import annotations

import pytest

from kg.text.lexicon import Lexicon
from kg.text.tense import Tense

FRIDAY = " on/IN/prep/{0} Friday/NNP/pobj/on/DATE"

TO_COME = [
    ("will", "Chad/NNP/nsubj/vote will/MD/aux/vote vote/VB/ROOT/vote" + FRIDAY.format("vote")),
    ("may", "Chad/NNP/nsubj/vote may/MD/aux/vote vote/VB/ROOT/vote" + FRIDAY.format("vote")),
    ("a timetable", "Chad/NNP/nsubj/votes votes/VBZ/ROOT/votes/vote" + FRIDAY.format("votes")),
    ("is to", "Chad/NNP/nsubj/is is/VBZ/ROOT/is/be to/TO/aux/vote vote/VB/xcomp/is" + FRIDAY.format("vote")),
    (
        "agreed to",
        "Chad/NNP/nsubj/agreed agreed/VBD/ROOT/agreed/agree to/TO/aux/vote vote/VB/xcomp/agreed"
        + FRIDAY.format("vote"),
    ),
    (
        "a plan to",
        "Chad/NNP/nsubj/had had/VBD/ROOT/had/have plans/NNS/dobj/had/plan to/TO/aux/vote vote/VB/acl/plans"
        + FRIDAY.format("vote"),
    ),
    ("set for", "it/PRP/nsubj/set was/VBD/aux/set set/VBN/ROOT/set for/IN/prep/set Friday/NNP/pobj/for/DATE"),
    (
        "at the front",
        "On/IN/prep/hosts Friday/NNP/pobj/On/DATE he/PRP/nsubj/hosts hosts/VBZ/ROOT/hosts/host them/PRP/dobj/hosts",
    ),
]

PAST = [
    ("past", "Chad/NNP/nsubj/voted voted/VBD/ROOT/voted/vote" + FRIDAY.format("voted")),
    ("perfect", "Chad/NNP/nsubj/voted has/VBZ/aux/voted/have voted/VBN/ROOT/voted/vote" + FRIDAY.format("voted")),
    (
        "tried to",
        "Chad/NNP/nsubj/tried tried/VBD/ROOT/tried/try to/TO/aux/vote vote/VB/xcomp/tried" + FRIDAY.format("vote"),
    ),
    (
        "agreed on Friday to",
        "Chad/NNP/nsubj/agreed agreed/VBD/ROOT/agreed/agree"
        + FRIDAY.format("agreed")
        + " to/TO/aux/vote vote/VB/xcomp/agreed",
    ),
    ("since", "it/PRP/nsubj/is is/VBZ/ROOT/is/be first/JJ/acomp/is since/IN/prep/is Friday/NNP/pobj/since/DATE"),
    ("says", "Chad/NNP/nsubj/says says/VBZ/ROOT/says/say" + FRIDAY.format("says")),
    (
        "a noun's date beside a present",
        "the/DT/det/vote vote/NN/nsubj/shows" + FRIDAY.format("vote") + " shows/VBZ/ROOT/shows/show it/PRP/dobj/shows",
    ),
    ("no verb", "the/DT/det/vote vote/NN/ROOT/vote" + FRIDAY.format("vote")),
]


def looks_ahead(read, lexicon: Lexicon, parse: str, *, is_title: bool = False) -> bool:
    doc = read(parse).doc
    friday = next(token.i for token in doc if token.text == "Friday")
    return Tense(lexicon).looks_ahead(doc[friday : friday + 1], is_title=is_title)


@pytest.mark.parametrize("parse", [case[1] for case in TO_COME], ids=[case[0] for case in TO_COME])
def test_what_is_to_come(read, lexicon: Lexicon, parse: str) -> None:
    assert looks_ahead(read, lexicon, parse)


@pytest.mark.parametrize("parse", [case[1] for case in PAST], ids=[case[0] for case in PAST])
def test_what_has_been(read, lexicon: Lexicon, parse: str) -> None:
    assert not looks_ahead(read, lexicon, parse)


@pytest.mark.parametrize(
    ("parse", "wanted"),
    [
        ("Chad/NNP/nsubj/votes votes/VBZ/ROOT/votes/vote" + FRIDAY.format("votes"), False),
        ("Chad/NNP/nsubj/vote to/TO/aux/vote vote/VB/ROOT/vote" + FRIDAY.format("vote"), True),
    ],
)
def test_the_present_of_a_headline_is_past_its_infinitive_is_to_come(
    read, lexicon: Lexicon, parse: str, wanted: bool
) -> None:
    assert looks_ahead(read, lexicon, parse, is_title=True) is wanted
