"""Opening a reference document, ours or an office's own: whether it can be one at all, and its parts, cleaned of whatever
could fetch something or speak of another text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from briefing.errors import Problem, UsageError
from briefing.formats.docx.elements import Element, R, W, child, name, remove, unwrap
from briefing.formats.docx.package import archive
from briefing.formats.docx.paragraphs import field_runs
from briefing.formats.docx.writing import TRACE

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES: Final = 200_000_000
_MOST_PARTS: Final = 5_000
_TYPES: Final = "[Content_Types].xml"
_TEMPLATE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACROS: Final = re.compile(r"\.macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_OFFICE_FILE: Final = "name a file saved from Word or LibreOffice as DOCX or DOTX"
_UNREADABLE: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)


def refusal(wrong: str, right: str) -> UsageError:
    """The error that says why a reference document cannot be used, and what to do."""
    return UsageError(Problem("reference-document", f"the reference document cannot be used: {wrong}", right))


def as_document(data: bytes) -> bytes:
    """The archive `data` as an ordinary DOCX file, a template (DOTX) being turned into one.

    Raises `UsageError` for what is no DOCX file, is encrypted, holds macros, is Strict Open XML, or unpacks to too
    much.
    """
    if data.startswith(_COMPOUND_FILE):
        raise refusal("it is encrypted, or a .doc file of Word 97", "save it as a DOCX file without a password")
    parts = _unpacked(data)
    types = parts[_TYPES].decode("utf-8", "replace")
    if _MACROS.search(types):
        raise refusal("it holds macros", "save it as a DOCX file without macros")
    if any(_STRICT in part for entry, part in parts.items() if entry.endswith(".rels")):
        raise refusal("it is a Strict Open XML document", "save it as 'Word Document (*.docx)'")
    if f'"{CONTENT_TYPE.WML_DOCUMENT_MAIN}"' not in types and f'"{_TEMPLATE}"' not in types:
        raise refusal("it is another kind of Office file", _OFFICE_FILE)
    if f'"{_TEMPLATE}"' not in types:
        return data
    parts[_TYPES] = types.replace(f'"{_TEMPLATE}"', f'"{CONTENT_TYPE.WML_DOCUMENT_MAIN}"').encode()
    return archive(parts.items())


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise refusal("it is too large", f"unpacked it may hold {_MOST_BYTES // 1_000_000} MB")
            parts = {entry.filename: source.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise refusal("it is not a DOCX file", _OFFICE_FILE) from error
    if _TYPES not in parts:
        raise refusal("it is not a DOCX file", _OFFICE_FILE)
    return parts


_FETCHING: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "AUTOTEXT", "MACROBUTTON"}
)
_UNWRAPPED: Final = ("ins", "moveTo", "smartTag", "customXml")
_REMOVED: Final = (
    "del", "moveFrom", "object", "control", "altChunk", "subDoc", "commentRangeStart", "commentRangeEnd",
    "commentReference", "footnoteReference", "endnoteReference", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd",
    "proofErr", "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange",
)  # fmt: skip
_RELATIONS: Final = f"{{{R}}}"
_CORE_PROPERTIES: Final = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"


def clean_story(root: Element, dropped: frozenset[str]) -> None:
    """Take out of a header or footer: the lines of an earlier brief, fields and objects that fetch, revisions (as
    accepted), comments, and uses of `dropped` relations.
    """
    for mark in list(root.iter(name("bookmarkStart"))):
        if TRACE.fullmatch(mark.get(name("name")) or ""):
            remove(next(mark.iterancestors(name("p")), mark))
    _freeze_fetching_fields(root)
    for element in [each for local in _REMOVED for each in root.iter(name(local))]:
        remove(element)
    for binding in list(root.iter(name("dataBinding"))):
        if binding.get(name("storeItemID")) != _CORE_PROPERTIES:
            remove(binding)
    for element in [each for local in _UNWRAPPED for each in root.iter(name(local))]:
        unwrap(element)
    for element in [each for each in root.iter() if _uses(each, dropped)]:
        if element.tag == name("hyperlink"):
            unwrap(element)
        else:
            remove(next(element.iterancestors(name("r")), element))
    for element in root.iter(etree.Element):
        for attribute in [str(each) for each in element.attrib if str(each).startswith(f"{{{W}}}rsid")]:
            del element.attrib[attribute]


def _uses(element: Element, dropped: frozenset[str]) -> bool:
    return any(str(key).startswith(_RELATIONS) and str(held) in dropped for key, held in element.attrib.items())


def _freeze_fetching_fields(root: Element) -> None:
    """Turn fields that would read another file into the text that they show."""
    for simple in list(root.iter(name("fldSimple"))):
        if _keyword(simple.get(name("instr")) or "") in _FETCHING:
            unwrap(simple)
    for field in field_runs(root):
        if _keyword(field.instruction) in _FETCHING:
            for run in (*field.code, *field.marks):
                remove(run)


def _keyword(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


_KEPT_BELOW: Final = {
    RELATIONSHIP_TYPE.STYLES: None,
    RELATIONSHIP_TYPE.NUMBERING: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.FONT_TABLE: RELATIONSHIP_TYPE.FONT,
    RELATIONSHIP_TYPE.THEME: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.HEADER: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.FOOTER: RELATIONSHIP_TYPE.IMAGE,
}
"""The kinds of parts that come along, each with the kind of part that comes along with it."""
_STORIES: Final = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_DAMAGE: Final = (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, OSError, PackageNotFoundError)


@dataclass(frozen=True, slots=True)
class Reference:
    """The usable parts of a reference document by their relationship ids, its styles, body and settings."""

    parts: tuple[tuple[str, str, Part], ...]
    styles: Element
    numbering: Element | None
    settings: Element | None
    body: Element


def open_reference(data: bytes) -> Reference:
    """The parts of the DOCX or DOTX file `data`.

    Raises `UsageError` with a `reference-document` problem when it cannot be used.
    """
    document = as_document(data)
    try:
        main = Package.open(io.BytesIO(document)).main_document_part
        parts = tuple((identifier, kind, _cleaned(part, kind)) for identifier, kind, part in kept_parts(main))
        styles = _root(main, RELATIONSHIP_TYPE.STYLES)
        numbering, settings = _root(main, RELATIONSHIP_TYPE.NUMBERING), _root(main, RELATIONSHIP_TYPE.SETTINGS)
        body = child(main.element, "body")
    except _DAMAGE as error:
        raise refusal("it is damaged", "open it in Word or LibreOffice and save it again") from error
    if body is None or styles is None:
        raise refusal("it has no body or no styles", "save it from Word or LibreOffice as a DOCX file")
    return Reference(parts, styles, numbering, settings, body)


def kept_parts(main: Part) -> tuple[tuple[str, str, Part], ...]:
    """The parts that a new document takes over from `main`, each behind its relationship id and type."""
    return tuple(
        (identifier, relation.reltype, relation.target_part)
        for identifier, relation in main.rels.items()
        if not relation.is_external and relation.reltype in _KEPT_BELOW
    )


def _root(main: Part, relationship_type: str) -> Element | None:
    """The root element of the first part of that kind."""
    found = (each for each in main.rels.values() if each.reltype == relationship_type and not each.is_external)
    part = next((each.target_part for each in found), None)
    return part.element if isinstance(part, XmlPart) else None


def _cleaned(part: Part, relationship_type: str) -> Part:
    """`part` with only those relations that may come along, and without what uses the others."""
    dropped = set()
    for identifier, relation in list(part.rels.items()):
        if relation.is_external:
            web = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and _WEB.match(relation.target_ref) is not None
            keep = web and relationship_type in _STORIES
        else:
            keep = relation.reltype == _KEPT_BELOW[relationship_type]
        if not keep:
            dropped.add(identifier)
            del part.rels[identifier]
    if relationship_type in _STORIES and isinstance(part, XmlPart):
        clean_story(part.element, frozenset(dropped))
    return part
