"""How much a store holds."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms as t
from kg.graph.database import Database

# What is counted: a name for people, and a pattern whose distinct ?x are counted.
_COUNTED = {
    "articles": "?x a kg:Article",
    "publishers": "?article a kg:Article ; dcterms:publisher ?x",
    "sentences": "[] kg:sentence ?x",
    "reports": "?x a kg:Report",
    "events": "?x kg:status ?status",
    "edges": "?x a kg:Edge",
    "conflicts": "?x a kg:Conflict",
    "facts": "?x a kg:Fact",
    "entities": "[] kg:means ?x FILTER NOT EXISTS { ?x a kg:Thing }",
    "linked entities": f"[] kg:means ?x FILTER STRSTARTS(STR(?x), '{t.PREFIXES['wd']}')",
    "speakers": "[] kg:speaker ?x",
}


def count(store: Database) -> dict[str, int]:
    """Give the number of articles, publishers, sentences, reports, events, and so on, by name. Raises StoreError."""
    return {name: _count(store, pattern) for name, pattern in _COUNTED.items()}


def _count(store: Database, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    try:
        rows = store.handle.query(query, prefixes=dict(t.PREFIXES))
        assert isinstance(rows, ox.QuerySolutions)
        value = next(rows)["n"]
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store cannot be read: {' '.join(str(error).split())}") from error
    assert isinstance(value, ox.Literal)
    return int(value.value)
