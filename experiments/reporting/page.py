"""From a report to one HTML page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import look
from .document import Report

TEMPLATES = Path(__file__).parent / "templates"


def page(report: Report) -> str:
    """The page as text, the same for the same report. Every text in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(report=report, **colours())


def colours() -> dict[str, Any]:
    """Colours of `look` for the style sheet: the two styles, and those that both share."""
    shared = {**look.CLASS_COLOURS, "gain": look.GAIN, "harm": look.HARM, "simulated": look.SIMULATED}
    letters = {f"letters-{colour[1:].lower()}": shades for colour, shades in look.LETTERS.items()}
    return {"light": look.LIGHT, "dark": look.DARK, "shared": shared, "letters": letters}
