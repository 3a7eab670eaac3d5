"""Opening a reference document, ours or an office's own: whether it can be one at all, and its parts, cleaned of whatever
could fetch something or speak of another text.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final, cast
from urllib.parse import unquote

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from lxml import etree
from msgspec import Struct, field

from briefing.apart import refuse_hunger
from briefing.errors import Problem, UsageError
from briefing.formats.docx.elements import WP, Element, R, W, child, name, remove, serialized, unwrap, w
from briefing.formats.docx.house_fields import CORE_PROPERTIES, close_fields, freeze_fields
from briefing.formats.docx.package import archive
from briefing.formats.docx.repair import repair_numbering, repair_story, repair_styles
from briefing.formats.docx.strict import is_strict, transitional
from briefing.formats.docx.writing import TRACE

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES: Final = 200_000_000
_MOST_PARTS: Final = 5_000
_LARGE: Final = 20_000
"""Bytes: what is smaller is as well stored."""
_LOCAL_HEADER: Final = 30
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = re.compile(
    r"application/(vnd\.openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    r"|vnd\.ms-word\.(?:document\.macroEnabled|template\.macroEnabledTemplate))\.main\+xml",
    re.IGNORECASE,
)
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_CONVERT: Final = "open it in Word or LibreOffice and save it as 'Word Document (*.docx)'"
_OFFICE_FILE: Final = "name a file saved from Word or LibreOffice as DOCX or DOTX"
_SAVE_AGAIN: Final = "open it in Word or LibreOffice and save it again"
_ARCHIVE: Final = b"PK\3\4"
_UNREADABLE: Final = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error
)  # fmt: skip


_PART_TYPES: Final = {
    RELATIONSHIP_TYPE.HEADER: CONTENT_TYPE.WML_HEADER,
    RELATIONSHIP_TYPE.FOOTER: CONTENT_TYPE.WML_FOOTER,
    RELATIONSHIP_TYPE.STYLES: CONTENT_TYPE.WML_STYLES,
    RELATIONSHIP_TYPE.NUMBERING: CONTENT_TYPE.WML_NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS: CONTENT_TYPE.WML_SETTINGS,
}

_KEPT_BELOW: Final = {
    RELATIONSHIP_TYPE.STYLES: None,
    RELATIONSHIP_TYPE.NUMBERING: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.FONT_TABLE: RELATIONSHIP_TYPE.FONT,
    RELATIONSHIP_TYPE.THEME: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.HEADER: RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.FOOTER: RELATIONSHIP_TYPE.IMAGE,
}
"""The kinds of parts that come along, each with the kind of part that comes along with it."""
_TAKEN: Final = frozenset(
    {*_KEPT_BELOW, *_KEPT_BELOW.values(), RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.SETTINGS}
    | {RELATIONSHIP_TYPE.HYPERLINK}
)
"""The kinds of relations that lead to what is looked at at all."""


def refusal(wrong: str, right: str) -> UsageError:
    """The error that says why a reference document cannot be used, and what to do."""
    return UsageError(Problem("reference-document", f"the reference document cannot be used: {wrong}", right))


def as_document(data: bytes) -> bytes:
    """The archive `data` as an ordinary DOCX file; a template, or what holds macros (DOTX, DOCM, DOTM), is turned into one.

    Relations to parts that are not there are left out; Strict Open XML becomes Transitional. Raises `UsageError` for what is no DOCX file,
    is encrypted, or unpacks to too much.
    """
    if data.startswith(_COMPOUND_FILE):
        right = "open it in Word or LibreOffice and save it as 'Word Document (*.docx)', without a password"
        raise refusal("it is encrypted, or a .doc file of Word 97", right)
    parts = _unpacked(data)
    types = parts[_TYPES].decode("utf-8", "replace")
    if is_strict(parts):
        parts = transitional(parts)
    if not _MAIN.search(types):
        raise refusal("it is another kind of Office file", _OFFICE_FILE)
    parts[_TYPES] = _MAIN.sub(CONTENT_TYPE.WML_DOCUMENT_MAIN, types).encode()
    for entry in [each for each in parts if each.endswith(".rels")]:
        parts[entry] = _usable_relations(entry, parts)
    parts[_TYPES] = _with_types(parts)
    return archive(parts.items())


def holds_macros(data: bytes) -> bool:
    """Whether the archive `data` holds macros."""
    return any("vbaproject" in entry.casefold() for entry in _unpacked(data))


def _usable_relations(entry: str, parts: Mapping[str, bytes]) -> bytes:
    """A list of relations as the parts are spelled, without those to parts that are not there or that nothing is taken of, and those
    that lack what each must have (ECMA-376 part 2, 9.3).
    """
    try:
        root = etree.fromstring(parts[entry])
    except etree.XMLSyntaxError:
        return parts[entry]
    there = {each.casefold(): each for each in parts}
    for relation in list(root):
        address = _address(entry, relation)
        spellings = (each.lstrip("/").casefold() for each in (address, unquote(address)))
        found = next((there[each] for each in spellings if each in there), None)
        is_external = relation.get("TargetMode") == "External"
        is_whole = all(map(relation.get, ("Id", "Type", "Target"))) and (is_external or found is not None)
        if not is_whole or relation.get("Type") not in _TAKEN:
            root.remove(relation)
        elif not is_external and address != f"/{found}":
            relation.set("Target", f"/{found}")
    return serialized(root)


def _address(entry: str, relation: Element) -> str:
    """The part that a relation leads to, listed in the part `entry`."""
    folder = posixpath.dirname(posixpath.dirname(entry))
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "").partition("#")[0]))


def _with_types(parts: Mapping[str, bytes]) -> bytes:
    """The list of types, with those of headers, footers, styles and lists that some programs leave out."""
    try:
        types = etree.fromstring(parts[_TYPES])
        roots = {entry: etree.fromstring(parts[entry]) for entry in parts if entry.endswith(".rels")}
    except etree.XMLSyntaxError:
        return parts[_TYPES]
    there = {each.get("PartName", "").casefold(): each for each in types}
    for entry, relation in ((entry, relation) for entry, root in roots.items() for relation in root):
        address, content_type = _address(entry, relation), _PART_TYPES.get(relation.get("Type", ""))
        if content_type is not None and relation.get("TargetMode") != "External":
            override = there.get(address.casefold())
            if override is None:
                override = etree.SubElement(types, str(types.tag).replace("Types", "Override"), PartName=address)
            there[address.casefold()] = override
            override.set("ContentType", content_type)
    return serialized(types)


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise refusal("it is too large", f"unpacked it may hold {_MOST_BYTES // 1_000_000} MB")
            parts = _spelled({entry.filename: source.read(entry) for entry in entries})
    except _UNREADABLE as error:
        if data.startswith(_ARCHIVE):
            raise refusal("it is damaged", _SAVE_AGAIN) from error
        raise refusal("it is not a DOCX file", _OFFICE_FILE) from error
    if parts.get("mimetype", b"").startswith(_OPEN_DOCUMENT):
        raise refusal("it is an OpenDocument file (ODT, OTT)", _CONVERT)
    if _TYPES not in parts:
        raise refusal("it is not a DOCX file", _OFFICE_FILE)
    return parts


def _spelled(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """The entries of an archive by the names of parts, whose case does not count (ECMA-376 part 2, 6.2.2.3): with slashes between folders
    and none before them, and each list of relations called after its part.
    """
    parts = {entry.replace("\\", "/").lstrip("/"): data for entry, data in entries.items()}
    there = {each.casefold(): each for each in parts}
    for entry in list(parts):
        right = _TYPES if entry.casefold() == _TYPES.casefold() else entry
        folder, _, listed = entry.rpartition("/")
        if listed.casefold().endswith(".rels"):
            part = posixpath.join(posixpath.dirname(folder), listed[: -len(".rels")])
            above, _, called = there.get(part.casefold(), part).rpartition("/")
            right = posixpath.join(above, "_rels", f"{called}.rels")
        if right not in parts:
            parts[right] = parts.pop(entry)
    return parts


def _compressed(data: bytes) -> dict[bytes, bytes]:
    """The large parts of an archive as they are compressed in it, by their SHA-256s."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        entries = [each for each in source.infolist() if each.compress_type == zipfile.ZIP_DEFLATED]
    for each in entries:
        if each.file_size >= _LARGE:
            start = each.header_offset + _LOCAL_HEADER
            start += sum(struct.unpack("<HH", data[start - 4 : start]))
            stream = data[start : start + each.compress_size]
            reader = zlib.decompressobj(-zlib.MAX_WBITS)
            plain = reader.decompress(stream, each.file_size + 1)
            if reader.eof and not reader.unused_data and len(plain) == each.file_size:
                found[hashlib.sha256(plain).digest()] = stream
    return found


_UNWRAPPED: Final = ("ins", "moveTo", "smartTag", "customXml")
_REMOVED: Final = (
    "del", "moveFrom", "object", "control", "altChunk", "subDoc", "commentRangeStart", "commentRangeEnd",
    "commentReference", "footnoteReference", "endnoteReference", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd",
    "proofErr", "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange",
)  # fmt: skip
_RELATIONS: Final = f"{{{R}}}"


def clean_story(root: Element, kept: frozenset[str]) -> None:
    """Take out of a header or footer: the lines of an earlier brief, fields and objects that fetch, revisions (as
    accepted), comments, and uses of relations that are not `kept`.
    """
    for mark in list(root.iter(name("bookmarkStart"))):
        if TRACE.fullmatch(mark.get(name("name")) or ""):
            remove(next(mark.iterancestors(name("p")), mark))
    close_fields(root)
    freeze_fields(root)
    for element in [each for local in _REMOVED for each in root.iter(name(local))]:
        remove(element)
    for binding in list(root.iter(name("dataBinding"))):
        if binding.get(name("storeItemID")) != CORE_PROPERTIES:
            remove(binding)
    for element in [each for local in _UNWRAPPED for each in root.iter(name(local))]:
        unwrap(element)
    for element in [each for each in root.iter() if _uses_others(each, kept)]:
        if element.tag == name("hyperlink"):
            unwrap(element)
        else:
            remove(next(element.iterancestors(name("r")), element))
    for element in root.iter(etree.Element):
        for attribute in [str(each) for each in element.attrib if str(each).startswith(f"{{{W}}}rsid")]:
            del element.attrib[attribute]


def _uses_others(element: Element, kept: frozenset[str]) -> bool:
    return any(str(key).startswith(_RELATIONS) and str(held) not in kept for key, held in element.attrib.items())


_STORIES: Final = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_DAMAGE: Final = (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, OSError, PackageNotFoundError)


class Reference(Struct, frozen=True):
    """The usable parts of a reference document by their relationship ids, its styles, body and settings.

    `brought` names the styles of ours that it lacked and was given, `notes` say what else is not as it was.
    """

    parts: tuple[tuple[str, str, Part], ...]
    styles: Element
    numbering: Element | None
    settings: Element | None
    body: Element
    brought: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    compressed: Mapping[bytes, bytes] = field(default_factory=dict)
    """Large parts as they are compressed in the file, by their SHA-256s."""


def open_reference(data: bytes) -> Reference:
    """The parts of the DOCX or DOTX file `data`.

    Raises `UsageError` with a `reference-document` problem when it cannot be used.
    """
    document = as_document(data)
    try:
        main = Package.open(io.BytesIO(document)).main_document_part
        parts = tuple((identifier, kind, _cleaned(part, kind)) for identifier, kind, part in kept_parts(main))
        styles = _root(main, RELATIONSHIP_TYPE.STYLES)
        if styles is None:
            part = _no_styles(main)
            parts, styles = (*parts, ("rIdStyles", RELATIONSHIP_TYPE.STYLES, part)), part.element
        numbering, settings = _root(main, RELATIONSHIP_TYPE.NUMBERING), _root(main, RELATIONSHIP_TYPE.SETTINGS)
        body = child(main.element, "body")
    except _DAMAGE as error:
        refuse_hunger(error)
        raise refusal("it is damaged", _SAVE_AGAIN) from error
    if body is None:
        raise refusal("it has no body", "save it from Word or LibreOffice as a DOCX file")
    repair_styles(styles)
    if numbering is not None:
        repair_numbering(numbering, styles)
    stories = list(
        {id(part): part for _, kind, part in parts if kind in _STORIES and isinstance(part, XmlPart)}.values()
    )
    for story in stories:
        repair_story(story.element, styles)
    for place, shape in enumerate((each for story in stories for each in story.element.iter(f"{{{WP}}}docPr")), 1):
        shape.set("id", str(place))
    notes = ("holds macros, which were left behind",) if holds_macros(data) else ()
    return Reference(parts, styles, numbering, settings, body, notes=notes, compressed=_compressed(data))


def _no_styles(main: Part) -> XmlPart:
    """A part for the styles of a document that has none, which programs open with those of their own."""
    root = cast(BaseOxmlElement, w("styles"))
    return XmlPart(PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, root, main.package)


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
    for identifier, relation in list(part.rels.items()):
        if relation.is_external:
            web = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and _WEB.match(relation.target_ref) is not None
            keep = web and relationship_type in _STORIES
        else:
            keep = relation.reltype == _KEPT_BELOW[relationship_type]
        if not keep:
            del part.rels[identifier]
    if relationship_type in _STORIES and isinstance(part, XmlPart):
        clean_story(part.element, frozenset(part.rels))
    return part
