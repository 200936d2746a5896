"""From a head word in a slot to whom or what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.iris import data_iri
from kg.model import ACTOR, CORE_ROLES, RECIPIENT, Entity, Ontology, slug
from kg.text.extract import Proposal
from kg.text.extract.clause import coordinated, hyphened
from kg.text.extract.locations import Locations
from kg.text.extract.phrases import DESIGNATION, Phrases, is_sum, modifiers
from kg.text.lexicon import Lexicon, Slot
from kg.text.reading import ADJECTIVE, Block, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

# Slots that no word fills: the state whose office the actor holds, the state that the article is about, its two parties.
OFFICE, HOME, PARTIES = "office", "home", "parties"
OWNER = "owner"  # whose thing it is that an act is about
_PEOPLE_ROLES = frozenset({ACTOR, RECIPIENT})
_PLACE_ROLES = frozenset({"place", "origin"})
_OWNERS = frozenset({"poss", "amod", "compound", "nmod"})

_Where = tuple[int, int]  # the number of a block, the index of a token


class Fillers:
    """Finds the fillers of a slot in one reading."""

    def __init__(self, reading: Reading, lexicon: Lexicon, ontology: Ontology) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._ontology = ontology
        self._indefinite = lexicon.cues["indefinite_determiners"]
        self._phrases = Phrases(lexicon)
        self._locations = Locations(lexicon)
        # The frames of a trigger ask the same of its arguments; the answers stay, as the reading does.
        self._known_classes: dict[_Where, frozenset[str]] = {}
        self._known_referents: dict[_Where, tuple[Mention | None, bool]] = {}

    def propose(self, slot: Slot, token: Token, block: Block, *, weak: bool) -> Iterator[Proposal]:
        """Give the fillers that `token` may give to `slot`."""
        if slot.role in _PEOPLE_ROLES:
            yield from self._actors(slot, token, block, weak)
        elif slot.role in _PLACE_ROLES:
            yield from self._places(slot, token, block, weak)
        elif (thing := self._weapon_of(slot, token, block) if slot.role == "instrument" else token) is not None:
            start, end, label = self._phrases.thing(thing, block)
            yield Proposal(slot.role, label, block.span(start, end), None, slot.name, weak)

    def _weapon_of(self, slot: Slot, token: Token, block: Block) -> Token | None:
        """Give the drone of «a drone strike», and nothing of «an army strike»; fighters who are people are no aircraft."""
        mention = self.mention(token, block)
        if slot.name == "subject" and mention is not None and not mention.generic and self.is_body(token, block):
            return None
        classes = self._lexicon.classes
        lemma = token.lemma_.lower()
        if lemma not in classes["assault"] or lemma in classes["weapon"]:
            return token
        return next((child for child in modifiers(token) if _base(child) in classes["weapon"]), None)

    def fits(self, slot: Slot, token: Token, block: Block) -> bool:
        """Whether `token` is of the classes that `slot` asks for and of none that it refuses."""
        if slot.role == RECIPIENT and token.lower_ in self._lexicon.cues["reflexives"]:
            return False  # who dissolves itself does nothing to another
        if not slot.classes and not slot.refused:
            return True
        classes = self._classes(token, block)
        return not (classes & slot.refused) and (not slot.classes or bool(classes & slot.classes))

    def refuses(self, slot: Slot, token: Token, block: Block) -> bool:
        """Whether `token` is of a class that `slot` refuses, so that the frame means something else here."""
        return bool(slot.refused and self._classes(token, block) & slot.refused)

    def _classes(self, token: Token, block: Block) -> frozenset[str]:
        where = block.number, token.i
        known = self._known_classes.get(where)
        if known is None:
            known = self._known_classes[where] = frozenset(self._find_classes(token, block))
        return known

    def _find_classes(self, token: Token, block: Block) -> set[str]:
        lemma = _base(token)
        found = set(self._lexicon.classes_of.get(lemma, ()))
        if is_sum(token):
            found.add("money")
        if DESIGNATION.fullmatch(token.text):
            found |= self._lexicon.cues["designated"]
        if token.i > 0:
            found |= self._lexicon.classes_of.get(f"{block.doc[token.i - 1].lower_} {lemma}", frozenset())
        found |= self._lexicon.classes_of.get(hyphened(token), frozenset())
        for inner in (
            t for child in token.children if child.lower_ == "of" for t in child.children if t.dep_ == "pobj"
        ):
            found |= self._lexicon.classes_of.get(f"{lemma} of {inner.lower_}", frozenset())  # «a note of protest»
            if lemma in self._lexicon.nominals["measure"]:  # «a barrage of missiles»
                found |= self._classes(inner, block)
        mention, owned = self.referent(token, block)
        if mention is not None and not owned:
            for entity in (*mention.entities, *([mention.place] if mention.place else [])):
                found |= {entity.kind, *self._ontology.kinds.get(entity.kind, ())}
        return found

    def mention(self, token: Token, block: Block) -> Mention | None:
        """Give the mention that `token` is the head of or stands in."""
        return block.heads.get(token.i) or block.names.get(token.i)

    def is_body(self, token: Token, block: Block) -> bool:
        """Whether a word names people, not a thing: «the Indonesian navy», not «its warships»; «40 fighters» that are no aircraft."""
        mention = self.mention(token, block)
        kinds = {entity.kind for entity in mention.entities} if mention is not None else set()
        made = self._is_made(token)
        people = not made or _base(token) in self._lexicon.nominals["group"]
        return people and ("ArmedForces" in kinds or ("ArmedGroup" in kinds and made))

    def _is_made(self, token: Token) -> bool:
        """Whether a word names a thing of war: «jets», «carrier»."""
        return bool(self._lexicon.classes_of.get(_base(token), frozenset()) & self._lexicon.cues["made_things"])

    def referent(self, token: Token, block: Block) -> tuple[Mention | None, bool]:
        """Give the mention that `token` stands for, and whether it is only the owner of what `token` names.

        «President Xi» and «the president, Xi» mean Xi; «hundreds of Houthis» the Houthis; of «Russian positions», which
        are nobody, Russia is the owner.
        """
        where = block.number, token.i
        known = self._known_referents.get(where)
        if known is None:
            known = self._known_referents[where] = self._find_referent(token, block)
        return known

    def _find_referent(self, token: Token, block: Block) -> tuple[Mention | None, bool]:
        mention = self.mention(token, block)
        if mention is not None and mention.entities and not mention.generic:
            return mention, False
        for child in token.children:
            if child.dep_ == "appos" and not self._is_made(token):  # a ship may be called after a province
                near = self.mention(child, block)
                if near is not None and near.entities and not near.generic:
                    return near, False
        measure = token.lemma_.lower() in self._lexicon.nominals["measure"] or token.pos_ == "NUM"
        inner = [
            t
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ == "of"
            for t in prep.children
            if t.dep_ == "pobj"
        ]
        if measure and inner:
            return self.referent(inner[0], block)
        if mention is not None and mention.entities:
            # «Officials of both sides», but not «the rebel leader of Chad».
            stands_in = token.lemma_.lower() in self._lexicon.nominals["stand_in"] and not self._lexicon.is_unofficial(
                token
            )
            origin = [
                t for prep in token.children if prep.lower_ == "from" for t in prep.children
            ]  # «envoys from Mali»
            owner = self.mention((inner or origin)[0], block) if stands_in and (inner or origin) else None
            return (owner, False) if owner is not None and owner.entities and not owner.generic else (mention, False)
        if token.lemma_.lower() in self._lexicon.nominals["relation"]:
            named = [m for child in token.children if (m := block.names.get(child.i)) and m.form == ADJECTIVE]
            return (named[0] if named else None), False  # «its Eritrean allies» are Eritrea, «Eritrea's allies» are not
        return self._owner_of(token, inner, block), True

    def _owner_of(self, token: Token, inner: list[Token], block: Block) -> Mention | None:
        """Give whose a thing is; `inner` stands after its «of». A former Syrian colonel is nobody's any more."""
        if any(child.lower_ in self._lexicon.cues["former"] for child in token.children):
            return None
        for child in token.children:
            if child.dep_ in _OWNERS:
                owner = self.mention(child, block)
                if owner is not None and owner.entities and not self._is_scene(token, child, owner):
                    return owner
        for child in inner:
            owner = self.mention(child, block)
            if owner is not None and owner.entities and not owner.generic:
                return owner
        return None

    def _is_scene(self, act: Token, name: Token, owner: Mention) -> bool:
        """Whether a capital says where an attack was: «the Kabul bombing killed nine» does not accuse the Afghans."""
        town = owner.place is not None and owner.place != owner.entity
        return town and name.dep_ == "compound" and act.lemma_.lower() in self._lexicon.classes["assault"]

    def _actors(self, slot: Slot, token: Token, block: Block, weak: bool) -> Iterator[Proposal]:
        parts = self._measured(token)
        if len(parts) > 1:  # «trained with those of Fiji and Tonga»
            for part in parts:
                yield from self._actors(slot, part, block, weak)
            return
        mention, owned = self.referent(token, block)
        if mention is None:
            yield from self._tangible(slot, token, block)
            return
        yield from self._meant(slot, mention, weak or owned)
        # «The two ministers, A and B», «the prime minister, A, and President B».
        named = [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        named = [name for name in named if not any(child.lower_ in self._indefinite for child in name.children)]
        for other in coordinated([mention.head] if mention.head.dep_ == "appos" else named):
            near = self.mention(other, block)
            if near is not None and near is not mention and other.pos_ == "PROPN":
                yield from self._meant(slot, near, weak or owned)

    def _measured(self, token: Token) -> list[Token]:
        """Give all that a noun measures: of «hundreds of Kurds and Arabs» both."""
        measure = token.lemma_.lower() in self._lexicon.nominals["measure"]
        inner = (t for prep in token.children if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj")
        return list(coordinated(inner)) if measure else []

    def _meant(self, slot: Slot, mention: Mention, weak: bool) -> Iterator[Proposal]:
        for entity in mention.entities:
            known = self._reading.known(entity)
            if not self._may_act(known, slot.role):
                continue
            yield Proposal(
                slot.role,
                known.label,
                mention.span,
                known,
                slot.name,
                weak,
                mention.generic,
                mention.note,
                mention.private,
            )

    def hosts(self, proposals: list[Proposal]) -> Iterator[Proposal]:
        """Give proposals with the state of each town or region in the place of a recipient: «flew to Nagoya» is to Japan.

        Within the actor's own state nobody is host.
        """
        own = {p.entity.state or p.entity.id for p in proposals if p.role == ACTOR and p.entity}
        for p in proposals:
            if p.role != RECIPIENT or p.entity is None or self._ontology.is_a(p.entity.kind, "Actor"):
                yield p
                continue
            state = self._reading.states.get(p.entity.state or "")
            if state is not None and state.id not in own:
                yield replace(p, entity=state, label=state.label, note=f"{p.label}: lies in {state.label}")

    def office(self, slot: Slot, proposals: list[Proposal]) -> Iterator[Proposal]:
        """Give the state that the actor holds office in, where no word has filled the role of `slot`."""
        if any(p.role == slot.role for p in proposals):
            return
        for p in proposals:
            if p.role != ACTOR or p.entity is None:
                continue
            state = self._reading.states.get(p.entity.state or "") or (
                self._reading.home if p.entity.state is None else None
            )
            if state is not None and p.entity.kind == "Person":
                note = f"{p.label}: holds office in {state.label}"
                yield Proposal(slot.role, state.label, p.span, state, slot.name, weak=True, note=note)

    def owner(self, token: Token, block: Block) -> Iterator[Proposal]:
        """Give as recipient whose thing it is that an act is about: «praised Oman's offer», «the Russian proposal»."""
        makers = [
            t for prep in token.children if prep.lower_ in {"by", "from"} for t in prep.children if t.dep_ == "pobj"
        ]
        for child in (*(child for child in token.children if child.dep_ in _OWNERS), *makers):
            mention = self.mention(child, block)
            if mention is None or mention.generic:
                continue
            for entity in mention.entities:
                note = f"{token.text}: that of {entity.label}"
                yield Proposal(
                    RECIPIENT, entity.label, mention.span, self._reading.known(entity), OWNER, weak=True, note=note
                )

    def implied(self, slot: Slot, token: Token, block: Block, proposals: list[Proposal]) -> Iterator[Proposal]:
        """Give the state that goes without saying, where no word has named anybody: «elections in May»."""
        home = self._reading.home
        if home is not None and not any(p.role in CORE_ROLES and p.slot != slot.name for p in proposals):
            note = f"{token.text}: goes without saying for {home.label}"
            yield Proposal(
                slot.role, home.label, block.span(token.i, token.i + 1), home, slot.name, weak=True, note=note
            )

    def parties(self, slot: Slot, token: Token, block: Block, proposals: list[Proposal]) -> Iterator[Proposal]:
        """Give the two parties of the article where no word says who, or the other where one is named: «the truce held»."""
        named = {iri for p in proposals if p.role in CORE_ROLES for iri in ([p.entity.id] if p.entity else [p.label])}
        others = [party for party in self._reading.parties if party.id not in named]
        for party in others if len(named) + len(others) == 2 else ():
            note = f"{token.text}: goes without saying for {party.label}"
            span = block.span(token.i, token.i + 1)
            yield Proposal(slot.role, party.label, span, party, slot.name, weak=True, note=note)

    def _tangible(self, slot: Slot, token: Token, block: Block) -> Iterator[Proposal]:
        """«The dam», «an army post»: things without a name that an act can hit, known in this article only."""
        if slot.role != RECIPIENT or token.pos_ != "NOUN":
            return
        kinds = self._lexicon.nominals["tangible"]
        classes = self._lexicon.classes_of.get(token.lemma_.lower(), frozenset())
        names = sorted(name for name in classes & kinds.keys() if kinds[name] or name in slot.classes)
        named = [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        start, end, label = self._phrases.site(named[0] if named else token, block)
        if names and kinds[names[0]]:
            entity = Entity(data_iri("entity", f"{block.article.id}/{slug(label)}"), label, kinds[names[0]])
            yield Proposal(slot.role, label, block.span(start, end), entity, slot.name, generic=True)
        elif names:
            yield Proposal(slot.role, label, block.span(start, end), None, slot.name, generic=True)

    def _may_act(self, entity: Entity, role: str) -> bool:
        is_a = self._ontology.is_a
        if is_a(entity.kind, "Place") and not is_a(entity.kind, "Actor"):
            return role == RECIPIENT
        return not is_a(entity.kind, "Thing")

    def _places(self, slot: Slot, token: Token, block: Block, weak: bool) -> Iterator[Proposal]:
        found = self._locations.of(token, block, after=slot.name)
        if found is not None:
            entity, start, end = found
            unnamed = entity.id.startswith(data_iri("entity", f"{block.article.id}/"))
            yield Proposal(slot.role, entity.label, block.span(start, end), entity, slot.name, weak, unnamed)

    def act(self, tokens: Iterable[Token], proposals: Iterable[Proposal], block: Block) -> bool:
        """Whether one of `tokens` means the proposed actor, or the state behind it."""
        doers = {i for p in proposals if p.role == ACTOR and p.entity for i in (p.entity.id, p.entity.state) if i}
        mentions = [self.referent(token, block)[0] for token in tokens]
        known = [self._reading.known(entity) for mention in mentions if mention for entity in mention.entities]
        return any({entity.id, entity.state} & doers for entity in known)

    def has_actor(self, token: Token, block: Block) -> bool:
        """Whether `token` means somebody who can act, known or not («Russia's allies»)."""
        if token.lemma_.lower() in self._lexicon.nominals["relation"]:
            return True
        mention, _ = self.referent(token, block)
        return mention is not None


def _base(token: Token) -> str:
    """Give the lemma; that of «F-16s», which is a name to the model, is «f-16»."""
    lemma: str = token.lemma_.lower()
    return lemma.removesuffix("s") if any(character.isdigit() for character in lemma) else lemma
