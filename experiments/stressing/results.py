"""The folder of a stress test: its tables as Parquet, its question and headline as stress.json, its figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.result import versions, write_frame
from simulation.writing import write_text

from ..sweeping.jobs import model_version
from . import contrasts, recovery, who_loses
from .findings import Findings
from .notes import notes
from .words import headline

if TYPE_CHECKING:
    import pandas as pd

RECORD = "stress.json"
MOST_IN_RECORD = 50

TABLES: dict[str, Callable[[Findings], pd.DataFrame]] = {
    "contingencies": lambda findings: findings.contingencies,
    "ranking": lambda findings: findings.ranking,
    "recovery": recovery.recovery,
    "curves": recovery.curves,
    "company_loss": who_loses.company_loss,
    "cascade": who_loses.cascade,
    "replaced": who_loses.replaced,
    "pairs": contrasts.interactions,
    "differences": contrasts.differences,
    "network": contrasts.beside_network,
    "smallest_sets": contrasts.smallest_sets,
}
"""Tables of a stress test by file name; those that were not asked for have no rows and are not written."""

UNITS = {
    "value_held": "EUR/year", "value_at_once": "EUR/year", "value_followed": "EUR/year", "own_lost": "EUR",
    "others_lost": "EUR", "others_harm": "EUR", "others_gain": "EUR", "replaced": "1", "value": "EUR/year",
    "streams_lost": "stream years", "savings_lost": "EUR", "co2_avoided_lost": "t", "socio_economic_lost": "EUR",
    "year": "year", "years": "year", "since": "year", "savings": "EUR/year", "profit": "EUR/year", "share": "1",
    **{f"{name}_{figure}": unit for name in ("streams", "savings", "co2_avoided", "socio_economic")
       for figure, unit in (("depth", "1"), ("integral", "years"), ("years", "years"), ("recovered", "1"))},
}  # fmt: skip


def written(findings: Findings, folder: Path, figures: bool = True) -> None:
    """Write tables, figures and, last, stress.json. Raises ScenarioError where the folder cannot be written."""
    from ..folders import unwritable

    try:
        for name, table in TABLES.items():
            frame = table(findings)
            if len(frame) or name in ("company_loss", "recovery"):
                kept = frame[[column for column in frame if not str(column).startswith("_")]]
                write_frame(kept, folder / f"{name}.parquet", UNITS)
        if figures:
            from .figures import save_figures

            save_figures(findings, folder / "figures")
        write_text(folder / RECORD, json.dumps(record(findings), indent=1, ensure_ascii=False))
    except OSError as error:
        raise unwritable(folder, error) from None


def record(findings: Findings) -> dict[str, Any]:
    """Question, headline, worst losses, versions: what a page, a program or a reader needs first."""
    return {
        "symbiopark_stress": 1,
        "headline": headline(findings),
        "notes": notes(findings),
        "question": findings.question.said(),
        "runs": findings.replicates,
        "park": {
            name: findings.ahead(name) for name in ("savings", "streams", "co2_avoided", "socio_economic")
        },
        "ranking": plain(findings.worst().head(MOST_IN_RECORD)),
        "network": contrasts.agreement(findings),
        "model": model_version(),
        "versions": versions(),
    }


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data, what is not there as null."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=10))
    return rows
