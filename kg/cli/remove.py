"""kg remove: take an article out, and with it all that rests on it alone."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import examples, plural, say
from kg.cli.options import config_option, make_settings, ontology_option, wait_option, write_store_option
from kg.errors import StoreError


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg remove examples/launch-harbour-wire.txt",
    ),
)
@click.argument("article", metavar="ARTICLE")
@write_store_option
@wait_option
@config_option
@ontology_option
def command(*, article: str, store: Path | None, wait: float, config: Path | None, ontology: tuple[Path, ...]) -> None:
    """Take an article out of the store.

    ARTICLE is its IRI, its id, its URL, or the path it was read from. The graph is then as if the article had never been added.
    """
    from kg.address import plain_address
    from kg.graph.counts import count
    from kg.graph.schema import load_ontology
    from kg.graph.store import Store

    settings = make_settings(config, {"store": store, "ontology": ontology})
    with Store.open(settings.store, read_only=True) as opened:
        names = {a.iri: {a.iri, a.id, a.source, plain_address(a.url or a.iri)} for a in opened.articles()}
    found = [iri for iri, known in names.items() if not known.isdisjoint({article, plain_address(article)})]
    if len(found) != 1:
        many = f"{len(found)} articles are named {article!r}; name one by its IRI"
        raise StoreError(many if found else f"{settings.store} has no article {article!r}; see kg query article")
    loaded = load_ontology(settings.ontology)
    with Store.open(settings.store, wait=wait) as opened:
        opened.remove(found[0])
        opened.refresh(loaded)
        counts = count(opened)
    held = f"{plural(counts['articles'], 'article')}, {plural(counts['events'], 'event')}"
    say(f"removed {article}; {settings.store} holds {held}")
