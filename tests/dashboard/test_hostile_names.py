"""Names and files that mean harm: on every page, in every download, in the report, and at the upload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard import limits as limits_module
from experiments.dashboard.limits import HOME, PUBLIC, too_much_work
from experiments.dashboard.uploads import dropped, may_be_set
from simulation import load_scenario, simulate
from simulation.problems import ScenarioError

from .hostile import COMPANIES, FORMULAS, INVISIBLE, MARK, TEXT, park

HARMED = (
    f"#{MARK}",
    "img[src='x']",
    "svg[onload]",
    "iframe",
    "[onerror]",
    "a[href^='javascript']",
    "body script:not([src]):text-matches('alert')",
)


def harmed(page: Any) -> list[str]:
    """Elements that came out of names."""
    return [each for each in HARMED if page.locator(each).count()]


@pytest.fixture
def watched(visit: Callable[..., Any]) -> Callable[..., Any]:
    """Opens a page on which any dialog is a failure."""
    dialogs: list[str] = []

    def opened(path: str) -> Any:
        page = visit(path)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.dialogs = dialogs
        return page

    return opened


def test_a_park_of_hostile_names_is_text_on_every_page(watched: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(8)>.toml"
    file.write_text(park())
    page = watched("/scenario")
    page.set_input_files("[data-test=file]", file)
    page.wait_for_selector("[data-test=opened]")
    assert TEXT in page.inner_text("[data-test=opened]")
    page.fill("[data-test=search]", MARK)
    page.wait_for_selector(f"[data-field*={MARK}]")
    assert harmed(page) == []
    page.click("nav >> text=Park")
    page.fill("[data-test=to-year]", "2024")
    page.click("[data-test=go]")
    page.wait_for_selector(".sp-map svg[aria-label*='in 2024 Q4']")
    for company in range(page.locator(".company").count()):
        page.locator(".company").nth(company).dispatch_event("click")
        page.wait_for_selector("[data-test=details]")
        assert harmed(page) == []
    page.locator(".stream").first.dispatch_event("click")
    page.wait_for_selector("[data-test=negotiation]")
    page.select_option("[data-test=partner]", COMPANIES["Brewery"])
    page.click("[data-test=withdraw]")
    page.wait_for_selector("[data-test=consequence]")
    page.click("[data-test=quarter]")
    page.wait_for_selector("text=is withdrawn")
    assert "{{7*7}}" in page.inner_text("body")
    assert harmed(page) == []
    page.click("nav >> text=Flows")
    page.wait_for_selector(".cell")
    assert harmed(page) == []
    page.click("nav >> text=Stress")
    page.fill("[data-test=stress-year]", "2014")
    page.fill("[data-test=stress-runs]", "2")
    page.click("[data-test=none]")
    for place in range(3):
        page.locator(".sp-picks input").nth(place).check()
    page.check("[data-test=stress-pairs]")
    page.click("[data-test=stress-start]")
    page.wait_for_selector("[data-test=stress-result]")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for label in ("Ranking (PNG)", "Recovery (PNG)", "Losers (PNG)", "Pairs (PNG)", "Ranking (CSV)"):
        with page.expect_download() as download:
            page.click(f"text={label}")
        assert Path(download.value.path()).stat().st_size > 500
    page.wait_for_timeout(300)
    assert harmed(page) == []
    assert page.dialogs == []


def test_the_report_and_its_figures_take_hostile_names_as_text(browser: Any, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from experiments.cli import commands

    file, out = tmp_path / "park.toml", tmp_path / "out"
    file.write_text(park())
    for command in (["run", str(file), "--out", str(out)], ["report", str(out)]):
        outcome = CliRunner().invoke(commands, command)
        assert outcome.exit_code == 0, outcome.output
    assert list(out.glob("figures/*.png"))
    page, dialogs = browser.new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto((out / "report.html").as_uri())
    assert COMPANIES['"Pig farm"'] in page.content()
    assert "{{7*7}}" in page.inner_text("body")
    assert harmed(page) == []
    assert dialogs == []
    page.close()


@pytest.mark.parametrize("name", [*FORMULAS, *INVISIBLE])
def test_names_that_a_reader_would_not_see_or_a_spreadsheet_carry_out_are_refused(name: str) -> None:
    for entry in ("companies", "resources"):
        with pytest.raises(ScenarioError):
            load_scenario({"name": "x", "base": "classroom", entry: {name: {}}})
    with pytest.raises(ScenarioError, match=r"name|control|characters"):
        load_scenario({"name": name, "base": "classroom"})


def test_a_cell_of_a_download_never_begins_a_formula() -> None:
    frames = simulate(dropped("park.toml", park())).contracts
    for column in frames.select_dtypes("str"):
        for value in frames[column].dropna():
            assert not str(value).startswith(("=", "+", "-", "@", "\t", "\r")), value


LARGE = {
    "deep arrays": "a = " + "[" * 100_000,
    "deep inline tables": "a = " + "{a=" * 100_000,
    "a key of many parts": ".".join("a" * 100_000) + " = 1",
    "a header of many parts": f"[{' . '.join(['a'] * 100_000)}]",
    "quoted parts": '"x"' + '."x"' * 60_000 + " = 1",
    "parts that look like lines": "a" + '."\u2028"' * 60_000 + " = 1",
    "quoted quotes": ('."\\""' * 60_000)[1:] + " = 1",
    "many companies": "name='x'\n[synthetic]\ncompanies=200000",
    "companies in another form": "name='x'\n[synthetic]\ncompanies=2e9",
    "a number of very many digits": "name='x'\n[grid]\nheight=0x" + "f" * 100_000,
    "a huge grid": "name='x'\n[grid]\nwidth=50000\nheight=50000",
    "a long thin grid": "name='x'\n[grid]\nwidth=1000000000\nheight=1",
    "a negative grid": "name='x'\n[grid]\nwidth=-100000\nheight=-100000",
    "endless years": "name='x'\n[time]\nstarts=1500\nends=inf",
    "many years": "name='x'\nbase='classroom'\n[time]\nstarts=1501\nends=2499",
    "many companies over many years": "name='x'\n[synthetic]\ncompanies=1900\n[time]\nstarts=1800\nends=2000",
    "a file above": "name='x'\nbase='../../etc/passwd'",
    "a file by its path": "name='x'\nbase='/etc/passwd'",
    "a catalogue by its path": "name='x'\ncatalogue='/etc/passwd'",
}


@pytest.mark.parametrize("which", LARGE)
def test_what_is_too_large_is_refused_before_it_takes_memory(which: str) -> None:
    import tracemalloc

    tracemalloc.start()
    try:
        with pytest.raises(ScenarioError) as raised:
            dropped("mine.toml", LARGE[which])
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert all(str(each).startswith("mine.toml") for each in raised.value.problems)
    assert "root:" not in str(raised.value)


def test_of_thousands_of_problems_the_first_are_told() -> None:
    with pytest.raises(ScenarioError) as raised:
        dropped("mine.toml", "name='x'\n" + "".join(f"[a{i}]\n" for i in range(5000)))
    assert len(raised.value.problems) == 21
    assert "problems more" in str(raised.value.problems[-1])


def test_a_key_of_many_parts_in_a_text_is_no_key() -> None:
    dots = "a" + ".a" * 500
    text = f'name = "x"\nbase = "classroom"\ntitle = "{dots}"\ndescription = """\n{dots} "quoted" \'single\'\n"""\n# {dots}\n'
    assert dropped("mine.toml", text).title == dots


def test_what_makes_a_park_large_cannot_be_set_by_another_spelling() -> None:
    for path in (
        "grid.width",
        '"grid".width',
        "'grid'.width",
        " grid . width",
        "synthetic",
        "time.ends",
        "",
        ".",
    ):
        assert not may_be_set(path)
    assert may_be_set("trust.prior")


def test_a_job_is_bounded_by_what_its_runs_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario("kalundborg")
    assert too_much_work(scenario, PUBLIC.stress_runs) == []
    large = dropped("x.toml", "name='x'\n[synthetic]\ncompanies=1500\n[time]\nstarts=1950\nends=2000\n")
    assert too_much_work(large, 100) == []
    (problem,) = too_much_work(large, HOME.stress_runs)
    assert "for so large a park" in str(problem)
    monkeypatch.setenv(limits_module.SERVED, "1")
    with pytest.raises(ScenarioError, match="at most 300"):
        dropped("x.toml", "name='x'\n[synthetic]\ncompanies=1500\n")


def test_without_room_in_memory_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.dashboard import room
    from experiments.dashboard.show import Show

    show = Show("classroom")
    show.to_year(2005)
    monkeypatch.setattr(room, "SHARE", 1e-6)
    for attempt in (lambda: show.start("kalundborg"), lambda: show.act("withdraw Brewery"), show.restart):
        with pytest.raises(ScenarioError, match="GB free"):
            attempt()
    assert show.name == "classroom"
    assert show.course.year == 2006
    assert show.twin is None
