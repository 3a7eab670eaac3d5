"""A DOCX that is there already, changed in a few of its parts; every other part stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Final

from lxml import etree

from briefing.formats.docx.elements import Element, serialized
from briefing.formats.docx.package import archive
from briefing.formats.docx.read_package import Package, UnreadablePackageError

_TYPES: Final = "[Content_Types].xml"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


class ChangedPackage(Package):
    """A DOCX whose parts can be replaced, and to whose main part others can be related. Raises `UnreadablePackageError` for what is none."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            self._order = list(dict.fromkeys(source.namelist()))
        if _TYPES not in self._parts:
            raise UnreadablePackageError(f"it has no {_TYPES}")

    def put(self, part: str, root: Element) -> None:
        """Let `part`, which is there, hold `root`."""
        self._parts[part] = serialized(root)

    def put_bytes(self, part: str, data: bytes, kind: str) -> None:
        """Add a part that holds bytes, of the content type `kind`, related to nothing yet."""
        self._order.append(part)
        self._parts[part] = data
        self._declare(part, kind)

    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._parts)

    def add(self, part: str, kind: str, relationship: str, root: Element) -> None:
        """Add a part of the content type `kind`, related to the main one."""
        self._order.append(part)
        self.put(part, root)
        self._declare(part, kind)
        self.relate(self.main, relationship, part)

    def _declare(self, part: str, kind: str) -> None:
        types = self.xml(_TYPES)
        assert types is not None
        etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": kind})
        self.put(_TYPES, types)

    def relate(self, owner: str, relationship: str, target: str, *, external: bool = False) -> str:
        """Relate the part `owner` to another, or to an address; gives the relation's id."""
        folder, file = posixpath.split(owner)
        where = posixpath.join(folder, "_rels", f"{file}.rels")
        relations = self.xml(where)
        if relations is None:
            relations = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships")
            self._order.append(where)
        taken = {each.get("Id") for each in relations}
        identifier = next(each for number in range(1, len(taken) + 2) if (each := f"rIdAdded{number}") not in taken)
        attributes = {"Id": identifier, "Type": relationship}
        attributes |= {"Target": target if external else posixpath.relpath(target, folder or ".")}
        attributes |= {"TargetMode": "External"} if external else {}
        etree.SubElement(relations, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
        self.put(where, relations)
        return identifier

    def finished(self) -> bytes:
        """The file, the same bytes for the same parts."""
        return archive((part, self._parts[part]) for part in self._order if not part.endswith("/"))
