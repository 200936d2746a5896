"""The words of a noun phrase, as the label of a thing that has no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT = frozenset({"amod", "compound", "nmod", "punct", "advmod", "npadvmod", "quantmod"})


def phrase_label(token: Token, block: Block) -> tuple[int, int, str]:
    """Give the tokens of a noun phrase without determiner and number, and its words: «short-range ballistic missiles»."""
    start = token.i
    while start > 0:
        left = block.doc[start - 1]
        inside = left.head.i >= start - 1 and left.head.i <= token.i and left.dep_ in _LEFT
        inside = inside or (
            left.dep_ == "cc"
            and start - 1 > 0
            and block.doc[start - 2].head.i <= token.i
            and block.doc[start - 2].dep_ in _LEFT
        )
        inside = inside or (left.dep_ == "conj" and left.head.dep_ in _LEFT)
        if not inside or left.text in {",", "(", '"', "“"} or left.pos_ in {"DET", "NUM", "ADP"}:
            break
        start -= 1
    while (block.doc[start].is_punct or block.doc[start].pos_ == "CCONJ") and start < token.i:
        start += 1
    words = block.doc[start : token.i + 1]
    opens = words[0].is_sent_start or block.is_title
    lower = opens and not words[0].ent_type_ and words[0].pos_ not in {"PROPN", "ADJ"}
    return start, token.i + 1, words.text[0].lower() + words.text[1:] if lower else words.text
