"""What a house header or footer need not say, because the running lines say it."""

from __future__ import annotations

from typing import Final

from briefing.render.docx.fields import field_runs
from briefing.render.docx.markup import Element, name

_PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_MOST_WORDS: Final = 2
"""Words beside its numbers that a page number still is no more than a page number with: ``Page`` and ``of``."""
_CONTENT: Final = ("t", "drawing", "pict", "fldChar", "fldSimple", "sym")


def drop_doubled_paragraphs(root: Element) -> None:
    """Take out paragraphs that only number the page, and what is left when that says nothing at all."""
    for paragraph in list(root.iterfind(name("p"))):
        if _is_page_number(paragraph):
            root.remove(paragraph)
    if not _has(root, *_CONTENT):
        root[:] = []


def _has(element: Element, *locals_: str) -> bool:
    return next(element.iter(*map(name, locals_)), None) is not None


def _is_page_number(paragraph: Element) -> bool:
    """Whether a paragraph says no more than which page it stands on."""
    fields = field_runs(paragraph)
    simple = list(paragraph.iter(name("fldSimple")))
    codes = [field.instruction for field in fields] + [each.get(name("instr")) or "" for each in simple]
    keywords = {(code.split() or [""])[0].upper() for code in codes}
    if not keywords or not keywords <= _PAGE_FIELDS or _has(paragraph, "drawing", "pict", "sym"):
        return False
    shown = {
        text for run in (*(run for field in fields for run in field.result), *simple) for text in run.iter(name("t"))
    }
    beside = " ".join(text.text or "" for text in paragraph.iter(name("t")) if text not in shown)
    return len(beside.split()) <= _MOST_WORDS
