"""What place a word means: a name, «the country» that was spoken of, the town in «a Berlin park», or an unnamed site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.iris import data_iri
from kg.model import Entity, slug
from kg.text.extract.phrases import Phrases
from kg.text.lexicon import Lexicon
from kg.text.reading import NAME, NOMINAL, Block, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS = frozenset({"compound", "nmod", "poss", "amod", "appos"})
_NOT_NAMES = frozenset({"DATE", "TIME", "EVENT", "LAW", "LANGUAGE", "NORP", "WORK_OF_ART"})

# The entity, and the tokens (half-open) that name it.
Location = tuple[Entity, int, int]


class Locations:
    """Reads places; the lexicon says which nouns are places and after which prepositions an unknown name must be one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrases = Phrases(lexicon)
        self._sites = lexicon.classes["location"]
        self._areas = lexicon.classes["area"]
        self._wholes = lexicon.classes["whole_state"]
        self._locative = lexicon.cues["locative_prepositions"]

    def of(self, token: Token, block: Block, *, after: str) -> Location | None:
        """Give the place that `token` names, where it stands after the preposition (or in the slot) `after`."""
        mention = block.names.get(token.i)
        if mention is not None:
            return self._of_name(mention, after)
        near = block.heads.get(token.i)
        if near is not None and near.place is not None:
            return near.place, near.start, near.end
        if token.lemma_.lower() not in self._sites:
            return _unknown(token, block) if after in self._locative else None
        if near is not None and near.form == NOMINAL and near.entity is not None and self._is_whole(token, near.entity):
            return near.entity, near.start, near.end  # «the country»
        return self._of_site(token, block)

    def _is_whole(self, noun: Token, entity: Entity) -> bool:
        """Whether «the country» is all of the state that it stands for: «the capital» is not."""
        alone = not any(child.dep_ in _MODIFIERS for child in noun.children)
        return alone and (entity.kind != "State" or noun.lemma_.lower() in self._wholes)

    def _of_name(self, mention: Mention, after: str) -> Location | None:
        """A name that the recogniser took for somebody's, as in «at Chushul», is a place where nothing else can stand."""
        if mention.place is not None:
            return mention.place, mention.start, mention.end
        entity = mention.entity
        if after in self._locative and mention.form == NAME and entity is not None and not entity.linked:
            return Entity.named(entity.label, "Place"), mention.start, mention.end
        return None

    def _of_site(self, site: Token, block: Block) -> Location | None:
        """«The port of Aden», «a Berlin park», «a base in Mali», «Russian soil»; of «a Russian base» the state says too little."""
        inside = _placed(block, (t for prep in site.children if prep.lower_ in self._locative for t in _objects(prep)))
        parts = _placed(block, (t for prep in site.children if prep.lower_ == "of" for t in _objects(prep)))
        parts += _placed(block, (child for child in site.children if child.dep_ in _MODIFIERS))
        towns = [(place, m) for place, m in parts if place.kind != "State"]
        wide = parts if site.lemma_.lower() in self._areas else []
        for place, mention in (*towns, *inside, *wide):
            return place, mention.start, mention.end
        if (name := self._named_after(site, block)) is not None:
            return Entity.named(name.span.text, "Place"), name.start, name.end
        if (called := _called(site, block)) is not None:
            return called
        if site.tag_ == "NN" and not any(child.dep_ in _MODIFIERS | {"det", "nummod"} for child in site.children):
            return None  # «on land», «in jail»
        start, end, label = self._phrases.site(site, block)
        return Entity(data_iri("entity", f"{block.article.id}/{slug(label)}"), label, "Place"), start, end

    @staticmethod
    def _named_after(site: Token, block: Block) -> Mention | None:
        """«The town of Kupiansk», whatever the recogniser took the name for."""
        names = [block.names.get(t.i) for prep in site.children if prep.lower_ == "of" for t in _objects(prep)]
        return next((m for m in names if m is not None and m.entity is not None and not m.entity.linked), None)


def _objects(prep: Token) -> Iterator[Token]:
    return (token for token in prep.children if token.dep_ == "pobj")


def _placed(block: Block, tokens: Iterable[Token]) -> list[tuple[Entity, Mention]]:
    """Give what of `tokens` names a place, with its mention."""
    names = [block.names.get(token.i) for token in tokens]
    return [(m.place, m) for m in names if m is not None and m.place is not None]


def _called(site: Token, block: Block) -> Location | None:
    """Give the place of «the Catatumbo region», which no table has."""
    words = [c for c in site.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i not in block.names]
    if not words or words[0].ent_type_ in _NOT_NAMES:
        return None
    start, end = words[0].i, words[-1].i + 1
    return Entity.named(block.doc[start:end].text, "Place"), start, end


def _unknown(token: Token, block: Block) -> Location | None:
    """Give a name that neither the gazetteer nor the recogniser knows as a place."""
    if token.pos_ != "PROPN" or token.ent_type_ in _NOT_NAMES:
        return None
    start = token.i
    while start > 0 and block.doc[start - 1].dep_ == "compound" and block.doc[start - 1].pos_ == "PROPN":
        start -= 1
    return Entity.named(block.doc[start : token.i + 1].text, "Place"), start, token.i + 1
