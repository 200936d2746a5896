"""kg query: a named query, a file or standard input, asked of the store."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import emphasis, examples, terminal_width
from kg.cli.options import config_option, make_settings, open_database, output_option, store_option
from kg.cli.output import open_output
from kg.errors import QueryError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.graph.query import NamedQuery, Result

_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
_SUFFIXES = (".rq", ".sparql")


def complete_query(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Give the shell the named queries that begin like this, with their help, and leave files to it."""
    from click.shell_completion import CompletionItem

    from kg.graph.query import named_queries

    known = [CompletionItem(name, help=query.help) for name, query in named_queries().items()]
    return [item for item in known if item.value.startswith(incomplete)] or [CompletionItem(incomplete, type="file")]


param_option = click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Bind a variable of the query; may be repeated.",
)


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg query --list",
        "kg query launches --format csv",
        'kg query actor --param actor="North Korea"',
        "echo 'SELECT * { ?x a kg:MissileLaunch }' | kg query - --timeout 10",
        "kg query sources --endpoint http://localhost:8890/sparql",
    ),
)
@click.argument("query", required=False, metavar="NAME|FILE|-", shell_complete=complete_query)
@click.option("--list", "listing", is_flag=True, help="List the named queries and their parameters.")
@param_option
@click.option("--format", type=click.Choice(_FORMATS), help="[default: table; turtle for CONSTRUCT and DESCRIBE]")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Give up after so long."
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL server instead of a store.")
@click.option("--graph", metavar="IRI", help="With --endpoint: ask this graph alone. [default: all graphs as one]")
@output_option()
@store_option
@config_option
def command(
    *,
    query: str | None,
    listing: bool,
    params: tuple[str, ...],
    format: str | None,
    timeout: float | None,
    endpoint: str | None,
    graph: str | None,
    output: str,
    store: Path | None,
    config: Path | None,
) -> None:
    """Ask a named query or SPARQL of your own.

    A query is a name of --list, a .rq file, or - for standard input. A value of --param is an IRI (https://… or wd:Q423) or a string; it is bound as a term and never part of the query.
    Updates and SERVICE are refused.

    A server is asked for the rest where it cuts an answer. It gets the name and password that `kg push` uses, if it asks.
    """
    if listing:
        _print_list(output)
        return
    if query is None:
        raise click.UsageError("Missing argument 'NAME|FILE|-'.")
    if graph and not endpoint:
        raise click.UsageError("--graph goes with --endpoint.")
    from kg.graph.query import labels_of, run_query, write_result

    values, labels = split_params(params), {}
    asked = find_asked(query)
    if endpoint:
        result = _ask_server(endpoint, asked.text, values, graph=graph, timeout=timeout)
    else:
        with open_database(make_settings(config, {"store": store}).store) as opened:
            result = run_query(opened, asked.text, params=values, timeout=timeout)
            labels = labels_of(opened, result)
    width = terminal_width(output)
    with open_output(output) as stream:
        write_result(result, format or "table", stream, width=width, labels=labels, emphasis=emphasis(width))


def _ask_server(
    endpoint: str, text: str, values: dict[str, str], *, graph: str | None, timeout: float | None
) -> Result:
    from kg.graph.remote import ask_server
    from kg.graph.server import Server

    with Server(endpoint, limit=timeout) as server:
        return ask_server(server, text, params=values, graph=graph)


def find_asked(query: str) -> NamedQuery:
    """Give the query of a name, of a .rq or .sparql file, or (`-`) of standard input. Raises QueryError."""
    from kg.graph.query import find_query, read_query

    if query == "-":
        return read_query("-", sys.stdin.read())
    if not query.lower().endswith(_SUFFIXES):
        return find_query(query)
    try:
        return read_query(query, Path(query).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise QueryError(f"{query}: cannot be read: {cause}") from error


def split_params(params: Iterable[str]) -> dict[str, str]:
    """Give the values of NAME=VALUE by name."""
    return dict(map(_split, params))


def _split(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--param {param!r} is not of the form NAME=VALUE.")
    return name, value


def _print_list(output: str) -> None:
    from kg.graph.query import named_queries

    with open_output(output) as stream:
        for name, query in named_queries().items():
            stream.write(f"{name}\n    {query.help}\n")
            for param in query.params:
                default = " [required]" if param.required else ""
                default = f" [default: {param.default}]" if param.default is not None else default
                stream.write(f"    --param {param.name}=…  {param.help}{default}\n")
