"""The articles that the benchmarks make up are such as `kg` reads: their graph conforms."""

import importlib
from pathlib import Path

from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.graph.validate import validate

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_a_graph_that_is_made_up_conforms(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    generate = importlib.import_module("generate")
    with Store.in_memory() as store:
        store.add(generate.extractions(300))
        store.refresh(load_ontology())
        assert validate(store) == []
