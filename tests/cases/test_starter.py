"""What `briefing new` makes: an example that nobody can send out by mistake, and the first issue of a weekly."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from briefing import new
from briefing.errors import UsageError
from briefing.source import read
from tests.running import SMALL, briefing, small_brief


def made(folder: Path, *arguments: str) -> str:
    """The data file that `briefing new` makes in `folder` of `arguments`."""
    run = briefing("new", *arguments, "--date", "2026-03-14", cwd=folder)
    assert run.code == 0, run.err
    return (folder / arguments[0] / "brief.yaml").read_text(encoding="utf-8")


def test_the_untouched_starter_does_not_pass_when_it_is_strict(tmp_path: Path) -> None:
    text = made(tmp_path, "levee")
    assert briefing("check", "levee", cwd=tmp_path).code == 0
    run = briefing("check", "levee", "--strict", cwd=tmp_path)
    assert run.code == 4
    assert "15 texts are still the example's, which 'briefing new' wrote: authors[0].name" in run.err
    assert "[starter-text]" in run.err and run.err.count("\n") == 1, "one line"
    assert ": >" not in text and "summary: |" in text


def test_one_text_that_is_left_is_told_at_its_line(tmp_path: Path) -> None:
    small_brief(tmp_path, SMALL + "background: |\n  Say here what led to this,\n  in a few sentences.\n")
    run = briefing("check", ".", "--strict", cwd=tmp_path)
    assert run.code == 4 and "brief.yaml:10:13: warning: 1 text is still the example's" in run.err
    small_brief(tmp_path, SMALL + "authors: [Your name]\n")
    assert "still the example's" in briefing("check", ".", cwd=tmp_path).err


def test_an_author_s_own_words_are_no_example(tmp_path: Path) -> None:
    """Short names that the example has, too, and a sentence that is near one of its."""
    small_brief(
        tmp_path,
        SMALL.replace("title: Gazette", "title: The report\n    publisher: The publisher")
        + "authors: [{name: Your Nameson, role: Director}]\nbackground: Say what led to this in a few sentences, she wrote.\n",
    )
    assert "example" not in briefing("check", ".", cwd=tmp_path).err


@pytest.mark.parametrize(
    ("name", "title", "number", "following"),
    [
        ("weekly-12", "Weekly", "12", "weekly-13"),
        ("water_weekly", "Water weekly", "1", "water_weekly-2"),
        ("iss-2026-w11", "Iss", "1", "iss-2026-w12"),
        ("2026-03-14", "New weekly", "1", "2026-03-21"),
    ],
)
def test_a_new_series_can_be_followed(tmp_path: Path, name: str, title: str, number: str, following: str) -> None:
    made(tmp_path, name, "--series")
    values = read(tmp_path / name / "brief.yaml").values
    assert values["title"] == title
    assert values["series"] == {"title": title, "number": number, "next": "2026-03-21"}
    run = briefing("next", name, cwd=tmp_path)
    assert run.code == 0, run.err
    assert f"made {following}/brief.yaml after {name}/brief.yaml" in run.out
    run = briefing("check", following, cwd=tmp_path)
    assert run.code == 0 and "previous" not in run.err, run.err


def test_without_it_a_brief_says_what_next_needs(tmp_path: Path) -> None:
    made(tmp_path, "levee")
    run = briefing("next", "levee", cwd=tmp_path)
    assert run.code == 3 and "add 'series: {title: ..., number: 1}' to it" in run.err


def test_a_new_brief_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, data: bytes) -> None:
        if path.name == "brief.yaml":
            raise KeyboardInterrupt
        path.write_bytes(data)

    monkeypatch.setattr("briefing.schema.new_brief.write_through", broken)
    with pytest.raises(KeyboardInterrupt):
        new(tmp_path / "river", datetime.date(2026, 3, 14))
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "river").symlink_to("river")
    with pytest.raises(UsageError, match="it is there already"):
        new(tmp_path / "river", datetime.date(2026, 3, 14))
