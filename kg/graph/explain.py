"""Why the graph says what it says: an event with every sentence, rule and decision behind it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import QueryError
from kg.graph.note import note
from kg.graph.rdf import edges, event_label
from kg.graph.store import Store
from kg.graph.table import harmless
from kg.graph.terms import PREFIXES
from kg.graph.views import conflict_iri
from kg.iris import data_iri
from kg.model import Event, Ontology, content_hash

#: More events than this are named, and not told in full.
MAX_EVENTS = 10


def explain(store: Store, what: str, ontology: Ontology) -> str:
    """Give a note, in plain text without control characters, on the events that `what` stands for.

    `what` is the IRI (whole, prefixed, or only its last part) of an event, an edge, a report, a conflict, an article or
    an entity, or else words: an event is meant when each of them is in its label or one of its sentences, in capitals
    or not. Events are sorted by date. `QueryError` when there is none.
    """
    found = [event for event in store.events(ontology) if _is_meant(event, what, ontology)]
    if not found:
        raise QueryError(
            f"nothing is known of {harmless(what)!r}; give the IRI of an event or an edge, or words of a sentence"
        )
    articles = {article.id: article for article in store.articles()}
    found.sort(key=lambda event: (event.date or "", event.id))
    notes = ["\n".join(note(event, articles, ontology)) for event in found[:MAX_EVENTS]]
    if len(found) > MAX_EVENTS:
        rest = found[MAX_EVENTS:]
        notes.append("\n".join([f"and {len(rest)} more:", *(f"  {harmless(event_label(e))}  {e.iri}" for e in rest)]))
    return "\n\n".join(notes) + "\n"


def _is_meant(event: Event, what: str, ontology: Ontology) -> bool:
    words = what.casefold().split()
    if not words:
        return False
    prefix, colon, local = what.partition(":")
    whole = PREFIXES[prefix] + local if colon and prefix in PREFIXES else what
    if any(whole in (iri, iri.rpartition("/")[2]) for iri in _iris(event, ontology)):
        return True
    told = " ".join((event_label(event), *(report.sentence.text for report in event.reports))).casefold()
    return all(word in told for word in words)


def _iris(event: Event, ontology: Ontology) -> Iterator[str]:
    yield event.iri
    for edge in edges(event, ontology):
        yield data_iri("edge", content_hash(*edge))
    for conflict in event.conflicts:
        yield conflict_iri(event, conflict)
    for report in event.reports:
        yield report.iri
        yield data_iri("article", report.article)
        yield from (filler.iri for filler in report.fillers)
        yield from (speaker.iri for speaker in report.attribution)
    yield from (filler.iri for filler in event.fillers)
