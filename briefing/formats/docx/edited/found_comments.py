"""The comments of a DOCX that came back: who said what of which words, what was answered, and whether it is settled ([MS-DOCX] 2.5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from briefing.formats.docx.edited.edited_document import FoundComment, Trace
from briefing.formats.docx.elements import PARAGRAPH_ID, Element, name, value
from briefing.formats.docx.read_package import Package

_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def found_comments(package: Package, traces: Mapping[str, Trace]) -> Iterator[FoundComment]:
    """Every comment that is no answer to another, in the order of the file."""
    root, body = package.related("comments"), package.xml(package.main)
    if root is None or body is None:
        return
    comments = {_paragraph_id(each): each for each in root.iter(name("comment"))}
    above, done = {}, set()
    extended = package.related("commentsExtended")
    for entry in () if extended is None else extended.iter(f"{_W15}commentEx"):
        code = entry.get(f"{_W15}paraId", "")
        if entry.get(f"{_W15}paraIdParent"):
            above[code] = entry.get(f"{_W15}paraIdParent", "")
        if entry.get(f"{_W15}done") in ("1", "true"):
            done.add(code)
    notes, (anchors, texts) = _notes(package), _anchors(body)
    below: dict[str, list[Element]] = {}
    marks: dict[Element, list[str]] = {}
    for code, parent in above.items():
        if code in comments:
            below.setdefault(parent, []).append(comments[code])
    for code, comment in comments.items():
        if code in above:
            continue
        answers = below.get(code, [])
        words, path = _place(anchors.get(value(comment, "id") or "", _Anchor()), texts, traces, notes, marks)
        yield FoundComment(
            *(value(comment, "author") or "", value(comment, "date") or "", _said(comment), path, words, code in done),
            answers=tuple((value(each, "author") or "", _said(each)) for each in answers),
        )


def _paragraph_id(comment: Element) -> str:
    """The name of a comment's last paragraph, by which it is known; its number where it has none."""
    names = [each.get(PARAGRAPH_ID, "") for each in comment.iter(name("p"))]
    return (names[-1] if names else "") or f"#{value(comment, 'id')}"


def _said(comment: Element) -> str:
    return " ".join(
        " ".join("".join(each.text or "" for each in part.iter(name("t"))) for part in comment.iter(name("p"))).split()
    )


def _notes(package: Package) -> dict[str, str]:
    """The codes of the texts of endnotes, by their numbers."""
    found = {}
    root = package.related("endnotes")
    for note in () if root is None else root.iter(name("endnote")):
        for mark in note.iter(name("bookmarkStart")):
            found[value(note, "id") or ""] = (value(mark, "name") or "").removeprefix("_b")
    return found


class _Anchor(Struct):
    """Where a comment is anchored: the paragraph, the texts that it is on, and the endnote called last within it."""

    paragraph: Element | None = None
    begins: int | None = None
    """The place of its beginning among all that is looked at."""
    first: int = 0
    """The first of its texts."""
    behind: int | None = None
    """The first text behind it."""
    note: str = ""


_ENDS: Final = (name("commentRangeEnd"), name("commentReference"))


def _anchors(body: Element) -> tuple[dict[str, _Anchor], list[str]]:
    """The anchors of all comments by their numbers, and every text of the body in order."""
    found: dict[str, _Anchor] = {}
    texts: list[str] = []
    note, noted = "", -1
    looked_at = body.iter(name("commentRangeStart"), *_ENDS, name("t"), name("endnoteReference"))
    for place, each in enumerate(looked_at):
        number = value(each, "id") or ""
        if each.tag == name("t"):
            texts.append(each.text or "")
            continue
        if each.tag == name("endnoteReference"):
            note, noted = number, place
            continue
        anchor = found.setdefault(number, _Anchor())
        if anchor.behind is not None:
            continue
        if anchor.paragraph is None:
            anchor.paragraph = next(each.iterancestors(name("p")), None)
        if each.tag in _ENDS:
            anchor.behind = len(texts)
            anchor.note = note if anchor.begins is not None and noted > anchor.begins else ""
        elif anchor.begins is None:
            anchor.begins, anchor.first = place, len(texts)
    return found, texts


def _codes(paragraph: Element) -> list[str]:
    """The codes under which a paragraph, or what is marked in it, was built."""
    marks = ((value(each, "name") or "").removeprefix("_b") for each in paragraph.iter(name("bookmarkStart")))
    return [paragraph.get(PARAGRAPH_ID, ""), *marks]


def _place(
    anchor: _Anchor,
    texts: Sequence[str],
    traces: Mapping[str, Trace],
    notes: Mapping[str, str],
    marks: dict[Element, list[str]],
) -> tuple[str, str]:
    """The words that a comment is anchored on, and the path of the data that they print; empty where there is none. `marks` keeps the codes of
    paragraphs, in which many comments may be.
    """
    words = "" if anchor.begins is None else "".join(texts[anchor.first : anchor.behind])
    codes = [notes.get(anchor.note, "")] if not words else []
    if anchor.paragraph is not None:
        codes += marks.get(anchor.paragraph) or marks.setdefault(anchor.paragraph, _codes(anchor.paragraph))
    return " ".join(words.split()), next((traces[each].path for each in codes if each in traces), "")
