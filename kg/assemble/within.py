"""One article's reports → clusters: its mentions of one event are brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.assemble.cluster import Cluster, Member, modes_fit, parties_match, told_apart
from kg.assemble.dates import WIDEST_POINTER
from kg.assemble.family import Families
from kg.assemble.parties import Match
from kg.model import Report


def clusters_of(members: Iterable[Member], families: Families) -> list[Cluster]:
    """Bring the mentions of one event in one article together.

    Mentions are taken in four rounds, each in the order of the text: those with a date, those without, those that
    point back («the launch»), and last the title, which only confirms what the body tells where it can. Each joins the
    nearest cluster before it that it can belong to, else the nearest after it, else it starts one. So the rounds,
    and not the chance of who comes first, decide to which of two dated events an undated mention goes.
    """
    by_root: dict[str, list[Cluster]] = defaultdict(list)
    for member in sorted(members, key=lambda m: (_round(m), m.place_in_text)):
        single = Cluster.from_member(member, families)
        clusters = by_root[families.root(single.type)]
        home = _nearest(member, [c for c in clusters if belongs(single, c, families)])
        if home is None:
            clusters.append(single)
        else:
            home.absorb(single, families)
    return [cluster for root in sorted(by_root) for cluster in by_root[root]]


def belongs(single: Cluster, cluster: Cluster, families: Families) -> bool:
    """Whether the one report of `single` can be of the event of `cluster`, in the same article.

    Silence may bridge one gap and not two: without a date the parties must be the same in full, and with a party left
    open the dates must be the same. What is dated by a year is background, to which an undated mention does not belong.
    A mention that points back, and a title, may leave all of it open; but none may contradict the cluster in its date,
    its parties, or what `told_apart` looks at, «another launch» is none of those before it, and «agreed to stop the shooting» is not about what was shot before.
    """
    points = single.members[0].points
    if not families.related(single.type, cluster.type) or not (points or _share_a_party(single, cluster)):
        return False
    if single.further and not points and _begins_before(single, cluster):
        return False
    if _in_one_breath(single.members[0], cluster) or _tells_another(single, cluster):
        return False
    spans = [span for span in (single.window, cluster.window) if span is not None]
    dated = len(spans) == 2
    if dated and not spans[0].agrees(spans[1]):
        return False
    parties = parties_match(single, cluster, families)
    if parties is Match.NONE or told_apart(single, cluster):
        return False
    if single.presumed or single.members[0].in_title:
        return True
    if not modes_fit(single, cluster):
        return False
    if points:
        return True
    if dated and parties is Match.PART:
        return single.window == cluster.window
    if dated:
        return parties is Match.FULL
    background = any(span.days > WIDEST_POINTER for span in spans)
    return parties is Match.FULL and single.type == cluster.type and not background


def _in_one_breath(member: Member, cluster: Cluster) -> bool:
    """Whether a sentence tells both by verbs of their own: «will recall its envoy and expel a consul» are two acts."""
    report = member.report
    return any(
        other.report.sentence == report.sentence
        and other.report.trigger.text != report.trigger.text
        and _by_verb(other.report)
        and _by_verb(report)
        for other in cluster.members
    )


def _tells_another(single: Cluster, cluster: Cluster) -> bool:
    """Whether verbs tell both, by classes of their own: «severed relations» is not «expelled the envoy» in other words."""
    plain = [m for m in (*single.members, *cluster.members) if not m.points]
    return single.type != cluster.type and len(plain) > 1 and all(_by_verb(m.report) for m in plain)


def _by_verb(report: Report) -> bool:
    return ".verb." in report.rule


def _begins_before(single: Cluster, cluster: Cluster) -> bool:
    """Whether a sentence of the body, before that of `single`, tells of the event of `cluster`."""
    here = single.members[0].report.sentence.start
    return any(m.report.sentence.start < here and not m.in_title for m in cluster.members)


def _share_a_party(one: Cluster, other: Cluster) -> bool:
    """Whether both name one state, or one of them names nobody: what can be told at a glance."""
    here, there = one.parties.together, other.parties.together
    return not (here and there and here.keys().isdisjoint(there))


def _round(member: Member) -> int:
    if member.in_title:
        return 3
    if member.report.anaphoric:
        return 2
    return 0 if member.report.date else 1


def _nearest(member: Member, clusters: list[Cluster]) -> Cluster | None:
    here = member.report.trigger.start

    def distance(cluster: Cluster) -> tuple[bool, int]:
        starts = [m.report.trigger.start for m in cluster.members]
        before = [here - start for start in starts if start <= here]
        return (False, min(before)) if before else (True, min(starts) - here)

    return min(clusters, key=distance, default=None)
