"""Reports → events: pure, with nothing but the standard library, and blind to the order of what it is given.

    within.py     one article's reports → clusters, one for each event that the article tells of
    across.py     clusters → blocks → groups, one for each event that all articles tell of
    rivals.py     groups that contradict each other in one point alone → one group
    verdict.py    what the reports of a group say together          fillers.py     who and what takes part
    conflicts.py  where they contradict each other                  status.py      how far they bear the event out
    sources.py    which independent origins they have               copies.py      which articles are one text
    events.py     the event made of all that
    family.py, parties.py, dates.py, cluster.py                     class, participants, date, and all of them compared

An article is the smallest unit: a mention that leaves its parties open («the launch») has no meaning, and so no block,
outside its own article. Between articles only blocks count: to follow a change of one article, assemble the articles
that have a report in a block of its old or new reports (`block_keys`), for these blocks alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from kg.assemble.across import block_of, groups_of
from kg.assemble.cluster import Cluster, Member
from kg.assemble.events import events_of
from kg.assemble.family import Families
from kg.assemble.rivals import reconciled
from kg.assemble.within import clusters_of
from kg.model import Event, Extraction, Ontology

__all__ = ["assemble", "block_keys"]


def assemble(
    extractions: Iterable[Extraction], ontology: Ontology, *, blocks: Container[str] | None = None
) -> Iterator[Event]:
    """Give the events that the reports of `extractions` speak of, sorted by id; each report is of exactly one.

    Of extractions with the same article id, the one with the smallest source and hash counts. With `blocks`, only the
    events of these blocks are made; they are complete if all articles with a report in one of them are given.
    """
    families = Families(ontology)
    by_block: dict[str, list[Cluster]] = defaultdict(list)
    for extraction in _unique(extractions):
        for cluster in _clusters(extraction, families):
            block = block_of(cluster, families)
            if blocks is None or block in blocks:
                by_block[block].append(cluster)
    events = [e for clusters in by_block.values() for e in _of_block(clusters, families)]
    yield from sorted(events, key=lambda event: event.id)


def block_keys(extraction: Extraction, ontology: Ontology) -> dict[str, str]:
    """Give the block of each report of one article, by report id. It depends on this article alone."""
    families = Families(ontology)
    clusters = _clusters(extraction, families)
    return {m.report.id: block_of(cluster, families) for cluster in clusters for m in cluster.members}


def _of_block(clusters: Iterable[Cluster], families: Families) -> Iterator[Event]:
    return events_of(reconciled(groups_of(clusters, families), families), families)


def _clusters(extraction: Extraction, families: Families) -> list[Cluster]:
    reports = {report.id: report for report in extraction.reports}
    return clusters_of((Member(report, extraction.article) for report in reports.values()), families)


def _unique(extractions: Iterable[Extraction]) -> Iterable[Extraction]:
    kept: dict[str, Extraction] = {}
    for new in extractions:
        old = kept.setdefault(new.article.id, new)
        if old is not new and _precedence(new) < _precedence(old):
            kept[new.article.id] = new
    return kept.values()


def _precedence(extraction: Extraction) -> tuple[str, str]:
    return extraction.article.source, extraction.article.sha256
