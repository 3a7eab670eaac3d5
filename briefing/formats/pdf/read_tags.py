"""Tags and properties of a finished PDF: headings, tables, figures, title, language, paper (PDF/UA-1, ISO 14289-1,
7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pikepdf

from briefing.document.reading import inline_text
from briefing.document.tree import Document, Heading, Table
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected
from briefing.formats.agreement.findings import quoted
from briefing.formats.pdf.read_order import FoundCell, FoundTable, LogicalText, compared
from briefing.formats.pdf.read_text import Character, Page, pdf_finding, spelled

_PAPER_SLACK: Final = 1.0


def check_tags(document: Document, expected: Expected, logical: LogicalText) -> Iterator[Problem]:
    """Headings, tables and figures are tagged as what they are."""
    yield from _headings(document, expected, logical.headings())
    tables, found_tables = expected.of_kind(Table), logical.tables
    if len(tables) != len(found_tables):
        message = f"{len(found_tables)} tables are tagged; the brief has {len(tables)}"
        yield pdf_finding("untagged", message)
    else:
        for table, there in zip(tables, found_tables, strict=True):
            yield from _table(expected, table, there)
    if logical.expansions() != expected.abbreviations:
        yield pdf_finding(
            "untagged", "its abbreviations do not have what they stand for, one by one, as their expansion"
        )
    figures, found_figures = expected.pictures, logical.figures()
    if len(figures) != len(found_figures):
        yield pdf_finding("untagged", f"{len(found_figures)} figures are tagged; the brief has {len(figures)}")
        return
    for figure, found in zip(figures, found_figures, strict=True):
        if found.alt.split() != figure.alt.split():
            message = f"its alternative text should be {quoted(figure.alt)} but is {quoted(found.alt)}"
            yield pdf_finding("disagreement", message, figure.id, figure.origin)


def _headings(
    document: Document, expected: Expected, found: Sequence[tuple[int, Sequence[Character]]]
) -> Iterator[Problem]:
    title = inline_text(document.masthead.title)
    headings = [(heading.level, inline_text(heading.children)) for heading in expected.of_kind(Heading)]
    titled = [(1, title), *((level + 1, text) for level, text in headings)]
    there = [(level, compared(characters)) for level, characters in found]
    for wanted in (headings, titled):
        if [level for level, _ in wanted] == [level for level, _ in there] and all(
            expected.same(bare(text)[0], said) for (_, text), (_, said) in zip(wanted, there, strict=True)
        ):
            return
    said = ", ".join(f"H{level} {quoted(spelled(characters))}" for level, characters in found) or "none"
    right = ", ".join(f"H{level} {quoted(text)}" for level, text in titled)
    yield pdf_finding("untagged", f"the headings are tagged {said}; they should be {right}")


def _table(expected: Expected, table: Table, found: FoundTable) -> Iterator[Problem]:
    def says(row: Sequence[FoundCell], texts: Sequence[str]) -> bool:
        return len(row) == len(texts) and all(
            expected.same(text, cell.text) for text, cell in zip(texts, row, strict=True)
        )

    def fault(message: str, node: str, origin: str) -> Problem:
        return pdf_finding("untagged", message, node, origin, found.pages[:1])

    headings = [bare(column.heading)[0] for column in table.columns]
    head = next((row for row in found.rows if says(row, headings)), None)
    if head is None or not all(cell.header for cell in head):
        yield fault("its column headings are not tagged as header cells (TH)", table.id, table.origin)
    rows = [row for row in found.rows if row is not head]
    if len(rows) != len(table.rows):
        yield fault(f"{len(rows)} rows are tagged; the table has {len(table.rows)}", table.id, table.origin)
        return
    for row, there in zip(table.rows, rows, strict=True):
        if not says(there, [expected.text_of(cell.id) for cell in row.cells]):
            yield fault("its cells are tagged in another way than the table has them", row.id, row.origin)
        elif any(cell.header and not tagged.header for cell, tagged in zip(row.cells, there, strict=True)):
            yield fault("the cell that names the row is not tagged as a header cell (TH)", row.id, row.origin)


def check_properties(document: Document, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Title, language, and that the file says it is tagged and shows its title."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        titles = {"/Info": str(pdf.docinfo.get("/Title", "")), "dc:title": str(metadata.get("dc:title", ""))}
    wanted = document.properties.title
    for name, title in titles.items():
        if title != wanted:
            message = f"the title in its properties ({name}) is {quoted(title)}, not {quoted(wanted)}"
            yield pdf_finding("disagreement", message)
    language = str(pdf.Root.get("/Lang", ""))
    if language.casefold() != document.language.casefold():
        yield pdf_finding("disagreement", f"its language is “{language}”, not “{document.language}”")
    if not _says(pdf, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in pdf.Root:
        yield pdf_finding("untagged", "it is not a tagged PDF")
    if not _says(pdf, "/ViewerPreferences", "/DisplayDocTitle"):
        yield pdf_finding("untagged", "readers are not told to show its title (DisplayDocTitle)")


def _says(pdf: pikepdf.Pdf, part: str, key: str) -> bool:
    held = pdf.Root.get(part)
    return isinstance(held, pikepdf.Dictionary) and bool(held.get(key))


def check_paper(document: Document, pages: Sequence[Page]) -> Iterator[Problem]:
    """Every page is of the document's paper, within a point."""
    size = document.paper.width.points, document.paper.height.points
    wrong = [
        page.number
        for page in pages
        if any(abs(page.box[2 + side] - page.box[side] - size[side]) > _PAPER_SLACK for side in (0, 1))
    ]
    if wrong:
        yield pdf_finding("disagreement", f"the paper is not {document.paper.name}", pages=wrong)


def is_larger_than_paper(document: Document, page: Page) -> bool:
    """Whether a page is wider or higher than the document's paper."""
    size = document.paper.width.points, document.paper.height.points
    return any(page.box[2 + side] - page.box[side] > size[side] + _PAPER_SLACK for side in (0, 1))
