"""`briefing verify`: every state of a recorded file, and the exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import briefing
from briefing.formats import Artifact
from briefing.run.ledger import Manifest, Output, recorded
from briefing.run.place import put_in_place
from briefing.run.verification import State
from tests.run.desk import Desk, entry_for
from tests.running import briefing as run


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "river").mkdir()
    desk = Desk(tmp_path / "river")
    desk.build()
    return desk


def states(folder: Path) -> dict[str, State]:
    """What became of each file that was touched, by its path."""
    return {each.path: each.state for brief in briefing.verify_folder(folder).briefs for _, each in brief.touched}


def test_nothing_was_touched(desk: Desk) -> None:
    said = run("verify", desk.out)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{desk.out}: river, built 2026-03-14T09:26:53Z: nothing was touched\n"
    assert run("verify", "--quiet", desk.out).out == ""


TOUCHES: list[tuple[str, Callable[[Desk], object], dict[str, str]]] = [
    ("output changed", lambda desk: (desk.out / "river.docx").write_bytes(b"docx ONE"), {"river.docx": "changed"}),
    ("output missing", lambda desk: (desk.out / "river.pdf").unlink(), {"river.pdf": "missing"}),
    ("input changed", lambda desk: desk.write("two"), {"brief.yaml": "changed"}),
    ("input missing", lambda desk: (desk.folder / "saved.txt").unlink(), {"saved.txt": "missing"}),
    ("input new", lambda desk: (desk.folder / "briefing.toml").write_bytes(b""), {"briefing.toml": "new"}),
    ("input unreadable", lambda desk: (desk.folder / "briefing.toml").mkdir(), {"briefing.toml": "replaced"}),
]


@pytest.mark.parametrize(("touch", "found"), [each[1:] for each in TOUCHES], ids=[each[0] for each in TOUCHES])
def test_each_touch_is_told(desk: Desk, touch: Callable[[Desk], object], found: dict[str, str]) -> None:
    touch(desk)
    said = run("verify", desk.out)
    assert said.code == 4
    assert states(desk.out) == found
    for path, state in found.items():
        assert any(path in line and f": {state}" in line for line in said.out.splitlines())


def test_an_output_that_was_changed_without_changing_its_size_or_date_is_found(desk: Desk) -> None:
    file = desk.out / "river.docx"
    before = file.stat()
    file.write_bytes(b"docx ONE")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert states(desk.out) == {"river.docx": State.CHANGED}


def test_outputs_that_were_moved_away_from_their_inputs_are_not_touched(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "archive" / "deep").mkdir(parents=True)
    moved = desk.out.rename(tmp_path / "archive" / "deep" / "river")
    said = run("verify", moved)
    assert said.code == 0
    assert "nothing was touched" in said.out and "its inputs are not at hand" in said.out
    (moved / "river.pdf").write_bytes(b"x")
    assert run("verify", moved).code == 4


def test_a_file_that_is_in_no_record_is_told_and_does_not_count(desk: Desk) -> None:
    for name in ("final2.pdf", "notes.txt", "~$river.docx"):
        (desk.out / name).write_bytes(b"x")
    said = run("verify", desk.out)
    assert said.code == 0
    assert said.out.splitlines()[1:] == [f"{desk.out}: final2.pdf is in no record"]


def test_an_output_of_an_earlier_build_is_known_and_held_against_its_record(desk: Desk) -> None:
    desk.write("two")
    desk.build("pdf")
    assert run("verify", desk.out).code == 0
    (desk.out / "river.docx").write_bytes(b"x")
    assert states(desk.out) == {"river.docx": State.CHANGED}
    (desk.out / "river.docx").unlink()
    assert run("verify", desk.out).code == 0


def test_a_run_that_was_ended_midway_is_told(desk: Desk) -> None:
    entry = recorded(desk.out, "river")
    assert entry is not None
    coming = Output("pdf", Path("river.pdf"), "a" * 64, 3, None, 0)
    (desk.out / "manifest.json").write_bytes(Manifest().with_entry(replace(entry, pending=(coming,))).as_bytes())
    said = run("verify", desk.out)
    assert said.code == 4
    assert "a run that wrote it was ended midway; build it again" in said.out
    assert states(desk.out) == {}


def test_json_tells_every_file_of_every_folder(desk: Desk, tmp_path: Path) -> None:
    (desk.out / "river.pdf").unlink()
    (tmp_path / "empty").mkdir()
    said = run("verify", "--json", desk.out, tmp_path / "empty")
    assert said.code == 4
    first, second = said.objects
    (brief,) = first["briefs"]
    assert (first["folder"], first["exit_code"], brief["brief"], brief["unfinished"]) == (
        str(desk.out),
        4,
        "river",
        False,
    )
    found: dict[str, dict[str, Any]] = {each["path"]: each for each in (*brief["outputs"], *brief["inputs"])}
    assert found["river.pdf"]["state"] == "missing" and found["river.pdf"]["found"] is None
    assert found["river.docx"]["state"] == "untouched"
    assert found["brief.yaml"]["recorded"] == found["brief.yaml"]["found"] != None  # noqa: E711
    assert found["briefing.toml"]["state"] == "untouched" and found["briefing.toml"]["recorded"] is None
    assert (second["exit_code"], second["problems"][0]["code"]) == (2, "manifest")


def test_a_folder_without_a_manifest(desk: Desk, tmp_path: Path) -> None:
    said = run("verify", desk.folder)
    assert said.code == 2
    assert f"the folder has no manifest.json; name {desk.out} [manifest]" in said.err
    assert run("verify", tmp_path / "nowhere").code == 2


def test_a_manifest_that_cannot_be_read(desk: Desk) -> None:
    (desk.out / "manifest.json").write_text(json.dumps({"name": "an app"}), encoding="utf-8")
    said = run("verify", desk.out)
    assert said.code == 3
    assert "it is not one that briefing wrote" in said.err


def test_several_briefs_in_one_folder_are_told_each(desk: Desk) -> None:
    put_in_place(desk.out, {"a.pdf": Artifact("pdf", ".pdf", b"a", 1)}, entry_for(desk.data_file, desk.out, "a"))
    (desk.out / "river.pdf").unlink()
    lines = run("verify", desk.out).out.splitlines()
    assert lines[0].endswith("a, built 2026-03-14T09:26:53Z: nothing was touched")
    assert lines[1].endswith("river, built 2026-03-14T09:26:53Z:")
    assert lines[2] == "  output river.pdf (pdf): missing"
