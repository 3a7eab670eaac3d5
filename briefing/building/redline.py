"""A redline: the brief as a Word file in which every change since an earlier state of its data is tracked."""

from __future__ import annotations

from datetime import datetime

from briefing.document.tree import Document
from briefing.render.docx import DocxResult
from briefing.render.docx.redline import redline
from briefing.verify import verify_redline


def make_redline(old: Document, new: Document, reference: bytes, *, house: bool = False) -> DocxResult:
    """The redline of `new` since `old`, with every problem of writing it and of reading it back both ways.

    Its changes are dated by the new brief's date: the clock is no input. Raises `UsageError` when the reference document cannot be used.
    """
    made = redline(old, new, reference, house=house, date=datetime.fromisoformat(new.properties.created))
    return DocxResult(made.data, (*made.problems, *verify_redline(old, new, made.data)))
