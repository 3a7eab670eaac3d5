"""What a DOCX says and how it looks, read without the code that made it, so that two files can be held together.

Names and numbers that only have to agree within one file (of bookmarks, lists, notes, relations) are followed to what
they stand for. What no change can track is left out: layout, and what a file says of itself.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.docx.opened import NS, R, W, attribute

Element = etree._Element
_LAYOUT = {f"{{{W}}}{local}" for local in ("keepNext", "keepLines", "spacing", "rPr", "sectPr")}


class Reading:
    """One file, read into plain values: `body`, `notes` in the order of their first mention, `edges` by kind."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._numbering = self._root("word/numbering.xml")
        self._mentioned: list[tuple[str, str]] = []
        self._begun: set[str] = set()
        self._bookmarks = self._held()
        main = self._root("word/document.xml")
        body = main[0]
        self.body = list(self._blocks(body, "word/document.xml"))
        if len(self.body) > 1 and self.body[-2][0] == "table" and self.body[-1][2] == []:
            del self.body[-1]  # A body ends with a paragraph: Word puts an empty one after a table.
        notes = {
            (kind, attribute(each, "id")): each
            for kind in dict(self._mentioned)
            for each in self._root(f"word/{kind}s.xml")
        }
        self.notes = [list(self._blocks(notes[each], f"word/{each[0]}s.xml")) for each in self._mentioned]
        self.edges = {
            (etree.QName(each).localname, attribute(each, "type")): list(self._blocks(self._root(part), part))
            for each in body.iterfind(".//w:sectPr/*[@r:id]", NS)
            for part in [self._target("word/document.xml", each.get(f"{{{R}}}id", ""))]
        }
        self.edges = {key: said for key, said in self.edges.items() if any(text for _, _, text in said)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and (self.body, self.notes, self.edges) == (
            other.body,
            other.notes,
            other.edges,
        )

    def _root(self, name: str) -> Element:
        return etree.fromstring(self._parts[name])

    def _target(self, part: str, relation: str) -> str:
        folder, name = part.rsplit("/", 1)
        for each in self._root(f"{folder}/_rels/{name}.rels"):
            if each.get("Id") == relation:
                target = each.get("Target", "")
                return target if each.get("TargetMode") == "External" else f"{folder}/{target}".replace("word//", "")
        raise KeyError(relation)

    def _held(self) -> dict[str, str]:
        """What each bookmark holds: its words, or the note that is referred to in it."""
        held: dict[str, str] = {}
        for name in self._parts:
            if not re.fullmatch(r"word/(document|endnotes|footnotes|header|footer).*\.xml", name):
                continue
            open_now: dict[str, str] = {}
            for each in self._root(name).iter():
                if each.tag == f"{{{W}}}bookmarkStart":
                    open_now[attribute(each, "id")] = attribute(each, "name")
                    held[attribute(each, "name")] = ""
                elif each.tag == f"{{{W}}}bookmarkEnd":
                    open_now.pop(attribute(each, "id"), None)
                elif each.tag in (f"{{{W}}}t", f"{{{W}}}endnoteReference", f"{{{W}}}footnoteReference"):
                    for bookmark in open_now.values():
                        held[bookmark] += each.text or "(a note)"
        return held

    def _blocks(self, parent: Element, part: str) -> Iterator[tuple[str, Any, Any]]:
        for each in parent:
            if each.tag == f"{{{W}}}p":
                yield "paragraph", self._properties(each), list(self._inlines(each, part))
            elif each.tag == f"{{{W}}}tbl":
                rows = [
                    [list(self._blocks(cell, part)) for cell in row.iterfind("w:tc", NS)]
                    for row in each.iterfind("w:tr", NS)
                ]
                yield "table", len(each.findall("w:tblGrid/w:gridCol", NS)), rows

    def _properties(self, paragraph: Element) -> list[Any]:
        said: list[Any] = []
        for each in paragraph.iterfind("w:pPr/*", NS):
            if each.tag == f"{{{W}}}numPr":
                said.append(self._list(attribute(each.find("w:numId", NS))))
            elif each.tag not in _LAYOUT:
                said.append(_plain(each))
        return said

    def _list(self, instance: str) -> Any:
        """How a list counts, and whether this is the first item of one that begins anew."""
        begins = instance not in self._begun
        self._begun.add(instance)
        number = self._numbering.find(f"w:num[@w:numId='{instance}']", NS)
        assert number is not None
        identifier = attribute(number.find("w:abstractNumId", NS))
        definition = self._numbering.find(f"w:abstractNum[@w:abstractNumId='{identifier}']", NS)
        assert definition is not None
        starts = [_plain(each) for each in number.iterfind("w:lvlOverride", NS)]
        return [_plain(each) for each in definition.iterfind("w:lvl", NS)], starts, begins and bool(starts)

    def _inlines(self, parent: Element, part: str, link: str = "") -> Iterator[tuple[Any, ...]]:
        """Runs in the same look joined, fields by what they refer to, notes by their order."""
        joined: list[tuple[Any, ...]] = []
        for said in self._runs(parent, part, link):
            if joined and said[0] == "text" and joined[-1][0] == "text" and joined[-1][2:] == said[2:]:
                joined[-1] = ("text", joined[-1][1] + said[1], *said[2:])
            else:
                joined.append(said)
        yield from joined

    def _runs(self, parent: Element, part: str, link: str) -> Iterator[tuple[Any, ...]]:
        for each in parent:
            tag = etree.QName(each).localname
            if tag == "r":
                look = each.find("w:rPr", NS)
                for content in each:
                    if content is not look:
                        yield self._content(content, b"" if look is None else _plain(look), link, part)
            elif tag == "hyperlink":
                relation = each.get(f"{{{R}}}id")
                goal = self._bookmarks[attribute(each, "anchor")] if relation is None else self._target(part, relation)
                yield from self._runs(each, part, goal)
            elif tag in ("sdt", "sdtContent"):
                yield from self._runs(each, part, link)
            else:
                assert tag in ("pPr", "sdtPr", "bookmarkStart", "bookmarkEnd"), tag

    def _content(self, content: Element, look: bytes, link: str, part: str) -> tuple[Any, ...]:
        tag = etree.QName(content).localname
        if tag == "t":
            return "text", content.text or "", look, link
        if tag == "instrText":
            return "code", re.sub(r"_Ref\d+", lambda found: self._bookmarks[found[0]], content.text or ""), look, link
        if tag in ("endnoteReference", "footnoteReference"):
            note = (tag.removesuffix("Reference"), attribute(content, "id"))
            assert note not in self._mentioned
            self._mentioned.append(note)
            return "note", len(self._mentioned), look, link
        if tag == "drawing":
            (blip,) = content.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
            data = self._parts[self._target(part, blip.get(f"{{{R}}}embed", ""))]
            words = [each.get("descr") for each in content.iter(f"{{{NS['wp']}}}docPr")]
            return "picture", hashlib.sha256(data).hexdigest(), words, link
        return tag, _plain(content), look, link


def _plain(element: Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)
