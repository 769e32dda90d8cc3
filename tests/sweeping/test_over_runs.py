"""Outcomes over many runs: a time that some runs never come to is neither left out nor a crash."""

import math
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import same_color

from experiments import look, sweep
from experiments.reporting import report
from experiments.sweeping.figures import OverFields, headline, over_fields
from experiments.sweeping.outcomes import PROOF, Outcome, Yearly, parsed
from experiments.sweeping.over_runs import field_value, quantiles, shown, spread_said
from simulation.run import simulate

NOT_ALL = pd.Series([2001.0, 2003.0, 2005.0, math.nan, math.nan])


def test_a_run_that_never_comes_to_it_counts_as_later_than_all_others() -> None:
    above = parsed("streams_first_above_5")
    assert quantiles(NOT_ALL, above, [0.05, 0.5, 0.6, 0.61, 1]) == [2001, 2005, 2005, math.inf, math.inf]
    assert "median 2005, 5 to 95 % of runs 2001 to never (model result, 5 runs, in 2 never)" in spread_said(
        NOT_ALL, above.text
    )
    assert spread_said(NOT_ALL * math.nan, above.text).endswith("never (model result, 5 runs)")


def test_other_outcomes_keep_plain_quantiles() -> None:
    values = pd.Series([1.0, 2.0, 4.0])
    assert quantiles(values, parsed("streams_2000"), [0.25, 0.5]) == [1.5, 2.0]


@pytest.mark.parametrize("unit", ["year", "years", "EUR", ""])
def test_no_number_is_a_dash_in_every_unit(unit: str) -> None:
    assert shown(math.nan, unit) == look.NOTHING


def test_the_page_of_a_sweep_whose_outcome_never_comes(tmp_path: Path) -> None:
    names = ["streams_first_above_500", "streams_first_above_5"]
    axes = {"trust.prior": [0.2, 0.6]}
    table = sweep(
        {"scenario": "classroom", "replicates": 4, "outcomes": names, "until": 2012, "axes": axes}, tmp_path
    )
    late = table[names[1]].isna()
    assert table[names[0]].isna().all() and late.any() and not late.all()
    text = report(tmp_path).read_text(encoding="utf-8")
    assert "streams_first_above_500: never, in 8 runs." in text and f"({(~late[::2]).sum()} of 4)" in text
    assert "nan" not in text.lower().split()


def test_a_figure_has_a_place_for_never_above_all_that_come() -> None:
    runs = pd.DataFrame({"point": [0, 0, 1, 1], "trust.prior": [0.2, 0.2, 0.6, 0.6],
                         "streams_first_above_5": [math.nan, math.nan, 2003.0, 2004.0]})  # fmt: skip
    of = OverFields(runs, ["trust.prior"], "streams_first_above_5")
    assert headline(of) == "streams_first_above_5 goes from never to 2003 as trust.prior goes from 0.2 to 0.6"
    (axes,) = over_fields(of).axes
    ticks = dict(zip([each.get_text() for each in axes.get_yticklabels()], axes.get_yticks(), strict=True))
    assert ticks["never"] > 2004 and {"2003", "2004"} <= set(ticks)
    (dots,) = [line for line in axes.lines if same_color(line.get_color(), look.LIGHT.ink)]
    assert list(dots.get_ydata()) == [ticks["never"], 2003]


def test_a_recovery_that_the_last_year_does_not_bear_out_is_none() -> None:
    events = ['2012 withdraw "Power station"', '2028.5 invite "Power station"']
    run = Yearly(simulate("classroom", 1, until=2030, events=events[:1]))
    twin = Yearly(simulate("classroom", 1, until=2030))
    since, late = run.shock(twin), len(run.table) - PROOF // 2
    run.table["streams"][since:late] = 0
    run.table["streams"][late:] = twin.table["streams"][late:]
    recovery = Outcome("streams_recovery", "streams", "recovery")
    assert math.isnan(recovery.value(run, twin))
    run.table["streams"][len(run.table) - PROOF :] = twin.table["streams"][len(run.table) - PROOF :]
    assert recovery.value(run, twin) == (len(run.table) - PROOF - since) / 4


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [("association.starts", 2012.4, "2012"), ("association.starts", 9999, "never"), ("trust.prior", 0.25, "0.25"),
     ("contract.notice", 2, "2"), ("trade.transaction", 2300.0, f"2{look.THIN}300"),
     ('companies."Novo Nordisk".arrives', 1999.0, "1999")],
)  # fmt: skip
def test_a_year_among_the_fields_is_told_as_one(path: str, value: float, said: str) -> None:
    assert field_value(path, value) == said
