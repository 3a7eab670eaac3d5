"""The file as a package of parts, with nothing in them but what is put there, the same to the byte for the same parts
(ECMA-376 part 2, ISO/IEC 29500-2), and the parts in which it says what it is.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from lxml import etree
from msgspec import Struct, field

from briefing.compression import deflated
from briefing.document.tree import Document
from briefing.formats.docx.elements import Element, by_default, serialized, story_root
from briefing.formats.docx.writing import NAMESPACE, Origins

_EPOCH: Final = (0, 1 << 5 | 1)
"""Midnight of the first of January 1980, as MS-DOS writes it."""
_READABLE: Final = 0o644 << 16
_VERSION, _UTF8, _STORED, _DEFLATED = 20, 0x800, 0, 8
_BEFORE, _AFTER = 2, 4
"""Bytes of a zlib stream (RFC 1950) before and after what an archive holds of it."""
_ENTRY: Final = struct.Struct("<5H3L2H")
_IN_DIRECTORY: Final = struct.Struct("<3H2L")
_END: Final = struct.Struct("<4s4H2LH")
_NONE: Final[Mapping[bytes, bytes]] = MappingProxyType({})
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts: Iterable[tuple[str, bytes]], compressed: Mapping[bytes, bytes] = _NONE) -> bytes:
    """A ZIP archive (APPNOTE 6.3) of `parts` in their order, with no trace of when, where or on what system it was made.

    Parts are taken over as they are `compressed` (RFC 1951) in what they come from, by their SHA-256s, or compressed here; what does not become
    smaller is stored.
    """
    body, directory, count = bytearray(), bytearray(), 0
    for part, data in parts:
        encoded, check = part.encode(), zlib.crc32(data)
        stream = compressed.get(hashlib.sha256(data).digest()) if compressed else None
        stream = deflated(data)[_BEFORE:-_AFTER] if stream is None else stream
        method, stored = (_DEFLATED, stream) if len(stream) < len(data) else (_STORED, data)
        flags = 0 if part.isascii() else _UTF8
        about = _ENTRY.pack(_VERSION, flags, method, *_EPOCH, check, len(stored), len(data), len(encoded), 0)
        directory += b"PK\1\2" + _VERSION.to_bytes(2, "little") + about
        directory += _IN_DIRECTORY.pack(0, 0, 0, _READABLE, len(body)) + encoded
        body += b"PK\3\4" + about + encoded + stored
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


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
    return serialized(root)


def _relations(relations: Relationships) -> bytes:
    """The relations of a part or of the package."""
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=by_default(_RELATIONS))
    for each in relations.values():
        element = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        element.attrib.update({"Id": each.rId, "Type": each.reltype, "Target": each.target_ref})
        if each.is_external:
            element.set("TargetMode", "External")
    return serialized(root)


class Assembly(Struct, frozen=True):
    """A package that is being put together, and its main document part."""

    package: Package
    main: XmlPart
    compressed: dict[bytes, bytes] = field(default_factory=dict)
    """Parts as they are compressed in what they come from, by their SHA-256s."""

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

    def take_over(self, parts: Iterable[tuple[str, str, Part]], compressed: Mapping[bytes, bytes] = _NONE) -> None:
        """Relate the main document to the parts of a reference document, by the ids that they had there, and keep them
        as they are `compressed` there.
        """
        self.compressed.update(compressed)
        for identifier, relationship, part in parts:
            self.main.rels.add_relationship(relationship, part, identifier)

    def finished(self) -> bytes:
        """The package as a file, the same bytes for the same parts: the list of types first, then each part with its
        relations, in the order of the relations.
        """
        # Not `Package.save`, which puts in dates and compresses by the machine's library.
        parts = list(self.package.iter_parts())
        entries = [("[Content_Types].xml", _types(parts)), ("_rels/.rels", _relations(self.package.rels))]
        for part in parts:
            entries.append((part.partname.membername, part.blob))
            if len(part.rels):
                entries.append((part.partname.rels_uri.membername, _relations(part.rels)))
        return archive(entries, self.compressed)


BUILD_PROPERTY: Final = "briefing-build"
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_DS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_USER_DEFINED: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_PROPERTY: Final = "2"
_ORIGINS_STORE: Final = "{7B0E5D2A-3C41-4F6B-9A8E-52D1C6B7F304}"


def add_properties(assembly: Assembly, document: Document, *, plain: bool = False) -> None:
    """Relate the property parts to the package; a `plain` file does not name its build."""
    types, relationships = CONTENT_TYPE, RELATIONSHIP_TYPE
    parts = [
        ("core", types.OPC_CORE_PROPERTIES, relationships.CORE_PROPERTIES, _core(document)),
        ("app", types.OFC_EXTENDED_PROPERTIES, relationships.EXTENDED_PROPERTIES, extended_properties()),
    ]
    if not plain:
        parts.append(("custom", types.OFC_CUSTOM_PROPERTIES, relationships.CUSTOM_PROPERTIES, _own(document)))
    for part, content_type, relationship, root in parts:
        made = assembly.blob(f"/docProps/{part}.xml", content_type, serialized(root))
        assembly.package.relate_to(made, relationship)


def add_origins(assembly: Assembly, origins: Origins, build: str, base: str = "") -> None:
    """Relate the part that leads texts back to their data, and holds the `base`, to the document's main part."""
    part = assembly.blob("/customXml/item1.xml", CONTENT_TYPE.XML, origins.part(build, base))
    store = etree.Element(f"{{{_DS}}}datastoreItem", nsmap={"ds": _DS})
    store.set(f"{{{_DS}}}itemID", _ORIGINS_STORE)
    schemas = etree.SubElement(store, f"{{{_DS}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_DS}}}schemaRef").set(f"{{{_DS}}}uri", NAMESPACE)
    about = assembly.blob("/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, serialized(store))
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    assembly.relate(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _core(document: Document) -> Element:
    """Dublin Core properties (ISO/IEC 29500-2, 11)."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    about = document.properties
    for tag, held in (
        (f"{{{_DC}}}title", about.title),
        (f"{{{_DC}}}creator", about.author),
        (f"{{{_DC}}}subject", about.subject),
        (f"{{{_CP}}}keywords", about.keywords),
        (f"{{{_DC}}}language", document.language),
        (f"{{{_CP}}}lastModifiedBy", about.author),
        (f"{{{_CP}}}revision", "1"),
    ):
        if held:
            etree.SubElement(root, tag).text = held
    for local in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{local}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = document.properties.created
    return root


def extended_properties() -> Element:
    """The properties that say what made the file, and no more."""
    root = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap=by_default(_EXTENDED))
    etree.SubElement(root, f"{{{_EXTENDED}}}Application").text = "briefing"
    return root


def _own(document: Document) -> Element:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=by_default(_CUSTOM) | {"vt": _VT})
    held = etree.SubElement(
        root, f"{{{_CUSTOM}}}property", {"fmtid": _USER_DEFINED, "pid": _FIRST_PROPERTY, "name": BUILD_PROPERTY}
    )
    etree.SubElement(held, f"{{{_VT}}}lpwstr").text = document.properties.build
    return root
