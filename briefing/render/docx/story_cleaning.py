"""Cleaning the headers and footers of a house document of whatever could fetch something or speak of another text."""

from __future__ import annotations

from typing import Final

from lxml import etree

from briefing.render.docx.fields import field_runs
from briefing.render.docx.markup import Element, R, W, name
from briefing.render.docx.names import TRACE

_FETCHING: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "AUTOTEXT", "MACROBUTTON"}
)
_UNWRAPPED: Final = ("ins", "moveTo", "smartTag", "customXml")
_REMOVED: Final = (
    "del",
    "moveFrom",
    "object",
    "control",
    "altChunk",
    "subDoc",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "footnoteReference",
    "endnoteReference",
    "bookmarkStart",
    "bookmarkEnd",
    "permStart",
    "permEnd",
    "proofErr",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "numberingChange",
)
_RELATIONS: Final = f"{{{R}}}"
_CORE_PROPERTIES: Final = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"


def clean_story(root: Element, dropped: frozenset[str]) -> None:
    """Take out of a header or footer: the lines of an earlier brief, fields and objects that fetch, revisions (as
    accepted), comments, and uses of `dropped` relations.
    """
    for mark in list(root.iter(name("bookmarkStart"))):
        if TRACE.fullmatch(mark.get(name("name")) or ""):
            _remove(next(mark.iterancestors(name("p")), mark))
    _freeze_fetching_fields(root)
    for element in [each for local in _REMOVED for each in root.iter(name(local))]:
        _remove(element)
    for binding in list(root.iter(name("dataBinding"))):
        if binding.get(name("storeItemID")) != _CORE_PROPERTIES:
            _remove(binding)
    for element in [each for local in _UNWRAPPED for each in root.iter(name(local))]:
        _unwrap(element)
    for element in [each for each in root.iter() if _uses(each, dropped)]:
        if element.tag == name("hyperlink"):
            _unwrap(element)
        else:
            _remove(_run_of(element))
    for element in root.iter(etree.Element):
        for attribute in [str(each) for each in element.attrib if str(each).startswith(f"{{{W}}}rsid")]:
            del element.attrib[attribute]


def _uses(element: Element, dropped: frozenset[str]) -> bool:
    return any(str(key).startswith(_RELATIONS) and str(held) in dropped for key, held in element.attrib.items())


def _run_of(element: Element) -> Element:
    """The run that `element` stands in, or itself."""
    return next((each for each in element.iterancestors(name("r"))), element)


def _freeze_fetching_fields(root: Element) -> None:
    """Turn fields that would read another file into the text that they show."""
    for simple in list(root.iter(name("fldSimple"))):
        if _keyword(simple.get(name("instr")) or "") in _FETCHING:
            _unwrap(simple)
    for field in field_runs(root):
        if _keyword(field.instruction) in _FETCHING:
            for run in (*field.code, *field.marks):
                _remove(run)


def _keyword(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Put the children of `element` in its place, without its own properties."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = [each for each in element if not str(each.tag).endswith("Pr")]
