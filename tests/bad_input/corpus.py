"""All rows by kind."""

from __future__ import annotations

from . import contents, designs, files, folders, ledgers, options, records, settings, tables, variants
from .row import Bad

CORPUS: dict[str, tuple[Bad, ...]] = {
    "files": files.ROWS,
    "variants": variants.ROWS,
    "contents of scenarios": contents.ROWS,
    "settings and events": settings.ROWS,
    "designs": designs.ROWS,
    "options": options.ROWS,
    "records of runs": records.ROWS,
    "tables": tables.ROWS,
    "ledgers": ledgers.ROWS,
    "folders": folders.ROWS,
}
"""Every bad input, by what is wrong."""
