"""Twice as much takes twice as long and no longer, counted in calls, so that no clock is asked; what is more than that is refused by its setting."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree

from briefing import build
from briefing.apart import read_apart
from briefing.errors import DataError, UsageError
from briefing.formats.docx.edited.edited_document import Trace
from briefing.formats.docx.edited.found_comments import found_comments
from briefing.formats.docx.elements import W14, W, unwrap
from briefing.formats.docx.read_package import Package
from briefing.limits import Limits, limited_by
from briefing.quotes.read_any import read_saved_text
from briefing.run.checks import check_all, read_form
from briefing.run.load import read_settings
from briefing.source.nodes import Scalar, Writing, place_inside
from briefing.themes.theme import Theme
from briefing.toml_file import read_toml
from briefing.unicode_forms import normalized
from tests.running import small_brief

HEAD: dict[str, Any] = {"title": "Large", "date": "2026-03-14", "handling": "none", "summary": "It is large."}


def sections(number: int) -> dict[str, Any]:
    made = [{"id": f"part-{each}", "title": f"Part {each}", "body": "It is so."} for each in range(number)]
    return {"sections": [{**each, "after": f"part-{place - 1}"} if place else each for place, each in enumerate(made)]}


def cells(rows: int) -> dict[str, Any]:
    heads = [{"label": f"C{each}"} for each in range(9)]
    table = {"id": "t", "caption": "A table", "columns": heads, "rows": [[f"a{row}"] * 9 for row in range(rows)]}
    return {"tables": [table]}


LARGE: dict[str, Callable[[int], dict[str, Any]]] = {
    "list items": lambda number: {"background": "\n".join(["- a"] * 20 * number)},
    "sections": sections,
    "positions": lambda number: {
        "proposition": "Do it.",
        "stakeholders": [{"name": f"Party {each}", "stance": "mixed", "influence": "low"} for each in range(number)],
    },
    "unknown sources": lambda number: {"annexes": [{"title": "A", "body": " ".join(["[@nobody]"] * number)}] * 4},
    "cells of a table": cells,
    "letters of another script": lambda number: {"background": "w\u0430rd " * 25 * number},
}


def calls(folder: Path, values: dict[str, Any], **built: Any) -> int:
    """How many calls checking a brief takes, or building it as `built` says, those into C among them."""
    small_brief(folder, json.dumps({**HEAD, **values}), "brief.json")
    made = []
    count = calls_of(lambda: made.append(build(folder, **built) if built else next(iter(check_all([folder])))))
    assert not any(problem.code == "internal" for problem in made[0].problems)
    return count


def calls_of(work: Callable[[], object]) -> int:
    """How many calls a piece of work takes, those into C among them."""
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("what", LARGE)
def test_checking_twice_as_much_takes_twice_the_calls(what: str, tmp_path: Path) -> None:
    calls(tmp_path / "first", LARGE[what](5))  # what is read once
    small, large = (calls(tmp_path / str(number), LARGE[what](number)) for number in (40, 80))
    assert large < 2.2 * small


@pytest.mark.parametrize("what", ["cells of a table", "positions"])
def test_writing_twice_as_much_takes_twice_the_calls(what: str, tmp_path: Path) -> None:
    calls(tmp_path / "first", LARGE[what](5), formats=["docx"])
    small, large = (calls(tmp_path / str(number), LARGE[what](number), formats=["docx"]) for number in (30, 60))
    assert large < 2.2 * small


def test_each_letter_of_a_text_is_looked_at_once_however_many_problems_are_placed_in_it() -> None:
    text = '"' + "word " * 4_000 + '"'
    scalar = Scalar(text[1:-1], 1, 1, Writing.ESCAPED)
    read = 0

    class Counted(str):
        def __getitem__(self, index: Any) -> str:
            nonlocal read
            read += 1
            return str.__getitem__(self, index)

    held = Counted(text)
    found = [place_inside(held, "brief.json", scalar, offset).column for offset in range(0, 20_000, 5)]
    assert found == [offset + 2 for offset in range(0, 20_000, 5)]
    assert read < 3 * len(text)


UNKIND = {
    "white space": "a" + " " * 48_000 + " z",
    "faults": "TBC " * 12_000,
    "faults behind letters that compose": "e\u0301 TBC " * 6_800,
    "marks on one letter": "a" + "\u0301\u0316" * 80_000 + " z",
}


@pytest.mark.parametrize("what", UNKIND)
def test_a_text_of_one_kind_of_sign_is_checked_or_refused_before_much_is_computed(what: str, tmp_path: Path) -> None:
    values = {
        "annexes": [
            {"title": f"Annex {each}", "body": UNKIND[what]} for each in range(4 if len(UNKIND[what]) < 50_000 else 1)
        ]
    }
    folder = small_brief(tmp_path / "brief", json.dumps({**HEAD, **values}, ensure_ascii=False), "brief.json")
    (folder / "briefing.toml").write_text("[limits]\nbrief_seconds = 10\n", encoding="utf-8")
    (result,) = check_all([folder])
    assert not {"time-limit", "internal"} & {problem.code for problem in result.problems}


SAVED = {
    "empty lines": "\n" * 100_000,
    "blanks": " " * 100_000,
    "blanks behind the number of a page": "page 1" + " " * 100_000,
    "blanks where the number of a page should be": "[[" + " " * 100_000,
    "a long word before a time": "a" * 19_000 + "! 12:30\n",
    "names before the words, with the line ends of Windows": "Smith: It is so.\r\n" * 60,
    "names before the words, in paragraphs": "Smith: Hello there.\n\n" * 20_000,
    "times before the words": "(12:30) Yes.\n\n" * 20_000,
    "commas": "a, " * 40_000,
    "blanks in the mark of a voice": f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v{' ' * 100_000}",
}


@pytest.mark.parametrize("what", SAVED)
def test_a_saved_text_of_one_kind_of_sign_is_read_before_much_is_computed(what: str, tmp_path: Path) -> None:
    quote = {"text": "The dam will hold", "speaker": "The mayor", "source": "it"}
    source = {"id": "it", "title": "It", "published": "2026", "text": "it.txt"}
    folder = small_brief(tmp_path / "brief", json.dumps({**HEAD, "sources": [source], "quotes": [quote]}), "brief.json")
    (folder / "it.txt").write_bytes((SAVED[what] + "So it is.\nThe mayor said: “The dam will hold”.\n").encode())
    (folder / "briefing.toml").write_text("[limits]\nbrief_seconds = 10\n", encoding="utf-8")
    (result,) = check_all([folder])
    assert not {"time-limit", "internal"} & {problem.code for problem in result.problems}
    assert [str(each.status) for each in result.evidence] == ["verbatim"]


def test_a_cue_of_many_lines_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "it.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a\n" * 1_500_000 + "So it is.\n")
    assert read_saved_text(tmp_path, "it.vtt").text.endswith(" a a So it is.")


def test_what_holds_many_pieces_of_a_paragraph_is_taken_away_piece_by_piece() -> None:
    with limited_by(Limits(reading_seconds=5)):
        assert read_apart("tests.security.test_linear:unwrapped", 60_000, name="it") == "a" * 60_000


def unwrapped(count: int) -> str:
    """The text of a paragraph whose insertions were taken for granted."""
    paragraph = etree.fromstring(f"<p>{'<ins><insPr/><r>a</r></ins>' * count}</p>")
    for each in list(paragraph):
        unwrap(each)
    assert {each.tag for each in paragraph} == {"r"}
    return "".join(map(str, paragraph.itertext()))


def test_many_comments_of_one_paragraph_are_read_at_once() -> None:
    with limited_by(Limits(reading_seconds=5)):
        found = read_apart("tests.security.test_linear:commented", 30_000, name="it")
    assert found == [(f"word{number}", "summary", (("B", "Yes."),)) for number in range(30_000)]


def commented(count: int) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """What `count` comments of one paragraph, each answered, are on, and their answers."""
    space = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    on = "".join(
        f'<w:commentRangeStart w:id="{n}"/><w:r><w:t>word{n}</w:t></w:r><w:commentRangeEnd w:id="{n}"/>'
        f'<w:r><w:commentReference w:id="{n}"/></w:r>'
        for n in range(count)
    )
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{who}"><w:p w14:paraId="{who}{n}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for n in range(count)
        for who, text in (("A", "Why?"), ("B", "Yes."))
    )
    answers = "".join(f'<w15:commentEx w15:paraId="B{n}" w15:paraIdParent="A{n}"/>' for n in range(count))
    parts = {
        "main": f'<w:p><w:bookmarkStart w:id="7" w:name="_b1"/>{on}</w:p>',
        "comments": said,
        "commentsExtended": answers,
    }
    roots = {key: etree.fromstring(f"<w:{key} {space}>{part}</w:{key}>") for key, part in parts.items()}
    package = SimpleNamespace(related=roots.get, xml=roots.get, main="main")
    traces = {"1": SimpleNamespace(path="summary")}
    found = found_comments(cast(Package, package), cast(dict[str, Trace], traces))
    return [(each.words, each.path, each.answers) for each in found]


def test_marks_are_put_in_order_as_the_library_does() -> None:
    for typed in ("\u0301\u0316\u0327" * 40, "\u0344\u0345\u093c" * 30 + "한\u11a8", "中" * 70 + "\u0316\u0958\u0301"):
        for form in ("NFC", "NFKD"):
            assert normalized(f"é{typed}", form) == unicodedata.normalize(form, f"é{typed}")


def test_a_problem_behind_letters_that_compose_stands_at_its_place() -> None:
    typed = "e\u0301\u0316 \u0958\u0947 \u1112\u1161\u11ab X"
    scalar = Scalar(typed, 1, 1, Writing.PLAIN)
    cleaned = unicodedata.normalize("NFC", typed)
    columns = [place_inside(typed, "brief.yaml", scalar, offset).column for offset in range(len(cleaned))]
    assert [columns[cleaned.index(each)] for each in (cleaned[0], "\u0915", "\u0947", "한", "X")] == [1, 5, 6, 8, 12]


@pytest.mark.parametrize(
    ("limit", "values"),
    [
        (
            "brief_characters",
            {"annexes": [{"title": f"Annex {each}", "body": "It is so. " * 4_900} for each in range(9)]},
        ),
        (
            "brief_values",
            {"key_points": ["- a"] * 500, "sources": [{"id": f"s{each}", "title": "a"} for each in range(500)]},
        ),
        ("brief_values", {"background": "- a\n" * 1_000}),
    ],
)
def test_a_brief_that_would_take_too_long_is_refused_and_the_limit_named(
    limit: str, values: dict[str, Any], tmp_path: Path
) -> None:
    folder = small_brief(tmp_path / "brief", json.dumps({**HEAD, **values}), "brief.json")
    (folder / "briefing.toml").write_text("[limits]\nbrief_values = 1_000\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    assert result.exit_code == 3 and problem.code == "too-large" and problem.place
    assert f"unless 'limits.{limit}' in briefing.toml" in problem.hint
    (folder / "briefing.toml").write_text(
        "[limits]\nbrief_values = 9_000\nbrief_characters = 900_000\n", encoding="utf-8"
    )
    (result,) = check_all([folder])
    assert "too-large" not in {problem.code for problem in result.problems}


SETTINGS: dict[str, Callable[[Path], object]] = {
    "theme.toml": lambda folder: Theme.load(folder).tokens,
    "briefing.toml": read_settings,
    "form.toml": lambda folder: read_form(read_toml(folder / "form.toml")),
}


@pytest.mark.parametrize("file", SETTINGS)
def test_each_line_of_settings_is_looked_at_once_however_many_names_nobody_knows(file: str, tmp_path: Path) -> None:
    table = {"theme.toml": "", "briefing.toml": "[rules]\n", "form.toml": "[labels.en]\n"}[file]

    def found(number: int) -> int:
        (tmp_path / file).write_text(
            table + "".join(f"name{each} = 'off'\n" for each in range(number)), encoding="utf-8"
        )
        with pytest.raises((DataError, UsageError)) as raised:
            SETTINGS[file](tmp_path)
        assert [each.place.line for each in raised.value.problems if each.place][:1] == [1 + bool(table)]
        return len(raised.value.problems)

    assert found(9) == 9
    assert found(300) == 201
    assert calls_of(lambda: found(600)) < 2.2 * calls_of(lambda: found(300))
