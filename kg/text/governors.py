"""Words that turn what they govern: «refused to», «plans to», «said that», «the threat of», «was cancelled».

Each method goes one step up from a word to what governs it, and notes on the walk what that changes: polarity and modality,
while the walk is still in the clause of the trigger, and who reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import ACTOR, INTENDED, POSSIBLE, PREDICTED
from kg.text.extract import Candidate
from kg.text.lexicon import Lexicon
from kg.text.reading import Block
from kg.text.signs import SUBJECTS, Signs, Walk
from kg.text.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
SAYS, DENIES, WARNS, ACCUSES = "says", "denies", "warns", "accuses"


class Governors:
    """Reads governing verbs, nouns and prepositions by the cues of the lexicon."""

    def __init__(self, lexicon: Lexicon, signs: Signs, speakers: Speakers) -> None:
        self._cues = lexicon.cues
        self._uttered = lexicon.nominals["uttered"]
        self._signs = signs
        self._speakers = speakers

    def turn(self, child: Token, head: Token, walk: Walk, block: Block, candidate: Candidate) -> None:
        """Read a verb, noun or adjective that takes what we come from as its complement."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head.pos_ == "ADJ" or head.dep_ == "acomp":
            if head.lower_ in cues["negative_adjectives"]:
                walk.negate()
            self._signs.modifier(head, walk)
            return
        if head.pos_ in {"NOUN", "PROPN"}:
            self.turn_by_noun(child, head, walk, block)
            return
        if head.pos_ not in _VERBAL:
            return
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        planned = lemma in cues["intended_verbs"] or (lemma == "be" and infinitive)  # «Hamas is to free them»
        infinitive = infinitive or (child.tag_ == "VBG" and child.dep_ == "xcomp")  # «is considering sending»
        noun = child.dep_ in {"dobj", "attr"}
        if noun and candidate.type in self._uttered and self._is_turned_away(head, candidate, block):
            walk.in_clause = False  # a demand that is rejected has been made
            return
        names = {lemma, *(f"{lemma} {c.lower_}" for c in head.children if c.dep_ in {"prt", "advmod"})}
        walk.hoped |= walk.in_clause and child.dep_ == "ccomp" and lemma in cues["hopes"]
        is_support = noun and head == candidate.governor
        if is_support and lemma in cues["commissives"]:
            walk.weaken(INTENDED)  # «plans new sanctions»
        if (lemma in cues["ending_verbs"] and child.tag_ == "VBG") or (
            (names & cues["negative_verbs"]) and (infinitive or noun or child.tag_ == "VBG")
        ):
            walk.negate()
        elif not is_support and lemma in cues["predicted_verbs"] and (infinitive or noun or child.dep_ == "ccomp"):
            walk.weaken(PREDICTED)
        elif not is_support and planned and (infinitive or noun) and self._wills(child):
            walk.weaken(INTENDED)
        elif (
            lemma in cues["possible_verbs"]
            and not (infinitive and lemma in cues["appealing"] and any(c.dep_ == "dobj" for c in head.children))
            and (infinitive or noun or self._is_subjunctive(child, lemma))
            and not is_support
        ) or (lemma in cues["intended_verbs"] and infinitive):
            walk.weaken(POSSIBLE)
        reported = self._speakers.is_report(head) and not is_support and self._reports(child, head, lemma, infinitive)
        if reported:
            self.report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ != "dobj" or head != candidate.governor:
            self._signs.read(head, walk)

    def _is_turned_away(self, verb: Token, candidate: Candidate, block: Block) -> bool:
        """«Rejected the demand», «denied the charge»: who denies his own threat, denies that he made it."""
        lemma = verb.lemma_.lower()
        if lemma not in self._cues["denies"]:
            return lemma in self._cues["rejecting"]
        own = {p.entity.id for p in candidate.proposals if p.role == ACTOR and p.entity is not None}
        return not any(s.entity is not None and s.entity.id in own for s in self._speakers.of_verb(verb, block))

    @staticmethod
    def _wills(child: Token) -> bool:
        """Whether the subject of a verb of intention does the act itself: «plans to», not «wants Iran to»."""
        return not any(c.dep_ in SUBJECTS for c in child.children)

    def _is_subjunctive(self, child: Token, lemma: str) -> bool:
        """«Demanded that Iran stop», «that they stop» (which looks like a present), «proposed that it should».

        «Told reporters that Mali would join» only says so.
        """
        if child.dep_ != "ccomp":
            return False
        cues = self._cues
        told = cues["future_auxiliaries"] | cues["reported_future"] if lemma in cues["says"] else frozenset()
        modals = [c.lower_ for c in child.children if c.tag_ == "MD"]
        if modals:
            return not told.issuperset(modals)
        return child.tag_ == "VB" or (child.tag_ == "VBP" and lemma in cues["demands"])

    def _reports(self, child: Token, head: Token, lemma: str, infinitive: bool) -> bool:
        cues = self._cues
        if child.dep_ == "ccomp":
            return not (infinitive and lemma not in cues["believes"] | cues["predicts"] | cues["says"])
        if child.dep_ == "xcomp":  # «is believed to have», «denied attacking», «claims to have»
            return lemma in cues["believes"] | cues["denies"] | cues["predicts"] | cues["reports_infinitive"]
        return child.dep_ == "dobj" and lemma in cues["denies"] | cues["reports_noun"]

    def turn_by_noun(self, child: Token, head: Token, walk: Walk, block: Block) -> None:
        """Read a noun with the clause that says what it is about: «plans to», «the claim that», «the chance that»."""
        lemma = head.lemma_.lower()
        cues = self._cues
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if infinitive:
            self._signs.read(head, walk)  # «has no plans to»
            if lemma in cues["negative_nouns"]:
                walk.negate()
            elif lemma in cues["possible_nouns"]:
                walk.weaken(POSSIBLE)
            elif lemma in cues["predicted_nouns"]:
                walk.weaken(PREDICTED)
            else:
                walk.weaken(INTENDED)
        elif child.tag_ not in {"VBG", "VBN"} or any(c.dep_ in SUBJECTS for c in child.children):
            walk.hoped |= walk.in_clause and lemma in cues["hopes"]
            if lemma in cues["report_nouns"] and self._is_turned_down(head):
                walk.negate()
                walk.say([] if head.dep_ == "nsubj" else self._speakers.of_verb(head.head, block), DENIES)
                walk.in_clause = False
            elif lemma in cues["report_nouns"] | cues["denial_nouns"]:
                if lemma in cues["denial_nouns"]:
                    walk.negate()
                speakers = self._speakers.of_noun(head, block)
                if not speakers and lemma in cues["doubtful_nouns"]:
                    walk.weaken(POSSIBLE)  # «amid claims that Chad armed them»: nobody is named who says so
                walk.say(speakers, DENIES if lemma in cues["denial_nouns"] else SAYS)
                walk.in_clause = False
            elif lemma in cues["possible_nouns"]:
                walk.weaken(POSSIBLE)
        else:
            walk.in_clause = False

    def _is_turned_down(self, said: Token) -> bool:
        """«Rejected the claim that it had armed them», «the claim that … is false»: whoever says so says that it is not so."""
        verb, cues = said.head, self._cues
        negated = any(child.dep_ == "neg" for child in verb.children)
        called = {child.lower_ for child in verb.children if child.dep_ in {"acomp", "attr", "oprd"}}
        if said.dep_ == "nsubj":
            called.add(verb.lower_)  # «called the report false» may be parsed as a clause
        if said.dep_ == "nsubj" or (said.dep_ == "dobj" and verb.lemma_.lower() in cues["naming"]):
            return bool(called & cues["true" if negated else "untrue"])
        refused = verb.lemma_.lower() in cues["denies"] | cues["rejecting"]
        return refused and not negated and said.dep_ in {"dobj", "nsubjpass"}

    def turn_by_preposition(self, prep: Token, head: Token, walk: Walk) -> None:
        """«The threat of an attack», «called for a ceasefire», «prevented Iran from selling», «accused of killing»."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head.pos_ in {"NOUN", "PROPN"}:
            if head.dep_ != "nsubj" and lemma in cues["intended_nouns"] | cues["possible_nouns"]:
                self._signs.read(head, walk)  # «had no intention of leaving»
            if lemma in cues["possible_nouns"]:
                walk.weaken(POSSIBLE)
            elif lemma in cues["intended_nouns"]:
                walk.weaken(INTENDED)
            elif lemma in cues["predicted_nouns"]:
                walk.weaken(PREDICTED)
            elif lemma in cues["negative_nouns"]:
                walk.negate()
        elif head.pos_ in _VERBAL:
            if prep.lower_ == "from" and lemma in cues["negative_verbs"] | cues["gerund_control"]:
                walk.negate()
            elif prep.lower_ == "for" and lemma in cues["possible_verbs"]:
                walk.weaken(POSSIBLE)
                walk.ask(lemma in cues["demands"])
            elif lemma in cues["intended_on"]:
                walk.weaken(INTENDED)

    def turn_subject(self, head: Token, walk: Walk, dep: str, candidate: Candidate) -> None:
        """«Talks are planned», «the visit was cancelled», «an attack is likely»."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head != candidate.governor and head.pos_ in _VERBAL and dep == "nsubjpass":
            self._signs.read(head, walk)
        if dep == "nsubjpass":
            if lemma in cues["negative_verbs"] or any(
                f"{lemma} {c.lower_}" in cues["negative_verbs"] for c in head.children
            ):
                walk.negate()
            elif lemma in cues["predicted_verbs"]:
                walk.weaken(PREDICTED)
            elif lemma in cues["intended_verbs"] and lemma not in cues["support_active"]:
                walk.weaken(INTENDED)
        for child in head.children:
            if child.dep_ in {"acomp", "attr", "oprd"}:
                self._signs.modifier(child, walk)

    def share(self, head: Token, walk: Walk) -> None:
        """A coordinated verb shares the auxiliary and the infinitive of the first: «will visit and meet»."""
        for child in head.children:
            if child.dep_ == "aux" and child.tag_ == "MD":
                self._signs.auxiliary(child, head, walk)

    def report(self, verb: Token, walk: Walk, block: Block) -> None:
        """Note who reports by `verb`; who denies says that it is not so."""
        stance = self._speakers.stance(verb)
        if stance == DENIES and any(child.dep_ == "neg" for child in verb.children):
            walk.weaken(POSSIBLE)  # who «did not deny» it says neither
            return
        if stance == DENIES and walk.described:
            return  # «denies arming the rebels, who seized Goma»: what is described there is not denied
        if stance == DENIES:
            walk.negate()
        walk.say(self._speakers.of_verb(verb, block), stance)
