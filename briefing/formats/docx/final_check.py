"""The proof that a Word file is a clean copy: read from the finished package, not from how it was made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from briefing.formats.docx.edited.open_edited import read_edited
from briefing.formats.docx.elements import W14, Element, W
from briefing.formats.docx.read_package import Package

_TYPES: Final = "[Content_Types].xml"
_KINDS: Final = re.compile(
    r".*wordprocessingml\.(document\.main|styles|numbering|settings|fontTable|endnotes|footnotes|header|footer)\+xml"
    r"|.*officedocument\.(theme|extended-properties|obfuscatedFont)(\+xml)?|.*package\.(core-properties|relationships)\+xml|image/.*"
)
"""What the parts are, by their types; the list of types itself has none."""
_ELEMENTS: Final = re.compile(
    r"sdt|sdtPr|customXml|smartTag|bookmark(Start|End)|comment\w+|perm(Start|End)|ins|del|move(From|To)\w*|\w+Change|cell(Ins|Del|Merge)"
    r"|rsids?|docVars?|attachedTemplate|mailMerge|documentProtection|writeProtection|object|control|altChunk|subDoc|proofErr|ffData"
)
_ATTRIBUTES: Final = re.compile(r"rsid\w*|paraId|textId|author|initials|date")
_SAID: Final = frozenset(
    {"comment", "exif", "xmp", "photoshop", "mp", "author", "copyright", "description", "software", "creation time"}
)
"""What Pillow finds in a picture beside what it shows."""
_SAID_IN_PNG: Final = frozenset({"tEXt", "iTXt", "zTXt", "eXIf", "tIME"})
_TAGS: Final = {
    0x010D: "a document's name", 0x010E: "a description", 0x010F: "a camera", 0x0110: "a camera", 0x0131: "a program", 0x0132: "a date",
    0x013B: "an author", 0x013C: "a computer", 0x02BC: "XMP", 0x8298: "a copyright", 0x83BB: "IPTC", 0x8649: "Photoshop's data",
    0x8769: "camera data", 0x8825: "a place", 0x9C9B: "a title", 0x9C9C: "a comment", 0x9C9D: "an author",
}  # fmt: skip
"""Tags of TIFF 6.0 and Exif 2.3 that say who, where, when and with what."""
_PROPERTIES: Final = frozenset({"title", "subject", "keywords", "language", "Application"})
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def left_in(data: bytes) -> tuple[str, ...]:
    """Everything in the Word file `data` that a clean copy has not, in words; empty when it is clean."""
    return tuple(dict.fromkeys(_left(data)))


def _left(data: bytes) -> Iterator[str]:
    package = Package(data)
    types = package.xml(_TYPES)
    said = () if types is None else types
    kinds = {each.get("PartName", each.get("Extension", "")).lstrip("/"): each.get("ContentType", "") for each in said}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.namelist() if part != _TYPES]
    for part in parts:
        kind = kinds.get(part, kinds.get(part.rpartition(".")[2], ""))
        if not _KINDS.fullmatch(kind):
            yield f"the part {part}"
        if kind.startswith("image/") and (said_in := _said_in(kind, package.part(part) or b"")):
            yield f"{said_in} in {part}"
        root = package.xml(part) if part.endswith((".xml", ".rels")) else None
        if root is None:
            continue
        if part.startswith("docProps/"):
            yield from (
                f"the property {etree.QName(each).localname}"
                for each in root
                if etree.QName(each).localname not in _PROPERTIES
            )
        elif part.endswith(".rels"):
            yield from (
                f"a link to {each.get('Target')}"
                for each in root
                if each.get("TargetMode") == "External" and not _WEB.match(each.get("Target", ""))
            )
        else:
            yield from _marks(part, root)


def _said_in(kind: str, data: bytes) -> str:
    """What a picture says beside what it shows, in words; empty for one that says nothing."""
    if "svg" in kind:
        is_clean = re.search(rb"<!--|<metadata|<\?(?!xml )", data) is None
        return "" if is_clean else "a comment or metadata"
    if "emf" in kind or "wmf" in kind:
        return ""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            said = {str(key).lower() for key in opened.info} & _SAID
            tags = {_TAGS[tag] for tag in opened.getexif() if tag in _TAGS}
            if isinstance(opened, PngImageFile):
                said |= {*_chunks(data)} & _SAID_IN_PNG
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "what cannot be looked into"
    return ", ".join(sorted(said | tags))


def _chunks(data: bytes) -> Iterator[str]:
    """The kinds of the chunks of a PNG."""
    place = 8
    while place + 8 <= len(data):
        yield data[place + 4 : place + 8].decode("latin-1")
        place += 12 + int.from_bytes(data[place : place + 4], "big")


def _marks(part: str, root: Element) -> Iterator[str]:
    for each in root.iter(etree.Element):
        names = etree.QName(each)
        if names.namespace == W and _ELEMENTS.fullmatch(names.localname):
            yield f"{names.localname} in {part}"
        for key in each.attrib:
            attribute = etree.QName(str(key))
            if attribute.namespace in (W, W14) and _ATTRIBUTES.fullmatch(attribute.localname):
                yield f"{attribute.localname} in {part}"


def texts_of(data: bytes, *, accept: bool = True) -> list[tuple[str, str]]:
    """Every paragraph of the Word file: where it stands, and what it says with its tracked changes accepted or rejected."""
    read = read_edited(data, revisions="accept" if accept else "reject")
    return [(each.place, "".join(span.text for span in each.spans)) for each in read.paragraphs]
