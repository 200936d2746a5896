"""The graph side: events become RDF, and RDF answers. rdflib, pyoxigraph, networkx and pyvis live here only."""
