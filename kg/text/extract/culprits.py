"""Who did an act, where the clause around it says so: «condemned Russia for the attack», «had a part in it», «claimed it»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.extract.clause import VERBAL, Clause, coordinated, objects_of, verb_lemmas
from kg.text.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.extract.arguments import Arguments


class Culprits:
    """Finds the doer of an act that a noun names, where the clause around it says who it was."""

    def __init__(self, lexicon: Lexicon, clause: Clause) -> None:
        self._cues = lexicon.cues
        self._wrongs = lexicon.classes["assault"] | lexicon.classes["crime"]
        self._clause = clause

    def add(self, noun: Token, found: Arguments) -> None:
        """«Condemned Russia for the attack», «imposed sanctions on Iraq for its invasion»: who is blamed did it."""
        own = any(token.pos_ != "PRON" for token in found.get("subject"))
        if not own and (doers := self._owns_up(noun) or self._takes_part(noun, found)):
            found.slots["subject"] = doers
            return
        if own or noun.dep_ != "pobj" or noun.head.lower_ != "for" or noun.head.head.pos_ not in VERBAL | {"NOUN"}:
            return
        verb = noun.head.head if noun.head.head.pos_ in VERBAL else noun.head.head.head
        if verb.pos_ not in VERBAL:
            return
        surface, passive = self._clause.subject(verb)
        suffering = surface if passive else self._clause.objects(verb)
        if not verb_lemmas(verb) & self._cues["blaming"]:
            penalties = [t for t in suffering if t.lemma_.lower() in self._cues["penalties"]]  # «sanctions on Iraq for»
            suffering = [t for place in (verb, *penalties) for prep in place.children if prep.lower_ in {"on", "against"}
                         for t in coordinated(objects_of(prep))] if penalties else []  # fmt: skip
        if suffering:
            found.slots["subject"] = suffering
            found.weak.add("subject")

    def _owns_up(self, noun: Token) -> list[Token]:
        """«Claimed responsibility for the attack», «was behind the attack», «is responsible for it»: who says so, or is said to."""
        prep = noun.head
        verb, said = prep.head.head, prep.head
        if noun.dep_ != "pobj" or prep.lower_ not in {"for", "behind"}:
            return []
        if prep.lower_ == "behind":
            verb, owns = prep.head, prep.head.lemma_ == "be"
        elif said.dep_ == "acomp":
            owns = said.lemma_.lower() in self._cues["guilty"]
        else:
            owns = said.dep_ == "dobj" and f"{verb.lemma_.lower()} {said.lemma_.lower()}" in self._cues["owning"]
        tokens, passive = self._clause.subject(verb) if owns and verb.pos_ in VERBAL else ([], False)
        return [] if passive else tokens

    def _takes_part(self, noun: Token, found: Arguments) -> list[Token]:
        """«Played a part in the coup», «had nothing to do with it», «denied any role in it»: who is said to be among the doers.

        What is said of the part is said of the act. Who only speaks of a part, or of that of another, has none.
        """
        prep, part = noun.head, noun.head.head
        if noun.dep_ != "pobj" or noun.lemma_.lower() not in self._wrongs:
            return []
        if part.lemma_ == "do" and prep.lower_ == "with":
            part, parts = part.head, self._cues["dealings"]  # «had nothing to do with»
        elif prep.lower_ == "in":
            parts = self._cues["parts"]
        else:
            return []
        if part.lemma_.lower() in self._cues["implicating"]:  # «was involved in»
            return self._doers(found, part, part, passive=True)
        verb = part if part.pos_ in VERBAL else part.head
        if part.pos_ in VERBAL:
            part = next((child for child in part.children if child.dep_ == "dobj"), part)
        if part.lemma_.lower() not in parts or any(child.dep_ == "poss" or child.ent_type_ for child in part.children):
            return []
        if part.dep_ == "pobj" and verb.head.lemma_.lower() in self._cues["gerund_control"]:
            return self._of_part(found, part, self._clause.gerund_subject(verb.head))
        if part.dep_ != "dobj" or verb.lemma_.lower() not in self._cues["partaking"]:
            return []
        return self._doers(found, verb, part if verb.lemma_.lower() in self._cues["denies"] else verb)

    def _doers(self, found: Arguments, verb: Token, part: Token, *, passive: bool = False) -> list[Token]:
        tokens, is_passive = self._clause.subject(verb)
        return self._of_part(found, part, tokens if is_passive == passive else [])

    @staticmethod
    def _of_part(found: Arguments, part: Token, doers: list[Token]) -> list[Token]:
        if doers:
            found.part = found.governor = part
        return doers
