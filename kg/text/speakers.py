"""Who speaks: the subject of a verb of saying, «according to X», the owner of a claim, the voice behind a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Span, Speaker
from kg.text.lexicon import Lexicon
from kg.text.reading import Block, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_STANCES = ("says", "believes", "predicts", "warns", "denies", "accuses")
_AS_STANCE = {"predicts": "believes"}  # a list of cues that is no stance of its own
_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OWNERS = frozenset({"appos", "poss", "amod", "compound", "nmod"})
_DEEP = 6  # verbs followed upwards in search of a subject
_NEAR = 12  # tokens between a quotation and the verb that gives its speaker
_SHORT = 5  # tokens of a quotation that only picks out a word


class Speakers:
    """Finds speakers by the cues of the lexicon. Chains are given outermost first, in the order of the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._stances = {verb: stance for stance in reversed(_STANCES) for verb in lexicon.cues[stance]}

    def is_report(self, verb: Token) -> bool:
        """Whether a verb can report what its complement says."""
        return verb.lemma_.lower() in self._stances

    def stance(self, verb: Token) -> str:
        """Give the stance that a verb of reporting takes to what it reports."""
        stance = self._stances[verb.lemma_.lower()]
        return _AS_STANCE.get(stance, stance)

    def of_verb(self, verb: Token, block: Block) -> list[Speaker]:
        """Give who reports by `verb`: its subject, in the passive its agent; then whom it cites («…, citing X»)."""
        participle = verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)
        if participle or any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
            tokens = [t for prep in verb.children if prep.lower_ == "by" for t in _objects(prep)]
        else:
            tokens = self._subjects(verb)
        for part in verb.children:
            if part.dep_ == "advcl" and part.lemma_.lower() in self._cues["citing"]:
                tokens += [child for child in part.children if child.dep_ == "dobj"]
        return [speaker for token in tokens for speaker in self._of_token(token, block)]

    def of_noun(self, noun: Token, block: Block) -> list[Speaker]:
        """Give whose claim or report a noun is: «Iran's claim that», «American reports that», «reports by Amnesty that»."""
        tokens = [
            child
            for child in noun.children
            if child.dep_ == "poss" or (child.dep_ in _OWNERS and _mention(child, block) is not None)
        ]
        for prep in noun.children:
            if prep.lower_ in self._cues["source_prepositions"]:
                tokens += _objects(prep)
        return [speaker for token in tokens for speaker in self._of_token(token, block)]

    def beside(self, token: Token, block: Block, then: Token | None = None) -> list[Speaker]:
        """Give who is named beside a clause: «according to X», «as reported by X».

        Of these, who is named after it but before the clause `then` says nothing of that one.
        """
        found: list[Speaker] = []
        for child in (*token.children, *_closing(token)):
            if then is not None and token.i < child.i < then.i:
                continue
            if child.lower_ in self._cues["according"]:
                found += self._according(child, block)
            elif child.dep_ == "advcl" and self.is_report(child) and any(c.lower_ == "as" for c in child.children):
                agents = [t for prep in child.children if prep.lower_ == "by" for t in _objects(prep)]
                agents += [c for c in child.children if c.dep_ == "nsubj"]
                found += [speaker for agent in agents for speaker in self._of_token(agent, block)]
            elif child.dep_ == "parataxis" and self.is_report(child):  # «Mali, the army said, had withdrawn»
                found += self.of_verb(child, block)
        return sorted(found, key=lambda speaker: speaker.span)

    def verb_of_quotation(self, trigger: Token, block: Block) -> Token | None:
        """Give the verb of saying nearest to the quotation that `trigger` stands in, if there is one with a subject."""
        span = _quotation(trigger, block)
        if span is None:
            return None
        first, last = span
        nearest: tuple[int, Token] | None = None
        for token in block.doc:
            if first <= token.i <= last or token.pos_ not in _VERBAL or token.lemma_.lower() not in self._cues["says"]:
                continue
            distance = first - token.i if token.i < first else token.i - last
            if distance <= _NEAR and (nearest is None or distance < nearest[0]) and self._subjects(token):
                nearest = (distance, token)
        return nearest[1] if nearest else None

    def attributions(self, block: Block) -> Iterator[dict[str, dict[str, int | str]]]:
        """Give each attribution of a block: who says (`source`), by which word (`cue`), what (`content`), as spans."""
        for token in block.doc:
            if token.pos_ in _VERBAL and self.is_report(token):
                contents = [child for child in token.children if child.dep_ == "ccomp"]
                speakers = self.of_verb(token, block) if contents else []
            elif token.lower_ in self._cues["according"] and token.head != token:
                contents, speakers = [token.head], self._according(token, block)
            else:
                continue
            for content in contents:
                words = [word.i for word in content.subtree if not word.is_space]
                for speaker in speakers:
                    yield {
                        "source": _as_json(speaker.span),
                        "cue": _as_json(block.span(token.i, token.i + 1)),
                        "content": _as_json(block.span(words[0], words[-1] + 1)),
                    }

    def _according(self, cue: Token, block: Block) -> list[Speaker]:
        tokens = [t for t in cue.subtree if t.dep_ == "pobj" and t.head.head == cue]
        return [speaker for token in tokens for speaker in self._of_token(token, block)]

    def _subjects(self, verb: Token) -> list[Token]:
        """Give the subject of a verb of saying, also through coordination: «met Lavrov and said that»."""
        for _ in range(_DEEP):
            subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
            if subjects:
                relative = verb.dep_ == "relcl" and subjects[0].lower_ in self._cues["relative_pronouns"]
                return [verb.head] if relative else subjects
            if verb.dep_ in {"acl", "relcl"}:
                return [verb.head]
            quoted = verb.dep_ == "pcomp" and verb.head.lower_ == "as"  # «was quoted as saying»
            above = verb.head.head if quoted else verb.head
            if not (quoted or verb.dep_ in {"conj", "xcomp", "advcl"}) or above.pos_ not in _VERBAL:
                break
            verb = above
        return []

    def _of_token(self, token: Token, block: Block) -> Iterator[Speaker]:
        """Give whom a noun means as a speaker, with all that is coordinated to it; an unknown one by its words."""
        mention = _mention(token, block)
        if mention is not None:
            for entity in mention.entities:
                yield Speaker(entity.label, mention.span, entity)
        elif token.pos_ in {"NOUN", "PROPN"}:
            left = [c.i for c in token.children if c.dep_ in {"amod", "compound"} and c.i < token.i]
            span = block.span(min(left, default=token.i), token.i + 1)
            yield Speaker(span.text if token.pos_ == "PROPN" else span.text.lower(), span)
        for child in token.children:
            if child.dep_ == "conj":
                yield from self._of_token(child, block)


def _mention(token: Token, block: Block) -> Mention | None:
    """Give the mention that a noun is the head of, else the one that owns it or stands beside it."""
    children = sorted(token.children, key=lambda child: child.dep_ != "appos")  # «an al-Qaeda affiliate, JNIM»
    for near in (token, *(child for child in children if child.dep_ in _OWNERS)):
        found = block.heads.get(near.i) or block.names.get(near.i)
        if found is not None and found.entities and (near == token or not found.generic):
            return found  # but «state» of «state television» is none
    return None


def _closing(clause: Token) -> Iterator[Token]:
    """Give what a comma sets off after the last of some coordinated clauses: it goes with all of them.

    «Troops crossed the border and took a bridge, according to the army»; but of «…, which has armed rebels, according to
    diplomats» it may be the relative clause alone.
    """
    last = max((other for other in clause.conjuncts if other.pos_ in _VERBAL), default=clause, key=lambda verb: verb.i)
    if last.i > clause.i:
        for child in last.children:
            set_off = child.i > last.i and child.left_edge.nbor(-1).text == ","
            if set_off and not any(token.dep_ == "relcl" for token in last.subtree):
                yield child


def _objects(prep: Token) -> list[Token]:
    return [child for child in prep.children if child.dep_ == "pobj"]


def _as_json(span: Span) -> dict[str, int | str]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _quotation(trigger: Token, block: Block) -> tuple[int, int] | None:
    """Give the tokens of the quotation that holds the trigger, if it is longer than a few words."""
    quotes = block.doc.to_array("IS_QUOTE").nonzero()[0].tolist()
    marks = [index for index in quotes if block.doc[index].text.strip("'’‘")]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if start < trigger.i < end:
            return (start, end) if end - start > _SHORT else None
    return None
