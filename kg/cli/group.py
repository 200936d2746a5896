"""All commands: each is a module here, imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from kg import __version__
from kg.cli.console import examples, say
from kg.cli.output import INTERRUPTED, quiet_end
from kg.errors import KgError

COMMANDS = ("annotate", "build", "explain", "export", "push", "query", "remove", "stats", "validate", "view")


class KgGroup(click.Group):
    """Loads the module `kg.cli.NAME` for the command NAME, and turns what a user can mend into one line and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401  # the signature is that of click
    ) -> Any:  # noqa: ANN401  # as above
        """Run the command line and exit: 0 done, 1 a check failed, 2 usage or unreadable input."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            with quiet_end():
                code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(2)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "kg"
            say(f"{' '.join(error.format_message().split())} See {command} --help", name=command)
            sys.exit(2)
        except click.ClickException as error:
            say(error.format_message())
            sys.exit(2)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours is one line."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            say(str(error))
            ctx.exit(2)
        except (BrokenPipeError, KeyboardInterrupt):  # before click has words for them
            with quiet_end():
                raise


@click.group(
    "kg",
    cls=KgGroup,
    epilog=examples(
        "kg build examples/          read articles into the store ./kg.store",
        "kg query --list             what can be asked",
        "kg view -o graph.html       one page to open in a browser",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """News articles become a knowledge graph of geopolitical relations in which every edge can be defended."""
