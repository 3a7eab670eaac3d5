"""Letters that no font has are told by `check`, at their places; combining marks and quotations in any script are set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

import briefing
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.letters import USUAL
from briefing.themes.theme import Theme
from tests.cases import case
from tests.running import small_brief

HEAD = "title: Levee brief\ndate: 2026-03-14\nhandling: {marking: OFFICIAL}\n"


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as started:
        yield started


def told(folder: Path) -> list[tuple[str, int, int]]:
    """The code and place of what stops the brief in `folder`, which is a fault of its data."""
    (found,) = briefing.check_all([folder])
    errors = [problem for problem in found.problems if problem.severity == "error"]
    assert found.exit_code == (3 if errors else 0)
    return [(problem.code, problem.place.line, problem.place.column) for problem in errors if problem.place]


def test_each_letter_that_no_font_has_is_told_at_its_place() -> None:
    assert told(case("48")) == [("missing-glyph", 7, 22), ("missing-glyph", 7, 31), ("missing-glyph", 7, 39)]


@pytest.mark.parametrize("made_in", ["pdf", "docx", "html"])
def test_a_build_says_the_same_whatever_the_format(tmp_path: Path, made_in: str) -> None:
    with pytest.raises(briefing.DataError) as caught:
        briefing.build(case("48"), formats=[made_in], output_dir=tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["missing-glyph"] * 3


def test_letters_in_a_title_and_in_a_cell_are_told(tmp_path: Path) -> None:
    text = HEAD.replace("Levee brief", "Levee 水") + "timeline:\n  - {date: 2026-01-01, event: Rain 雨 fell}\n"
    assert told(small_brief(tmp_path, text)) == [("missing-glyph", 1, 14), ("missing-glyph", 5, 36)]


def test_letters_that_are_not_printed_do_no_harm(tmp_path: Path) -> None:
    assert told(small_brief(tmp_path, f"{HEAD}# 水\nsections: [{{title: A, body: B}}]\n")) == []


def test_a_language_from_right_to_left_is_refused() -> None:
    assert told(case("49")) == [("right-to-left", 5, 11)]


def test_another_language_from_right_to_left_is_refused(tmp_path: Path) -> None:
    text = f"{HEAD}language: fa-IR\nsections: [{{title: A, body: B}}]\n"
    assert told(small_brief(tmp_path, text)) == [("right-to-left", 4, 11)]


@pytest.mark.parametrize(
    "words",
    [
        "Ẹ̀kọ́ ọ̀rọ̀ àti ìjọba",
        "ẹ̀ ẹ́ ọ̀ ọ́ Ẹ̀ Ọ̀",
        "ė́ ą́ ę́ į̃ ū̃ ė̃",
        "a\u0323\u0302\u0301 o\u0328\u0304 x\u0302\u0323",
        "Việt Nam, Łódź, Čeština",
        "Ελλάδα, Україна, España",
        "שלום and السلام",
    ],
)
def test_letters_with_marks_are_set_and_read_back(process: PdfProcess, tmp_path: Path, words: str) -> None:
    folder = small_brief(tmp_path, f"{HEAD}sections:\n  - title: {words}\n    body: They said **{words}** twice.\n")
    assert told(folder) == []
    document = briefing.compose_brief(folder)
    assert verify_pdf(document, process.render(document, Theme.load()).data) == ()


def test_no_line_ends_in_the_host_of_an_address(process: PdfProcess, tmp_path: Path) -> None:
    address = "https://www.valley-waterboard.example/reports/2026/annual-statement.html"
    lines = "".join(f"      {'word ' * count}see {address}.\n\n" for count in range(8, 18))
    text = f"{HEAD}sections:\n  - title: A\n    body: |\n{lines}      1. one\n      2. two\n"
    document = briefing.compose_brief(small_brief(tmp_path, text))
    data = process.render(document, Theme.load()).data
    assert verify_pdf(document, data) == ()
    with pypdfium2.PdfDocument(data) as pdf:
        said = [line.strip() for line in pdf[0].get_textpage().get_text_bounded().splitlines()]
    ends = [line.rpartition("https:")[2] for line in said if "https:" in line]
    assert len(ends) == 10 and not any(end in ("/", "//") for end in ends)
    assert {"1. one", "2. two"} <= set(said)


def test_the_usual_letters_are_those_of_the_bundled_fonts() -> None:
    known = Theme.load().characters()
    usual = {letter for letter in map(chr, range(0x10000)) if USUAL.fullmatch(letter)}
    assert usual - known - set("\t\n\r") == set()
    assert set("éßłșθώЩ−₂≥→€…") <= usual
