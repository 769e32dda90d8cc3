"""A page taken apart, and the folders and commands that tests of pages begin with."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from experiments.cli import commands
from simulation.run import simulate

CHANGED = {"trust.prior": 0.3, "policy.landfill_levy.scale": 2}
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page taken apart: tags with their attributes, headings, tables by caption, all text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.open: list[str] = []
        self.text = ""
        self.unclosed: list[str] = []
        self.caption, self.rows = "", [[""]]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)
        if tag == "table":
            self.tables[self.caption] = self.rows

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        for tag in ("td", "th"):
            if tag in self.open and "svg" not in self.open:
                self.rows[-1][-1] += data
        if "caption" in self.open:
            self.caption += data
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def column(self, caption: str, head: str) -> list[str]:
        """The cells of a column of a table, by the last row of its head."""
        rows = self.tables[caption]
        names = next(row for row in rows if any(cell.startswith(head) for cell in row))
        place = next(k for k, cell in enumerate(names) if cell.startswith(head))
        return [row[place] for row in rows[rows.index(names) + 1 :]]

    def values(self, name: str) -> list[str]:
        return [str(given[name]) for _, given in self.tags if name in given]


def made(folder: Path, source: Any, **options: Any) -> Path:
    """A run folder."""
    return simulate(source, options.pop("seed", 1), **options).save(folder, "symbiopark run something")


def typed(*said: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in said])
