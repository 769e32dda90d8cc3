"""The page of stress tests, small sweeps and results of the command line."""

from __future__ import annotations

import math

import solara

from .. import folders, sweep_job
from ..limits import limits
from ..settings import sweepable
from ..show import Show
from . import front
from .visitor import Visitor


@solara.component
def Stress(visitor: Visitor) -> None:
    """Paired runs."""
    bench, course = visitor.bench, visitor.show.course
    _ = visitor.acts.value
    first = course.foundation.calendar.first_year
    last = int(first + course.quarters / 4)
    with solara.Div():
        front.StressForm(
            partners=visitor.show.residents(),
            first=int(math.ceil(first)),
            last=last,
            suggested=int(course.year) if course.quarter > 4 else int(first + 0.6 * (last - first)),
            most=limits().stress_runs,
            together=limits().stress_pairs,
            job=bench.stress_state.value,
            told=bench.stress_told.value,
            message=bench.stress_message.value,
            event_start=bench.start_stress,
            event_cancel=bench.cancel_stress,
        )
        outcome = bench.outcome
        if bench.stress_told.value is not None and outcome is not None:
            with solara.Div(classes=["sp", "sp-downloads"]):
                for file in outcome.downloads:
                    solara.FileDownload(file.data, file.name, label=file.label)


@solara.component
def Sweep(visitor: Visitor) -> None:
    """One field at several values."""
    bench, course = visitor.bench, visitor.show.course
    _ = visitor.acts.value  # another park has other years
    first = course.foundation.calendar.first_year
    choices = solara.use_memo(lambda: numbers(visitor.show), [id(course.scenario)])
    with solara.Div():
        front.SweepForm(
            fields=choices,
            first=int(math.ceil(first)),
            last=int(first + course.quarters / 4),
            job=bench.sweep_state.value,
            told=bench.sweep_told.value,
            message=bench.sweep_message.value,
            event_start=bench.start_sweep,
            event_cancel=bench.cancel_sweep,
        )
        swept = bench.swept
        if bench.sweep_told.value is not None and swept is not None:
            with solara.Div(classes=["sp", "sp-downloads"]):
                solara.FileDownload(lambda: sweep_job.table(*swept), "sweep.csv", label="All runs (CSV)")


def numbers(show: Show) -> list[dict]:
    """What can be swept, for the list to choose from."""
    return [
        {"path": field.path, "meaning": field.meaning or field.path, "low": field.low, "high": field.high}
        for field in sweepable(show.course)
    ]


@solara.component
def Folders(visitor: Visitor) -> None:
    """Results of the command line."""
    bench = visitor.bench
    with solara.Div():
        front.FolderForm(
            root=str(folders.root().name),
            folders=folders.listed(),
            opened=bench.folder.value
            and {key: value for key, value in bench.folder.value.items() if key != "cards"},
            shown=bench.table.value,
            image=bench.image.value,
            message=bench.folder_message.value,
            event_open=bench.open_folder,
            event_table=bench.open_table,
            event_picture=bench.open_picture,
        )
        if bench.folder.value and bench.folder.value["cards"]:
            front.Cards(cards=bench.folder.value["cards"])


@solara.component
def StressPage(visitor: Visitor) -> None:
    """All of it."""
    Stress(visitor)
    Sweep(visitor)
    Folders(visitor)
