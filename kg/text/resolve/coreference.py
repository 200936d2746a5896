"""Words that point back: pronouns, «the country», «the two sides». Conservative: what stays in doubt stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, Block, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

Predicate = Callable[[Entity], bool]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLEAR = 1.5  # how many times more often the leading state must be named than the next
_MOST = 4  # namings beyond which an actor gains no more weight
_FAR = 6  # sentences back in which «the country» may find what it means
_REACH = 2  # sentences back in which a pronoun may find what it means
_COLLECTIVE = frozenset({
    "State", "Government", "Ministry", "ArmedForces", "IntelligenceAgency", "IntergovernmentalOrganisation", "Alliance",
    "ArmedGroup", "PoliticalParty", "Company", "MediaOutlet", "Organisation",
})  # fmt: skip
_PARTIES = frozenset({"State", "ArmedGroup", "PoliticalParty", "Alliance", "IntergovernmentalOrganisation"})
_PLURAL = frozenset({"ArmedGroup", "PoliticalParty", "ArmedForces", "Organisation"})


class Discourse:
    """What was mentioned so far, most recent last, so that later words can point back to it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._past: list[tuple[int, Mention]] = []  # with the number of the sentence
        self._sentence = 0
        self._start: tuple[int, int] | None = None
        self._salience: Counter[str] = Counter()

    def survey(self, names: Iterable[Mention]) -> None:
        """Count how often the article names each actor, its organs and people counted for their state too."""
        for mention in names:
            for entity in mention.entities:
                self._salience[entity.id] += 1
                if entity.state and entity.kind != "Person":
                    self._salience[entity.state] += 1

    def enter(self, block: Block) -> None:
        """Begin a new block; what was mentioned before it stays in reach."""
        self._sentence += 1
        self._start = (block.number, 0)

    def note(self, mention: Mention) -> None:
        """Remember a mention that was just read."""
        self._turn(mention.head, mention.block)
        self._past.append((self._sentence, mention))

    def _turn(self, token: Token, block: Block) -> None:
        start = (block.number, token.sent.start)
        if start != self._start:
            self._sentence += self._start is None or start[1] > 0
            self._start = start

    def is_pronoun(self, token: Token) -> bool:
        """Whether a pronoun may stand for an actor."""
        word = token.lower_
        return token.pos_ in {"PRON", "DET"} and any(
            word in self._cues[name] for name in ("personal_singular", "personal_neuter", "personal_plural")
        )

    def pronoun(self, token: Token, block: Block) -> tuple[Entity, ...]:
        """Give whom a personal or possessive pronoun means, or nothing."""
        self._turn(token, block)
        word = token.lower_
        barred = self._co_arguments(token, block)
        if word in self._cues["personal_singular"]:
            return self._nearest(token, lambda entity: entity.kind == "Person", barred)
        if word in self._cues["personal_neuter"]:
            return self._nearest(token, lambda entity: entity.kind in _COLLECTIVE, barred)
        return self._several(token, barred)

    def anaphor(self, kind: str, token: Token, block: Block) -> tuple[Entity, ...]:
        """Give whom «the country», «the group» (a `kind` of entity) or «the two sides» means, or nothing."""
        self._turn(token, block)
        if kind == "sides":
            return self._sides()
        wanted = {kind} | ({"Alliance", "IntergovernmentalOrganisation"} if kind != "State" and "rg" in kind else set())
        if kind == "ArmedGroup":
            wanted = {"ArmedGroup"}
        barred = self._co_arguments(token, block)
        best: tuple[int, Entity] | None = None
        for number, mention in self._past:
            entity = mention.entity
            back = self._sentence - number
            if entity is None or entity.kind not in wanted or entity.id in barred or back > _FAR or mention.generic:
                continue
            weight = 2 * (_FAR - back) + min(self._salience[entity.id], _MOST) - (3 if mention.form == ADJECTIVE else 0)
            if best is None or weight >= best[0]:
                best = (weight, entity)
        return (best[1],) if best else ()

    def home_state(self) -> Entity | None:
        """Give the state that «the army» or «parliament» belongs to: the one that the article is most about.

        In doubt, where another state is named nearly as often, nothing.
        """
        states = {e.id: e for _, m in self._past for e in m.entities if e.kind == "State"}
        ranked = sorted(states, key=lambda iri: (-self._salience[iri], iri))
        if not ranked:
            return None
        recent = [e.id for n, m in self._past if n >= self._sentence - 1 for e in m.entities if e.kind == "State"]
        if len(ranked) > 1 and self._salience[ranked[0]] < _CLEAR * self._salience[ranked[1]]:
            near = [iri for iri in ranked[:3] if iri in recent]
            return states[near[0]] if len(near) == 1 else None
        return states[ranked[0]]

    def _co_arguments(self, token: Token, block: Block) -> frozenset[str]:
        """Give the ids that a non-possessive object pronoun cannot mean: those of the subject of its own verb."""
        if token.dep_ not in {"dobj", "pobj", "dative"}:
            return frozenset()
        head = token.head if token.dep_ != "pobj" else token.head.head
        subjects = [child for child in head.children if child.dep_ in _SUBJECTS]
        return frozenset(e.id for s in subjects if s.i in block.heads for e in block.heads[s.i].entities)

    def _nearest(self, token: Token, fits: Predicate, barred: frozenset[str]) -> tuple[Entity, ...]:
        """Give the nearest fitting subject of this sentence, else of the sentence before, else the nearest of all."""
        best: tuple[int, Entity] | None = None
        for number, mention in reversed(self._past):
            back = self._sentence - number
            if back > _REACH:
                break
            entity = mention.entity
            if entity is None or not fits(entity) or entity.id in barred:
                continue
            weight = (
                10 - 4 * back + (5 if mention.head.dep_ in _SUBJECTS else 0) - (3 if mention.form == ADJECTIVE else 0)
            )
            weight += min(self._salience[entity.id], _MOST)
            if mention.head.dep_ == "poss":
                weight += 2
            if best is None or weight > best[0]:
                best = (weight, entity)
        return (best[1],) if best else ()

    def _several(self, token: Token, barred: frozenset[str]) -> tuple[Entity, ...]:
        """Give the members of the last coordination, or the last plural group."""
        for number, mention in reversed(self._past):
            if self._sentence - number > 1:
                break
            if mention.head.dep_ == "conj" or any(child.dep_ == "conj" for child in mention.head.children):
                members = self._coordination(mention)
                if len(members) > 1 and not any(entity.id in barred for entity in members):
                    return members
            if len(mention.entities) > 1:
                return mention.entities
            entity = mention.entity
            if entity is None or entity.id in barred:
                continue
            if (mention.plural or entity.kind in _PLURAL) and mention.head.dep_ in {*_SUBJECTS, "dobj", "pobj"}:
                return (entity,)
        return ()

    def _coordination(self, mention: Mention) -> tuple[Entity, ...]:
        first = mention.head
        while first.dep_ == "conj":
            first = first.head
        tokens = {first.i, *(token.i for token in _conjuncts(first))}
        found = {e.id: e for t in sorted(tokens) if t in mention.block.heads for e in mention.block.heads[t].entities}
        return tuple(found.values())

    def _sides(self) -> tuple[Entity, ...]:
        """Give the two parties that were named most lately and most often, if there are just two to choose from."""
        weights: dict[str, int] = {}
        known: dict[str, Entity] = {}
        for number, mention in self._past:
            back = self._sentence - number
            for entity in mention.entities:
                if entity.kind in _PARTIES and not mention.generic and back <= _REACH + 1:
                    known[entity.id] = entity
                    weights[entity.id] = max(weights.get(entity.id, 0), _REACH + 1 - back) + 1
        ranked = sorted(known, key=lambda iri: (-weights[iri] - min(self._salience[iri], _MOST), iri))
        return tuple(sorted(known[iri] for iri in ranked[:2])) if len(ranked) > 1 else ()


def _conjuncts(token: Token) -> Iterable[Token]:
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _conjuncts(child)
