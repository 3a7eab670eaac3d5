"""What a paragraph of one document says, taken over into another: its runs, bookmarks, links, pictures and calls of notes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree
from msgspec import Struct, field

from briefing.errors import CheckError, Problem
from briefing.formats.docx.edit_package import ChangedPackage
from briefing.formats.docx.edited.base_part import TAG, base_in
from briefing.formats.docx.edited.edited_document import Base, EditedParagraph
from briefing.formats.docx.edited.edited_walk import read_paragraphs
from briefing.formats.docx.edited.open_edited import known_of, story_parts
from briefing.formats.docx.elements import WP, Element, R, child, children, name, value, w, whole
from briefing.formats.docx.redline.revisions import Revisions
from briefing.pull.block_edits import remove_bookmark

_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NOTES: Final = ("endnote", "footnote")


class Story(Struct):
    """A document taken in hand: its parts, its paragraphs with the elements that they stand in, and the names of its styles by their ids."""

    package: ChangedPackage
    roots: dict[str, Element]
    paragraphs: list[EditedParagraph]
    elements: list[Element]
    styles: dict[str, str]
    base: Base

    @classmethod
    def of(cls, data: bytes) -> Story:
        """The document `data`. Raises `CheckError` for one that does not say what it was built from."""
        package = ChangedPackage(data)
        related = (each.target for each in package.relationships(package.main).values() if each.kind == "customXml")
        origins = (package.xml(target) for target in related)
        base = next((base_in(each) for each in origins if each is not None and each.tag == TAG), None)
        if base is None:
            raise refused("it holds nothing of what it was built from")
        parts = list(story_parts(package))
        roots = {part: story.root.getroottree().getroot() for part, story in parts}
        elements: list[Element] = []
        sheet = package.related("styles")
        read = read_paragraphs((story for _, story in parts), sheet, known_of(base), elements)
        styles = {
            value(each, "styleId") or "": (value(child(each, "name")) or "").casefold()
            for each in children(sheet, "style")
        }
        return cls(package, roots, list(read), elements, styles, base)

    def part_of(self, element: Element) -> str:
        """The part that an element stands in."""
        root = element.getroottree().getroot()
        return next(part for part, each in self.roots.items() if each is root)


def refused(why: str) -> CheckError:
    """The error that says why a document cannot be brought up to date in place."""
    hint = "build without --refresh: the new document is written beside it"
    return CheckError(Problem("not-refreshed", f"the document cannot be brought up to date in place: {why}", hint))


class ContentTransfer(Struct):
    """Takes content from the `new` document into the `old` one; bookmarks get free numbers, or those of `revisions`."""

    old: Story
    new: Story
    revisions: Revisions | None
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """The numbers that notes of the new one have in the old one, by kind and number."""
    links: dict[tuple[str, str], str] = field(default_factory=dict)

    def taken(self, source: Element, part: str) -> list[Element]:
        """The content of a paragraph of the new document, as it can stand in `part` of the old one."""
        origin = self.new.part_of(source)
        content = [deepcopy(each) for each in source if each.tag != name("pPr")]
        holder = w("p", *content)
        for mark in list(holder.iter(name("bookmarkStart"))):
            for other in [each for root in self.old.roots.values() for each in root.iter(name("bookmarkStart"))]:
                if value(other, "name") == value(mark, "name"):
                    remove_bookmark(other, value(other, "id") or "", other)
        numbers = self._free_numbers()
        renamed = {value(each, "id") or "": next(numbers) for each in holder.iter(name("bookmarkStart"))}
        for each in holder.iter(name("bookmarkStart"), name("bookmarkEnd")):
            each.set(name("id"), str(renamed.get(value(each, "id") or "", 0)))
        for kind in NOTES:
            for call in holder.iter(name(f"{kind}Reference")):
                call.set(name("id"), self.notes.get((kind, value(call, "id") or ""), value(call, "id") or ""))
        for each in holder.iter(etree.Element):
            for key in [str(key) for key in each.attrib if str(key).startswith(f"{{{R}}}")]:
                each.set(key, self._relation(str(each.get(key)), origin, part))
            if each.tag == f"{{{WP}}}docPr":
                each.set("id", str(next(numbers)))
        self.style(holder)
        return list(holder)

    def _free_numbers(self) -> Iterator[int]:
        roots, counter = self.old.roots.values(), self.revisions
        taken = [value(each, "id") or "" for root in roots for each in root.iter(name("bookmarkStart"))]
        shapes = [each.get("id", "") for root in roots for each in root.iter(f"{{{WP}}}docPr")]
        last = max(map(whole, [*taken, *shapes]), default=0)
        while True:
            last = last + 1 if counter is None else counter.number()
            yield last

    def _relation(self, identifier: str, origin: str, part: str) -> str:
        """The relation of `part` that leads where one of the new document's part `origin` leads."""
        if (identifier, part) not in self.links:
            package, found = self.old.package, self.new.package.relationships(origin).get(identifier)
            if found is None:
                raise refused("what a link leads to is not there")
            kind = f"{_RELATIONSHIPS}/{found.kind}"
            if found.external:
                made = package.relate(part, kind, found.target, external=True)
            else:
                data, suffix = self.new.package.part(found.target) or b"", found.target.rpartition(".")[2]
                numbers = (f"word/media/refreshed-{number}.{suffix}" for number in range(1, 10_000))
                target = next(each for each in numbers if each not in package.names())
                package.put_bytes(target, data, f"image/{suffix}")
                made = package.relate(part, kind, target)
            self.links[identifier, part] = made
        return self.links[identifier, part]

    def style(self, holder: Element) -> None:
        """Call styles by the ids that they have in the old document."""
        ids = {style_name: identifier for identifier, style_name in self.old.styles.items()}
        for each in holder.iter(name("rStyle"), name("pStyle"), name("tblStyle")):
            style_name = self.new.styles.get(value(each) or "", "")
            each.set(name("val"), ids.get(style_name, value(each) or ""))
