"""Write the page of licences anew: `python -m tests.rewrite_licences`.

Versions are those of constraints.txt, licences what the installed packages say of themselves. A
package that is not installed in that version keeps the row that the page has.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, requires
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
LONGEST = 60
HEAD = """# Licences of what symbiopark builds on

Written by `python -m tests.rewrite_licences` from constraints.txt and from what the installed packages say
of themselves; do not edit by hand. None of their code is part of this repository: pip installs them.
symbiopark itself is under the [MIT licence](../LICENSE).

`pip install symbiopark` brings the packages of "symbiopark" and those behind them; an extra brings its own.
Platypus-Opt, which ema_workbench needs (extra `discovery`), is under the GNU General Public License: symbiopark
neither imports nor ships it. Whoever passes on an installation with that extra passes it on too.

| Package | Version | Needed for | Licence |
|---|---|---|---|
"""


def page() -> str:
    """The whole page in Markdown."""
    kept, needed = rows_of_page(), needed_for()
    rows = []
    for name, version in constraints().items():
        licence = installed_licence(name, version) or kept.get(name, ("", "not installed here"))[1]
        rows.append(
            f"| {name} | {version} | {needed.get(plain(name), 'an extra of a package')} | {licence} |\n"
        )
    return HEAD + "".join(rows)


def constraints() -> dict[str, str]:
    """Versions that are installed, by name of the package."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    return dict(line.split("==") for line in lines)


def needed_for() -> dict[str, str]:
    """What each package is needed for: the model itself, or an extra; directly, or behind another package."""
    project = project_table()
    groups = {"symbiopark": project["dependencies"]}
    groups |= {f"extra {extra}": own for extra, own in project["optional-dependencies"].items()}
    found: dict[str, str] = {}
    for group, own in groups.items():
        direct = [plain(name_of(each)) for each in own]
        found |= {name: group for name in direct if name not in found}
        found |= {name: f"behind {group}" for name in behind(direct) if name not in found}
    return found


def behind(names: list[str]) -> list[str]:
    """Packages that the named ones need, and those that these need, extras left out; of what is installed."""
    seen, open_ones = [], list(names)
    while open_ones:
        with contextlib.suppress(PackageNotFoundError):
            for each in requires(open_ones.pop()) or []:
                name = plain(name_of(each))
                if "extra ==" not in each and name not in (*seen, *names):
                    seen.append(name)
                    open_ones.append(name)
    return seen


def project_table() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def rows_of_page() -> dict[str, tuple[str, str]]:
    """Version and licence by package, as the page has them."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: (row[1], row[3]) for row in cells if row[0] != "Package"}


def installed_licence(name: str, version: str) -> str:
    """The licence of an installed package; empty if it is not installed in that version."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    return licence(said) if said["Version"] == version else ""


def licence(said: PackageMetadata) -> str:
    """An SPDX expression where a package gives one, else its classifiers, else its own words in short."""
    if expression := said.get("License-Expression"):
        return str(expression)
    classified = [
        each.rpartition(" :: ")[2]
        for each in said.get_all("Classifier") or []
        if each.startswith("License ::") and not each.endswith("OSI Approved")
    ]
    if classified:
        return ", ".join(dict.fromkeys(classified))
    words = " ".join(str(said.get("License") or "").split())
    return words[:LONGEST] if words else "not stated"


def name_of(requirement: str) -> str:
    """The package that a requirement names."""
    match = re.match(r"[\w.-]+", requirement)
    assert match is not None
    return match[0]


def plain(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE}")
