"""The namespaces that are ours, and Wikidata's. They stand apart from the records, which take a while to import."""

ONTOLOGY_IRI = "https://w3id.org/kg/ontology#"
DATA_IRI = "https://w3id.org/kg/id/"
WIKIDATA_IRI = "http://www.wikidata.org/entity/"


def data_iri(kind: str, ident: str) -> str:
    """Give the IRI of a record, such as `https://w3id.org/kg/id/event/0123456789abcdef`."""
    return f"{DATA_IRI}{kind}/{ident}"
