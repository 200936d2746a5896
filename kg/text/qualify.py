"""Who says so, whether it happened, and how certain it is: polarity, modality, attribution and stance of a candidate.

One walk from the trigger up to the root of its sentence. Each word on the way may turn what it governs: an auxiliary or
negation of the trigger's own clause, a verb that takes it as complement («refused to», «plans to», «said that»), a noun
(«the threat of»), an adjective («likely to»). Negation and modality end at the clause; attribution reaches into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import ACTOR, ACTUAL, AFFIRMED, INTENDED, NEGATED, POSSIBLE, PREDICTED, Span, Speaker
from kg.text.extract import Candidate
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "pcomp", "acl", "acomp", "attr", "oprd", "dobj", "pobj", "conj", "prep", "csubj", "dep"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_TEMPORAL = frozenset({"during", "since", "after", "before", "amid", "following", "until", "ahead"})
_STANCES = ("says", "believes", "predicts", "warns", "denies", "accuses")
_SPEECH_STANCE = {"predicts": "believes"}
_ALLEGING = frozenset({"of", "for"})


@dataclass(slots=True)
class Qualities:
    """How a report presents its event; `speakers` outermost first."""

    polarity: str = AFFIRMED
    modality: str = ACTUAL
    speakers: tuple[Speaker, ...] = ()
    stance: str | None = None


@dataclass(slots=True)
class _Walk:
    negations: int = 0
    modality: str = ACTUAL
    future: bool = False
    layers: list[list[Speaker]] = field(default_factory=list)  # innermost first, each in the order of the text
    stance: str | None = None
    in_clause: bool = True  # negation and modality still reach the trigger
    own: bool = False  # the article's own words: what is above does not report them

    def weaken(self, modality: str) -> None:
        """Take the modality nearest to the trigger; «may plan to» stays planned."""
        if self.modality == ACTUAL and self.in_clause:
            self.modality = modality

    def negate(self) -> None:
        if self.in_clause:
            self.negations += 1

    def say(self, speakers: list[Speaker], stance: str) -> None:
        if self.own:
            return
        if speakers:
            self.layers.append(speakers)
        if self.stance is None:
            self.stance = stance


class Qualifier:
    """Qualifies candidates by the cues of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._stance_of = {verb: stance for stance in reversed(_STANCES) for verb in lexicon.cues[stance]}

    def qualify(self, candidate: Candidate, reading: Reading) -> Qualities:
        """Give the qualities of a candidate."""
        block, trigger = candidate.block, candidate.trigger
        walk = _Walk()
        self._own(trigger, walk)
        if candidate.governor != trigger:
            self._own(candidate.governor, walk)
        self._adjuncts(trigger, walk, block)
        child = trigger
        while child.head != child:
            self._step(child, child.head, walk, block, candidate)
            child = child.head
        if not walk.layers and not walk.own:
            self._quotation(trigger, walk, block)
        return self._result(walk, candidate, reading, block)

    def attributions(self, block: Block) -> Iterator[dict[str, object]]:
        """Give each attribution of a block: who says (`source`), by which word (`cue`), what (`content`), as spans."""
        for token in block.doc:
            lemma = token.lemma_.lower()
            if token.pos_ in _VERBAL and lemma in self._stance_of:
                contents = [c for c in token.children if c.dep_ == "ccomp"]
                speakers = [s for t in self._speaking(token) for s in self._speaker(t, block)] if contents else []
            elif lemma in self._cues["according"] or token.lower_ in self._cues["according"]:
                contents = [token.head] if token.head != token else []
                speakers = [
                    s
                    for t in token.subtree
                    if t.dep_ == "pobj" and t.head.head == token
                    for s in self._speaker(t, block)
                ]
            else:
                continue
            for content in contents:
                words = [t for t in content.subtree if not t.is_space]
                for speaker in speakers:
                    yield {
                        "source": _as_json(speaker.span),
                        "cue": _as_json(block.span(token.i, token.i + 1)),
                        "content": _as_json(block.span(words[0].i, words[-1].i + 1)),
                    }

    def _result(self, walk: _Walk, candidate: Candidate, reading: Reading, block: Block) -> Qualities:
        seen: set[str] = set()
        speakers = []
        for speaker in (s for layer in reversed(walk.layers) for s in layer):
            if speaker.iri not in seen:
                seen.add(speaker.iri)
                speakers.append(speaker)
        modality = walk.modality
        if modality == ACTUAL and walk.future:
            modality = self._future(candidate, speakers)
        elif modality == ACTUAL and block.is_title and self._is_headline_future(candidate.governor):
            modality = INTENDED
        polarity = NEGATED if walk.negations % 2 else AFFIRMED
        return Qualities(polarity, modality, tuple(speakers), walk.stance)

    @staticmethod
    def _future(candidate: Candidate, speakers: list[Speaker]) -> str:
        """«Will» in the words of the doer is intended, in those of another predicted."""
        actors = {p.entity.id for p in candidate.proposals if p.role == ACTOR and p.entity}
        actors |= {p.entity.state for p in candidate.proposals if p.role == ACTOR and p.entity and p.entity.state}
        if not speakers:
            return INTENDED if actors else PREDICTED
        last = speakers[-1].entity
        return INTENDED if last is not None and {last.id, last.state} & actors else PREDICTED

    @staticmethod
    def _is_headline_future(governor: Token) -> bool:
        return (
            governor.tag_ == "VB"
            and any(child.lower_ == "to" and child.dep_ == "aux" for child in governor.children)
            and (governor.dep_ in {"ROOT", "acl", "relcl"})
        )

    # The words of a clause

    def _own(self, token: Token, walk: _Walk) -> None:
        """Read the auxiliaries, negations and modifiers of one word."""
        cues = self._cues
        for child in token.children:
            word = child.lower_
            if (
                child.dep_ == "neg"
                or (child.dep_ in {"advmod", "preconj"} and word in cues["negative_adverbs"])
                or (
                    child.dep_ in {"det", "amod"}
                    and token.pos_ in {"NOUN", "PROPN"}
                    and word in cues["negative_determiners"]
                )
                or (
                    child.dep_ in _SUBJECTS
                    and (
                        word in cues["negative_subjects"]
                        or any(d.dep_ == "det" and d.lower_ in cues["negative_determiners"] for d in child.children)
                    )
                )
            ):
                walk.negate()
            elif child.dep_ == "aux" and child.tag_ == "MD":
                self._auxiliary(child, token, walk)
            elif child.dep_ == "amod":
                self._modifier(child, walk)
            elif (child.dep_ == "advmod" and word in cues["possible_adverbs"]) or (
                child.dep_ == "mark" and word in cues["conditional_markers"]
            ):
                walk.weaken(POSSIBLE)

    def _auxiliary(self, aux: Token, verb: Token, walk: _Walk) -> None:
        word = aux.lower_
        if word in self._cues["future_auxiliaries"] or (
            word == "would" and verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
        ):
            walk.future = walk.future or walk.in_clause
        elif word in self._cues["possible_auxiliaries"]:
            walk.weaken(POSSIBLE)

    def _modifier(self, adjective: Token, walk: _Walk) -> None:
        word = adjective.lower_
        for modality, name in ((INTENDED, "intended"), (PREDICTED, "predicted"), (POSSIBLE, "possible")):
            if word in self._cues[f"{name}_adjectives"]:
                walk.weaken(modality)

    def _adjuncts(self, token: Token, walk: _Walk, block: Block) -> None:
        """Read «according to X», «as reported by X», «citing X» beside a clause, in the order of the text."""
        if walk.own:
            return
        found: list[tuple[int, Speaker]] = []
        for child in token.children:
            if child.dep_ in {"prep", "advmod", "advcl", "pcomp"} and child.lower_ in self._cues["according"]:
                found += [(s.span.start, s) for inner in child.subtree if inner.dep_ == "pobj" and inner.head.head == child
                          for s in self._speaker(inner, block)]  # fmt: skip
            elif (
                child.dep_ == "advcl"
                and child.lemma_.lower() in self._stance_of
                and any(c.lower_ == "as" for c in child.children)
            ):
                agents = [
                    t for prep in child.children if prep.lower_ == "by" for t in prep.children if t.dep_ == "pobj"
                ]
                agents += [t for t in child.children if t.dep_ == "nsubj"]
                found += [(s.span.start, s) for t in agents for s in self._speaker(t, block)]
        if found:
            walk.say([speaker for _, speaker in sorted(found)], "says")

    # From a word to what governs it

    def _step(self, child: Token, head: Token, walk: _Walk, block: Block, candidate: Candidate) -> None:
        dep = child.dep_
        if dep in {"acl", "relcl"} and self._is_said_when(child, head):
            self._report(head.head, walk, block)
            walk.in_clause = False
            return
        if dep in {"relcl", "appos", "poss", "npadvmod", "nmod", "compound", "amod"} or (dep == "advcl"):
            self._leave_clause(child, head, walk, block)
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
            if head.pos_ in _VERBAL and child.pos_ in _VERBAL and not any(c.dep_ in _SUBJECTS for c in child.children):
                self._shared(head, walk)
        else:
            self._governed(child, head, walk, block, candidate)
        self._adjuncts(head, walk, block)

    def _is_said_when(self, child: Token, head: Token) -> bool:
        """«Said the same day that …»: the parser hangs the clause on the day."""
        verb = head.head
        that = any(c.lower_ == "that" and c.dep_ in {"mark", "dobj", "nsubj", "advmod"} for c in child.children)
        return (
            that
            and head.ent_type_ in {"DATE", "TIME"}
            and verb.pos_ in _VERBAL
            and verb.lemma_.lower() in self._stance_of
        )

    def _leave_clause(self, child: Token, head: Token, walk: _Walk, block: Block) -> None:
        infinitive = child.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        if child.dep_ == "advcl":
            if infinitive and walk.modality == ACTUAL:
                walk.weaken(INTENDED)
            if (
                head.lemma_.lower() in self._stance_of
                and child.tag_ not in {"VBG", "VBN"}
                and self._is_inverted(child, head)
            ):
                self._report(head, walk, block)
        walk.in_clause = False
        self._adjuncts(head, walk, block)

    @staticmethod
    def _is_inverted(child: Token, head: Token) -> bool:
        """Whether a clause that the parser calls adverbial is the quoted one: «…, X said», with no conjunction before it."""
        return child.i < head.i and not any(
            c.dep_ in {"mark", "advmod"} and c.i < child.i and c.tag_ in {"IN", "WRB"} for c in child.children
        )

    def _through_preposition(self, child: Token, head: Token, walk: _Walk, block: Block) -> None:
        word = (child if child.dep_ == "prep" else head).lower_
        if word in _TEMPORAL:
            walk.in_clause = False
            walk.own = True
        if (
            child.dep_ == "prep"
            and word in _ALLEGING
            and head.pos_ in _VERBAL
            and head.lemma_.lower() in self._cues["alleging"]
        ):
            self._report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ == "prep":
            self._governed_by_preposition(child, head, walk)
        elif word in self._cues["negative_prepositions"] or (
            word in {"of", "than"} and head.head.lower_ in self._cues["negative_prepositions"]
        ):
            walk.negate()

    def _governed_by_preposition(self, prep: Token, head: Token, walk: _Walk) -> None:
        """«The threat of an attack», «called for a ceasefire», «prevented Iran from selling», «accused of killing»."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head.pos_ in {"NOUN", "PROPN"}:
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
            elif prep.lower_ in {"on", "to"} and lemma in {"agree", "plan", "insist"}:
                walk.weaken(INTENDED)

    def _as_subject(self, head: Token, walk: _Walk, dep: str, candidate: Candidate) -> None:
        """«Talks are planned», «the visit was cancelled», «an attack is likely»."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head != candidate.governor and head.pos_ in _VERBAL and dep == "nsubjpass":
            self._own(head, walk)
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
                self._modifier(child, walk)

    def _shared(self, head: Token, walk: _Walk) -> None:
        """A coordinated verb shares the auxiliary and the infinitive of the first: «will visit and meet»."""
        for child in head.children:
            if child.dep_ == "aux" and child.tag_ == "MD":
                self._auxiliary(child, head, walk)

    def _governed(self, child: Token, head: Token, walk: _Walk, block: Block, candidate: Candidate) -> None:
        """Read a verb, noun or adjective that takes what we come from as its complement."""
        lemma = head.lemma_.lower()
        cues = self._cues
        if head.pos_ == "ADJ" or head.dep_ == "acomp":
            if head.lower_ in cues["negative_adjectives"]:
                walk.negate()
            self._modifier(head, walk)
            return
        if head.pos_ in {"NOUN", "PROPN"}:
            self._governed_by_noun(child, head, walk, block)
            return
        if head.pos_ not in _VERBAL:
            return
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        infinitive = infinitive or (child.tag_ == "VBG" and child.dep_ == "xcomp")  # «is considering sending»
        noun = child.dep_ in {"dobj", "attr"}
        names = {lemma, *(f"{lemma} {c.lower_}" for c in head.children if c.dep_ in {"prt", "advmod"})}
        is_support = noun and head == candidate.governor
        if (names & cues["negative_verbs"]) and (infinitive or noun or child.tag_ == "VBG"):
            walk.negate()
        elif not is_support and lemma in cues["predicted_verbs"] and (infinitive or noun or child.dep_ == "ccomp"):
            walk.weaken(PREDICTED)
        elif not is_support and lemma in cues["intended_verbs"] and (infinitive or noun) and self._wills(lemma, child):
            walk.weaken(INTENDED)
        elif (
            lemma in cues["possible_verbs"] and (infinitive or noun or self._is_subjunctive(child)) and not is_support
        ) or (lemma in cues["intended_verbs"] and infinitive):
            walk.weaken(POSSIBLE)
        reported = lemma in self._stance_of and not is_support and self._reports(child, head, lemma, infinitive)
        if reported:
            self._report(head, walk, block)
            walk.in_clause = False
        elif child.dep_ != "dobj" or head != candidate.governor:
            self._own(head, walk)

    @staticmethod
    def _wills(lemma: str, child: Token) -> bool:
        """Whether the subject of a verb of intention does the act itself: «plans to», not «wants Iran to»."""
        return not any(c.dep_ in _SUBJECTS for c in child.children)

    @staticmethod
    def _is_subjunctive(child: Token) -> bool:
        """«Demanded that Iran stop», «proposed that they meet», «that it should»."""
        return child.dep_ == "ccomp" and (child.tag_ == "VB" or any(c.tag_ == "MD" for c in child.children))

    def _reports(self, child: Token, head: Token, lemma: str, infinitive: bool) -> bool:
        cues = self._cues
        if child.dep_ == "ccomp":
            return not (infinitive and lemma not in cues["believes"] | cues["predicts"] | cues["says"])
        if child.dep_ == "xcomp":  # «is believed to have», «denied attacking», «claims to have»
            return lemma in cues["believes"] | cues["denies"] | cues["predicts"] or lemma in {"claim", "say", "report"}
        return child.dep_ == "dobj" and lemma in cues["denies"] | {"claim", "report", "allege", "predict", "forecast"}

    def _governed_by_noun(self, child: Token, head: Token, walk: _Walk, block: Block) -> None:
        lemma = head.lemma_.lower()
        cues = self._cues
        if child.dep_ not in {"acl", "ccomp", "relcl"}:
            return
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if infinitive:
            if lemma in cues["negative_nouns"]:
                walk.negate()
            elif lemma in cues["possible_nouns"]:
                walk.weaken(POSSIBLE)
            elif lemma in cues["predicted_nouns"]:
                walk.weaken(PREDICTED)
            else:
                walk.weaken(INTENDED)
        elif child.tag_ not in {"VBG", "VBN"}:
            if lemma in cues["report_nouns"] | cues["denial_nouns"]:
                owners = [c for c in head.children if c.dep_ == "poss"]
                owners += [
                    t
                    for prep in head.children
                    if prep.lower_ in {"by", "from", "of"}
                    for t in prep.children
                    if t.dep_ == "pobj"
                ]
                if lemma in cues["denial_nouns"]:
                    walk.negate()
                walk.say(
                    [s for t in owners for s in self._speaker(t, block)],
                    "denies" if lemma in cues["denial_nouns"] else "says",
                )
                walk.in_clause = False
            elif lemma in cues["possible_nouns"]:
                walk.weaken(POSSIBLE)
        elif child.tag_ in {"VBG", "VBN"}:
            walk.in_clause = False

    def _report(self, head: Token, walk: _Walk, block: Block) -> None:
        """Note who reports: the subject of the verb, or its agent in the passive."""
        stance = self._stance_of[head.lemma_.lower()]
        if stance == "denies":
            walk.negate()
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children)
        if passive:
            tokens = [t for prep in head.children if prep.lower_ == "by" for t in prep.children if t.dep_ == "pobj"]
        else:
            tokens = self._speaking(head)
        citing = [t for part in head.children if part.dep_ == "advcl" and part.lemma_.lower() in self._cues["citing"]
                  for t in part.children if t.dep_ == "dobj"]  # fmt: skip
        walk.say([s for t in [*tokens, *citing] for s in self._speaker(t, block)], _SPEECH_STANCE.get(stance, stance))

    def _speaking(self, verb: Token) -> list[Token]:
        """Give the subject of a verb of saying, also through coordination: «met Lavrov and said that»."""
        for _ in range(6):
            subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
            if subjects:
                relative = subjects[0].lower_ in self._cues["relative_pronouns"] and verb.dep_ == "relcl"
                return [verb.head] if relative else subjects
            if verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.pos_ in _VERBAL:
                verb = verb.head
            elif verb.dep_ in {"acl", "relcl"}:
                return [verb.head]
            else:
                break
        return []

    def _speaker(self, token: Token, block: Block) -> Iterator[Speaker]:
        mention = block.heads.get(token.i) or block.names.get(token.i)
        if mention is None or not mention.entities:
            for child in token.children:
                near = block.heads.get(child.i) or block.names.get(child.i)
                if near is not None and near.entities and child.dep_ in {"appos", "poss", "amod", "compound", "nmod"}:
                    mention = near
                    break
        if mention is not None and mention.entities:
            for entity in mention.entities:
                yield Speaker(entity.label, mention.span, entity)
        elif token.pos_ in {"NOUN", "PROPN"}:
            start = min(
                (c.i for c in token.children if c.dep_ in {"amod", "compound"} and c.i < token.i), default=token.i
            )
            span = block.span(start, token.i + 1)
            yield Speaker(span.text, span)
        for child in token.children:
            if child.dep_ == "conj":
                yield from self._speaker(child, block)

    def _quotation(self, trigger: Token, walk: _Walk, block: Block) -> None:
        """A trigger inside quotation marks whose sentence names no speaker takes that of the nearest verb of saying."""
        span = _quoted(trigger, block)
        if span is None:
            return
        first, last = span
        nearest: tuple[int, Token] | None = None
        for token in block.doc:
            if first <= token.i <= last or token.lemma_.lower() not in self._cues["says"] or token.pos_ not in _VERBAL:
                continue
            distance = first - token.i if token.i < first else token.i - last
            if distance <= 12 and self._speaking(token) and (nearest is None or distance < nearest[0]):
                nearest = (distance, token)
        if nearest is not None:
            self._report(nearest[1], walk, block)


def _as_json(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _quoted(trigger: Token, block: Block) -> tuple[int, int] | None:
    """Give the tokens of the quotation that holds the trigger, if there is one longer than a few words."""
    start: int | None = None
    for token in block.doc:
        if token.is_quote and token.text not in {"'", "’", "‘"}:
            if start is None:
                start = token.i
            else:
                if start < trigger.i < token.i:
                    return (start, token.i) if token.i - start > 5 else None
                start = None
    return None
