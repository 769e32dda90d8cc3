"""What a report is made of, whatever was run: headline, key figures, sections of blocks, how to repeat it.

Each kind of result fills a `Report` by its own module; `page` turns any of them into HTML. A text is
plain text and is escaped on the page. Only `Drawing` holds markup: `drawing` and `marks` make it
from numbers and from figures, never from what a user wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """A small mark in a cell: its markup, and what it shows in words."""

    markup: Markup
    said: str


Cell = str | Drawing


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    kind: ClassVar = "prose"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    kind: ClassVar = "bullets"
    items: Sequence[str]


@dataclass(frozen=True)
class Note:
    """A paragraph set apart: what to keep in mind."""

    kind: ClassVar = "note"
    text: str


@dataclass(frozen=True)
class Code:
    """What to type, each line a command or a line of a file; `said` tells what it does."""

    kind: ClassVar = "code"
    said: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Names and values, a pair a line; `code` sets the values as they would be typed."""

    kind: ClassVar = "facts"
    pairs: Sequence[tuple[str, str]]
    code: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: header, unit, the group that it stands in, whether it holds numbers."""

    head: str
    unit: Cell = ""
    group: str = ""
    numeric: bool = True
    wide: bool = False
    """Whether long texts stand in it, which may be wrapped."""


def words(head: str, unit: Cell = "", wide: bool = False) -> Column:
    """A column of names or sentences."""
    return Column(head, unit, numeric=False, wide=wide)


@dataclass(frozen=True)
class Table:
    """A table; every cell is written already. The first cell of a row names the row."""

    kind: ClassVar = "table"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Headers over several columns, with the number of columns of each; none without groups."""
        spans: list[tuple[str, int]] = []
        for column in self.columns:
            if spans and column.group and spans[-1][0] == column.group:
                spans[-1] = (column.group, spans[-1][1] + 1)
            else:
                spans.append((column.group, 1))
        return spans if any(name for name, _ in spans) else []


@dataclass(frozen=True)
class Picture:
    """A figure: drawing, title that says the finding, alternative text, caption with runs and seed."""

    kind: ClassVar = "picture"
    markup: Markup
    title: str
    alt: str
    caption: str
    width: int
    """Width at which its letters have the size of the page, px."""


@dataclass(frozen=True)
class Chronicle:
    """What happened, sentences by year."""

    kind: ClassVar = "chronicle"
    years: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Folded:
    """Blocks that are folded away until a reader asks for them."""

    kind: ClassVar = "folded"
    summary: str
    blocks: Sequence[Block]


Block = Prose | Bullets | Note | Code | Facts | Table | Picture | Chronicle | Folded


@dataclass(frozen=True)
class Section:
    """A section with its anchor on the page."""

    title: str
    anchor: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class KeyFigure:
    """One number for the reader in a hurry: what, how much, in which unit, and what stands beside it."""

    label: str
    value: str
    unit: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Report:
    """A page about one result folder. Headline first, numbers second, method last."""

    kind: str
    """What was done, as "Run of a scenario"."""
    title: str
    question: str
    headlines: Sequence[str]
    caution: str
    """One line under the headline: what kind of result this is, how many runs, which seed."""
    key_figures: Sequence[KeyFigure] = ()
    picture: Picture | None = None
    sections: Sequence[Section] = field(default_factory=tuple)
    repeat: Sequence[Block] = ()
    limits: Sequence[str] = ()
    """What this result is not."""
