"""What each kind of value takes, what it makes of it, and what it says of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from briefing.schema import PartialDate, Precision
from briefing.schema import types as kinds


def refused(kind: Any, value: Any) -> dict[str, Any]:
    """The fault that a kind of value gives: its code, message, hint and offset."""
    with pytest.raises(ValidationError) as caught:
        taken(kind, value)
    (error,) = caught.value.errors()
    return {"code": error["type"], **error["ctx"]}


def taken(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind, config=ConfigDict(arbitrary_types_allowed=True)).validate_python(value)


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        ("2026", "2026-01-01", "2026-12-31", Precision.YEAR),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2026-02", "2026-02-01", "2026-02-28", Precision.MONTH),
        ("2024-02-29", "2024-02-29", "2024-02-29", Precision.DAY),
        ("0001-01-01", "0001-01-01", "0001-01-01", Precision.DAY),
        ("9999-12", "9999-12-01", "9999-12-31", Precision.MONTH),
    ],
)
def test_dates_that_exist(typed: str, first: str, last: str, precision: Precision) -> None:
    date = taken(kinds.Date, typed)
    assert (str(date), str(date.first_day), str(date.last_day), date.precision) == (typed, first, last, precision)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2026-02-30", "there is no day 30 in 2026-02"),
        ("2026-02-29", "there is no day 29 in 2026-02"),
        ("2026-13", "there is no month 13"),
        ("2026-00-01", "there is no month 00"),
        ("2026-01-00", "there is no day 00 in 2026-01"),
        ("0000", "there is no year 0000"),
        ("2026-3-4", "'2026-3-4' is not a date"),
        ("14.3.2026", "'14.3.2026' is not a date"),
        ("last March", "'last March' is not a date"),
        ("2026-03-14T10:00:00", "'2026-03-14T10:00:00' is not a date"),
        ("20260314", "'20260314' is not a date"),
        ("٢٠٢٦", "'٢٠٢٦' is not a date"),
        ("-2026", "'-2026' is not a date"),
    ],
)
def test_dates_that_do_not_exist(typed: str, message: str) -> None:
    fault = refused(kinds.Date, typed)
    meant = {"2026-3-4": "write 2026-03-04", "14.3.2026": "write 2026-03-14"}
    assert (fault["code"], fault["message"]) == ("bad-date", message)
    assert fault["hint"] == meant.get(typed, "write 2026, 2026-03 or 2026-03-14")


@given(st.dates())
def test_any_day_survives(day: Any) -> None:
    date = PartialDate.parse(day.isoformat())
    assert date.first_day == date.last_day == day
    assert str(date) == day.isoformat()


@pytest.mark.parametrize("typed", ["a", "A1", "iss-2024", "x_y", "a" * 50])
def test_ids(typed: str) -> None:
    assert taken(kinds.Identifier, typed) == typed


@pytest.mark.parametrize("typed", ["1a", "-a", "a b", "a.b", "é", "a" * 51, "_a", "a/b", "ａ"])
def test_what_is_no_id(typed: str) -> None:
    assert refused(kinds.Identifier, typed)["code"] == "bad-id"


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org",
        "HTTP://example.org/a?b=c#d",
        "https://example.org:8080/",
        "https://пример.рф/путь",
        "https://[::1]/",
        "https://example.org/a_(b)",
        "https://example.org/@name",
        "mailto:name@example.org",
        "mailto:name@example.org?subject=x",
        "https://localhost",
    ],
)
def test_addresses(typed: str) -> None:
    assert taken(kinds.Url, typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "www.example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "https:example.org",
        "https:///path",
        "https://",
        "http://user@example.org",
        "http://user:word@example.org",
        "https://example.org\\@evil.org",
        "https://exa mple.org",
        "https://example.org:port",
        "https://example..org",
        "https://.example.org",
        "https://[::1",
        "https://example.org/<script>",
        'https://example.org/"',
        "mailto:name",
        "mailto:a@b, c@d",
        "mailto:",
        "\\\\server\\share",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    assert refused(kinds.Url, typed)["code"] == "bad-url"


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("a.b+c@example.org", True),
        ("jürgen@müller.de", True),
        ("a@b@c", False),
        ("Ann <a@b.org>", False),
        ("a@", False),
        ("a?b@c.org", False),
        ("@handle", False),
    ],
)
def test_e_mail_addresses(typed: str, good: bool) -> None:
    if good:
        assert taken(kinds.Email, typed) == typed
    else:
        assert refused(kinds.Email, typed)["code"] == "bad-url"


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("en", "en"),
        ("en-gb", "en-GB"),
        ("SR-LATN-rs", "sr-Latn-RS"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("sl-ROZAJ", "sl-rozaj"),
        ("ckb", "ckb"),
    ],
)
def test_language_tags_are_written_as_bcp_47_writes_them(typed: str, tag: str) -> None:
    assert taken(kinds.LanguageTag, typed) == tag


@pytest.mark.parametrize("typed", ["no_NO", "english", "e", "en-", "en GB", "en-GB-x", "ｅｎ"])
def test_what_is_no_language_tag(typed: str) -> None:
    assert refused(kinds.LanguageTag, typed)["code"] == "bad-language"


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("8", 8), ("123456789", 123456789), (8, 8)])
def test_whole_numbers(typed: Any, number: int) -> None:
    assert taken(kinds.WholeNumber, typed) == number


@pytest.mark.parametrize("typed", ["08", "1:30", "-1", "1.0", "1e3", "0x1F", "٣", "1_000", "9999999999", True])
def test_what_is_no_whole_number(typed: Any) -> None:
    assert refused(kinds.WholeNumber, typed)["code"] in ("bad-value", "wrong-type")


@pytest.mark.parametrize(("typed", "number"), [("1.10", 1.1), ("-0.5", -0.5), ("12", 12.0), (3, 3.0)])
def test_numbers(typed: Any, number: float) -> None:
    assert taken(kinds.Number, typed) == number


@pytest.mark.parametrize("typed", ["1,5", ".5", "5.", "01.5", "1e3", "inf", "nan", "1.1234567", "+1"])
def test_what_is_no_number(typed: str) -> None:
    assert refused(kinds.Number, typed)["code"] == "bad-value"


@pytest.mark.parametrize("typed", ["sources/a.txt", "a", "a b/ü.pdf", "./a", "a..b/c"])
def test_paths(typed: str) -> None:
    assert taken(kinds.RelativePath, typed) == typed


@pytest.mark.parametrize("typed", ["/etc/passwd", "../a", "a/../../b", "~/a", "C:/a", "a\\b", "http://a"])
def test_what_leads_out(typed: str) -> None:
    assert refused(kinds.RelativePath, typed)["code"] == "bad-path"


def test_only_the_last_issue_may_stand_beside_the_folder() -> None:
    assert taken(kinds.IssuePath, "../2026-11/brief.yaml") == "../2026-11/brief.yaml"
    assert refused(kinds.IssuePath, "/2026-11/brief.yaml")["code"] == "bad-path"


def test_fingerprints() -> None:
    assert taken(kinds.Fingerprint, "AB" * 32) == "ab" * 32
    assert refused(kinds.Fingerprint, "ab")["code"] == "bad-value"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  a  b\t c ", "a b c"),
        ("e\u0301", "é"),
        ("no-break\u00a0space", "no-break\u00a0space"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("\u200fעברית", "\u200fעברית"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("👩\u200d🚀 ❤\ufe0f", "👩\u200d🚀 ❤\ufe0f"),
        ("a new letter: \U0001fae9", "a new letter: \U0001fae9"),
        ("a < b & c > d {{ x }}", "a < b & c > d {{ x }}"),
    ],
)
def test_lines_of_any_language(typed: str, clean: str) -> None:
    assert taken(kinds.Line, typed) == clean


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\u00ad", "SOFT HYPHEN"),
        ("\u2060", "WORD JOINER"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\u3164", "HANGUL FILLER"),
        ("\u2028", "LINE SEPARATOR"),
        ("\U000e0041", "TAG LATIN CAPITAL LETTER A"),
        ("\x1b", "a control character"),
        ("\x85", "a control character"),
        ("\ue000", "a character for private use"),
        ("\ud800", "half a character"),
        ("\ufdd0", "no character"),
    ],
)
def test_characters_that_hide_what_is_said(character: str, name: str) -> None:
    fault = refused(kinds.Prose, f" e\u0301 pay {character}100")
    assert (fault["code"], fault["offset"]) == ("bad-text", 6), "counted in the text as it is kept"
    assert fault["message"] == f"the character U+{ord(character):04X} ({name}) cannot be shown on a page"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (kinds.Line, "", "bad-value"),
        (kinds.Line, " \n ", "bad-value"),
        (kinds.Line, "one\ntwo", "bad-value"),
        (kinds.Line, "a " * 251, "too-large"),
        (kinds.Prose, "a " * 25_001, "too-large"),
        (kinds.Prose, "a" * 1001, "too-large"),
        (kinds.Prose, "[ " * 201, "too-large"),
        (kinds.Prose, "[@a] " * 1001, "too-large"),
        (kinds.Line, ["a"], "wrong-type"),
        (kinds.Line, {"a": "b"}, "wrong-type"),
        (kinds.Line, None, "wrong-type"),
    ],
)
def test_text_has_its_limits(kind: Any, value: Any, code: str) -> None:
    fault = refused(kind, value)
    assert fault["code"] == code
    assert fault["hint"]


def test_text_at_its_limits_is_taken() -> None:
    assert taken(kinds.Line, "a" * 500)
    assert taken(kinds.Prose, "ab " * 16_666)
    assert taken(kinds.Prose, "[ " * 200 + "[@a] " * 1000)


@given(st.text())
def test_any_text_is_kept_or_refused_with_a_reason(text: str) -> None:
    try:
        kept = taken(kinds.Prose, text)
    except ValidationError as error:
        assert all(fault["ctx"]["hint"] for fault in error.errors())
    else:
        assert kept == taken(kinds.Prose, kept.text)
        kept.text.encode()
