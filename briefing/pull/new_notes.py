"""Footnotes and endnotes that somebody added in a document."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.formats.docx.edited.edited_document import Span
from briefing.pull.found_changes import Remark
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.matched_document import MatchedDocument


class NewNotes:
    """Those of `document`: a footnote in a text becomes one of it, others are told."""

    def __init__(self, document: MatchedDocument) -> None:
        self._document = document
        self._footnotes: dict[str, dict[str, None]] = {}
        self._read: set[str] = set()

    def called_by(self, spans: Sequence[Span]) -> dict[str, str]:
        """The notes that somebody added and that the spans call, by how they are called there, each with what it says."""
        found = {}
        for each in spans:
            kind, _, called = each.note.removeprefix("?").partition(" ")
            if each.note.startswith("?"):
                parts = (p for p in self._document.matching.after if (p.place, p.note) == (kind, called))
                found[each.note] = " ".join(filter(None, (written(p.spans, Grammar.PROSE).strip() for p in parts)))
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
                self._tell(path if path in self._document.base.values else "", each.note, new[each.note], spans)
        self._read |= new.keys()
        return tuple(made)

    def tell_of_others(self) -> None:
        """Tell of those that stand where no text was read, or found no place in it."""
        for path, lines in self._footnotes.items():
            for line in lines:
                self._tell(path if path in self._document.base.values else "", "", line.partition(": ")[2], ())
        for paragraph in self._document.matching.after:
            for note, words in self.called_by(paragraph.spans).items():
                if note not in self._read:
                    self._tell("", note, words, paragraph.spans)

    def _tell(self, path: str, note: str, words: str, spans: Sequence[Span]) -> None:
        self._read.add(note)
        message = f"a note was added, which has to be typed in the data: “{words}”"
        text = "".join(span.text for span in spans).strip()
        self._document.changes.remarks.append(Remark("no-place", path, message, document=text))

    def with_notes(self, path: str, text: str) -> str:
        """The text with the footnotes that were added to it below."""
        notes = self._footnotes.pop(path, {})
        end = "\n" if text.endswith("\n") else ""
        return "\n\n".join([text.rstrip("\n"), *notes]) + end if notes else text
