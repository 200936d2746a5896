"""Mentions → entities: the table of everybody and every place that an article names, built before extraction.

`names` finds what is named, `nominals` what stands for somebody by office or role («the South Korean president»,
«Russian troops»), `coreference` what points back («he», «the country»). Each stage only reads what the one before found.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Entity
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import Reading
from kg.text.resolve.coreference import Discourse
from kg.text.resolve.names import find_names
from kg.text.resolve.nominals import Office, find_nominals


def resolve(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon, adjectives: Mapping[str, str]) -> list[Office]:
    """Find the mentions of `reading` in place, resolve them, and give the offices that the article names.

    `adjectives` maps the IRI of a state to its adjective, for the names of its organs.
    """
    find_names(reading, gazetteer, lexicon)
    discourse = Discourse(lexicon)
    discourse.survey(reading.mentions())
    titles: dict[str, list[tuple[Entity, Entity]]] = {}
    offices: list[Office] = []
    for block in reading.blocks:
        discourse.enter(block)
        offices += find_nominals(block, discourse, gazetteer, lexicon, adjectives, table=reading.table, titles=titles)
    reading.home = discourse.home_state()
    return offices
