"""A row tried: the exit status, the words, and that nothing else happened."""

from __future__ import annotations

import contextlib
import hashlib
import re
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from experiments.cli import commands

from .row import Bad

LONGEST = 60.0
"""Seconds after which an answer is a hang."""
SLOWEST = 10.0
"""Seconds of the processor that a refusal may take."""
MOST_MEMORY = 1 << 30
"""Bytes that a refusal may add to those of the process."""


class Hangs(BaseException):
    """No answer came: nothing may catch this but the test."""


def tried(row: Bad, folder: Path) -> list[str]:
    """What is wrong with the answer to a row in its folder, where we stand; an empty list if nothing is."""
    before = below(folder)
    began = time.process_time()
    with limited_time(LONGEST), limited_memory(MOST_MEMORY):
        answer = CliRunner().invoke(commands, row.words)
    took = time.process_time() - began
    faults = []
    if answer.exit_code != row.status:
        faults.append(f"exit status {answer.exit_code}, and not {row.status}")
    if not holds(row.says, answer.stderr):
        faults.append(f"the message does not hold: {row.says}")
    if "Traceback" in answer.output:
        faults.append("a traceback")
    if answer.stdout:
        faults.append("words on standard output")
    if took > SLOWEST:
        faults.append(f"{took:.1f} seconds")
    faults += changed(before, below(folder))
    return [*faults, answer.output[-3000:]] if faults else []


def holds(says: str, message: str) -> bool:
    """Whether a message holds the words of a row in their order."""
    return re.search(".*".join(map(re.escape, says.split(" ... "))), message, re.DOTALL) is not None


def below(folder: Path) -> dict[str, str]:
    """Everything below a folder: its kind, its content."""
    return {str(path.relative_to(folder)): _content(path) for path in sorted(folder.rglob("*"))}


def changed(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """What was left behind, is gone, or is not as it was."""
    for name in sorted({*before, *after}):
        if name not in before:
            yield f"left behind: {name}"
        elif name not in after:
            yield f"gone: {name}"
        elif before[name] != after[name]:
            yield f"changed: {name}"


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file():
        return "folder" if path.is_dir() else "neither file nor folder"
    if path.stat().st_size > 100_000_000:
        return f"{path.stat().st_size} bytes"
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextlib.contextmanager
def limited_time(seconds: float) -> Iterator[None]:
    """Raise Hangs when the body takes longer."""

    def ring(*_: Any) -> None:
        raise Hangs(f"no answer in {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def limited_memory(more: int) -> Iterator[None]:
    """Refuse memory beyond what this process has and so many bytes more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    size = next(
        int(line.split()[1]) * 1024
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmData")
    )
    resource.setrlimit(resource.RLIMIT_DATA, (size + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
