"""Footnotes and endnotes that somebody added in a document."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.formats.docx.edited.edited_document import Span
from briefing.pull.found_changes import Remark
from briefing.pull.light_markdown import Grammar
from briefing.pull.matched_document import MatchedDocument


class NewNotes:
    """Those of `document`: a footnote in a text becomes one of it, others are told."""

    def __init__(self, document: MatchedDocument) -> None:
        self._document = document
        self._footnotes: dict[str, dict[str, None]] = {}

    def called_by(self, spans: Sequence[Span]) -> dict[str, str]:
        """The notes that somebody added and that the spans call, by how they are called there, each with what it says."""
        found = {}
        for each in spans:
            kind, _, called = each.note.removeprefix("?").partition(" ")
            if each.note.startswith("?"):
                words = (p.seen.strip() for p in self._document.matching.after if (p.place, p.note) == (kind, called))
                found[each.note] = " ".join(filter(None, words))
        return found

    def named(self, path: str, spans: Sequence[Span], grammar: Grammar) -> tuple[Span, ...]:
        """The spans with calls of new footnotes by names that the text at `path` has not; of other new notes, which are told, without."""
        made: list[Span] = []
        new = self.called_by(spans)
        for each in spans:
            if each.note not in new:
                made.append(each)
            elif grammar is Grammar.PROSE and each.note.startswith("?footnote") and new[each.note]:
                there = [self._document.base.values.get(path, ""), *self._footnotes.get(path, {})]
                names = (f"n{number}" for number in range(1, 1_000))
                name = next(name for name in names if not any(f"[^{name}]" in text for text in there))
                line = f"[^{name}]: {new[each.note]}"
                self._footnotes.setdefault(path, {})[line] = None
                made.append(Span("", note=f".note-{name}"))
            else:
                message = f"a note was added, which has to be typed in the data: “{new[each.note]}”"
                seen = "".join(span.text for span in spans).strip()
                self._document.changes.remarks.append(
                    Remark("no-place", path if path in self._document.base.values else "", message, document=seen)
                )
        return tuple(made)

    def with_notes(self, path: str, text: str) -> str:
        """The text with the footnotes that were added to it below."""
        notes = self._footnotes.pop(path, {})
        end = "\n" if text.endswith("\n") else ""
        return "\n\n".join([text.rstrip("\n"), *notes]) + end if notes else text
