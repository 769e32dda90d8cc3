"""The layers of a scenario put together: catalogue, base of the base, base, file.

Each layer holds only what differs from those below it. In a file stand, beside what
`simulation.scenario` declares, `base = "NAME or path"`, `catalogue = "general" or "none"`, and
`remove = ["companies.Gyproc"]`, dotted paths that are dropped from the layers below.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from .edits import Raw, drop, merge, take_annotations
from .files import Document, read
from .parsing import measured
from .problems import Problem, ScenarioError, nearest, shown
from .scenario import Scenario
from .wording import FILE_KEYS, mistaken_numbers

CATALOGUES = ("general", "none")
MOST_BASES = 20
Source = Scenario | Mapping[str, Any] | str | os.PathLike[str]


@dataclasses.dataclass(frozen=True)
class Layers:
    """A raw scenario with all its layers in place, and the numbers in it that are none."""

    raw: Raw
    mistaken: tuple[Problem, ...] = ()


def resolved(source: Source) -> tuple[str, Layers]:
    """The name for messages, and the layers of a source."""
    if isinstance(source, Scenario):
        return source.name, Layers(source.model_dump(mode="json", by_alias=True))
    if isinstance(source, Mapping):
        measured("scenario", source)
        bases = _bases("scenario", Path(), source)
        return "scenario", _layered([*((each.label, each.raw) for each in bases), ("scenario", source)])
    if not isinstance(source, str | os.PathLike):
        allowed = "a bundled name, the path of a TOML file, the table of one, or a Scenario"
        raise ScenarioError([Problem("scenario", found=shown(source), allowed=allowed)])
    document = read(source)
    return document.label, _layered_files((*_bases(document.label, document.folder, document.raw), document))


def _bases(label: str, folder: Path, raw: Raw) -> list[Document]:
    """The files that a file is based on, the one that stands on nothing first."""
    bases: list[Document] = []
    names, seen = [label], {(folder / Path(label).name).resolve()}
    while "base" in raw:
        base = raw["base"]
        if not isinstance(base, str) or not base:
            raise ScenarioError(
                [Problem(label, "", "base", shown(base), "a bundled name, or the path of a TOML file")]
            )
        try:
            document = read(base, folder)
        except ScenarioError as error:
            said = {"file": label, "entry": "base", "field": shown(base)}
            raise ScenarioError(dataclasses.replace(each, **said) for each in error.problems) from None
        place = (document.folder / Path(document.label).name).resolve()
        names.append(document.label)
        if place in seen:
            raise ScenarioError(
                [
                    Problem(
                        label,
                        "",
                        "base",
                        f"a circle, {' -> '.join(names)}",
                        "a base that does not lead back here",
                    )
                ]
            )
        if len(bases) == MOST_BASES:
            found = f"a chain of more than {MOST_BASES} bases"
            raise ScenarioError([Problem(names[0], "", "base", found, f"at most {MOST_BASES}")])
        seen.add(place)
        bases.insert(0, document)
        label, folder, raw = document.label, document.folder, document.raw
    return bases


@lru_cache(maxsize=16)
def _layered_files(documents: tuple[Document, ...]) -> Layers:
    """Layers of files, put together once while their bytes are the same. Nobody may change the result."""
    return _layered([(each.label, each.raw) for each in documents])


def _layered(layers: list[tuple[str, Raw]]) -> Layers:
    merged = _catalogue(layers)
    problems: list[Problem] = []
    for label, raw in layers:
        removed = raw.get("remove", [])
        if not isinstance(removed, list) or not all(isinstance(each, str) for each in removed):
            problems.append(Problem(label, "", "remove", shown(removed), "a list of dotted paths"))
            continue
        for path in removed:
            try:
                merged = drop(merged, path)
            except ScenarioError as error:
                problems += [dataclasses.replace(each, file=label, entry="remove") for each in error.problems]
        own = {key: each for key, each in raw.items() if key not in FILE_KEYS}
        merged = merge(merged, _annotations_apart(own))
    if problems:
        raise ScenarioError(problems)
    return Layers(merged, tuple(mistaken_numbers(merged)))


def _catalogue(layers: list[tuple[str, Raw]]) -> Raw:
    """What lies under the lowest layer: the catalogue, unless the last layer that says so wants none."""
    label, chosen = "", "general"
    for name, raw in layers:
        label, chosen = (name, raw["catalogue"]) if "catalogue" in raw else (label, chosen)
    if chosen not in CATALOGUES:
        hint = nearest(chosen, CATALOGUES) if isinstance(chosen, str) else ""
        allowed = " or ".join(repr(each) for each in CATALOGUES)
        raise ScenarioError([Problem(label, "", "catalogue", shown(chosen), allowed, hint)])
    if chosen == "none":
        return {}
    from .catalogue import catalogue

    return catalogue()


def _annotations_apart(raw: Raw) -> Raw:
    plain, annotations = take_annotations(raw)
    stated = raw.get("provenance", {})
    if not annotations or not isinstance(stated, Mapping):
        return plain
    return {**plain, "provenance": {**stated, **annotations}}
