"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.files import alone_in, beside, sweep, write_all


def test_writes_and_leaves_no_litter(tmp_path: Path) -> None:
    write_all({tmp_path / "new" / "a.pdf": b"one", tmp_path / "new" / "a.docx": b"two"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        "a.pdf": b"one",
        "a.docx": b"two",
    }


def test_files_are_flushed_whole_before_they_take_their_places_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: dict[int, tuple[int, list[str]]] = {}

    def flush(descriptor: int) -> None:
        found = os.fstat(descriptor)
        flushed[found.st_ino] = found.st_size, sorted(path.name for path in tmp_path.glob("a.*"))

    monkeypatch.setattr(os, "fsync", flush)
    write_all({tmp_path / "a.pdf": b"one", tmp_path / "a.docx": b"three"})
    for name, size in (("a.pdf", 3), ("a.docx", 5)):
        assert flushed[(tmp_path / name).stat().st_ino] == (size, [])
    assert flushed[tmp_path.stat().st_ino][1] == ["a.docx", "a.pdf"]


def test_when_one_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RenderError, match="cannot be written"):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "file" / "a.docx": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "file"]


def test_a_link_is_followed_where_it_is_asked_for_and_permissions_stay(tmp_path: Path) -> None:
    held, link = tmp_path / "held" / "brief.yaml", tmp_path / "brief.yaml"
    held.parent.mkdir()
    held.write_bytes(b"one")
    held.chmod(0o600)
    link.symlink_to(held)
    write_all({link: b"two"}, follow=True)
    assert link.is_symlink() and held.read_bytes() == b"two"
    assert held.stat().st_mode & 0o777 == 0o600
    write_all({link: b"three"})
    assert not link.is_symlink() and (held.read_bytes(), link.read_bytes()) == (b"two", b"three")
    link.unlink()
    link.symlink_to(link.name)
    with pytest.raises(RenderError, match="cannot be written"):
        write_all({link: b"four"}, follow=True)


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


def test_a_part_of_a_dead_process_that_had_our_number_is_swept_and_our_own_is_not(tmp_path: Path) -> None:
    ours = beside(tmp_path / "a.pdf")
    other = (
        tmp_path
        / f".{os.getpid()}-{'0000' if not ours.name.startswith(f'.{os.getpid()}-0000') else '1111'}0000.briefing-part"
    )
    for path in (ours, other):
        path.write_bytes(b"x")
    assert sweep(tmp_path) == [other]


def test_who_is_alone_clears_what_was_left_by_one_whose_number_another_process_has_now(tmp_path: Path) -> None:
    left = tmp_path / f".{os.getppid()}-0123abcd-locked.briefing-part"
    at_work = tmp_path / f".{os.getppid()}-0123abcd.briefing-part"
    for path in (left, at_work):
        path.write_bytes(b"x")
    assert sweep(tmp_path) == []
    with alone_in(tmp_path) as alone:
        assert sweep(tmp_path, alone=alone) == [left]
    assert list(tmp_path.iterdir()) == [at_work]


def test_a_run_waits_for_another_and_says_so_when_that_takes_too_long(tmp_path: Path) -> None:
    with alone_in(tmp_path) as alone:
        assert alone
        with pytest.raises(RenderError, match="another run keeps writing"), alone_in(tmp_path, seconds=0):
            pytest.fail("two were alone")
    with alone_in(tmp_path, seconds=0):
        assert list(tmp_path.iterdir()) == [], "a lock leaves no file"


def test_a_folder_that_was_replaced_while_waiting_is_locked_in_its_new_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    waiting, entered = threading.Event(), threading.Event()

    # It sleeps when it has found the folder locked, so from then on it waits for the one that is then replaced.
    monkeypatch.setattr(time, "sleep", lambda seconds: waiting.set())

    def wait() -> None:
        with alone_in(folder):
            (folder / "here").write_bytes(b"")
            entered.set()

    with alone_in(folder):
        thread = threading.Thread(target=wait)
        thread.start()
        waiting.wait()
        folder.rename(tmp_path / "gone")
        folder.mkdir()
    thread.join()
    assert entered.is_set() and [path.name for path in folder.iterdir()] == ["here"]
    assert list((tmp_path / "gone").iterdir()) == []
