"""Mentions → entities: the table of everybody and every place that an article names, built before extraction.

`names` finds what is named, `nominals` what stands for somebody by office or role («the South Korean president»,
«Russian troops»), by `offices` and `organs`, `pointers` what points back («he», «the country»), by `coreference`,
`first_person` who says «we».
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import Reading
from kg.text.resolve.coreference import Discourse
from kg.text.resolve.first_person import FirstPerson
from kg.text.resolve.names import find_names
from kg.text.resolve.nominals import Nominals
from kg.text.resolve.offices import Office

__all__ = ["Office", "resolve"]


def resolve(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon, adjectives: Mapping[str, str]) -> list[Office]:
    """Find the mentions of `reading` in place, resolve them, and give the offices that the article names.

    `adjectives` maps the IRI of a state to its adjective, for the names of its organs.
    """
    find_names(reading, gazetteer, lexicon)
    discourse = Discourse(lexicon)
    discourse.survey(reading.mentions())
    nominals = Nominals(reading, discourse, gazetteer=gazetteer, lexicon=lexicon, adjectives=adjectives)
    for block in reading.blocks:
        discourse.enter(block)
        nominals.read(block)
    first_person = FirstPerson(lexicon, nominals.collective)
    for block in reading.blocks:
        first_person.read(block)
    reading.home = discourse.leading_state()
    reading.parties = discourse.parties()
    named = {e for m in reading.mentions() for e in (*m.entities, *([m.place] if m.place else []))}
    iris = {e.id for e in named if e.kind == "State"} | {e.state for e in named if e.state}
    reading.states = {iri: gazetteer.by_id(iri) for iri in sorted(iris)}
    return nominals.offices.found
