"""What the text stages share while they read one article. A `Reading` holds parsed text and never leaves its worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Article, Entity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.text.dates import DateMention

_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss"})

SEMICOLON = ";"  # it parts a sentence into clauses that are parsed apart
NAME, ADJECTIVE, NOMINAL, PRONOUN, PART = "name", "adjective", "nominal", "pronoun", "part"


@dataclass(slots=True, eq=False)
class Mention:
    """Words that stand for somebody or some place.

    `start` and `end` are token indices in the block, half-open. `entities` is whom the words mean as an actor, several
    for «they» or «both countries», none where that stays open; `place` is what they mean as a place. `form` is name,
    adjective, nominal or pronoun. `generic` mentions name nobody; of these, `private` people make no news among themselves.
    `note` says how it was resolved where the words do not say so themselves.
    """

    block: Block
    start: int
    end: int
    head: Token
    form: str
    entities: tuple[Entity, ...] = ()
    place: Entity | None = None
    plural: bool = False
    generic: bool = False
    private: bool = False
    note: str = ""

    @property
    def entity(self) -> Entity | None:
        """The one entity meant, where it is one."""
        return self.entities[0] if len(self.entities) == 1 else None

    @property
    def acts(self) -> bool:
        """Whether the words stand where somebody acts or is acted on, so that a capital means its state."""
        head = self.head
        return head.dep_ in _ACTING or (head.dep_ == "pobj" and head.head.dep_ == "agent")

    @property
    def span(self) -> Span:
        """The words with their offsets in the article."""
        return self.block.span(self.start, self.end)


@dataclass(slots=True, eq=False)
class Block:
    """The title or a paragraph: its parse, and what was found in it.

    `names` gives the name or adjective that covers a token; `heads` the mention whose head word a token is. `parts` are
    known names that only help to make up a longer one («Copenhagen» in «University of Copenhagen»): nobody acts by them.
    """

    article: Article
    number: int
    offset: int
    doc: Doc
    is_title: bool
    names: dict[int, Mention] = field(default_factory=dict)
    heads: dict[int, Mention] = field(default_factory=dict)
    parts: list[Mention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    _sentences: list[tuple[int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """Give the words of tokens `start` to `end` with their offsets in the article."""
        first, last = self.doc[start], self.doc[end - 1]
        return self.article.span(self.offset + first.idx, self.offset + last.idx + len(last.text))

    def sentence_start(self, token: Token) -> int:
        """Give the first token of the sentence that `token` stands in, whole where semicolons part it."""
        return self._whole()[token.i][0]

    def _whole(self) -> list[tuple[int, int]]:
        """Give the first and the last token (half-open) of the whole sentence of each token; worked out once."""
        if not self._sentences:
            bounds: list[list[int]] = []
            for sent in self.doc.sents:
                if bounds and self.doc[sent.start - 1].text == SEMICOLON:
                    bounds[-1][1] = sent.end
                else:
                    bounds.append([sent.start, sent.end])
            self._sentences = [(start, end) for start, end in bounds for _ in range(start, end)]
        return self._sentences

    def sentence(self, token: Token) -> Span:
        """Give the sentence that `token` stands in, whole where semicolons part it, without the white space around it."""
        start, end = self._whole()[token.i]
        while end > start + 1 and self.doc[end - 1].is_space:
            end -= 1
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        return self.span(start, end)


@dataclass(slots=True, eq=False)
class Reading:
    """An article with its parsed blocks in the order of the text.

    `table` holds what the article says of an entity beyond its name, by the entity's id: the state that a person
    represents, say. `states` are the states that it names or whose people and towns it names, by id; `home` is the one
    that it is about, where that is plain. `parties` are the two that it names most, of states and armed groups.
    """

    article: Article
    blocks: list[Block]
    table: dict[str, Entity] = field(default_factory=dict)
    states: dict[str, Entity] = field(default_factory=dict)
    home: Entity | None = None
    parties: tuple[Entity, ...] = ()

    def known(self, entity: Entity) -> Entity:
        """Give `entity` with what the whole article says of it."""
        return self.table.get(entity.id, entity)

    def mentions(self) -> Iterator[Mention]:
        """Give all mentions in the order of the text, a name before the nominal that holds it."""
        for block in self.blocks:
            seen: dict[int, Mention] = {id(m): m for m in (*block.names.values(), *block.heads.values())}
            yield from sorted(seen.values(), key=lambda m: (m.head.i, m.end - m.start))

    def parts(self) -> Iterator[Mention]:
        """Give the known names inside longer names, in the order of the text."""
        for block in self.blocks:
            yield from block.parts
