"""Which date belongs to which event: the one that modifies it, found by the way from the date's words to the trigger.

The date hangs on the trigger or on the verb that carries it, on a word inside their phrase («sanctions on banks since
May»), or on a clause above whose time is also that of the event («struck on Monday, killing two»). A date that is part
of another noun («the war of 2014», «the 2016 election») belongs to that noun alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.date_relative import OFFSET
from kg.text.dates import DateMention, find_dates
from kg.text.lexicon import Lexicon
from kg.text.reading import Block
from kg.text.tense import VERBAL, Tense, first_clause, is_fronted

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NEAR = 3  # how many words may stand before a date that opens a clause
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"acl", "relcl", "ccomp", "advcl", "parataxis"})
_PREMODIFIERS = frozenset({"compound", "nummod", "poss", "nmod", "amod"})
_NOMINAL = frozenset(
    {"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr", "acl", "pcomp", "compound", "appos"}
)
_BELOW, _ABOVE = 4, 8  # how many words the way may lead over: inside the phrase, and up to a clause
_FROM_ABOVE, _FROM_FRONT = 10, 30  # what hangs inside the phrase comes first, what only opens the sentence last


@dataclass(frozen=True, slots=True)
class _Holder:
    """A word that the date at token `start` hangs on. `own`: it is of that word alone; `fronted`: it opens the sentence."""

    token: Token
    start: int
    own: bool = False
    fronted: bool = False


class Timing:
    """Gives events their dates; the lexicon says which words pass a time on and which look ahead."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._tense = Tense(lexicon)

    def dates(self, block: Block, published: str | None, *, reference: str | None) -> list[DateMention]:
        """Find the dates of a block; `reference` is the date last spoken of before it (see `find_dates`)."""

        def ahead(start: int, end: int) -> bool:
            span = block.doc.char_span(start, end, alignment_mode="expand")
            return span is not None and self._tense.looks_ahead(span, is_title=block.is_title)

        return find_dates(block.doc.text, published, ahead=ahead, reference=reference)

    def date_of(self, trigger: Token, governor: Token, block: Block, dates: Iterable[DateMention]) -> str | None:
        """Give which of `dates` of the block modifies an event, as EDTF, or None."""
        best: tuple[int, int, str] | None = None
        clause, sentence = _described_by(governor), trigger.sent
        for mention in dates:
            if mention.value is None:
                continue
            span = block.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None or not sentence.start <= span.start < sentence.end:
                continue
            if clause is not None and span.start <= clause.i < span.end:
                return mention.value  # «5 November, when Pyongyang fired»
            steps = [self._distance(holder, trigger, governor) for holder in _holders(span, mention.kind)]
            distance = min((count for count in steps if count is not None), default=None)
            if distance is not None:
                rank = (distance, abs(span.start - trigger.i), mention.value)
                best = min(best, rank) if best else rank
        return best[2] if best else None

    def _distance(self, holder: _Holder, trigger: Token, governor: Token) -> int | None:
        if holder.token in (trigger, governor):
            return 0
        if holder.own and holder.token.pos_ in _NOUNS:
            return None
        below = None if holder.own else self._below(holder, trigger, governor)
        return below if below is not None else self._above(holder, trigger, governor)

    def _below(self, holder: _Holder, trigger: Token, governor: Token) -> int | None:
        """Count the steps from a word inside the event's phrase up to it."""
        token = holder.token
        for steps in range(1, _BELOW + 1):
            head = token.head
            if head == token or (token.pos_ in VERBAL and not self._is_one_with(token, head, trigger, holder.start)):
                return None
            if self._is_charge(token, head):
                return None
            token = head
            if token in (trigger, governor):
                return steps
        return None

    def _is_charge(self, act: Token, prep: Token) -> bool:
        """«Blames Mali for the raid in May»: the time of what somebody is blamed for is not that of the blame."""
        blamed = prep.head.pos_ in VERBAL and prep.head.lemma_.lower() in self._cues["blaming"]
        return blamed and act.dep_ == "pobj" and prep.lower_ in self._cues["topic_prepositions"]

    def _is_one_with(self, verb: Token, head: Token, trigger: Token, start: int) -> bool:
        """«Attacked and seized it on Friday», but not «left town, and took office on Friday»; «talks held on Friday»."""
        if verb.dep_ == "conj":
            between = [c for c in head.children if c.i > head.i and c.dep_ not in {"conj", "punct"}]
            two_sentences = not any(c.dep_ == "cc" for c in between) and start < verb.left_edge.i + _NEAR
            return two_sentences or all(c.dep_ == "cc" for c in between)
        if head == trigger and verb.dep_ in {"acl", "relcl"}:
            return verb.lemma_.lower() in self._cues["support_occur"] | self._cues["support_active"]
        return verb.dep_ not in _CLAUSES

    def _above(self, holder: _Holder, trigger: Token, governor: Token) -> int | None:
        """Count the steps from an event up to the clause that a date hangs on, or to the sentence that it opens."""
        token, in_clause = trigger, trigger.pos_ in VERBAL
        for steps in range(_ABOVE):
            if steps and token == holder.token:
                return _FROM_ABOVE + steps
            if holder.fronted and _is_first_of_two(holder.token, token):
                return _FROM_FRONT + steps
            if token.head == token or not self._passes(token, own_time=trigger == governor and not in_clause):
                return None
            in_clause = in_clause or token.pos_ in VERBAL
            token = token.head
        return None

    def _passes(self, token: Token, *, own_time: bool) -> bool:
        """Whether a word has the time of what it hangs on.

        A noun after a preposition has its own (`own_time`): «imposed sanctions in May for their part in the war».
        """
        dep = token.dep_
        if token.pos_ not in VERBAL:
            return dep in _NOMINAL and not (dep == "prep" and own_time)
        if dep == "conj":
            return self._goes_on(token)
        if dep == "xcomp":
            return token.head.lemma_.lower() not in self._cues["possible_verbs"]
        if dep == "pcomp":  # «accused Chad on Friday of arming them»: the arming was not on Friday
            above = token.head.head.lemma_.lower()  # and «jailed him on Friday for arming them» likewise
            charged = token.head.lower_ == "for" and above in self._cues["gerund_control"]
            return not charged and above not in self._cues["alleging"]
        if dep in {"advcl", "relcl"}:
            return self._is_meanwhile(token)
        return dep in _NOMINAL

    def _goes_on(self, verb: Token) -> bool:
        """Whether a coordinated verb goes on telling at the same time: not «… in May and has since fled»."""
        words = {child.lower_ for child in verb.children if child.dep_ in {"advmod", "aux"}}
        return not words & self._cues["other_time"]

    def _is_meanwhile(self, verb: Token) -> bool:
        """Whether a clause tells of the time of the one above: a participle, an infinitive, «while», «after», «where»."""
        marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod", "prep"}}
        if verb.dep_ == "relcl" or any(child.dep_ in _SUBJECTS for child in verb.children):
            return bool(marks & self._cues["same_time"])
        return True


# What a date hangs on


def _holders(span: Span, kind: str) -> Iterator[_Holder]:
    """Give the words that a date hangs on; the parser may tear «Monday, 5 May» apart."""
    if kind == OFFSET:  # «a day after rebels took the town» dates the taking
        after = _introduced_by(span[-1])
        if after is not None:
            yield _Holder(after, span.start, own=True)
        return
    described = _clause_when(span)
    if described is not None:
        yield _Holder(described, span.start)
    opened = first_clause(span) if is_fronted(span) else None
    if opened is not None:
        yield _Holder(opened, span.start, fronted=True)
        return
    for token in span:
        if not span.start <= token.head.i < span.end:
            yield _Holder(_past_prepositions(token), span.start, own=_is_part_of_noun(token))


def _described_by(verb: Token) -> Token | None:
    """Give the noun that the clause of `verb` describes, where it is one of time."""
    while verb.dep_ in {"conj", "xcomp"} and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _clause_when(span: Span) -> Token | None:
    """Give the verb of a clause with «when» right after a date, wherever the parser hangs it."""
    doc = span.doc
    index = span.end + (span.end < len(doc) and doc[span.end].text == ",")
    word = doc[index] if index < len(doc) else None
    return word.head if word is not None and word.lower_ == "when" and word.head.pos_ in VERBAL else None


def _introduced_by(word: Token) -> Token | None:
    """Give the verb or noun that «after» or «before» introduces."""
    if word.dep_ == "mark":
        return word.head
    return next((child for child in word.children if child.dep_ in {"pobj", "pcomp"}), None)


def _is_first_of_two(verb: Token, head: Token) -> bool:
    """Whether the parser took two sentences for one: «In May they met; Chad then sent troops»."""
    return verb.head == head and verb.i < head.i and verb.dep_ in {"ccomp", "parataxis"}


def _is_part_of_noun(token: Token) -> bool:
    """«The war of 2014», «the 2016 election», «Monday's attack»."""
    head = token.head
    return head.lower_ == "of" or (token.dep_ in _PREMODIFIERS and token.i < head.i)


def _past_prepositions(token: Token) -> Token:
    head = token.head
    while head.head != head and (head.pos_ in {"ADP", "SCONJ", "ADV", "NUM"} or head.ent_type_ in {"DATE", "TIME"}):
        head = head.head
    return head
