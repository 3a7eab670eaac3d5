"""What editors are told of styles is what the writer does."""

from __future__ import annotations

from pathlib import Path

from briefing.formats.docx.own_reference import own_reference
from briefing.formats.docx.style_book import StyleBook
from briefing.lengths import A4
from briefing.themes.theme import Theme

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "editing-in-word.md"


def test_every_style_in_the_table_is_one_of_ours() -> None:
    rows = [line.strip("| ").split(" | ") for line in _PAGE.read_text(encoding="utf-8").splitlines()]
    told = [(row[0], row[1]) for row in rows if len(row) == 3 and row[1] in ("paragraph", "character", "table")]
    book = StyleBook(own_reference(Theme.load(), A4).styles)
    assert len(told) > 50
    assert [each for each in told if book.identifier(each[1], each[0]) is None] == []
