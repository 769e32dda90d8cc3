"""Options that several commands share, and how their texts are read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simulation.arguments import LARGEST_SEED

Decorator = Callable[[Any], Any]
SETTING = re.compile(r'((?:"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^"\'=])+)=(.*)', re.DOTALL)


class Setting(click.ParamType):
    """FIELD=VALUE; a field may hold quoted names."""

    name = "FIELD=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        match = SETTING.fullmatch(value)
        if match is None:
            self.fail(f"{value!r} is not FIELD=VALUE, such as trust.prior=0.6", param, context)
        return match[1].strip(), match[2].strip()


class Place(click.Path):
    """A path of a file or folder, as a Path."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        if "\0" in os.fspath(value):
            self.fail(f"{value!r} holds a null character, which no name of a file does", param, context)
        return super().convert(value, param, context)


class Over(click.ParamType):
    """FIELD=LOW..HIGH; a field may hold quoted names."""

    name = "FIELD=LOW..HIGH"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, float, float]:
        match = SETTING.fullmatch(value)
        ends = match[2].split("..") if match else []
        try:
            low, high = map(float, ends)
            return match[1].strip(), low, high  # type: ignore[index]
        except ValueError:
            self.fail(f"{value!r} is not FIELD=LOW..HIGH, such as trust.prior=0.2..0.8", param, context)


over = click.option(
    "--over",
    type=Over(),
    multiple=True,
    metavar="FIELD=LOW..HIGH",
    help="A field and its range; may be repeated.",
)
seed = click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    metavar="N",
    help="Seed of the random draws.  [default: 1]",
)
until = click.option("--until", type=float, metavar="YEAR", help="End the run at the start of this year.")
settings = click.option(
    "--set", "settings", type=Setting(), multiple=True, help="Set a field; may be repeated."
)
events = click.option(
    "--event", "events", multiple=True, metavar="WORDS", help='Add an event: "2000 withdraw Gyproc".'
)
out = click.option("--out", type=Place(), metavar="DIR", help="Folder to write; it must be new or empty.")
study_out = click.option(
    "--out",
    type=Place(),
    metavar="DIR",
    help="Folder of the study; the same again goes on with it.",
)
workers = click.option(
    "--workers", type=click.IntRange(1, 1024), metavar="N", help="Processes; all cores if not said."
)
cluster = click.option(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp://host:8786, in place of processes."
)
force = click.option("--force", is_flag=True, help="Write over an earlier result in that folder.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def together(*options: Decorator) -> Decorator:
    """Several options as one decorator, shown in the order given."""

    def decorated(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated
