"""What the file says of itself: its core, extended and custom properties, each made anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefing.document.tree import Document
from briefing.formats.docx.elements import Element, by_default
from briefing.formats.docx.names import NAMESPACE, Origins
from briefing.formats.docx.package import Assembly

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


def add_properties(assembly: Assembly, document: Document) -> None:
    """Relate the three property parts to the package."""
    for address, content_type, relationship, root in (
        ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, _core(document)),
        ("/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, _extended()),
        (
            "/docProps/custom.xml",
            CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
            RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
            _own(document),
        ),
    ):
        assembly.package.relate_to(assembly.blob(address, content_type, _written(root)), relationship)


def add_origins(assembly: Assembly, origins: Origins, build: str) -> None:
    """Relate the part that leads texts back to their data to the document's main part."""
    part = assembly.blob("/customXml/item1.xml", CONTENT_TYPE.XML, origins.part(build))
    store = etree.Element(f"{{{_DS}}}datastoreItem", nsmap={"ds": _DS})
    store.set(f"{{{_DS}}}itemID", _ORIGINS_STORE)
    schemas = etree.SubElement(store, f"{{{_DS}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_DS}}}schemaRef").set(f"{{{_DS}}}uri", NAMESPACE)
    about = assembly.blob("/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, _written(store))
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    assembly.relate(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _core(document: Document) -> Element:
    """Dublin Core properties (ISO/IEC 29500-2, 11)."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    for tag, held in _core_values(document):
        if held:
            etree.SubElement(root, tag).text = held
    for local in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{local}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = document.properties.created
    return root


def _core_values(document: Document) -> Iterator[tuple[str, str]]:
    about = document.properties
    yield f"{{{_DC}}}title", about.title
    yield f"{{{_DC}}}creator", about.author
    yield f"{{{_DC}}}subject", about.subject
    yield f"{{{_CP}}}keywords", about.keywords
    yield f"{{{_DC}}}language", document.language
    yield f"{{{_CP}}}lastModifiedBy", about.author
    yield f"{{{_CP}}}revision", "1"


def _extended() -> Element:
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


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
