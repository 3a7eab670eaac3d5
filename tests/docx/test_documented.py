"""What editors are told of styles is what the writer does."""

from __future__ import annotations

from pathlib import Path

from briefing.formats.docx.style_book import CHARACTER_FALLBACKS, PARAGRAPH_FALLBACKS, TABLE_FALLBACKS

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "editing-in-word.md"


def test_every_style_is_in_the_table_with_what_takes_its_place() -> None:
    rows = [
        line.strip("| ").split(" | ")
        for line in _PAGE.read_text(encoding="utf-8").splitlines()
        if line.count(" | ") == 3
    ]
    told = {row[0]: (row[1], row[3]) for row in rows if row[1] in ("paragraph", "character", "table")}
    ends = {"paragraph": "the document's default", "character": "no style", "table": "no style"}
    expected = {}
    for kind, chains in (
        ("paragraph", PARAGRAPH_FALLBACKS),
        ("character", CHARACTER_FALLBACKS),
        ("table", TABLE_FALLBACKS),
    ):
        for style, chain in chains.items():
            sure = bool(chain) and chain[-1] in ("Normal", "Table Normal")
            expected[style] = (kind, ", ".join(chain if sure else (*chain, ends[kind])))
    assert told == expected
