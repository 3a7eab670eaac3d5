"""Paragraphs and rows of a document that come, go or change places, tracked where that is asked for."""

from __future__ import annotations

from msgspec import Struct

from briefing.formats.docx.elements import Element, child, name, remove, value, w
from briefing.formats.docx.redline.revisions import Change, Revisions


class BlockEdits(Struct, frozen=True):
    """Edits that are tracked changes of `revisions`, or plain without."""

    revisions: Revisions | None

    def track_row(self, row: Element) -> None:
        """Let a row count as inserted, where changes are tracked."""
        if self.revisions is not None:
            self._mark_row(row, Change.INSERTED)
            for each in row.iter(name("p")):
                self.track_paragraph(each, is_row=True)

    def _mark_row(self, row: Element, change: Change) -> bool:
        """Mark a row; whether it was not marked so before."""
        assert self.revisions is not None
        properties = child(row, "trPr")
        if properties is None:
            properties = w("trPr")
            row.insert(0, properties)
        is_new = properties.find(name(change.value)) is None
        if is_new:
            properties.append(self.revisions.mark(change.value))
        return is_new

    def track_paragraph(self, made: Element, *, is_row: bool = False) -> None:
        """Let a paragraph count as inserted, where changes are tracked; one of a row without its mark."""
        if self.revisions is None:
            return
        content = [each for each in made if each.tag != name("pPr")]
        runs = [each for each in content if each.tag not in (name("bookmarkStart"), name("bookmarkEnd"))]
        properties = child(made, "pPr")
        if properties is None:
            properties = w("pPr")
        marks = [each for each in content if each not in runs]
        half = len(marks) // 2
        made[:] = [
            properties,
            *marks[:half],
            *(self.revisions.around(Change.INSERTED, runs) if runs else ()),
            *marks[half:],
        ]
        if not is_row:
            self.revisions.mark_paragraph(properties, Change.INSERTED)

    def take_row(self, row: Element) -> None:
        """Take a row out, and its table with the last one."""
        if self.revisions is None:
            table = row.getparent()
            remove(row)
            if table is not None and table.find(name("tr")) is None:
                remove(table)
            return
        if self._mark_row(row, Change.DELETED):
            for each in row.iter(name("p")):
                self._delete_runs(each)

    def take_paragraph(self, element: Element) -> None:
        """Take a paragraph out; of one that ends a section, what it says."""
        if child(element, "pPr", "sectPr") is not None:
            element[:] = properties_of(element)
        elif self.revisions is None:
            for each in list(element.iter(name("bookmarkStart"), name("bookmarkEnd"))):
                remove_bookmark(element, value(each, "id") or "", each)
            remove(element)
        else:
            self._delete_runs(element)
            properties = child(element, "pPr")
            if properties is None:
                properties = w("pPr")
                element.insert(0, properties)
            self.revisions.mark_paragraph(properties, Change.DELETED)

    def _delete_runs(self, element: Element) -> None:
        assert self.revisions is not None
        for each in [run for run in element if run.tag in (name("r"), name("hyperlink"))]:
            if each.tag == name("hyperlink"):
                each[:] = self.revisions.around(Change.DELETED, list(each))
            else:
                (gone,) = self.revisions.around(Change.DELETED, [each])
                element.replace(each, gone)


def properties_of(paragraph: Element) -> list[Element]:
    """The properties of a paragraph, if it has any."""
    return [each for each in paragraph if each.tag == name("pPr")]


def is_alone(element: Element) -> bool:
    """Whether a paragraph is the only one of its cell, which must have one."""
    cell = element.getparent()
    return cell is not None and len(cell.findall(name("p"))) == 1


def block_of(element: Element) -> Element:
    """The block of the body that an element stands in."""
    found = element
    for each in element.iterancestors():
        if each.tag == name("body"):
            return found
        found = each
    return found


def put_behind(made: Element, last: Element | None, body: Element) -> None:
    """Put a block behind the `last` one, or first in the `body`."""
    if last is None:
        body.insert(0, made)
    else:
        last.addnext(made)


def move_behind(element: Element, last: Element) -> None:
    """Let a paragraph, or the row that it stands in, follow another, where both are of one kind and it does not."""
    rows = [next(each.iterancestors(name("tr")), None) for each in (element, last)]
    pair = (element, last) if rows == [None, None] else (rows[0], rows[1])
    one, other = pair
    if one is None or other is None or one is other or one.getparent() is not other.getparent():
        return
    holder = one.getparent()
    if holder is not None and holder.index(one) < holder.index(other):
        other.addnext(one)


def remove_bookmark(within: Element, number: str, mark: Element) -> None:
    """Take a bookmark out, both its ends, wherever in the part the other one is."""
    root = within.getroottree().getroot()
    for each in [
        other for other in root.iter(name("bookmarkStart"), name("bookmarkEnd")) if value(other, "id") == number
    ]:
        remove(each)
    remove(mark)
