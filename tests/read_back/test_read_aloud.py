"""What programs that read aloud are told, in real files: where links lead, what a mark says, which language words are in, what a drawing shows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import lxml.html
import pikepdf

from briefing.compose import resolve
from briefing.document.tree import Document
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.writer import docx
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.schema.references import identified
from briefing.schema.validate import validate
from briefing.themes.theme import Theme
from tests.docx.opened import Opened

BARS = [{"label": "2024", "value": "3"}, {"label": "2025", "value": "5"}]
VALUES: dict[str, Any] = {
    "title": "The harbour",
    "date": "2026-03-14",
    "language": "en-GB",
    "proposition": "Widen the gate.",
    "summary": "It is full [@gazette] and loud[^a].\n\n[^a]: At night.",
    "timeline": [{"date": "2026-03-01", "event": "The gate broke.", "sources": ["gazette"]}],
    "quotes": [
        {
            "text": "We pay.",
            "original": "Wir zahlen.",
            "language": "de",
            "speaker": "Nora Tamm",
            "translated_by": "Bo Hall",
        },
        {"text": "Jamais de la vie.", "language": "fr", "speaker": "Luc Roy", "source": "gazette"},
    ],
    "stakeholders": [{"name": "City", "position": "It pays.", "stance": "opposed"}],
    "sections": [
        {
            "title": "Costs",
            "body": "High.",
            "sections": [{"title": "Walls", "body": "Nine.", "sections": [{"title": "In stone", "body": "Ten."}]}],
        }
    ],
    "figures": [{"caption": "What it cost.", "alt": "Costs rise.", "chart": {"unit": "million", "values": BARS}}],
    "sources": [{"id": "gazette", "title": "The “Gazette” & Co", "published": "2026-03-01"}],
}
SOURCE = "Source 1: The “Gazette” & Co"
FOOTNOTE = "Note a"
EVENT = "The gate broke."
VALUE = "2025: 5"


@cache
def document() -> Document:
    return resolve(identified(validate(VALUES)), {})


@cache
def pdf() -> bytes:
    with PdfProcess() as process:
        return process.render(document(), Theme.load()).data


def below(element: Any) -> Iterator[Any]:
    """Structure elements in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def test_a_pdf_says_it_all() -> None:
    assert verify_pdf(document(), pdf()) == ()
    with pikepdf.open(io.BytesIO(pdf())) as file:
        links = [each for sheet in file.pages for each in sheet.obj.get("/Annots", [])]
        names = [str(each.get("/Contents", "")) for each in links if "/Dest" in each]
        assert names.count(SOURCE) == 3 and FOOTNOTE in names
        elements = list(below(file.Root.StructTreeRoot))
        assert "Opposed" in {str(each.ActualText) for each in elements if "/ActualText" in each}
        assert [str(each.Lang) for each in elements if "/Lang" in each] == ["de", "fr"]
        alts = " ".join(str(each.get("/Alt", "")) for each in elements if each.S == "/Figure")
        assert EVENT in alts and VALUE in alts
        nested = [each for each in elements if each.S == "/Sect" and each.P.S == "/Sect"]
        assert len(nested) == 2 and all(each.K[0].S in ("/H3", "/H4") for each in nested)


def test_a_page_for_screens_says_it_all() -> None:
    data = page(document(), Theme.load())
    assert verify_html(document(), data) == ()
    root: Any = lxml.html.fromstring(data)
    names = [each.get("aria-label") for each in root.iter("a") if each.get("class") == "note-reference"]
    assert names and set(names) == {SOURCE}
    assert [each.get("aria-label") for each in root.find_class("footnote-reference")] == [FOOTNOTE]
    shapes = root.find_class("mark")
    assert shapes and all(each.find_class("shape")[0].get("aria-hidden") == "true" for each in shapes)
    spoken = {each.get("lang"): each.text_content() for each in root.iter("span") if each.get("lang")}
    assert spoken == {"de": "“Wir zahlen.”", "fr": "“Jamais de la vie.”"}
    alts = " ".join(each.get("aria-label", "") for each in root.iter() if each.get("role") == "img")
    assert EVENT in alts and VALUE in alts
    levels = [each.tag for each in root.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == "h1" and "h4" in levels
    assert all(int(after[1]) <= int(before[1]) + 1 for before, after in pairwise(levels))


def test_a_word_file_says_it_all() -> None:
    data = docx(document(), Theme.load()).data
    assert verify_docx(document(), data) == ()
    parts = Opened(data).parts
    body: Any = lxml.etree.fromstring(parts["word/document.xml"])
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    runs = [(each.find(f".//{name}lang"), "".join(each.itertext())) for each in body.iter(f"{name}r")]
    spoken = {lang.get(f"{name}val"): text for lang, text in runs if lang is not None}
    assert spoken["de"] == "“Wir zahlen.”" and "Jamais" in spoken["fr"]
    # Word shows and reads what a native note says where it is called.
    assert b"endnoteReference" in parts["word/document.xml"] and "Gazette" in parts["word/endnotes.xml"].decode()
    alts = " ".join(each.get("descr", "") for each in body.iter() if each.tag.endswith("docPr"))
    assert EVENT in alts and VALUE in alts


def test_a_link_that_is_called_something_else_is_found() -> None:
    (wrong, *_) = verify_html(document(), page(document(), Theme.load()).replace(b"Source 1:", b"Source 2:"))
    assert "is called “Source 2: The “Gazette” & Co”, not “Source 1:" in wrong.message
    with pikepdf.open(io.BytesIO(pdf())) as file:
        for sheet in file.pages:
            for each in sheet.obj.get("/Annots", []):
                each.Contents = pikepdf.String("1")
        saved = io.BytesIO()
        file.save(saved)
    assert any("it leads to another place" in each.message for each in verify_pdf(document(), saved.getvalue()))
