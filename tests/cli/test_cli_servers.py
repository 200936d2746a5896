"""kg push, kg query --endpoint and kg build --scheduler, against real servers and processes."""

from pathlib import Path

import pytest
from servers import oxigraph

EXAMPLES = Path(__file__).parents[2] / "examples"
QUERY = "SELECT ?title { ?article dcterms:title ?title } ORDER BY ?title"


@pytest.fixture(scope="module")
def server():
    with oxigraph() as running:
        yield running


@pytest.mark.model
def test_a_store_is_pushed_and_asked_there(kg, server, examples_store):
    pushed = kg("push", server.update, "--store", examples_store)
    assert pushed.exit_code == 0
    triples = len(kg("export", "--store", examples_store, "--format", "ntriples").stdout.splitlines())
    assert pushed.stderr == f"kg: {server.update} holds 6 articles: {triples:,} triples in 8 graphs\n"
    for args in (["launches"], ["sources", "--format", "csv"], ["actor", "--param", "actor=Russia", "--timeout", "60"]):
        here, there = kg("query", *args, "--store", examples_store), kg("query", *args, "--endpoint", server.query)
        assert there.stdout == here.stdout
        assert there.exit_code == 0
        assert len(there.stdout.splitlines()) > 2
    graph = "https://example.org/one"
    assert kg("push", server.store, "--graph", graph, "--store", examples_store).exit_code == 0
    there = kg("query", "-", "--endpoint", server.query, "--graph", graph, input=QUERY)
    assert there.stdout == kg("query", "-", "--store", examples_store, input=QUERY).stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["push"], "Usage:"),
        (["push", "http://127.0.0.1:1/"], "kg.store: there is no store"),
        (["query", "launches", "--endpoint", "http://127.0.0.1:1/"], "there is no server"),
        (["query", "launches", "--graph", "a:b"], "--graph goes with --endpoint"),
        (["query", "launches", "--endpoint", "https://ali:sesame@example.org/"], "does not belong in the address"),
        (["query", "launches", "--endpoint", "file:///etc/passwd"], "begins with http:// or https://"),
        (["push", "x", "--graph", "not an iri"], "not an absolute IRI"),
        (["build", "x", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs is for processes of this machine"),
    ],
)
def test_what_cannot_be_is_one_clear_line(kg, args, words):
    result = kg(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "sesame" not in result.stderr
    assert len(result.stderr.splitlines()) == 1 or words == "Usage:"


def test_an_update_is_no_query(kg, server):
    result = kg("query", "-", "--endpoint", server.update, input="DROP ALL")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "DROP changes the store" in result.stderr


@pytest.mark.model
def test_a_cluster_builds_the_same_store(kg, kg_process, here, examples_store):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'kg[dask]'")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        built = kg_process("build", EXAMPLES, "--scheduler", made.scheduler_address)
    assert built.returncode == 0
    assert all(line.startswith("kg: ") for line in built.stderr.splitlines())
    there, alone = (
        kg("export", "--store", store, "--format", "nquads").stdout for store in (here / "kg.store", examples_store)
    )
    assert there == alone
    assert len(there.splitlines()) > 1000
