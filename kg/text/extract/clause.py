"""Who does a verb and to whom it is done, through passive, relative clause, participle, control and coordination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
DATES = frozenset({"DATE", "TIME"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
_DEEP = 8  # governors followed upwards in search of a subject


class Clause:
    """Finds the subject and the objects of verbs; the lists of verbs that behave in a special way come from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues
        self._titles = lexicon.nominals["title"]

    def subject(self, verb: Token) -> tuple[list[Token], bool]:
        """Give the surface subject of a verb, and whether the verb is passive, so that it happens to the subject."""
        return self._surface(verb, 0)

    def _surface(self, verb: Token, depth: int) -> tuple[list[Token], bool]:
        for child in verb.children:
            if child.dep_ in PASSIVE_SUBJECT:
                return list(self.real(child, verb)), True
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        for child in verb.children:
            if child.dep_ in SUBJECT:
                return list(self.real(child, verb)), passive
        if depth >= _DEEP:
            return [], passive
        return self._raised(verb, depth, passive)

    def _raised(self, verb: Token, depth: int, passive: bool) -> tuple[list[Token], bool]:
        """Give the subject of a verb that has none of its own."""
        head, dep = verb.head, verb.dep_
        if dep == "conj" and head.pos_ in VERBAL:
            tokens, head_passive = self._surface(head, depth + 1)
            own_aux = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
            return tokens, passive or (head_passive and verb.tag_ == "VBN" and not own_aux)
        if dep == "acl" and verb.tag_ == "VBG" and head.lemma_.lower() in self._cues["texts"]:
            return self.possessor(head, depth) or list(coordinated([head])), passive  # «in a letter accusing …»
        if dep in {"acl", "relcl"}:
            first = any(child.lower_ in self._cues["ordinals"] for child in head.children)
            if dep == "relcl" or verb.tag_ in {"VBG", "VBN"} or first:
                return list(_before(verb, head)), passive or (dep == "acl" and verb.tag_ == "VBN")
            return self.possessor(head, depth), passive
        if dep == "advcl":
            if head.lemma_.lower() in self._cues["appealing"] and any(child.lower_ == "to" for child in verb.children):
                return self._controller(head, depth), passive
            participle = verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)
            return self._surface(head, depth + 1)[0] if head.pos_ in VERBAL else [], passive or participle
        if dep == "conj" and head.dep_ == "pobj":  # «collaboration, including data sharing and conducting drills»
            return self.possessor(head.head.head, depth), passive
        if dep == "pcomp" and head.dep_ in {"prep", "agent"}:
            return self.gerund_subject(head.head, depth), passive
        if dep in {"xcomp", "ccomp"}:
            return self._controller(head, depth), passive
        return [], passive

    def _controller(self, head: Token, depth: int) -> list[Token]:
        """Give who does what `head` has as its complement: its object («urged Iran to stop») or its subject."""
        if head.pos_ not in VERBAL:
            return self._surface(head.head, depth + 1)[0] if head.dep_ in {"acomp", "attr", "conj"} else []
        objects = children_of(head, {"dobj", "dative"})
        lemma = head.lemma_.lower()
        if lemma in self._cues["object_control"] | self._cues["appealing"]:
            if objects and lemma not in self._cues["appealing"]:
                return list(coordinated(objects))
            appealed = [
                t
                for prep in head.children
                if prep.dep_ == "prep" and prep.lower_ in {"on", "upon", "to"}
                for t in objects_of(prep)
            ]
            if appealed:
                return list(coordinated(appealed))
        return self._surface(head, depth + 1)[0]

    def gerund_subject(self, head: Token, depth: int = 0) -> list[Token]:
        """Give who does a gerund after a preposition, from what that hangs on: «accused Moscow of attacking», «its policy of …»."""
        if head.pos_ in {"ADV", "ADP"} and head.head.pos_ in VERBAL:
            head = head.head  # «stopped short of expelling»
        if head.pos_ in VERBAL:
            surface, passive = self._surface(head, depth + 1)
            if head.lemma_.lower() in self._cues["gerund_control"] and not passive:
                return list(coordinated(children_of(head, {"dobj"})))
            return surface
        if head.dep_ == "dobj" and head.head.lemma_.lower() in self._cues["gerund_control"]:
            return list(
                coordinated([head])
            )  # the parser hangs «of attacking» on «troops» in «accused troops of attacking»
        return self.possessor(head, depth)

    def possessor(self, noun: Token, depth: int) -> list[Token]:
        """Give whose plan, decision or role a noun is."""
        owners = [child for child in noun.children if child.dep_ == "poss"]
        if owners:
            return list(coordinated(owners))
        adjectives = [
            child for child in noun.children if child.dep_ in {"amod", "compound", "nmod"} and child.ent_type_
        ]
        by = [
            t
            for prep in noun.children
            if prep.dep_ == "prep" and prep.lower_ in {"by", "between", "among"}
            for t in objects_of(prep)
        ]
        if adjectives or by:
            return list(coordinated([*adjectives, *by]))
        parts = [t for prep in noun.children if prep.lower_ == "of" for t in objects_of(prep) if t.pos_ == "NOUN"]
        if parts and depth < _DEEP and (inner := self.possessor(parts[0], depth + 1)):
            return inner  # «the importance of cooperation between …»
        head = noun.head
        if noun.dep_ in {"dobj", "attr"} and head.pos_ in VERBAL:
            return self._surface(head, depth + 1)[0]
        if noun.dep_ == "pobj" and head.head.pos_ in VERBAL:
            surface, passive = self._surface(head.head, depth + 1)
            if noun.lemma_.lower() in self._cues["grounds"] and not passive:
                return list(coordinated(children_of(head.head, {"dobj"})))  # «arrested him on suspicion of spying»
            return surface
        return []

    def objects(self, verb: Token) -> list[Token]:
        """Give the objects of a verb, through relative clauses and coordination."""
        kinds = {"dobj", "attr", "oprd"} if verb.lemma_.lower() in self._cues["copulas"] else {"dobj"}
        direct = children_of(verb, kinds)
        own = [child for child in direct if child.lower_ not in self._cues["relative_pronouns"]]
        # «Guam, which Beijing had warned Washington not to visit»: what is visited is not warned.
        objects = [t for child in own or direct for t in self.real(child, verb)]
        if objects:
            return objects
        if verb.dep_ == "relcl" and not any(
            child.dep_ in SUBJECT and child.lower_ in self._cues["relative_pronouns"] for child in verb.children
        ):
            subjects = children_of(verb, SUBJECT)
            owned = any(t.lower_ in self._cues["possessive_relatives"] for s in subjects for t in s.subtree)
            if subjects and not owned and not any(c.dep_ == "prep" and not list(c.children) for c in verb.children):
                return list(_before(verb, verb.head))
            return []
        if (said := free_relative(verb)) is not None:
            return [t for child in children_of(said, {"attr", "acomp"}) for t in self.real(child, said)]
        following = [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"]
        for other in following:  # «attacked and captured the town»
            if other.i == verb.i + 2:
                return [t for child in other.children if child.dep_ == "dobj" for t in self.real(child, other)]
        return []

    def given(self, verb: Token) -> list[Token]:
        """Give the first of two objects that are not coordinated: «sent Ukraine howitzers»."""
        objects = children_of(verb, {"dobj"})
        return list(coordinated(objects[:1])) if len(objects) > 1 else []

    def real(self, token: Token, verb: Token) -> Iterator[Token]:
        """Give the nouns of a coordination, and for a relative pronoun what it stands for."""
        if token.lower_ in self._cues["relative_pronouns"] and token.pos_ in {"PRON", "DET", "SCONJ"}:
            clause = verb
            while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.pos_ in VERBAL:
                clause = clause.head
            if clause.dep_ in {"relcl", "acl"}:
                yield from _before(clause, self._described(token, clause.head, verb))
            return
        yield from coordinated([token])

    def _described(self, pronoun: Token, noun: Token, verb: Token) -> Token:
        """Give what a relative pronoun stands for: «Ali of the Daily News, whom …» is about Ali."""
        if verb.lemma_.lower() in self._cues["consequences"]:
            town = noun.head if noun.dep_ == "appos" else noun
            if town.dep_ == "pobj" and town.head.lower_ in self._cues["setting_prepositions"]:
                return town.head.head if town.head.head.pos_ == "NOUN" else noun  # «a blast in Lima that killed ten»
        if pronoun.lower_ in self._cues["personal_relatives"] and noun.dep_ == "pobj":
            whole = noun.head.head
            person = whole.ent_type_ == "PERSON" or whole.lemma_.lower() in self._titles
            if noun.ent_type_ not in {"PERSON", ""} and person:
                return whole
        return noun

    def agents(self, verb: Token) -> list[Token]:
        """Give who does a passive verb («by»)."""
        agents = [
            t
            for place in (verb, *children_of(verb, {"oprd"}))  # «were declared persona non grata by»
            for child in place.children
            if child.dep_ in {"agent", "prep"} and child.lower_ == "by"
            for t in objects_of(child)
        ]
        named = [token for token in coordinated(agents) if token.ent_type_ not in DATES]
        beside = [child for child in verb.children if child.dep_ == "conj" and child.tag_ == "VBN"]
        return named or [token for other in beside[:1] for token in self.agents(other)]  # «armed and paid by Mali»


def verb_lemmas(verb: Token) -> set[str]:
    """Give the names under which the lexicon may list a verb: its lemma alone and with its particle."""
    lemma = verb.lemma_.lower()
    near = [child for child in verb.children if child.dep_ == "advmod" and child.i == verb.i + 1]
    particles = [word.lower_ for word in (*near, *(child for child in verb.children if child.dep_ == "prt"))]
    bound = [child.lower_ for child in verb.children if child.dep_ == "dobj" and child.lower_ in {"place", "part"}]
    if bound:  # «take part» is no taking
        return {f"{lemma} {bound[0]}"}
    return {lemma, *(f"{lemma} {particle}" for particle in particles)}


def objects_of(prep: Token) -> list[Token]:
    """Give the objects of a preposition."""
    return [child for child in prep.children if child.dep_ == "pobj"]


def prepositional(prep: Token) -> Iterator[tuple[str, list[Token]]]:
    """Give each preposition with its objects; «out of» counts as one."""
    name = prep.lower_
    objects = objects_of(prep)
    if objects:
        yield name, objects
    for inner in prep.children:
        if inner.dep_ == "prep":
            for _, deeper in prepositional(inner):
                yield f"{name} {inner.lower_}", deeper
        elif inner.dep_ == "conj" and inner.pos_ == "ADP":
            yield from prepositional(inner)


def coordinated(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give nouns with all that is coordinated to them, each before what hangs on it; a list may be of any length."""
    left = list(tokens)[::-1]
    while left:
        token = left.pop()
        yield token
        left += [child for child in token.children if child.dep_ == "conj" and child.pos_ in _NOMINAL][::-1]


def _before(clause: Token, noun: Token) -> Iterator[Token]:
    """Give the nouns that a clause describes: of «Egypt, which …, and Jordan» the first, of «Egypt and Jordan, which …» both.

    What is said of «Ali, a teacher held in Iran» is said of Ali.
    """
    if noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.pos_ == "PROPN":
        noun = noun.head
    return (token for token in coordinated([noun]) if token.i < clause.i)


def free_relative(verb: Token) -> Token | None:
    """Give the «were» of «fired what Seoul said were two missiles»: what stands with it, stands with the verb."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.left_edge.lower_ == "what" and c.i > verb.i]
    while clauses:
        clause = clauses[0]
        if clause.lemma_ == "be":
            return clause
        clauses = children_of(clause, {"ccomp", "xcomp"})
    return None


def is_negated(verb: Token) -> bool:
    """Whether a verb is denied in its own clause: «does not recognise»."""
    return any(child.dep_ == "neg" for child in verb.children)


def said_in(clause: Token) -> list[Token]:
    """Give what a clause says: its verb, and what that says of the subject («is responsible», «was behind the raid»)."""
    said = [child for child in clause.children if child.dep_ in {"acomp", "attr", "oprd"}]
    beside = [child for child in clause.children if child.dep_ == "prep"] if clause.lemma_ == "be" else []
    return [clause, *said, *beside]


def children_of(token: Token, deps: frozenset[str] | set[str]) -> list[Token]:
    """Give the children of a token that hang on it by one of `deps`."""
    return [child for child in token.children if child.dep_ in deps]


def hyphened(word: Token) -> str:
    """Give a word with what a hyphen joins to it: «test-fire» of «test-fired», «cease-fire»; "" where nothing does."""
    doc = word.doc
    joined = word.i >= 2 and doc[word.i - 1].text == "-"
    return f"{doc[word.i - 2].lower_}-{word.lemma_.lower()}" if joined else ""
