"""Mistakes that the parser makes with one construction of English again and again, mended before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.repair.clauses import (
    FINITE,
    SUBJECTS,
    VERBAL,
    find_lost_verb,
    find_verb,
    follow_on,
    give_subject,
    lower_relative,
    part_gap,
    part_predicate,
    part_predicates,
    raise_partner,
    raise_request,
    share_subjects,
)
from kg.text.repair.names import free_date, join_by_comma, lower_date
from kg.text.repair.words import join_particle, join_perfect, part_receiver, part_result, raise_from_sum, retag

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEECH = ("says", "warns", "accuses", "demands")
_CONTENT = frozenset({"dobj", "ccomp", "xcomp", "mark"})
_SUMS = frozenset({"PERCENT", "MONEY", "QUANTITY"})


class Repair:
    """Mends parses in place; mending twice changes nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._transitive = self._cues["transitive"] - self._cues["says"] - self._cues["demands"]
        self._lemmas = lexicon.nominals["lemmas"]
        self._frames, self._victims = lexicon.frames, lexicon.classes["victim"]
        people = (
            noun for name in ("title", "stand_in", "organ", "group", "anaphor") for noun in lexicon.nominals[name]
        )
        self._menders = {
            "prep": self._preposition, "appos": self._apposition, "ROOT": self._root, "compound": self._compound,
            "aux": self._auxiliary, "mark": self._mark, "relcl": self._relative, "conj": self._conjunct, "dobj": part_gap, "amod": self._adjective, "dep": follow_on, "advcl": self._adverbial,
        }  # fmt: skip
        self._people = {*people} - {thing for name in ("ship", "aircraft", "weapon") for thing in lexicon.classes[name]}

    def mend(self, doc: Doc, *, is_title: bool) -> None:
        """Set right the heads and labels of the tokens of a parse; headlines have a grammar of their own."""
        for token in doc:
            if token.lower_ in self._lemmas:
                token.lemma_ = self._lemmas[token.lower_]
            retag(token)
            if is_title:
                join_by_comma(token)
                self._supply_auxiliary(token)
            if token.lower_ in self._cues["dates"] and token.dep_ == "compound" and token.i:
                free_date(token)
            if token.dep_ in SUBJECTS and token.head.dep_ in {"aux", "auxpass"} and token.head.head.pos_ in VERBAL:
                token.head = token.head.head  # «it did, however, lift …»
            if (mend := self._menders.get(token.dep_)) is not None:
                mend(token)
            if token.pos_ in VERBAL:
                share_subjects(token)
                give_subject(token, self._transitive)
                self._give_speaker(token)
                self._raise_speech(token)
                self._lower_consequence(token)
                part_predicates(token)

    def _preposition(self, prep: Token) -> None:
        if prep.lower_ == "of":
            self._raise_charge(prep)
        if prep.head.ent_type_ in _SUMS:
            raise_from_sum(prep)
        if prep.head.lemma_.lower() in self._cues["blaming"]:
            lower_date(prep)

    def _apposition(self, noun: Token) -> None:
        raise_partner(noun)
        if any(child.dep_ == "neg" for child in noun.children):
            noun.dep_ = "dep"  # «Hungary, not Greece»: it is just not the other
        if noun.head.head.lemma_.lower() in self._cues["naming"]:
            part_predicate(noun)

    def _root(self, token: Token) -> None:
        if token.pos_ in {"NOUN", "PROPN"}:
            find_verb(token)
            if token.dep_ == "ROOT":
                find_lost_verb(token)

    def _compound(self, token: Token) -> None:
        if token.head.head.lemma_.lower() in self._cues["giving"]:
            part_receiver(token)

    def _adjective(self, token: Token) -> None:
        if token.lower_ in self._cues["outcomes"]:
            part_result(token)
        lemma = token.lemma_.lower()
        done = token.tag_ == "VBN" and ("verb", lemma) in self._frames and lemma not in self._cues["afflicted"]
        if done and token.head.lemma_.lower() in self._victims:
            join_perfect(token)

    def _auxiliary(self, token: Token) -> None:
        if token.lemma_ == "let":
            join_particle(token)

    def _mark(self, token: Token) -> None:
        if token.lower_ in {"on", "upon"} and token.head.head.lemma_.lower() in self._cues["appealing"]:
            raise_request(token)

    def _relative(self, clause: Token) -> None:
        lower_relative(clause)
        self._raise_content(clause)

    def _conjunct(self, noun: Token) -> None:
        """«The government of Mali and the rebels»: who has an article of his own stands beside the government, not beside Mali."""
        name, of = noun.head, noun.head.head
        own = noun.pos_ == "NOUN" and any(child.dep_ == "det" for child in noun.children)
        if (
            own
            and name.pos_ == "PROPN"
            and name.dep_ == "pobj"
            and of.lower_ == "of"
            and of.head.lemma_.lower() in self._people
        ):
            noun.head = of.head

    def _adverbial(self, clause: Token) -> None:
        """«Commits Chad to send troops»: what somebody is asked or bound to do is no purpose."""
        verb = clause.head
        bound = (
            verb.lemma_.lower() in self._cues["object_control"] & self._cues["possible_verbs"] - self._cues["appealing"]
        )
        infinitive = clause.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
        objects = [child for child in verb.children if child.dep_ == "dobj"]
        if bound and infinitive and objects and objects[-1].right_edge.i + 1 == clause.left_edge.i:
            clause.dep_ = "xcomp"

    def _raise_content(self, clause: Token) -> None:
        """«Demanded in a letter that the trial be stopped»: what is demanded is no description of the letter."""
        noun = clause.head
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        that = any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)
        said = verb.pos_ in VERBAL and any(verb.lemma_.lower() in self._cues[name] for name in _SPEECH)
        complete = any(child.dep_ in {"dobj", "ccomp"} for child in verb.children)
        if that and said and not complete and verb.i < noun.i and noun.dep_ in {"pobj", "npadvmod"}:
            clause.head, clause.dep_ = verb, "ccomp"

    def _supply_auxiliary(self, verb: Token) -> None:
        """«Russia hit with sanctions», «troops deployed to Kosovo»: a passive whose auxiliary goes without saying."""
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        bare = not any(child.dep_ in {"dobj", "aux", "ccomp", "attr", "prt"} for child in verb.children)
        passive = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lemma_.lower() in self._cues["transitive"])
        if subjects and bare and passive:
            for child in verb.children:
                child.dep_ = {"nsubj": "nsubjpass"}.get(child.dep_, "agent" if child.lower_ == "by" else child.dep_)

    def _give_speaker(self, verb: Token) -> None:
        """«Russia shelled Kharkiv, Ukraine said»: the parser takes who says so for one more that was shelled.

        «Troops took Goma, state media reported»: it takes for told by the first verb who tells of it.
        """
        told, first = verb.head, verb.left_edge
        speech = verb.lemma_.lower() in self._cues["says"]
        if speech and verb.dep_ in {"ccomp", "relcl"} and told.i < first.i and first.nbor(-1).text == ",":
            subject = any(child.dep_ in SUBJECTS and child.left_edge == first for child in verb.children)
            while told.pos_ not in VERBAL and told.head != told:
                told = told.head
            tells = told.lemma_.lower() in self._cues["says"] or any(c.dep_ in _CONTENT for c in verb.children)
            if subject and not tells and first.tag_ not in {"WDT", "WP"}:
                verb.head, verb.dep_ = told, "parataxis"
        if verb.dep_ != "parataxis" or verb.left_edge.i < 2 or any(child.dep_ in SUBJECTS for child in verb.children):
            return
        speaker = verb.doc[verb.left_edge.i - 1]
        apart = speaker.left_edge.i > 0 and speaker.left_edge.nbor(-1).text == ","
        listed = speaker.dep_ in {"conj", "appos"} and speaker.pos_ in {"NOUN", "PROPN"} and apart
        if listed and speech and self._may_speak(speaker):
            speaker.head, speaker.dep_ = verb, "nsubj"

    def _raise_speech(self, verb: Token) -> None:
        """«Iran said that the ship was its own and warned Iraq»: what no ship can say belongs to who speaks before."""
        told = verb.head
        if verb.dep_ != "conj" or told.dep_ != "ccomp" or any(child.dep_ in SUBJECTS for child in verb.children):
            return
        subjects = [child for child in told.children if child.dep_ in SUBJECTS]
        speech = any(verb.lemma_.lower() in self._cues[name] for name in _SPEECH)
        if speech and verb.tag_ in FINITE and subjects and not any(map(self._may_speak, subjects)):
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
            if act.dep_ in {"pcomp", "ccomp", "xcomp"} and act.pos_ in VERBAL and telling.i < act.i < verb.i
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
