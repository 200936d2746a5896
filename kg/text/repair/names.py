"""Names that the parser joins with what stands beside them, or leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from kg.text.repair.clauses import SUBJECTS, VERBAL

NAMES = frozenset({"NNP", "NNPS"})


def free_date(date: Token) -> None:
    """«On Saturday Kinshasa recalled …»: without a comma the parser makes one name of the day and of who acts on it."""
    doc, name, before = date.doc, date.head, date.doc[date.i - 1]
    if before.pos_ != "ADP" or name.i < date.i or name.i + 1 == len(doc):
        return
    if name.dep_ == "pobj" and name.head == before and name.tag_ in NAMES:
        follower = doc[name.i + 1]
        verb = follower.head if follower.pos_ == "AUX" and follower.dep_ in {"aux", "auxpass"} else follower
        if follower.tag_ in NAMES:
            head, dep = follower.head if follower.dep_ == "compound" else follower, "compound"
        elif verb.pos_ in VERBAL and not any(child.dep_ in SUBJECTS for child in verb.children):
            head, dep = verb, "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"
        else:
            return
        if head == name or name.is_ancestor(head):  # «on Saturday Kinshasa, hit by floods, …»
            return
        name.head, name.dep_ = head, dep
    elif name.dep_ not in SUBJECTS:
        return
    if not date.is_ancestor(before):
        date.head, date.dep_ = before, "pobj"
        _cut_names(doc, date)


def _cut_names(doc: Doc, date: Token) -> None:
    """Take the day out of a name that the recogniser has found in both."""
    for ent in doc.ents:
        if ent.start <= date.i < ent.end - 1 and ent.label_ not in {"DATE", "TIME"}:
            rest = doc.char_span(doc[date.i + 1].idx, ent.end_char, label=ent.label_)
            doc.ents = tuple(other for other in doc.ents if other != ent) + ((rest,) if rest is not None else ())


def lower_date(prep: Token) -> None:
    """«Blames Mali for the raid in May 2023»: the month is that of the raid; with a verb in the present tense, so is any date."""
    verb = prep.head
    dated = any(child.dep_ == "pobj" and child.ent_type_ == "DATE" for child in prep.children)
    charge = next((child for child in verb.children if child.dep_ == "prep" and child.right_edge.i == prep.i - 1), None)
    act = next((child for child in charge.children if child.dep_ == "pobj"), None) if charge is not None else None
    month = prep.lower_ == "in" or verb.tag_ in {"VBZ", "VBP"}
    if dated and month and act is not None and act.pos_ == "NOUN":
        prep.head = act


def join_by_comma(name: Token) -> None:
    """«Iran, Pakistan agree to …»: in a headline a comma stands for «and»; an apposition would end with another."""
    doc, verb, first = name.doc, name.head, name.i + 2
    if name.tag_ not in NAMES or first >= len(doc) or doc[name.i + 1].text != ",":
        return
    beside = next((child for child in name.children if child.dep_ == "appos" and child.left_edge.i == first), None)
    if beside is not None and name.dep_ == "nsubj" and beside.right_edge.i + 1 == verb.i and beside.tag_ in NAMES:
        beside.dep_ = "conj"
    other = next((child for child in verb.children if child.dep_ == "nsubj" and child.left_edge.i == first), None)
    if other is not None and name.dep_ in {"npadvmod", "nsubj"} and verb.tag_ in {"VBP", "VB", "VBD"}:
        name.dep_ = "nsubj"
        other.head, other.dep_ = name, "conj"
