"""What the commands `sweep` and `rerun` say."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from .. import folders
from .design import Until, load_design
from .forecast import forecast
from .ledger import DONE, FAILED
from .over_runs import spread_said
from .rerun import compared, recorded, repeated
from .status import status
from .stopping import came_to
from .sweep import planned, sweep


def dry(design: Path, workers: int | None, seed: int | None) -> str:
    """The forecast of a design file."""
    _, study = planned(design, seed)
    return forecast(study, workers).text()


def swept(
    design: Path, out: Path, workers: int | None, cluster: str | None, seed: int | None, retry_failed: bool
) -> str:
    """Run a design file and say what came out: each outcome over all runs, failures, where the files are."""
    table = sweep(
        design, out, workers=workers, cluster=cluster, seed=seed, retry_failed=retry_failed, quiet=False
    )
    lines, loaded = [status(out).text()], load_design(design)
    if isinstance(loaded.replicates, Until) and len(table):
        lines.append(came_to(table, loaded.replicates))
    done = table[table["status"] == DONE] if len(table) else table
    lines += [f"  {spread_said(done[name], name)}" for name in loaded.outcomes if len(done)]
    lines.append(f"Written to {out}: outcomes.parquet, a row a run; runs/*.parquet, a row a run and year")
    return "\n".join(lines)


def again(folder: Path, run: int, out: Path | None, command: str = "") -> tuple[str, bool]:
    """Repeat a run; what to say, and whether it is the run that the sweep kept, bit for bit."""
    target = out or folder / "reruns" / str(run)
    folders.checked(target, force=out is None)
    kept = recorded(folder, run)
    which = f"Run {run}, point {kept.job.point}, replicate {kept.job.replicate}"
    try:
        result = repeated(kept)
    except Exception:
        failed = kept.row.status == FAILED
        how = "fails again, as it did in the sweep" if failed else "fails now; the sweep has it as done"
        return f"{which}, {how}:\n{traceback.format_exc()}", failed
    found = compared(kept, result)
    try:
        with folders.alone(target):
            found.result.save(folders.made(target, "", 0), command, datetime.now(UTC))
    except OSError as error:
        raise folders.unwritable(target, error) from None
    if found.differences:
        said = "It is not what the sweep kept: " + "; ".join(found.differences)
    else:
        said = "Outcomes and series are those of the sweep, bit for bit."
    return f"{which}. {said}\nWritten to {target}", not found.differences
