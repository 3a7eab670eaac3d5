"""What is longer than a page begins where it stands, under its headings; and nothing stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

import briefing
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.theme import Theme
from tests.cases import case
from tests.running import small_brief

HEAD = "title: Levee brief\ndate: 2026-03-14\nhandling: {marking: OFFICIAL}\n"


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as started:
        yield started


def pages(process: PdfProcess, folder: Path) -> list[str]:
    """The text of each page of the brief in `folder`, which reads back as it should."""
    document = briefing.compose_brief(folder)
    data = process.render(document, Theme.load()).data
    assert verify_pdf(document, data) == ()
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def positions(*sentences: int, filler: int = 0) -> str:
    """A brief with a row for each of `sentences`, that many long; every sentence names its row."""
    summary = "".join(f"  Line {number}.\n\n" for number in range(filler + 1))
    rows = "".join(
        f"  - name: Party {number}\n    stance: opposed\n"
        f"    position: {f'The farms of row{number} have asked for notice before any work is done. ' * long}\n"
        for number, long in enumerate(sentences)
    )
    return f"{HEAD}summary: |\n{summary}proposition: Open the levee.\nstakeholders:\n{rows}"


def rows_on(page: str) -> set[str]:
    return set(re.findall(r"row\d+", page))


def test_a_row_longer_than_a_page_begins_under_its_headings(process: PdfProcess) -> None:
    first, *others = pages(process, case("62"))
    assert all(words in first for words in ("Who stands where", "Proposition", "Table 1", "Influence", "The farms on"))
    assert others and all("Influence" in page and "The farms on" in page for page in others)


def test_a_question_longer_than_a_page_does(process: PdfProcess) -> None:
    first, *others = pages(process, case("64"))
    assert "What is not known" in first and "Who pays?" in first
    assert others and all("Owner and next step" in page for page in (first, *others))


def test_a_quotation_longer_than_a_page_begins_where_it_stands(process: PdfProcess, tmp_path: Path) -> None:
    words = "The bank was raised twice and broke twice in the same winter. " * 120
    text = f"{HEAD}quotes:\n  - id: bank\n    text: {words}\n    source: gazette\n    speaker: Nora Berg\n"
    first, *others = pages(process, small_brief(tmp_path, f"{text}sources:\n  - {{id: gazette, title: Gazette}}\n"))
    assert "Levee brief" in first and "The bank was raised" in first and "The bank was raised" in others[0]


@pytest.mark.parametrize(
    ("sentences", "filler"),
    [
        ((60,), 0),
        ((3, 140, 3), 5),
        ((30, 30, 30), 0),
        ((50, 50, 50, 50), 5),
        ((60, 60), 20),
        ((1, 1), 24),
        ((1, 1, 1), 25),
        ((2,) * 30, 16),
    ],
)
def test_headings_stay_with_their_table_and_no_row_stands_alone(
    process: PdfProcess, tmp_path: Path, sentences: tuple[int, ...], filler: int
) -> None:
    made = pages(process, small_brief(tmp_path, positions(*sentences, filler=filler)))
    (over,) = [page for page in made if "Who stands where" in page]
    assert "Proposition" in over and "Table 1" in over and rows_on(over)
    for page in made:
        rows = rows_on(page)
        assert not rows or "Position" in page, "a heading row is missing"
        alone = rows if len(rows) == 1 and len(sentences) > 1 else set()
        assert not any(sum(row in rows_on(other) for other in made) == 1 for row in alone)


@pytest.mark.parametrize("letters", ["A title about the sluice. ", "Sluice"], ids=["words", "one word"])
def test_a_title_of_500_letters_fits(process: PdfProcess, tmp_path: Path, letters: str) -> None:
    title = (letters * 100)[:499].strip()
    text = HEAD.replace("Levee brief", title) + "sections: [{title: A, body: B}]\n"
    first, *_ = pages(process, small_brief(tmp_path, text))
    assert "OFFICIAL" in first and "…" in first


def test_a_caveat_of_500_letters_fits(process: PdfProcess, tmp_path: Path) -> None:
    caveat = ("Not to be shown to anybody without the consent of the desk that wrote it. " * 10)[:499].strip()
    text = HEAD.replace("OFFICIAL}", f"OFFICIAL, caveat: {caveat}}}") + "sections: [{title: A, body: B}]\n"
    first, *_ = pages(process, small_brief(tmp_path, text))
    assert first.count("Not to be shown to anybody") == 2 * caveat.count("Not to be")
