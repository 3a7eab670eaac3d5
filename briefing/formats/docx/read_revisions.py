"""What a DOCX becomes when its tracked changes are accepted or rejected, worked out by the rules of ECMA-376 part 1,
17.13.5, and whether a redline becomes the two briefs that it was made of.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.agreement.findings import finding, quoted
from briefing.formats.docx.elements import Element, child, name, remove, unwrap, value
from briefing.formats.docx.read_back import beside_running_lines, verify_docx, verify_docx_content
from briefing.formats.docx.read_package import Package, UnreadablePackageError

FILE: Final = "redline DOCX"
_CONTENT: Final = frozenset({name("p"), name("tbl"), name("sdt"), name("customXml")})
_STORIES: Final = frozenset({"document", "hdr", "ftr", "endnotes", "footnotes"})
_RANGES: Final = tuple(
    name(f"{kind}{end}")
    for kind in ("customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo", "moveFrom", "moveTo")
    for end in ("RangeStart", "RangeEnd")
)
_FORMER: Final = tuple(
    name(f"{kind}Change")
    for kind in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid", "numbering")
)
_OLD: Final = frozenset({name("del"), name("moveFrom")})
_NEW: Final = frozenset({name("ins"), name("moveTo")})
_RESTORED: Final = {name("delText"): name("t"), name("delInstrText"): name("instrText")}


def accepted(data: bytes) -> bytes:
    """The DOCX `data` with every tracked change accepted. Raises `UnreadablePackageError` for what is no DOCX."""
    return _resolved(data, gone=_OLD, stays=_NEW)


def rejected(data: bytes) -> bytes:
    """The DOCX `data` with every tracked change rejected. Raises `UnreadablePackageError` for what is no DOCX."""
    return _resolved(data, gone=_NEW, stays=_OLD)


def verify_redline(old: Document, new: Document, data: bytes, *, house: bool = False) -> tuple[Problem, ...]:
    """Everything in which the redline `data` does not become `new` when accepted, or `old` when rejected.

    Held against the two are text, order, numbers, links, fields, headings, tables, pictures and running lines. Properties
    and language are the new ones either way: Word cannot track them.
    """
    try:
        states = accepted(data), rejected(data)
    except UnreadablePackageError as error:
        return (finding("redline", FILE, "", "", f"it cannot be read back: {error}"),)
    after = (_in_state("accepted", problem, problem.data_path) for problem in verify_docx(new, states[0], house=house))
    # The paths of the old state lead into another data file than the one that is built.
    before = (_in_state("rejected", problem, "") for problem in verify_docx_content(old, states[1], house=house))
    return (*after, *before, *_edges(old, new, *map(Package, states)))


def _edges(old: Document, new: Document, after: Package, before: Package) -> Iterator[Problem]:
    """What a house prints in headers and footers is the same either way: anything else was left untracked."""
    roots = after.xml(after.main), before.xml(before.main)
    if roots[0] is None or roots[1] is None:
        return
    one, other = beside_running_lines(new, after, roots[0]), beside_running_lines(old, before, roots[1])
    for where in sorted(one.keys() | other.keys()):
        if one.get(where) != other.get(where):
            said = [quoted(" ".join(each.get(where, ()))) for each in (one, other)]
            message = f"beside the running lines stands {said[0]} with its changes accepted, {said[1]} when rejected"
            yield finding("redline", FILE, where, "", message)


def _in_state(what_was_done: str, problem: Problem, path: str) -> Problem:
    return Problem("redline", f"{FILE}: with its changes {what_was_done}: {problem.message}", problem.hint, path)


def _resolved(data: bytes, gone: frozenset[str], stays: frozenset[str]) -> bytes:
    package = Package(data)
    stream = io.BytesIO()
    roots: dict[str, Element] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for part in source.namelist():
            root = package.xml(part) if part.endswith(".xml") else None
            if root is not None and etree.QName(root).localname in _STORIES:
                _resolve(root, gone, stays)
                roots[part] = root
        _drop_notes(list(roots.values()))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                whole = roots.get(part)
                held = source.read(part) if whole is None else etree.tostring(whole, encoding="UTF-8", standalone=True)
                target.writestr(part, held)
    return stream.getvalue()


def _resolve(root: Element, gone: frozenset[str], stays: frozenset[str]) -> None:
    """Take the marks of one part away: rows, then what stands in paragraphs, then paragraphs, then properties. The content
    of the marks `gone` goes, that of those that the file `stays` with stays.
    """
    _resolve_rows(root, gone)
    _resolve_controls(root, gone)
    bookmarks = set(_bookmarks_with_content(root))
    for tags, settle in ((gone, remove), (stays, unwrap)):
        for mark in [mark for tag in sorted(tags) for mark in root.iter(tag)]:
            if not _is_property(mark):
                settle(mark)
    for element in list(root.iter(*_RESTORED)):
        element.tag = _RESTORED[str(element.tag)]
    for link in list(root.iter(name("hyperlink"))):
        if not len(link):
            remove(link)
    _resolve_paragraphs(root, gone)
    _resolve_properties(root, former=gone is _NEW)
    _drop_bookmarks(root, bookmarks - set(_bookmarks_with_content(root)))


def _is_property(mark: Element) -> bool:
    """Whether a mark speaks of a paragraph's end or a row, and holds nothing."""
    above = mark.getparent()
    return above is not None and above.tag in (name("rPr"), name("trPr"))


def _resolve_rows(root: Element, gone: frozenset[str]) -> None:
    """A row or a cell goes whose insertion is rejected or deletion accepted; so does a table without rows (17.13.5.1, .2, .12, .16)."""
    for mark in list(root.iter(name("cellIns"), name("cellDel"))):
        cell = next(mark.iterancestors(name("tc")), None)
        remove(cell if cell is not None and (mark.tag == name("cellIns")) is (gone is _NEW) else mark)
    for row in list(root.iter(name("tr"))):
        marks = {each.tag for each in row.iterfind(f"{name('trPr')}/*")}
        if marks & gone or next(row.iter(name("tc")), None) is None:
            table = row.getparent()
            remove(row)
            if table is not None and next(table.iter(name("tr")), None) is None:
                remove(table)
    for mark in [mark for row in root.iter(name("trPr")) for mark in row.iterchildren(name("ins"), name("del"))]:
        remove(mark)


def _resolve_controls(root: Element, gone: frozenset[str]) -> None:
    """A content control whose tags go leaves its content (17.13.5.5, 17.13.5.9)."""
    kind = "customXmlIns" if gone is _NEW else "customXmlDel"
    inside: set[str] = set()
    controls: list[Element] = []
    for element in root.iter(name(f"{kind}RangeStart"), name(f"{kind}RangeEnd"), name("sdt")):
        number = value(element, "id") or ""
        if element.tag == name("sdt"):
            controls += [element] if inside else []
        elif element.tag == name(f"{kind}RangeStart"):
            inside.add(number)
        else:
            inside.discard(number)
    for control in controls:
        content = child(control, "sdtContent")
        control[:] = [] if content is None else list(content)
        unwrap(control)
    for mark in list(root.iter(*_RANGES)):
        remove(mark)


def _resolve_paragraphs(root: Element, gone: frozenset[str]) -> None:
    """A paragraph whose mark goes is joined with the next, whose properties stay; empty, it goes (17.13.5.15, .20)."""
    for paragraph in list(root.iter(name("p"))):
        marks = child(paragraph, "pPr", "rPr")
        if marks is None:
            continue
        goes = any(each.tag in gone for each in marks)
        for each in list(marks.iterchildren(*_OLD, *_NEW)):
            marks.remove(each)
        if goes:
            _join(paragraph)


def _join(paragraph: Element) -> None:
    above, content = paragraph.getparent(), [each for each in paragraph if each.tag != name("pPr")]
    following = next((each for each in paragraph.itersiblings() if each.tag in _CONTENT), None)
    if above is None or following is None:
        return
    if following.tag == name("p"):
        place = 1 if child(following, "pPr") is not None else 0
        following[place:place] = content
    elif _shows(paragraph):
        return
    above.remove(paragraph)


def _shows(element: Element) -> bool:
    return next(element.iter(name("r")), None) is not None


def _resolve_properties(root: Element, *, former: bool) -> None:
    """Former properties come back, or are forgotten (17.13.5.29 to .38)."""
    for change in list(root.iter(*_FORMER)):
        current = change.getparent()
        if current is None:
            continue
        before = change[0] if len(change) else None
        current.remove(change)
        if former and before is not None and before.tag == current.tag:
            kept = [each for each in current if each.tag in (name("rPr"), name("sectPr"), name("ins"), name("del"))]
            current[:] = [*before, *(each for each in kept if child(before, etree.QName(each).localname) is None)]


def _bookmarks_with_content(root: Element) -> Iterator[str]:
    """The numbers of the bookmarks that hold something to see."""
    open_since: dict[str, int] = {}
    runs = 0
    for element in root.iter(name("r"), name("bookmarkStart"), name("bookmarkEnd")):
        number = value(element, "id") or ""
        if element.tag == name("r"):
            runs += 1
        elif element.tag == name("bookmarkStart"):
            open_since[number] = runs
        elif open_since.pop(number, runs) < runs:
            yield number


def _drop_bookmarks(root: Element, numbers: set[str]) -> None:
    """A bookmark goes with the last of what it held."""
    for element in list(root.iter(name("bookmarkStart"), name("bookmarkEnd"))):
        if value(element, "id") in numbers:
            remove(element)


def _drop_notes(roots: list[Element]) -> None:
    """A note goes with the reference to it."""
    for kind in ("endnote", "footnote"):
        used = {value(each, "id") for root in roots for each in root.iter(name(f"{kind}Reference"))}
        for note in [note for root in roots for note in root.iterfind(name(kind))]:
            if value(note, "type") in (None, "normal") and value(note, "id") not in used:
                remove(note)
