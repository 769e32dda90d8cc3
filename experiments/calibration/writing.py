"""The files of a calibration: numbers as JSON, the posterior as a table, the variant, figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulation.writing import write_text

from .coverage import told
from .prior import Free
from .variant import variant

if TYPE_CHECKING:
    from .calibrate import Calibration


def design_text(
    source: str, until: int, free: Sequence[Free], samples: int, replicates: int, seed: int
) -> str:
    """What was asked, as TOML beside the ledger."""
    import tomli_w

    over = {each.path: {"low": each.low, "high": each.high} for each in free}
    asked = {"scenario": source, "until": until, "samples": samples, "replicates": replicates, "seed": seed}
    return tomli_w.dumps({**asked, "over": over})


def write(found: Calibration, figures: bool) -> None:
    """Write everything into the folder of the calibration."""
    from simulation.result import write_frame

    folder = found.folder
    units = {each.path: each.unit for each in found.free} | {
        each.name: each.unit for each in found.statistics
    }
    write_frame(table(found), folder / "posterior.parquet", units)
    write_frame(found.convergence, folder / "convergence.parquet", {})
    write_frame(found.coverage, folder / "coverage.parquet", {})
    text = variant(found.scenario, found.source, folder, found.estimates, found.until, found.command)
    write_text(folder / "calibrated.toml", text)
    write_text(folder / "calibration.json", json_text(found))
    if figures:
        from .figures import draw

        draw(found)


def table(found: Calibration) -> pd.DataFrame:
    """A row a kept run: weight, distance, adjusted parameters, the same as they were run, statistics."""
    post = found.posterior
    columns: dict[str, Any] = {"run_row": post.rows, "weight": post.weights, "distance": post.distance}
    for at, each in enumerate(found.free):
        columns[each.path] = each.value(post.shares[:, at])
    for at, each in enumerate(found.free):
        columns[f"{each.path} as run"] = each.value(post.kept[:, at])
    for at, statistic in enumerate(found.statistics):
        columns[statistic.name] = found.sample.runs[post.rows, at]
    return pd.DataFrame(columns)


def json_text(found: Calibration) -> str:
    """The record of a calibration: what was asked and what was found, in the units of the fields."""
    return json.dumps(record(found), indent=1, ensure_ascii=False)


def record(found: Calibration) -> dict[str, Any]:
    """The same as plain data."""
    post = found.posterior
    return {
        "symbiopark_calibration": 1,
        "scenario": found.source,
        "until": found.until,
        "command": found.command,
        "points": int(found.sample.point.max()) + 1,
        "runs": len(found.sample.runs),
        "failed": found.failed,
        "accept": found.accept,
        "kept": len(post.rows),
        "effective": post.effective,
        "tolerance": post.tolerance,
        "adjusted": post.adjusted,
        "seed": found.seed,
        "parameters": [_parameter(each) for each in found.estimates],
        "statistics": _statistics(found),
        "distance": {
            "present": found.gain.present,
            "proposed": found.gain.proposed,
            "posterior": found.gain.drawn,
            "difference": found.gain.difference,
            "difference_interval": list(found.gain.interval),
            "better": found.gain.better,
            "subjects": {
                subject: {"present": present, "proposed": new}
                for subject, (present, new) in found.gain.subjects.items()
            },
        },
        "coverage": told(found.coverage).to_dict("records"),
        "without_subject": found.subjects.to_dict("records"),
    }


def _parameter(each: Any) -> dict[str, Any]:
    free = each.free
    return {
        "field": free.path,
        "meaning": free.meaning,
        "unit": free.unit,
        "low": free.low,
        "high": free.high,
        "prior": "whole numbers" if free.whole else "uniform on the logarithm" if free.log else "uniform",
        "prior_interval": list(each.prior),
        "present": free.present,
        "mean": each.mean,
        "median": each.median,
        "interval_90": list(each.interval),
        "interval_50": list(each.half),
        "ratio": each.ratio,
        "ratio_interval": list(each.ratio_interval),
        "verdict": each.verdict,
    }


def out_of_reach(found: Calibration) -> list[str]:
    """Statistics of which every kept run is on the same side of the record."""
    kept = found.sample.runs[found.posterior.rows]
    return [
        each.name
        for each, low, high in zip(found.statistics, kept.min(axis=0), kept.max(axis=0), strict=True)
        if not low <= each.recorded <= high
    ]


def _statistics(found: Calibration) -> list[dict[str, Any]]:
    """Each statistic: recorded, its scale, and medians with 90 % intervals of runs before and after."""
    rows, missed = [], out_of_reach(found)
    groups = {
        "prior": found.sample.runs,
        "present": found.check.present,
        "proposed": found.check.proposed,
        "posterior": found.check.drawn,
    }
    for at, each in enumerate(found.statistics):
        row: dict[str, Any] = {
            "name": each.name,
            "subject": each.subject,
            "meaning": each.meaning,
            "unit": each.unit,
            "recorded": each.recorded,
            "scale": float(found.scale[at]),
            "weight": float(found.weight[at]),
            "reached": each.name not in missed,
        }
        for name, runs in groups.items():
            low, middle, high = np.quantile(runs[:, at], [0.05, 0.5, 0.95])
            row[name] = {"median": float(middle), "interval_90": [float(low), float(high)]}
            row[name]["mean"] = float(runs[:, at].mean())
        rows.append(row)
    return rows
