"""A brief's form and its office come from the theme, and reading time is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.document.sample import picture
from tests.running import SMALL, briefing, small_brief

FORM = """\
title = "note for the board"
order = ["background", "summary"]
required = ["reference"]
required_sections = ["access"]

[labels.en]
summary = "In short"
"""


def house(folder: Path, form: str = FORM, settings: str = "") -> Path:
    """A theme of the office's own in `folder`, with one form."""
    made = folder / "house"
    (made / "forms").mkdir(parents=True)
    (made / "forms" / "note.toml").write_text(form, encoding="utf-8")
    (made / "theme.toml").write_text(settings, encoding="utf-8")
    (made / "logo.png").write_bytes(picture().data)
    return made


def test_a_theme_adds_a_form_and_check_says_what_it_misses(tmp_path: Path) -> None:
    theme = house(tmp_path)
    brief = small_brief(tmp_path / "brief", SMALL + "form: note\nbackground: It began.\n")
    run = briefing("check", brief, "--theme", theme, "--strict")
    assert run.code == 4
    line = (brief / "brief.yaml").read_text(encoding="utf-8").splitlines().index("form: note") + 1
    assert f"brief.yaml:{line}:7: warning: the note for the board misses 'reference', 'access'" in run.err
    built = briefing("build", brief, "--theme", theme, "-f", "html", "-o", tmp_path / "out", "--json")
    assert built.code == 0, built.err
    text = next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")
    assert text.index(">Background<") < text.index(">In short<")


def test_a_form_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    brief = small_brief(tmp_path, SMALL + "form: submision\n")
    run = briefing("check", brief)
    assert run.code == 3 and "there is no form 'submision'; did you mean 'submission'?" in run.err
    assert "brief.yaml:" in run.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('order = ["a b"]', "note.toml:1:1: error: 'a b' cannot be an id"),
        ('titel = "x"', "note.toml:1:1: error: 'titel' is not a known key; did you mean 'title'?"),
        ('facts = ["datum"]', "note.toml:1:1: error: 'datum' cannot stand there; did you mean 'date'?"),
        ('[labels.en]\nsumary = "x"', "note.toml:2:1: error: there is no label 'sumary'; did you mean 'summary'?"),
        ('[labels.en]\nissue = "No."', "note.toml:2:1: error: the label has other fields in braces; it takes {number}"),
        ('[labels.en]\nissue = "{number} {"', "note.toml:2:1: error: the label has other fields in braces"),
    ],
)  # fmt: skip
def test_a_form_at_fault_is_told_at_its_line(tmp_path: Path, typed: str, told: str) -> None:
    theme = house(tmp_path, typed)
    run = briefing("check", small_brief(tmp_path / "brief", SMALL + "form: note\n"), "--theme", theme)
    assert run.code == 2 and told in run.err, run.err


def test_the_theme_s_office_stands_on_a_brief_that_names_none(tmp_path: Path) -> None:
    office = '[office]\nname = "Harbour Board"\naddress = "2 Quay Street"\nlogo = "logo.png"\n'
    theme = house(tmp_path, settings=office)
    brief = small_brief(tmp_path / "brief", SMALL)
    assert briefing("build", brief, "--theme", theme, "-f", "html", "-o", tmp_path / "out").code == 0
    text = next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")
    assert 'alt="Logo of Harbour Board"' in text and "Harbour Board, 2 Quay Street" in text
    (theme / "theme.toml").write_text(office.replace("logo.png", "gone.png"), encoding="utf-8")
    run = briefing("check", brief, "--theme", theme)
    assert run.code == 2 and "the theme has no file 'gone.png'" in run.err


def test_an_order_of_names_that_nothing_has_is_a_fault(tmp_path: Path) -> None:
    brief = small_brief(tmp_path, SMALL + "order: [backgrund, summary, summary]\n")
    run = briefing("check", brief)
    assert run.code == 3
    assert "there is no section 'backgrund'; did you mean 'background'?" in run.err
    assert "'summary' stands twice in the order" in run.err


def test_reading_time_is_told_where_the_promise_is_broken(tmp_path: Path) -> None:
    long = "  " + "It costs more than was said. " * 150 + "\n"
    brief = small_brief(tmp_path, SMALL + f"reading_minutes: 2\nbackground: |\n{long}")
    assert "warning: reads in 4 minutes" in briefing("check", brief).err
    (told,) = briefing("check", brief, "--json").objects
    reading = told["reading"]
    assert reading["minutes"] == 4 and reading["promised"] == 2
    assert {"section": "Background", "words": 901, "minutes": 3.8} in reading["sections"]
    kept = briefing("check", brief, "--set", "reading_minutes=4")
    assert "reads in" not in kept.err
