"""What an editor says with the look of words, or with a source or a reference beside them, stands in the data or in the report, in whatever kind of
value it is: in words typed into one that is there, and in that of a new item or a new row.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import EditedParagraph, Span, joined
from briefing.pull.light_markdown import Grammar
from briefing.pull.outcomes import Plan
from briefing.pull.value_kinds import ValueKind, kind_of
from tests.pull.test_nothing_is_lost import plan, scene, told, written

WORD = "markq"
LOOKS: dict[str, tuple[tuple[Span, ...], str]] = {
    "bold": ((Span(WORD, strong=True),), f"**{WORD}**"),
    "italics": ((Span(WORD, emphasis=True),), f"*{WORD}*"),
    "a link": ((Span(WORD, link="https://example.org/x"),), f"[{WORD}](https://example.org/x)"),
    "a source": ((Span(WORD), Span("", note="source-impact-assessment")), f"{WORD}[@impact-assessment]"),
    "a reference": ((Span(f"{WORD} "), Span("Table 1", target="table-money")), f"{WORD} [#money]"),
}
"""The spans of each look, and how light Markdown has it."""


def path_of(paragraph: EditedParagraph) -> str:
    """What of the data a paragraph prints."""
    base = scene()[0].base
    assert base is not None
    codes = (code for code in (paragraph.code, *paragraph.marks) if code in base.traces)
    return next((base.traces[code].path for code in codes), "")


@cache
def one_of_each_kind() -> list[tuple[ValueKind, int]]:
    """A paragraph for each kind of value, in a cell and out of one, led by a bold label or not."""
    found: dict[tuple[object, ...], tuple[ValueKind, int]] = {}
    for at, each in enumerate(scene()[0].paragraphs):
        path = path_of(each)
        if path and each.place == "body":
            kind = kind_of(path)
            starts_bold = bool(each.spans) and each.spans[0].strong
            found.setdefault((kind, path.endswith("]"), each.cell is None, starts_bold), (kind, at))
    return list(found.values())


def with_word(paragraph: EditedParagraph, spans: tuple[Span, ...]) -> EditedParagraph:
    """The paragraph with the word behind the last that is said there."""
    place = max(number for number, each in enumerate(paragraph.spans) if not each.note and not each.target)
    held = paragraph.spans
    return replace(paragraph, spans=joined([*held[: place + 1], Span(" "), *spans, *held[place + 1 :]]))


def edited(at: int, spans: tuple[Span, ...]) -> Iterator[list[EditedParagraph]]:
    """The document with the word in a paragraph, and with it in a new row or item of the kind."""
    paragraphs = list(scene()[0].paragraphs)
    one = paragraphs[at]
    yield [*paragraphs[:at], with_word(one, spans), *paragraphs[at + 1 :]]
    row = [each for each in paragraphs if one.cell and each.cell and each.cell[:2] == one.cell[:2]] or [one]
    made = [
        replace(
            each,
            code="",
            marks=(),
            spans=spans if each is one else (Span("Words"),),
            cell=each.cell and (each.cell[0], 1_000, each.cell[2]),
        )
        for each in row
    ]
    end = max(place for place, each in enumerate(paragraphs) if any(each is other for other in row)) + 1
    yield [*paragraphs[:end], *made, *paragraphs[end:]]


def is_told(made: Plan) -> bool:
    """Whether the report says that a look is left out, or names a text that is."""
    return any(
        each.kind == "no-emphasis"
        or (each.kind in ("no-place", "not-written") and WORD in f"{each.message}{each.after}")
        for each in made.outcomes
    )


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_brought_or_told(look: str) -> None:
    spans, typed = LOOKS[look]
    lost = []
    for kind, at in one_of_each_kind():
        for what, copy in zip(("typed in", "new"), edited(at, spans), strict=True):
            made = plan(copy)
            is_home = typed in written(made)
            allowed = kind.grammar is Grammar.PROSE or (kind.grammar is Grammar.QUOTE and look in ("bold", "italics"))
            if (is_home and not allowed) or not (is_home or is_told(made)) or WORD not in written(made) + told(made):
                lost.append((what, path_of(copy[at]), written(made)[:200], told(made)))
    assert lost == []


def test_every_kind_of_value_was_met() -> None:
    kinds = [kind for kind, _ in one_of_each_kind()]
    assert {each.grammar for each in kinds} == set(Grammar)
    assert (
        any(each.is_date for each in kinds)
        and any(each.choice for each in kinds)
        and any(each.is_line for each in kinds)
    )
    assert any(not each.is_line and not each.is_text for each in kinds), "lists and records"
