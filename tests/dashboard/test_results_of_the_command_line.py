"""Folders that the command line has written, opened on the page in a real browser: a run, a stress test, a sweep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from experiments.cli import commands

from .conftest import served

DESIGN = """scenario = "classroom"
design = "factorial"
replicates = 2
outcomes = ["streams_2005"]

[axes]
"trust.prior" = [0.3, 0.6]
"""
DATE = re.compile(r"^20\d\d(\.\d+)?$")
MADE = (
    ("run", "classroom", "--seed", "3", "--out", "runs/harbour"),
    ("stress", "classroom", "--year", "2012", "--runs", "3", "--workers", "1", "--out", "runs/losses"),
    ("sweep", "design.toml", "--workers", "1", "--out", "runs/trust"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server in a folder where the command line was at work."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "design.toml").write_text(DESIGN)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command in MADE:
            outcome = CliRunner().invoke(commands, command)
            assert outcome.exit_code == 0, outcome.output
    with served(folder) as url:
        yield url


def opened(page: Any, folder: str, said: str) -> None:
    page.select_option("[data-test=folder]", folder)
    expect(page.locator("[data-test=folder-headline]")).to_contain_text(said)


def look_at(page: Any, picture: str) -> None:
    page.click(f"[data-test='picture-{picture}.png']")
    page.wait_for_function("document.querySelector('[data-test=picture]')?.naturalWidth > 300")


def test_a_run_shows_its_headline_curves_figures_and_tables(visit: Any) -> None:
    page = visit("/stress")
    expect(page.locator("[data-test=folder] option")).to_have_count(4)
    opened(page, "harbour", "Eight companies by the harbour, seed 3")
    expect(page.locator("[data-card^=saved-] polyline")).to_have_count(6)
    look_at(page, "map")
    page.click("[data-test=table-contracts]")
    table = page.locator("[data-test=table]")
    expect(table).to_contain_text("Power station")
    signed = table.locator("th").all_inner_texts().index("signed\nyear")
    expect(table.locator("tbody tr").first.locator("td").nth(signed)).to_have_text(DATE)
    page.click("[data-test=table-indicators]")
    expect(table.locator("tbody tr").nth(1).locator("td").first).to_have_text("2000.25")


def test_a_stress_test_shows_who_would_be_missed(visit: Any) -> None:
    page = visit("/stress")
    opened(page, "losses", "The loss of Power station (exit, 2012) costs the park savings of")
    expect(page.locator("section[aria-label='Result folders']")).to_contain_text("3 of 3 runs done")
    look_at(page, "ranking")
    page.click("[data-test=table-ranking]")
    expect(page.locator("[data-test=table] tbody tr").first).to_contain_text("Power station")


def test_a_sweep_shows_its_runs(visit: Any) -> None:
    page = visit("/stress")
    opened(page, "trust", "Sweep, 4 of 4 runs done, 0 failed. Finished.")
    page.click("[data-test='table-runs of the ledger']")
    expect(page.locator("[data-test=table] tbody tr")).to_have_count(4)
    expect(page.locator("[data-test=table] th")).to_have_text(
        ["point", "replicate", "status", "streams_2005"]
    )
    page.click("[data-test=table-outcomes]")
    expect(page.locator("[data-test=table]")).to_contain_text("trust.prior")
