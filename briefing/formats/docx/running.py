"""Headers and footers: the tree's running lines on every page, beside whatever a house document prints there.

Our lines stand outermost, first in a header and last in a footer, so that the handling marking is the first and the
last thing on a page. House headers for first or even pages get them as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart

from briefing.document.tree import Document, RunningLine, RunningRole
from briefing.formats.docx.elements import (
    PARAGRAPH_ORDER,
    Element,
    R,
    child,
    in_order,
    name,
    number,
    remove,
    story_root,
    value,
    w,
    words,
)
from briefing.formats.docx.floating import flowing_height, is_ornament, room_for_lines
from briefing.formats.docx.header_watermark import add_watermark
from briefing.formats.docx.house_fields import show_brief
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.page import between_margins
from briefing.formats.docx.paragraphs import ParagraphWriter, field_runs
from briefing.formats.docx.style_book import running_style
from briefing.formats.docx.writing import Writing
from briefing.themes.theme import Theme

_PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_MOST_WORDS: Final = 2
"""Words beside its numbers that a page number still is no more than a page number with: ``Page`` and ``of``."""
_CONTENT: Final = ("t", "drawing", "pict", "fldChar", "fldSimple", "sym")


def _has(element: Element, *locals_: str) -> bool:
    return next(element.iter(*map(name, locals_)), None) is not None


def _is_page_number(paragraph: Element) -> bool:
    """Whether a paragraph says no more than which page it stands on, with an ornament or without."""
    fields = field_runs(paragraph)
    simple = list(paragraph.iter(name("fldSimple")))
    codes = [field.instruction for field in fields] + [each.get(name("instr")) or "" for each in simple]
    keywords = {(code.split() or [""])[0].upper() for code in codes}
    shapes = paragraph.iter(name("drawing"), name("pict"))
    if not keywords or not keywords <= _PAGE_FIELDS or not all(map(is_ornament, shapes)):
        return False
    shown = {
        text for run in (*(run for field in fields for run in field.result), *simple) for text in run.iter(name("t"))
    }
    beside = " ".join(text.text or "" for text in paragraph.iter(name("t")) if text not in shown)
    return len(beside.split()) <= _MOST_WORDS


def _drop_numbers(paragraph: Element) -> None:
    """Take out of a paragraph that says more the parts that only number the page: between tabs, or between signs and wide blanks, of which
    one goes with it.
    """
    parts: list[list[Element]] = [[]]
    breaks: list[Element] = []
    for run in list(paragraph.iter(name("r"))):
        for each in _pieces(run):
            if each.tag in (name("tab"), name("ptab"), name("br")) or _BREAK.fullmatch(each.text or ""):
                parts.append([])
                breaks.append(each)
            else:
                parts[-1].append(each)
    for place, part in enumerate(parts if breaks else ()):
        copy = w("p")
        for each in part:
            simple = next(each.iterancestors(name("fldSimple")), None)
            run = w("r", deepcopy(each))
            copy.append(run if simple is None else w("fldSimple", run, instr=value(simple, "instr")))
        if part and _is_page_number(copy):
            for each in part:
                remove(next(each.iterancestors(name("fldSimple")), each))
            beside = breaks[max(0, place - 1)]
            if beside.tag == name("t"):
                remove(beside)


def _pieces(run: Element) -> list[Element]:
    """What a run holds, its text cut at signs and wide blanks."""
    for text in list(run.iterfind(name("t"))):
        cut = [each for each in _BREAK.split(text.text or "") if each]
        for each in cut[1:][::-1]:
            text.addnext(words(each))
        if len(cut) > 1:
            run.replace(text, words(cut[0]))
    return [each for each in run if each.tag != name("rPr")]


_BREAK: Final = re.compile(r"(\s{2,}|\s*[|\u00b7\u2022\u2013\u2014]\s*)")


def _text(paragraph: Element) -> str:
    return "".join(map(str, paragraph.itertext()))


def _remove_shape(box: Element) -> None:
    """Take away the shape round a text box that held nothing but a page number; one that is grouped with others stays, empty."""
    if next((each for each in box.iterancestors() if str(each.tag).endswith(_GROUPS)), None) is not None:
        box[:] = [w("p")]
        return
    for run in box.iterancestors(name("r")):
        remove(run)
        return


_GROUPS: Final = ("}wgp", "}grpSp", "}group")


_ID: Final = f"{{{R}}}id"
_HEAD, _FOOT = name("headerReference"), name("footerReference")
EDGES: Final = {
    _HEAD: ("hdr", RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER),
    _FOOT: ("ftr", RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER),
}
"""What refers to the head and the foot of pages, with the root, relationship and type of the part that it refers to."""


def add_running_lines(
    document: Document,
    section: Element,
    kinds: tuple[str, ...],
    house: Mapping[str, Part],
    assembly: Assembly,
    writing: Writing,
    theme: Theme,
) -> None:
    """Put the running lines into header and footer of each of the `kinds` of pages, making those that are not there.

    `section` refers to them; `house` holds the house document's parts by relationship id, which may be our own.
    """
    for edge, lines in ((_HEAD, document.header), (_FOOT, document.footer)):
        joined: set[str] = set()
        for kind in kinds:
            references = section.iterchildren(edge)
            reference = next((each for each in references if (value(each, "type") or "default") == kind), None)
            relation = "" if reference is None else reference.get(_ID) or ""
            part = house.get(relation)
            if not isinstance(part, XmlPart):
                if reference is not None:
                    section.remove(reference)
                if not lines and not (edge == _HEAD and document.watermark):
                    continue
                address = f"/word/{'footer' if edge == _FOOT else 'header'}-{kind}.xml"
                taken = {str(part.partname) for part in assembly.package.iter_parts()}
                while address in taken:
                    address = address.replace(".xml", "-brief.xml")
                part, relation = add_edge(section, edge, kind, address, assembly)
            if relation not in joined:
                joined.add(relation)
                inside, foot = writing.in_part(part), edge == _FOOT
                made = _lines(lines, edge, kind, section, inside)
                if relation in house:
                    show_brief(part.element, document)
                _drop_page_numbers(part.element)
                room = room_for_lines(part.element, section, len(made), foot=foot)
                _join(part.element, made, room, foot=foot)
                if made:
                    _set_apart(part.element, section, room or 0, foot=foot)
                if document.watermark and not foot:
                    add_watermark(part.element, section, document.watermark, theme, len(joined))


def add_edge(section: Element, edge: str, kind: str, address: str, assembly: Assembly) -> tuple[XmlPart, str]:
    """A new and empty header or footer for pages of that kind, and its relation.

    Its reference stands behind others: LibreOffice 25.2 drops a footer of the first page that is named before the usual.
    """
    local, relationship, content_type = EDGES[edge]
    part = assembly.tree(address, content_type, story_root(local))
    reference = section.makeelement(edge)
    reference.set(name("type"), kind)
    reference.set(_ID, relation := assembly.relate(part, relationship))
    section.insert(sum(each.tag in EDGES for each in section), reference)
    return part, relation


def _lines(lines: Sequence[RunningLine], edge: str, kind: str, section: Element, writing: Writing) -> list[Element]:
    """The running lines; the number of the page stands at the end of the line that says what the paper is."""
    made: list[Element] = []
    for before, line in pairwise((None, *lines)):
        assert line is not None, "only what stands before the first line is none"
        paragraph = _line(line, edge, kind, writing)
        if before is not None and (before.role, line.role) == (RunningRole.IDENTITY, RunningRole.PAGE):
            _, *content = paragraph
            width, style = between_margins(section)[0], value(child(made[-1], "pPr", "pStyle"))
            theirs = writing.styles.stops(style)
            stops = dict.fromkeys(theirs, "clear") | {width: "right"}
            made[-1][0].append(w("tabs", *(w("tab", val=stops[place], pos=place) for place in sorted(stops))))
            if any(
                number(each, side) for each in writing.styles.defined(style, "pPr", "ind") for side in ("right", "end")
            ):
                made[-1][0].append(w("ind", right=0))  # What stands beyond the end of a line goes to the next.
            in_order(PARAGRAPH_ORDER, made[-1][0])
            made[-1].extend((w("r", w("tab")), *content))
        else:
            made.append(paragraph)
    return made


def _line(line: RunningLine, edge: str, kind: str, writing: Writing) -> Element:
    """A running line; that of a first or even page is a copy, and is marked as ours without being traced again."""
    origin = line.origin if kind == "default" else ""
    style = running_style(line.role, foot=edge == _FOOT)
    paragraph = ParagraphWriter(writing).paragraph(style, line.children, node=line.id, origin=origin)
    if not origin:
        properties, *content = paragraph
        paragraph[:] = [properties, *writing.names.traced(writing.origins.code(f"{kind} {line.id}"), content)]
    return paragraph


def _drop_page_numbers(root: Element) -> None:
    """Take out of a house header or footer what only numbers the page."""
    for paragraph in [each for each in root.iter(name("p")) if _is_page_number(each)]:
        holder = paragraph.getparent()
        if holder is None or next(paragraph.iterancestors(root.tag), None) is None:
            continue
        box = next(paragraph.iterancestors(name("txbxContent")), None)
        if box is not None and not "".join(map(str, box.itertext())).replace(_text(paragraph), "").strip():
            _remove_shape(box)
            continue
        if holder.tag in (name("tc"), name("txbxContent")) and len(holder.findall(name("p"))) == 1:
            paragraph[:] = paragraph.findall(name("pPr"))  # A cell must hold a paragraph.
            continue
        holder.remove(paragraph)
        while holder is not None and holder.tag in (name("sdtContent"), name("sdt")) and not _has(holder, "p", "tbl"):
            emptied, holder = holder, holder.getparent()
            remove(emptied)
    for paragraph in root.iter(name("p")):
        if _has(paragraph, "fldChar", "fldSimple"):
            _drop_numbers(paragraph)
    if not _has(root, *_CONTENT):
        root[:] = []


def _join(root: Element, lines: list[Element], room: int | None, *, foot: bool) -> None:
    """Add our lines to what a house header or footer says; it must end with a paragraph.

    With `room` they stand within what the house says, and so far from it that what floats there does not cover them.
    """
    if room is not None and lines:
        _space(lines[-1 if foot else 0], "after" if foot else "before", room)
    if foot == (room is None):
        root.extend(lines)
    else:
        root[:0] = lines
    if not len(root) or root[-1].tag != name("p"):
        root.append(w("p"))


def _set_apart(root: Element, section: Element, room: int, *, foot: bool) -> None:
    """Leave space between text and running lines that need more than the margin, `room` between them and the house's own counted in,
    and at the edge of the page.
    """
    margins, paragraphs = child(section, "pgMar"), root.findall(name("p"))
    margin, edge = ((number(margins, side) or 0) for side in (("bottom", "footer") if foot else ("top", "header")))
    if edge + room + sum(map(flowing_height, root)) > margin - _APART >= 0:
        _space(paragraphs[0 if foot else -1], "before" if foot else "after", _APART)
    if edge < _EDGE:
        _space(paragraphs[-1 if foot else 0], "after" if foot else "before", _EDGE - edge)


def _space(paragraph: Element, side: str, least: int) -> None:
    """Leave so much room beside a paragraph at least."""
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    spacing = child(properties, "spacing")
    if spacing is None:
        spacing = w("spacing")
        properties.append(spacing)
        in_order(PARAGRAPH_ORDER, properties)
    spacing.set(name(side), str(max(least, number(spacing, side) or 0)))


_EDGE: Final = 400
"""How far running lines stand from the edge of the page at least, since printers leave seven millimetres blank."""
_APART: Final = 120
"""What lies between text and running lines at least, in twentieths of a point."""
