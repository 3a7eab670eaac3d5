"""The proof that a Word file is a clean copy: read from the finished package, not from how it was made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

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
        if not _KINDS.fullmatch(kinds.get(part, kinds.get(part.rpartition(".")[2], ""))):
            yield f"the part {part}"
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
