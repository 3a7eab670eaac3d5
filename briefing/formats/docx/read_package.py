"""The parts of a finished DOCX: an Open Packaging archive of XML parts joined by relationships (ECMA-376 part 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree
from msgspec import Struct

from briefing.formats.docx.elements import Element

_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN: Final = "officeDocument"
_CORE: Final = "core-properties"
_STORIES: Final = ("endnotes", "footnotes", "header", "footer")


_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


class UnreadablePackageError(Exception):
    """The file is no DOCX that can be read; the message says why."""


class Relationship(Struct, frozen=True):
    """What a part refers to: `kind` ends the type, `target` is a part's name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class Package:
    """A DOCX opened for reading. Raises `UnreadablePackageError` for what is none."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = {name: archive.read(name) for name in archive.namelist()}
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            ValueError,
            OSError,
        ) as error:
            raise UnreadablePackageError(f"it is no ZIP archive: {error}") from error
        self.main = next((each.target for each in self.relationships("").values() if each.kind == _MAIN), "")
        if self.main not in self._parts:
            raise UnreadablePackageError("it has no document part")

    def xml(self, part: str) -> Element | None:
        """The root of an XML part; None when there is no such part."""
        if part not in self._parts:
            return None
        try:
            root = etree.fromstring(self._parts[part], _PARSER)
        except etree.XMLSyntaxError as error:
            raise UnreadablePackageError(f"its part {part} is no XML: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:  # which no part may have (ECMA-376 part 2, 8.2.5)
            raise UnreadablePackageError(f"its part {part} declares entities")
        return root

    def part(self, part: str) -> bytes | None:
        """The bytes of a part; None when there is no such part."""
        return self._parts.get(part)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What `part` refers to, by relationship id; the empty name stands for the package itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for each in () if root is None else root.iterfind(f"{{{_RELATIONSHIPS}}}Relationship"):
            external = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = each.get("Type", "").rsplit("/", 1)[-1]
            found[each.get("Id", "")] = Relationship(kind, target, external)
        return found

    def stories(self) -> Iterator[Element]:
        """The roots of the parts with text: the document, its notes, headers and footers."""
        parts = [each.target for each in self.relationships(self.main).values() if each.kind in _STORIES]
        for part in (self.main, *parts):
            if (root := self.xml(part)) is not None:
                yield root

    def related(self, kind: str) -> Element | None:
        """The root of the first part of that kind that the document refers to (``styles``)."""
        return self.xml(self.related_name(kind))

    def related_name(self, kind: str, to: str | None = None) -> str:
        """The name of that part, or an empty string; `to` names another part that refers to it."""
        relationships = self.relationships(self.main if to is None else to).values()
        return next((each.target for each in relationships if each.kind == kind and not each.external), "")

    def core_properties(self) -> Element | None:
        """The root of the part with title, author and language."""
        return self.xml(self.related_name(_CORE, to=""))
