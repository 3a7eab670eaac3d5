"""The examples, built as a user builds them, and held against every validator there is."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.running import EXAMPLES, ISSUES, briefing, made_once
from tests.validators import libreoffice_pdf, open_xml_sdk, openxml_audit, pdf_structure, verapdf, word_assertions

NAMES = ("iss-withdrawal", "veska-flood-storage", "deposit-scheme", "basin-sitrep", ISSUES[-1])


@pytest.fixture(scope="module", params=NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(folder: Path) -> None:
        run = briefing("build", EXAMPLES / request.param, "-o", folder)
        assert run.code == 0, run.err

    return made_once(tmp_path_factory, request.param, build) / Path(request.param).name


def test_the_pdf_is_valid(built: Path) -> None:
    pdf = built.with_suffix(".pdf")
    assert verapdf(pdf) == []
    assert pdf_structure(pdf).faults() == []


def test_the_docx_is_valid(built: Path) -> None:
    docx = built.with_suffix(".docx")
    assert open_xml_sdk(docx) == []
    assert openxml_audit(docx) == []
    assert word_assertions(docx) == []


def test_pdf_and_docx_are_set_alike(built: Path, tmp_path: Path) -> None:
    """As far as LibreOffice lays the DOCX out. Version 7.4 puts the sources on a page of their own."""
    pdf, word = built.with_suffix(".pdf"), libreoffice_pdf(built.with_suffix(".docx"), tmp_path)
    with pypdfium2.PdfDocument(pdf) as one, pypdfium2.PdfDocument(word) as other:
        assert abs(len(one) - len(other)) <= 1
        assert edges(one) == pytest.approx(edges(other), abs=2)


def edges(pdf: pypdfium2.PdfDocument) -> list[float]:
    """Where the words of the first page begin and end: from the left and the foot, in millimetres."""
    text = pdf[0].get_textpage()
    boxes = list(zip(*(text.get_rect(place) for place in range(text.count_rects())), strict=True))
    return [edge / 72 * 25.4 for edge in (min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3]))]


def test_all_seven_statements_of_the_article_are_in_the_first_example() -> None:
    tree = briefing("tree", EXAMPLES / "iss-withdrawal").out
    for words in (
        "The decision to leave the station after 2024 has been made.",
        "is not to drop, but to raise the bar and, first of all, provide the Russian economy with the necessary space services.",
        "without which modern life cannot be imagined",
        "The main priorities will be made on the creation of the Russian orbital station.",
        "plunge people into despair and hunger and bring our country to its knees.",
        "strongly rebukes",
        "a liberation day to celebrate both on Earth and in space.",
    ):
        assert f"{words}”" in tree
