"""kg push: the store into a triple store on a server."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import examples, plural, progress, say
from kg.cli.options import config_option, make_settings, open_to_read, store_option
from kg.errors import ServerError

# The names are those of `kg.graph.graph_server`, which is not imported for the sake of `--help`.
_PROTOCOLS = ("graph-store", "update")


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg push http://localhost:7878/store                 Oxigraph",
        "kg push http://localhost:8890/sparql-auth           Virtuoso; name and password as above",
        "kg push https://sparql.example.org/news/data --graph https://example.org/news",
    ),
)
@click.argument("url")
@click.option("--graph", metavar="IRI", help="Push all into this one graph, and leave all others alone.")
@click.option("--protocol", type=click.Choice(_PROTOCOLS), help="[default: what the server answers to]")
@store_option
@config_option
def command(*, url: str, graph: str | None, protocol: str | None, store: Path | None, config: Path | None) -> None:
    """Make a SPARQL server hold what the store holds.

    URL takes the Graph Store Protocol or SPARQL updates. There is a graph for each article, one for what articles share
    and one for the events. A push replaces what the last one brought, and takes out what the store no longer holds: so
    use one server, or one --graph, for one store.

    A name and a password come from $KG_USER and $KG_PASSWORD, or from $NETRC or ~/.netrc, and go out when the server
    asks for them.
    """
    import pyoxigraph as ox

    from kg.graph.graph_server import connect
    from kg.graph.push import push, push_as_one
    from kg.graph.server import Server

    try:
        target = ox.NamedNode(graph) if graph else None
    except ValueError:
        raise ServerError(f"--graph {graph}: not an absolute IRI") from None
    settings = make_settings(config, {"store": store})
    with open_to_read(settings.store) as opened, Server(url) as server, progress("pushing") as (advance, _):
        sent = 0

        def count(triples: int) -> None:
            nonlocal sent
            sent += triples
            advance(plural(sent, "triple"))

        graphs = connect(server, protocol)
        done = push_as_one(opened, graphs, target, on_graph=count) if target else push(opened, graphs, on_graph=count)
    say(
        f"{server.name} holds {plural(done.articles, 'article')}: {plural(done.triples, 'triple')} in {plural(done.graphs, 'graph')}"
    )
