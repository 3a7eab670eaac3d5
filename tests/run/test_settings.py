"""An office's settings: where they are looked for, what they may hold, and every fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import DataError, UsageError
from briefing.rules import rule_codes
from briefing.run.load import read_settings
from briefing.schema import LikelihoodScale, RuleLevel, Settings

WHOLE = """\
likelihood_scale = "icd-203"
source_age_days = 90
max_pages = 4
longest_sentence = 30
highest_reading_grade = 14.5
markings = ["INTERN", "NUR FÜR DEN DIENSTGEBRAUCH"]

[rules]
unused-source = "off"
one-sided-quotes = "error"
"""


def written(folder: Path, text: str, name: str = "briefing.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def faults(folder: Path, text: str) -> list[str]:
    file = written(folder, text)
    with pytest.raises(DataError) as caught:
        read_settings(folder)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


def test_without_a_file_the_built_in_settings_count(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_all_of_it_is_read(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    assert read_settings(tmp_path) == Settings(
        rules={"unused-source": RuleLevel.OFF, "one-sided-quotes": RuleLevel.ERROR},
        likelihood_scale=LikelihoodScale.ICD_203,
        source_age_days=90,
        max_pages=4,
        longest_sentence=30,
        highest_reading_grade=14.5,
        markings=("INTERN", "NUR FÜR DEN DIENSTGEBRAUCH"),
    )


@pytest.mark.parametrize("code", rule_codes())
def test_every_rule_can_be_set(tmp_path: Path, code: str) -> None:
    written(tmp_path, f'[rules]\n{code} = "off"\n')
    assert read_settings(tmp_path).rules == {code: RuleLevel.OFF}


def test_a_named_file_takes_the_place_of_the_folders_own(tmp_path: Path) -> None:
    written(tmp_path, "max_pages = 4\n")
    named = written(tmp_path, "longest_sentence = 20\n", "office.toml")
    assert read_settings(tmp_path, named) == Settings(longest_sentence=20)


def test_a_named_file_that_is_not_there_is_a_fault_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file"):
        read_settings(tmp_path, tmp_path / "office.toml")


def test_no_file_above_the_briefs_folder_is_read(tmp_path: Path) -> None:
    written(tmp_path, "max_pages = 4\n")
    (tmp_path / "brief").mkdir()
    assert read_settings(tmp_path / "brief") == Settings()


def test_a_link_that_leads_out_is_refused_and_may_be_named(tmp_path: Path) -> None:
    outside = written(tmp_path, "max_pages = 4\n", "office.toml")
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief" / "briefing.toml").symlink_to(outside)
    with pytest.raises(DataError, match=r"leads out of the brief's folder"):
        read_settings(tmp_path / "brief")
    assert read_settings(tmp_path / "brief", outside).max_pages == 4


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = faults(
        tmp_path, 'max_page = 3\nlongest_sentence = "ten"\n\n[rules]\nunused-sauce = "off"\nold-source = "loud"\n'
    )
    assert [fault.split(":")[:2] for fault in found] == [["1", "1"], ["2", "1"], ["5", "1"], ["6", "1"]]
    assert "did you mean 'max_pages'?" in found[0] and "did you mean 'unused-source'?" in found[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rules = "off"\n', "1:1: error: "),
        ("\n[rules]\n[rules.old-source]\nseverity = 1\n", "3:2: error: "),
        ('likelihood_scale = "ipcc"\n', "1:1: error: 'ipcc' is not one of the values of 'likelihood_scale'"),
        ("# How old.\n  source_age_days = -1\n", "2:3: error: '-1' is too small"),
        ('markings = "INTERN"\n', "1:1: error: expected a list"),
        ("markings = [[]]\n", "1:1: error: expected text"),
        ("max_pages = true\n", "1:1: error: 'true' is not a whole number"),
        ('[rules]\n"old-source" = "loud"\n', "2:1: error: "),
        ("rules.old-source = 'loud'\n", "1:1: error: "),
        ("rules = {\n", "1:10: error: this is not TOML: "),
        ("\nmax_pages = \n", "2:13: error: this is not TOML: Invalid value; put text between quotation marks"),
        ("max_pages = 3\nmax_pages = 4\n", "2:14: error: this is not TOML: Cannot overwrite a value"),
        ("[rules\n", "1:7: error: this is not TOML: "),
        ('markings = ["x', "1:15: error: this is not TOML: Unterminated string"),
        ("source_age_days = " + "9" * 5000, "1:1: error: this is not TOML: "),
        ("markings = " + "[" * 5000, "1:1: error: this is not TOML: "),
    ],
)
def test_each_kind_of_fault_has_a_place(tmp_path: Path, text: str, said: str) -> None:
    (first, *_) = faults(tmp_path, text)
    assert said in first


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_bytes(b"max_pages = 4\n# \xff\n")
    with pytest.raises(DataError, match=r"briefing\.toml:2:3: error: the file is not UTF-8 here"):
        read_settings(tmp_path)
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(DataError, match=r"at most 2,000,000 are accepted"):
        read_settings(tmp_path)
    file.write_bytes(b"\xef\xbb\xbfmax_pages = 4\r\n")
    assert read_settings(tmp_path).max_pages == 4
