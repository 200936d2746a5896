"""kg annotate: what the text side finds in articles, before anything is extracted."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.console import examples, progress
from kg.cli.options import make_settings, output_option, text_options
from kg.cli.output import open_output
from kg.errors import InputError, KgError


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "kg annotate examples/ -o annotated.jsonl",
        "kg annotate - < article.txt",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@output_option()
@text_options
def command(
    *, paths: tuple[str, ...], output: str, config: Path | None, published: str | None, **options: object
) -> None:
    """Write what is found in articles before extraction.

    One article a line, as JSON: mentions with their entities, dates with their values, attributions.
    """
    from kg.pipeline import Pipeline
    from kg.text.read import count_articles, read_articles

    settings = make_settings(config, options)
    found = False
    with progress("annotating", count_articles(paths)) as (advance, tell), open_output(output) as stream:

        def skip(error: InputError) -> None:
            tell(f"skipped {error}")

        articles = read_articles(paths, published=published, on_skip=skip)
        for record in Pipeline(settings).annotate(articles):
            found = True
            advance("")
            stream.write(json.dumps(record, ensure_ascii=False, sort_keys=False) + "\n")
    if not found:
        raise KgError("no article could be read, so nothing was done")
