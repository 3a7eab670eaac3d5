"""What the terminal gets is text, and how the program ends is documented, whatever becomes of its streams."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import Problem, visible
from briefing.run.checks import check_all
from briefing.run.load import load
from tests.running import ROOT, SMALL, briefing, small_brief

FORGED = "north\n\x1b]0;owned\x07\x1b[2K all is well\u202e"


def is_text(said: str) -> bool:
    return visible(said, lines=True) == said


def test_a_name_forges_no_message(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / FORGED, SMALL + "extra: 1\n")
    run = briefing("check", folder)
    assert run.code == 3 and is_text(run.out) and is_text(run.err)
    assert len(run.err.splitlines()) == len(run.out.splitlines()) == 1
    assert r"north\n\u001b]0;owned\u0007\u001b[2K all is well\u202e" in run.out
    (told,) = briefing("check", folder, "--json").objects
    assert told["data_file"] == str(folder / "brief.yaml")
    # What is said of a wrong call repeats it.
    for arguments in (("check", f"--{FORGED}"), ("build", folder, "--jobs", FORGED), ("tree", f"gone{FORGED}")):
        run = briefing(*arguments)
        assert run.code == 2 and is_text(run.out + run.err), run


def test_of_many_problems_of_a_kind_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SMALL + "".join(f"extra_{number}: 1\n" for number in range(130)))
    run = briefing("check", folder)
    assert len(run.err.splitlines()) == 51
    assert run.err.splitlines()[-1] == "error: there are 80 more like it [unknown-key]"
    log = tmp_path / "log.sarif"
    (told,) = briefing("check", folder, "--json", "--sarif", log).objects
    results = json.loads(log.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert len(told["problems"]) == len(results) == 130, "machines are told all"


@pytest.mark.parametrize(
    ("command", "ending", "code"),
    [
        ("schema", "> /dev/full", 5),
        ("check gone", "2> /dev/full", 5),
        ("schema", ">&-", 0),
        ("check gone", "2>&-", 2),
        ("schema", "| exec <&-; exit ${PIPESTATUS[0]}", 5),
    ],
)
def test_a_stream_that_is_full_or_closed_ends_with_a_code_of_the_table(command: str, ending: str, code: int) -> None:
    later = "sleep 1; " * ending.startswith("|")  # when nobody listens any more
    line = f"{{ {later}{sys.executable} -m briefing {command}; }} {ending}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_json_stays_json_when_it_is_shown() -> None:
    said = json.dumps({"a": FORGED}, ensure_ascii=False)
    assert json.loads(visible(said)) == {"a": FORGED} and is_text(visible(said))
    assert "\n" not in str(Problem("syntax", "one\ntwo", "three\x1b"))


def test_a_fault_of_the_program_in_one_brief_is_its_own_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [small_brief(tmp_path / name) for name in ("north", "south")]

    def failing(data_file: Path, *others: object) -> object:
        if data_file.parent.name == "north":
            raise ZeroDivisionError("by accident")
        return load(data_file, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("briefing.run.checks.load", failing)
    first, second = check_all(folders)
    assert ([problem.code for problem in first.problems], int(first.exit_code)) == (["internal"], 5)
    assert not second.exit_code
    refused, sound = check_all(
        [small_brief(tmp_path / "bad", SMALL.replace("series", "x")), folders[1]], overrides=["title="]
    )
    assert refused.exit_code == sound.exit_code != 0


def test_letters_that_a_stream_lacks_are_escaped(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SMALL.replace("A small brief", "“Żó” 🌊"))
    run = briefing("tree", folder, PYTHONIOENCODING="ascii")
    assert run.code == 0 and r"\u201c\u017b" in run.out and r"\u201d \ud83c\udf0a" in run.out
    (folder / "brief.yaml").write_text(SMALL + "łódź: 1\n", encoding="utf-8")
    (told,) = briefing("check", folder, "--json", PYTHONIOENCODING="ascii").objects
    assert "łódź" in told["problems"][0]["message"]


@pytest.mark.parametrize("command", ["themes list", "finalise a.docx", "quotes a.txt", "new a"])
def test_a_folder_that_is_gone_is_told_as_that(command: str, tmp_path: Path) -> None:
    line = f"mkdir gone; cd gone; rmdir ../gone; PYTHONPATH={ROOT} {sys.executable} -m briefing {command}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode in (2, 5) and len(done.stderr.splitlines()) == 1, done
    assert "[internal]" not in done.stderr
