"""Where quotations begin and end, in every way of setting marks that pages were seen to use."""

from __future__ import annotations

import pytest

from tests.quotes.finding.said import found, words

PAIRS = [
    ("“The dam is safe,” said Bell.", "The dam is safe,"),
    ('"The dam is safe," said Bell.', "The dam is safe,"),
    ("‘The dam is safe,’ said Bell.", "The dam is safe,"),
    ("'The dam is safe,' said Bell.", "The dam is safe,"),
    ("''The dam is safe,'' said Bell.", "The dam is safe,"),
    ("``The dam is safe,'' said Bell.", "The dam is safe,"),
    ("„Der Damm ist sicher“, sagte Bell.", "Der Damm ist sicher"),
    ("‚Der Damm ist sicher‘, sagte Bell.", "Der Damm ist sicher"),
    ("»Der Damm ist sicher«, sagte Bell.", "Der Damm ist sicher"),
    ("›Der Damm ist sicher‹, sagte Bell.", "Der Damm ist sicher"),
    ("« Le barrage est sûr », a dit Bell.", "Le barrage est sûr"),
    ("«\u00a0Le barrage est sûr\u00a0», a dit Bell.", "Le barrage est sûr"),
    ("«\u202fLe barrage est sûr\u202f», a dit Bell.", "Le barrage est sûr"),
    ("«Плотина надёжна», — сказал Белл.", "Плотина надёжна"),
    ("”Dammen är säker”, sade Bell.", "Dammen är säker"),
    ("»Dammen är säker», sade Bell.", "Dammen är säker"),
    ("„Tama jest bezpieczna”, powiedział Bell.", "Tama jest bezpieczna"),
    ("«Το φράγμα είναι ασφαλές», είπε ο Μπελ.", "Το φράγμα είναι ασφαλές"),
    ("„The dam is safe”, said Bell.", "The dam is safe"),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_the_marks_of_several_languages(text: str, expected: str) -> None:
    (quotation,) = found(text)
    assert (quotation.text, quotation.matched) == (expected, True)


MIXED = [
    ('Bell said “the dam is safe".', "the dam is safe"),
    ('Bell said "the dam is safe”.', "the dam is safe"),
    ('Bell said "the dam is safe“.', "the dam is safe"),
    ("Bell said “the dam is safe“ again.", "the dam is safe"),
    ("Bell said ”the dam is safe” again.", "the dam is safe"),
    ("Bell said ‘the dam is safe' again.", "the dam is safe"),
    ("Bell said (“the dam is safe”) again.", "the dam is safe"),
    ("Bell said—“the dam is safe”—again.", "the dam is safe"),
    ('Bell said—"the dam is safe"—again.', "the dam is safe"),
    ('Bell said " the dam is safe " again.', "the dam is safe"),
    ("Bell said “...and the dam is safe.”", "...and the dam is safe."),
    ("Bell said '...and the dam is safe.'", "...and the dam is safe."),
    ("Bell said “the dam is safe”[3].", "the dam is safe"),
]


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_marks_of_different_kinds_and_odd_neighbours(text: str, expected: str) -> None:
    assert words(text) == [expected]


APOSTROPHES = [
    ("It's the workers' dam, and the '90s rock 'n' roll hall isn't Bell's.", []),
    ("It’s the workers’ dam, and the ’90s rock ’n’ roll hall isn’t Bell’s.", []),
    ("’Tis the workers’ dam.", []),
    ("'Tis the workers' dam.", []),
    ("'It's the workers' dam,' said Bell.", ["It's the workers' dam,"]),
    ("‘It’s the workers’ dam,’ said Bell.", ["It’s the workers’ dam,"]),
    ("‘Don’t let ’em in,’ said Bell.", ["Don’t let ’em in,"]),
    ("Bell called it 'the workers' dam' and left.", ["the workers' dam"]),
    ("'Till now we waited,' said Bell.", ["Till now we waited,"]),
    ("The sisters' mill was 'safe', said Bell.", ["safe"]),
    (
        "'The fields are the owners' and the owners are gone,' said Bell.",
        ["The fields are the owners' and the owners are gone,"],
    ),
    ("O'Neill's dam, d'Arcy's mill and the Joneses' farm.", []),
    ("Bell's 'fees' and the workers' complaint.", ["fees"]),
    ("She's 5' tall and he's 6'2\".", []),
]


@pytest.mark.parametrize(("text", "expected"), APOSTROPHES)
def test_apostrophes_are_no_quotation_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


MEASURES = [
    ('A 12" wheel and a 5\'10" man.', []),
    ('"A 12" wheel is small," said Bell.', ['A 12" wheel is small,']),
    ('Bell said "the wheel is 12" and left.', ["the wheel is 12"]),
]


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_inches_and_feet_are_no_quotation_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    text = "“The first.\n\n“The second.\n\n“The third,” said Bell."
    (quotation,) = found(text)
    assert quotation.text == "The first.\n\nThe second.\n\nThe third,"
    assert (quotation.paragraph, quotation.last_paragraph, quotation.matched) == (1, 3, True)
    assert [text[start:end] for start, end in quotation.pieces] == ["The first.", "The second.", "The third,"]


@pytest.mark.parametrize("marks", ['""', "‘’", "''", "«»"])
def test_paragraphs_are_opened_again_with_any_mark(marks: str) -> None:
    opening, closing = marks[0], marks[1]
    assert words(f"{opening}The first.\n\n{opening}The second,{closing} said Bell.") == ["The first.\n\nThe second,"]


def test_paragraphs_that_are_not_opened_again_belong_together_too() -> None:
    assert words("“The first.\n\nThe second.\n\nThe third,” said Bell.") == ["The first.\n\nThe second.\n\nThe third,"]


def test_a_quotation_that_is_closed_in_each_paragraph_is_several() -> None:
    assert words("“The first.”\n\n“The second.”") == ["The first.", "The second."]


NESTED = [
    ("“He said ‘never again’ and left,” said Bell.", "He said ‘never again’ and left,", ("never again",)),
    ("‘He said “never again” and left,’ said Bell.", "He said “never again” and left,", ("never again",)),
    ("\"He said 'never again' and left,\" said Bell.", "He said 'never again' and left,", ("never again",)),
    ("“He said “never again” and left,” said Bell.", "He said “never again” and left,", ("never again",)),
    ("«Он сказал „никогда“ и ушёл», — сказал Белл.", "Он сказал „никогда“ и ушёл", ("никогда",)),
    ("«Он сказал «никогда» и ушёл», — сказал Белл.", "Он сказал «никогда» и ушёл", ("никогда",)),
    ("„Er sagte ‚nie‘ und ging“, sagte Bell.", "Er sagte ‚nie‘ und ging", ("nie",)),
    ("“He said, ‘Go, and come back,’” said Bell.", "He said, ‘Go, and come back,’", ("Go, and come back,",)),
]


@pytest.mark.parametrize(("text", "expected", "inner"), NESTED)
def test_quotations_inside_quotations(text: str, expected: str, inner: tuple[str, ...]) -> None:
    (quotation,) = found(text)
    assert (quotation.text, quotation.nested) == (expected, inner)


UNMATCHED = [
    ("“The dam is safe, said Bell. “It always was.”", ["The dam is safe,", "It always was."]),
    ("“The dam is safe, she said.\n\nBell left.", ["The dam is safe,"]),
    ("Bell left. The dam is safe,” said Reed.", ["The dam is safe,"]),
    ("Bell said “the dam is safe. Nobody asked.", ["the dam is safe. Nobody asked."]),
]


@pytest.mark.parametrize(("text", "expected"), UNMATCHED)
def test_a_missing_mark_is_made_good_and_said(text: str, expected: list[str]) -> None:
    quotations = found(text)
    assert [quotation.text for quotation in quotations] == expected
    assert not quotations[0].matched


def test_an_unclosed_quotation_does_not_swallow_the_next_speaker() -> None:
    assert words("“The dam is safe, said Bell.\n\n“It is not,” said Reed.") == ["The dam is safe,", "It is not,"]


@pytest.mark.parametrize(
    "text", ["", "Nothing is quoted here.", '""', "“ ”", "'", "”", "“", "«", '"', "A rule of thumb: 5' by 6\"."]
)
def test_texts_without_a_quotation(text: str) -> None:
    assert words(text) == []
