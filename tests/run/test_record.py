"""Putting outputs in place with their record: nothing of anybody's is lost, nothing is written twice."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import DataError, RenderError, UsageError
from briefing.run import place
from briefing.run.ledger import read_manifest, recorded
from briefing.run.options import clock
from briefing.run.place import edited_if_unchanged
from tests.run.desk import OPTIONS, VERSIONS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "river").mkdir()
    return Desk(tmp_path / "river")


def kept_name(data: bytes) -> str:
    return f"river.edited-{hashlib.sha256(data).hexdigest()[:8]}.docx"


def test_outputs_and_record_are_there(desk: Desk) -> None:
    placed = desk.build()
    assert placed.is_written and placed.problems == ()
    assert desk.held == {"river.pdf": b"pdf one", "river.docx": b"docx one"}
    assert recorded(desk.out, "river") == placed.entry
    assert [(output.file, output.size) for output in placed.entry.outputs] == [("river.pdf", 7), ("river.docx", 8)]
    assert placed.entry.outputs[0].modified_ns == (desk.out / "river.pdf").stat().st_mtime_ns


def test_the_same_again_writes_nothing(desk: Desk) -> None:
    desk.build()
    before = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in desk.out.iterdir()}
    assert desk.unchanged() == ()
    assert not desk.build().is_written
    assert before == {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in desk.out.iterdir()}


def test_each_kind_of_change_is_seen(desk: Desk) -> None:
    desk.build()
    assert desk.unchanged() == ()
    assert desk.unchanged(options={"formats": ["pdf"]}) is None
    assert desk.unchanged(versions={"weasyprint": "70.1"}) is None
    (desk.folder / "briefing.toml").write_text("", encoding="utf-8")
    assert desk.unchanged() is None
    (desk.folder / "briefing.toml").unlink()
    assert desk.unchanged() == ()
    (desk.folder / "saved.txt").write_text("other", encoding="utf-8")
    assert desk.unchanged() is None
    (desk.folder / "saved.txt").write_text("saved", encoding="utf-8")
    desk.data_file.unlink()
    assert desk.unchanged() is None
    desk.write("one")
    assert desk.unchanged() == ()
    (desk.out / "river.pdf").unlink()
    assert desk.unchanged() is None


def test_another_brief_of_the_same_name_is_not_taken_for_it(desk: Desk, tmp_path: Path) -> None:
    desk.build()
    other = tmp_path / "other"
    other.mkdir()
    for name in ("brief.yaml", "saved.txt"):
        (other / name).write_bytes((desk.folder / name).read_bytes())
    entry = recorded(desk.out, "river")
    assert entry and edited_if_unchanged(entry, desk.out, other / "brief.yaml", OPTIONS, VERSIONS) is None


def test_an_output_that_was_only_touched_is_not_taken_for_an_edited_one(desk: Desk) -> None:
    desk.build()
    os.utime(desk.out / "river.docx", ns=(1, 1))
    assert desk.unchanged() == ()


def test_an_edited_output_is_left_alone_and_named(desk: Desk) -> None:
    desk.build()
    (desk.out / "river.docx").write_bytes(b"edited!!")
    assert desk.unchanged() == ("river.docx",)
    assert desk.held["river.docx"] == b"edited!!"


def test_an_edited_output_is_kept_beside_the_new_one(desk: Desk) -> None:
    desk.build()
    (desk.out / "river.docx").write_bytes(b"an afternoon's work")
    desk.write("two")
    placed = desk.build()
    kept = kept_name(b"an afternoon's work")
    assert [(problem.code, problem.severity) for problem in placed.problems] == [("edited-output", "warning")]
    assert kept in placed.problems[0].message
    assert desk.held == {"river.pdf": b"pdf two", "river.docx": b"docx two", kept: b"an afternoon's work"}
    assert not desk.build().problems


def test_a_forced_build_of_an_unchanged_brief_keeps_the_edited_output_too(desk: Desk) -> None:
    desk.build()
    (desk.out / "river.docx").write_bytes(b"work")
    assert desk.build().is_written
    assert desk.held == {"river.pdf": b"pdf one", "river.docx": b"docx one", kept_name(b"work"): b"work"}


def test_a_file_without_a_record_is_kept(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "river.docx").write_bytes(b"mine")
    assert desk.build().problems
    assert desk.held[kept_name(b"mine")] == b"mine"


def test_two_edited_outputs_that_would_get_one_name_are_both_kept(desk: Desk) -> None:
    desk.build()
    (desk.out / kept_name(b"work")).write_bytes(b"somebody else's")
    (desk.out / "river.docx").write_bytes(b"work")
    desk.write("two")
    desk.build()
    assert desk.held[f"river.edited-{hashlib.sha256(b'work').hexdigest()}.docx"] == b"work"
    assert desk.held[kept_name(b"work")] == b"somebody else's"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path.name)])
def test_what_replaced_an_output_that_is_not_asked_for_stops_nothing(make: Callable[[Path], None], desk: Desk) -> None:
    desk.build()
    (desk.out / "river.pdf").unlink()
    make(desk.out / "river.pdf")
    desk.write("two")
    entry = desk.build("docx").entry
    assert (desk.out / "river.docx").read_bytes() == b"docx two"
    assert [output.file for output in entry.earlier] == ["river.pdf"], "it stays known, so that verify tells it"


def test_an_edited_output_that_cannot_be_kept_is_not_replaced(desk: Desk) -> None:
    desk.build()
    (desk.out / "river.docx").write_bytes(b"work")
    for digits in (8, 64):
        (desk.out / f"river.edited-{hashlib.sha256(b'work').hexdigest()[:digits]}.docx").mkdir()
    desk.write("two")
    with pytest.raises(RenderError, match="something else stands where it is to be kept"):
        desk.build()
    assert (desk.out / "river.docx").read_bytes() == b"work"


def test_a_format_that_is_not_asked_for_stays_known(desk: Desk) -> None:
    desk.build()
    desk.write("two")
    entry = desk.build("pdf").entry
    assert [output.file for output in entry.outputs] == ["river.pdf"]
    assert [output.file for output in entry.earlier] == ["river.docx"]
    assert desk.held == {"river.pdf": b"pdf two", "river.docx": b"docx one"}
    assert desk.build().problems == ()
    assert desk.held == {"river.pdf": b"pdf two", "river.docx": b"docx two"}


def test_a_format_that_is_not_asked_for_and_was_edited_is_kept_when_it_is_built_again(desk: Desk) -> None:
    desk.build()
    (desk.out / "river.docx").write_bytes(b"work")
    desk.build("pdf")
    assert desk.held["river.docx"] == b"work"
    assert desk.build().problems
    assert desk.held[kept_name(b"work")] == b"work"


def test_a_file_of_a_run_that_ended_midway_stays_known_when_the_next_in_another_format_ends_midway_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(place, "_as_placed", lambda *_: pytest.fail("ended before the record was closed"))
        for text, formats in (("one", ("pdf", "docx")), ("two", ("pdf",))):
            desk.write(text)
            with pytest.raises(pytest.fail.Exception):
                desk.build(*formats)
    desk.build("pdf", "docx")
    assert sorted(desk.held) == ["river.docx", "river.pdf"], "what was ours was kept as edited"


def test_briefs_that_share_a_folder_keep_each_other_s_records(desk: Desk) -> None:
    first = desk.build(name="a").entry
    second = desk.build(name="b").entry
    manifest = read_manifest(desk.out)
    assert manifest is not None and manifest.briefs == {"a": first, "b": second}


@pytest.mark.parametrize("data", [b"{}", b"", b'{"generator": "briefing", "version": 99}'])
def test_a_manifest_that_is_not_ours_is_never_overwritten(desk: Desk, data: bytes) -> None:
    desk.out.mkdir()
    (desk.out / "manifest.json").write_bytes(data)
    assert recorded(desk.out, "river") is None
    with pytest.raises(DataError, match="move it away") as caught:
        desk.build()
    assert caught.value.problems[0].code == "manifest"
    assert {path.name: path.read_bytes() for path in desk.out.iterdir()} == {"manifest.json": data}


def test_a_place_that_cannot_be_written_to_is_told(desk: Desk) -> None:
    desk.out.write_bytes(b"a file")
    with pytest.raises(RenderError, match="a file stands where the folder"):
        desk.build()
    desk.out.unlink()
    (desk.out / "river.docx").mkdir(parents=True)
    with pytest.raises(RenderError, match=r"a folder stands where 'river.docx' is to be written"):
        desk.build()
    assert not (desk.out / "river.pdf").exists()


def test_the_clock_is_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert clock() == "1970-01-01T00:00:00Z"
    for wrong in ("soon", "", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
            clock()
