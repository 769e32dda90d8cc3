"""Folders of compiled rules: those of versions long out of use make room, and nothing else does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agents import kept

OWN = "rules-" + "f" * 12


def earlier(place: Path, number: int) -> Path:
    """The folder of an earlier version, used last so many days after the first."""
    folder = place / f"rules-{number:012x}"
    (folder / "agents").mkdir(parents=True)
    (folder / "agents" / "rule.nbc").write_bytes(b"compiled")
    os.utime(folder, (number * 86_400, number * 86_400))
    return folder


def test_a_new_version_takes_the_place_of_those_used_longest_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(kept.CHOSEN, str(tmp_path))
    folders = [earlier(tmp_path, number) for number in range(kept.OTHERS + 3)]
    assert kept.folder_for(folders[0].name) == folders[0]  # used again: now the youngest
    assert all(folder.exists() for folder in folders), "no new folder, no need of room"
    assert kept.folder_for(OWN) == tmp_path / OWN
    stay = [folders[0], *folders[-kept.OTHERS + 1 :]]
    assert [folder for folder in folders if folder.exists()] == stay


def test_what_is_not_ours_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.CHOSEN, str(tmp_path))
    elsewhere = earlier(tmp_path / "elsewhere", 1)
    others = [tmp_path / "rules-of-the-house", tmp_path / "notes", tmp_path / "rules-123"]
    for folder in others:
        folder.mkdir()
        os.utime(folder, (0, 0))
    link = tmp_path / ("rules-" + "a" * 12)
    link.symlink_to(elsewhere)
    for number in range(10, 20):
        earlier(tmp_path, number)
    kept.folder_for(OWN)
    assert all(folder.exists() for folder in [*others, elsewhere, link])
    assert len(list(tmp_path.glob("rules-0*"))) == kept.OTHERS
