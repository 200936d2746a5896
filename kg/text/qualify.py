"""Who says so, whether it happened, and how certain it is: polarity, modality, attribution and stance of a candidate.

One walk from the trigger up to the root of its sentence. Each word on the way may turn what it governs: an auxiliary or
negation of the trigger's own clause, a verb that takes it as complement («refused to», «plans to», «said that»), a noun
(«the threat of»), an adjective («likely to»). Negation and modality end at the clause; attribution reaches into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import ACTOR, ACTUAL, AFFIRMED, INTENDED, NEGATED, POSSIBLE, PREDICTED, Speaker
from kg.text.extract import Candidate
from kg.text.governors import ACCUSES, SAYS, WARNS, Governors
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Reading
from kg.text.signs import SUBJECTS, Signs, Walk
from kg.text.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Qualities:
    """How a report presents its event; `speakers` outermost first. What is only `hoped` is no event."""

    polarity: str = AFFIRMED
    modality: str = ACTUAL
    speakers: tuple[Speaker, ...] = ()
    stance: str | None = None
    hoped: bool = False


class Qualifier:
    """Qualifies candidates by the cues of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._signs = Signs(lexicon)
        self._announced = lexicon.nominals["announced"]
        self._speakers = Speakers(lexicon)
        self._governors = Governors(lexicon, self._signs, self._speakers)

    def qualify(self, candidate: Candidate, reading: Reading) -> Qualities:
        """Give the qualities of a candidate."""
        block, trigger = candidate.block, candidate.trigger
        walk = Walk(trigger, negations=int(candidate.refuses))
        self._signs.read(trigger, walk)
        self._signs.read_objects(trigger, walk)
        if candidate.governor != trigger:
            self._signs.read(candidate.governor, walk)
        self._adjuncts(trigger, walk, block)
        if trigger.lemma_.lower() in self._cues["commissives"] and candidate.type in self._announced:
            walk.weaken(INTENDED)  # «pledged military aid»
        child = candidate.part or trigger
        if child != trigger:
            self._signs.read_objects(child, walk)
        while child.head != child:
            self._step(child, child.head, walk, block, candidate)
            child = child.head
        if not walk.layers and not walk.own:
            verb = self._speakers.verb_of_quotation(trigger, block)
            if verb is not None:
                self._governors.report(verb, walk, block)
        return self._result(walk, candidate, reading, block)

    def qualify_like(self, candidate: Candidate, first: Candidate, reading: Reading) -> Qualities:
        """Give the qualities of «did the same», «did not»: its own, and where it has none those of what it repeats."""
        own, before = self.qualify(candidate, reading), self.qualify(first, reading)
        modality = own.modality if own.modality != ACTUAL else before.modality
        polarity = own.polarity if own.polarity == NEGATED else before.polarity
        return Qualities(polarity, modality, own.speakers, own.stance)

    def _result(self, walk: Walk, candidate: Candidate, reading: Reading, block: Block) -> Qualities:
        seen: set[str] = set()
        speakers = []
        for speaker in (s for layer in reversed(walk.layers) for s in layer):
            if speaker.iri not in seen:
                seen.add(speaker.iri)
                speakers.append(speaker)
        modality = walk.modality
        if modality == ACTUAL and walk.future and not candidate.refuses:  # who «will not accept» refuses now
            modality = self._future(candidate, speakers, reading)
        elif modality == ACTUAL and block.is_title and self._is_headline_future(candidate.governor):
            modality = INTENDED
        if modality == ACTUAL and walk.stance == ACCUSES and not speakers:
            modality = POSSIBLE  # «were accused of killing»: nobody is named who says so
        polarity = NEGATED if walk.negations % 2 else AFFIRMED
        return Qualities(polarity, modality, tuple(speakers), walk.stance, walk.hoped)

    @staticmethod
    def _future(candidate: Candidate, speakers: list[Speaker], reading: Reading) -> str:
        """«Will» in the words of the doer is intended, in those of another predicted."""
        actors = {p.entity.id for p in candidate.proposals if p.role == ACTOR and p.entity}
        actors |= {p.entity.state for p in candidate.proposals if p.role == ACTOR and p.entity and p.entity.state}
        if not speakers:
            return INTENDED if actors else PREDICTED
        last = speakers[-1].entity and reading.known(speakers[-1].entity)
        return INTENDED if last is not None and {last.id, last.state} & actors else PREDICTED

    @staticmethod
    def _is_headline_future(governor: Token) -> bool:
        return (
            governor.tag_ == "VB"
            and any(child.lower_ == "to" and child.dep_ == "aux" for child in governor.children)
            and (governor.dep_ in {"ROOT", "acl", "relcl"})
        )

    # From a word to what governs it

    def _adjuncts(self, token: Token, walk: Walk, block: Block, then: Token | None = None) -> None:
        """Note who is named beside a clause: «according to X», «as reported by X»."""
        speakers = [] if walk.own else self._speakers.beside(token, block, then)
        if speakers:
            walk.say(speakers, SAYS)

    def _step(self, child: Token, head: Token, walk: Walk, block: Block, candidate: Candidate) -> None:
        dep, then = child.dep_, None
        if dep in {"acl", "relcl"} and self._is_said_when(child, head):
            self._governors.report(head.head, walk, block)
            walk.in_clause = False
            return
        if dep == "relcl" and head.lemma_.lower() in self._cues["report_nouns"] and self._is_content(child):
            dep = "acl"  # «the report that Rwanda had armed»
        if dep == "relcl" and head.dep_ == "attr" and any(c.lower_ == "it" for c in head.head.children):
            return  # «it was its troops that attacked» says that they did
        if dep in {"relcl", "appos", "poss", "npadvmod", "nmod", "compound", "amod"} or (dep == "advcl"):
            self._leave_clause(child, head, walk, block)
            return
        if dep == "ccomp" and child.i < head.i and not self._speakers.is_report(head):
            walk.in_clause = False  # «he offered to mediate; his country would never allow …»: two sentences in one
            return
        if dep == "prep" or (dep in {"pobj", "pcomp"} and head.pos_ in {"ADP", "SCONJ"}):
            self._through_preposition(child, head, walk, block)
            if dep == "prep" and head.pos_ in _VERBAL and head != candidate.governor:
                walk.in_clause = False  # «plans to send troops after the attack»: the attack is not planned
            return
        if dep in {"nsubj", "nsubjpass"}:
            self._governors.turn_subject(head, walk, dep, candidate)
            walk.in_clause = False
        elif dep == "conj":
            then = self._to_first_clause(child, head, walk)
        elif dep == "acl" and head.pos_ in {"NOUN", "PROPN"}:
            self._governors.turn_by_noun(child, head, walk, block)
        else:
            self._governors.turn(child, head, walk, block, candidate)
        self._adjuncts(head, walk, block, then)

    def _to_first_clause(self, child: Token, head: Token, walk: Walk) -> Token | None:
        """Go on from a second verb to the first; give the second where it has a subject, and so is a clause of its own.

        «Iran hit a town, the army said, but rebels denied …».
        """
        if head.pos_ not in _VERBAL or child.pos_ not in _VERBAL:
            return None
        if any(c.dep_ in SUBJECTS for c in child.children):
            return child
        self._governors.share(head, walk)
        return None

    @staticmethod
    def _is_content(clause: Token) -> bool:
        """Whether a clause is what a noun says, not what describes it: «that» is no part of the clause, which has its object."""
        objects = sum(c.dep_ == "dobj" for c in clause.children)
        part = {"mark", "advmod", "dobj"} if objects > 1 else {"mark", "advmod"}
        return any(c.lower_ == "that" and c.dep_ in part for c in clause.children)

    def _is_said_when(self, child: Token, head: Token) -> bool:
        """«Said the same day that …»: the parser hangs the clause on the day."""
        verb = head.head
        that = any(c.lower_ == "that" and c.dep_ in {"mark", "dobj", "nsubj", "advmod"} for c in child.children)
        return that and head.ent_type_ in {"DATE", "TIME"} and verb.pos_ in _VERBAL and self._speakers.is_report(verb)

    def _leave_clause(self, child: Token, head: Token, walk: Walk, block: Block) -> None:
        if child.dep_ == "appos" and child.lemma_.lower() in self._cues["report_nouns"]:
            walk.own = True  # «accused Mali of lying, a charge that Bamako rejected»
        infinitive = child.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        if child.dep_ == "advcl":
            if any(
                c.dep_ in {"mark", "advmod"} and c.lower_ in self._cues["temporal_prepositions"] for c in child.children
            ):
                walk.own = True  # «… will test a missile before he takes office»
            if infinitive and walk.modality == ACTUAL:
                lemma = head.lemma_.lower()
                called_on = lemma in self._cues["appealing"] and not any(c.dep_ == "dobj" for c in head.children)
                asked = called_on or (lemma in self._cues["demands"] and any(c.dep_ == "mark" for c in child.children))
                walk.weaken(POSSIBLE if asked else INTENDED)  # «called for Sudan to release …»
            if self._speakers.is_report(head) and child.tag_ not in {"VBG", "VBN"} and self._is_inverted(child, head):
                self._governors.report(head, walk, block)
        walk.in_clause = False
        walk.described |= child.dep_ == "relcl" and self._is_known(head)
        self._adjuncts(head, walk, block)

    def _is_known(self, noun: Token) -> bool:
        """Whether a noun says of whom a clause is told, as of somebody known: «the rebels, who …», not «anybody who …»."""
        definite = _is_definite(noun, self._cues["indefinite_determiners"])
        return noun.dep_ != "attr" and (noun.pos_ == "PROPN" or definite)

    @staticmethod
    def _is_inverted(child: Token, head: Token) -> bool:
        """Whether a clause that the parser calls adverbial is the quoted one: «…, X said», with no conjunction before it."""
        return child.i < head.i and not any(
            c.dep_ in {"mark", "advmod"} and c.i < child.i and c.tag_ in {"IN", "WRB"} for c in child.children
        )

    def _through_preposition(self, child: Token, head: Token, walk: Walk, block: Block) -> None:
        word = (child if child.dep_ == "prep" else head).lower_
        if word in self._cues["temporal_prepositions"]:
            walk.in_clause = False
            walk.own = True
        if (
            child.dep_ == "prep"
            and word in self._cues["charge_prepositions"]
            and head.pos_ in _VERBAL
            and head.lemma_.lower() in self._cues["alleging"]
        ):
            self._governors.report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ == "prep" and word in self._cues["report_prepositions"] and self._speakers.is_report(head):
            if self._speakers.stance(head) == WARNS and not _is_definite(
                walk.noun, self._cues["indefinite_determiners"]
            ):
                walk.weaken(POSSIBLE)  # «warned of an attack», not «warned of their ties»
            self._governors.report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ == "prep":
            self._governors.turn_by_preposition(child, head, walk)
        elif f"{head.head.head.lemma_.lower()} {head.head.lower_}" in self._cues["negative_verbs"]:
            walk.negate()  # «stopped short of expelling»
        elif word in self._cues["negative_prepositions"] or (
            word in {"of", "than"} and head.head.lower_ in self._cues["negative_prepositions"]
        ):
            walk.negate()


def _is_definite(noun: Token, indefinite: frozenset[str]) -> bool:
    return any(c.dep_ in {"det", "poss"} and c.lower_ not in indefinite for c in noun.children)
