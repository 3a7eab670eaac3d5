"""Bookmarks of a finished PDF: they are the headings, and lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.document.reading import inline_text
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.verify.characters import bare
from briefing.verify.expected import Expected
from briefing.verify.findings import finding, quoted
from briefing.verify.pdf_areas import Bookmark
from briefing.verify.pdf_landing import Landing

FILE = "PDF"


def check_bookmarks(
    document: Document, expected: Expected, bookmarks: Sequence[Bookmark], landing: Landing
) -> Iterator[Problem]:
    """The outline is the headings in order and level, alone or below the title, and each entry leads to its heading."""
    title = inline_text(document.masthead.title)
    headings = [(each.heading.id, inline_text(each.heading.children), each.heading.level) for each in document.sections]
    below_title = [(document.masthead.title_id, title, 1), *((node, text, level + 1) for node, text, level in headings)]
    wanted = below_title if len(bookmarks) == len(below_title) else headings
    there = [(bare(bookmark.title)[0], bookmark.depth) for bookmark in bookmarks]
    if there != [(bare(text)[0], level - 1) for _, text, level in wanted]:
        said = ", ".join(quoted(bookmark.title) for bookmark in bookmarks) or "none"
        right = ", ".join(quoted(text) for _, text, _ in headings)
        yield finding("disagreement", FILE, "", "", f"the bookmarks are {said}; the headings are {right}")
        return
    for bookmark, (node, text, _) in zip(bookmarks, wanted, strict=True):
        if not landing.on_block(bookmark.spot, expected.extents.get(node)):
            message = f"the bookmark {quoted(text)} does not lead to its heading"
            yield finding("disagreement", FILE, "", node, message)
