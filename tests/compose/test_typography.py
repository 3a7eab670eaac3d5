"""Texts are set as their language is set: marks, apostrophes, dashes, and spaces at which no line may end (shown as ~)."""

from __future__ import annotations

import pytest

from briefing.compose.typography import typeset
from briefing.compose.wording import Wording
from briefing.document.inlines import Emphasis, Link, Text
from briefing.document.reading import NO_BREAK_SPACE, inline_text
from briefing.document.tree import Paragraph, ParagraphRole
from briefing.schema import PartialDate, Period
from tests.compose.test_compose import composed, text


def set_in(language: str, typed: str, role: ParagraphRole = ParagraphRole.BODY) -> str:
    paragraph = typeset(Paragraph("p", "", role, (Text(typed),)), Wording.of(language))
    return inline_text(paragraph.children).replace(NO_BREAK_SPACE, "~")


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en-GB", "He said \"we pay\" and didn't.", "He said “we pay” and didn’t."),
        ("en-GB", "the '90s, the boys' club, 'so' and rock 'n' roll", "the ’90s, the boys’ club, ‘so’ and rock ’n’ roll"),
        ("en-GB", "\"a \"b\" c\", a 6\" pipe, 5'10", "“a ‘b’ c”, a 6\" pipe, 5'10"),
        ("en-GB", "“so” ‘so’ ‘tis", "“so” ‘so’ ‘tis"),
        ("en-GB", "well -- so, 3--4, a---b, --help, a-b", "well – so, 3–4, a—b, --help, a-b"),
        ("en-GB", "on 26 July and July 26 in 2022", "on 26~July and July~26 in 2022"),
        ("en-GB", "5 km, 3 per cent, 38 million m³, 10 000", "5~km, 3~per cent, 38~million m³, 10~000"),
        ("en-GB", "5 kmh, 3 lions, 5 mayors, 2026 Marches", "5 kmh, 3 lions, 5 mayors, 2026 Marches"),
        ("en-GB", "J. R. Smith, p. 3, Art. 5, § 7, no. 4", "J.~R.~Smith, p.~3, Art.~5, §~7, no.~4"),
        ("en-GB", "see https://x.org/a--b?c=\"d\" and it's", "see https://x.org/a--b?c=\"d\" and it’s"),
        ("de", "Er sagte \"so\" am 26. Juli, S. 3", "Er sagte „so“ am 26.~Juli, S.~3"),
        ("fr", "Il a dit \"oui\" : l'eau, le 1er mars ; « non » !", "Il a dit «~oui~»~: l’eau, le 1er~mars~; «~non~»~!"),
    ],
)  # fmt: skip
def test_a_text_is_set_as_its_language_is(language: str, typed: str, printed: str) -> None:
    assert set_in(language, typed) == printed


def test_marks_within_quoted_words_are_inner_ones() -> None:
    assert set_in("en-GB", '“We call it "fair".”', ParagraphRole.QUOTE) == "“We call it ‘fair’.”"


def test_marks_open_and_close_across_emphasis_and_links() -> None:
    children = (Text('"'), Emphasis((Text("so"),)), Text('" and '), Link("https://x.org", (Text('"it"'),)), Text("'s"))
    paragraph = typeset(Paragraph("p", "", ParagraphRole.BODY, children), Wording.of("en"))
    assert inline_text(paragraph.children) == "“so” and “it”’s"


def test_titles_and_heads_are_set_too_and_addresses_are_not() -> None:
    document = composed(
        title='The "sluice" -- 5 km', next_steps=[{"step": "Ask J. Smith"}], summary="See <https://x.org/a--b>."
    )
    assert inline_text(document.masthead.title) == f"The “sluice” – 5{NO_BREAK_SPACE}km"
    assert "See https://x.org/a--b." in text(document)


@pytest.mark.parametrize(
    ("language", "date", "printed"),
    [
        ("fr", "2026-03-01", "1er mars 2026"),
        ("fr", "2026-03-11", "11 mars 2026"),
        ("fr", "2026-03", "mars 2026"),
        ("en-GB", "2026-03-01", "1 March 2026"),
    ],
)
def test_the_first_of_a_month(language: str, date: str, printed: str) -> None:
    assert Wording.of(language).date(PartialDate.parse(date)) == printed


def test_a_french_period_begins_on_the_first() -> None:
    period = Period(start=PartialDate.parse("2026-03-01"), end=PartialDate.parse("2026-03-11"))
    assert Wording.of("fr").period(period) == "1er–11 mars 2026"
