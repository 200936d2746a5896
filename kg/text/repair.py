"""Mistakes that the parser makes with one construction of English again and again, mended before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMES = frozenset({"NNP", "NNPS"})


class Repair:
    """Mends parses in place; mending twice changes nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues

    def mend(self, doc: Doc) -> None:
        """Set right the heads and labels of the tokens of a parse."""
        for token in doc:
            if token.lower_ in self._cues["dates"] and token.dep_ == "compound" and token.i:
                _free_date(token)
            if token.lower_ == "of" and token.dep_ == "prep":
                self._raise_charge(token)

    def _raise_charge(self, prep: Token) -> None:
        """«Accused the rebels and the army of killing»: the parser hangs the charge on who is charged."""
        charged = prep.head
        while charged.dep_ == "conj" and charged.head != charged:
            charged = charged.head
        gerund = any(child.dep_ == "pcomp" for child in prep.children)
        if gerund and charged.dep_ == "dobj" and charged.head.lemma_.lower() in self._cues["gerund_control"]:
            prep.head = charged.head


def _free_date(date: Token) -> None:
    """«On Saturday Kinshasa recalled …»: without a comma the parser makes one name of the day and of who acts on it."""
    doc, name, before = date.doc, date.head, date.doc[date.i - 1]
    if before.pos_ != "ADP" or name.i < date.i:
        return
    if name.dep_ == "pobj" and name.head == before and name.tag_ in _NAMES:
        follower = doc[name.i + 1]
        if follower.tag_ not in _NAMES:  # «on Friday Kinshasa …» stands without a verb of its own
            return
        name.head, name.dep_ = (follower.head, "compound") if follower.dep_ == "compound" else (follower, "compound")
    elif name.dep_ not in _SUBJECTS:
        return
    date.head, date.dep_ = before, "pobj"
    _cut_names(doc, date)


def _cut_names(doc: Doc, date: Token) -> None:
    """Take the day out of a name that the recogniser has found in both."""
    for ent in doc.ents:
        if ent.start <= date.i < ent.end - 1 and ent.label_ not in {"DATE", "TIME"}:
            rest = doc.char_span(doc[date.i + 1].idx, ent.end_char, label=ent.label_)
            doc.ents = tuple(other for other in doc.ents if other != ent) + ((rest,) if rest is not None else ())
