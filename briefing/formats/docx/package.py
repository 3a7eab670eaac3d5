"""The file as a package of parts, with nothing in them but what is put there, the same to the byte for the same parts
(ECMA-376 part 2, ISO/IEC 29500-2).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from lxml import etree

from briefing.formats.docx.elements import Element, by_default, story_root

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_LEVEL: Final = 6
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of `parts` in their order, with no trace of when, where or on what system it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part, data in parts:
            entry = zipfile.ZipInfo(part, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            entry.create_system = 0
            target.writestr(entry, data, compresslevel=_LEVEL)
    return stream.getvalue()


def packed(package: Package) -> bytes:
    """The package as a file: the list of types first, then each part with its relations, in the order of the relations.

    (Not `Package.save`, which puts in dates and compresses what would have to be compressed again.)
    """
    parts = list(package.iter_parts())
    entries = [("[Content_Types].xml", _types(parts)), ("_rels/.rels", _relations(package.rels))]
    for part in parts:
        entries.append((part.partname.membername, part.blob))
        if len(part.rels):
            entries.append((part.partname.rels_uri.membername, _relations(part.rels)))
    return archive(entries)


def _types(parts: Iterable[Part]) -> bytes:
    """What each part is: XML parts one by one, others by their extensions, as far as these tell them apart."""
    extensions = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    overrides = {}
    for part in parts:
        address, content_type = part.partname, part.content_type
        if extensions.setdefault(address.ext.lower(), content_type) != content_type:
            overrides[str(address)] = content_type
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap=by_default(_TYPES))
    for extension, content_type in extensions.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", {"Extension": extension, "ContentType": content_type})
    for address, content_type in overrides.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": address, "ContentType": content_type})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations(relations: Relationships) -> bytes:
    """The relations of a part or of the package."""
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=by_default(_RELATIONS))
    for each in relations.values():
        element = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        element.attrib.update({"Id": each.rId, "Type": each.reltype, "Target": each.target_ref})
        if each.is_external:
            element.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True, slots=True)
class Assembly:
    """A package that is being put together, and its main document part."""

    package: Package
    main: XmlPart

    @classmethod
    def start(cls) -> Assembly:
        """A package that holds an empty document."""
        package = Package()
        root = cast(BaseOxmlElement, story_root("document"))
        main = XmlPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, root, package)
        package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        return cls(package, main)

    def tree(self, address: str, content_type: str, root: Element) -> XmlPart:
        """A new part that holds elements, related to nothing yet."""
        return XmlPart(PackURI(address), content_type, cast(BaseOxmlElement, root), self.package)

    def blob(self, address: str, content_type: str, data: bytes) -> Part:
        """A new part that holds bytes, related to nothing yet."""
        return Part(PackURI(address), content_type, data, self.package)

    def relate(self, part: Part, relationship: str) -> str:
        """Relate the main document to `part`; gives the relationship's id."""
        return self.main.relate_to(part, relationship)

    def take_over(self, identifier: str, relationship: str, part: Part) -> None:
        """Relate the main document to a part of a reference document, by the id that it had there."""
        self.main.rels.add_relationship(relationship, part, identifier)

    def finished(self) -> bytes:
        """The package as a file, the same bytes for the same parts."""
        return packed(self.package)
