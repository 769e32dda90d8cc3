"""What the command `discover` says, writes and draws."""

from __future__ import annotations

import json
from pathlib import Path

from simulation.writing import write_text

from .. import look
from ..sweeping.over_runs import field_value
from .boxes import Box, Discovery, discover


def performed(folder: Path, bad: str, method: str, threshold: float, as_json: bool) -> str:
    """Find boxes, write discovery.json and the figure into the folder of the sweep, and say them."""
    found = discover(folder, bad, method, threshold)
    record = _as_object(found)
    write_text(folder / "discovery.json", json.dumps(record, indent=1, ensure_ascii=False))
    from ..canvas import save
    from .figure import figure

    path = save(figure(found), folder / "figures" / f"discovery-{method}.png")
    if as_json:
        return json.dumps(record | {"figure": str(path)}, ensure_ascii=False)
    return f"{text(found)}\n\nWritten to {folder}: discovery.json, figures/{path.name}"


def text(found: Discovery) -> str:
    """The boxes as plain lines, headline first."""
    total = len(found.is_case)
    lines = [f"{found.bad} in {look.share(found.is_case.mean())} of {look.count(total)} runs (model result)."]
    if not found.boxes:
        return "\n".join([*lines, "No box of conditions tells these runs from the others."])
    lines[0] += " " + _headline(found.boxes[0])
    for number, box in enumerate(found.boxes, 1):
        lines += ["", f"Box {number}: {_measures(box)}"]
        for name, (low, high) in box.limits.items():
            lines.append(f"  {condition(found, name, low, high)}{_chance(box, name)}")
    return "\n".join(lines)


def condition(found: Discovery, name: str, low: float, high: float) -> str:
    """A limit in words: trust.prior below 0.34."""
    least, most = found.fields[name].min(), found.fields[name].max()
    if low <= least:
        return f"{name} at most {field_value(name, high)}"
    if high >= most:
        return f"{name} at least {field_value(name, low)}"
    return f"{name} from {field_value(name, low)} to {field_value(name, high)}"


def _headline(box: Box) -> str:
    return (
        f"{look.share(box.coverage)} of them lie in one box of {look.plural(len(box.limits), 'condition')}, "
        f"where it is so in {look.share(box.density)} of runs."
    )


def _measures(box: Box) -> str:
    return f"coverage {look.share(box.coverage)}, density {look.share(box.density)}, {look.share(box.mass)} of all runs"


def _chance(box: Box, name: str) -> str:
    chance = box.chance.get(name)
    if chance is None:
        return ""
    return f"   (by luck: {'less than 0.001' if chance < 0.001 else look.number(chance, 2)})"


def _as_object(found: Discovery) -> dict[str, object]:
    boxes = [
        {"limits": {name: list(limits) for name, limits in box.limits.items()}, "coverage": box.coverage,
         "density": box.density, "mass": box.mass, "chance": box.chance}
        for box in found.boxes
    ]  # fmt: skip
    return {
        "symbiopark": 1, "kind": "discovery", "bad": found.bad, "method": found.method, "model_result": True,
        "runs": len(found.is_case), "cases": int(found.is_case.sum()), "boxes": boxes,
    }  # fmt: skip
