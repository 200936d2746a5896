"""What an article says of its entities beside events: offices, organs, members, capitals. Each fact at its first mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.text.lexicon import Lexicon
from kg.text.reading import NAME, NOMINAL, Block, Mention, Reading
from kg.text.resolve import Office
from kg.text.resolve.phrases import owners_after

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORGANS = frozenset({"Government", "Ministry", "ArmedForces", "IntelligenceAgency"})
_BEFORE = frozenset({"poss", "amod", "compound", "nmod"})


class Facts:
    """Finds facts; which nouns relate two entities, and of which kinds, is in `nominals.toml` (`relates`)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._relates = {
            noun: (relation, frozenset(of.split("|")), frozenset(to.split("|")))
            for noun, (relation, of, to) in (
                (noun, value.split()) for noun, value in lexicon.nominals["relates"].items()
            )
        }

    def find(self, reading: Reading, offices: Iterable[Office]) -> Iterator[Fact]:
        """Give the facts of a reading, each once."""
        seen: set[tuple[str, str, str, str]] = set()
        for fact in (*self._of_offices(reading, offices), *self._of_organs(reading), *self._of_nouns(reading)):
            key = (fact.subject.id, fact.predicate, fact.object.id, (fact.title or "").lower())
            if key not in seen:
                seen.add(key)
                yield fact

    def _of_offices(self, reading: Reading, offices: Iterable[Office]) -> Iterator[Fact]:
        """«US Secretary of State Antony Blinken» holds an office; a spokesman or envoy represents without ruling."""
        for office in offices:
            person = reading.known(office.person)
            sentence = office.block.sentence(office.token)
            article = reading.article.id
            yield Fact(article, person, "holdsOffice", office.owner, sentence, "title", office.title)
            if office.owner.kind == "State" and office.title.lower() in self._cues["representing"]:
                yield Fact(article, person, "represents", office.owner, sentence, "title")

    @staticmethod
    def _of_organs(reading: Reading) -> Iterator[Fact]:
        """«The Russian defence ministry»: the words themselves say whose organ it is."""
        for mention in reading.mentions():
            entity = mention.entity
            if entity is None or entity.kind not in _ORGANS or entity.linked or mention.note:
                continue  # what is known or inferred is not said here
            if mention.form in {NAME, NOMINAL}:
                state = reading.states.get(entity.state or "")
                if state is not None:
                    sentence = mention.block.sentence(mention.head)
                    yield Fact(reading.article.id, entity, "organOf", state, sentence, "organ")

    def _of_nouns(self, reading: Reading) -> Iterator[Fact]:
        """«Niamey, the capital of Niger», «NATO member Turkey», «Mali is a member of the African Union»."""
        for block in reading.blocks:
            for noun in block.doc:
                lemma = noun.lemma_.lower()
                if lemma not in self._relates or any(c.lower_ in self._cues["former"] for c in noun.children):
                    continue
                relation, kinds, wanted = self._relates[lemma]
                subjects = [e for m in _described(noun, block) if (e := _of_kind(m, kinds))]
                objects = [e for m in self._owners(noun, block) if (e := _of_kind(m, wanted))]
                for one, other in ((s, o) for s in subjects for o in objects if s != o):
                    yield Fact(reading.article.id, one, relation, other, block.sentence(noun), lemma)

    def _owners(self, noun: Token, block: Block) -> list[Mention]:
        before = [block.names.get(child.i) for child in noun.children if child.dep_ in _BEFORE]
        named = [mention for mention in before if mention is not None]
        return named or owners_after(noun, block, self._cues["of_prepositions"])


def _described(noun: Token, block: Block) -> Iterator[Mention]:
    """Give the names that a noun says something of: in apposition, as a predicate, or before the name."""
    beside = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ in {"appos", "compound"}:
        beside.append(noun.head)
    if noun.dep_ == "attr" and noun.head.lemma_ == "be" and not _is_qualified(noun.head):
        beside += [child for child in noun.head.children if child.dep_ == "nsubj"]
    for token in beside:
        mention = block.names.get(token.i)
        if mention is not None and mention.form == NAME:
            yield mention


def _is_qualified(verb: Token) -> bool:
    """Whether a verb is negated, modal or past: then nothing is the case now."""
    return verb.tag_ not in {"VBZ", "VBP"} or any(child.dep_ in {"neg", "aux", "mark"} for child in verb.children)


def _of_kind(mention: Mention, kinds: frozenset[str]) -> Entity | None:
    """Give whom or what a mention means among these kinds, as an actor or as a place."""
    return next((e for e in (mention.entity, mention.place) if e is not None and e.kind in kinds), None)
