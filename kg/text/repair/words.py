"""Words whose part of speech the tagger mistakes, and what hangs on the wrong word by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRESENT = frozenset({"VB", "VBP", "VBZ"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_OF_NOUNS = frozenset({"det", "amod", "poss"})
_NOUNS = frozenset({"NN", "NNS"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj"})


def retag(token: Token) -> None:
    """«American claims that …» is a noun, «the four accuse Qatar of …» a verb, by what hangs on them."""
    if token.tag_ in _PRESENT and token.dep_ in _ARGUMENTS and any(c.dep_ in _OF_NOUNS for c in token.children):
        token.pos_, token.tag_ = "NOUN", "NNS" if token.tag_ == "VBZ" else "NN"
    elif token.tag_ in _NOUNS and token.dep_ in _CLAUSES and _acts(token):
        token.pos_, token.tag_ = "VERB", "VBZ" if token.tag_ == "NNS" else "VBP"


def _acts(token: Token) -> bool:
    """Whether a word that is tagged as a noun has a subject before it and an object after it."""
    before = any(child.dep_ == "nsubj" and child.i < token.i for child in token.children)
    return before and any(child.dep_ == "dobj" and child.i > token.i for child in token.children)


def raise_from_sum(prep: Token) -> None:
    """«Duties of 30 percent on steel», «a loan of five million dollars to Chad»: what follows a sum belongs to its noun."""
    of = prep.head.head
    if of.lower_ == "of" and of.dep_ == "prep" and of.head.pos_ == "NOUN" and prep.lower_ != "of":
        prep.head = of.head


def join_particle(let: Token) -> None:
    """«Kenya let go two officers»: of the two verbs, the parser takes the first for an auxiliary of the second."""
    verb = let.head
    beside = verb.i == let.i + 1 and verb.tag_ == "VB"
    if beside and any(child.dep_ == "dobj" for child in verb.children):
        above, label = (let if verb.dep_ == "ROOT" else verb.head), verb.dep_
        for child in [child for child in verb.children if child != let]:
            child.head = let
        let.head, let.dep_, let.pos_ = above, label, "VERB"
        verb.head, verb.dep_, verb.pos_ = let, "prt", "ADP"


def part_receiver(name: Token) -> None:
    """«Gave the Kenyans radars», «offered Chad help»: the parser takes whoever is given a thing for a part of its name."""
    thing, verb = name.head, name.head.head
    before = [child for child in thing.children if child != name and child.i < name.i]
    people = name.tag_ == "NNPS" and any(child.dep_ == "det" for child in before)
    other = any(child.dep_ == "dative" or (child.dep_ == "dobj" and child != thing) for child in verb.children)
    sent = any(prep.lower_ == "to" for prep in verb.children if prep.dep_ == "prep")
    alone = (
        not other and not sent and (people or (name.ent_type_ == "GPE" and not any(c.dep_ == "det" for c in before)))
    )
    if alone and thing.dep_ == "dobj" and thing.i == name.i + 1 and verb.i < name.i:
        for child in before:
            child.head = name
        name.head, name.dep_ = verb, "dative"


def part_result(adjective: Token) -> None:
    """«Shot dead ten men»: how the men were left, and not which."""
    verb = adjective.head.head
    if adjective.head.dep_ == "dobj" and adjective.i == verb.i + 1:
        adjective.head, adjective.dep_ = verb, "oprd"


def join_perfect(done: Token) -> None:
    """«Its troops had massacred villagers»: the parser takes what they did for what the villagers are."""
    people, have = done.head, done.head.head
    bare = not any(child.dep_ in {"det", "poss"} for child in people.children)
    if have.lemma_ == "have" and have.i == done.i - 1 and people.dep_ == "dobj" and bare:
        above, label = (done if have.dep_ == "ROOT" else have.head), have.dep_
        done.head, done.dep_, done.pos_ = above, label, "VERB"
        for child in [child for child in have.children if child != done]:
            child.head = done
        have.head, have.dep_, have.pos_ = done, "aux", "AUX"
