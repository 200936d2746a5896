"""kg view: one page that shows events, or the triples of a query or a file, as a graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import examples, plural, say
from kg.cli.options import config_option, make_settings, ontology_option, open_to_read, output_option, store_option
from kg.cli.output import open_output
from kg.cli.query import complete_query, find_asked, param_option, split_params

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.graph.store import Store
    from kg.graph.view.page import Content
    from kg.model import Event, Ontology


def _complete_type(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Give the shell the event classes that begin like this, with their meaning."""
    from click.shell_completion import CompletionItem

    from kg.graph.schema import load_ontology

    known = load_ontology()
    begun = (name for name in known.classes if name.casefold().startswith(incomplete.casefold()))
    return [CompletionItem(name, help=known.definitions.get(name)) for name in begun]


@click.command(
    epilog=examples(
        "kg view -o graph.html",
        'kg view -o launches.html --actor "North Korea" --type MissileLaunch --since 2024-11',
        "kg view graph.ttl -o graph.html",
        'kg view --query network --param actor="North Korea" -o network.html',
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@output_option("graph.html")
@click.option(
    "--query",
    shell_complete=complete_query,
    metavar="NAME|FILE|-",
    help="Draw what this query gives: triples, or ?subject ?predicate ?object.",
)
@param_option
@click.option("--actor", metavar="NAME|IRI", help="Only events in which this one takes part.")
@click.option(
    "--type",
    "types",
    multiple=True,
    shell_complete=_complete_type,
    metavar="CLASS",
    help="Only this class of events; may be repeated.",
)
@click.option("--since", metavar="DATE", help="Only events on or after this day, month or year.")
@click.option("--until", metavar="DATE", help="Only events on or before this day, month or year.")
@click.option(
    "--source", "sources", multiple=True, metavar="TEXT", help="Only from this publisher or path; repeatable."
)
@click.option("--max-nodes", type=click.IntRange(min=1), help="How many actors the page opens with. [default: 18]")
@click.option("--title", help="The heading of the page.")
@store_option
@config_option
@ontology_option
def command(
    *,
    file: Path | None,
    output: str,
    query: str | None,
    params: tuple[str, ...],
    actor: str | None,
    types: tuple[str, ...],
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    max_nodes: int | None,
    title: str | None,
    store: Path | None,
    config: Path | None,
    ontology: tuple[Path, ...],
) -> None:
    """Draw the events on one interactive page.

    The page is one HTML file that needs no network. With --query it shows the triples that a query gives instead. FILE is Turtle, TriG, N-Triples, N-Quads or JSON-LD, and stands for the store: what kg has exported is drawn as events with their sentences, anything else triple by triple.
    """
    from kg.graph.schema import load_ontology
    from kg.graph.view.page import MAX_NODES, TITLE, Content, write_content
    from kg.graph.view.select import select

    chosen = any((actor, types, since, until, sources))
    if chosen and query is not None:
        raise click.UsageError("--query goes without --actor, --type, --since, --until and --source.")
    if params and query is None:
        raise click.UsageError("--param goes with --query.")
    settings = make_settings(config, {"store": file or store, "ontology": ontology})
    loaded = load_ontology(settings.ontology)
    with open_to_read(settings.store) as opened:
        articles = {article.id: article for article in opened.articles()}
        events = opened.events(loaded)
        if query is not None or (not articles and not chosen and opened.path is None):
            content = _triples(opened, events, loaded, query=query, params=params)
        else:
            events = select(
                events, articles, loaded, actor=actor, types=types, since=since, until=until, sources=sources
            )
            content = Content.from_events(events, loaded, facts=opened.facts())
        with open_output(output) as stream:
            stats = write_content(
                content, articles, loaded, stream, title=title or TITLE, max_nodes=max_nodes or MAX_NODES
            )
    if not stats.events:
        say("the query gives nothing; the page is empty" if query else "no event passes the filters; the page is empty")
    if output != "-":
        what = "event" if not content.statements else "statement"
        say(f"wrote {output}: {plural(stats.events, what)}, {plural(stats.nodes, 'node')}; open it in a browser")


def _triples(
    store: Store, events: Iterable[Event], ontology: Ontology, *, query: str | None, params: tuple[str, ...]
) -> Content:
    """Give the triples of a query, or all of them, with the events behind them."""
    from kg.graph.query import run_query
    from kg.graph.view.statements import all_statements, content, statements

    if query is None:
        found = all_statements(store.handle)
    else:
        found = statements(run_query(store, find_asked(query).text, params=split_params(params)))
    return content(found, store.handle, events, ontology)
