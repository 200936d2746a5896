"""Verbs that the parser hangs on the wrong word, or that it takes from their subjects."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def find_verb(noun: Token) -> None:
    """«Peru, which borders Chile, called …»: the parser takes the verb after a relative clause for a part of its noun."""
    described = [child.i for child in noun.children if child.dep_ in {"relcl", "appos"}]
    for verb in noun.children:
        set_off = verb.left_edge.i > 0 and noun.doc[verb.left_edge.i - 1].text == ","
        acting = (
            verb.dep_ == "acl"
            and verb.tag_ in {"VBD", "VBN"}
            and any(c.dep_ in {"dobj", "oprd"} for c in verb.children)
        )
        if acting and set_off and described and described[0] < verb.i:
            verb.head, verb.dep_ = verb, "ROOT"
            noun.head, noun.dep_ = verb, "nsubj"
            return


def part_predicates(verb: Token) -> None:
    """«Called Iran's step reckless»: of two predicates without an object, the noun is the object."""
    predicates = [child for child in verb.children if child.dep_ == "oprd" and child.i > verb.i]
    free = len(predicates) == 2 and not any(child.dep_ in {"dobj", "nsubjpass"} for child in verb.children)
    if free and predicates[0].pos_ in {"NOUN", "PROPN"} and predicates[1].pos_ == "ADJ":
        predicates[0].dep_ = "dobj"


def part_gap(second: Token) -> None:
    """«Mali is to free two men and Chad ten women»: the women are Chad's to free, by a verb that is left out."""
    verb, first = second.head, second.left_edge
    before = first.nbor(-1) if first.i else first
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i < second.i]
    if before.dep_ == "conj" and before.pos_ == "PROPN" and any(one.is_ancestor(before) for one in objects):
        second.dep_ = before.dep_ = "dep"


def part_predicate(noun: Token) -> None:
    """«Called him a liar»: without a comma it is what somebody is called, and no apposition."""
    first = noun.left_edge
    if noun.head.dep_ == "dobj" and first.tag_ == "DT" and first.i > 0 and first.nbor(-1).text != ",":
        noun.head, noun.dep_ = noun.head.head, "oprd"


def share_subjects(verb: Token) -> None:
    """«Oman, long a go-between, offered help, but Qatar refused»: a verb with two subjects leaves the first to the verb before.

    The parser takes that verb for a part of the apposition.
    """
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i]
    if len(subjects) != 2:
        return
    first, second = subjects
    between = (
        token for token in verb.doc[first.i + 1 : second.i] if first.is_ancestor(token) or verb.is_ancestor(token)
    )
    for token in between:
        finite = token.pos_ in VERBAL and token.tag_ in FINITE
        if finite and not any(child.dep_ in {*SUBJECTS, "aux", "mark"} for child in token.children):
            above, label = (token if verb.dep_ == "ROOT" else verb.head), verb.dep_
            token.head, token.dep_ = above, label
            verb.head, verb.dep_ = token, "conj"
            first.head = token
            return


def give_subject(verb: Token, transitive: Container[str]) -> None:
    """«Fired at Iraq and Israel bombed Syria»: who stands before a second verb that has no «and» of its own is its subject.

    The parser counts him among the objects of the first verb, or takes these objects for subjects of the second. Of the
    `transitive` verbs it thinks then that they say what follows, which nobody says by them.
    """
    first, start = verb.head, verb.left_edge
    content = verb.dep_ == "ccomp" and first.lemma_.lower() in transitive
    if first.i >= verb.i or verb.tag_ not in FINITE - {"VBN"} or not (content or verb.dep_ == "conj"):
        return
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None:
        above, end = first, start.i - 1
    elif content and subject.left_edge == start and start.i == first.i + 1:
        above, end = subject, subject.right_edge.i
    else:
        return
    doer = next((t for t in verb.doc[first.i + 1 : end + 1] if _ends_a_list(t, end) and above.is_ancestor(t)), None)
    if doer is None:
        return
    doer.left_edge.nbor(-1).head = first
    doer.head, doer.dep_, verb.dep_ = verb, "nsubj", "conj"
    if subject is not None:
        subject.head, subject.dep_ = first, "dobj"


def _ends_a_list(noun: Token, end: int) -> bool:
    listed = noun.dep_ == "conj" and noun.pos_ in {"NOUN", "PROPN"} and noun.right_edge.i == end
    return listed and noun.left_edge.nbor(-1).dep_ == "cc"


def raise_partner(name: Token) -> None:
    """«The president, Ali, and the prime minister, Bay, agreed»: the second stands beside the first, not beside his name."""
    for other in name.children:
        start = other.left_edge.i
        listed = start > 1 and name.doc[start - 1].pos_ == "CCONJ" and name.doc[start - 2].text == ","
        if other.dep_ == "conj" and listed and other.pos_ in {"NOUN", "PROPN"} and name.head.tag_ in {"NN", "NNP"}:
            other.head = name.head
            return


def follow_on(verb: Token) -> None:
    """«Thanked Berlin, then asked Paris for tanks»: the parser does not know how the second verb belongs to the first."""
    own = any(child.dep_ in SUBJECTS for child in verb.children)
    if verb.dep_ == "dep" and verb.tag_ in FINITE and not own and verb.head.pos_ in VERBAL and verb.head.i < verb.i:
        verb.dep_ = "conj"


def raise_request(on: Token) -> None:
    """«Called on Fiji to resign»: the parser makes a clause of whom somebody calls on and what he is to do."""
    done = on.head
    asked = [child for child in done.children if child.dep_ == "nsubj" and child.i > on.i]
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in done.children)
    if on.dep_ == "mark" and infinitive and asked and done.head.pos_ in VERBAL and done.head.i == on.i - 1:
        verb = done.head
        on.head, on.dep_ = verb, "prep"
        asked[0].head, asked[0].dep_ = on, "pobj"
        done.dep_ = "xcomp"


def lower_relative(clause: Token) -> None:
    """«Sold soya to Peru, to which it …»: with a preposition, the pronoun stands for the noun right before it."""
    first = clause.left_edge
    pronoun = next((child for child in first.children if child.dep_ == "pobj"), None)
    if pronoun is None or pronoun.tag_ not in {"WDT", "WP"} or first.i < 2 or first.nbor(-1).text != ",":
        return
    noun = first.nbor(-2)
    if noun.pos_ in {"NOUN", "PROPN"} and noun != clause.head and not clause.is_ancestor(noun):
        clause.head = noun


def find_lost_verb(noun: Token) -> None:
    """«Envoys who came on 3 May called on Fiji to …»: the parser takes the verb for a part of the relative clause."""
    clause = next((child for child in noun.children if child.dep_ == "relcl"), None)
    if clause is None:
        return
    for verb in reversed(list(clause.subtree)):
        lost = verb.dep_ == "acl" and verb.tag_ in {"VBD", "VBN"} and verb.left_edge == verb and verb.i > clause.i
        followed = any(child.dep_ in {"dobj", "prep", "ccomp", "xcomp", "advcl", "prt"} for child in verb.children)
        if lost and followed and not any(child.dep_ == "agent" for child in verb.children):
            verb.head, verb.dep_ = verb, "ROOT"
            noun.head, noun.dep_ = verb, "nsubj"
            for mark in [child for child in noun.children if child.i > verb.i]:
                mark.head = verb
            return
