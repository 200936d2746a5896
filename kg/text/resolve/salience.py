"""How present a mention keeps somebody in the reader's mind: the factors of Lappin and Leass (1994), for spaCy's labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.reading import ADJECTIVE

if TYPE_CHECKING:
    from spacy.tokens import Token

# Weights of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution", Computational Linguistics 20(4), 1994.
_RECENT = 100.0
_HEAD = 80.0  # no part of another noun phrase
_NOT_ADVERBIAL = 50.0
_GRAMMATICAL = {
    "nsubj": 80.0,
    "nsubjpass": 80.0,
    "csubj": 80.0,
    "attr": 70.0,
    "dobj": 50.0,
    "dative": 40.0,
    "pobj": 40.0,
}
_INSIDE = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_OF_ADJECTIVE = 0.3  # «Russian bombers» says little of Russia
_DECAY = 0.5  # a sentence


def weight(head: Token, form: str) -> float:
    """Give the weight of a mention of `form` with this head word in its own sentence."""
    while head.dep_ == "conj" and head.head != head:
        head = head.head
    found = _RECENT + _GRAMMATICAL.get(head.dep_, 0.0)
    governor = head.head.head if head.dep_ == "pobj" else head.head
    if head.dep_ not in _INSIDE and (head.dep_ != "pobj" or governor.pos_ in {"VERB", "AUX"}):
        found += _HEAD
    if head.dep_ != "pobj":
        found += _NOT_ADVERBIAL
    return found * _OF_ADJECTIVE if form == ADJECTIVE else found


def faded(weights: dict[int, float], sentence: int, reach: int) -> float:
    """Give what is left in `sentence` of the weights of earlier sentences (by number), no farther back than `reach`."""
    return sum(value * _DECAY ** (sentence - number) for number, value in weights.items() if sentence - number <= reach)
