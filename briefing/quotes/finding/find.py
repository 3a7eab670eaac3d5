"""Listing the direct quotations of a saved article, ready for a data file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import Place, Problem, UsageError
from briefing.quotes.finding.extraction import Quotation, quotations
from briefing.quotes.finding.paste import as_json, as_yaml
from briefing.quotes.read_any import read_saved_text
from briefing.schema.readers import LONGEST_ID


@dataclass(frozen=True, slots=True)
class FoundQuotes:
    """The quotations of one source, in its order."""

    found: tuple[Quotation, ...]
    source_id: str

    def yaml(self) -> str:
        """A YAML list to paste under `quotes:`, what else is known of each in comments."""
        return as_yaml(self.found, self.source_id)

    def json(self) -> list[dict[str, Any]]:
        """The quotations as plain values, with speaker, verb, paragraph and offsets."""
        return as_json(self.found, self.source_id)


def find_quotes(source: str | Path, *, source_id: str | None = None, language: str | None = None) -> FoundQuotes:
    """Every direct quotation of the saved text at `source` (text, HTML, DOCX or PDF).

    `source_id` is the source's id in the data file, made of the file's name when left out; `language` is a BCP 47 tag, guessed when left out. Raises
    `UsageError` when there is no such file, `DataError` when it cannot be read.
    """
    path = Path(source)
    if not path.is_file():
        raise UsageError(Problem("no-such-path", "there is no such file", "name a saved article", place=Place.of(path)))
    saved = read_saved_text(path.resolve().parent, path.resolve().name)
    return FoundQuotes(quotations(saved.paragraphs, language), source_id or _identifier(path.stem))


def _identifier(stem: str) -> str:
    """An id made of a file's name: letters, digits, '-' and '_', beginning with a letter."""
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")[:LONGEST_ID].rstrip("-")
    return kept if kept[:1].isalpha() else "source"
