"""The comments of a DOCX that came back: who said what of which words, what was answered, and whether it is settled ([MS-DOCX] 2.5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

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
    notes = _notes(package)
    for code, comment in comments.items():
        if code in above:
            continue
        answers = [comments[each] for each, parent in above.items() if parent == code and each in comments]
        words, path = _anchor(body, value(comment, "id") or "", traces, notes)
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


def _anchor(body: Element, number: str, traces: Mapping[str, Trace], notes: Mapping[str, str]) -> tuple[str, str]:
    """The words that a comment is anchored on, and the path of the data that they print; empty where there is none."""
    words, inside, code = "", False, ""
    paragraph: Element | None = None
    for each in body.iter(
        name("commentRangeStart"),
        name("commentRangeEnd"),
        name("commentReference"),
        name("t"),
        name("endnoteReference"),
    ):
        is_own = value(each, "id") == number and each.tag != name("endnoteReference")
        if is_own:
            inside = each.tag == name("commentRangeStart")
            paragraph = next(each.iterancestors(name("p")), paragraph) if paragraph is None else paragraph
            if not inside:
                break
        elif inside and each.tag == name("t"):
            words += each.text or ""
        elif inside and each.tag == name("endnoteReference"):
            code = notes.get(value(each, "id") or "", "")
    codes = [code] if not words else []
    if paragraph is not None:
        codes.append(paragraph.get(PARAGRAPH_ID, ""))
        codes += [(value(each, "name") or "").removeprefix("_b") for each in paragraph.iter(name("bookmarkStart"))]
    return " ".join(words.split()), next((traces[each].path for each in codes if each in traces), "")
