"""What a house document has of the styles that a brief uses, what it lacks, and what is odd about it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from briefing.formats.docx.elements import child, name, number, switched_on, value
from briefing.formats.docx.house_document import try_first
from briefing.formats.docx.house_fields import FROZEN, LEFT_OUT
from briefing.formats.docx.own_styles import character_styles, paragraph_styles
from briefing.formats.docx.page import last_section
from briefing.formats.docx.reference import Reference, open_reference
from briefing.formats.docx.style_book import BODY_LEVEL, HEADING_LEVELS, StyleBook
from briefing.themes.tokens import Tokens

_TABLE = "Briefing Table"


class HouseReport(Struct, frozen=True):
    """The names of styles that a house document has and lacks, and sentences on what is odd about it."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]
    oddities: tuple[str, ...]


def house_report(data: bytes, tokens: Tokens) -> HouseReport:
    """What the document `data` has, lacks and does oddly. Raises `UsageError` when it cannot be used at all."""
    try_first(data, tokens)
    taken = open_reference(data)
    book = StyleBook(taken.styles)
    wanted = [(each.kind, each.name) for each in (*paragraph_styles(tokens), *character_styles(tokens))]
    wanted.append(("table", _TABLE))
    there = {style: book.identifier(*style) is not None for style in wanted}
    has, lacks = (tuple(title for (_, title), held in there.items() if held is wish) for wish in (True, False))
    oddities = (*_of_styles(book), *_of_page(taken, data))
    return HouseReport(has, lacks, oddities)


def _of_styles(book: StyleBook) -> Iterator[str]:
    for style in HEADING_LEVELS:
        if book.is_numbered(style):
            yield f"{style} has a number by its style, which stays"
        if switched_on(next(iter(book.defined(book.paragraph(style), "pPr", "pageBreakBefore")), None)):
            yield f"{style} begins a page; in a brief it does not"
        if book.paragraph(style) and book.outline(style) != HEADING_LEVELS[style]:
            yield f"{style} has another level in the outline, which is put right"
    for style in ("Title", "Subtitle"):
        if book.paragraph(style) and book.outline(style) != BODY_LEVEL:
            yield f"{style} has a level in the outline, which a brief takes off, so that its outline holds its headings"
    normal = book.paragraph("Normal")
    if book.cuts("Normal"):
        yield "Normal has lines of one exact height; figures, cells, labels and running lines have lines that grow"
    indents = book.defined(normal, "pPr", "ind")
    if any(number(each, "firstLine") or number(each, "firstLineChars") for each in indents[:1]):
        yield "Normal sets the first line in; cells, labels and running lines do not"
    if value(next(iter(book.defined(normal, "pPr", "jc")), None)) in ("both", "distribute"):
        yield "Normal justifies its lines; cells, labels and running lines stand at the left"
    raised = book.defined(book.character("Endnote Reference"), "rPr", "vertAlign")
    if value(next(iter(raised), None)) == "superscript":
        yield "Endnote Reference raises numbers; between the brackets of a citation they stand on the line"


def _of_page(taken: Reference, data: bytes) -> Iterator[str]:
    section = last_section(taken.body)
    columns = number(child(section, "cols"), "num") or 1
    if columns > 1:
        yield f"its pages have {columns} columns; where these are too narrow for a table, they become one"
    if child(section, "titlePg") is None and any(
        value(each, "type") == "first" for each in section.iterchildren(name("headerReference"))
    ):
        yield "it has a header for the first page that it does not show; the marking stands in it, too"
    fields = set(_fields(data))
    if "PAGE" in fields:
        yield "it numbers its pages; the brief's own line does so in its place"
    if frozen := sorted(fields & (FROZEN | LEFT_OUT)):
        yield f"its headers or footers look up what stays behind ({', '.join(frozen)}): such text is frozen or left out"


_KEYWORD: Final = re.compile(rb'(?:instr="|<w:instrText[^>]*>)\s*([A-Za-z]+)')
_STORY: Final = re.compile(r"(.*[/\\])?(header|footer)[^/\\]*\.xml", re.IGNORECASE)


def _fields(data: bytes) -> Iterator[str]:
    """The keywords of the fields in its headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in filter(_STORY.fullmatch, archive.namelist()):
            yield from (each.decode().upper() for each in _KEYWORD.findall(archive.read(entry)))
