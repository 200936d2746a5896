"""Whether a date without a year, such as «on Friday», is still to come: by the tense of the verb that it stands with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

VERBAL = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BREAKS = frozenset({":", ";"})
_PRESENT = frozenset({"VBZ", "VBP"})
_DEEP = 6  # governors followed upwards in search of a tense


class Tense:
    """Reads tenses; the lexicon says which auxiliaries, prepositions and governing verbs look ahead."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._modals = cues["future_auxiliaries"] | cues["possible_auxiliaries"]
        self._ahead = cues["coming_prepositions"]
        self._behind = cues["past_prepositions"]
        self._willed = cues["intended_verbs"] | cues["possible_verbs"] | cues["predicted_verbs"]
        self._planned = cues["intended_adjectives"]
        self._tried = cues["done_infinitives"]
        self._says = cues["says"]

    def looks_ahead(self, date: Span, *, is_title: bool) -> bool:
        """Whether `date` is to come. A headline's present tense tells of the past, that of the text of a timetable."""
        token = next((t for t in date if not date.start <= t.head.i < date.end), date.root)
        if is_fronted(date):
            verb = first_clause(date)
            return verb is not None and self._is_to_come(verb, is_title, _DEEP)
        while token.head != token:
            outer = token.head
            if outer.lower_ in self._behind:
                return False
            # «Set for Friday», «ahead of Friday's vote»; «hosted him for talks in May» and «fought for days in May» are past.
            dated = outer.lower_ != "for" or date.start <= token.i < date.end
            if (outer.lower_ in self._ahead and dated) or (outer.lower_ == "before" and outer != date.root.head):
                return True  # «set for Friday», «ahead of Friday's vote»
            if outer.pos_ in VERBAL:  # «the visit on Monday shows that»: the present is not that of the visit
                return self._is_to_come(outer, is_title or token.dep_ in _SUBJECTS, _DEEP)
            token = outer
        return False

    def _is_to_come(self, verb: Token, is_title: bool, depth: int) -> bool:
        helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
        words = {c.lower_ for c in helpers}
        if words & self._modals:
            return True
        if "to" in words:
            return self._infinitive(verb, is_title, depth)
        if any(c.lemma_ == "have" for c in helpers):
            return False
        finite = [verb, *helpers]
        if any(t.tag_ in _PRESENT for t in finite):
            return not is_title and verb.lemma_.lower() not in self._says
        if any(t.tag_ in {"VBD", "MD"} for t in finite):
            return False
        if verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "amod"}:  # «announced in March», «planned for March»
            return verb.lower_ in self._planned
        return self._as_above(verb, is_title, depth)

    def _infinitive(self, verb: Token, is_title: bool, depth: int) -> bool:
        """«Japan to send», «agreed to meet», «due to meet», «plans to meet»; but «tried to storm», «flew in to meet»."""
        head = verb.head
        if head == verb:
            return is_title
        if head.pos_ not in VERBAL:
            return True
        lemma = head.lemma_.lower()
        if lemma == "be" or (lemma in self._willed and lemma not in self._tried):
            return True
        set_off = verb.left_edge.i > 0 and verb.nbor(verb.left_edge.i - 1 - verb.i).text == ","
        return set_off or self._as_above(verb, is_title, depth)

    def _as_above(self, verb: Token, is_title: bool, depth: int) -> bool:
        """Take the tense of the clause above for a participle or an infinitive."""
        token = verb
        while token.head != token:
            token = token.head
            if token.pos_ in VERBAL:
                return depth > 0 and self._is_to_come(token, is_title, depth - 1)
        return False


def is_fronted(date: Span) -> bool:
    """Whether only small words stand before a date in its sentence, or after a colon."""
    before = list(date.doc[date.sent.start : date.start])
    breaks = [token.i for token in before if token.text in _BREAKS]
    return all(token.pos_ not in VERBAL | _NOUNS | {"PRON"} for token in before if token.i > max(breaks, default=-1))


def first_clause(date: Span) -> Token | None:
    """Give the verb of the first main clause after a date that opens its sentence, however the parser hangs the date."""
    for token in date.sent:
        if token.i >= date.end and token.pos_ in VERBAL and token.dep_ in {"ROOT", "ccomp", "conj", "parataxis"}:
            return token
    return None
