"""The namespaces of the vocabularies that the graph is written in."""

from __future__ import annotations

from kg.iris import DATA_IRI, ONTOLOGY_IRI, WIKIDATA_IRI, data_iri

KG = ONTOLOGY_IRI
DATA = DATA_IRI
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS, "geo": GEO, "kg": KG, "oa": OA, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "sem": SEM,
    "skos": SKOS, "xsd": XSD,
}  # fmt: skip

#: Those above and those of the data, which exports declare, tables shorten by, and queries may use without declaring them.
ALL_PREFIXES: dict[str, str] = {
    **PREFIXES,
    **{kind: data_iri(kind, "") for kind in ("article", "event", "report", "sentence", "entity", "thing", "speaker")},
    "wd": WIKIDATA_IRI,
}
