"""What an article has mentioned so far, and how present it is in the reader's mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.lexicon import Lexicon
from kg.text.reading import NOMINAL, Block, Mention
from kg.text.resolve.salience import faded, weight

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 4  # namings beyond which a referent gains no more salience
_NAMED = 15.0  # salience of each naming in the whole article
_SOURCE = 0.5  # unnamed officials who are quoted
_THING = 0.7  # a thing is less often meant again than an actor
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(slots=True)
class Referent:
    """Somebody (`entities`) or a thing (none), with the weight of the best mention in each sentence by its number."""

    entities: tuple[Entity, ...]
    plural: bool
    generic: bool = False
    weights: dict[int, float] = field(default_factory=dict)
    subject: bool = False  # in its last sentence

    @property
    def entity(self) -> Entity | None:
        """The one entity meant, where it is one."""
        return self.entities[0] if len(self.entities) == 1 else None

    @property
    def last(self) -> int:
        """The number of the sentence that mentions it last."""
        return max(self.weights)


class Memory:
    """The referents of one article in the order of their first mention, by what they are."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._referents: dict[str, Referent] = {}
        self._joined: list[tuple[int, tuple[Entity, ...]]] = []  # coordinations, with the number of the sentence
        self._sentence = 0
        self._start: tuple[int, int] | None = None
        self._named: Counter[str] = Counter()

    def survey(self, names: Iterable[Mention]) -> None:
        """Count how often the article names each actor, its organs and people counted for their state too."""
        for mention in names:
            for entity in mention.entities:
                self._named[entity.id] += 1
                if entity.state:
                    self._named[entity.state] += 1

    def enter(self, block: Block) -> None:
        """Begin a new block; what was mentioned before it stays in reach."""
        self._sentence += 1
        self._start = (block.number, 0)

    def note(self, mention: Mention) -> None:
        """Remember a mention that was just read."""
        if not mention.entities or self._is_setting(mention):
            return
        self._turn(mention.head, mention.block)
        found = weight(mention.head, mention.form) * (_SOURCE if self._is_source(mention) else 1.0)
        plural = mention.plural or len(mention.entities) > 1
        self._mention(
            key_of(mention.entities),
            mention.entities,
            found,
            plural=plural,
            generic=mention.generic,
            subject=mention.head.dep_ in SUBJECTS,
        )
        if plural and len(mention.entities) > 1:
            for entity in mention.entities:
                self._mention(entity.id, (entity,), found, plural=False)
        members = coordination(mention)
        if len(members) > 1:
            self._mention(key_of(members), members, found, plural=True)
            self._joined.append((self._sentence, members))

    def _is_setting(self, mention: Mention) -> bool:
        """Whether a town only says where: «in Vilnius» does not bring Lithuania to mind."""
        head = mention.head
        town = mention.place is not None and mention.place != mention.entity
        return town and head.dep_ == "pobj" and head.head.lower_ in self._cues["setting_prepositions"]

    def _is_source(self, mention: Mention) -> bool:
        """«American officials say»: who only tells it is not what it is about."""
        head = mention.head
        return mention.form == NOMINAL and head.dep_ in SUBJECTS and head.head.lemma_.lower() in self._cues["says"]

    def note_thing(self, noun: Token, block: Block) -> None:
        """Remember a noun that names nobody: it competes for «it» and «they»."""
        self._turn(noun, block)
        self._mention(_thing(noun), (), _THING * weight(noun, ""), plural=_is_plural(noun))

    def _mention(
        self,
        key: str,
        entities: tuple[Entity, ...],
        found: float,
        *,
        plural: bool,
        generic: bool = False,
        subject: bool = False,
    ) -> None:
        referent = self._referents.setdefault(key, Referent(entities, plural, generic))
        referent.plural = plural
        referent.subject = subject or (referent.subject and self._sentence in referent.weights)
        referent.weights[self._sentence] = max(found, referent.weights.get(self._sentence, 0.0))

    def _turn(self, token: Token, block: Block) -> None:
        start = (block.number, block.sentence_start(token))
        if start != self._start:
            self._sentence += self._start is None or start[1] > 0
            self._start = start

    def _salience(self, key: str, referent: Referent, reach: int) -> float:
        return faded(referent.weights, self._sentence, reach) + _NAMED * min(self._named[key], _MOST)

    def _ids(self, tokens: Iterable[Token], block: Block) -> set[str]:
        """Give the keys of what the words mean, together and each."""
        near = [other for token in tokens for other in (token, *(c for c in token.children if c.dep_ == "appos"))]
        mentions = [block.heads[token.i] for token in near if token.i in block.heads]
        found = {entity.id for mention in mentions for entity in mention.entities}
        found |= {key_of(members) for mention in mentions for members in (mention.entities, coordination(mention))}
        return found | {_thing(token) for token in near if token.i not in block.heads}


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in {"NNS", "NNPS"}


def _thing(noun: Token) -> str:
    return f"{noun.lemma_.lower()} {_is_plural(noun)}"


def key_of(entities: tuple[Entity, ...]) -> str:
    """Give the key of somebody, or of several who are meant together."""
    return " ".join(sorted(entity.id for entity in entities))


def coordination(mention: Mention) -> tuple[Entity, ...]:
    """Give all that are coordinated with a mention, as far as they are read."""
    first = mention.head
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    tokens = sorted({first.i, *(token.i for token in _conjuncts(first))})
    heads = mention.block.heads
    if any(index not in heads or not heads[index].entities for index in tokens):
        return mention.entities
    return tuple({entity.id: entity for index in tokens for entity in heads[index].entities}.values())


def _conjuncts(token: Token) -> Iterator[Token]:
    left = [token]
    while left:
        beside = [child for child in left.pop().children if child.dep_ == "conj"]
        yield from beside
        left += beside
