"""What `symbiopark validate` does: check, run, write, say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .. import folders
from ..progress import Progress
from .nulls import NAMES
from .study import FILES, validate


def validated(
    scenario: str,
    *,
    runs: int,
    seed: int | None,
    settings: Sequence[tuple[str, str]] = (),
    uncertain: bool = False,
    nulls: bool = True,
    workers: int | None = None,
    cluster: str | None = None,
    out: Path | None = None,
    force: bool = False,
    as_json: bool = False,
    draw: bool = True,
) -> str:
    """Validate a scenario, write to `out` where it is given, and return what to print.

    Everything typed is checked before the first run. Raises ScenarioError.
    """
    folders.checked(out, force, FILES)
    progress = Progress(runs * (1 + len(NAMES) * nulls), quiet=as_json)
    found = validate(
        scenario, runs, 1 if seed is None else seed, uncertain=uncertain, nulls=nulls, workers=workers, cluster=cluster,
        tell=progress.advance, set=dict(settings),
    )  # fmt: skip
    try:
        said = json.dumps(found.as_json(), ensure_ascii=False) if as_json else found.text()
        progress.close()
        if out is None:
            return said
        with folders.alone(out):
            found.save(out, draw)
    except OSError as error:
        raise folders.unwritable(out or folders.RUNS, error) from None
    finally:
        found.close()
    return said if as_json else f"{said}\n\nWritten to {out}: {', '.join(sorted(FILES))}"
