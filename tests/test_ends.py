"""How commands end from outside: signals, readers and terminals that go away, output that cannot be written."""

from __future__ import annotations

import errno
import io
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from experiments import terminal
from experiments.progress import Progress

ROOT = Path(__file__).parents[1]
SLOW = (
    "import time, experiments.performance as p\n"
    "def slow(*a, **k): print('started', flush=True); time.sleep(60)\n"
    "p.performed = slow\n"
    "from experiments.__main__ import main; main()"
)
PATIENCE = 300
LONG = {
    "sweep": ("sweep", "design.toml", "--out", "out", "--workers", "2"),
    "stress": ("stress", "kalundborg", "--year", "2010", "--runs", "100", "--out", "out", "--workers", "2"),
    "validate": ("validate", "kalundborg", "--runs", "400", "--out", "out", "--workers", "2"),
}
DESIGN = 'scenario = "classroom"\nreplicates = 100000\noutcomes = ["streams_2020"]\n'


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """Commands hear signals as under a terminal, also where the tests run under nohup or in the background."""
    own = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in own.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def started(place: Path, *line: str, **streams: int) -> subprocess.Popen[str]:
    """A command in a session of its own, as under a terminal."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(
        [sys.executable, *line], cwd=place, env=environment, text=True, start_new_session=True, **given
    )  # type: ignore[call-overload, no-any-return]


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Its fork server and workers, once a worker is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        below = psutil.Process(process.pid).children(recursive=True)
        if len(below) > 2:
            return below
        time.sleep(0.1)
    raise AssertionError("no worker came")


@pytest.mark.parametrize("name", LONG)
def test_ctrl_c_ends_a_long_command_and_all_its_processes_without_a_traceback(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "design.toml").write_text(DESIGN)
    process = started(tmp_path, "-m", "experiments", *LONG[name])
    below = workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and said.endswith("Interrupted.\n") and "Traceback" not in said
    assert psutil.wait_procs(below, timeout=PATIENCE)[1] == []


def test_workers_end_with_a_command_that_is_killed_even_while_nobody_has_noticed(tmp_path: Path) -> None:
    (tmp_path / "design.toml").write_text(DESIGN)
    process = started(tmp_path, "-m", "experiments", *LONG["sweep"])
    below = workers_of(process)
    process.kill()  # and stays in the table of processes until we wait for it
    assert psutil.wait_procs(below, timeout=PATIENCE)[1] == []
    process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_a_command_with_its_status(name: str, status: int, tmp_path: Path) -> None:
    with started(tmp_path, "-c", SLOW, "run", "classroom") as process:
        assert process.stdout is not None and process.stdout.readline() == "started\n"
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (status, f"Ended by {name}.\n")


def test_a_command_under_nohup_does_not_hear_the_terminal_go(tmp_path: Path) -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    with started(tmp_path, "-c", ignoring + SLOW.replace("60", "0.5"), "run", "classroom") as process:
        assert process.stdout is not None and process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, "the stub gives no result; -1 would be the signal"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("word", ["--help", "schema", "scenarios"])
def test_output_that_cannot_be_written_is_said(word: str, tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        process = started(tmp_path, "-m", "experiments", word, stdout=full.fileno())
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said == "Standard output cannot be written (no space left on device).\n"


def test_closed_streams_are_no_fault_and_no_file_takes_their_place(tmp_path: Path) -> None:
    line = f"{sys.executable} -m experiments run classroom --no-figures --out out <&- >&- 2>&-"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0
    assert (tmp_path / "out" / "run.json").read_text(encoding="utf-8").startswith("{\n")


@pytest.mark.parametrize("tty", [False, True])
def test_work_goes_on_when_nobody_hears_of_its_progress(tty: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

        def isatty(self) -> bool:
            return tty

    monkeypatch.setattr("experiments.progress.EVERY", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", Gone())
        progress = Progress(10)
        progress.say("half")
        progress.advance(10)
        progress.close()
    assert progress.done == 10


def test_a_disk_that_is_full_is_said_and_leaves_no_finished_run(tmp_path: Path) -> None:
    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    line = [sys.executable, "-B", "-m", "experiments", "run", "classroom", "--out", "out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        line, cwd=tmp_path, env=environment, preexec_fn=small, capture_output=True, text=True
    )
    assert done.returncode == 2 and "cannot be written (file too large)" in done.stderr
    assert "Traceback" not in done.stderr and not list((tmp_path / "out").glob("run.json*"))
    assert not list((tmp_path / "out").glob("*.part"))


@pytest.mark.parametrize(
    ("text", "encoding", "plain"),
    [("Asnæs, Håndværk", "ascii", "Asnaes, Haandvaerk"), ("café − 2 m² ≤ 3 €", "ascii", "cafe - 2 m2 <= 3 EUR"),
     ("Asnæs −2", "latin-1", "Asnæs -2"), ("CO₂ 硫", "ascii", "CO2 ?")],
)  # fmt: skip
def test_letters_that_a_terminal_lacks_are_written_as_their_likes(
    text: str, encoding: str, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    monkeypatch.setattr("signal.signal", lambda *_: None)  # those of pytest stay
    terminal.prepare()
    print(text, flush=True)
    assert written.getvalue().decode(encoding) == plain + "\n"
