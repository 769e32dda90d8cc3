"""The command `symbiopark`: a table of commands, each imported when it is used, and the exit status.

0 done; 1 a fault of ours, or output that cannot be written; 2 bad input, a message per problem on
standard error and nothing written, or a disk or folder that cannot be used; 130 interrupted; 143, 129
ended by SIGTERM, SIGHUP.
Each command is a function in `experiments.commands` that makes one call.
"""

from __future__ import annotations

import difflib
import errno
import os
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from . import terminal

COMMANDS = {
    "run": ("run", "Run a scenario: a summary beside the record, files and figures in a run folder."),
    "why": ("why", "Why two companies traded, or did not: every negotiation, offers and reasons."),
    "sweep": ("sweep", "Run a design: thousands of runs that survive a kill, a table at the end."),
    "status": ("sweep", "How far a sweep has come, from another terminal."),
    "rerun": ("sweep", "One run of a sweep again, bit for bit, with everything recorded."),
    "sensitivity": ("sensitivity", "Which fields an outcome depends on: Sobol indices or Morris effects."),
    "discover": ("discover", "Under which conditions a finished sweep ends badly: PRIM or CART."),
    "stress": ("stress", "What the park loses when partners leave, alone and in pairs."),
    "finding": ("finding", "Try a claim of the literature, or answer a question, with a verdict."),
    "calibrate": ("calibrate", "Free parameters from the early record, and what it cannot tell."),
    "compare": ("compare", "Two run folders or two scenarios side by side."),
    "report": ("report", "One self-contained HTML page from a result folder."),
    "scenarios": ("files", "List the scenarios that come with symbiopark."),
    "check": ("files", "Check a scenario file; say everything that is wrong with it."),
    "new": ("files", "Write a commented template to start a scenario from."),
    "validate": ("validate", "Many seeds against the record: scores, null models, patterns, skill."),
    "dashboard": ("dashboard", "The live page: watch a park, act, see the difference."),
    "benchmark": ("benchmark", "Measure speed, each figure beside a ratio from the same process."),
    "schema": ("files", "Print the JSON Schema of a scenario file, for editors."),
}
"""Module and sentence of each command; `--help` reads this table and imports nothing."""

UNUSABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO}
"""Errors of a disk or a folder, which are said without a traceback wherever they come up."""

DONE, OUR_FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class Commands(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".commands.{COMMANDS[name][0]}", __package__), name)
        return command

    def resolve_command(self, context: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(COMMANDS)}"
            context.fail(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command and leave with its exit status."""
        given = list(sys.argv[1:] if args is None else args)
        options = {**options, "prog_name": "symbiopark", "standalone_mode": False}
        sys.exit(self.status(given, options))

    def invoke(self, context: click.Context) -> Any:
        """A command, whose end from outside is told here and not by click."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt as interrupt:
            raise terminal.stopped(interrupt) from None
        except OSError as error:
            if (stopped := terminal.unheard()) is not None:
                raise stopped from None
            if error.errno != errno.EPIPE:
                raise
            raise RuntimeError(str(error)) from error  # click would take it for a reader that left

    def status(self, args: list[str], options: dict[str, Any]) -> int:
        """The exit status of a command, after its messages."""
        try:
            options["obj"] = shlex.join(["symbiopark", *args])
            outcome = super().main(args, **options)
            if (stopped := terminal.unheard()) is not None:
                raise stopped
            return outcome if isinstance(outcome, int) else DONE
        except click.ClickException as error:
            error.show()
            return BAD_INPUT
        except (click.Abort, KeyboardInterrupt):
            terminal.say("Interrupted.")
            return INTERRUPTED
        except terminal.Stopped as stopped:
            return stopped.told()
        except SystemExit:  # click's word for a reader of --help that has gone
            return (terminal.unheard() or terminal.Stopped("", DONE)).told()
        except Exception as error:
            unheard = terminal.unheard() if isinstance(error, OSError) else None
            return _told(error) if unheard is None else unheard.told()


def _told(error: Exception) -> int:
    from simulation.problems import ScenarioError

    if isinstance(error, ScenarioError):
        terminal.say(str(error))
        return BAD_INPUT
    if isinstance(error, OSError) and error.errno in UNUSABLE:
        named = f"{error.filename}: " if error.filename else ""
        terminal.say(f"{named}{os.strerror(error.errno).lower()}")
        return BAD_INPUT
    import traceback

    terminal.say("".join(traceback.format_exception(error)).rstrip())
    terminal.say("symbiopark failed, and this is a fault of ours. Please report the lines above.")
    return OUR_FAULT


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"symbiopark {version('symbiopark')}")
    except PackageNotFoundError:
        click.echo("symbiopark, not installed as a package")
    context.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="The main job: symbiopark run kalundborg",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version.",
)
def commands() -> None:
    """Trades of residues between companies: how they emerge, last and break.

    SCENARIO is the name of a bundled scenario or a TOML file. FIELD is a dotted path into it, such as
    trust.prior or policy.landfill_levy.scale.
    """
