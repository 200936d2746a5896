"""The place of an event, when its frame does not say: where its words or those around them set it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import RECIPIENT, Ontology
from kg.text.extract import Proposal
from kg.text.extract.arguments import Arguments
from kg.text.extract.fillers import Fillers
from kg.text.lexicon import Frame, Lexicon, Slot
from kg.text.reading import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 4  # governors followed upwards in search of a setting
_OPENING = 3  # words before which a setting opens its sentence
_AIMS = ("on", "against", "at", "of", "object")  # slots of whom an attack is on
_VERBAL = frozenset({"VERB", "AUX"})
_TOWNS = frozenset({"City", "Region"})
_WITHIN = frozenset({"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "acl"})


class Settings:
    """Finds settings; the lexicon says which prepositions are locative, and which verbs bring one to a place."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self._places = {kind for kind in ontology.kinds if ontology.is_a(kind, "Place")}
        self._settings = lexicon.cues["setting_prepositions"]
        self._shared = {name for name, known in ontology.classes.items() if known.symmetric}
        self._gatherings = lexicon.classes["gathering"]
        self._territorial = lexicon.nominals["territorial"]
        self._surfaces = lexicon.classes["surface"]
        # «Dismissed him after a defeat in Madrid», «recalled its envoy over the war in Gaza», «according to officials in Rome».
        self._elsewhere = frozenset().union(
            *(lexicon.cues[name] for name in ("temporal_prepositions", "topic_prepositions", "according"))
        )
        self._arrivals = lexicon.cues["arrivals"]

    def at_recipient(self, frame: Frame, proposals: Iterable[Proposal]) -> list[Proposal]:
        """«Shelled Kupiansk»: the place that an event befalls."""
        if frame.type not in self._territorial:
            return []
        struck = [p for p in proposals if p.role == RECIPIENT and p.entity is not None and not p.generic]
        return [
            replace(p, role="place", weak=False)
            for p in struck
            if p.entity is not None and p.entity.kind in self._places
        ]

    def propose(self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers) -> list[Proposal]:
        """Give the place of an event that has none yet: what is nearest to it, but a name rather than «a hotel»."""
        found = [places for places in self._nearest_first(frame, arguments, block, fillers) if places]
        named = (places for places in found if any(not p.generic for p in places))
        return next(named, found[0] if found else [])

    def _nearest_first(
        self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers
    ) -> Iterator[list[Proposal]]:
        named = {slot.name for slot in frame.slots}
        yield [
            proposal
            for name in sorted(self._settings - named)
            for token in arguments.get(name)
            for proposal in fillers.propose(Slot(name, "place"), token, block, weak=name in arguments.weak)
        ]
        governor = arguments.governor
        yield self._before(frame, arguments, block, fillers)
        yield self._where(governor, block, fillers)
        yield self._of_clause(governor, block, fillers)
        yield self._opening(governor, block, fillers)
        yield self._arrived(governor, block, fillers)
        participants = sorted(name for name in arguments.slots if name.split()[0] not in self._elsewhere)
        yield self._beside([token for name in participants for token in arguments.get(name)], block, fillers)

    def is_setting(self, frame: Frame, token: Token, arguments: Arguments, block: Block) -> bool:
        """Whether a name before a noun says where.

        A capital does so before what several do («the Minsk agreement»), and before an attack that is said to be on nobody
        («the Ankara attack»).
        """
        mention = block.names.get(token.i)
        if mention is None or mention.place is None or mention.place.kind == "State":
            return False
        aimless = frame.type in self._territorial and not any(arguments.get(name) for name in _AIMS)
        return mention.place == mention.entity or frame.type in self._shared or aimless

    def _before(self, frame: Frame, arguments: Arguments, block: Block, fillers: Fillers) -> list[Proposal]:
        """«The Kursk offensive», «the Minsk agreement»: a name before the noun that is no state, and no doer."""
        if frame.pos != "noun":
            return []
        return [
            proposal
            for token in arguments.get("compound")
            if self.is_setting(frame, token, arguments, block)
            for proposal in fillers.propose(Slot("compound", "place"), token, block, weak=True)
            if proposal.entity is not None
            and proposal.entity.kind not in {"State", "Place"}  # or only the recogniser's
        ]

    def _where(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """«In Doha, where the two met»."""
        clause = governor
        while clause.dep_ in {"conj", "xcomp"} and clause.head.pos_ in _VERBAL:
            clause = clause.head
        if clause.dep_ != "relcl" or not any(child.lower_ == "where" for child in clause.children):
            return []
        return list(fillers.propose(Slot("in", "place"), clause.head, block, weak=True))

    def _of_clause(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """«In Istanbul the two ministers agreed to hold talks»."""
        for _ in range(_REACH):
            found = self._beside([governor], block, fillers)
            if found or governor.dep_ not in _WITHIN:
                return found
            governor = governor.head
        return []

    def _opening(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """«In Ramallah, crowds marched»: what opens a sentence sets its main clause, however the parser hangs it."""
        clause = governor
        while clause.dep_ in {"conj", "xcomp"} and clause.head.pos_ in _VERBAL:
            clause = clause.head
        if clause.dep_ not in {"ROOT", "ccomp"} or any(c.dep_ == "mark" for c in clause.children):
            return []
        sent = governor.sent
        preps = [t for t in sent[:_OPENING] if t.lower_ in self._settings and t.pos_ == "ADP" and t.i < governor.i]
        return [
            proposal
            for prep in preps[:1]
            for place in _names_after(prep, block)
            for proposal in fillers.propose(Slot(prep.lower_, "place"), place, block, weak=True)
        ]

    def _arrived(self, governor: Token, block: Block, fillers: Fillers) -> list[Proposal]:
        """«Flew to Nairobi and signed an agreement»."""
        while governor.dep_ in {"conj", "xcomp"} and governor.head.pos_ in _VERBAL:
            governor = governor.head
            if governor.lemma_.lower() in self._arrivals:
                return [
                    proposal
                    for prep in governor.children
                    if prep.dep_ == "prep" and prep.lower_ in {"to", "in", "at", "into"}
                    for place in prep.children
                    if place.dep_ == "pobj" and place.i in block.names
                    for proposal in fillers.propose(Slot(prep.lower_, "place"), place, block, weak=True)
                ]
        return []

    def _beside(self, tokens: Iterable[Token], block: Block, fillers: Fillers) -> list[Proposal]:
        """«Air strikes on smugglers in Syria», «met at a summit in Kazan»."""
        return [
            proposal
            for token in tokens
            for prep, place in self._located(token, block)
            for proposal in fillers.propose(Slot(prep.lower_, "place"), place, block, weak=True)
        ]

    def _located(self, token: Token, block: Block) -> Iterator[tuple[Token, Token]]:
        """Give the locative prepositions of a word with their objects, also inside a gathering («on the margins of»).

        «Of» is one before a town: «the city hall of Almaty».
        """
        for prep in token.children:
            if prep.dep_ != "prep":
                continue
            for place in (child for child in prep.children if child.dep_ == "pobj"):
                if place.lemma_.lower() in self._gatherings:
                    yield from self._located(place, block)
                elif prep.lower_ == "of":
                    mention = block.names.get(place.i)
                    if mention is not None and mention.place is not None and mention.place.kind in _TOWNS:
                        yield prep, place
                elif prep.lower_ in self._settings or (prep.lower_ == "on" and place.lemma_.lower() in self._surfaces):
                    yield prep, place


def _names_after(prep: Token, block: Block) -> Iterator[Token]:
    """Give the names that follow a preposition, joined by «and» or commas."""
    index = prep.i + 1
    while index < len(block.doc):
        mention = block.names.get(index)
        if mention is not None and mention.place is not None and not mention.plural:
            yield mention.head
            index = mention.end
        elif block.doc[index].lower_ in {"and", ","} and index > prep.i + 1:
            index += 1
        else:
            return
