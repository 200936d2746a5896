"""Clusters of many articles → groups: what several articles tell of one event is brought together, block by block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kg.assemble.cluster import Cluster, Member, modes_fit, parties_match, told_apart
from kg.assemble.copies import is_copy
from kg.assemble.dates import WIDEST_POINTER, Window, week, window
from kg.assemble.family import Families
from kg.assemble.parties import Match
from kg.model import ACTUAL, RECIPIENT

# What dates a group: its days; else the week of publication; else, as the last resort, only its wording.
DateKey = tuple[str, Window | None]


def block_of(cluster: Cluster, families: Families) -> str:
    """Give the block of a cluster: the family of its class and its parties at the level of states.

    Only clusters of one block can be one event. One that names no party can only be the same sentence once more. Where
    it is often in question who did it, those to whom it was done make the block.
    """
    root = families.root(cluster.type)
    victims = cluster.parties.roles.get(RECIPIENT)
    if victims and families.contested(root):
        return f"{root} against {' '.join(sorted(victims))}"
    return f"{root} {cluster.parties.states(symmetric=True) or wording(cluster.members)}"


def date_key(cluster: Cluster) -> DateKey:
    """Give what dates a cluster: its own date, else the week in which its article was published, else its words."""
    if cluster.window is not None:
        return "days", cluster.window
    published = week(cluster.members[0].article.published)
    return ("week", published) if published else (wording(cluster.members), None)


def groups_of(clusters: Iterable[Cluster], families: Families) -> list[Cluster]:
    """Bring the clusters of one block together, each with what it can share a date with.

    Single days come first and make the groups; a longer date joins the one day inside it, if there is exactly one; a
    cluster without a date is held to be of the week in which it was published, and joins likewise, but a copy of what was
    printed before stays with it. Where two days fit, it joins neither but the clusters that have the same wide date. So
    no chain can join two days, and the order of arrival counts for nothing. What one article keeps apart stays apart. The
    clusters are used up: groups grow in them.
    """
    shelf = _Shelf(families)
    for cluster in sorted(clusters, key=_order):
        home = shelf.home_of(cluster)
        if home is None:
            shelf.put(cluster)
        else:
            home.absorb(cluster, families)
            shelf.note(home, cluster)
    return shelf.groups


class _Shelf:
    """The groups of a block as they grow, to be found by date and by sentence."""

    def __init__(self, families: Families) -> None:
        self.groups: list[Cluster] = []
        self._families = families
        self._by_date: dict[DateKey, list[Cluster]] = defaultdict(list)
        self._by_sentence: dict[str, list[Cluster]] = defaultdict(list)

    def put(self, cluster: Cluster) -> None:
        """Make a group of a cluster."""
        self.groups.append(cluster)
        self._by_date[date_key(cluster)].append(cluster)
        self.note(cluster, cluster)

    def note(self, group: Cluster, cluster: Cluster) -> None:
        """Make a group known by the sentences of a cluster that it has taken in."""
        for key in {member.wording for member in cluster.members}:
            self._by_sentence[key].append(group)

    def home_of(self, cluster: Cluster) -> Cluster | None:
        """Give the group of whose event a cluster is."""
        if cluster.window is None:
            printed = next(self._fitting(cluster, self._printed_before(cluster)), None)
            if printed is not None:
                return printed
        key = date_key(cluster)
        span = key[1]
        if span is not None and 1 < span.days <= WIDEST_POINTER:
            days = [("days", Window(day, day)) for day in range(span.first, min(span.last, _latest(cluster)) + 1)]
            found = [(day, group) for day in days for group in self._fitting(cluster, self._by_date.get(day, ()))]
            if len({day for day, _ in found}) == 1:
                return found[0][1]
        return next(self._fitting(cluster, self._by_date.get(key, ())), None)

    def _fitting(self, cluster: Cluster, groups: Iterable[Cluster]) -> Iterator[Cluster]:
        return (group for group in groups if _same_event(cluster, group, self._families))

    def _printed_before(self, cluster: Cluster) -> Iterator[Cluster]:
        """Give the groups that have a sentence of the cluster, or come from the same text in the weeks before."""
        for member in cluster.members:
            yield from self._by_sentence.get(member.wording, ())
        kind, span = date_key(cluster)
        if span is not None:
            for start in range(span.first - 7, span.first - WIDEST_POINTER, -7):
                for group in self._by_date.get((kind, Window(start, start + 6)), ()):
                    if any(is_copy(cluster.members[0].article, member.article) for member in group.members):
                        yield group


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


def _latest(cluster: Cluster) -> int:
    """Give the last day on which the event of a cluster can have been: what has happened was so by the next day.

    That is one day more than the day of publication, for the time zones.
    """
    published = [window(member.article.published) for member in cluster.members]
    days = [day.last for day in published if day is not None]
    happened = any(modality == ACTUAL for _, modality in cluster.modes)
    return min(days) + 1 if days and happened else date.max.toordinal()


def _order(cluster: Cluster) -> tuple[int, tuple[str, str, int, int, str]]:
    kind, span = date_key(cluster)
    rank = 2 if kind != "days" else 0 if span is not None and span.days == 1 else 1
    return rank, min(member.place_in_text for member in cluster.members)


def wording(members: Iterable[Member]) -> str:
    """Give the words of the first of the sentences as a key."""
    return min(members, key=lambda m: m.place_in_text).wording
