"""kg view: one page that shows events as a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import examples, plural, say
from kg.cli.options import config_option, make_settings, ontology_option, open_to_read, output_option, store_option
from kg.cli.output import open_output


@click.command(
    epilog=examples(
        "kg view -o graph.html",
        'kg view -o launches.html --actor "North Korea" --type MissileLaunch --since 2024-11',
    )
)
@output_option("graph.html")
@click.option("--actor", metavar="NAME|IRI", help="Only events in which this one takes part.")
@click.option("--type", "types", multiple=True, metavar="CLASS", help="Only this class of events; may be repeated.")
@click.option("--since", metavar="DATE", help="Only events on or after this day, month or year.")
@click.option("--until", metavar="DATE", help="Only events on or before this day, month or year.")
@click.option(
    "--source", "sources", multiple=True, metavar="TEXT", help="Only from this publisher or path; repeatable."
)
@click.option("--max-nodes", type=click.IntRange(min=1), help="How many actors the page opens with. [default: 40]")
@click.option("--title", help="The heading of the page.")
@store_option
@config_option
@ontology_option
def command(
    *,
    output: str,
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

    The page is one HTML file that needs no network.
    """
    from kg.graph.schema import load_ontology
    from kg.graph.view.page import MAX_NODES, TITLE, write_page
    from kg.graph.view.select import select

    settings = make_settings(config, {"store": store, "ontology": ontology})
    loaded = load_ontology(settings.ontology)
    with open_to_read(settings.store) as opened:
        articles = {article.id: article for article in opened.articles()}
        events = select(
            opened.events(loaded), articles, loaded, actor=actor, types=types, since=since, until=until, sources=sources
        )
        with open_output(output) as stream:
            stats = write_page(events, articles, loaded, stream, title=title or TITLE, max_nodes=max_nodes or MAX_NODES)
    if not events:
        say("no event passes the filters; the page is empty")
    if output != "-":
        drawn = f"{plural(stats.events, 'event')}, {plural(stats.nodes, 'node')}"
        say(f"wrote {output}: {drawn}; open it in a browser")
