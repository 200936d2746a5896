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
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Reading
from kg.text.signs import SUBJECTS, Signs, Walk
from kg.text.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
SAYS, DENIES, WARNS, ACCUSES = "says", "denies", "warns", "accuses"


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
        self._announced, self._uttered = lexicon.nominals["announced"], lexicon.nominals["uttered"]
        self._speakers = Speakers(lexicon)

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
                self._report(verb, walk, block)
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

    def _adjuncts(self, token: Token, walk: Walk, block: Block) -> None:
        """Note who is named beside a clause: «according to X», «as reported by X»."""
        speakers = [] if walk.own else self._speakers.beside(token, block)
        if speakers:
            walk.say(speakers, SAYS)

    def _step(self, child: Token, head: Token, walk: Walk, block: Block, candidate: Candidate) -> None:
        dep = child.dep_
        if dep in {"acl", "relcl"} and self._is_said_when(child, head):
            self._report(head.head, walk, block)
            walk.in_clause = False
            return
        if dep == "relcl" and head.lemma_.lower() in self._cues["report_nouns"] and self._is_content(child):
            dep = "acl"  # «the report that Rwanda had armed»
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
            self._as_subject(head, walk, dep, candidate)
            walk.in_clause = False
        elif dep == "conj":
            if head.pos_ in _VERBAL and child.pos_ in _VERBAL and not any(c.dep_ in SUBJECTS for c in child.children):
                self._shared(head, walk)
        elif dep == "acl" and head.pos_ in {"NOUN", "PROPN"}:
            self._governed_by_noun(child, head, walk, block)
        else:
            self._governed(child, head, walk, block, candidate)
        self._adjuncts(head, walk, block)

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
                self._report(head, walk, block)
        walk.in_clause = False
        walk.described |= child.dep_ == "relcl"
        self._adjuncts(head, walk, block)

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
            self._report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ == "prep" and word in self._cues["report_prepositions"] and self._speakers.is_report(head):
            if self._speakers.stance(head) == WARNS and not _is_definite(
                walk.noun, self._cues["indefinite_determiners"]
            ):
                walk.weaken(POSSIBLE)  # «warned of an attack», not «warned of their ties»
            self._report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ == "prep":
            self._governed_by_preposition(child, head, walk)
        elif f"{head.head.head.lemma_.lower()} {head.head.lower_}" in self._cues["negative_verbs"]:
            walk.negate()  # «stopped short of expelling»
        elif word in self._cues["negative_prepositions"] or (
            word in {"of", "than"} and head.head.lower_ in self._cues["negative_prepositions"]
        ):
            walk.negate()

    def _governed_by_preposition(self, prep: Token, head: Token, walk: Walk) -> None:
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

    def _as_subject(self, head: Token, walk: Walk, dep: str, candidate: Candidate) -> None:
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

    def _shared(self, head: Token, walk: Walk) -> None:
        """A coordinated verb shares the auxiliary and the infinitive of the first: «will visit and meet»."""
        for child in head.children:
            if child.dep_ == "aux" and child.tag_ == "MD":
                self._signs.auxiliary(child, head, walk)

    def _governed(self, child: Token, head: Token, walk: Walk, block: Block, candidate: Candidate) -> None:
        """Read a verb, noun or adjective that takes what we come from as its complement."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head.pos_ == "ADJ" or head.dep_ == "acomp":
            if head.lower_ in cues["negative_adjectives"]:
                walk.negate()
            self._signs.modifier(head, walk)
            return
        if head.pos_ in {"NOUN", "PROPN"}:
            self._governed_by_noun(child, head, walk, block)
            return
        if head.pos_ not in _VERBAL:
            return
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        infinitive = infinitive or (child.tag_ == "VBG" and child.dep_ == "xcomp")  # «is considering sending»
        noun = child.dep_ in {"dobj", "attr"}
        if noun and candidate.type in self._uttered and lemma in cues["denies"] | cues["rejecting"]:
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
        elif not is_support and lemma in cues["intended_verbs"] and (infinitive or noun) and self._wills(child):
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
            self._report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ != "dobj" or head != candidate.governor:
            self._signs.read(head, walk)

    @staticmethod
    def _wills(child: Token) -> bool:
        """Whether the subject of a verb of intention does the act itself: «plans to», not «wants Iran to»."""
        return not any(c.dep_ in SUBJECTS for c in child.children)

    def _is_subjunctive(self, child: Token, lemma: str) -> bool:
        """«Demanded that Iran stop», «that they stop» (which looks like a present), «proposed that it should»."""
        base = child.tag_ == "VB" or (child.tag_ == "VBP" and lemma in self._cues["demands"])
        return child.dep_ == "ccomp" and (base or any(c.tag_ == "MD" for c in child.children))

    def _reports(self, child: Token, head: Token, lemma: str, infinitive: bool) -> bool:
        cues = self._cues
        if child.dep_ == "ccomp":
            return not (infinitive and lemma not in cues["believes"] | cues["predicts"] | cues["says"])
        if child.dep_ == "xcomp":  # «is believed to have», «denied attacking», «claims to have»
            return lemma in cues["believes"] | cues["denies"] | cues["predicts"] | cues["reports_infinitive"]
        return child.dep_ == "dobj" and lemma in cues["denies"] | cues["reports_noun"]

    def _governed_by_noun(self, child: Token, head: Token, walk: Walk, block: Block) -> None:
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
        verb = said.head
        if any(child.dep_ == "neg" for child in verb.children):
            return False
        if said.dep_ == "nsubj":
            return any(c.dep_ in {"acomp", "attr"} and c.lower_ in self._cues["untrue"] for c in verb.children)
        refused = verb.lemma_.lower() in self._cues["denies"] | self._cues["rejecting"]
        return refused and said.dep_ in {"dobj", "nsubjpass"}

    def _report(self, verb: Token, walk: Walk, block: Block) -> None:
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


def _is_definite(noun: Token, indefinite: frozenset[str]) -> bool:
    return any(c.dep_ in {"det", "poss"} and c.lower_ not in indefinite for c in noun.children)
