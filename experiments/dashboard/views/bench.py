"""The work of one visitor in the background: a stress job, a sweep, an open folder."""

from __future__ import annotations

import base64
import functools
import math
import traceback
from collections.abc import Callable
from typing import Any

import solara

from experiments import look
from simulation.problems import ScenarioError

from .. import folders, sweep_job
from ..job import Job
from ..room import enough_room
from ..show import Show
from ..stress_job import Outcome, answered, question_of


def told_in(which: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A handler whose errors stand in one of the messages of the bench."""

    def decorated(method: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(method)
        def handled(self: Bench, *given: Any) -> None:
            message: solara.Reactive[str] = getattr(self, which)
            message.set("")
            try:
                method(self, *given)
            except ScenarioError as error:
                message.set(str(error))
            except Exception as error:
                traceback.print_exception(error)
                message.set(f"That cannot be read: {error}. Correct the entry and try again.")

        return handled

    return decorated


class Bench:
    """Jobs and results of one visitor, as reactive values."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.closed = False
        self.stress_job: Job | None = None
        self.sweep_job: Job | None = None
        self.stress_state: solara.Reactive[dict | None] = solara.reactive(None)
        self.sweep_state: solara.Reactive[dict | None] = solara.reactive(None)
        self.stress_told: solara.Reactive[dict | None] = solara.reactive(None)
        self.sweep_told: solara.Reactive[dict | None] = solara.reactive(None)
        self.stress_message, self.sweep_message, self.folder_message = (solara.reactive("") for _ in range(3))
        self.outcome: Outcome | None = None
        self.swept: tuple[sweep_job.Sweep, Any] | None = None
        self.folder: solara.Reactive[dict | None] = solara.reactive(None)
        self.table: solara.Reactive[dict | None] = solara.reactive(None)
        self.image = solara.reactive("")

    def close(self) -> None:
        """Stop all work."""
        self.closed = True
        for job in (self.stress_job, self.sweep_job):
            if job is not None:
                job.cancel()

    @told_in("stress_message")
    def start_stress(self, what: dict) -> None:
        """Begin paired runs on the park as it is, with what was done to it."""
        if self.stress_job is not None and self.stress_job.running:
            return
        enough_room()
        with self.show.lock:
            course = self.show.course.copy()
        asked = question_of(
            course,
            [str(name) for name in what["partners"]],
            [str(mode) for mode in what["modes"]],
            float(what["year"]),
            float(what["years"]),
            int(what["runs"]),
            int(what["order"]),
        )
        self.stress_told.set(None)
        self.stress_job = Job(functools.partial(answered, asked), self._stress_changed).start()
        self._stress_changed()

    def cancel_stress(self, _yes: Any) -> None:
        """Stop it."""
        if self.stress_job is not None:
            self.stress_job.cancel()

    def _stress_changed(self) -> None:
        job = self.stress_job
        if self.closed or job is None:
            return
        if job.state == "done":
            self.outcome = job.result
            self.stress_told.set(job.result.told)
        self.stress_state.set(state(job))

    @told_in("sweep_message")
    def start_sweep(self, what: dict) -> None:
        """Begin a sweep over one field of the park as it was founded, with what was done to it."""
        if self.sweep_job is not None and self.sweep_job.running:
            return
        enough_room()
        with self.show.lock:
            course = self.show.course.copy()
        numbers = {name: float(what[name]) for name in ("low", "high", "year")}
        sweep = sweep_job.Sweep(
            course,
            str(what["field"]),
            numbers["low"],
            numbers["high"],
            int(what["points"]),
            int(what["runs"]),
            numbers["year"],
        ).checked()

        def work(progress: Callable[[int, int], None]) -> Any:
            return sweep, sweep_job.swept(sweep, progress)

        self.sweep_told.set(None)
        self.sweep_job = Job(work, self._sweep_changed).start()
        self._sweep_changed()

    def cancel_sweep(self, _yes: Any) -> None:
        """Stop it."""
        if self.sweep_job is not None:
            self.sweep_job.cancel()

    def _sweep_changed(self) -> None:
        job = self.sweep_job
        if self.closed or job is None:
            return
        if job.state == "done":
            self.swept = job.result
            self.sweep_told.set(sweep_job.told(*job.result))
        self.sweep_state.set(state(job))

    @told_in("folder_message")
    def open_folder(self, name: str) -> None:
        """Open a result folder by its name."""
        self.table.set(None)
        self.image.set("")
        self.folder.set(folders.opened(str(name)) if name else None)

    @told_in("folder_message")
    def open_table(self, which: str) -> None:
        """The first rows of a table of the open folder."""
        if self.folder.value:
            self.table.set(folders.table(self.folder.value["name"], str(which)))

    @told_in("folder_message")
    def open_picture(self, which: str) -> None:
        """A figure of the open folder."""
        if self.folder.value:
            data = folders.picture(self.folder.value["name"], str(which))
            self.image.set("data:image/png;base64," + base64.b64encode(data).decode())


def state(job: Job) -> dict[str, Any]:
    """How far a job is, in numbers and words."""
    left = job.seconds_left
    said = {
        "waiting": "waits for its turn",
        "running": f"{look.count(job.done)} of {look.count(job.total)}"
        + (f", about {look.number(math.ceil(left), 2)} s left" if math.isfinite(left) else ""),
        "done": f"done: {look.count(job.total)}",
        "cancelled": "cancelled",
        "failed": f"failed: {job.error}",
    }[job.state]
    return {"running": job.running, "done": job.done, "total": job.total, "state": job.state, "said": said}
