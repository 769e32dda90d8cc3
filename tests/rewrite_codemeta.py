"""Write codemeta.json anew from pyproject.toml: `python -m tests.rewrite_codemeta`.

What pyproject.toml says is taken from there; the rest of the file is kept as it stands.
"""

from __future__ import annotations

import json
from typing import Any

from .rewrite_licences import ROOT, project_table

FILE = ROOT / "codemeta.json"


def text() -> str:
    """The file with the name, version, licence, authors and requirements of pyproject.toml."""
    project = project_table()
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    kept |= {
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "license": f"https://spdx.org/licenses/{project['license']}",
        "author": [{"@type": "Organization", "name": each["name"]} for each in project["authors"]],
        "keywords": project["keywords"],
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
    }
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"Written: {FILE}")
