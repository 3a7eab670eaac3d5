"""What a document turns out to change, in terms of the data that it was built from."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from briefing.formats.docx.edited.edited_document import Base, EditedParagraph


class Remark(Struct, frozen=True):
    """Something of a document that is not brought home by itself: what it is, where in the data, and in words."""

    code: str
    path: str
    message: str
    data: str = ""
    document: str = ""


def not_plain(path: str, paragraph: EditedParagraph) -> Remark:
    """The remark on looks of a paragraph that the value at `path` cannot have."""
    message = "emphasis, a link, a citation or a reference that cannot be written there is left out"
    return Remark("no-emphasis", path, message, document=paragraph.seen.strip())


class NewItem(Struct, frozen=True):
    """An item that was not there: its list, the item of the base behind which it stands (-1 for none), its place among those new there, and its
    value: text, or keys with values.
    """

    path: str
    behind: int
    number: int
    value: Any


class DocumentChanges(Struct):
    """The changes of one document, by the paths of the base. `texts` are the new typed texts, an empty one for a value that is gone."""

    name: str
    base: Base
    texts: dict[str, str] = field(default_factory=dict)
    gone: dict[str, set[int]] = field(default_factory=dict)
    order: dict[str, list[int]] = field(default_factory=dict)
    new: list[NewItem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    marked: int = 0
