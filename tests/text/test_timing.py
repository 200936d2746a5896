"""Which date belongs to which event, on parses that are written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.text.dates import DateMention
from kg.text.lexicon import Lexicon
from kg.text.reading import Block
from kg.text.timing import Timing

if TYPE_CHECKING:
    from spacy.tokens import Token

DAYS = {"Monday": "2025-01-06", "Friday": "2025-01-03", "May": "2024-05", "2021": "2021", "weeks": None}

BOMBED = "Chad/NNP/nsubj/bombed bombed/VBD/ROOT/bombed/bomb Libya/NNP/dobj/bombed "
TWO_CLAUSES = (
    "Chad/NNP/nsubj/bombed bombed/VBD/ROOT/bombed/bomb Libya/NNP/dobj/bombed on/IN/prep/bombed Monday/NNP/pobj/on/DATE "
    "and/CC/cc/bombed Mali/NNP/nsubj/fled fled/VBD/conj/bombed/flee in/IN/prep/fled May/NNP/pobj/in/DATE"
)
RELATIVE = (
    "Chad/NNP/nsubj/fled which/WDT/dobj/bombed Mali/NNP/nsubj/bombed bombed/VBD/relcl/Chad/bomb in/IN/prep/bombed "
    "2021/CD/pobj/in/DATE fled/VBD/ROOT/fled/flee on/IN/prep/fled Friday/NNP/pobj/on/DATE"
)
SAID = (
    "Mali/NNP/nsubj/said said/VBD/ROOT/said/say on/IN/prep/said Friday/NNP/pobj/on/DATE that/IN/mark/bombed "
    "Chad/NNP/nsubj/bombed bombed/VBD/ccomp/said/bomb Libya/NNP/dobj/bombed in/IN/prep/bombed May/NNP/pobj/in/DATE"
)

# What is tried, the parse, the trigger, the verb that carries it, and the date that it gets.
CASES = [
    ("a weekday without a preposition", BOMBED + "Monday/NNP/npadvmod/bombed/DATE", "bombed", "bombed", "2025-01-06"),
    ("a preposition", BOMBED + "in/IN/prep/bombed May/NNP/pobj/in/DATE", "bombed", "bombed", "2024-05"),
    ("no date", BOMBED, "bombed", "bombed", None),
    ("a date without a value", BOMBED + "for/IN/prep/bombed weeks/NNS/pobj/for/DATE", "bombed", "bombed", None),
    ("the first of two clauses", TWO_CLAUSES, "bombed", "bombed", "2025-01-06"),
    ("the second of two clauses", TWO_CLAUSES, "fled", "fled", "2024-05"),
    ("inside a relative clause", RELATIVE, "bombed", "bombed", "2021"),
    ("outside a relative clause", RELATIVE, "fled", "fled", "2025-01-03"),
    ("the day of speaking is not that of the event", SAID, "bombed", "bombed", "2024-05"),
    ("but it is that of the speaking", SAID, "said", "said", "2025-01-03"),
    (
        "only the speaking has a date",
        SAID.partition(" in/IN")[0],
        "bombed",
        "bombed",
        None,
    ),
    (
        "before the noun",
        "Monday/NNP/poss/attack/DATE 's/POS/case/Monday attack/NN/nsubj/failed failed/VBD/ROOT/failed/fail",
        "attack",
        "attack",
        "2025-01-06",
    ),
    (
        "on the verb that supports the noun",
        "Chad/NNP/nsubj/held held/VBD/ROOT/held/hold talks/NNS/dobj/held/talk on/IN/prep/held Monday/NNP/pobj/on/DATE",
        "talks",
        "held",
        "2025-01-06",
    ),
    (
        "on the verb above an infinitive",
        "Chad/NNP/nsubj/began began/VBD/ROOT/began/begin to/TO/aux/leave leave/VB/xcomp/began on/IN/prep/began "
        "Monday/NNP/pobj/on/DATE",
        "leave",
        "leave",
        "2025-01-06",
    ),
    (
        "on the day that a clause describes",
        "since/IN/ROOT/since May/NNP/pobj/since/DATE when/WRB/advmod/bombed Chad/NNP/nsubj/bombed "
        "bombed/VBD/relcl/May/bomb",
        "bombed",
        "bombed",
        "2024-05",
    ),
    (
        "on the clause that a participle belongs to",
        BOMBED + "on/IN/prep/bombed Friday/NNP/pobj/on/DATE killing/VBG/advcl/bombed/kill two/CD/dobj/killing",
        "killing",
        "killing",
        "2025-01-03",
    ),
    (
        "on the clause before, of two that share a subject",
        BOMBED + "on/IN/prep/bombed Friday/NNP/pobj/on/DATE and/CC/cc/bombed left/VBD/conj/bombed/leave",
        "left",
        "left",
        "2025-01-03",
    ),
    (
        "near miss: «has since left» is told of another time",
        BOMBED + "on/IN/prep/bombed Friday/NNP/pobj/on/DATE and/CC/cc/bombed has/VBZ/aux/left since/RB/advmod/left "
        "left/VBN/conj/bombed/leave",
        "left",
        "left",
        None,
    ),
    (
        "near miss: the date of the clause after",
        BOMBED + "and/CC/cc/bombed left/VBD/conj/bombed/leave on/IN/prep/left Friday/NNP/pobj/on/DATE",
        "bombed",
        "bombed",
        None,
    ),
    (
        "on the last of two verbs with one object",
        "Chad/NNP/nsubj/bombed bombed/VBD/ROOT/bombed and/CC/cc/bombed took/VBD/conj/bombed/take it/PRP/dobj/took "
        "on/IN/prep/took Friday/NNP/pobj/on/DATE",
        "bombed",
        "bombed",
        "2025-01-03",
    ),
    (
        "near miss: a threat has a date, what it threatens has none",
        "Chad/NNP/nsubj/threatened threatened/VBD/ROOT/threatened/threaten on/IN/prep/threatened Friday/NNP/pobj/on/DATE "
        "to/TO/aux/leave leave/VB/xcomp/threatened",
        "leave",
        "leave",
        None,
    ),
    (
        "near miss: the date is part of another noun",
        "Chad/NNP/nsubj/sent sent/VBD/ROOT/sent/send men/NNS/dobj/sent/man under/IN/prep/sent a/DT/det/pact "
        "pact/NN/pobj/under of/IN/prep/pact 2021/CD/pobj/of/DATE",
        "sent",
        "sent",
        None,
    ),
    (
        "near miss: the act is older than the charge",
        "Chad/NNP/nsubj/accused accused/VBD/ROOT/accused/accuse Mali/NNP/dobj/accused on/IN/prep/accused "
        "Friday/NNP/pobj/on/DATE of/IN/prep/accused arming/VBG/pcomp/of/arm rebels/NNS/dobj/arming",
        "arming",
        "arming",
        None,
    ),
    (
        "opening a sentence that the parser made of two",
        "In/IN/prep/met May/NNP/pobj/In/DATE they/PRP/nsubj/met met/VBD/ccomp/sent/meet ;/:/punct/sent "
        "Chad/NNP/nsubj/sent sent/VBD/ROOT/sent/send men/NNS/dobj/sent/man",
        "sent",
        "sent",
        "2024-05",
    ),
    (
        "on the clause that says when a noun is",
        "the/DT/det/vote vote/NN/nsubj/looms that/WDT/nsubj/begins begins/VBZ/relcl/vote/begin on/IN/prep/begins "
        "Friday/NNP/pobj/on/DATE looms/VBZ/ROOT/looms/loom",
        "vote",
        "vote",
        "2025-01-03",
    ),
    (
        "near miss: the date of another noun in the sentence",
        "Chad/NNP/nsubj/quit quit/VBD/ROOT/quit a/DT/det/pact pact/NN/dobj/quit after/IN/prep/quit the/DT/det/war "
        "war/NN/pobj/after that/WDT/nsubj/ended ended/VBD/relcl/war/end in/IN/prep/ended 2021/CD/pobj/in/DATE",
        "quit",
        "quit",
        None,
    ),
]


@pytest.fixture
def dated(read, lexicon: Lexicon) -> Callable[..., str | None]:
    """Give a function that dates the event at `trigger`, a word or its index, in a parse written by hand."""
    timing = Timing(lexicon)

    def date_of(parse: str, trigger: str | int, governor: str | int) -> str | None:
        block = read(parse)
        words: dict[str | int, Token] = {token.text: token for token in block.doc} | dict(enumerate(block.doc))
        return timing.date_of(words[trigger], words[governor], block, dates(block))

    return date_of


def dates(block: Block) -> list[DateMention]:
    """Give the dates of a block, whose words have one meaning each here."""
    found = [token for token in block.doc if token.text in DAYS]
    return [DateMention(t.idx, t.idx + len(t), t.text, DAYS[t.text], "absolute") for t in found]


@pytest.mark.parametrize(
    ("parse", "trigger", "governor", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_date_of(dated, parse: str, trigger: str, governor: str, wanted: str | None) -> None:
    assert dated(parse, trigger, governor) == wanted


def test_of_two_dates_on_one_verb_the_nearer_counts(dated) -> None:
    parse = "In/IN/prep/bombed May/NNP/pobj/In/DATE many/JJ/amod/men men/NNS/nsubj/bombed/man bombed/VBD/ROOT/bombed/bomb Monday/NNP/npadvmod/bombed/DATE"
    assert dated(parse, 4, 4) == "2025-01-06"


def test_another_sentence_gives_no_date(dated) -> None:
    parse = BOMBED + "It/PRP/nsubj/rained rained/VBD/ROOT/rained/rain Monday/NNP/npadvmod/rained/DATE"
    assert dated(parse, 1, 1) is None
    assert dated(parse, 4, 4) == "2025-01-06"
