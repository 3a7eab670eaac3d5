"""Headers and footers: the tree's running lines on every page, beside whatever a house document prints there.

Our lines stand outermost: first in a header, last in a footer, so that the handling marking is the first and last
thing on a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.package import Package

from briefing.document.reading import inline_text
from briefing.document.tree import Document, RunningLine
from briefing.render.docx.direction import mostly_right_to_left
from briefing.render.docx.fields import field_runs
from briefing.render.docx.inline import InlineWriter
from briefing.render.docx.markup import Element, R, name, story_root, value, w
from briefing.render.docx.style_names import running_style
from briefing.render.docx.writing import Writing

_PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_WORDS_OF_A_PAGE_NUMBER: Final = 2


@dataclass(frozen=True, slots=True)
class _Edge:
    """The head or the foot of pages."""

    local: str
    reference: str
    relationship: str
    content_type: str
    address: str
    foot: bool


_HEAD: Final = _Edge(
    "hdr", "headerReference", RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER, "/word/header-{}.xml", False
)
_FOOT: Final = _Edge(
    "ftr", "footerReference", RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER, "/word/footer-{}.xml", True
)


def add_running_lines(
    document: Document,
    section: Element,
    kinds: tuple[str, ...],
    parts: Mapping[str, Part],
    main: Part,
    package: Package,
    writing: Writing,
) -> None:
    """Put the running lines into the header and footer of every kind of page, making those that are not there.

    `section` gets the references; `parts` are the house document's headers and footers by relationship id.
    """
    for edge, lines in ((_HEAD, document.header), (_FOOT, document.footer)):
        written: set[str] = set()
        for kind in kinds:
            reference = _reference(section, edge, kind)
            relation = None if reference is None else reference.get(f"{{{R}}}id")
            house = parts.get(relation or "")
            if reference is not None and relation is not None and isinstance(house, XmlPart):
                if relation not in written:
                    _join(
                        house.element, edge, list(_lines(lines, edge, writing.in_part(house), traced=kind == "default"))
                    )
                    written.add(relation)
                continue
            if reference is not None:
                section.remove(reference)
            relation = _new(lines, edge, kind, main, package, writing)
            added = w(edge.reference, type=kind)
            added.set(f"{{{R}}}id", relation)
            section.insert(0, added)


def _reference(section: Element, edge: _Edge, kind: str) -> Element | None:
    return next(
        (each for each in section.iterfind(name(edge.reference)) if (value(each, "type") or "default") == kind), None
    )


def _new(lines: tuple[RunningLine, ...], edge: _Edge, kind: str, main: Part, package: Package, writing: Writing) -> str:
    root = story_root(edge.local)
    part = XmlPart(PackURI(edge.address.format(kind)), edge.content_type, root, package)  # type: ignore[arg-type]
    root.extend(_lines(lines, edge, writing.in_part(part), traced=kind == "default"))
    if not len(root):
        root.append(w("p"))
    return main.relate_to(part, edge.relationship)


def _lines(lines: tuple[RunningLine, ...], edge: _Edge, writing: Writing, *, traced: bool) -> Iterator[Element]:
    for line in lines:
        right_to_left = mostly_right_to_left(inline_text(line.children), writing.right_to_left)
        content = list(InlineWriter(writing, right_to_left).runs(line.children))
        if traced:
            content = writing.origins.trace(writing.names, line.id, line.origin, line.children, content)
        style = writing.styles.paragraph(running_style(line.role, foot=edge.foot))
        yield w(
            "p", w("pPr", w("pStyle", val=style) if style else None, w("bidi") if right_to_left else None), *content
        )


def _join(root: Element, edge: _Edge, lines: list[Element]) -> None:
    """Add our lines to a house header or footer, whose own page numbers and empty paragraphs would say the same twice
    or nothing.
    """
    for paragraph in list(root.iterfind(name("p"))):
        if _is_empty(paragraph) or _is_page_number(paragraph):
            root.remove(paragraph)
    if edge.foot:
        root.extend(lines)
    else:
        root[:0] = lines
        if len(root) and root[-1].tag == name("tbl"):
            root.append(w("p"))
    if not len(root):
        root.append(w("p"))


def _is_empty(paragraph: Element) -> bool:
    return not any(
        True for local in ("t", "drawing", "pict", "fldChar", "fldSimple", "sym") for _ in paragraph.iter(name(local))
    )


def _is_page_number(paragraph: Element) -> bool:
    """Whether a paragraph says no more than which page it stands on."""
    if any(True for local in ("drawing", "pict") for _ in paragraph.iter(name(local))):
        return False
    copy = deepcopy(paragraph)
    keywords = set()
    for simple in list(copy.iter(name("fldSimple"))):
        keywords.add(
            (simple.get(name("instr")) or "").split()[:1][0] if (simple.get(name("instr")) or "").split() else ""
        )
        parent = simple.getparent()
        if parent is not None:
            parent.remove(simple)
    for field in field_runs(copy):
        keywords.add((field.instruction.split() or [""])[0])
        for run in (*field.code, *field.result, *field.marks):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
    said = " ".join(text.text or "" for text in copy.iter(name("t")))
    return (
        bool(keywords)
        and {each.upper() for each in keywords} <= _PAGE_FIELDS
        and len(said.split()) <= _WORDS_OF_A_PAGE_NUMBER
    )
