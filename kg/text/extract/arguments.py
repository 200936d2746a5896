"""What stands around a trigger, whatever the construction: active or passive, relative clause, participle, control, noun.

`Grammar.of_verb` and `Grammar.of_noun` give the same `Arguments`, so that a frame is written once, in the active voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEP = 8  # governors followed upwards in search of a subject
_SUBJECT = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})
_DATES = frozenset({"DATE", "TIME"})


@dataclass(slots=True)
class Arguments:
    """The head words in each slot of a trigger: `subject`, `object`, `dative`, `clause subject` and prepositions.

    `governor` is the verb that carries tense, negation and mood for the trigger: itself, or the support verb of a noun.
    `weak` holds the slots that were filled by a construction that may mislead.
    """

    governor: Token
    slots: dict[str, list[Token]] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)

    def add(self, slot: str, tokens: Iterable[Token]) -> None:
        """Add tokens to a slot, each once."""
        known = self.slots.setdefault(slot, [])
        known += [token for token in tokens if token not in known]

    def get(self, slot: str) -> list[Token]:
        """Give the tokens of a slot."""
        return self.slots.get(slot, [])


class Grammar:
    """Reads arguments off a dependency parse; the lists of verbs that behave in a special way come from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues

    # Verbs

    def of_verb(self, verb: Token) -> Arguments:
        """Give the arguments of a verb."""
        found = Arguments(verb)
        surface, passive = self._surface(verb, 0)
        objects = self._objects(verb)
        if passive:
            found.add("subject", self._agents(verb))
            found.add("object", surface)
            found.add("object", objects)
        else:
            found.add("subject", surface)
            given = self._given(verb)
            found.add("dative", given)
            found.add("object", (token for token in objects if token not in given))
        for child in self._children(verb, {"dative"}):
            given = _pobj(child)  # the parser may call «to» of «issued an ultimatum to» the dative
            found.add("dative", _each(given or [child]))
            if given:
                found.add(child.lower_, _each(given))
        self._add_prepositions(verb, found)
        for noun in objects:  # «imposed sanctions on Iran» hangs «on» on either
            self._add_prepositions(noun, found, weak=True)
        for child in verb.children:
            if child.dep_ in {"ccomp", "xcomp"}:
                found.add("clause subject", _each(self._children(child, _SUBJECT | _PASSIVE_SUBJECT)))
                told = verb.lemma_.lower() in self._cues["object_control"] and _is_bare_infinitive(child)
                if told and not objects and not passive:  # «urged him to settle» may be parsed as a clause
                    found.add("object", found.get("clause subject"))
        return found

    def of_idiom(self, arguments: Arguments, bound: Iterable[Token]) -> Arguments:
        """Give the arguments of a verb with those that hang on the nouns of its idiom: «came under attack from»."""
        widened = Arguments(arguments.governor, {name: list(tokens) for name, tokens in arguments.slots.items()})
        widened.weak = set(arguments.weak)
        for noun in bound:
            self._add_prepositions(noun, widened, weak=True)
        return widened

    def subjects(self, verb: Token) -> list[Token]:
        """Give the surface subject of a verb, found through control, coordination and relative clauses."""
        return self._surface(verb, 0)[0]

    def is_passive(self, verb: Token) -> bool:
        """Whether the surface subject of a verb is the one that it happens to."""
        return self._surface(verb, 0)[1]

    def _surface(self, verb: Token, depth: int) -> tuple[list[Token], bool]:
        for child in verb.children:
            if child.dep_ in _PASSIVE_SUBJECT:
                return list(self._real(child, verb)), True
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        for child in verb.children:
            if child.dep_ in _SUBJECT:
                return list(self._real(child, verb)), passive
        if depth >= _DEEP:
            return [], passive
        return self._raised(verb, depth, passive)

    def _raised(self, verb: Token, depth: int, passive: bool) -> tuple[list[Token], bool]:
        """Give the subject of a verb that has none of its own."""
        head, dep = verb.head, verb.dep_
        if dep == "conj" and head.pos_ in _VERBAL:
            tokens, head_passive = self._surface(head, depth + 1)
            own_aux = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
            return tokens, passive or (head_passive and verb.tag_ == "VBN" and not own_aux)
        if dep in {"acl", "relcl"}:
            first = any(child.lower_ in self._cues["ordinals"] for child in head.children)
            if dep == "relcl" or verb.tag_ in {"VBG", "VBN"} or first:
                return list(_each([head])), passive or (dep == "acl" and verb.tag_ == "VBN")
            return self._possessor(head, depth), passive
        if dep == "advcl":
            participle = verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)
            return self._surface(head, depth + 1)[0] if head.pos_ in _VERBAL else [], passive or participle
        if dep == "conj" and head.dep_ == "pobj":  # «collaboration, including data sharing and conducting drills»
            return self._possessor(head.head.head, depth), passive
        if dep == "pcomp" and head.dep_ in {"prep", "agent"}:
            return self._gerund_subject(head.head, depth), passive
        if dep in {"xcomp", "ccomp"}:
            return self._controller(head, depth), passive
        return [], passive

    def _controller(self, head: Token, depth: int) -> list[Token]:
        """Give who does what `head` has as its complement: its object («urged Iran to stop») or its subject."""
        if head.pos_ not in _VERBAL:
            return self._surface(head.head, depth + 1)[0] if head.dep_ in {"acomp", "attr", "conj"} else []
        objects = self._children(head, {"dobj", "dative"})
        if head.lemma_.lower() in self._cues["object_control"]:
            if objects:
                return list(_each(objects))
            appealed = [
                t for prep in head.children if prep.dep_ == "prep" and prep.lower_ in {"on", "to"} for t in _pobj(prep)
            ]
            if appealed:
                return list(_each(appealed))
        return self._surface(head, depth + 1)[0]

    def _gerund_subject(self, head: Token, depth: int) -> list[Token]:
        """Give who does a gerund after a preposition: «accused Moscow of attacking», «its policy of striking»."""
        if head.pos_ in {"ADV", "ADP"} and head.head.pos_ in _VERBAL:
            head = head.head  # «stopped short of expelling»
        if head.pos_ in _VERBAL:
            surface, passive = self._surface(head, depth + 1)
            if head.lemma_.lower() in self._cues["gerund_control"] and not passive:
                return list(_each(self._children(head, {"dobj"})))
            return surface
        return self._possessor(head, depth)

    def _possessor(self, noun: Token, depth: int) -> list[Token]:
        """Give whose plan, decision or role a noun is."""
        owners = [child for child in noun.children if child.dep_ == "poss"]
        if owners:
            return list(_each(owners))
        adjectives = [
            child for child in noun.children if child.dep_ in {"amod", "compound", "nmod"} and child.ent_type_
        ]
        by = [
            t
            for prep in noun.children
            if prep.dep_ == "prep" and prep.lower_ in {"by", "between", "among"}
            for t in _pobj(prep)
        ]
        if adjectives or by:
            return list(_each([*adjectives, *by]))
        parts = [t for prep in noun.children if prep.lower_ == "of" for t in _pobj(prep) if t.pos_ == "NOUN"]
        if parts and depth < _DEEP and (inner := self._possessor(parts[0], depth + 1)):
            return inner  # «the importance of cooperation between …»
        head = noun.head
        if noun.dep_ in {"dobj", "attr"} and head.pos_ in _VERBAL:
            return self._surface(head, depth + 1)[0]
        if noun.dep_ == "pobj" and head.head.pos_ in _VERBAL:
            return self._surface(head.head, depth + 1)[0]
        return []

    def _objects(self, verb: Token) -> list[Token]:
        kinds = {"dobj", "attr", "oprd"} if verb.lemma_.lower() in self._cues["copulas"] else {"dobj"}
        objects = [t for child in verb.children if child.dep_ in kinds for t in self._real(child, verb)]
        if objects:
            return objects
        if verb.dep_ == "relcl" and not any(
            child.dep_ in _SUBJECT and child.lower_ in self._cues["relative_pronouns"] for child in verb.children
        ):
            if any(child.dep_ in _SUBJECT for child in verb.children) and not any(
                c.dep_ == "prep" and not list(c.children) for c in verb.children
            ):
                return list(_each([verb.head]))
            return []
        following = [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"]
        for other in following:  # «attacked and captured the town»
            if other.i == verb.i + 2:
                return [t for child in other.children if child.dep_ == "dobj" for t in self._real(child, other)]
        return []

    def _given(self, verb: Token) -> list[Token]:
        """Give the first of two objects that are not coordinated: «sent Ukraine howitzers»."""
        objects = self._children(verb, {"dobj"})
        return list(_each(objects[:1])) if len(objects) > 1 else []

    def _real(self, token: Token, verb: Token) -> Iterator[Token]:
        """Give the nouns of a coordination, and for a relative pronoun what it stands for."""
        if token.lower_ in self._cues["relative_pronouns"] and token.pos_ in {"PRON", "DET", "SCONJ"}:
            clause = verb
            while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.pos_ in _VERBAL:
                clause = clause.head
            if clause.dep_ in {"relcl", "acl"}:
                yield from _each([clause.head])
            return
        yield from _each([token])

    def _agents(self, verb: Token) -> list[Token]:
        agents = [
            t
            for child in verb.children
            if child.dep_ in {"agent", "prep"} and child.lower_ == "by"
            for t in _pobj(child)
        ]
        return [token for token in _each(agents) if token.ent_type_ not in _DATES]

    @staticmethod
    def _children(token: Token, deps: frozenset[str] | set[str]) -> list[Token]:
        return [child for child in token.children if child.dep_ in deps]

    def _add_prepositions(self, token: Token, found: Arguments, *, weak: bool = False) -> None:
        for prep in token.children:
            if prep.dep_ not in {"prep", "agent", "dative"}:
                continue
            for name, objects in _prepositional(prep):
                kept = [t for t in _each(objects) if t.ent_type_ not in _DATES]
                if weak and name not in found.slots:
                    found.weak.add(name)
                if kept and (not weak or name in found.weak):
                    found.add(name, kept)

    # Adjectives

    def of_adjective(self, adjective: Token) -> Arguments:
        """Give the arguments of an adjective: of its own, and of the verb or noun that it says something of."""
        predicate = adjective.dep_ in {"acomp", "attr", "oprd"}
        found = self.of_verb(adjective.head if predicate else adjective)
        if adjective.dep_ == "amod":
            found.add("subject", [adjective.head])
        if predicate:
            for name, tokens in self.of_verb(adjective).slots.items():
                found.add(name, tokens)
        return found

    # Nouns

    def of_noun(self, noun: Token, block: Block) -> Arguments:
        """Give the arguments of a noun, from itself and from the verb that supports it («launched an attack on»)."""
        found = Arguments(noun)
        self._add_prepositions(noun, found)
        found.add("subject", _each(child for child in noun.children if child.dep_ == "poss"))
        found.add("subject", found.get("by"))
        found.add("object", found.get("of"))
        self._add_modifiers(noun, block, found)
        for clause in noun.children:
            if clause.dep_ in {"acl", "relcl"} and clause.lemma_.lower() in self._cues["support_active"]:
                done_by = self._agents(clause) if clause.tag_ == "VBN" else self._children(clause, _SUBJECT)
                found.add("subject", (t for t in _each(done_by) if t.lower_ not in self._cues["relative_pronouns"]))
        self._add_support(noun, found)
        if not found.get("subject") and noun.dep_ == "pobj" and noun.head.lower_ in self._cues["part_of"]:
            found.add("subject", self._possessor(noun.head.head, 0))
            found.weak.add("subject")
        return found

    @staticmethod
    def _add_modifiers(noun: Token, block: Block, found: Arguments) -> None:
        """Take states and organisations that stand before the noun: «US-South Korea drills», «Russian missile strike»."""
        index = noun.i - 1
        names = []
        while index >= 0:
            token = block.doc[index]
            mention = block.names.get(index)
            if mention is not None:
                if mention.entities and not _owns_something_else(token, noun):
                    names.append((mention.head, mention.form))
                index = mention.start - 1
                continue
            inside = token.head.i > index and token.dep_ in {
                "amod",
                "compound",
                "nmod",
                "nummod",
                "punct",
                "cc",
                "advmod",
            }
            if not (inside or token.tag_ == "HYPH" or token.lower_ in {"-", "–", "led", "backed"}) or token.text == ",":
                break
            index -= 1
        names.reverse()
        paired = len(names) > 1
        for token, form in names:
            found.add("subject" if paired or form == ADJECTIVE else "compound", [token])

    def _add_support(self, noun: Token, found: Arguments) -> None:
        """Take over the arguments of the verb that supports the noun."""
        first = noun
        while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
            first = first.head
        verb = first.head
        own = bool(found.get("subject"))
        if first.dep_ == "dobj" and verb.pos_ in _VERBAL:
            names = _lemmas(verb)
            if names & self._cues["support_active"]:
                self._take(verb, found, None if own else "subject")
            elif names & self._cues["support_passive"]:
                self._take(verb, found, "object" if not found.get("object") else None)
        elif first.dep_ == "attr" and verb.lemma_.lower() in self._cues["copulas"]:
            self._take(verb, found, None if own else "subject")  # «Thailand is an ally of the United States»
        elif first.dep_ == "nsubjpass" and _lemmas(verb) & self._cues["support_active"]:
            self._take(verb, found, None)
            found.add("subject", () if own else self._agents(verb))
        elif first.dep_ == "nsubj" and _lemmas(verb) & self._cues["support_occur"]:
            self._take(verb, found, None)
        elif first.dep_ == "pobj" and first.head.head.pos_ in _VERBAL and first.head.dep_ == "prep":
            self._join(first.head, found, own)

    def _join(self, prep: Token, found: Arguments, own: bool) -> None:
        verb = prep.head
        if prep.lower_ == "under" and not found.get("object"):
            self._take(verb, found, "object")  # «came under attack from»
            found.add("subject", found.get("from"))
        elif prep.lower_ in {"in", "at", "with", "to", "into", "on", "for"} and (
            _lemmas(verb) & self._cues["support_join"]
        ):
            found.governor = verb
            if not own:
                tokens, passive = self._surface(verb, 0)
                suffered = passive and not _lemmas(verb) & self._cues["object_control"]
                role = "object" if suffered and not found.get("object") else "subject"
                if role == "subject" and suffered:
                    return
                found.add(role, tokens)
                found.weak.add(role)

    def _take(self, verb: Token, found: Arguments, role: str | None) -> None:
        found.governor = verb
        if role and not (role == "subject" and self.is_passive(verb)):
            found.add(role, self.subjects(verb))
        self._add_prepositions(verb, found, weak=True)


def _is_bare_infinitive(verb: Token) -> bool:
    """Whether a verb says what somebody is to do, not what he will do: «urged them to go», not «that they would go»."""
    return verb.tag_ == "VB" and not any(c.tag_ == "MD" or c.dep_ == "mark" for c in verb.children)


def _lemmas(verb: Token) -> set[str]:
    """Give a verb's lemma alone and with its particle."""
    lemma = verb.lemma_.lower()
    particles = [child.lower_ for child in verb.children if child.dep_ in {"prt", "advmod"} and child.i == verb.i + 1]
    bound = [child.lower_ for child in verb.children if child.dep_ == "dobj" and child.lower_ in {"place", "part"}]
    if bound:  # «take part» is no taking
        return {f"{lemma} {bound[0]}"}
    return {lemma, *(f"{lemma} {particle}" for particle in particles)}


def verb_lemmas(verb: Token) -> set[str]:
    """Give the names under which the lexicon may list a verb: its lemma alone and with its particle."""
    return _lemmas(verb)


def _owns_something_else(token: Token, noun: Token) -> bool:
    """Whether a name before the noun belongs to a part of it only, as in «Iran's nuclear programme talks»."""
    return any(child.dep_ == "case" for child in token.children) and token.head.i < noun.i


def _pobj(prep: Token) -> list[Token]:
    return [child for child in prep.children if child.dep_ == "pobj"]


def _prepositional(prep: Token) -> Iterator[tuple[str, list[Token]]]:
    """Give each preposition with its objects; «out of» counts as one."""
    name = prep.lower_
    objects = _pobj(prep)
    if objects:
        yield name, objects
    for inner in prep.children:
        if inner.dep_ == "prep":
            for _, deeper in _prepositional(inner):
                yield f"{name} {inner.lower_}", deeper
        elif inner.dep_ == "conj" and inner.pos_ == "ADP":
            yield from _prepositional(inner)


def _each(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give nouns with all that is coordinated to them."""
    for token in tokens:
        yield token
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}:
                yield from _each([child])
