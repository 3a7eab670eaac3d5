"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.building.outputs import sweep, write_all
from briefing.errors import RenderError


def test_writes_and_leaves_no_litter(tmp_path: Path) -> None:
    write_all({tmp_path / "new" / "a.pdf": b"one", tmp_path / "new" / "a.docx": b"two"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        "a.pdf": b"one",
        "a.docx": b"two",
    }


def test_when_one_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RenderError, match="cannot be written"):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "file" / "a.docx": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "file"]


def test_sweeps_what_a_dead_run_left_and_nothing_else(tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    left = tmp_path / f".{dead}-0123abcd.briefing-part"
    running = tmp_path / f".{os.getppid()}-0123abcd.briefing-part"
    other = tmp_path / ".hidden"
    for path in (left, running, other):
        path.write_bytes(b"x")
    assert sweep(tmp_path) == [left]
    assert sorted(tmp_path.iterdir()) == sorted([running, other])
