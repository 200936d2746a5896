"""Clusters of many articles → groups: what several articles tell of one event is brought together, block by block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.assemble.cluster import Cluster, modes_fit, parties_match, told_apart
from kg.assemble.dates import WIDEST_POINTER, Window, week
from kg.assemble.family import Families
from kg.assemble.parties import Match
from kg.model import content_hash

# What dates a group: its days; else the week of publication; else, as the last resort, only its wording.
DateKey = tuple[str, Window | None]


def block_of(cluster: Cluster, families: Families) -> str:
    """Give the block of a cluster: the family of its class and its parties at the level of states.

    Only clusters of one block can be one event. One that names no party can only be the same sentence once more.
    """
    parties = cluster.parties.states(symmetric=True) or _wording(cluster)
    return f"{families.root(cluster.type)} {parties}"


def date_key(cluster: Cluster) -> DateKey:
    """Give what dates a cluster: its own date, else the week in which its article was published, else its words."""
    if cluster.window is not None:
        return "days", cluster.window
    published = week(cluster.members[0].article.published)
    return ("week", published) if published else (_wording(cluster), None)


def groups_of(clusters: Iterable[Cluster], families: Families) -> list[Cluster]:
    """Bring the clusters of one block together, each with what it can share a date with.

    Single days come first and make the groups; a longer date joins the one day inside it, if there is exactly one; a
    cluster without a date is held to be of the week in which it was published, and joins likewise. Where two days fit,
    it joins neither but the clusters that have the same wide date. So no chain can join two days, and the order of
    arrival counts for nothing. What one article keeps apart stays apart. The clusters are used up: groups grow in them.
    """
    groups: dict[DateKey, list[Cluster]] = defaultdict(list)
    for cluster in sorted(clusters, key=_order):
        key = date_key(cluster)
        home = _home(cluster, key, groups, families)
        if home is None:
            groups[key].append(cluster)
        else:
            home.absorb(cluster, families)
    return [group for key in groups for group in groups[key]]


def _home(cluster: Cluster, key: DateKey, groups: dict[DateKey, list[Cluster]], families: Families) -> Cluster | None:
    span = key[1]
    if span is not None and 1 < span.days <= WIDEST_POINTER:
        days = [("days", Window(day, day)) for day in range(span.first, span.last + 1)]
        found = [(day, g) for day in days for g in groups.get(day, ()) if _same_event(cluster, g, families)]
        if len({day for day, _ in found}) == 1:
            return found[0][1]
    return next((g for g in groups.get(key, ()) if _same_event(cluster, g, families)), None)


def _same_event(cluster: Cluster, group: Cluster, families: Families) -> bool:
    """Whether a cluster is of the event of a group, whose dates are known to agree.

    Without a date of its own on both sides, the class must be the very same.
    """
    if not cluster.articles.isdisjoint(group.articles) or not families.related(cluster.type, group.type):
        return False
    if cluster.parties.roles and parties_match(cluster, group, families) is not Match.FULL:
        return False
    if told_apart(cluster, group) or not modes_fit(cluster, group):
        return False
    return cluster.type == group.type or (cluster.window is not None and group.window is not None)


def _order(cluster: Cluster) -> tuple[int, tuple[str, str, int, int, str]]:
    kind, span = date_key(cluster)
    rank = 2 if kind != "days" else 0 if span is not None and span.days == 1 else 1
    return rank, min(member.place_in_text for member in cluster.members)


def _wording(cluster: Cluster) -> str:
    first = min(cluster.members, key=lambda m: m.place_in_text)
    return "~" + content_hash(" ".join(first.report.sentence.text.casefold().split()))
