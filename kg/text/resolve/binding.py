"""What the syntax of its sentence says of a pronoun: whom it cannot mean, whom it means first, whether it means anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEP = 6  # governors followed upwards in search of a subject
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_VERBAL = frozenset({"VERB", "AUX"})
_OBJECTS = frozenset({"dobj", "dative"})
_OWNERS = frozenset({"poss", "amod", "compound", "nmod"})

Cues = Mapping[str, frozenset[str]]


def clause_subjects(token: Token, cues: Cues) -> list[Token]:
    """Give the heads of the subject of the clause that `token` stands in, also where control or coordination gives it.

    None where `token` is that subject itself or stands inside it.
    """
    path = _path(token)
    return [] if _is_in_subject(path) else _subjects(path[-1], cues)


def favoured(token: Token, cues: Cues) -> list[Token]:
    """Give the heads of whom a pronoun means first, if anybody in its sentence.

    A possessive means the conjunct before it («Qatar and its neighbours»), who is praised or blamed («praised him for his
    hand»), or the subject of its clause; inside or as the subject of a complement it means who says so («Oman said its
    forces …»). «Accused Iran of violating its airspace» favours nobody.
    """
    path = _path(token)
    verb = path[-1]
    if verb.pos_ not in _VERBAL:
        return []
    if _is_in_subject(path):
        return _subjects(verb.head, cues) if verb.dep_ == "ccomp" and verb.head.pos_ in _VERBAL else []
    if token.dep_ != "poss":
        return []
    joined = [part.head for part in path if part.dep_ == "conj"]
    if joined:
        return joined[:1]
    if verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in cues["alleging"]:
        return []
    blames = cues["gerund_control"] | cues["blaming"]
    if path[-2].dep_ == "prep" and verb.lemma_.lower() in blames:
        return [child for child in verb.children if child.dep_ in _OBJECTS] or _subjects(verb, cues)
    return _subjects(verb, cues)


def claimants(token: Token, cues: Cues) -> list[Token]:
    """Give whom a pronoun surely means: «Mali's claim that it had won», «accused Mali of bombing its own people»."""
    path = _path(token)
    verb, above = path[-1], path[-1].head.head
    own = token.dep_ == "poss" and any(child.lower_ == "own" for child in token.head.children)
    if own and verb.dep_ == "pcomp" and above.lemma_.lower() in cues["gerund_control"]:
        return [child for child in above.children if child.dep_ in _OBJECTS]
    noun = path[-1].head
    claimed = path[-1].dep_ in {"acl", "relcl"} and noun.lemma_.lower() in cues["own_accounts"]
    return [child for child in noun.children if child.dep_ in _OWNERS] if claimed and _is_in_subject(path) else []


def _path(token: Token) -> list[Token]:
    """Give the way from a word up to the verb of its clause."""
    path = [token, token.head] if token.head != token else [token]
    while path[-1].pos_ not in _VERBAL and path[-1].head != path[-1]:
        path.append(path[-1].head)
    return path


def _is_in_subject(path: list[Token]) -> bool:
    return path[-1].pos_ not in _VERBAL or any(part.dep_ in _SUBJECTS for part in path[:-1])


def _subjects(verb: Token, cues: Cues) -> list[Token]:
    for _ in range(_DEEP):
        own = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if own:
            relative = verb.dep_ == "relcl" and own[0].lower_ in cues["relative_pronouns"]
            return [verb.head] if relative else own
        head = verb.head
        if verb.dep_ in {"acl", "relcl"}:
            return [head]
        if verb.dep_ == "pcomp":  # «thanked him for dropping his plan»
            head = head.head
            objects = [child for child in head.children if child.dep_ in _OBJECTS]
            if objects and head.lemma_.lower() in cues["gerund_control"]:
                return objects
        elif verb.dep_ == "xcomp":
            objects = [child for child in head.children if child.dep_ in _OBJECTS]
            if objects and head.lemma_.lower() in cues["object_control"]:
                return objects
        elif verb.dep_ not in {"conj", "advcl", "ccomp"}:
            return []
        if head.pos_ not in _VERBAL or head == verb:
            return []
        verb = head
    return []


def is_expletive(token: Token, cues: Cues) -> bool:
    """Whether «it» stands for no thing at all («it was a bomb that …», «it is clear that …») or for an event («it lasted»)."""
    verb = token.head
    if token.dep_ == "nsubjpass":
        return verb.lemma_.lower() in cues["event_takers"]
    if token.dep_ in _SUBJECTS:
        if verb.lemma_ == "be":
            return any(
                child.dep_ == "attr" or (child.dep_ == "acomp" and _has_clause(verb, child)) for child in verb.children
            )
        return verb.lemma_.lower() in cues["event_predicates"]
    if token.dep_ == "dobj":
        return verb.lemma_.lower() in cues["event_takers"]
    return token.dep_ == "pobj" and verb.lower_ in cues["event_prepositions"]


def _has_clause(verb: Token, complement: Token) -> bool:
    """Whether a clause follows: «it is clear that …»; «it is ready to sign» is said of somebody."""
    return any(child.dep_ in {"ccomp", "csubj", "advcl"} for word in (verb, complement) for child in word.children)
