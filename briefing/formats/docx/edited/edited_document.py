"""What is read of a DOCX that came back: its paragraphs, each as stretches of text with what they are, and what it was built from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field


class Span(Struct, frozen=True):
    """A stretch of a paragraph that is one thing throughout; a line feed in `text` is a line break within the paragraph.

    `link` is the address it leads to. `target` is the id of the node that it refers to, its text being the words of the
    reference; `note` that of the source or footnote that it calls, its text being what is printed for a repeated call.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    target: str = ""
    note: str = ""

    def like(self, other: Span) -> bool:
        """Whether it differs from `other` in its text alone, and both could be one."""
        mine = (self.strong, self.emphasis, self.link, self.target, self.note)
        return not self.note and mine == (other.strong, other.emphasis, other.link, other.target, other.note)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with neighbours of one kind as one: how runs are split says nothing."""
    made: list[Span] = []
    for span in spans:
        if made and made[-1].like(span):
            last = made.pop()
            span = Span(last.text + span.text, span.strong, span.emphasis, span.link, span.target)
        if span.text or span.note:
            made.append(span)
    return tuple(made)


class EditedParagraph(Struct, frozen=True):
    """A paragraph as it stands in the document.

    `place` is ``body``, ``endnote``, ``footnote``, ``header``, ``footer`` or ``box``; `style` is its style's name; `code` is what its
    `w14:paraId` says and `marks` are the codes of the hidden bookmarks that hold some of it. `cell` is the number of its table, its row
    and its column, each from 0; `note` is the number that the file gives the note that it stands in; `level` is that of its list, from
    0. `objects` name what stands in it beside text: pictures by their alternative text, equations, embedded objects.
    """

    place: str
    style: str
    spans: tuple[Span, ...]
    code: str = ""
    marks: tuple[str, ...] = ()
    cell: tuple[int, int, int] | None = None
    note: str = ""
    level: int | None = None
    objects: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """Its text as a reader sees it, notes by what they cite."""
        return "".join(f"[{span.note}]" if span.note else span.text for span in self.spans)

    def packed(self) -> list[Any]:
        """It as plain values, for JSON."""
        spans = [
            span.text
            if span == Span(span.text)
            else [span.text, "b" * span.strong + "i" * span.emphasis, span.link, span.target, span.note]
            for span in self.spans
        ]
        return [
            *(self.place, self.style, spans, self.code, list(self.marks)),
            *(self.cell and list(self.cell), self.note, self.level, list(self.objects)),
        ]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> EditedParagraph:
        """The paragraph that `packed` was made of. Raises `ValueError` and the like for anything else."""
        place, style, spans, code, marks, cell, note, level, objects = packed
        made = tuple(
            Span(each) if isinstance(each, str) else Span(each[0], "b" in each[1], "i" in each[1], *each[2:])
            for each in spans
        )
        where = (cell[0], cell[1], cell[2]) if cell else None
        return cls(place, style, made, code, tuple(marks), where, note, level, tuple(objects))


class Trace(Struct, frozen=True):
    """Where a text of the document came from: the id of its node, and its path in the data (``risks[0].mitigation``)."""

    node: str
    path: str


class Base(Struct, frozen=True):
    """A document as it was built: its paragraphs, read from what was written; the traces of its texts by their codes; the nodes that its
    bookmarks for cross-references stand at; and what was typed in the data, by path, as far as this document prints it.
    """

    build: str
    paragraphs: tuple[EditedParagraph, ...]
    traces: Mapping[str, Trace]
    targets: Mapping[str, str]
    values: Mapping[str, str]


class Revision(Struct, frozen=True):
    """A tracked change: what kind (``ins``, ``del``, ``moveFrom``, ``rPrChange`` and so on), who made it and when, and its text."""

    kind: str
    author: str
    date: str
    text: str


class FoundComment(Struct, frozen=True):
    """A comment: who made it and when, what it says, the `path` of the data whose text it is on, the `words` it is anchored on, whether it is
    resolved, and the answers, each with who gave it.
    """

    author: str
    date: str
    text: str
    path: str = ""
    words: str = ""
    is_settled: bool = False
    answers: tuple[tuple[str, str], ...] = ()


class EditedDocument(Struct, frozen=True):
    """A document that came back. `base` is None where it carries none; `build` is the id of the build that it says it is of.

    `author` and `modified` are who saved it last, and when. `left_alone` names what in it is never opened: macros, embedded objects,
    links to other files.
    """

    paragraphs: tuple[EditedParagraph, ...]
    base: Base | None
    build: str = ""
    author: str = ""
    modified: str = ""
    revisions: tuple[Revision, ...] = ()
    left_alone: tuple[str, ...] = field(default=())
    comments: tuple[FoundComment, ...] = ()
