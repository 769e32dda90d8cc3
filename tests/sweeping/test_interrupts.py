"""Ctrl-C at moments that the standard library does not bear: it is heard when nothing is half done."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing import popen_forkserver
from typing import Any

import psutil
import pytest

from experiments.sweeping.executors import local
from experiments.sweeping.interrupts import held


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """As in a command: Ctrl-C raises KeyboardInterrupt, which a runner of tests may have changed."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_is_heard_at_the_end_of_the_outermost_block() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):
        with held():
            with held():
                ctrl_c()
                done.append("inner")
            done.append("outer")
        done.append("after")
    assert done == ["inner", "outer"]


def test_ctrl_c_is_heard_after_an_error_too_and_listened_to_as_before() -> None:
    with pytest.raises(KeyboardInterrupt) as raised, held():
        ctrl_c()
        raise ZeroDivisionError
    assert isinstance(raised.value.__context__, ZeroDivisionError)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_nobody_listens_to_stays_so_and_other_threads_have_nothing_to_hold() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with held():
        ctrl_c()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    held_there: list[bool] = []

    def elsewhere() -> None:
        with held():
            held_there.append(signal.getsignal(signal.SIGINT) is not signal.default_int_handler)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert held_there == [False]


def test_ctrl_c_while_a_worker_starts_leaves_no_process_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such a worker kept its end of a pipe open, for which the command waited for ever."""
    pool = local(2)
    assert pool.answer(pool.submit(int), 60.0) == 0
    here = psutil.Process()
    servers = set(here.children(recursive=True)) - {psutil.Process(own.pid) for own in pool._processes()}
    read = popen_forkserver.forkserver.read_signed
    starts: list[int] = []

    def interrupted(sentinel: int) -> Any:
        starts.append(sentinel)
        ctrl_c()
        return read(sentinel)

    monkeypatch.setattr(popen_forkserver.forkserver, "read_signed", interrupted)
    try:
        for _ in range(3):  # a worker that is at rest takes the first
            pool.submit(time.sleep, 1.0)
    except KeyboardInterrupt:
        monkeypatch.undo()
        pool.kill()
        time.sleep(0.5)  # in which the one that was starting would be there
        assert psutil.wait_procs(set(here.children(recursive=True)) - servers, timeout=5)[1] == []
    assert len(starts) == 1
    assert not [thread for thread in threading.enumerate() if "Executor" in type(thread).__name__]
