"""A page is safe to open anywhere: nothing of a user is markup, nothing is loaded, and it shows without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from experiments.reporting import PAGE, report
from simulation import park_at_date
from simulation.files import read
from simulation.reading import load_scenario
from simulation.run import simulate

from .parts_of_a_page import Page

HOSTILE = "<script>alert('x')</script> & \"Sons\" $x^{$"


def test_names_of_users_are_text_and_never_markup(tmp_path: Path) -> None:
    raw = json.dumps(dict(read("classroom").raw)).replace("Power station", HOSTILE.replace('"', '\\"'))
    run = simulate(load_scenario({**json.loads(raw), "title": HOSTILE}), 1, until=2015)
    text = report(run.save(tmp_path / "run", f"symbiopark run {HOSTILE}")).read_text(encoding="utf-8")
    shown = Page(text)
    assert "<script" not in text.lower() and not [tag for tag, _ in shown.tags if tag == "script"]
    assert not [name for _, given in shown.tags for name in given if name.startswith("on")]
    assert HOSTILE in shown.column("Companies with a stream, by what they saved", "Company")
    assert shown.headings[0] == (1, HOSTILE)
    assert sum(HOSTILE in text for text in drawn_texts(text)) >= 1, "the name on the map"


def drawn_texts(text: str) -> list[str]:
    from html import unescape

    return [unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)</text>", text)]


def test_nothing_is_loaded_from_anywhere(shown: Page, kalundborg: Path) -> None:
    text = (kalundborg / PAGE).read_text(encoding="utf-8")
    for name in ("src", "href", "xlink:href", "srcset", "data", "action", "poster"):
        assert all(value.startswith(("#", "data:")) for value in shown.values(name))
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style and "@import" not in style
    assert all(each.startswith("#") for each in re.findall(r"url\(([^)]*)\)", text))
    assert not {"script", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in shown.tags}
    assert "default-src 'none'" in " ".join(shown.values("content"))


def test_the_same_folder_gives_the_same_bytes_each_year_measured_once_and_nothing_else_is_left(
    kalundborg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (kalundborg / PAGE).read_bytes()
    years: list[float] = []
    seen = park_at_date._seen
    monkeypatch.setattr(
        park_at_date, "_seen", lambda run, date, left: years.append(date) or seen(run, date, left)
    )
    assert report(kalundborg) == kalundborg / PAGE
    assert len(years) == len(set(years)) == 65  # the measures of a year are most of the work
    assert (kalundborg / PAGE).read_bytes() == before and len(before) < 3e6
    assert not list(kalundborg.glob("*.part"))


def test_a_browser_without_a_network_shows_it_in_light_dark_and_on_paper(
    kalundborg: Path, browser: Any
) -> None:
    address = (kalundborg / PAGE).as_uri()
    seen = []
    for wide, scheme in ((1280, "light"), (800, "dark"), (390, "light")):
        context = browser.new_context(
            viewport={"width": wide, "height": 900}, color_scheme=scheme, offline=True
        )
        tab = context.new_page()
        faults: list[str] = []
        tab.on("console", lambda message, kept=faults: kept.append(message.text))
        tab.on("pageerror", lambda error, kept=faults: kept.append(str(error)))
        tab.on(
            "request",
            lambda request, kept=faults: kept.append(request.url) if request.url != address else None,
        )
        tab.goto(address)
        assert [fault for fault in faults if not fault.startswith("data:")] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= wide, "only boxes scroll sideways"
        seen.append(
            tab.evaluate("[getComputedStyle(document.body).backgroundColor, document.images.length]")[0]
        )
        below = tab.locator("h1").bounding_box()
        picture = tab.locator("figure svg").first.bounding_box()
        assert below is not None and picture is not None and below["y"] < 250
        if wide == 1280:
            assert picture["y"] < 700, "the picture begins on the first screen"
            printed = tab.pdf(prefer_css_page_size=True)
            assert 5 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 25
        context.close()
    assert seen[0] == seen[2] == "rgb(255, 255, 255)" and seen[1] != seen[0]
