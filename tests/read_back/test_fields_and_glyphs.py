"""Field codes as Word reads them; letters that a font cannot draw."""

from __future__ import annotations

import io

import pikepdf
import pytest
from weasyprint import HTML

from briefing.document.inlines import Text
from briefing.document.reading import PieceKind
from briefing.document.walk import rewrite
from briefing.formats.agreement.expected import expect
from briefing.formats.docx.read_story import Field, FieldStack, Goal, code_words, field_goal
from briefing.formats.pdf.read_visible import missing_glyphs
from tests.document.sample import sample

NOWHERE = "\u0378"
"""A code point that is not assigned, so no font has it."""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (" SEQ Table \\* ARABIC ", ["SEQ", "Table", "\\*", "ARABIC"]),
        ('HYPERLINK "https://example.org/a b" \\h', ["HYPERLINK", "https://example.org/a b", "\\h"]),
        ("NOTEREF _Ref1 \\h", ["NOTEREF", "_Ref1", "\\h"]),
        ("", []),
    ],
)
def test_codes_are_cut_into_words(code: str, words: list[str]) -> None:
    assert code_words(code) == words


@pytest.mark.parametrize(
    ("code", "goal"),
    [
        ("REF _Ref1 \\h", Goal(bookmark="_Ref1")),
        ("REF _Ref1", None),
        ('HYPERLINK "https://example.org"', Goal(url="https://example.org")),
        ('HYPERLINK \\l "there"', Goal(bookmark="there")),
        ("PAGE", None),
        ("SEQ Table", None),
    ],
)
def test_where_a_field_leads(code: str, goal: Goal | None) -> None:
    assert field_goal(code) == goal


def test_fields_stand_in_fields() -> None:
    stack = FieldStack()
    stack.begin(0)
    stack.add_code("IF ")
    stack.begin(0)
    stack.add_code("PAGE")
    assert stack.in_code
    assert stack.end(0) == Field("PAGE", 0, 0)
    stack.separate()
    assert stack.end(3) == Field("IF", 0, 3)
    assert stack.end(3) is None


def test_a_field_begun_and_not_ended_is_open() -> None:
    stack = FieldStack()
    stack.begin(0)
    assert stack.unclosed


def test_a_letter_that_no_font_has_is_named() -> None:
    def change(node: object) -> object:
        return Text(f"la{NOWHERE}te") if isinstance(node, Text) and node.text == "late" else node

    expected = expect(rewrite(sample(), change), frozenset(PieceKind))
    data = HTML(string=f"<p>la{NOWHERE}te</p>").write_pdf()
    with pikepdf.open(io.BytesIO(data)) as file:
        (problem,) = missing_glyphs(expected, file)
    assert problem.code == "missing-glyph" and problem.data_path == "summary"
    assert "summary-1" in problem.message and "U+0378" in problem.message


def test_letters_that_fonts_have_are_not() -> None:
    data = HTML(string="<p>late œuvre Ωmega Дамба fi ffl</p>").write_pdf()
    with pikepdf.open(io.BytesIO(data)) as file:
        assert list(missing_glyphs(expect(sample(), frozenset(PieceKind)), file)) == []
