"""Starting the page: addresses are checked before anything is done, and every bundled park can be shown."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from experiments.cli import commands
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
