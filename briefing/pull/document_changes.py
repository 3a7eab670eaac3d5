"""What somebody changed in one document, in terms of the data: texts, items that are gone, new or moved, and all that has no place there."""

from __future__ import annotations

import re
from typing import Final

from briefing.compose.wording import Wording
from briefing.formats.docx.edited.edited_document import Base, EditedDocument
from briefing.pull.found_changes import DocumentChanges, Remark
from briefing.pull.item_changes import ItemChanges
from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_items import NewText
from briefing.pull.new_notes import NewNotes
from briefing.pull.text_changes import TextChanges

_FINGERPRINT: Final = re.compile(r"#[0-9a-f]{8}$")
_EDGES: Final = ("header", "footer", "box")


def changes_of(name: str, document: EditedDocument, base: Base, wording: Wording) -> DocumentChanges:
    """Everything in which `document` departs from its `base`."""
    found = MatchedDocument(name, document, base, wording)
    items, notes = ItemChanges(found), NewNotes(found)
    items.find_missing()
    NewText(found, notes).read()
    texts = TextChanges(found, items, notes)
    texts.read()
    items.find_moved(texts.moved_within)
    notes.tell_of_others()
    _objects(found, items)
    _edges(found)
    return found.changes


def _objects(found: MatchedDocument, items: ItemChanges) -> None:
    """Pictures and other things that came or went."""
    before = found.matching.before
    there = [thing for each in before for thing in each.objects]
    added: list[tuple[str, int]] = []
    for number, each in enumerate(found.matching.after):
        for thing in each.objects:
            if thing in there:
                there.remove(thing)
            else:
                added.append((thing, number))
    for thing, number in added:
        bare, old = _FINGERPRINT.sub("", thing), found.matching.back.get(number)
        other = next((each for each in there if _FINGERPRINT.sub("", each) == bare), None)
        if other is not None:
            there.remove(other)
        what = "was put in" if other is None else "is another one than was built"
        message = f"{bare} {what}, which has no place in the data"
        path = found.paths[old] if old is not None else ""
        text = found.matching.after[number].seen.strip()
        found.changes.remarks.append(Remark("no-place", path, message, document=text))
    deleted = [thing for number, each in enumerate(before) if items.is_gone(number) for thing in each.objects]
    for thing in (each for each in there if each not in deleted):
        message = f"{_FINGERPRINT.sub('', thing)} is gone from the document; the data is left"
        found.changes.remarks.append(Remark("missing", "", message))


def _edges(found: MatchedDocument) -> None:
    """Hold headers, footers and boxes against those of the base."""
    both = (found.base.paragraphs, found.document.paragraphs)
    edges = ([each for each in one if each.place in _EDGES and each.seen.strip()] for one in both)
    lines = [{(" ".join(each.seen.split()), each.place) for each in one} for one in edges]
    for text, place in sorted(lines[1] - lines[0]):
        message = f"this stands in a {place if place != 'box' else 'text box'}, which has no place in the data"
        found.changes.remarks.append(Remark("no-place", "", message, document=text))
    for text, place in sorted(lines[0] - lines[1]):
        message = f"this is gone from the {place}; the data is left"
        found.changes.remarks.append(Remark("missing", "", message, text))
