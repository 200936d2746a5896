"""Reports of matches, in which the name of a state means its team: «Belgium beat Panama» is no act of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.reading import Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENOUGH = 3  # words of play that a report of a match has; an article on a boycott has fewer


def is_match_report(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the article tells how a match was played."""
    words = lexicon.cues["sport"]
    return len({token.lemma_.lower() for block in reading.blocks for token in block.doc} & words) >= _ENOUGH


def is_team(mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a state or part of one that a report of a match names is its team, and not where the match was played."""
    place = mention.place
    if place is None or place.kind not in {"State", "Region"}:
        return False
    head: Token = mention.head
    return head.dep_ != "pobj" or head.head.lower_ not in lexicon.cues["setting_prepositions"]
