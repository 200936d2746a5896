"""Which classes of events can name one event, by the ontology alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import EventClass, Ontology


@dataclass(frozen=True, slots=True)
class Families:
    """The lines of descent among the classes that can be reported.

    A line runs from a class up through the parents that give an edge of their own; an abstract class
    (`Mobilization`) gives none and ends it. So a missile launch can be called a weapons test, and arms given can be
    called aid, while a launch and a nuclear test, or two kinds of cooperation, stay two things.
    """

    ontology: Ontology
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)

    def line(self, name: str) -> tuple[str, ...]:
        """Give the class and its ancestors in the family, nearest first. A class that is unknown is alone."""
        if name not in self._lines:
            self._lines[name] = _line(self.ontology.classes, name)
        return self._lines[name]

    def root(self, name: str) -> str:
        """Give the topmost class of the family, the part of a block that comes from the class."""
        return self.line(name)[-1]

    def related(self, one: str, other: str) -> bool:
        """Whether one class is the other, or below it in the family."""
        return one in self.line(other) or other in self.line(one)

    def narrower(self, one: str, other: str) -> str:
        """Give the more specific of two related classes."""
        return one if len(self.line(one)) >= len(self.line(other)) else other

    def contested(self, name: str) -> bool:
        """Whether it is often in question who does an act of the class: then reports that name two doers can be of one."""
        return any(known.contested for known in map(self.ontology.classes.get, self.line(name)) if known is not None)

    def symmetric(self, name: str) -> bool:
        """Whether the actors of the class are on one footing."""
        known = self.ontology.classes.get(name)
        return known is not None and known.symmetric


def _line(classes: Mapping[str, EventClass], name: str) -> tuple[str, ...]:
    line = [name]
    known = classes.get(name)
    while known is not None and known.parent is not None and known.parent not in line:
        parent = classes.get(known.parent)
        if parent is None or parent.edge is None:
            break
        line.append(parent.name)
        known = parent
    return tuple(line)
