"""What outputs are called: patterns that reach nothing but their fields, and names that every file system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from briefing.errors import UsageError
from briefing.run.mail_merge import LONGEST_NAME, FieldError, read_pattern, safe_name

VALUES = {"series": "Water Weekly", "number": "7", "region": "Süd/West", "empty": None, "quotes[0].speaker": "Ann"}


def filled(pattern: str) -> str:
    return read_pattern(pattern, list(VALUES)).filled(VALUES)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{series}-{number:03}-{region}", "Water-Weekly-007-Süd-West"),
        ("{number:02d}", "07"),
        ("{series:.5}", "Water"),
        ("{{{number}}}", "7"),
        ("plain", "plain"),
        ("{quotes[0].speaker}", "Ann"),
    ],
)
def test_fields_are_filled_in(pattern: str, name: str) -> None:
    assert filled(pattern) == name


FORMAT = "write {number:03} for at least three digits, {title:.20} for at most twenty characters"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{regoin}", "there is no field 'regoin'; did you mean 'region'?"),
        ("{}", "{} names no field; write {name}"),
        ("{0}", "there is no field '0'; it must be one of 'series', 'number', 'region', 'empty', 'quotes[0].speaker'"),
        ("{series.__class__}", "there is no field 'series.__class__'; it must be one of "),
        ("{series[0]}", "there is no field 'series[0]'; did you mean 'series'?"),
        ("{number!r}", f"the field 'number' has a format that names cannot have; {FORMAT}"),
        ("{number:x}", f"the field 'number' has a format that names cannot have; {FORMAT}"),
        ("{number:1000000000}", f"the field 'number' has a format that names cannot have; {FORMAT}"),
        ("{number:{region}}", f"the field 'number' has a format that names cannot have; {FORMAT}"),
        ("{number", "this is not a pattern: expected '}' before end of string; write {{ and }} for braces"),
        ("a}", "this is not a pattern: Single '}' encountered in format string; write {{ and }} for braces"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        filled(pattern)
    assert str(caught.value.problems[0]).startswith(f"--name: error: {said}")


def test_all_faults_of_a_pattern_are_said_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        filled("{regoin}{number:x}{")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{empty}", "--name needs a value for {empty}, and there is none"),
        ("{region:03}", "'Süd/West' is not a whole number, which {region:03} needs"),
        ("/..-", "nothing is left of the name '/..-'"),
    ],
)
def test_values_that_do_not_fit_are_refused(pattern: str, said: str) -> None:
    with pytest.raises(FieldError) as caught:
        filled(pattern)
    assert caught.value.message == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "C-temp-x"),
        (".hidden", "hidden"),
        ("--force", "force"),
        ("a\x00b\nc", "a-b-c"),
        ("trailing. ", "trailing"),
        ("e\u0301", "é"),
        ("a\u202eb\u200bc", "abc"),
        ("Вода и 水", "Вода-и-水"),
        ("हिन्दी", "हिन्दी"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("lpt¹", "_lpt¹"),
        ("console", "console"),
        ("v1..2", "v1.2"),
        ("水" * 100, "水" * 40),
        ("💧", ""),
        ("...", ""),
    ],
)
def test_names_are_made_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=strategies.text())
def test_any_text_gives_a_name_that_is_safe_or_none(tmp_path: Path, text: str) -> None:
    name = safe_name(text)
    assert len(name.encode()) <= LONGEST_NAME
    assert safe_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    if name:
        (tmp_path / f"{name}.pdf").write_bytes(b"")
        assert [path.name for path in tmp_path.iterdir()] == [f"{name}.pdf"]
        (tmp_path / f"{name}.pdf").unlink()
        assert not set(name) & set('<>:"/\\|?* \t') and name[0] not in ".-" and name[-1] not in ". "
