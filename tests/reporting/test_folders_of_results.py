"""A folder is known by what is in it, and its page by where it is."""

from __future__ import annotations

from pathlib import Path

from experiments.reporting import PAGE
from experiments.reporting.kinds import KINDS, kind_of

from .parts_of_a_page import made, typed


def test_every_kind_of_result_has_its_module_and_marks() -> None:
    from importlib import import_module

    for kind in KINDS:
        module = import_module(f"experiments.reporting.{kind.module}")
        assert callable(module.opened) and callable(module.report_of) and kind.marks


def test_a_folder_is_known_by_its_marks(kalundborg: Path) -> None:
    assert kind_of(kalundborg).name == "a run"


def test_the_command_says_where_the_page_is(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    answer = typed("report", folder)
    assert answer.exit_code == 0 and answer.output == f"Written: {folder / PAGE}\n"


def test_a_new_run_in_the_folder_takes_the_old_page_away(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    (folder / PAGE).write_text("", encoding="utf-8")
    answer = typed("run", "classroom", "--until", "2006", "--out", folder, "--force", "--no-figures")
    assert answer.exit_code == 0 and not (folder / PAGE).exists()
