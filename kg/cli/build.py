"""kg build: articles become reports in the store, and the events that they touch are made anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import examples, plural, progress, say
from kg.cli.options import make_settings, text_options, wait_option, write_store_option
from kg.config import Settings
from kg.errors import ExportError, InputError, KgError, StoreError
from kg.model import Article

if TYPE_CHECKING:
    from kg.ingest import Tally
    from kg.run import Runner


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg build examples/",
        "kg build news.jsonl --published 2025-01-06 --jobs 2 --store my.store -o graph.trig",
        "zcat news.jsonl.gz | kg build - --skipped skipped.jsonl",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@write_store_option
@wait_option
@click.option("-o", "--output", metavar="FILE", help="Also write the whole store, in the format of the suffix.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 is one a core.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Leave out reports that are less likely to be right than this, from 0 to 1. [default: 0]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Read on the Dask cluster of tcp://HOST:PORT instead of here.")
@click.option("--skipped", metavar="FILE", help="Also write skipped inputs to a file, with the reasons, as JSON lines.")
@click.option("--strict", is_flag=True, help="Exit with 1 if an input was skipped.")
@text_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    store: Path | None,
    wait: float,
    output: str | None,
    jobs: int,
    scheduler: str | None,
    skipped: str | None,
    strict: bool,
    config: Path | None,
    published: str | None,
    **options: object,
) -> None:
    """Read articles into the store.

    A PATH is a .txt, .jsonl, .html or .htm file, a folder of them, or - for standard input. Inputs that cannot be read
    are named and skipped. An article that is there already, from the same text and by the same version, is not read
    again: a build that was cut short goes on where it stopped. One with the URL of another takes its place; parameters that only track do not count.
    """
    from kg.cli.export import check_suffix
    from kg.text.read import count_articles, read_articles

    run = _runner(jobs, scheduler)
    settings = make_settings(config, {"store": store, **options})
    if scheduler:
        settings = settings.resolved()
    if output:
        check_suffix(output)
    left_out = 0
    with ExitStack() as stack:
        note = stack.enter_context(_skipped_file(skipped)) if skipped else None
        advance, tell = stack.enter_context(progress("reading", count_articles(paths)))

        def skip(error: InputError) -> None:
            nonlocal left_out
            left_out += 1
            tell(f"skipped {error}")
            advance("")
            if note is not None:
                note(error)

        articles = read_articles(paths, published=published, on_skip=skip)
        tally = _build(articles, settings, run, wait, advance)
    _finish(settings, output, tally, left_out)
    if strict and left_out:
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


def _build(
    articles: Iterator[Article], settings: Settings, run: Runner, wait: float, advance: Callable[[str], None]
) -> Tally:
    from kg.graph.schema import load_ontology
    from kg.graph.store import Store
    from kg.ingest import ingest
    from kg.run import Extract

    first = next(articles, None)
    if first is None:
        raise KgError("no article could be read, so nothing was done")
    ontology = load_ontology(settings.ontology)

    def on_article(tally: Tally) -> None:
        advance(plural(tally.reports, "report"))

    with Store.open(settings.store, wait=wait) as store:
        try:
            tally = ingest(chain([first], articles), store, Extract(settings), run, on_article, ontology=ontology)
        except KeyboardInterrupt:
            say(f"interrupted: {settings.store} keeps what was read; run the same command again to go on")
            raise
        except StoreError:
            raise  # what cannot be written cannot be refreshed
        except KgError:
            store.refresh(ontology)
            raise
        store.refresh(ontology)
    return tally


@contextmanager
def _skipped_file(path: str) -> Iterator[Callable[[InputError], None]]:
    """Give a function that writes a skipped input down at once: it is in the file also when the build then fails."""
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as stream:

            def note(error: InputError) -> None:
                stream.write(json.dumps({"source": error.source, "reason": error.cause}, ensure_ascii=False) + "\n")
                stream.flush()

            yield note
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error


def _finish(settings: Settings, output: str | None, tally: Tally, left_out: int) -> None:
    from kg.cli.export import write_export
    from kg.cli.options import open_to_read
    from kg.graph.counts import count

    with open_to_read(settings.store) as store:
        counts = count(store)
        if output:
            write_export(store, output, None, settings)
    if tally.held:
        say(f"passed over {plural(tally.held, 'article')} that the store has as they are")
    say(f"read {plural(tally.read, 'article')}, {tally.changed:,} new or changed: {plural(tally.reports, 'report')}")
    if tally.refused:
        say(f"refused {plural(tally.refused, 'candidate')} whose words are not in the article")
    if left_out:
        say(f"skipped {plural(left_out, 'input')}, for the reasons above")
    say(f"linked {counts['linked entities']:,} of {counts['entities']:,} entities to Wikidata")
    held = (plural(counts[f"{noun}s"], noun) for noun in ("article", "event", "conflict"))
    say(f"{settings.store} holds {', '.join(held)}")
