"""Opening a reference document, ours or an office's own: whether it can be used, and its parts.

Nothing is taken over but what is named here: styles, numbering, fonts, theme, and the headers and footers with their
pictures. Text,
comments, macros, templates and data that the document is linked to stay behind.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from briefing.errors import Problem, UsageError
from briefing.render.docx.markup import Element, W
from briefing.render.docx.package import archive
from briefing.render.docx.story_cleaning import clean_story

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES: Final = 200_000_000
_MOST_PARTS: Final = 5_000
_TYPES: Final = "[Content_Types].xml"
_TEMPLATE_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACRO_TYPES: Final = re.compile(
    r"application/vnd\.ms-word\.(document|template)\.macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"

_KEPT_BELOW: Final[dict[str, frozenset[str]]] = {
    RELATIONSHIP_TYPE.STYLES: frozenset(),
    RELATIONSHIP_TYPE.NUMBERING: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.FONT_TABLE: frozenset({RELATIONSHIP_TYPE.FONT}),
    RELATIONSHIP_TYPE.THEME: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.HEADER: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.FOOTER: frozenset({RELATIONSHIP_TYPE.IMAGE}),
}
_STORIES: Final = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """The usable parts of a reference document, by their relationship ids, and the root elements of what is read from
    it.
    """

    parts: tuple[tuple[str, str, Part], ...]
    body: Element
    settings: Element | None

    def only(self, relationship_type: str) -> Part | None:
        """The first part of that kind."""
        return next((part for _, kind, part in self.parts if kind == relationship_type), None)

    def element(self, relationship_type: str) -> Element | None:
        """The root element of the first part of that kind."""
        part = self.only(relationship_type)
        return part.element if isinstance(part, XmlPart) else None


def open_reference(data: bytes) -> Reference:
    """The parts of the DOCX or DOTX file `data`. Raises `UsageError` with a `reference-document` problem when it
    cannot be used.
    """
    try:
        package = Package.open(io.BytesIO(_as_document(data)))
        main = package.main_document_part
        assert isinstance(main, XmlPart)
        found = [
            (identifier, relation.reltype, _kept(relation.target_part, relation.reltype))
            for identifier, relation in main.rels.items()
            if not relation.is_external and relation.reltype in _KEPT_BELOW
        ]
        settings = [
            part for part in (r.target_part for r in main.rels.values() if r.reltype == RELATIONSHIP_TYPE.SETTINGS)
        ]
        body = main.element.find(f"{{{W}}}body")
    except UsageError:
        raise
    except (
        KeyError,
        ValueError,
        AssertionError,
        AttributeError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        OSError,
    ) as error:
        raise _refusal("it is damaged", "open it in Word or LibreOffice and save it again") from error
    if body is None or not any(kind == RELATIONSHIP_TYPE.STYLES for _, kind, _ in found):
        raise _refusal("it has no body or no styles", "save it from Word or LibreOffice as a DOCX file")
    return Reference(tuple(found), body, settings[0].element if settings and isinstance(settings[0], XmlPart) else None)


def _refusal(wrong: str, right: str) -> UsageError:
    return UsageError(Problem("reference-document", f"the reference document cannot be used: {wrong}", right))


def _as_document(data: bytes) -> bytes:
    """`data` as an ordinary document, a template being turned into one."""
    if data.startswith(_COMPOUND_FILE):
        raise _refusal("it is encrypted, or a .doc file of Word 97", "save it as a DOCX file without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = source.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise _refusal("it is too large", f"it may unpack to {_MOST_BYTES // 1_000_000} MB at most")
            parts = {entry.filename: source.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise _refusal("it is not a DOCX file", "name a file saved from Word or LibreOffice as DOCX or DOTX") from error
    if _TYPES not in parts:
        raise _refusal("it is not a DOCX file", "name a file saved from Word or LibreOffice as DOCX or DOTX")
    types = parts[_TYPES].decode("utf-8", "replace")
    if _MACRO_TYPES.search(types):
        raise _refusal("it holds macros", "save it as a DOCX file without macros")
    if any(_STRICT in part for entry, part in parts.items() if entry.endswith(("document.xml", "document2.xml"))):
        raise _refusal("it is a Strict Open XML document", "save it as 'Word Document (*.docx)'")
    if f'"{CONTENT_TYPE.WML_DOCUMENT_MAIN}"' not in types and _TEMPLATE_TYPE not in types:
        raise _refusal(
            "it is another kind of Office file", "name a file saved from Word or LibreOffice as DOCX or DOTX"
        )
    parts[_TYPES] = types.replace(_TEMPLATE_TYPE, CONTENT_TYPE.WML_DOCUMENT_MAIN).encode()
    return archive(parts.items())


def _kept(part: Part, relationship_type: str) -> Part:
    """`part` with only those relations that may come along."""
    allowed = _KEPT_BELOW[relationship_type]
    dropped: dict[str, str | None] = {}
    for identifier, relation in list(part.rels.items()):
        if relation.is_external:
            web = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and _WEB.match(relation.target_ref)
            keep = bool(web) and relationship_type in _STORIES
        else:
            keep = relation.reltype in allowed
        if not keep:
            dropped[identifier] = None
            del part.rels[identifier]
    if relationship_type in _STORIES and isinstance(part, XmlPart):
        clean_story(part.element, frozenset(dropped))
    return part
