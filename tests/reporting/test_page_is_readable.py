"""A page is fit to read: headings, anchors, words for drawings; parks without anything have one too."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from experiments.reporting import report
from experiments.reporting.document import Report, Section, Table, words
from experiments.reporting.page import page

from .parts_of_a_page import Page, made, typed


def test_headings_are_in_order_and_all_anchors_lead_somewhere(shown: Page) -> None:
    levels = [level for level, _ in shown.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(text.strip() for _, text in shown.headings)
    named = shown.values("id")
    assert len(named) == len(set(named))
    targets = {value[1:] for value in shown.values("href") if value.startswith("#")}
    assert targets <= set(named) and {"findings", "streams", "settings", "repeat", "limits"} <= targets
    assert not shown.unclosed and not shown.open


def test_every_drawing_has_a_text_for_those_who_do_not_see_it(shown: Page) -> None:
    drawings = [given for tag, given in shown.tags if tag == "svg"]
    assert len(drawings) > 60
    assert all(given["role"] == "img" and len(str(given["aria-label"])) > 3 for given in drawings)
    figures = [str(given["aria-label"]) for given in drawings if "class" not in given]
    assert len(figures) == 3 and all(len(each) > 80 for each in figures)
    assert shown.text.count("Model result, seed 1") >= 6, "captions say how many runs and which seed"


def test_language_zoom_and_names_of_boxes_that_scroll(shown: Page) -> None:
    assert ("html", {"lang": "en"}) in shown.tags
    viewport = next(str(given["content"]) for tag, given in shown.tags if given.get("name") == "viewport")
    assert "user-scalable" not in viewport and "maximum-scale" not in viewport
    boxes = [given for _, given in shown.tags if str(given.get("class", "")).startswith("scroll")]
    assert boxes and all(given.get("aria-label") and given.get("tabindex") == "0" for given in boxes)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("classroom", {"until": 2000.5}),
        ("classroom", {"set": {"trust.prior": 0.01, "bargaining.guard": 8.0}, "until": 2015}),
        ("synthetic", {"set": {"synthetic.companies": 30}, "until": 1990}),
    ],
)
def test_short_empty_and_random_parks_have_a_page_too(
    tmp_path: Path, source: str, options: dict[str, Any]
) -> None:
    folder = made(tmp_path / "run", source, **options)
    shown = Page(report(folder).read_text(encoding="utf-8"))
    assert {text for level, text in shown.headings if level == 2} >= {
        "Findings",
        "Streams",
        "How to repeat it",
    }
    assert "nan" not in shown.text.lower().split() and "None" not in shown.text.split()


def test_a_table_may_have_groups_and_every_text_of_a_report_is_escaped() -> None:
    table = Table("A & B", (words("<i>"), words("x")), [["<b>", "1 < 2"]], "<u>")
    text = page(
        Report(
            "kind", "<title>", "?", ["<em>"], "<s>", sections=[Section("<h>", "a", [table])], limits=["<l>"]
        )
    )
    body = text[text.index("<body>") :]
    for tag in ("<i>", "<b>", "<u>", "<em>", "<s>", "<h>", "<l>"):
        assert tag not in body and tag.replace("<", "&lt;").replace(">", "&gt;") in body


def test_a_park_without_a_company_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "bare.toml").write_text("name = 'bare'\ncatalogue = 'none'\n", encoding="utf-8")
    assert typed("run", tmp_path / "bare.toml", "--out", tmp_path / "run").exit_code == 0
    assert typed("report", tmp_path / "run").exit_code == 0
