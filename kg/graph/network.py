"""The direct edges between actors as a network, for networkx and for programs that draw or measure networks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from kg.graph.rdf import edges
from kg.graph.terms import xml_text
from kg.iris import data_iri
from kg.model import Entity, Event, Ontology, content_hash

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def actor_network(events: Iterable[Event], ontology: Ontology) -> MultiDiGraph:
    """Give a directed multigraph whose nodes are entities, by IRI, and whose edges are the direct edges of the graph.

    Nodes have `label`, `kind` and, where known, `iso3`; edges, keyed by their property, have `id` (their IRI), `label`
    (the property), `weight` (the number of events) and `events` (their ids). Symmetric relations run both ways.
    """
    import networkx as nx

    behind: dict[tuple[str, str, str], set[str]] = {}
    entities: dict[str, Entity] = {}
    for event in sorted(events, key=lambda event: event.id):
        for edge in edges(event, ontology):
            behind.setdefault(edge, set()).add(event.id)
        entities.update((filler.entity.id, filler.entity) for filler in event.fillers if filler.entity)
    network = nx.MultiDiGraph()
    for iri in sorted({end for subject, _, obj in behind for end in (subject, obj)}):
        network.add_node(xml_text(iri), **_node(entities[iri]))
    for subject, name, obj in sorted(behind):
        network.add_edge(
            xml_text(subject),
            xml_text(obj),
            key=name,
            id=data_iri("edge", content_hash(subject, name, obj)),
            label=name,
            weight=len(behind[subject, name, obj]),
            events=" ".join(sorted(behind[subject, name, obj])),
        )
    return network


def _node(entity: Entity) -> dict[str, str]:
    found = {"label": xml_text(entity.label), "kind": entity.kind}
    return found if entity.iso3 is None else {**found, "iso3": entity.iso3}


def graphml(network: MultiDiGraph) -> str:
    """Give the network as GraphML."""
    from networkx.readwrite.graphml import generate_graphml

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + "\n".join(generate_graphml(network, edge_id_from_attribute="id"))
        + "\n"
    )


def gexf(network: MultiDiGraph) -> str:
    """Give the network as GEXF, as Gephi reads it. Nothing in it tells of the day on which it was written."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(network, version="1.2draft")
    writer.xml.remove(writer.xml.find("meta"))
    writer.indent(writer.xml)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + str(tostring(writer.xml, encoding="unicode")) + "\n"
