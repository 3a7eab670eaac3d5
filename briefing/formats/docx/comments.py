"""Comments of Word's own, anchored on the words they concern (ECMA-376 17.13.4, [MS-DOCX] 2.5.4): what the writer tells the editor, and what
checking a brief found, with the words that it suggests as a tracked change.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree
from msgspec import Struct, field

from briefing.formats.docx.edit_package import ChangedPackage
from briefing.formats.docx.edited.base_part import TAG, traces_in
from briefing.formats.docx.edited.edited_document import Trace
from briefing.formats.docx.elements import (
    PARAGRAPH_ID,
    Element,
    child,
    name,
    remove,
    story_root,
    value,
    w,
    whole,
    words,
)
from briefing.formats.docx.read_package import UnreadablePackageError

AUTHOR: Final = "briefing"
"""Who comments of ours are by."""
_INITIALS: Final = "b"
_W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
_EXTENDED: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_EXTENDED_RELATION: Final = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_COMMENTS: Final = RELATIONSHIP_TYPE.OFFICE_DOCUMENT.rpartition("/")[0] + "/comments"


class Suggestion(Struct, frozen=True):
    """Words to be put in the place of others, which must stand once in the text that is commented on."""

    instead_of: str
    words: str


class Comment(Struct, frozen=True):
    """A comment on what stands in the data at `path`; the whole brief when that is printed nowhere.

    It is anchored on the first of the words `on` that stands once in that text, or else on all of the text.
    """

    path: str
    text: str
    on: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def commented(data: bytes, comments: Iterable[Comment], date: str) -> bytes:
    """The Word file `data` with comments by `AUTHOR`, dated `date` (ISO 8601), that it has not yet; the same for the same comments.

    Raises `UnreadablePackageError` for what is no Word file.
    """
    package = ChangedPackage(data)
    body = package.xml(package.main)
    assert body is not None
    parts = _CommentParts.of(package)
    page = _Page.of(package, body)
    wanted = [each for each in dict.fromkeys(comments) if each.text not in parts.said]
    if not wanted:
        return data
    for comment in wanted:
        first, last = page.anchor(comment)
        number = parts.add(comment.text, date)
        first.addprevious(w("commentRangeStart", id=number))
        last.addnext(w("r", w("commentReference", id=number)))
        last.addnext(w("commentRangeEnd", id=number))
        for suggestion in comment.suggestions:
            page.suggest(first, last, suggestion, date)
    package.put(package.main, body)
    parts.put(package)
    return package.finished()


def comments_by_us(data: bytes) -> int:
    """How many comments of ours a Word file has."""
    comments = ChangedPackage(data).related("comments")
    return 0 if comments is None else sum(value(each, "author") == AUTHOR for each in comments.iter(name("comment")))


class _Page(Struct):
    """The text of a document, and where in it the data is printed."""

    body: Element
    traces: dict[str, Trace]
    notes: dict[str, str]
    """The numbers of endnotes by the codes of their texts."""
    revisions: int

    @classmethod
    def of(cls, package: ChangedPackage, body: Element) -> _Page:
        traces: dict[str, Trace] = {}
        for each in package.relationships(package.main).values():
            root = package.xml(each.target) if each.kind == "customXml" and not each.external else None
            if root is not None and root.tag == TAG:
                traces = traces_in(root)
        notes = {}
        endnotes = package.related("endnotes")
        for note in () if endnotes is None else endnotes.iter(name("endnote")):
            for mark in note.iter(name("bookmarkStart")):
                notes[(value(mark, "name") or "").removeprefix("_b")] = value(note, "id") or ""
        numbers = [
            value(each, "id") or "" for kind in ("ins", "del", "moveFrom", "moveTo") for each in body.iter(name(kind))
        ]
        return cls(body, traces, notes, max(map(whole, numbers), default=0))

    def anchor(self, comment: Comment) -> tuple[Element, Element]:
        """The first and the last of the elements that the comment concerns; they may be one."""
        start, end = self._text_of(comment.path or "title")
        for wanted in comment.on:
            found = _runs_that_say(start, end, wanted)
            if found:
                return found[0], found[-1]
        return start, end

    def _text_of(self, path: str) -> tuple[Element, Element]:
        """Where the value at `path`, what stands below it or else the nearest thing around it is printed."""
        marks = {(value(each, "name") or "").removeprefix("_b"): each for each in self.body.iter(name("bookmarkStart"))}
        paragraphs = {each.get(PARAGRAPH_ID, str(place)): each for place, each in enumerate(self.body.iter(name("p")))}
        while path:
            for code, trace in self.traces.items():
                if trace.path == path or trace.path.startswith((f"{path}.", f"{path}[")):
                    if code in marks:
                        end = _end_of(self.body, marks[code])
                        if end is not None:
                            return marks[code], end
                    if code in paragraphs:
                        return _whole(paragraphs[code])
                    if code in self.notes:
                        calls = (
                            each
                            for each in self.body.iter(name("endnoteReference"))
                            if value(each, "id") == self.notes[code]
                        )
                        call = next(calls, None)
                        if call is not None and (run := call.getparent()) is not None:
                            return run, run
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        there = next((each for each in paragraphs.values() if child(each, "r") is not None), None)
        if there is None:
            there = next(iter(paragraphs.values()), None)
        if there is None:
            raise UnreadablePackageError("it has no paragraph that could be commented on")
        return _whole(there)

    def suggest(self, start: Element, end: Element, suggestion: Suggestion, date: str) -> None:
        """Put the words of a suggestion beside those that they would replace, as a tracked change; nothing where these do not stand once."""
        runs = _runs_that_say(start, end, suggestion.instead_of)
        if not runs:
            return
        attributes = {"author": AUTHOR, "date": date}
        taken, put = w("del", id=self.revisions + 1, **attributes), w("ins", id=self.revisions + 2, **attributes)
        self.revisions += 2
        added = suggestion.words.removeprefix(suggestion.instead_of)
        put.append(w("r", deepcopy(child(runs[-1], "rPr")), words(added)))
        if added != suggestion.words:  # only more words
            runs[-1].addnext(put)
            return
        runs[0].addprevious(taken)
        for run in runs:
            for text in run.iter(name("t")):
                text.tag = name("delText")
            taken.append(run)
        taken.addnext(put)


def _whole(paragraph: Element) -> tuple[Element, Element]:
    runs = [each for each in paragraph if each.tag in (name("r"), name("hyperlink"), name("ins"))]
    if not runs:
        runs = [w("r")]
        paragraph.append(runs[0])
    return runs[0], runs[-1]


def _end_of(body: Element, start: Element) -> Element | None:
    return next((each for each in body.iter(name("bookmarkEnd")) if value(each, "id") == value(start, "id")), None)


def _runs_that_say(start: Element, end: Element, wanted: str) -> list[Element]:
    """The runs between two elements of one paragraph that say `wanted` and no more, cut off from the others; none where it stands never, or twice,
    or not in plain runs alone.
    """
    if not wanted or start.getparent() is not end.getparent():
        return []
    between: list[Element] = [start]
    while between[-1] is not end and (after := between[-1].getnext()) is not None:
        between.append(after)
    runs = [
        each
        for each in between
        if each.tag == name("r") and [part.tag for part in each if part.tag != name("rPr")] == [name("t")]
    ]
    said = [child(run, "t").text or "" for run in runs]  # type: ignore[union-attr]
    whole = "".join(said)
    if whole.count(wanted) != 1:
        return []
    first = whole.index(wanted)
    found, place = [], 0
    for run, text in zip(runs, said, strict=True):
        begin, stop = max(first - place, 0), min(first + len(wanted) - place, len(text))
        if begin < stop:
            found.append(_cut(run, begin, stop))
        place += len(text)
    is_unbroken = all(_follows(one, other) for one, other in itertools.pairwise(found))
    return found if is_unbroken else []


def _follows(one: Element, other: Element) -> bool:
    after = one.getnext()
    while after is not None and after.tag in (name("bookmarkStart"), name("bookmarkEnd"), name("proofErr")):
        after = after.getnext()
    return after is other


def _cut(run: Element, begin: int, stop: int) -> Element:
    """The run that holds the characters from `begin` up to `stop` alone; those around them get runs of their own."""
    text = (child(run, "t").text or "") if child(run, "t") is not None else ""  # type: ignore[union-attr]
    for piece, put in ((text[:begin], run.addprevious), (text[stop:], run.addnext)):
        if piece:
            put(w("r", deepcopy(child(run, "rPr")), words(piece)))
    remove(child(run, "t"))
    run.append(words(text[begin:stop]))
    return run


class _CommentParts(Struct):
    """The comments of a document, and whether each is resolved."""

    comments: Element
    extended: Element
    names: tuple[str, str]
    said: set[str] = field(default_factory=set)
    """What comments of ours say already."""
    last: int = -1

    @classmethod
    def of(cls, package: ChangedPackage) -> _CommentParts:
        there = package.related_name("comments"), package.related_name("commentsExtended")
        comments = package.xml(there[0]) if there[0] else None
        extended = package.xml(there[1]) if there[1] else None
        made = cls(
            story_root("comments") if comments is None else comments,
            etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15}) if extended is None else extended,
            there,
        )
        for each in made.comments.iter(name("comment")):
            made.last = max(made.last, whole(value(each, "id"), -1))
            if value(each, "author") == AUTHOR:
                made.said.add("".join(text.text or "" for text in each.iter(name("t"))))
        return made

    def add(self, text: str, date: str) -> int:
        """Add a comment that says `text`; gives its number."""
        self.last += 1
        code = (
            f"{(int(hashlib.sha256(f'comment:{self.last}:{text}'.encode()).hexdigest()[:8], 16) & 0x7FFFFFFF) or 1:08X}"
        )
        paragraph = w("p", w("r", w("annotationRef")), w("r", words(text)))
        paragraph.set(PARAGRAPH_ID, code)
        self.comments.append(w("comment", paragraph, id=self.last, author=AUTHOR, date=date, initials=_INITIALS))
        entry = etree.SubElement(self.extended, f"{{{_W15}}}commentEx")
        entry.set(f"{{{_W15}}}paraId", code)
        entry.set(f"{{{_W15}}}done", "0")
        return self.last

    def put(self, package: ChangedPackage) -> None:
        """Put both parts into the package."""
        added = (
            ("word/comments.xml", CONTENT_TYPE.WML_COMMENTS, _COMMENTS, self.comments),
            ("word/commentsExtended.xml", _EXTENDED, _EXTENDED_RELATION, self.extended),
        )
        for there, (part, kind, relation, root) in zip(self.names, added, strict=True):
            if there:
                package.put(there, root)
            else:
                package.add(part, kind, relation, root)
