"""Times that a run need not come to, in sensitivity studies and discoveries: never is late, not left out."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import sensitivity, sweep
from experiments.discovery.boxes import discover
from experiments.discovery.command import text as discovered
from experiments.reporting import report
from experiments.sensitivities.said import headline, text
from experiments.sensitivities.study import Sensitivity

OVER = {"trust.prior": (0.2, 0.8), "association.starts": (2001.0, 2012.0)}
SOON, NEVER = "streams_first_above_5", "streams_first_above_500"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sensitivity]:
    folder = tmp_path_factory.mktemp("never") / "study"
    return folder, sensitivity("classroom", over=OVER, of=[SOON, NEVER], samples=8, out=folder)


def test_never_counts_as_the_end_of_the_run_and_is_told(study: tuple[Path, Sensitivity]) -> None:
    folder, found = study
    runs = pd.read_parquet(folder / "outcomes.parquet")
    assert found.never == {SOON: int(runs[SOON].isna().sum()), NEVER: len(runs)} and found.failed == 0
    said = text(found)
    assert f"{NEVER}: never, in any run" in said and f"Never in {len(runs)} of {len(runs)} runs" in said
    assert np.isfinite(found.table.loc[found.table["index"] != "mu", "value"]).all()


def test_the_page_of_a_study_draws_an_outcome_that_never_varies(study: tuple[Path, Sensitivity]) -> None:
    page = report(study[0]).read_text(encoding="utf-8")
    assert f"{NEVER}: never, in any run." in page and "Settings and where they come from" in page
    assert "<td>2012</td>" in page.replace(' class="number"', ""), "years without thousands"


def test_a_run_that_never_comes_to_it_is_late_for_a_discovery(tmp_path: Path) -> None:
    axes = {"trust.prior": [0.2, 0.4, 0.6, 0.8]}
    sweep(
        {"scenario": "classroom", "replicates": 8, "outcomes": [SOON], "until": 2012, "axes": axes}, tmp_path
    )
    runs = pd.read_parquet(tmp_path / "outcomes.parquet")
    assert 0 < runs[SOON].isna().sum() < len(runs)
    latest = int(runs[SOON].max())
    found = discover(tmp_path, f"{SOON} > {latest}")
    assert found.is_case.tolist() == runs[SOON].isna().tolist()
    assert f"{SOON} > {latest} in" in discovered(found)


def test_an_index_that_may_as_well_be_nothing_is_no_headline(study: tuple[Path, Sensitivity]) -> None:
    _, found = study
    wide = dataclasses.replace(found, table=found.table.assign(value=0.6, half_width=0.6))
    assert headline(wide, SOON) == f"{SOON}: the sample is too small to say which field matters most"
    narrow = dataclasses.replace(found, table=found.table.assign(value=0.6, half_width=0.1))
    assert headline(narrow, SOON).endswith("it has a part in 60 % ± 10 % of the variance")
