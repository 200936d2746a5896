"""What is set right in parses that are written by hand, and that nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest

from kg.text.lexicon import Lexicon
from kg.text.repair import Repair

# What is tried, whether it is a title, the parse, and the tokens that get another relation and head.
TITLE, TEXT = True, False
CASES = [
    (
        "the day is no part of who acts",
        TEXT,
        "On/IN/prep/recalled Saturday/NNP/compound/Lima Lima/NNP/pobj/On recalled/VBD/ROOT/recalled envoys/NNS/dobj/recalled",
        {"Saturday": ("pobj", "On"), "Lima": ("nsubj", "recalled")},
    ),
    (
        "nor of who suffers",
        TEXT,
        "On/IN/prep/shelled Saturday/NNP/compound/Lima Lima/NNP/pobj/On was/VBD/auxpass/shelled shelled/VBN/ROOT/shelled",
        {"Saturday": ("pobj", "On"), "Lima": ("nsubjpass", "shelled")},
    ),
    (
        "nor of a longer name",
        TEXT,
        "On/IN/prep/left Saturday/NNP/compound/Foreign Foreign/NNP/pobj/On Minister/NNP/nsubj/left left/VBD/ROOT/left",
        {"Saturday": ("pobj", "On"), "Foreign": ("compound", "Minister")},
    ),
    (
        "nor of a subject that is one already",
        TEXT,
        "In/IN/prep/left May/NNP/compound/Peru Peru/NNP/nsubj/left left/VBD/ROOT/left",
        {"May": ("pobj", "In")},
    ),
    (
        "near miss: the verb after the name has its subject",
        TEXT,
        "On/IN/prep/left Saturday/NNP/compound/Night Night/NNP/pobj/On left/VBD/ROOT/left Peru/NNP/nsubj/left",
        {},
    ),
    (
        "near miss: nothing comes after the name",
        TEXT,
        "Peru/NNP/nsubj/laughed laughed/VBD/ROOT/laughed at/IN/prep/laughed Saturday/NNP/compound/Night Night/NNP/pobj/at",
        {},
    ),
    (
        "near miss: without a preposition",
        TEXT,
        "Peru/NNP/nsubj/saw saw/VBD/ROOT/saw Saturday/NNP/compound/Night Night/NNP/dobj/saw again/RB/advmod/saw",
        {},
    ),
    (
        "a charge belongs to its verb",
        TEXT,
        "Peru/NNP/nsubj/accused accused/VBD/ROOT/accused/accuse rebels/NNS/dobj/accused and/CC/cc/rebels army/NN/conj/rebels "
        "of/IN/prep/army killing/VBG/pcomp/of",
        {"of": ("prep", "accused")},
    ),
    (
        "near miss: whose army it is",
        TEXT,
        "Peru/NNP/nsubj/accused accused/VBD/ROOT/accused/accuse the/DT/det/army army/NN/dobj/accused of/IN/prep/army "
        "Chad/NNP/pobj/of",
        {},
    ),
    (
        "near miss: a verb that charges nobody",
        TEXT,
        "Peru/NNP/nsubj/lost lost/VBD/ROOT/lost/lose hope/NN/dobj/lost of/IN/prep/hope winning/VBG/pcomp/of",
        {},
    ),
    (
        "a passive without its auxiliary",
        TITLE,
        "Chad/NNP/nsubj/hit hit/VBD/ROOT/hit by/IN/prep/hit rebels/NNS/pobj/by",
        {"Chad": ("nsubjpass", "hit"), "by": ("agent", "hit")},
    ),
    (
        "a participle needs no list",
        TITLE,
        "Envoys/NNS/nsubj/shunned shunned/VBN/ROOT/shunned in/IN/prep/shunned Lima/NNP/pobj/in",
        {"Envoys": ("nsubjpass", "shunned")},
    ),
    ("near miss: with an object", TITLE, "Chad/NNP/nsubj/hit hit/VBD/ROOT/hit Libya/NNP/dobj/hit", {}),
    ("near miss: a verb that goes without", TITLE, "Envoys/NNS/nsubj/resigned resigned/VBD/ROOT/resigned/resign", {}),
    ("near miss: sentences keep auxiliaries", TEXT, "Chad/NNP/nsubj/hit hit/VBD/ROOT/hit again/RB/advmod/hit", {}),
    (
        "a comma for «and»: an adverbial",
        TITLE,
        "Iran/NNP/npadvmod/agree ,/,/punct/agree Oman/NNP/nsubj/agree agree/VBP/ROOT/agree",
        {"Iran": ("nsubj", "agree"), "Oman": ("conj", "Iran")},
    ),
    (
        "a comma for «and»: two subjects",
        TITLE,
        "Iran/NNP/nsubj/agree ,/,/punct/agree Oman/NNP/nsubj/agree agree/VBP/ROOT/agree",
        {"Oman": ("conj", "Iran")},
    ),
    (
        "a comma for «and»: an apposition that does not end",
        TITLE,
        "Iran/NNP/nsubj/agree ,/,/punct/Iran Oman/NNP/appos/Iran agree/VBP/ROOT/agree",
        {"Oman": ("conj", "Iran")},
    ),
    (
        "near miss: an apposition that ends",
        TITLE,
        "Lima/NNP/nsubj/agrees ,/,/punct/Lima Peru/NNP/appos/Lima ;/,/punct/Lima agrees/VBZ/ROOT/agrees",
        {},
    ),
    (
        "near miss: one acts",
        TITLE,
        "Monday/NNP/npadvmod/agrees ,/,/punct/agrees Oman/NNP/nsubj/agrees agrees/VBZ/ROOT/agrees",
        {},
    ),
    (
        "near miss: sentences have «and»",
        TEXT,
        "Iran/NNP/npadvmod/agree ,/,/punct/agree Oman/NNP/nsubj/agree agree/VBP/ROOT/agree",
        {},
    ),
]


def relations(doc: Any) -> dict[str, tuple[str, str]]:
    return {token.text: (token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize(
    ("is_title", "parse", "changed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_mend(read, lexicon: Lexicon, is_title: bool, parse: str, changed: dict[str, tuple[str, str]]) -> None:
    doc, repair = read(parse).doc, Repair(lexicon)
    before = relations(doc)
    repair.mend(doc, is_title=is_title)
    mended = relations(doc)
    assert {word: found for word, found in mended.items() if found != before[word]} == changed
    repair.mend(doc, is_title=is_title)
    assert relations(doc) == mended


def test_a_day_is_cut_out_of_the_name_that_the_recogniser_found(read, lexicon: Lexicon) -> None:
    from spacy.tokens import Span

    doc = read(CASES[0][2]).doc
    doc.ents = [Span(doc, 1, 3, label="GPE"), Span(doc, 4, 5, label="PERSON")]
    Repair(lexicon).mend(doc, is_title=False)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lima", "GPE"), ("envoys", "PERSON")]
