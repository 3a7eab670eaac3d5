"""Single faults of what is read: the clock, a broken byte, many problems in a large file, letters that have no name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import UsageError, visible
from briefing.quotes.saved_text import REPLACED, decoded
from briefing.run.checks import check_all
from briefing.run.options import clock
from briefing.source.nodes import _line_starts, line_and_column
from tests.running import ROOT, SMALL, briefing, small_brief

QUOTED = (
    SMALL
    + """\
quotes:
  - {text: “The dam will hold”, speaker: The mayor, source: gazette}
"""
)


@pytest.mark.parametrize("said", ["1700000000000", "-1", "253402300800", "1e9", "99999999999999999999"])
def test_a_clock_that_no_ledger_can_be_read_with_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    with pytest.raises(UsageError, match="not of milliseconds"):
        clock()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "253402300799")
    assert clock() == "9999-12-31T23:59:59Z"


SPOKEN = "The mayor said: “The dam will hold”, and went. “We’ll see”, said others."


@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_a_broken_byte_is_one_broken_byte(declared: str | None) -> None:
    data = SPOKEN.encode().replace(b"went", b"w\xe9nt")
    assert decoded(data, declared) == SPOKEN.replace("went", f"w{REPLACED}nt")
    assert decoded(SPOKEN.encode("cp1252"), declared) == SPOKEN, "of another encoding, whatever it declares"


SHORT = "“The dam will hold”, said one."
JAPANESE = "彼は「ダムは持つだろう」と言った。それは確かだ。"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "broken"),
    [
        (SHORT, "utf-8", None, b"\xe9"),
        (SHORT, "utf-8", "windows-1252", b"\xe9"),
        (SHORT, "utf-8-sig", None, b"\xe9"),
        ("All in ASCII, and marked as UTF-8.", "utf-8-sig", None, b"\xe9"),
        (SHORT, "utf-16", None, b"\x00\xd8"),
        (JAPANESE, "shift_jis", "shift_jis", b"\xff"),
        (JAPANESE, "euc_jp", "euc_jp", b"\xff"),
    ],
)
def test_a_declared_or_evident_encoding_is_kept(text: str, encoding: str, declared: str | None, broken: bytes) -> None:
    data = text[:6].encode(encoding)
    assert decoded(data + broken + text.encode(encoding)[len(data) :], declared) == text[:6] + REPLACED + text[6:]


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("brief.yaml", SMALL.replace("small", "sm\xe9ll", 1), 12),
        ("brief.json", '{"title": "A br\xe9ef", "date": "2026"}', 16),
        ("briefing.toml", "# sm\xe9ll\n", 5),
        ("values.csv", "year,Le\xe9k\n2020,1\n", 8),
    ],
)
def test_a_broken_byte_in_what_a_brief_is_made_of_is_a_fault_at_its_place(
    tmp_path: Path, name: str, text: str, column: int
) -> None:
    chart = "figures:\n  - {caption: Leaks., chart: {kind: line, csv: values.csv}}\n"
    folder = small_brief(tmp_path / "brief", SMALL + chart if name == "values.csv" else SMALL)
    if name == "brief.json":
        (folder / "brief.yaml").unlink()
    (folder / name).write_bytes(text.encode("latin-1"))
    (result,) = check_all([folder])
    told = [problem for problem in result.problems if problem.code == "encoding"]
    assert [str(each.place).rpartition("/")[2] for each in told] == [f"{name}:1:{column}"]
    assert result.exit_code == 3


def test_a_true_quote_stays_true_beside_a_broken_byte_and_the_byte_is_told(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", QUOTED.replace("2026-03-01\n", "2026-03-01\n    text: gazette.txt\n"))
    (folder / "gazette.txt").write_bytes(SPOKEN.encode().replace(b"went", b"w\xe9nt"))
    (result,) = check_all([folder])
    assert [str(item.status) for item in result.evidence] == ["verbatim"]
    (told,) = (problem for problem in result.problems if problem.code == "encoding")
    assert told.place and told.place.line == 10 and "1 broken character" in told.message
    assert not result.exit_code


def test_the_lines_of_a_text_are_counted_once_however_many_problems_are_placed_in_it() -> None:
    text = "word\n" * 100_000
    counted = _line_starts.cache_info().misses
    found = [line_and_column(text, index) for index in range(0, len(text), 50)]
    assert found[-1] == (99_991, 1) and len(found) == 10_000
    assert _line_starts.cache_info().misses == counted + 1


def test_a_letter_for_private_use_is_called_so(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SMALL.replace("It is small", "It is \ue000 small"))
    (result,) = check_all([folder])
    assert "U+E000 (a character for private use)" in result.problems[0].message


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ('A \\"brief\\" \u200b here', "\u200b"),
        ("A \\ud83d\\ude00 \U0001f600 \\u200bhere", "\\u200b"),
        ("A \\u0041\\u0007", "\\u0007"),
        ("A \\ud83d\\ude00\\ud83d here", "\\ud83d here"),
        ("A \\\\u0007 \\b", "\\b"),
    ],
)
@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_a_letter_in_a_string_has_its_own_place(tmp_path: Path, title: str, found: str, ending: str) -> None:
    text = f'{{"date": "2026-03-14",\n "title": "{title}", "summary": "So."}}'
    folder = small_brief(tmp_path / "brief", text, f"brief.{ending}")
    (result,) = check_all([folder])
    (place,) = {problem.place for problem in result.problems}
    in_yaml = ending == "yaml" and "ud83d" in title  # where each half is a character of its own
    assert place and place.line == 2
    assert in_yaml or place.column == text.split("\n")[1].index(found) + 1


def test_a_letter_that_looks_like_another_is_a_warning_at_its_place(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SMALL.replace("is small", "is *sm\u0430ll*"))
    (result,) = check_all([folder])
    (told,) = result.problems
    assert told.code == "mixed-scripts" and told.severity == "warning" and not result.exit_code
    assert told.place and (told.place.line, told.place.column) == (5, 19)
    assert "'\u0430' in 'sm\u0430ll' is U+0430 CYRILLIC SMALL LETTER A" in told.message


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_letter_that_no_font_has_stands_at_its_line_in_every_format(tmp_path: Path, form: str) -> None:
    folder = small_brief(tmp_path / "brief", SMALL.replace("It is small", "It is \u0780 small"))
    run = briefing("build", folder, "-f", form, "--json")
    told = [(each["code"], each["line"], each["column"]) for one in run.objects for each in one["problems"]]
    assert run.code == 3 and told == [("missing-glyph", 5, 16)]


def test_what_is_said_of_a_reference_document_names_it(tmp_path: Path) -> None:
    folder, house = small_brief(tmp_path / "brief"), tmp_path / "house.docx"
    house.write_bytes(b"no document")
    for command in (("build", folder, "-f", "docx", "--reference-doc", house), ("reference", "check", house)):
        run = briefing(*command)
        (line,) = run.err.splitlines()
        assert run.code == 2 and line.startswith(f"{house}: error: ") and line.endswith("[reference-document]")


@pytest.mark.parametrize("letter", "\u061c\u200e\u200f\u202e\u2066")
def test_what_turns_the_direction_is_shown_escaped(letter: str) -> None:
    assert visible(f"a{letter}b") == f"a\\u{ord(letter):04x}b"


@pytest.mark.parametrize("files", [6, 10])
def test_a_system_that_gives_no_more_open_files_is_told_as_that(files: int, tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    line = f"ulimit -n {files}; {sys.executable} -m briefing build {folder} -f pdf"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 5 and done.stderr.rstrip().endswith("[system-limit]"), done


def test_a_file_is_read_with_no_more_memory_than_it_needs(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    assert briefing("build", folder, "-f", "docx").code == 0
    line = f"ulimit -v 600000; {sys.executable} -m briefing verify {folder / 'out'}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
