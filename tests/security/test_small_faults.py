"""Single faults of what is read: the clock, a broken byte, many problems in a large file, letters that have no name."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.quotes.saved_text import REPLACED, decoded
from briefing.run.checks import check_all
from briefing.run.options import clock
from briefing.source.nodes import _line_starts, line_and_column
from tests.running import SMALL, small_brief

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


def test_a_letter_in_a_string_of_json_has_its_own_place(tmp_path: Path) -> None:
    text = '{"title": "A \\"brief\\" \u200b here",\n "date": "2026-03-14"}'
    folder = small_brief(tmp_path / "brief", text, "brief.json")
    (result,) = check_all([folder])
    place = result.problems[0].place
    assert place and (place.line, place.column) == (1, text.index("\u200b") + 1)
