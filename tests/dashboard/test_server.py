"""Starting the page: addresses are checked before anything is done, and every bundled park can be shown."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from experiments.cli import commands
from experiments.dashboard.borne import Watch, rows, table
from experiments.dashboard.crowd import Crowd
from experiments.dashboard.server import at_home, checked, installed
from experiments.dashboard.show import Show
from simulation.files import bundled_names
from simulation.problems import ScenarioError


def test_only_loopback_is_home() -> None:
    assert all(map(at_home, ("127.0.0.1", "localhost", "::1")))
    assert not any(map(at_home, ("0.0.0.0", "192.168.1.5", "example.org")))


def test_a_port_in_use_is_refused_with_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ScenarioError, match=f"try --port {port + 1}"):
            checked("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ScenarioError, match="a free address"):
        checked("203.0.113.7", 8765)


def test_the_command_tells_bad_input_by_its_status() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        outcome = CliRunner().invoke(commands, ["dashboard", "--port", port])
    assert outcome.exit_code == 2
    assert installed()


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_park_can_be_shown(name: str) -> None:
    show = Show(name)
    show.to_quarter(show.course.quarters * 2 // 3)
    assert show.picture()["companies"]
    assert len(show.cards()["cards"]) == 6
    assert show.possible()["partners"]
    assert show.trust()["names"]
    assert show.residents()
    for kind in ("water", "energy", "material"):
        assert show.flows(kind)["height"] > 0
    show.choose("company", show.row_of(show.possible()["partners"][0]))
    assert show.details()
    assert show.news(200)


def test_pandas_is_there_before_anybody_is_and_what_only_a_few_need_is_not() -> None:
    late = ("pandas", "matplotlib", "networkx", "SALib", "dask")
    code = f"""if True:
        import sys
        from experiments.dashboard.server import warm_up
        warm_up()
        print([name for name in {late} if name in sys.modules])"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['pandas']"


def test_a_crowd_is_told_as_a_table() -> None:
    def line(mb: float, kernels: int) -> dict[str, float]:
        counts = {"kernels": kernels, "threads": 7, "Visitor": 0, "Course": 0, "VirtualKernelContext": 0}
        return {"mb": mb, "cpu": mb / 100, "load": 2.0, "files_mb": 160, "objects": 1500, **counts}

    crowd = Crowd("http://127.0.0.1:1", 60)
    crowd.visits, crowd.refused, crowd.times["click"] = 4, 1, [0.1, 0.2, 0.4]
    lines = [line(*each) for each in ((400, 0), (600, 3), (900, 2), (450, 0), (700, 3), (440, 0))]
    said = table(rows(crowd, Watch(lines, [(1, 3, 4), (4, 5, 6)]), "", None))
    assert "| visits, refused because all places were taken | 4, 1 |" in said
    assert "| memory before, at most, when all had left, after each crowd | 400, 900, 450, 440 MB |" in said
    assert "| tabs, visitors and parks when all had left | 0, 0, 0 |" in said
    assert said.startswith("| | |\n|---|---|\n")
    assert "Traceback" not in said
