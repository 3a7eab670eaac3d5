"""Every word of the data stands in every format, for any text that is allowed, and none of them off the page."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefing.document.tree import Document
from briefing.errors import DataError
from briefing.formats.docx.writer import docx
from briefing.formats.html.page import page
from briefing.formats.pdf.process import PdfProcess
from briefing.run.checks import judge
from briefing.run.load import load
from briefing.schema import Settings
from briefing.themes.letters import check_letters
from briefing.themes.theme import Theme
from tests.docx.opened import NS

POLICY = Theme.load()
_LETTERS = st.characters(categories=("Lu", "Ll", "Nd", "Sc", "Sm"), max_codepoint=0x24FF, exclude_characters="+<>=~^")
_USUAL = st.sampled_from(("a", "of;", "(in)", "5%", "É–é", "U.S.", "1,5", "0!"))
Words = st.lists(st.one_of(st.text(_LETTERS, min_size=1, max_size=90), _USUAL), min_size=1, max_size=12)
"""Words without what means something in light Markdown."""


def data_of(texts: list[str]) -> dict[str, object]:
    title, subtitle, name, cell, speaker, *others = texts
    return {
        "title": title,
        "subtitle": subtitle,
        "date": "2026-03-14",
        "language": "en-GB",
        "handling": {"marking": "OFFICIAL", "caveat": name},
        "summary": others[0],
        "key_points": others,
        "background": "\n\n".join(others),
        "quotes": [{"text": others[0], "speaker": speaker, "source": "gazette"}],
        "tables": [{"caption": subtitle, "columns": [{"label": "Where"}, {"label": "What"}], "rows": [[cell, name]]}],
        "sources": [{"id": "gazette", "title": name, "published": "2026-03-01"}],
    }


def composed(folder: Path, texts: list[str]) -> Document | None:
    """The brief with these texts; None when one of them may not be typed, which is told at its place."""
    file = folder / "brief.json"
    file.write_text(json.dumps(data_of(texts)), encoding="utf-8")
    try:
        judged = judge(load(file), Settings(), POLICY)
    except DataError as error:
        assert all(problem.place and problem.place.line for problem in error.problems)
        return None
    return None if check_letters(judged.document, judged.loaded.source.values, POLICY) else judged.document


def in_docx(document: Document) -> str:
    found = []
    with zipfile.ZipFile(io.BytesIO(docx(document, POLICY).data)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for paragraph in etree.fromstring(archive.read(name)).iter(f"{{{NS['w']}}}p"):
                    found.append("".join(text.text or "" for text in paragraph.iter(f"{{{NS['w']}}}t")))
    return " ".join(found)


def in_html(document: Document) -> str:
    body = tinyhtml5.parse(page(document, POLICY).decode()).find("{*}body")
    return "".join(body.itertext())


def lost(texts: list[str], printed: str) -> set[str]:
    """The words that are not there; where a word ends, a dash or a no-break space may stand."""
    there = "".join(printed.split())
    return {word for text in texts for word in text.split() if word not in there}


@settings(max_examples=25)
@given(st.lists(Words.map(" ".join), min_size=6, max_size=9))
def test_every_word_is_in_the_docx_and_the_html(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    document = composed(tmp_path_factory.getbasetemp(), texts)
    if document is not None:
        assert (lost(texts, in_docx(document)), lost(texts, in_html(document))) == (set(), set())


LONG = [
    "A title " + "of many words " * 20,
    "Sub" + "title" * 30,
    "A name",
    "cell" * 60,
    "A speaker of " + "Brandenburg-" * 12,
    *(f"Point{number} " + "longwordwithoutend" * number + f" end{number}." for number in range(14)),
]


def test_every_word_is_on_a_page_of_the_pdf(tmp_path: Path) -> None:
    document = composed(tmp_path, LONG)
    assert document is not None
    with PdfProcess() as process:
        data = process.render(document, POLICY).data
    with pypdfium2.PdfDocument(data) as file:
        printed = "".join(
            sheet.get_textpage().get_text_bounded(36, 28, sheet.get_width() - 36, sheet.get_height() - 28)
            for sheet in file
        )
    assert lost(LONG, printed.replace("\ufffe", "").replace("-", "")) <= {
        word for word in " ".join(LONG).split() if "-" in word
    }
    assert lost(LONG, in_docx(document)) | lost(LONG, in_html(document)) == set()
