"""What a DOCX becomes when its tracked changes are accepted or rejected, worked out by the rules of ECMA-376 part 1,
17.13.5, and whether a redline becomes the two briefs that it was made of.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.agreement.findings import finding, quoted
from briefing.formats.docx.read_back import verify_docx, verify_docx_content
from briefing.formats.docx.read_package import Element, Package, UnreadablePackageError, child, value, w
from briefing.formats.docx.read_running import beside_running_lines

FILE: Final = "redline DOCX"
_CONTENT: Final = frozenset({w("p"), w("tbl"), w("sdt"), w("customXml")})
_STORIES: Final = frozenset({"document", "hdr", "ftr", "endnotes", "footnotes"})
_RANGES: Final = tuple(
    w(f"{kind}{end}")
    for kind in ("customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo", "moveFrom", "moveTo")
    for end in ("RangeStart", "RangeEnd")
)
_FORMER: Final = tuple(
    w(f"{kind}Change") for kind in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid", "numbering")
)
_RESTORED: Final = {w("delText"): w("t"), w("delInstrText"): w("instrText")}


def accepted(data: bytes) -> bytes:
    """The DOCX `data` with every tracked change accepted. Raises `UnreadablePackageError` for what is no DOCX."""
    return _resolved(data, _Rule(gone=("del", "moveFrom"), stays=("ins", "moveTo"), former=False))


def rejected(data: bytes) -> bytes:
    """The DOCX `data` with every tracked change rejected. Raises `UnreadablePackageError` for what is no DOCX."""
    return _resolved(data, _Rule(gone=("ins", "moveTo"), stays=("del", "moveFrom"), former=True))


def verify_redline(old: Document, new: Document, data: bytes) -> tuple[Problem, ...]:
    """Everything in which the redline `data` does not become `new` when accepted, or `old` when rejected.

    Held against the two are text, order, numbers, links, fields, headings, tables, pictures and running lines. Properties
    and language are the new ones either way: Word cannot track them.
    """
    try:
        states = accepted(data), rejected(data)
    except UnreadablePackageError as error:
        return (finding("redline", FILE, "", "", f"it cannot be read back: {error}"),)
    after = (_said("accepted", problem, problem.data_path) for problem in verify_docx(new, states[0]))
    # The paths of the old state lead into another data file than the one that is built.
    before = (_said("rejected", problem, "") for problem in verify_docx_content(old, states[1]))
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


def _said(what_was_done: str, problem: Problem, path: str) -> Problem:
    return Problem("redline", f"{FILE}: with its changes {what_was_done}: {problem.message}", problem.hint, path)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which marks take their content away, which leave it, and whether former properties come back."""

    gone: tuple[str, str]
    stays: tuple[str, str]
    former: bool

    @property
    def gone_tags(self) -> frozenset[str]:
        """The elements whose content goes."""
        return frozenset(map(w, self.gone))


def _resolved(data: bytes, rule: _Rule) -> bytes:
    package = Package(data)
    stream = io.BytesIO()
    roots: dict[str, Element] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = source.namelist()
        for name in names:
            root = package.xml(name) if name.endswith(".xml") else None
            if root is not None and etree.QName(root).localname in _STORIES:
                _resolve(root, rule)
                roots[name] = root
        _drop_notes(list(roots.values()))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in names:
                whole = roots.get(name)
                held = source.read(name) if whole is None else etree.tostring(whole, encoding="UTF-8", standalone=True)
                target.writestr(name, held)
    return stream.getvalue()


def _resolve(root: Element, rule: _Rule) -> None:
    """Take the marks of one part away: rows, then what stands in paragraphs, then paragraphs, then properties."""
    _resolve_rows(root, rule)
    _resolve_controls(root, rule)
    bookmarks = set(_bookmarks_with_content(root))
    for tag in rule.gone_tags:
        for mark in list(root.iter(tag)):
            if not _is_property(mark):
                _remove(mark)
    for mark in list(root.iter(*map(w, rule.stays))):
        if not _is_property(mark):
            _unwrap(mark)
    for element in list(root.iter(*_RESTORED)):
        element.tag = _RESTORED[str(element.tag)]
    for link in list(root.iter(w("hyperlink"))):
        if not len(link):
            _remove(link)
    _resolve_paragraphs(root, rule)
    _resolve_properties(root, rule)
    _drop_bookmarks(root, bookmarks - set(_bookmarks_with_content(root)))


def _is_property(mark: Element) -> bool:
    """Whether a mark speaks of a paragraph's end or a row, and holds nothing."""
    above = mark.getparent()
    return above is not None and above.tag in (w("rPr"), w("trPr"))


def _remove(element: Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _unwrap(element: Element) -> None:
    """Put the content of `element` in its place."""
    above = element.getparent()
    if above is not None:
        place = above.index(element)
        above[place : place + 1] = list(element)


def _resolve_rows(root: Element, rule: _Rule) -> None:
    """A row whose insertion is rejected, or whose deletion is accepted, goes; a table without rows goes (17.13.5.12,
    17.13.5.16).
    """
    for row in list(root.iter(w("tr"))):
        marks = {each.tag for each in row.iterfind(f"{w('trPr')}/*")}
        if marks & rule.gone_tags:
            table = row.getparent()
            _remove(row)
            if table is not None and next(table.iter(w("tr")), None) is None:
                _remove(table)
    for mark in [mark for tag in ("ins", "del") for mark in root.iter(w(tag))]:
        above = mark.getparent()
        if above is not None and above.tag == w("trPr"):
            above.remove(mark)


def _resolve_controls(root: Element, rule: _Rule) -> None:
    """A content control whose tags go leaves its content (17.13.5.5, 17.13.5.9)."""
    kind = "customXmlIns" if "ins" in rule.gone else "customXmlDel"
    inside: set[str] = set()
    gone: list[Element] = []
    for element in root.iter(w(f"{kind}RangeStart"), w(f"{kind}RangeEnd"), w("sdt")):
        number = value(element, "id") or ""
        if element.tag == w("sdt"):
            gone += [element] if inside else []
        elif element.tag == w(f"{kind}RangeStart"):
            inside.add(number)
        else:
            inside.discard(number)
    for control in gone:
        content = child(control, "sdtContent")
        control[:] = [] if content is None else list(content)
        _unwrap(control)
    for mark in list(root.iter(*_RANGES)):
        _remove(mark)


def _resolve_paragraphs(root: Element, rule: _Rule) -> None:
    """A paragraph whose mark goes is joined with the one after it, whose properties stay; empty, it goes (17.13.5.15,
    17.13.5.20).
    """
    for paragraph in list(root.iter(w("p"))):
        marks = child(paragraph, "pPr", "rPr")
        if marks is None:
            continue
        gone = any(each.tag in rule.gone_tags for each in marks)
        for each in [each for each in marks if each.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo"))]:
            marks.remove(each)
        if gone:
            _join(paragraph)


def _join(paragraph: Element) -> None:
    above, content = paragraph.getparent(), [each for each in paragraph if each.tag != w("pPr")]
    following = next((each for each in paragraph.itersiblings() if each.tag in _CONTENT), None)
    if above is None or following is None:
        return
    if following.tag == w("p"):
        place = 1 if child(following, "pPr") is not None else 0
        following[place:place] = content
    elif _shows(paragraph):
        return
    above.remove(paragraph)


def _shows(element: Element) -> bool:
    return next(element.iter(w("r")), None) is not None


def _resolve_properties(root: Element, rule: _Rule) -> None:
    """Former properties come back, or are forgotten (17.13.5.29 to .38)."""
    for change in list(root.iter(*_FORMER)):
        current = change.getparent()
        if current is None:
            continue
        former = change[0] if len(change) else None
        current.remove(change)
        if rule.former and former is not None and former.tag == current.tag:
            kept = [each for each in current if each.tag in (w("rPr"), w("sectPr"), w("ins"), w("del"))]
            current[:] = [*former, *(each for each in kept if child(former, etree.QName(each).localname) is None)]


def _bookmarks_with_content(root: Element) -> Iterator[str]:
    """The numbers of the bookmarks that hold something to see."""
    open_since: dict[str, int] = {}
    runs = 0
    for element in root.iter(w("r"), w("bookmarkStart"), w("bookmarkEnd")):
        number = value(element, "id") or ""
        if element.tag == w("r"):
            runs += 1
        elif element.tag == w("bookmarkStart"):
            open_since[number] = runs
        elif open_since.pop(number, runs) < runs:
            yield number


def _drop_bookmarks(root: Element, numbers: set[str]) -> None:
    """A bookmark goes with the last of what it held."""
    for element in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if value(element, "id") in numbers:
            _remove(element)


def _drop_notes(roots: list[Element]) -> None:
    """A note goes with the reference to it."""
    for kind in ("endnote", "footnote"):
        used = {value(each, "id") for root in roots for each in root.iter(w(f"{kind}Reference"))}
        for note in [note for root in roots for note in root.iterfind(w(kind))]:
            if value(note, "type") in (None, "normal") and value(note, "id") not in used:
                _remove(note)
