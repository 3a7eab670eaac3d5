"""How a text is cut into words and marks: their forms, where they stand, and which of them are bound to each other."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes.equality import (
    DASH,
    ELLIPSIS,
    MARK,
    MINUS,
    _combining,
    _is_usual,
    _token,
    is_word,
    tokens_of,
    word_form,
)

ROWS: list[tuple[str, str, list[int], dict[int, tuple[str, ...]]]] = [
    ('We don\u2019t pay.', "We don't pay .", [], {}),
    ('non-profit', 'non - profit', [0, 1], {}),
    ('non\u2013profit', 'non - profit', [0, 1], {}),
    ('a - b', 'a - b', [], {}),
    ('-5 and \u22123 (\u20137) /-8', '\u2212 5 and \u2212 3 ( \u2212 7 ) / \u2212 8', [0, 3, 6, 10], {}),
    ('\u201c-5\u201d', "' \u2212 5 '", [1], {}),
    ('a -b', 'a - b', [], {}),
    ('\u2212\u20ac5', '\u2212 \u20ac 5', [0, 1], {}),
    ('-\u20acx', '- \u20ac x', [], {}),
    ('5-6', '5 - 6', [0, 1], {}),
    ('-', '-', [], {}),
    ('a-', 'a -', [], {}),
    ('-a', '- a', [], {}),
    ('5 -6', '5 \u2212 6', [1], {}),
    ('a--b', 'a - b', [], {}),
    ('a \u2014 b', 'a - b', [], {}),
    ('...', '\u2026', [], {}),
    ('\u2026', '\u2026', [], {}),
    ('. . .', '\u2026', [], {}),
    ('a. . . b', 'a \u2026 b', [], {}),
    ('....', '. \u2026', [], {}),
    ('e.g.', 'e.g .', [], {}),
    ('U.S.A', 'U.S.A', [], {}),
    ('3.5', '3.5', [], {}),
    ('1,000', '1,000', [], {}),
    ('1\u2019000', "1'000", [], {}),
    ('.5 x', '.5 x', [], {}),
    ('50%', '50 %', [0], {}),
    ('50 %', '50 %', [0], {}),
    ('5  %', '5 %', [], {}),
    ('x %', 'x %', [], {}),
    ('x%', 'x %', [], {}),
    ('5\xb0', '5 \xb0', [0], {}),
    ('\xb0C', '\xb0 C', [], {}),
    ('<5', '< 5', [0], {}),
    ('< 5', '< 5', [], {}),
    ('\u22655', '\u2265 5', [0], {}),
    ('\u2248 7', '\u2248 7', [], {}),
    ('#4', '# 4', [0], {}),
    ('# a', '# a', [], {}),
    ('\xa77', '\xa7 7', [0], {}),
    ('a\xa77', 'a \xa7 7', [1], {}),
    ('\u20ac5', '\u20ac 5', [0], {}),
    ('5\u20ac', '5 \u20ac', [0], {}),
    ('a\u20ac', 'a \u20ac', [0], {}),
    ('\u20aca', '\u20ac a', [], {}),
    ('5 \u20ac', '5 \u20ac', [], {}),
    ('$x', '$ x', [], {}),
    ('R&D', 'R & D', [0, 1], {}),
    ('R &D', 'R & D', [], {}),
    ('a/b', 'a / b', [0, 1], {}),
    ('a_b', 'a_b', [], {}),
    ('x=y', 'x = y', [0, 1], {}),
    ('a + b', 'a + b', [], {}),
    ('^2', '^ 2', [], {}),
    ("''so''", "' so '", [], {}),
    ('``so\xb4\xb4', "' so '", [], {}),
    (',,so', "' so", [], {}),
    (', so', ', so', [], {}),
    ('\u2018so\u2019', "' so '", [], {}),
    ('so-\ncalled', 'socalled', [], {0: ('so', '-', 'called')}),
    ('so\xadcal\nled', 'socal led', [], {}),
    ('co-\nop-\nerate', 'cooperate', [], {0: ('co', '-', 'op', '-', 'erate')}),
    ('\ufb01ne', 'fine', [], {}),
    ('x\u2082', 'x2', [], {}),
    ('\u2082x', '\u2082x', [], {}),
    ('e\u0301', '\xe9', [], {}),
    ('\u65e5\u672c', '\u65e5 \u672c', [], {}),
    ('a\u200bb', 'ab', [], {}),
    ('rock \u02bcn', "rock ' n", [], {}),
    ('word.Word', 'word . Word', [], {}),
    ('word.word', 'word . word', [0, 1], {}),
    ('Word.word', 'Word . word', [0, 1], {}),
    ('end.\nNew', 'end . New', [], {}),
    ('5\u2032', '5 \u2032', [0], {}),
    ('H\u2082O', 'H\u2082O', [], {}),
    ('a@b', 'a @ b', [0, 1], {}),
    ('+5', '+ 5', [0], {}),
    ('\u21165', '\u2116 5', [0], {}),
    ('a\xd7b', 'a \xd7 b', [], {}),
    ('a;b', 'a ; b', [], {}),
    ('(a)', '( a )', [], {}),
]  # fmt: skip
"""A text, the forms of its words and marks, the indexes of those bound to the next one, and the parts of words broken at a line's end."""


@pytest.mark.parametrize(("text", "forms", "joined", "broken"), ROWS, ids=[ascii(row[0]) for row in ROWS])
def test_forms_and_what_is_bound(text: str, forms: str, joined: list[int], broken: dict[int, tuple[str, ...]]) -> None:
    tokens = tokens_of(text)
    assert " ".join(tokens.forms) == forms and len(tokens) == len(forms.split())
    assert sorted(tokens.joined) == joined and tokens.broken == broken
    assert tokens.text == text
    for index, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        assert start < end and tokens.written(index, index + 1) == text[start:end]


def test_forms_of_marks() -> None:
    assert (MARK, DASH, MINUS, ELLIPSIS) == ("'", "-", "\u2212", "\u2026")
    assert [is_word(form) for form in ("a", "5", "'", "-", "\u2026", "a-")] == [True, True, False, False, False, True]


def test_what_is_written_goes_from_the_first_word_to_the_last() -> None:
    tokens = tokens_of("One,  two\nthree.")
    assert tokens.written(0, 3) == "One,  two" and tokens.written(2, 5) == "two\nthree."
    assert tokens.written(1, 1) == "" and tokens.written(2, 1) == ""


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("abc", "abc"),
        ("a`b", "a'b"),
        ("a\u2019b", "a'b"),
        ("\ufb03x", "ffix"),
        ("a\u00adb", "ab"),
        ("x\u2081\u2082", "x12"),
        ("\u200b", ""),
    ],
)
def test_forms_of_words(written: str, form: str) -> None:
    assert word_form(written) == form


def forms(*paragraphs: str, within: bool = False) -> str:
    """The forms of paragraphs that follow each other, of which each may begin with a mark that is said again."""
    starts, text = [], ""
    for paragraph in paragraphs:
        starts.append(len(text))
        text += paragraph + "\n"
    return " ".join(tokens_of(text, starts, within_quotation=within).forms)


@pytest.mark.parametrize(
    ("paragraphs", "read"),
    [
        (("\u201cOne.", "\u201cTwo.\u201d"), "' One . Two . '"),
        (("\u201cOne.\u201d", "\u201cTwo.\u201d"), "' One . ' ' Two . '"),
        (("\u201cOne.", "\u201cTwo.", "\u201cThree.\u201d"), "' One . Two . Three . '"),
        (("\u2018One.", "\u2018Two.\u2019"), "' One . Two . '"),
        (("\u201cOne \u2018a\u2019.", "\u2018Two.\u2019"), "' One ' a ' . ' Two . '"),
        (("He said \u201cone", "\u201ctwo\u201d."), "He said ' one two ' ."),
        (("A 'b'.", "'c'"), "A ' b ' . ' c '"),
        (("It's one", "'two'"), "It's one ' two '"),
        (("\u201cOne.", "\u201c Two."), "' One . ' Two ."),
        (("One.", "\u201cTwo."), "One . ' Two ."),
        (("(\u201cone", "\u201ctwo"), "( ' one two"),
        (("So \u201c(one)", "\u201ctwo"), "So ' ( one ) two"),
        (("one\u201d", "\u201ctwo"), "one ' ' two"),
        (("\u201cone (\u201ctwo\u201d)", "\u201cthree"), "' one ( ' two ' ) ' three"),
        (("\u2018It\u2019s one", "\u2018two"), "' It's one two"),
        (("\u201cone\u2019", "\u201ctwo"), "' one ' two"),
    ],
)  # fmt: skip
def test_marks_that_are_said_again_at_a_paragraph_are_left_out(paragraphs: tuple[str, ...], read: str) -> None:
    assert forms(*paragraphs) == read


def test_a_text_within_a_quotation_goes_on_with_it() -> None:
    assert forms("One.", "\u201cTwo.\u201d", within=True) == "One . Two . '"
    assert forms("One.", "\u201cTwo.\u201d") == "One . ' Two . '"


@pytest.mark.parametrize(
    ("text", "read"), [("\u0301\u0302", ["\u0301\u0302"]), ("\u200b\u2060", []), ("a\u00adb", ["ab"])]
)
def test_a_text_of_marks_alone_and_one_of_which_nothing_is_seen(text: str, read: list[str]) -> None:
    assert tokens_of(text).forms == read


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("ab1 ,.-\n'’\u00adʼ“”–…€")))
def test_usual_texts_are_cut_as_all_others(text: str) -> None:
    """What a quicker pattern finds in a text of usual letters is what the pattern of all letters finds."""
    if _is_usual(text):
        found, wanted = (
            [(match.lastgroup, match.span()) for match in _token(usual=usual).finditer(text)] for usual in (True, False)
        )
        assert found == wanted


def test_every_combining_mark_belongs_to_its_word() -> None:
    unspaced = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]")
    marks = [chr(code) for code in range(0xFFFF) if unicodedata.category(chr(code))[0] == "M"]
    apart = [mark for mark in marks if not unspaced.match(mark) and len(tokens_of(f"k{mark}k").forms) != 1]
    assert len(marks) > 1_000 and apart == []
    assert re.findall(f"[{_combining()}]", "".join(map(chr, range(0xFFFF)))) == marks
