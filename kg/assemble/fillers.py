"""What fills the roles of an event, of all that its reports name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.assemble.cluster import Cluster, Member
from kg.assemble.parties import has_name, is_place, state_of
from kg.model import CORE_ROLES, Filler, Ontology, Report

PLACE = "place"

Chosen = dict[tuple[str, str], Filler]


def fillers_of(
    ranking: Sequence[Member], cluster: Cluster, ontology: Ontology, *, symmetric: bool
) -> tuple[Filler, ...]:
    """Give the fillers of an event, sorted by role and place in the text; `ranking` has the best report first.

    Of the core roles all parties are taken, each as the best report names it, and a state only where none of its people,
    organs or towns is named: minister and state are one party, as are town and state. In a symmetric class a party stands in
    one role, that of the best report. Of every other role those of the best report that fills it are taken, first of one
    that places the event in a town or a region.
    """
    reports = [member.report for member in ranking]
    parties = _parties(reports, cluster, ontology, symmetric=symmetric)
    others: Chosen = {}
    for report in sorted(reports, key=lambda r: _coarseness(r, ontology)):
        filled = {role for role, _ in others}
        for filler in report.fillers:
            if filler.role not in CORE_ROLES and filler.role not in filled:
                others.setdefault((filler.role, filler.iri), filler)
    known = {state_of(filler) for filler in parties if is_place(filler, ontology)}
    rest = [filler for filler in others.values() if filler.role != PLACE or filler.iri not in known]
    return tuple(sorted((*parties, *rest), key=lambda f: (f.role, f.span, f.iri)))


def _parties(reports: Iterable[Report], cluster: Cluster, ontology: Ontology, *, symmetric: bool) -> list[Filler]:
    chosen: Chosen = {}
    role_of: dict[str, str] = {}
    placed: dict[tuple[str, str], str] = {}
    for report in reports:
        for filler in report.fillers:
            if filler.role not in CORE_ROLES:
                continue
            state = state_of(filler)
            named = (cluster.parties.together if symmetric else cluster.parties.roles[filler.role])[state]
            at_home = not symmetric or role_of.setdefault(state, filler.role) == filler.role
            if not has_name(state) or (is_place(filler, ontology) and filler.iri != state):
                fits = not named and placed.setdefault((filler.role, state), report.id) == report.id
            else:
                fits = filler.iri in named or not named
            if at_home and fits:
                chosen.setdefault((filler.role, filler.iri), filler)
    return [filler for (role, iri), filler in chosen.items() if (role, iri) not in placed]


def _coarseness(report: Report, ontology: Ontology) -> int:
    """Give how widely a report places the event: in a town, in a region or on waters, in a state or nowhere."""
    places = report.role(PLACE)
    if any(place.entity is not None and ontology.is_a(place.entity.kind, "City") for place in places):
        return 0
    return 1 if any(is_place(place, ontology) for place in places) else 2
