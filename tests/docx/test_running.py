"""The handling marking stands first and last on every page, whatever headers a house document has."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from briefing.document.reading import running_text
from briefing.lengths import A4, LETTER
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import NS, Opened, R, attribute, found, saved, written
from tests.validators import libreoffice_pdf

LETTERHEAD = houses.data(houses.letterhead())


def shown(opened: Opened, edge: str, kind: str) -> list[str]:
    """The paragraphs of the header or footer of one kind of page."""
    references = found(opened.document, f".//w:sectPr/w:{edge}Reference[@w:type='{kind}']")
    reference = references[0]
    assert len({each.get(f"{{{R}}}id") for each in references}) == 1, "every section has the same"
    relations = opened.root("word/_rels/document.xml.rels")
    target = next(each.get("Target", "") for each in relations if each.get("Id") == reference.get(f"{{{R}}}id"))
    return [opened.text(paragraph) for paragraph in opened.root(f"word/{target}").iterfind("w:p", NS)]


def test_our_own_pages() -> None:
    opened = Opened.of(sample())
    assert shown(opened, "header", "default") == running_text(sample().header, 1, 1)
    assert shown(opened, "footer", "default") == running_text(sample().footer, 1, 1)
    assert found(opened.document, ".//w:titlePg") == []


@pytest.mark.parametrize("kind", ["default", "first", "even"])
def test_every_kind_of_page_of_a_house_document(kind: str) -> None:
    opened = Opened.of(sample(), LETTERHEAD)
    header, footer = shown(opened, "header", kind), shown(opened, "footer", kind)
    assert header[:2] == running_text(sample().header, 1, 1)
    assert footer[-4:] == running_text(sample().footer, 1, 1)


def test_what_the_house_says_stays_between() -> None:
    opened = Opened.of(sample(), LETTERHEAD)
    assert shown(opened, "header", "default")[2:] == ["Ministry of Water"]
    assert shown(opened, "header", "even")[2:] == ["Water, even pages"]
    assert shown(opened, "footer", "default")[:-4] == ["12 Canal Street"]


def test_a_house_page_number_is_not_said_twice_but_a_line_that_says_more_stays() -> None:
    document = houses.plain()
    footer = document.sections[0].footer
    houses.field(footer.paragraphs[0], "PAGE", "3")
    more = footer.add_paragraph("Ministry of Water and Rivers, page ")
    houses.field(more, "PAGE", "3")
    lines = shown(Opened.of(sample(), houses.data(document)), "footer", "default")
    assert lines[:-4] == ["Ministry of Water and Rivers, page 3"]


def test_headers_of_earlier_sections_are_taken_over() -> None:
    document = houses.plain()
    document.sections[0].header.paragraphs[0].text = "First section"
    document.add_section()
    assert shown(Opened.of(sample(), houses.data(document)), "header", "default")[2:] == ["First section"]


def test_an_earlier_brief_as_house_document_does_not_leave_its_lines() -> None:
    earlier = replace(sample(), header=sample().header[:1])
    opened = Opened.of(sample(), written(earlier, LETTERHEAD).data)
    for kind in ("default", "first", "even"):
        assert shown(opened, "header", kind).count("OFFICIAL") == 1
        assert len(shown(opened, "footer", kind)) == (5 if kind == "default" else 4)


def test_without_running_lines_there_are_no_headers() -> None:
    opened = Opened.of(replace(sample(), header=()))
    assert found(opened.document, ".//w:headerReference") == []


def test_paper() -> None:
    widths = []
    for paper in (A4, LETTER):
        size, margins = (found(Opened.of(sample(paper)).document, f".//w:{part}")[0] for part in ("pgSz", "pgMar"))
        widths.append(int(attribute(size, "w")) - sum(int(attribute(margins, side)) for side in ("left", "right")))
    assert widths[0] == pytest.approx(widths[1], abs=10)
    size = found(Opened.of(sample(LETTER)).document, ".//w:pgSz")[0]
    assert (attribute(size, "w"), attribute(size, "h")) == ("12240", "15840")
    size = found(Opened.of(sample()).document, ".//w:pgSz")[0]
    assert (attribute(size, "w"), attribute(size, "h")) == ("11906", "16838")


def test_a_house_document_keeps_its_page() -> None:
    margins = found(Opened.of(sample(), LETTERHEAD).document, ".//w:pgMar")[0]
    assert attribute(margins, "left") == str(round(35 / 25.4 * 1440))


def test_tables_are_as_wide_as_the_text() -> None:
    for reference in (None, LETTERHEAD):
        opened = Opened.of(sample(), reference)
        size, margins = found(opened.document, ".//w:pgSz")[0], found(opened.document, ".//w:pgMar")[0]
        room = int(attribute(size, "w")) - int(attribute(margins, "left")) - int(attribute(margins, "right"))
        for table in found(opened.document, ".//w:tbl"):
            assert sum(int(attribute(column, "w")) for column in found(table, "w:tblGrid/w:gridCol")) == room


@pytest.mark.parametrize("reference", [None, LETTERHEAD], ids=["ours", "house"])
def test_marked_on_the_pages_as_laid_out(reference: bytes | None, tmp_path: Path) -> None:
    """LibreOffice before 24.8 puts endnotes on pages of their own, which no header reaches: those pages are left out."""
    pdf = pypdfium2.PdfDocument(libreoffice_pdf(saved(written(sample(), reference).data, tmp_path), tmp_path))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    marked = [page for page in pages if not page.startswith("1 Gazette, 1 March 2026")]
    assert len(marked) >= 2
    for page in marked:
        assert page.count("OFFICIAL") == 2


def test_footers_of_ours_are_named_behind_what_is_there() -> None:
    """LibreOffice 25.2 prints no footer on the first page when it is named before the usual one."""
    section = found(Opened.of(sample(), LETTERHEAD).document, "w:body/w:sectPr")[0]
    named = [
        (str(each.tag).rpartition("}")[2][:6], attribute(each, "type")) for each in section if "Ref" in str(each.tag)
    ]
    kinds = ("default", "first", "even")
    assert named[-3:] == [("footer", kind) for kind in kinds] and {edge for edge, _ in named[:-3]} == {"header"}
