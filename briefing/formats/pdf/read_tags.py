"""Tags and properties of a finished PDF: headings, tables, figures, title, language, paper (PDF/UA-1, ISO 14289-1,
7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pikepdf

from briefing.document.reading import inline_text
from briefing.document.tree import Document, Figure, Table
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected
from briefing.formats.agreement.findings import finding, page_list, quoted
from briefing.formats.pdf.read_order import LogicalText, TaggedHeading
from briefing.formats.pdf.read_tables import FoundTable, compared
from briefing.formats.pdf.read_text import Page, spelled

FILE = "PDF"
_PAPER_SLACK: Final = 1.0


def check_tags(
    document: Document, expected: Expected, logical: LogicalText, tables: Sequence[FoundTable]
) -> Iterator[Problem]:
    """Headings, tables and figures are tagged as what they are. `tables` are those of `logical`, put together."""
    yield from _headings(document, expected, logical)
    yield from _tables(expected, tables)
    yield from _figures(expected, logical)


def _headings(document: Document, expected: Expected, logical: LogicalText) -> Iterator[Problem]:
    title = inline_text(document.masthead.title)
    headings = [(inline_text(section.heading.children), section.heading.level) for section in document.sections]
    said = ", ".join(f"H{each.level} {quoted(spelled(each.characters))}" for each in logical.headings) or "none"
    titled = [(title, 1), *((text, level + 1) for text, level in headings)]
    if not any(_same_headings(expected, wanted, logical.headings) for wanted in (headings, titled)):
        wanted = ", ".join(f"H{level} {quoted(text)}" for text, level in titled)
        yield finding("untagged", FILE, "", "", f"the headings are tagged {said}; they should be {wanted}")


def _same_headings(expected: Expected, wanted: Sequence[tuple[str, int]], found: Sequence[TaggedHeading]) -> bool:
    return len(wanted) == len(found) and all(
        level == heading.level and expected.comparison.same(bare(text)[0], compared(heading.characters))
        for (text, level), heading in zip(wanted, found, strict=True)
    )


def _tables(expected: Expected, tables: Sequence[FoundTable]) -> Iterator[Problem]:
    wanted = expected.of_kind(Table)
    if len(wanted) != len(tables):
        yield finding("untagged", FILE, "", "", f"{len(tables)} tables are tagged; the brief has {len(wanted)}")
        return
    same = expected.comparison.same
    for table, found in zip(wanted, tables, strict=True):
        where = page_list([found.first_page]) if found.first_page >= 0 else ""
        headings = [bare(column.heading)[0] for column in table.columns]
        head = next((row for row in found.rows if row.says(headings, same)), None)
        if head is None or not all(cell.header for cell in head.cells):
            yield finding(
                "untagged",
                FILE,
                where,
                table.id,
                "its column headings are not tagged as header cells (TH)",
                table.origin,
            )
        rows = [row for row in found.rows if row is not head]
        if len(rows) != len(table.rows):
            yield finding(
                "untagged",
                FILE,
                where,
                table.id,
                f"{len(rows)} rows are tagged; the table has {len(table.rows)}",
                table.origin,
            )
            continue
        for row, there in zip(table.rows, rows, strict=True):
            texts = [expected.text_of(cell.id) for cell in row.cells]
            if not there.says(texts, same):
                yield finding(
                    "untagged",
                    FILE,
                    where,
                    row.id,
                    "its cells are tagged in another way than the table has them",
                    row.origin,
                )
            elif any(
                cell.header and not found_cell.header for cell, found_cell in zip(row.cells, there.cells, strict=True)
            ):
                yield finding(
                    "untagged",
                    FILE,
                    where,
                    row.id,
                    "the cell that names the row is not tagged as a header cell (TH)",
                    row.origin,
                )


def _figures(expected: Expected, logical: LogicalText) -> Iterator[Problem]:
    wanted = expected.of_kind(Figure)
    if len(wanted) != len(logical.figures):
        yield finding(
            "untagged", FILE, "", "", f"{len(logical.figures)} figures are tagged; the brief has {len(wanted)}"
        )
        return
    for figure, found in zip(wanted, logical.figures, strict=True):
        if " ".join(found.alt.split()) != " ".join(figure.alt.split()):
            message = f"its alternative text should be {quoted(figure.alt)} but is {quoted(found.alt)}"
            yield finding("disagreement", FILE, "", figure.id, message, figure.origin)


def check_properties(document: Document, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Title, language, and that the file says it is tagged and shows its title."""
    info = pdf.docinfo
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        titles = {"/Info": str(info.get("/Title", "")), "dc:title": str(metadata.get("dc:title", ""))}
    for name, title in titles.items():
        if title != document.properties.title:
            yield finding(
                "disagreement",
                FILE,
                "",
                "",
                f"the title in its properties ({name}) is {quoted(title)}, not {quoted(document.properties.title)}",
            )
    language = str(pdf.Root.get("/Lang", ""))
    if language.casefold() != document.language.casefold():
        yield finding("disagreement", FILE, "", "", f"its language is “{language}”, not “{document.language}”")
    mark_info = pdf.Root.get("/MarkInfo")
    if (
        not isinstance(mark_info, pikepdf.Dictionary)
        or not mark_info.get("/Marked")
        or "/StructTreeRoot" not in pdf.Root
    ):
        yield finding("untagged", FILE, "", "", "it is not a tagged PDF")
    preferences = pdf.Root.get("/ViewerPreferences")
    if not isinstance(preferences, pikepdf.Dictionary) or not preferences.get("/DisplayDocTitle"):
        yield finding("untagged", FILE, "", "", "readers are not told to show its title (DisplayDocTitle)")


def check_paper(document: Document, pages: Sequence[Page]) -> Iterator[Problem]:
    """Every page is of the document's paper, within a point."""
    width, height = document.paper.width.points, document.paper.height.points
    wrong = [
        page.number
        for page in pages
        if abs(page.box[2] - page.box[0] - width) > _PAPER_SLACK
        or abs(page.box[3] - page.box[1] - height) > _PAPER_SLACK
    ]
    if wrong:
        yield finding("disagreement", FILE, page_list(wrong), "", f"the paper is not {document.paper.name}")
