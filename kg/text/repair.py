"""Mistakes that the parser makes with one construction of English again and again, mended before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_NAMES = frozenset({"NNP", "NNPS"})
_PRESENT = frozenset({"VB", "VBP", "VBZ"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_OF_NOUNS = frozenset({"det", "amod", "poss"})
_NOUNS = frozenset({"NN", "NNS"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj"})
_SUMS = frozenset({"PERCENT", "MONEY", "QUANTITY"})


class Repair:
    """Mends parses in place; mending twice changes nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._lemmas = lexicon.nominals["lemmas"]
        people = (
            noun for name in ("title", "stand_in", "organ", "group", "anaphor") for noun in lexicon.nominals[name]
        )
        self._people = {*people} - {thing for name in ("ship", "aircraft", "weapon") for thing in lexicon.classes[name]}

    def mend(self, doc: Doc, *, is_title: bool) -> None:
        """Set right the heads and labels of the tokens of a parse; headlines have a grammar of their own."""
        for token in doc:
            if token.lower_ in self._lemmas:
                token.lemma_ = self._lemmas[token.lower_]
            if is_title:
                _join_by_comma(token)
                self._supply_auxiliary(token)
            if token.lower_ in self._cues["dates"] and token.dep_ == "compound" and token.i:
                _free_date(token)
            if token.lower_ == "of" and token.dep_ == "prep":
                self._raise_charge(token)
            if token.dep_ == "prep" and token.head.ent_type_ in _SUMS:
                _raise_from_sum(token)
            if token.tag_ in _PRESENT and token.dep_ in _NOMINAL and any(c.dep_ in _OF_NOUNS for c in token.children):
                token.pos_, token.tag_ = "NOUN", "NNS" if token.tag_ == "VBZ" else "NN"  # «American claims that …»
            if token.tag_ in _NOUNS and token.dep_ in _CLAUSES and _acts(token):
                token.pos_, token.tag_ = "VERB", "VBZ" if token.tag_ == "NNS" else "VBP"  # «the four accuse Qatar of …»
            if token.dep_ == "aux" and token.lemma_ == "let":
                _join_particle(token)
            if token.dep_ in _SUBJECTS and token.head.dep_ in {"aux", "auxpass"} and token.head.head.pos_ in _VERBAL:
                token.head = token.head.head  # «it did, however, lift …»
            if token.dep_ == "appos":
                _raise_partner(token)
            if token.dep_ == "ROOT" and token.pos_ in {"NOUN", "PROPN"}:
                _find_verb(token)
            if token.pos_ in _VERBAL:
                _share_subjects(token)
                self._raise_speech(token)
                self._lower_consequence(token)
                _part_predicates(token)

    def _supply_auxiliary(self, verb: Token) -> None:
        """«Russia hit with sanctions», «troops deployed to Kosovo»: a passive whose auxiliary goes without saying."""
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        bare = not any(child.dep_ in {"dobj", "aux", "ccomp", "attr", "prt"} for child in verb.children)
        passive = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lemma_.lower() in self._cues["transitive"])
        if subjects and bare and passive:
            for child in verb.children:
                child.dep_ = {"nsubj": "nsubjpass"}.get(child.dep_, "agent" if child.lower_ == "by" else child.dep_)

    def _raise_speech(self, verb: Token) -> None:
        """«Iran said that the ship was its own and warned Iraq»: what no ship can say belongs to who speaks before."""
        told = verb.head
        if verb.dep_ != "conj" or told.dep_ != "ccomp" or any(child.dep_ in _SUBJECTS for child in verb.children):
            return
        subjects = [child for child in told.children if child.dep_ in _SUBJECTS]
        speech = any(verb.lemma_.lower() in self._cues[name] for name in ("says", "warns", "accuses", "demands"))
        if speech and verb.tag_ in _FINITE and subjects and not any(map(self._may_speak, subjects)):
            verb.head = told.head

    def _lower_consequence(self, verb: Token) -> None:
        """«Accused Iran of shelling a town, killing two»: who is accused did that, too, not who accuses."""
        telling = verb.head
        if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.lemma_.lower() not in self._cues["consequences"]:
            return
        told = [
            act
            for child in telling.children
            for act in (child.children if child.dep_ == "prep" else (child,))
            if act.dep_ in {"pcomp", "ccomp", "xcomp"} and act.pos_ in _VERBAL and telling.i < act.i < verb.i
        ]
        if told and any(telling.lemma_.lower() in self._cues[name] for name in ("says", "accuses", "gerund_control")):
            verb.head = told[-1]

    def _may_speak(self, token: Token) -> bool:
        named = token.pos_ in {"PROPN", "PRON"} or bool(token.ent_type_)
        return named or token.lemma_.lower() in self._people

    def _raise_charge(self, prep: Token) -> None:
        """«Accused the rebels and the army of killing»: the parser hangs the charge on who is charged."""
        charged = prep.head
        while charged.dep_ == "conj" and charged.head != charged:
            charged = charged.head
        gerund = any(child.dep_ == "pcomp" for child in prep.children)
        if gerund and charged.dep_ == "dobj" and charged.head.lemma_.lower() in self._cues["gerund_control"]:
            prep.head = charged.head  # no circle: the verb governs whom it charges


def _acts(token: Token) -> bool:
    """Whether a word that is tagged as a noun has a subject before it and an object after it."""
    before = any(child.dep_ == "nsubj" and child.i < token.i for child in token.children)
    return before and any(child.dep_ == "dobj" and child.i > token.i for child in token.children)


def _raise_partner(name: Token) -> None:
    """«The president, Ali, and the prime minister, Bay, agreed»: the second stands beside the first, not beside his name."""
    for other in name.children:
        start = other.left_edge.i
        listed = start > 1 and name.doc[start - 1].pos_ == "CCONJ" and name.doc[start - 2].text == ","
        if other.dep_ == "conj" and listed and other.pos_ in {"NOUN", "PROPN"} and name.head.tag_ in {"NN", "NNP"}:
            other.head = name.head
            return


def _raise_from_sum(prep: Token) -> None:
    """«Duties of 30 percent on steel», «a loan of five million dollars to Chad»: what follows a sum belongs to its noun."""
    of = prep.head.head
    if of.lower_ == "of" and of.dep_ == "prep" and of.head.pos_ == "NOUN" and prep.lower_ != "of":
        prep.head = of.head


def _join_particle(let: Token) -> None:
    """«Kenya let go two officers»: of the two verbs, the parser takes the first for an auxiliary of the second."""
    verb = let.head
    beside = verb.i == let.i + 1 and verb.tag_ == "VB"
    if beside and any(child.dep_ == "dobj" for child in verb.children):
        above, label = (let if verb.dep_ == "ROOT" else verb.head), verb.dep_
        for child in [child for child in verb.children if child != let]:
            child.head = let
        let.head, let.dep_, let.pos_ = above, label, "VERB"
        verb.head, verb.dep_, verb.pos_ = let, "prt", "ADP"


def _find_verb(noun: Token) -> None:
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


def _part_predicates(verb: Token) -> None:
    """«Called Iran's step reckless»: of two predicates without an object, the noun is the object."""
    predicates = [child for child in verb.children if child.dep_ == "oprd" and child.i > verb.i]
    free = len(predicates) == 2 and not any(child.dep_ in {"dobj", "nsubjpass"} for child in verb.children)
    if free and predicates[0].pos_ in {"NOUN", "PROPN"} and predicates[1].pos_ == "ADJ":
        predicates[0].dep_ = "dobj"


def _share_subjects(verb: Token) -> None:
    """«Oman, long a go-between, offered help, but Qatar refused»: a verb with two subjects leaves the first to the verb before.

    The parser takes that verb for a part of the apposition.
    """
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS and child.i < verb.i]
    if len(subjects) != 2:
        return
    first, second = subjects
    between = (
        token for token in verb.doc[first.i + 1 : second.i] if first.is_ancestor(token) or verb.is_ancestor(token)
    )
    for token in between:
        finite = token.pos_ in _VERBAL and token.tag_ in _FINITE
        if finite and not any(child.dep_ in {*_SUBJECTS, "aux", "mark"} for child in token.children):
            above, label = (token if verb.dep_ == "ROOT" else verb.head), verb.dep_
            token.head, token.dep_ = above, label
            verb.head, verb.dep_ = token, "conj"
            first.head = token
            return


def _free_date(date: Token) -> None:
    """«On Saturday Kinshasa recalled …»: without a comma the parser makes one name of the day and of who acts on it."""
    doc, name, before = date.doc, date.head, date.doc[date.i - 1]
    if before.pos_ != "ADP" or name.i < date.i or name.i + 1 == len(doc):
        return
    if name.dep_ == "pobj" and name.head == before and name.tag_ in _NAMES:
        follower = doc[name.i + 1]
        verb = follower.head if follower.pos_ == "AUX" and follower.dep_ in {"aux", "auxpass"} else follower
        if follower.tag_ in _NAMES:
            head, dep = follower.head if follower.dep_ == "compound" else follower, "compound"
        elif verb.pos_ in _VERBAL and not any(child.dep_ in _SUBJECTS for child in verb.children):
            head, dep = verb, "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"
        else:
            return
        if head == name or name.is_ancestor(head):  # «on Saturday Kinshasa, hit by floods, …»
            return
        name.head, name.dep_ = head, dep
    elif name.dep_ not in _SUBJECTS:
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


def _join_by_comma(name: Token) -> None:
    """«Iran, Pakistan agree to …»: in a headline a comma stands for «and»; an apposition would end with another."""
    doc, verb, first = name.doc, name.head, name.i + 2
    if name.tag_ not in _NAMES or first >= len(doc) or doc[name.i + 1].text != ",":
        return
    beside = next((child for child in name.children if child.dep_ == "appos" and child.left_edge.i == first), None)
    if beside is not None and name.dep_ == "nsubj" and beside.right_edge.i + 1 == verb.i and beside.tag_ in _NAMES:
        beside.dep_ = "conj"
    other = next((child for child in verb.children if child.dep_ == "nsubj" and child.left_edge.i == first), None)
    if other is not None and name.dep_ in {"npadvmod", "nsubj"} and verb.tag_ in {"VBP", "VB", "VBD"}:
        name.dep_ = "nsubj"
        other.head, other.dep_ = name, "conj"
