"""kg build: articles become reports in the store, and the events are made anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Advance, examples, plural, progress, say
from kg.cli.options import make_settings, text_options, write_store_option
from kg.config import Settings
from kg.errors import InputError, KgError
from kg.model import Article, Extraction

if TYPE_CHECKING:
    from kg.graph.store import Store
    from kg.run import Runner

# Articles that are stored in one transaction; so many are held in memory.
_BATCH = 200


@dataclass(slots=True)
class _Tally:
    """What was read in one run."""

    articles: int = 0
    changed: int = 0
    reports: int = 0
    refused: int = 0
    skipped: int = 0
    entities: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)

    def add(self, extraction: Extraction) -> None:
        """Count one article and what it reports."""
        self.articles += 1
        self.reports += len(extraction.reports)
        self.refused += extraction.refused
        for report in extraction.reports:
            for filler in report.fillers:
                if filler.entity is not None:
                    self.entities.add(filler.entity.id)
                    if filler.entity.linked:
                        self.linked.add(filler.entity.id)


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg build examples/",
        "kg build news.jsonl --published 2025-01-06 --jobs 2 --store my.store -o graph.trig",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@write_store_option
@click.option("-o", "--output", metavar="FILE", help="Also write the whole store, in the format of the suffix.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 is one a core.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Leave out reports that are less likely to be right than this, from 0 to 1. [default: 0]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Read on the Dask cluster of tcp://HOST:PORT instead of here.")
@click.option("--strict", is_flag=True, help="Exit with 1 if an input was skipped.")
@text_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    store: Path | None,
    output: str | None,
    jobs: int,
    scheduler: str | None,
    strict: bool,
    config: Path | None,
    published: str | None,
    **options: object,
) -> None:
    """Read articles into the store.

    A PATH is a .txt, .jsonl, .html or .htm file, a folder of them, or - for standard input. Inputs that cannot be read
    are named and skipped. An article that is there already is read anew.
    """
    from kg.cli.export import check_suffix
    from kg.text.read import read_articles

    run = _runner(jobs, scheduler)
    settings = make_settings(config, {"store": store, **options})
    if scheduler:
        settings = settings.resolved()
    if output:
        check_suffix(output)
    tally = _Tally()
    with progress("reading") as (advance, tell):

        def skip(error: InputError) -> None:
            tally.skipped += 1
            tell(f"skipped {error}")

        articles = read_articles(paths, published=published, on_skip=skip)
        _build(articles, settings, run, tally, advance)
    _finish(settings, output, tally)
    if strict and tally.skipped:
        ctx.exit(1)


def _runner(jobs: int, scheduler: str | None) -> Runner:
    if scheduler is None:
        from kg.run import runner

        return runner(jobs or os.cpu_count() or 1)
    if jobs != 1:
        raise click.UsageError("--jobs is for processes of this machine; with --scheduler the cluster has its own.")
    from kg.cluster import cluster

    with suppress(ModuleNotFoundError):  # the runner says what to do
        import dask

        # What goes wrong is one line of ours; this counts only before the first import of dask.distributed.
        dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}})
    return cluster(scheduler)


def _build(articles: Iterator[Article], settings: Settings, run: Runner, tally: _Tally, advance: Advance) -> None:
    from kg.graph.schema import load_ontology
    from kg.graph.store import Store
    from kg.run import Extract

    first = next(articles, None)
    if first is None:
        raise KgError("no article could be read, so nothing was done")
    ontology = load_ontology(settings.ontology)
    with Store.open(settings.store) as store:
        try:
            extractions = run(Extract(settings), chain([first], articles))
            _store(_counted(extractions, tally, advance), store, tally)
        finally:  # Whatever stopped it: the events must fit the reports that are stored.
            store.refresh(ontology)


def _counted(extractions: Iterable[Extraction], tally: _Tally, advance: Advance) -> Iterator[Extraction]:
    for extraction in extractions:
        tally.add(extraction)
        advance(f"{tally.reports} reports")
        yield extraction


def _store(extractions: Iterator[Extraction], store: Store, tally: _Tally) -> None:
    while batch := list(islice(extractions, _BATCH)):
        tally.changed += store.add(batch)


def _finish(settings: Settings, output: str | None, tally: _Tally) -> None:
    from kg.cli.export import write_export
    from kg.cli.options import open_to_read
    from kg.graph.counts import count

    with open_to_read(settings.store) as store:
        counts = count(store)
        if output:
            write_export(store, output, None, settings)
    say(f"read {plural(tally.articles, 'article')}, {tally.changed} new or changed: {plural(tally.reports, 'report')}")
    say(f"linked {len(tally.linked)} of {len(tally.entities)} entities to Wikidata")
    if tally.refused:
        say(f"refused {plural(tally.refused, 'candidate')} whose words are not in the article")
    if tally.skipped:
        say(f"skipped {plural(tally.skipped, 'input')}, for the reasons above")
    held = (plural(counts[f"{noun}s"], noun) for noun in ("article", "event", "conflict"))
    say(f"{settings.store} holds {', '.join(held)}")
