"""Polarity, modality, attribution and stance, on parses that are written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import ACTUAL, AFFIRMED, INTENDED, NEGATED, POSSIBLE, PREDICTED
from kg.text.extract import Candidate, Proposal
from kg.text.lexicon import Lexicon
from kg.text.qualify import Qualifier, Qualities
from kg.text.reading import Block, Reading
from kg.text.speakers import Speakers

NAMES = "Chad Libya Niger Mali"

# What is tried, the parse, and the polarity and modality of what its word in capitals tells.
MOODS = [
    ("a plain past", "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED", AFFIRMED, ACTUAL),
    (
        "not",
        "Chad/NNP/nsubj/BOMB did/VBD/aux/BOMB/do not/RB/neg/BOMB BOMB/VB/ROOT/BOMB/bomb Libya/NNP/dobj/BOMB",
        NEGATED,
        ACTUAL,
    ),
    ("never", "Chad/NNP/nsubj/BOMBED never/RB/neg/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb", NEGATED, ACTUAL),
    ("nobody", "Nobody/NN/nsubj/BOMBED/nobody BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED", NEGATED, ACTUAL),
    ("no subject", "No/DT/det/troops troops/NNS/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb", NEGATED, ACTUAL),
    (
        "no noun",
        "Chad/NNP/nsubj/held held/VBD/ROOT/held/hold no/DT/det/TALKS TALKS/NNS/dobj/held/talk",
        NEGATED,
        ACTUAL,
    ),
    ("will", "Chad/NNP/nsubj/BOMB will/MD/aux/BOMB BOMB/VB/ROOT/BOMB/bomb", AFFIRMED, INTENDED),
    ("will not", "Chad/NNP/nsubj/BOMB will/MD/aux/BOMB not/RB/neg/BOMB BOMB/VB/ROOT/BOMB/bomb", NEGATED, INTENDED),
    ("may", "Chad/NNP/nsubj/BOMB may/MD/aux/BOMB BOMB/VB/ROOT/BOMB/bomb", AFFIRMED, POSSIBLE),
    ("perhaps", "Perhaps/RB/advmod/BOMBED Chad/NNP/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb", AFFIRMED, POSSIBLE),
    (
        "if",
        "If/IN/mark/BOMBS Chad/NNP/nsubj/BOMBS BOMBS/VBZ/advcl/waits/bomb Libya/NNP/nsubj/waits waits/VBZ/ROOT/waits/wait",
        AFFIRMED,
        POSSIBLE,
    ),
    (
        "plans to",
        "Chad/NNP/nsubj/plans plans/VBZ/ROOT/plans/plan to/TO/aux/BOMB BOMB/VB/xcomp/plans/bomb",
        AFFIRMED,
        INTENDED,
    ),
    (
        "may plan to: the nearest word has it",
        "Chad/NNP/nsubj/plan may/MD/aux/plan plan/VB/ROOT/plan to/TO/aux/BOMB BOMB/VB/xcomp/plan/bomb",
        AFFIRMED,
        INTENDED,
    ),
    (
        "is expected to",
        "Chad/NNP/nsubjpass/expected is/VBZ/auxpass/expected/be expected/VBN/ROOT/expected/expect to/TO/aux/BOMB "
        "BOMB/VB/xcomp/expected/bomb",
        AFFIRMED,
        PREDICTED,
    ),
    (
        "is likely to",
        "Chad/NNP/nsubj/is is/VBZ/ROOT/is/be likely/JJ/acomp/is to/TO/aux/BOMB BOMB/VB/xcomp/likely/bomb",
        AFFIRMED,
        PREDICTED,
    ),
    (
        "is unlikely to",
        "Chad/NNP/nsubj/is is/VBZ/ROOT/is/be unlikely/JJ/acomp/is to/TO/aux/BOMB BOMB/VB/xcomp/unlikely/bomb",
        NEGATED,
        ACTUAL,
    ),
    (
        "refused to",
        "Chad/NNP/nsubj/refused refused/VBD/ROOT/refused/refuse to/TO/aux/BOMB BOMB/VB/xcomp/refused/bomb",
        NEGATED,
        ACTUAL,
    ),
    (
        "did not refuse to: twice no is yes",
        "Chad/NNP/nsubj/refuse did/VBD/aux/refuse/do not/RB/neg/refuse refuse/VB/ROOT/refuse to/TO/aux/BOMB "
        "BOMB/VB/xcomp/refuse/bomb",
        AFFIRMED,
        ACTUAL,
    ),
    (
        "urged Libya to",
        "Chad/NNP/nsubj/urged urged/VBD/ROOT/urged/urge Libya/NNP/dobj/urged to/TO/aux/BOMB BOMB/VB/xcomp/urged/bomb",
        AFFIRMED,
        POSSIBLE,
    ),
    (
        "demanded that Libya free",
        "Chad/NNP/nsubj/demanded demanded/VBD/ROOT/demanded/demand that/IN/mark/FREE Libya/NNP/nsubj/FREE "
        "FREE/VB/ccomp/demanded/free",
        AFFIRMED,
        POSSIBLE,
    ),
    (
        "the threat of",
        "the/DT/det/threat threat/NN/nsubj/grew of/IN/prep/threat a/DT/det/STRIKE STRIKE/NN/pobj/of/strike "
        "grew/VBD/ROOT/grew/grow",
        AFFIRMED,
        POSSIBLE,
    ),
    (
        "a planned strike",
        "a/DT/det/STRIKE planned/JJ/amod/STRIKE STRIKE/NN/nsubj/leaked/strike leaked/VBD/ROOT/leaked/leak",
        AFFIRMED,
        INTENDED,
    ),
    (
        "was cancelled",
        "the/DT/det/VISIT VISIT/NN/nsubjpass/cancelled/visit was/VBD/auxpass/cancelled/be "
        "cancelled/VBN/ROOT/cancelled/cancel",
        NEGATED,
        ACTUAL,
    ),
    (
        "prevented Libya from",
        "Chad/NNP/nsubj/stopped stopped/VBD/ROOT/stopped/prevent Libya/NNP/dobj/stopped from/IN/prep/stopped "
        "BOMBING/VBG/pcomp/from/bomb Mali/NNP/dobj/BOMBING",
        NEGATED,
        ACTUAL,
    ),
    (
        "sent ships to: a purpose is intended",
        "Chad/NNP/nsubj/sent sent/VBD/ROOT/sent/send ships/NNS/dobj/sent/ship to/TO/aux/BOMB BOMB/VB/advcl/sent/bomb "
        "Libya/NNP/dobj/BOMB",
        AFFIRMED,
        INTENDED,
    ),
    (
        "managed to: what was managed is done",
        "Chad/NNP/nsubj/managed managed/VBD/ROOT/managed/manage to/TO/aux/BOMB BOMB/VB/xcomp/managed/bomb",
        AFFIRMED,
        ACTUAL,
    ),
    (
        "near miss: «not» of the main clause does not reach the clause of time",
        "Chad/NNP/nsubj/sleep did/VBD/aux/sleep/do not/RB/neg/sleep sleep/VB/ROOT/sleep after/IN/mark/BOMBED "
        "Libya/NNP/nsubj/BOMBED BOMBED/VBD/advcl/sleep/bomb Mali/NNP/dobj/BOMBED",
        AFFIRMED,
        ACTUAL,
    ),
    (
        "near miss: «plans to» does not reach what comes after «after»",
        "Chad/NNP/nsubj/plans plans/VBZ/ROOT/plans/plan to/TO/aux/act act/VB/xcomp/plans after/IN/prep/act "
        "the/DT/det/RAID RAID/NN/pobj/after/raid",
        AFFIRMED,
        ACTUAL,
    ),
    (
        "near miss: what a relative clause denies does not touch its head",
        "Chad/NNP/nsubj/BOMBED which/WDT/nsubj/sleep does/VBZ/aux/sleep/do not/RB/neg/sleep sleep/VB/relcl/Chad "
        "BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED",
        AFFIRMED,
        ACTUAL,
    ),
]

# What is tried, the parse, the speakers from the outside in, and the stance of the innermost.
VOICES = [
    ("the article itself", "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED", [], None),
    (
        "said that",
        "Mali/NNP/nsubj/said said/VBD/ROOT/said/say that/IN/mark/BOMBED Chad/NNP/nsubj/BOMBED BOMBED/VBD/ccomp/said/bomb",
        ["Mali"],
        "says",
    ),
    (
        "inverted",
        "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ccomp/said/bomb Libya/NNP/dobj/BOMBED ,/,/punct/said said/VBD/ROOT/said/say "
        "Mali/NNP/nsubj/said",
        ["Mali"],
        "says",
    ),
    (
        "one inside the other",
        "Mali/NNP/nsubj/said said/VBD/ROOT/said/say Niger/NNP/nsubj/believed believed/VBD/ccomp/said/believe "
        "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ccomp/believed/bomb",
        ["Mali", "Niger"],
        "believes",
    ),
    (
        "two who say the same",
        "Mali/NNP/nsubj/said and/CC/cc/Mali Niger/NNP/conj/Mali said/VBD/ROOT/said/say Chad/NNP/nsubj/BOMBED "
        "BOMBED/VBD/ccomp/said/bomb",
        ["Mali", "Niger"],
        "says",
    ),
    (
        "according to",
        "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED according/VBG/prep/BOMBED/accord "
        "to/IN/prep/according Mali/NNP/pobj/to",
        ["Mali"],
        "says",
    ),
    (
        "citing",
        "Mali/NNP/nsubj/said citing/VBG/advcl/said/cite Niger/NNP/dobj/citing said/VBD/ROOT/said/say "
        "Chad/NNP/nsubj/BOMBED BOMBED/VBD/ccomp/said/bomb",
        ["Mali", "Niger"],
        "says",
    ),
    (
        "accused of",
        "Mali/NNP/nsubj/accused accused/VBD/ROOT/accused/accuse Chad/NNP/dobj/accused of/IN/prep/accused "
        "BOMBING/VBG/pcomp/of/bomb Libya/NNP/dobj/BOMBING",
        ["Mali"],
        "accuses",
    ),
    (
        "denied that",
        "Chad/NNP/nsubj/denied denied/VBD/ROOT/denied/deny that/IN/mark/BOMBED it/PRP/nsubj/BOMBED "
        "BOMBED/VBD/ccomp/denied/bomb",
        ["Chad"],
        "denies",
    ),
    (
        "a claim that",
        "Mali/NNP/poss/claim 's/POS/case/Mali claim/NN/nsubj/spread that/IN/mark/BOMBED Chad/NNP/nsubj/BOMBED "
        "BOMBED/VBD/acl/claim/bomb spread/VBD/ROOT/spread",
        ["Mali"],
        "says",
    ),
    (
        "somebody without an entity",
        "local/JJ/amod/villagers villagers/NNS/nsubj/said/villager said/VBD/ROOT/said/say Chad/NNP/nsubj/BOMBED "
        "BOMBED/VBD/ccomp/said/bomb",
        ["local villagers"],
        "says",
    ),
    (
        "near miss: who speaks in a relative clause says nothing of the main one",
        "Mali/NNP/nsubj/BOMBED which/WDT/nsubj/says says/VBZ/relcl/Mali/say little/JJ/dobj/says "
        "BOMBED/VBD/ROOT/BOMBED/bomb Chad/NNP/dobj/BOMBED",
        [],
        None,
    ),
    (
        "near miss: what stands in a clause of time is the article's own",
        "Mali/NNP/nsubj/said said/VBD/ROOT/said/say during/IN/prep/said the/DT/det/RAID RAID/NN/pobj/during/raid "
        "that/IN/mark/slept Chad/NNP/nsubj/slept slept/VBD/ccomp/said/sleep",
        [],
        None,
    ),
]


def candidate(block: Block, actor: str | None = "Chad") -> Candidate:
    """Give a candidate at the word in capitals, with `actor` as its doer where the text names it."""
    trigger = next(t for t in block.doc if t.text.isupper() and len(t.text) > 2)
    verb = trigger.head if trigger.pos_ == "NOUN" and trigger.dep_ == "dobj" else trigger
    doers = [m for m in block.names.values() if m.span.text == actor]
    proposals = [Proposal("actor", str(actor), m.span, m.entity, "subject") for m in doers]
    return Candidate("Attack", "rule", block, trigger, verb, proposals)


def qualify(block: Block, lexicon: Lexicon, **more: Any) -> Qualities:
    return Qualifier(lexicon).qualify(candidate(block, **more), Reading(block.article, [block]))


@pytest.mark.parametrize(
    ("parse", "polarity", "modality"), [case[1:] for case in MOODS], ids=[case[0] for case in MOODS]
)
def test_mood(read, lexicon: Lexicon, parse: str, polarity: str, modality: str) -> None:
    found = qualify(read(parse, names=NAMES), lexicon)
    assert (found.polarity, found.modality) == (polarity, modality)


@pytest.mark.parametrize(
    ("parse", "speakers", "stance"), [case[1:] for case in VOICES], ids=[case[0] for case in VOICES]
)
def test_voice(read, lexicon: Lexicon, parse: str, speakers: list[str], stance: str | None) -> None:
    found = qualify(read(parse, names=NAMES), lexicon)
    assert ([speaker.label for speaker in found.speakers], found.stance) == (speakers, stance)


SAID_WILL = (
    "Chad/NNP/nsubj/said said/VBD/ROOT/said/say it/PRP/nsubj/BOMB will/MD/aux/BOMB BOMB/VB/ccomp/said/bomb "
    "Libya/NNP/dobj/BOMB"
)


@pytest.mark.parametrize(("actor", "modality"), [("Chad", INTENDED), ("Libya", PREDICTED)])
def test_will_is_intended_in_the_words_of_the_doer_alone(read, lexicon: Lexicon, actor: str, modality: str) -> None:
    assert qualify(read(SAID_WILL, names=NAMES), lexicon, actor=actor).modality == modality


def test_denial_negates(read, lexicon: Lexicon) -> None:
    denial = next(parse for name, parse, *_ in VOICES if name == "denied that")
    assert qualify(read(denial, names=NAMES), lexicon).polarity == NEGATED


@pytest.mark.parametrize(("is_title", "modality"), [(True, INTENDED), (False, ACTUAL)])
def test_an_infinitive_alone_is_the_future_in_a_title_only(
    read, lexicon: Lexicon, is_title: bool, modality: str
) -> None:
    parse = "Chad/NNP/nsubj/BOMB to/TO/aux/BOMB BOMB/VB/ROOT/BOMB/bomb Libya/NNP/dobj/BOMB"
    assert qualify(read(parse, names=NAMES, is_title=is_title), lexicon).modality == modality


QUOTE = (
    '"/``/punct/BOMBED Chad/NNP/nsubj/BOMBED BOMBED/VBD/ROOT/BOMBED/bomb Libya/NNP/dobj/BOMBED '
    "late/RB/advmod/BOMBED last/JJ/amod/night night/NN/npadvmod/BOMBED ./././BOMBED \"/''/punct/BOMBED "
    "Mali/NNP/nsubj/{verb} {verb}/VBD/ROOT/{verb}/{lemma}"
)


@pytest.mark.parametrize(("verb", "lemma", "speakers"), [("said", "say", ["Mali"]), ("slept", "sleep", [])])
def test_a_quotation_without_a_speaker_takes_the_one_beside_it(
    read, lexicon: Lexicon, verb: str, lemma: str, speakers: list[str]
) -> None:
    found = qualify(read(QUOTE.format(verb=verb, lemma=lemma), names=NAMES), lexicon)
    assert [speaker.label for speaker in found.speakers] == speakers


def test_attributions_of_a_block(read, lexicon: Lexicon) -> None:
    said = next(parse for name, parse, *_ in VOICES if name == "said that")
    block = read(said, names=NAMES)
    (found,) = Speakers(lexicon).attributions(block)
    text = block.article.text
    assert {key: text[span["start"] : span["end"]] for key, span in found.items()} == {
        "source": "Mali",
        "cue": "said",
        "content": "that Chad BOMBED",
    }
