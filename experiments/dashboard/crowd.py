"""A crowd on the page: `python -m experiments.dashboard.crowd --minutes 10` has fifty visitors come and go.

Every visitor is a real session on a real server, over HTTP and a WebSocket as from a browser, but draws nothing
(`tab`): fifty browsers would measure themselves. They open the page, let the years pass, withdraw a partner,
change a setting, look at other pages, and leave, every third without saying so. Needs Linux (/proc).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from experiments import look

from .borne import Watch, rows, table
from .load import free_port, wait_until_ready
from .places import FULL
from .server import TIDIED
from .tab import Tab, TurnedAway
from .watched import EVERY

THOUGHT = 1.5
"""Mean seconds between two clicks."""
FORGOTTEN = 300.0
"""Seconds after which the server should long have forgotten those who left without saying so, after two minutes."""
JOB = 300.0
"""Seconds after which a stress test counts as lost."""
FULL_SIGNS = (FULL, "503", "at the door")
Times = dict[str, list[float]]


class Crowd:
    """Visitors, each in a thread of its own, and what they saw."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address, self.seconds = address, seconds
        self.times: Times = {"open": [], "click": [], "job": []}
        self.visits = self.refused = self.silent = 0
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def visit_until_closing(self, number: int) -> None:
        """One visitor after the other on one chair."""
        luck, closing = random.Random(number), time.time() + self.seconds
        time.sleep(luck.uniform(0, 20))
        while time.time() < closing:
            try:
                self._visit(luck)
            except TurnedAway as error:
                self._count(refused=1) if any(sign in str(error) for sign in FULL_SIGNS) else self._wrong(
                    error
                )
                time.sleep(luck.uniform(2, 8))
            except Exception as error:  # whatever went wrong is a finding, and the next visitor comes
                self._wrong(error)
                time.sleep(2)

    def rehearse(self) -> None:
        """One visitor alone who sees everything, so that all parks and libraries are loaded; not counted."""
        luck, tab = random.Random(0), Tab(self.address)
        for park in ("kwinana", "ulsan", "classroom", "kalundborg"):
            tab.tell("choose", park)
            for act in (self._withdraw, self._set, self._look_around, self._try_losses):
                act(tab, luck)
            tab.tell("go", "/")
        tab.leave()
        self.times = {what: [] for what in self.times}

    def _visit(self, luck: random.Random) -> None:
        began = time.monotonic()
        tab = Tab(self.address, luck.choice(["/", "/", "/flows", "/scenario"]))
        try:
            if FULL in tab.words():
                tab.leave()
                raise TurnedAway(FULL)
            self._took("open", time.monotonic() - began)
            self._count(visits=1)
            self._click(tab, luck, "go", "/")
            for act in (self._play, self._withdraw, self._set, self._look_around, self._play):
                act(tab, luck)
            if luck.random() < 0.1:
                self._try_losses(tab, luck)
        except BaseException:
            tab.leave(goodbye=False)
            raise
        goodbye = luck.random() > 0.33
        tab.leave(goodbye)
        self._count(silent=not goodbye)

    def _play(self, tab: Tab, luck: random.Random) -> None:
        self._click(tab, luck, "pace", luck.choice([4, 8, 16]))
        self._click(tab, luck, "play", True)
        time.sleep(luck.uniform(2, 6))
        self._click(tab, luck, "play", False)

    def _withdraw(self, tab: Tab, luck: random.Random) -> None:
        self._click(tab, luck, "to_year", luck.randint(1975, 2005))
        partners = tab.state("act")["now"]["partners"]
        self._click(tab, luck, "act", {"verb": "withdraw", "name": luck.choice(partners)})
        self._click(tab, luck, "to_year", 2015)
        row = luck.choice(tab.state("drawn")["frame"]["companies"])["row"]
        self._click(tab, luck, "pick", {"kind": "company", "row": row})

    def _set(self, tab: Tab, luck: random.Random) -> None:
        self._click(tab, luck, "act", {"verb": "levy", "value": luck.choice([0, 2, 5])})
        if luck.random() < 0.3:
            self._click(tab, luck, "act", {"verb": "style", "name": luck.choice(["boulware", "conceder"])})
        if luck.random() < 0.3:
            self._click(tab, luck, "restart", luck.randint(1, 999))
        if luck.random() < 0.2:
            self._click(tab, luck, "choose", luck.choice(["kwinana", "ulsan", "classroom", "kalundborg"]))

    def _look_around(self, tab: Tab, luck: random.Random) -> None:
        for path in luck.sample(["/flows", "/lessons", "/scenario", "/stress"], 2):
            self._click(tab, luck, "go", path)
            if path == "/scenario":
                self._click(tab, luck, "search", {"words": "trust", "live": False})
            if path == "/flows":
                self._click(tab, luck, "kind", "water")
        self._click(tab, luck, "go", "/")

    def _try_losses(self, tab: Tab, luck: random.Random) -> None:
        self._click(tab, luck, "go", "/stress")
        form = tab.state("start")
        year = min(form["suggested"], form["last"] - 9)
        partners = [each["name"] for each in form["partners"] if each["from"] < year < each["to"]]
        asked = {"partners": partners[:3], "modes": ["exit"], "year": year, "years": 8, "runs": 5, "order": 1}
        began = time.monotonic()
        self._click(tab, luck, "start", asked)
        if tab.state("start").get("message"):
            raise ValueError(tab.state("start")["message"])
        tab.wait_for(lambda: (tab.state("start").get("job") or {"running": True})["running"] is False, JOB)
        self._took("job", time.monotonic() - began)
        if tab.state("start")["job"]["state"] != "done":
            raise ValueError(tab.state("start")["job"]["said"])

    def _click(self, tab: Tab, luck: random.Random, event: str, data: Any) -> None:
        self._took("click", tab.tell(event, data))
        time.sleep(luck.expovariate(1 / THOUGHT))

    def _took(self, what: str, seconds: float) -> None:
        with self._lock:
            self.times[what].append(seconds)

    def _count(self, visits: int = 0, refused: int = 0, silent: int = 0) -> None:
        with self._lock:
            self.visits, self.refused = self.visits + visits, self.refused + refused
            self.silent += silent

    def _wrong(self, error: Exception) -> None:
        with self._lock:
            self.errors.append(f"{type(error).__name__}: {error}"[:200])


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="How long visitors come.")
@click.option("--visitors", default=50, show_default=True, help="How many at a time.")
@click.option(
    "--crowds", default=1, show_default=True, help="Crowds, one after the other has been forgotten."
)
def main(minutes: float, visitors: int, crowds: int) -> None:
    """Visit a server with a crowd and print how it bore up, as a table of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        log, lines = Path(folder) / "log", Path(folder) / "lines"
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "experiments.dashboard.watched", str(port), str(lines)]
        with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
            try:
                wait_until_ready(address)
                crowd = Crowd(address, 60 * minutes)
                crowd.rehearse()
                _forgotten(lines)
                seen = []
                for _ in range(crowds):
                    began = len(_read(lines))
                    _all(crowd.visit_until_closing, visitors)
                    left = len(_read(lines))
                    _forgotten(lines)
                    seen.append((began, left, len(_read(lines))))
                crashed = server.poll()
            finally:
                server.terminate()
                server.wait(30)
        told, watch = log.read_text(), Watch(_read(lines), seen)
        print(
            f"{visitors} visitors at a time, {look.number(minutes)} minutes, {look.plural(crowds, 'crowd')}\n"
        )
        print(table(rows(crowd, watch, told, crashed)))
        for error, count in Counter(crowd.errors).most_common(8):
            print(f"failed {look.plural(count, 'time')}: {error}")
        print("\nMB each minute", *(f"{line['mb']:.0f}" for line in watch.lines[::12]))
        print(told[-4000:] if "Traceback" in told else "")


def _forgotten(lines: Path) -> None:
    """Wait until the server holds no tab any more and has tidied up, at most as long as it remembers a lost one."""
    ends = time.monotonic() + FORGOTTEN
    while time.monotonic() < ends:
        time.sleep(TIDIED + EVERY)
        if _read(lines)[-1]["kernels"] == 0:
            time.sleep(TIDIED + EVERY)
            return


def _all(work: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _read(lines: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.read_text().splitlines()]


if __name__ == "__main__":
    main()
