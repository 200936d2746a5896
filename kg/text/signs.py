"""The words of one clause that say whether it happened and how certain it is: negations, auxiliaries, modifiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import ACTUAL, INTENDED, POSSIBLE, PREDICTED, Speaker
from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_DEMANDS = "demands"


@dataclass(slots=True)
class Walk:
    """What was gathered on the way from a trigger (`noun`) up to the root of its sentence."""

    noun: Token
    negations: int = 0
    modality: str = ACTUAL
    future: bool = False
    layers: list[list[Speaker]] = field(default_factory=list)  # innermost first, each in the order of the text
    stance: str | None = None
    in_clause: bool = True  # negation and modality still reach the trigger
    hoped: bool = False  # somebody only hopes for it
    own: bool = False  # the article's own words: what is above does not report them
    described: bool = False  # it only says who or what is meant, and is taken for granted

    def weaken(self, modality: str) -> None:
        """Take the modality nearest to the trigger; «may plan to» stays planned."""
        if self.modality == ACTUAL and self.in_clause:
            self.modality = modality

    def negate(self) -> None:
        """Take one negation more; two undo each other."""
        if self.in_clause:
            self.negations += 1

    def ask(self, asked: bool) -> None:
        """Take the stance of a demand, if none stands nearer."""
        if asked and self.stance is None:
            self.stance = _DEMANDS

    def say(self, speakers: list[Speaker], stance: str) -> None:
        """Take who says all that was passed so far, with his stance."""
        if self.own:
            return
        if speakers:
            self.layers.append(speakers)
        if self.stance is None:
            self.stance = stance


class Signs:
    """Reads the words of clauses by the cues of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues

    def read(self, token: Token, walk: Walk) -> None:
        """Read the auxiliaries, negations and modifiers of one word."""
        cues = self._cues
        for child in token.children:
            word = child.lower_
            if self._is_negation(child, token):
                walk.negate()
            elif child.dep_ == "aux" and child.tag_ == "MD":
                self.auxiliary(child, token, walk)
            elif child.dep_ == "amod":
                self.modifier(child, walk)
            elif (child.dep_ == "advmod" and word in cues["possible_adverbs"]) or (
                child.dep_ == "mark" and word in cues["conditional_markers"]
            ):
                walk.weaken(POSSIBLE)

    def read_objects(self, verb: Token, walk: Walk) -> None:
        """Read the negation that stands with what a verb does: «supplies no weapons», «signed nothing»."""
        if verb.pos_ not in {"VERB", "AUX"}:
            return
        cues = self._cues
        for child in verb.children:
            if child.dep_ in {"dobj", "attr", "oprd"} and (
                child.lower_ in cues["negative_subjects"]
                or any(c.dep_ == "det" and c.lower_ in cues["negative_determiners"] for c in child.children)
            ):
                walk.negate()
                return

    def _is_negation(self, child: Token, token: Token) -> bool:
        """Whether a word negates the one that it hangs on: «not», «never», «no talks», «nobody fired», «neither X nor Y did»."""
        cues, word = self._cues, child.lower_
        if child.i + 1 < len(child.doc) and child.nbor().lower_ in cues["not_negating"]:
            return False  # «not only did it sign»
        if child.dep_ in {"det", "amod"}:
            return token.pos_ in {"NOUN", "PROPN"} and word in cues["negative_determiners"]
        if child.dep_ in SUBJECTS:
            return word in cues["negative_subjects"] or any(
                c.lower_ in cues["negative_determiners"] for c in child.children
            )
        return child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj"} and word in cues["negative_adverbs"])

    def auxiliary(self, aux: Token, verb: Token, walk: Walk) -> None:
        """Read one auxiliary of a verb: «will», «may»."""
        word = aux.lower_
        if word in self._cues["future_auxiliaries"] or (
            word in self._cues["reported_future"] and verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
        ):
            walk.future = walk.future or walk.in_clause
        elif word in self._cues["possible_auxiliaries"]:
            walk.weaken(POSSIBLE)

    def modifier(self, adjective: Token, walk: Walk) -> None:
        """Read an adjective that says how certain a thing is: «planned», «likely»."""
        word = adjective.lower_
        for modality, name in ((INTENDED, "intended"), (PREDICTED, "predicted"), (POSSIBLE, "possible")):
            if word in self._cues[f"{name}_adjectives"]:
                walk.weaken(modality)
