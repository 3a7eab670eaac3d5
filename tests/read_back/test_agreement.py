"""What the program makes is found to say what the tree says: small and long, left to right and right to left, in house styles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.document.inlines import Text
from briefing.document.tree import Document
from briefing.document.walk import rewrite
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.lengths import LETTER
from briefing.themes.theme import Theme
from tests.document.front_matter import front_matter
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.arabic import arabic
from tests.docx.opened import written
from tests.read_back.long import long
from tests.sabotage.themes import theme

DOCUMENTS = {
    "sample": sample,
    "letter": lambda: sample(LETTER),
    "long": long,
    "a cell of four pages": lambda: long(3, 3, 60),
    "front and end matter": front_matter,
    "no running lines": lambda: replace(sample(), header=(), footer=()),
    "combining marks": lambda: reworded("late", "la\u0301te \u1e69\u0323 o\u0308ffi\u0301ce"),
    "marks that no letter holds": lambda: reworded("late", "x\u030c q\u0303 \u0117\u0303 late"),
    "odd white space": lambda: reworded("late", "l\u00adate\u200b by\u00a0far\u2009or\u2011so"),
    "letters of three scripts": lambda: reworded("late", "АВЕКМНОРСТХ ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ ABEKMHOPCTX"),
    "ligatures": lambda: reworded("late", "office fluffy affix fjord Sturmflut ﬁnal ﬂow"),
    "hyphens at line ends": lambda: reworded(
        "late", "well-kept, third-hand, co-operation, non\u2010stop, vis-à-vis " * 12
    ),
    "many digits": lambda: reworded("late", "1,250.75 ½ ⅓ 10⁻³ €5 £6 §7 №8 " * 6),
}


def reworded(old: str, new: str) -> Document:
    return rewrite(sample(), lambda node: Text(new) if isinstance(node, Text) and node.text == old else node)


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_pdf_agrees(make: object, process: PdfProcess) -> None:
    assert callable(make)
    document = make()
    assert verify_pdf(document, process.render(document, Theme.load()).data) == ()


@pytest.mark.parametrize("make", [*DOCUMENTS.values(), arabic], ids=[*DOCUMENTS, "right to left"])
def test_a_docx_agrees(make: object) -> None:
    assert callable(make)
    document = make()
    assert verify_docx(document, written(document).data) == ()


@pytest.mark.parametrize("make", [*DOCUMENTS.values(), arabic], ids=[*DOCUMENTS, "right to left"])
def test_a_page_agrees(make: object) -> None:
    assert callable(make)
    document = make()
    assert verify_html(document, page(document, Theme.load())) == ()


@pytest.mark.parametrize("house", [houses.plain, houses.letterhead], ids=["plain", "letterhead"])
def test_a_docx_in_house_styles_agrees(house: object) -> None:
    assert callable(house)
    assert verify_docx(sample(), written(sample(), houses.data(house())).data) == ()


LAYOUTS = {
    "rows cut by a page's end": "tr { break-inside: auto } .paragraph { orphans: 1; widows: 1 }",
    "headings not repeated": "thead { display: table-row-group }",
    "words cut by a line's end": "html { hyphens: auto } tr { break-inside: auto } .paragraph { orphans: 1; widows: 1 }",
    "sources in two columns": ".notes { columns: 2 }",
    "big type": "html { font-size: 16pt } .paragraph, td, .note { font-size: 16pt }",
}


@pytest.mark.parametrize("css", LAYOUTS.values(), ids=LAYOUTS)
def test_a_long_pdf_agrees_however_it_is_cut(css: str, process: PdfProcess, tmp_path: Path) -> None:
    document = long(40, 40)
    result = process.render(document, theme(tmp_path, css))
    assert result.pages is not None and result.pages > 10
    assert verify_pdf(document, result.data) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"text"])
def test_what_is_no_file_is_one_problem(data: bytes) -> None:
    (pdf,) = verify_pdf(sample(), data)
    (word,) = verify_docx(sample(), data)
    assert verify_html(sample(), data)
    assert "cannot be read back" in str(pdf) and "cannot be read back" in str(word)


def test_each_format_is_held_to_its_own_document(process: PdfProcess) -> None:
    other = reworded("late", "early")
    assert [problem.code for problem in verify_pdf(other, process.render(sample(), Theme.load()).data)] == [
        "disagreement"
    ]
    assert [problem.code for problem in verify_docx(other, written(sample()).data)] == ["disagreement"]
    assert [problem.code for problem in verify_html(other, page(sample(), Theme.load()))] == ["disagreement"]
