"""Which date belongs to which event: the one that modifies it, found by the way from the date's words to the trigger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.text.dates import DateMention
from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE_ENDS = frozenset({"relcl", "ccomp", "advcl", "parataxis"})
_VERBAL = frozenset({"VERB", "AUX"})
_WITHIN = frozenset(
    {"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr", "acl", "pcomp", "compound", "appos"}
)


def date_of(trigger: Token, governor: Token, block: Block, dates: Iterable[DateMention]) -> str | None:
    """Give which of `dates` of the block modifies an event, as EDTF, or None.

    A date modifies the trigger or the verb that carries it when it hangs on one of them, or on a word of the same clause.
    """
    best: tuple[int, int, str] | None = None
    clause = _relative_clause(governor)
    for mention in dates:
        if mention.value is None:
            continue
        span = block.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or span.sent != trigger.sent:
            continue
        if clause is not None and span.start <= clause.i < span.end:
            return mention.value  # «5 November, when Pyongyang fired»
        heads = [token for token in span if not span.start <= token.head.i < span.end]
        found = [_distance(_anchor(token), trigger, governor) for token in heads]  # the parser may tear «Monday, 5 May»
        distance = min((steps for steps in found if steps is not None), default=None)
        if distance is not None:
            rank = (distance, abs(span.start - trigger.i), mention.value)
            best = min(best, rank) if best else rank
    return best[2] if best else None


def _relative_clause(verb: Token) -> Token | None:
    """Give the noun that the clause of `verb` describes, where it is one of time."""
    while verb.dep_ in {"conj", "xcomp"} and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _anchor(root: Token) -> Token:
    """Give the word that a date hangs on, past its preposition."""
    head = root.head
    while (head != head.head and head.pos_ in {"ADP", "SCONJ", "ADV", "NUM"}) or head.ent_type_ in {"DATE", "TIME"}:
        if head == head.head:
            break
        head = head.head
    return head


def _distance(anchor: Token, trigger: Token, governor: Token) -> int | None:
    if anchor in (trigger, governor):
        return 0
    steps = 0
    token = anchor  # the date hangs on something inside the event's phrase: «sanctions on banks since May»
    while token.head != token and steps < 4:
        if token.pos_ in _VERBAL and token.dep_ in _CLAUSE_ENDS | {"acl"}:
            break
        token, steps = token.head, steps + 1
        if token in (trigger, governor):
            return steps
    steps = 0
    token = trigger  # the event stands inside the phrase that the date hangs on
    while token.head != token and steps < 6:
        if token.dep_ in _CLAUSE_ENDS or token.dep_ not in _WITHIN or (token.dep_ == "prep" and trigger == governor):
            break  # a noun after a preposition has its own time: «imposed sanctions in May for their part in the war»
        token, steps = token.head, steps + 1
        if token == anchor:
            return 10 + steps
    return None
