"""Nouns that stand for somebody: offices, organs, troops, groups, and pronouns, in one pass from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Entity, data_iri, slug
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, NOMINAL, PRONOUN, Block, Mention
from kg.text.resolve.coreference import Discourse

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = frozenset({"poss", "amod", "compound", "nmod"})
_LONGEST = 3  # words in the name of an office or organ
_BODY_PLACE = frozenset({"from", "of", "in"})


@dataclass(frozen=True, slots=True)
class Office:
    """That a person holds an office: `title` as written, `owner` the state or body, at `token` of `block`."""

    person: Entity
    title: str
    owner: Entity
    block: Block
    token: Token


@dataclass(slots=True)
class _Phrase:
    """A noun phrase under inspection: `words` is the lexicon's name of it, `start` to `end` its tokens."""

    head: Token
    words: str
    start: int
    end: int


class _Finder:
    def __init__(
        self, block: Block, discourse: Discourse, gazetteer: Gazetteer, lexicon: Lexicon, adjectives: Mapping[str, str],
        table: dict[str, Entity], published: str | None, titles: dict[str, list[tuple[Entity, Entity]]],
    ) -> None:  # fmt: skip
        self.block = block
        self.discourse = discourse
        self.gazetteer = gazetteer
        self.nominals = lexicon.nominals
        self.possessive_relatives = lexicon.cues["possessive_relatives"]
        self.adjectives = adjectives
        self.table = table
        self.published = published
        self.titles = titles
        self.offices: list[Office] = []

    def run(self) -> None:
        for token in self.block.doc:
            named = self.block.names.get(token.i)
            if named is not None and token.i == named.start:
                self.discourse.note(named)
            if token.i in self.block.heads or (named is not None and named.form != ADJECTIVE):
                continue
            if token.lower_ in self.possessive_relatives:
                self._whose(token)
            elif self.discourse.is_pronoun(token):
                self._pronoun(token)
            elif token.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "DET"} or token.dep_ in {"nsubj", "dobj", "pobj"}:
                self._noun(token)

    def _whose(self, token: Token) -> None:
        """«Mali, whose rulers …»: whom the clause describes."""
        verb = token
        while verb.dep_ != "relcl" and verb.head != verb:
            verb = verb.head
        heads = (
            [verb.head, *(child for child in verb.head.children if child.dep_ == "conj")]
            if verb.dep_ == "relcl"
            else []
        )
        named = [self.block.heads[head.i] for head in heads if head.i in self.block.heads]
        entities = tuple(dict.fromkeys(entity for mention in named for entity in mention.entities))
        if entities:
            self._add(token, token.i, token.i + 1, PRONOUN, entities)

    def _pronoun(self, token: Token) -> None:
        entities = self.discourse.pronoun(token, self.block)
        if entities:
            names = ", ".join(entity.label for entity in entities)
            self._add(token, token.i, token.i + 1, PRONOUN, entities, note=f"{token.text}: taken for {names}")

    def _noun(self, token: Token) -> None:
        for phrase in _phrases(token):
            if phrase.words in self.nominals["title"] and self._title(phrase):
                return
            if phrase.words in self.nominals["organ"] and self._organ(phrase):
                return
            if phrase.words in self.nominals["stand_in"] and self._stand_in(phrase):
                return
            if phrase.words in self.nominals["anaphor"] and self._anaphor(phrase):
                return
            if phrase.words in self.nominals["group"]:
                self._group(phrase)
                return

    def _add(
        self,
        head: Token,
        start: int,
        end: int,
        form: str,
        entities: tuple[Entity, ...],
        *,
        note: str = "",
        generic: bool = False,
    ) -> None:
        mention = Mention(self.block, start, end, head, form, entities, note=note, generic=generic)
        mention.plural = head.tag_ in {"NNS", "NNPS"}
        self.block.heads[head.i] = mention
        self.discourse.note(mention)

    def _owner(self, phrase: _Phrase, *, prepositions: bool = True) -> Mention | None:
        """Give the mention that says whose the office, organ or troops are."""
        left = phrase.start - 1
        while left >= 0 and self.block.doc[left].pos_ in {"ADJ", "NUM"} and left not in self.block.names:
            left -= 1
        if left >= 0 and left in self.block.names and self.block.doc[left].head.i >= phrase.start - 1:
            return self.block.names[left]
        for child in phrase.head.children:
            if child.dep_ in _OWNERS and child.i < phrase.head.i:
                found = self.block.names.get(child.i) or self.block.heads.get(child.i)
                if found is not None and found.entities:
                    return found
        if prepositions:
            for child in phrase.head.children:
                if child.dep_ == "prep" and child.lower_ in _BODY_PLACE:
                    for inner in child.children:
                        found = self.block.names.get(inner.i)
                        if found is not None and inner.dep_ == "pobj":
                            return found
        return None

    def _owning_entity(self, phrase: _Phrase) -> Entity | None:
        owner = self._owner(phrase)
        if owner is None or len(owner.entities) != 1:
            return None
        entity = owner.entities[0]
        if entity.kind == "Person" and entity.state:
            return self.gazetteer.by_id(entity.state)
        return entity if entity.kind != "Person" else None

    def _state_of(self, entity: Entity) -> str | None:
        return entity.id if entity.kind == "State" else entity.state

    def _title(self, phrase: _Phrase) -> bool:
        owner = self._owning_entity(phrase)
        person = self._person_beside(phrase)
        if person is not None:
            self._holds(person, phrase, owner)
            entity = person.entity
            if entity is not None and phrase.head.i != person.head.i and phrase.head.dep_ not in _OWNERS:
                self._add(phrase.head, phrase.start, phrase.end, NOMINAL, (entity,), note="")
            return True
        office = self.nominals["title"][phrase.words]
        if owner is None:
            return self._title_again(phrase)
        holder = self._holder(phrase.words, office, owner)
        if holder is None:
            return False
        note = f"{phrase.words} of {owner.label}: taken for {holder.label}"
        self._add(phrase.head, phrase.start, phrase.end, NOMINAL, (holder,), note=note)
        return True

    def _holder(self, words: str, office: str, owner: Entity) -> Entity | None:
        """Give the person whom the article calls so, else the one known to hold the office at the article's date."""
        for person, body in reversed(self.titles.get(words, [])):
            if body.id == owner.id:
                return person
        if office and owner.iso3:
            return self.gazetteer.holder(office, owner.iso3, self.published)
        return None

    def _title_again(self, phrase: _Phrase) -> bool:
        """«The president»: the person whom the article called so last."""
        if phrase.head.tag_ in {"NNS", "NNPS"} or not _is_definite(phrase.head):
            return False
        known = self.titles.get(phrase.words) or self._same_office(phrase.words) or self._longer_titles(phrase.words)
        home = self.discourse.home_state()
        person = (
            known[-1][0] if known else home and self._holder(phrase.words, self.nominals["title"][phrase.words], home)
        )
        if person is None:
            return False
        self._add(
            phrase.head, phrase.start, phrase.end, NOMINAL, (person,), note=f"{phrase.words}: taken for {person.label}"
        )
        return True

    def _same_office(self, words: str) -> list[tuple[Entity, Entity]]:
        """«The premier» after «the prime minister»."""
        office = self.nominals["title"][words]
        return [
            held
            for title in sorted(self.titles)
            if office and self.nominals["title"].get(title) == office
            for held in self.titles[title]
        ]

    def _longer_titles(self, words: str) -> list[tuple[Entity, Entity]]:
        """«The secretary» after «the secretary of state», if only one person was called so."""
        found = [held for title, held in self.titles.items() if words in {title.split()[0], title.split()[-1]}]
        people = {person.id for held in found for person, _ in held}
        return found[0] if len(people) == 1 else []

    def _person_beside(self, phrase: _Phrase) -> Mention | None:
        """Give the person named right after the office or in apposition to it."""
        index = phrase.end
        doc = self.block.doc
        if index < len(doc) and doc[index].is_punct and doc[index].text == ",":
            index += 1
            if not any(child.dep_ == "appos" and child.i >= index for child in phrase.head.children) and (
                phrase.head.dep_ != "appos"
            ):
                index = phrase.end
        after = self.block.names.get(index)
        if after is not None and after.entity and after.entity.kind == "Person" and after.start == index:
            return after
        for other in (phrase.head.head, *(c for c in phrase.head.children if c.dep_ == "appos")):
            near = self.block.names.get(other.i)
            linked = other.dep_ == "appos" or phrase.head.dep_ == "appos"
            if near is not None and linked and near.entity and near.entity.kind == "Person":
                return near
        return None

    def _holds(self, person: Mention, phrase: _Phrase, owner: Entity | None) -> None:
        entity = person.entity
        if entity is None:
            return
        if owner is None:
            state = self.table.get(entity.id, entity).state
            owner = self.gazetteer.by_id(state) if state else None
        if owner is None:
            return
        known = self.table.get(entity.id, entity)
        if known.state is None and self._state_of(owner):
            self.table[entity.id] = replace(known, state=self._state_of(owner))
        self.titles.setdefault(phrase.words, []).append((entity, owner))
        title = self.block.doc[phrase.start : phrase.end].text
        self.offices.append(Office(self.table.get(entity.id, known), title, owner, self.block, phrase.head))

    def _organ(self, phrase: _Phrase) -> bool:
        owner = self._owning_entity(phrase)
        note = ""
        if owner is None and _is_definite(phrase.head):
            owner = self.discourse.home_state()
            note = f"{phrase.words}: taken for that of {owner.label}" if owner else ""
        if owner is None or owner.kind != "State":
            return False
        label = f"{self.adjectives.get(owner.id, owner.label)} {phrase.words}"
        entity = Entity.named(label, self.nominals["organ"][phrase.words], state=owner.id)
        self._add(phrase.head, phrase.start, phrase.end, NOMINAL, (entity,), note=note)
        return True

    def _stand_in(self, phrase: _Phrase) -> bool:
        owner = self._owner(phrase)
        start = phrase.start
        if owner is not None and owner.entities:
            entities = tuple(e for entity in owner.entities if (e := self._collective(entity)) is not None)
            start = min(start, owner.start)
        elif owner is None and phrase.words in self.nominals["home"] and _is_definite(phrase.head):
            home = self.discourse.home_state()
            entities = (home,) if home else ()
        else:
            return False
        if not entities:
            return False
        note = f"{phrase.words}: stands for {', '.join(entity.label for entity in entities)}"
        self._add(phrase.head, start, phrase.end, NOMINAL, entities, note=note)
        return True

    def _collective(self, entity: Entity) -> Entity | None:
        if entity.kind == "Person":
            state = self.table.get(entity.id, entity).state
            return self.gazetteer.by_id(state) if state else None
        return entity

    def _anaphor(self, phrase: _Phrase) -> bool:
        kind = self.nominals["anaphor"][phrase.words]
        if not _is_definite(phrase.head) and kind != "sides":
            return False
        if any(child.dep_ in _OWNERS | {"prep", "relcl"} and child.lower_ != "two" for child in phrase.head.children):
            return False
        plural = phrase.head.tag_ == "NNS"
        if plural and kind == "State":
            kind = "sides"
        entities = self.discourse.anaphor(kind, phrase.head, self.block)
        if not entities:
            return False
        names = ", ".join(entity.label for entity in entities)
        self._add(phrase.head, phrase.start, phrase.end, NOMINAL, entities, note=f"{phrase.words}: taken for {names}")
        return True

    def _group(self, phrase: _Phrase) -> None:
        """«Gunmen», «the protesters»: somebody without a name, known in this article only."""
        label = _group_label(phrase, self.block)
        ident = f"{self.block.article.id}/{slug(label)}"
        entity = Entity(data_iri("entity", ident), label, self.nominals["group"][phrase.words])
        self._add(phrase.head, phrase.start, phrase.end, NOMINAL, (entity,), generic=True)


def find_nominals(
    block: Block,
    discourse: Discourse,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    adjectives: Mapping[str, str],
    *,
    table: dict[str, Entity],
    titles: dict[str, list[tuple[Entity, Entity]]],
) -> list[Office]:
    """Fill `heads` of `block` with nominals and pronouns and give the offices that it names.

    `table` and `titles` gather over the blocks of an article what is said of entities, and who is called by which title.
    """
    finder = _Finder(block, discourse, gazetteer, lexicon, adjectives, table, block.article.published, titles)
    finder.run()
    return finder.offices


def _is_definite(head: Token) -> bool:
    return any(
        child.dep_ in {"det", "poss"} and child.lower_ not in {"a", "an", "some", "any", "no"}
        for child in head.children
    )


def _phrases(head: Token) -> Iterator[_Phrase]:
    """Give the names that a noun phrase may have in the lexicon, longest first: «secretary of state», «foreign minister»."""
    doc = head.doc
    lemma = head.lemma_.lower()
    if head.i + 2 < len(doc) and doc[head.i + 1].lower_ in {"of", "-"}:
        for end in (head.i + 4, head.i + 3):
            if end <= len(doc):
                joined = doc[head.i : end]
                text = joined.text.lower()
                yield _Phrase(head, text, head.i, end)
                if head.i > 0:
                    yield _Phrase(head, f"{doc[head.i - 1].lower_} {text}", head.i - 1, end)
    for start in range(max(0, head.i - _LONGEST + 1), head.i):
        words = doc[start : head.i]
        if all(
            word.pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT"} or word.dep_ == "poss" or word.tag_ == "POS"
            for word in words
        ):
            yield _Phrase(head, f"{words.text.lower()} {lemma}", start, head.i + 1)
    yield _Phrase(head, lemma, head.i, head.i + 1)


def _group_label(phrase: _Phrase, block: Block) -> str:
    """Give a group's words without article: «two masked gunmen»."""
    start = phrase.start
    modifiers = {"amod", "compound", "nummod", "quantmod", "advmod"}
    while (
        start > 0 and block.doc[start - 1].dep_ in modifiers and start <= block.doc[start - 1].head.i <= phrase.head.i
    ):
        start -= 1
    return block.doc[start : phrase.end].text
