"""The nodes of words: each stretch of an article that names something has one, with its offsets in the IRI.

`https://w3id.org/kg/id/mention/ARTICLE/12-21` are the code points 12 to 21, the end exclusive. The same words in the same
meaning are the same node in all reports of the article. Where one stretch has two meanings («Pyongyang» as the state in
one report and as the place in the next), the second has `/1` after its offsets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.graph import terms as t
from kg.iris import data_iri
from kg.model import Extraction, Span

_OFFSETS = re.compile(r"/(\d+)-(\d+)(?:/\d+)?$")

# What sets apart the meanings of one stretch, and its kind of node: mention, attribution or quantity.
Meaning = tuple[object, ...]
Place = tuple[str, int, int]


class Words:
    """The nodes of the words of one article."""

    def __init__(self, extraction: Extraction) -> None:
        self._article = extraction.article.id
        meanings: dict[Place, set[Meaning]] = defaultdict(set)
        for kind, span, meaning in _all_words(extraction):
            meanings[kind, span.start, span.end].add((span.text, *meaning))
        self._numbers = {
            place: {m: n for n, m in enumerate(sorted(found, key=repr))} for place, found in meanings.items()
        }

    def node(self, kind: str, span: Span, meaning: Meaning) -> NamedNode:
        """Give the node of the words at `span`, which are read as `meaning`."""
        number = self._numbers[kind, span.start, span.end][span.text, *meaning]
        iri = data_iri(kind, f"{self._article}/{span.start}-{span.end}")
        return t.node(f"{iri}/{number}" if number else iri)


def offsets(iri: str) -> tuple[int, int] | None:
    """Give the offsets that the IRI of words ends with, or None where it has none."""
    found = _OFFSETS.search(iri)
    return (int(found[1]), int(found[2])) if found else None


def _all_words(extraction: Extraction) -> Iterator[tuple[str, Span, Meaning]]:
    for report in extraction.reports:
        for filler in report.fillers:
            yield "mention", filler.span, (filler.iri, filler.label)
        for n, speaker in enumerate(report.attribution):
            yield "attribution", speaker.span, (n, speaker.iri, speaker.label)
        for quantity in report.quantities:
            yield "quantity", quantity.span, (quantity.value, quantity.unit, quantity.bound)
