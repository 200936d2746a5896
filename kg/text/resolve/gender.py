"""«He» or «she»: what a given name or a title says of a person."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Entity

FEMALE, MALE = "female", "male"


class Genders:
    """What is known of the people of one article. `names` maps a gender to given names, `titles` one to titles."""

    def __init__(self, names: Mapping[str, frozenset[str]], titles: Mapping[str, frozenset[str]]) -> None:
        self._names = names
        self._titles = titles
        self._told: dict[str, str] = {}

    def hear(self, person: Entity, words: str) -> None:
        """Note that `person` is called by a title or pronoun that tells the gender: «the spokeswoman», «Queen»."""
        for gender, titles in self._titles.items():
            if titles & set(words.lower().split()):
                self._told.setdefault(person.id, gender)

    def of(self, person: Entity) -> str | None:
        """Give the gender that the article's titles or the given name tell, if they do."""
        told = self._told.get(person.id)
        if told is not None:
            return told
        given = person.label.split()[0].lower()
        return next((gender for gender, names in self._names.items() if given in names), None)

    def agrees(self, person: Entity, gender: str) -> bool:
        """Whether a pronoun of `gender` may mean `person`."""
        return self.of(person) in {None, gender}
