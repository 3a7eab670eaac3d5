"""What is said of a fault: what and where; with `--without-words` nothing that the brief says, and a traceback only with `--verbose`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli.app import app
from briefing.errors import VERBOSE_VARIABLE, WITHOUT_WORDS_VARIABLE
from tests.running import SMALL, Run, briefing, small_brief

CANARY = "Kestrel"
FAULTY = {
    "key": SMALL + f"{CANARY}: yes\n",
    "id": SMALL.replace("@gazette", f"@{CANARY}"),
    "value": SMALL + f"stakeholders:\n  - {{name: Ann, stance: {CANARY}}}\n",
    "syntax": SMALL + f"title: {CANARY}\n{CANARY}\n",
    "letter": SMALL.replace("It is small", f"It is \u0780 {CANARY} small"),
    "rules": SMALL.replace("It is small", f"TBC {CANARY} {CANARY}\u0430 " + f"{CANARY} " * 60).replace(
        "OFFICIAL", CANARY
    )
    + f"quotes:\n  - {{text: “We will {CANARY}.”, speaker: {CANARY}, source: gazette}}\n",
    "quote": SMALL.replace("2026-03-01\n", "2026-03-01\n    text: gazette.txt\n")
    + f"quotes:\n  - {{text: 'The {CANARY} will fly on Monday.', speaker: Ann, source: gazette}}\n",
}


def runs(folder: Path, *flags: str) -> list[Run]:
    texts = {name: small_brief(folder / name, text) for name, text in FAULTY.items()}
    (texts["quote"] / "gazette.txt").write_text(f"Ann said: “The {CANARY} will not fly on Monday.”", encoding="utf-8")
    log = folder / "log.sarif"
    checked = briefing("check", *texts.values(), *flags, "--sarif", log, cwd=folder)
    said = [checked, briefing("check", *texts.values(), *flags, "--json", cwd=folder)]
    said.append(briefing("build", texts["key"], texts["quote"], "--json", "-f", "html", *flags, cwd=folder))
    return [*said, Run(0, log.read_text(encoding="utf-8"), "")]


def test_without_words_nothing_that_the_brief_says_is_in_what_is_said_of_it(tmp_path: Path) -> None:
    usual, kept = runs(tmp_path / "usual"), runs(tmp_path / "kept", "--without-words")
    assert all(CANARY in run.out + run.err for run in usual), "the words are there to be left out"
    assert not [run for run in kept if CANARY in run.out + run.err]
    assert [run.code for run in kept] == [run.code for run in usual]

    def places(run: Run) -> list[tuple[str, str, int]]:
        return [(each["code"], each["severity"], each["line"]) for one in run.objects for each in one["problems"]]

    assert places(kept[1]) == places(usual[1]) and len(places(kept[1])) > len(FAULTY)
    assert (
        f"{Path('key', 'brief.yaml')}:10:1: error: A key that the data file does not know. [unknown-key]" in kept[0].err
    )


def test_a_value_of_a_flag_is_left_out_with_the_words(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "river")
    run = briefing("check", folder, "--set", f"date={CANARY}", "--without-words")
    assert run.code == 2 and CANARY not in run.err + run.out and "--set date: error: " in run.err


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def failing(*_: object) -> object:
        raise ZeroDivisionError(CANARY)

    monkeypatch.setattr("briefing.schema.validate.path_of", failing)
    monkeypatch.setattr("briefing.schema.validate._problem", failing)
    for variable in (VERBOSE_VARIABLE, WITHOUT_WORDS_VARIABLE):
        monkeypatch.setenv(variable, "")
    return small_brief(tmp_path / "river", SMALL + "unknown: yes\n")


@pytest.mark.parametrize("flags", [(), ("--verbose",), ("--verbose", "--without-words")])
def test_a_fault_of_the_program_is_one_located_line_and_its_traceback_comes_when_it_is_asked_for(
    faulty: Path, flags: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        app(["check", str(faulty), *flags])
    said = capsys.readouterr()
    *trace, line = said.err.splitlines()
    assert (
        ended.value.code == 5 and line.startswith(f"{faulty / 'brief.yaml'}: error: ") and line.endswith("[internal]")
    )
    if "--without-words" not in flags:
        assert "a fault of the program itself: ZeroDivisionError at briefing/schema/validate.py:" in line
        assert "please report this line" in line
    assert any("validate.py" in each for each in trace) is bool(flags)
    assert (CANARY in said.err) is (flags == ("--verbose",))
    assert CANARY not in json.dumps(said.out)
