"""Putting the parts of a new document together, with nothing in them but what is put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package

from briefing.render.docx.markup import Element, story_root
from briefing.render.docx.package import packed


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
