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
    """Take out empty paragraphs and those that only number the page, which would say the same twice."""
    for paragraph in list(root.iterfind(name("p"))):
        if not _has(paragraph, *_CONTENT) or _is_page_number(paragraph):
            root.remove(paragraph)


def _has(paragraph: Element, *locals_: str) -> bool:
    return next(paragraph.iter(*map(name, locals_)), None) is not None


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
