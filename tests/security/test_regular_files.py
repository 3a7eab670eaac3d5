"""Whatever stands where a file is expected, it is told as what it is, at its place; nothing waits for it."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import briefing
from briefing.errors import BriefingError, Problem
from briefing.run.checks import check_all
from briefing.run.verification import verify_folder
from briefing.run.word_files.finalising import finalise
from tests.running import SMALL, small_brief
from tests.running import briefing as cli

WITH_FILES = SMALL.replace("    published: 2026-03-01\n", "    published: 2026-03-01\n    text: gazette.txt\n") + (
    "figures:\n  - image: map.png\n    caption: A map\n    alt: A map of the basin\n"
)
REPLACED: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "folder": Path.mkdir,
    "socket": lambda path: _socket(path),
    "link to itself": lambda path: path.symlink_to(path.name),
}
KINDS = {"terminal": "device", "link to itself": "link that leads nowhere"}


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError("it waits for what is no file")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(400)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


@pytest.mark.parametrize("kind", REPLACED)
def test_what_a_brief_names_is_told_as_what_it_is(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the way to a socket must be short
    folder = small_brief(tmp_path / "brief", WITH_FILES)
    for name in ("gazette.txt", "map.png", "briefing.toml"):
        REPLACED[kind](folder / name)
    (result,) = check_all([folder])
    assert [(problem.code, problem.place.file if problem.place else "") for problem in result.problems] == [
        ("not-a-file", str(folder / "briefing.toml"))
    ]
    assert f"it is a {KINDS.get(kind, kind)}, not a file" in result.problems[0].message
    remove(folder / "briefing.toml")
    (result,) = check_all([folder])
    leads_out = kind in ("device", "terminal")  # which is said first
    assert codes(result.problems) == {"bad-path" if leads_out else "not-a-file"}, result.problems
    assert [problem.place.line if problem.place else 0 for problem in result.problems] == [10, 12]


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_a_call_names_is_told_as_what_it_is(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    small_brief(tmp_path / "brief")
    made = tmp_path / "made.toml"
    REPLACED[kind](made)
    rows = tmp_path / "rows.csv"
    REPLACED[kind](rows)
    (tmp_path / "whole").mkdir()
    REPLACED[kind](tmp_path / "whole" / "manifest.json")
    said = []
    for call in (
        lambda: briefing.build("brief", config=made, formats=["html"]),
        lambda: briefing.build("brief", reference_doc=made, formats=["docx"]),
        lambda: list(briefing.build_all(["brief"], params=rows, formats=["html"])),
        lambda: briefing.build("brief", output_dir="whole", formats=["html"]),
        lambda: briefing.find_quotes(rows),
        lambda: verify_folder("whole"),
    ):
        with pytest.raises(BriefingError) as caught:
            call()
        said += [*caught.value.problems]
    assert {problem.code for problem in said} <= {"not-a-file", "manifest"}, said
    assert all(problem.place for problem in said)


def test_a_link_to_itself_in_the_place_of_a_path_of_the_call_is_told(tmp_path: Path) -> None:
    folder, link, whole = small_brief(tmp_path / "brief"), tmp_path / "link.docx", tmp_path / "whole.docx"
    link.symlink_to(link.name)
    whole.write_bytes(b"no Word file")
    said = []
    for call in (
        lambda: briefing.build(folder, formats=["html"], output_dir=link),
        lambda: briefing.build(folder, formats=["html"], publish=link),
        lambda: finalise(link),
        lambda: finalise(whole, link),
        lambda: briefing.build(link),
    ):
        with pytest.raises(BriefingError) as caught:
            call()
        said += [*caught.value.problems]
    assert codes(tuple(said)) == {"manifest", "unreadable", "already-exists", "no-such-path"}, said
    assert link.is_symlink() and "did you mean" not in str(said)


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a file"])
def test_what_replaces_an_output_is_told_and_left_alone(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = small_brief(tmp_path / "brief")
    (output,) = briefing.build(folder, formats=["docx"]).outputs
    output.path.rename(tmp_path / "kept.docx")
    if kind == "link to a file":
        output.path.symlink_to(tmp_path / "kept.docx")
    else:
        REPLACED[kind](output.path)
    before = output.path.lstat()
    with pytest.raises(BriefingError) as caught:
        briefing.build(folder, formats=["docx"])
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("not-a-file", str(output.path))
    assert os.path.samestat(before, output.path.lstat())
    (verified,) = verify_folder(folder / "out").briefs[0].outputs
    assert str(verified.state) == "replaced" and str(verified.instead) in problem.message


def test_what_a_call_writes_takes_the_place_of_files_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sheet.png")
    run = cli("themes", "check", "memo", "-o", "sheet.png", cwd=tmp_path)
    assert run.code == 5 and "sheet.png: error: 'sheet.png' cannot be written: a pipe has its name" in run.err, run
    assert stat.S_ISFIFO((tmp_path / "sheet.png").stat().st_mode)


def test_a_manifest_is_no_way_to_read_other_files(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    briefing.build(folder, formats=["docx"])
    secret = tmp_path / "secret" / "passwd"
    secret.parent.mkdir()
    secret.write_text("root")
    manifest = folder / "out" / "manifest.json"
    text = manifest.read_text()
    for named in ("../secret/passwd", str(secret), "brief.yaml/../../secret/passwd"):
        manifest.write_text(text.replace('"brief.yaml"', f'"{named}"'))
        (brief,) = verify_folder(folder / "out").briefs
        assert [each.found for each in brief.inputs if "passwd" in each.path] == [None]
    manifest.write_text(
        text.replace('"../brief.yaml"', '"../../secret/brief.yaml"').replace('"brief.yaml"', '"passwd"')
    )
    (brief,) = verify_folder(folder / "out").briefs
    assert {str(each.state) for each in brief.inputs if each.path == "passwd"} == {"not looked at"}
    assert not brief.is_sound


@pytest.mark.parametrize("name", ["n" * 300, "a\udcff.txt", "sources/" + "x/" * 2_000 + "y.txt"])
def test_a_name_that_no_file_can_have_is_a_fault_at_its_line(name: str, tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", WITH_FILES.replace("gazette.txt", ascii(name).strip("'")))
    (folder / "map.png").mkdir()
    (result,) = check_all([folder])
    assert 10 in {problem.place.line for problem in result.problems if problem.place}
    assert "internal" not in codes(result.problems)


def test_a_file_full_of_holes_is_refused_by_its_size(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", WITH_FILES)
    for name in ("gazette.txt", "map.png", "briefing.toml"):
        with (folder / name).open("wb") as file:
            file.truncate(1 << 42)
    (result,) = check_all([folder])
    assert codes(result.problems) == {"too-large"}
    (folder / "briefing.toml").unlink()
    (result,) = check_all([folder])
    assert codes(result.problems) == {"bad-image"}
    assert "limits.picture_bytes" in result.problems[0].hint


def remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink()
