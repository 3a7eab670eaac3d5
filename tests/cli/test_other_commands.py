"""`briefing new`, `briefing schema`, `briefing tree`, `briefing reference check`, `briefing --version`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import briefing as public
from briefing.cli.app import app
from tests.running import EXAMPLE_BRIEFS, EXAMPLES, ROOT, briefing

GOLDEN = ROOT / "tests" / "golden"


def test_a_new_brief_builds_as_it_is(tmp_path: Path) -> None:
    made = briefing("new", "space weekly", "--date", "2026-03-14", cwd=tmp_path)
    assert made.code == 0 and "briefing build" in made.out
    run = briefing("build", "space weekly", cwd=tmp_path)
    assert run.code == 0 and run.err.count("\n") == 1 and "[starter-text]" in run.err
    assert (tmp_path / "space weekly" / "out" / "space weekly.pdf").is_file()


def test_the_schema_is_printed() -> None:
    run = briefing("schema")
    assert json.loads(run.out) == json.loads((ROOT / "docs" / "brief.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXAMPLE_BRIEFS)
def test_the_tree_is_the_golden_one(name: str) -> None:
    run = briefing("tree", EXAMPLES / name)
    assert run.out == (GOLDEN / f"{name.replace('/', '-')}.tree.txt").read_text(encoding="utf-8"), (
        "run `make goldens` and read the difference"
    )


def test_the_version() -> None:
    assert briefing("--version").out == f"briefing {public.__version__}\n"


@pytest.mark.parametrize(("number", "code", "words"), [("1", 0, "build"), ("x", 2, "")])
def test_completion_says_nothing_of_variables_that_no_shell_sets(
    number: str, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"_BRIEFING_COMPLETE": "complete_bash", "COMP_WORDS": "briefing bui", "COMP_CWORD": number}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        app(prog_name="briefing")
    said = capsys.readouterr()
    assert (ended.value.code, said.out.strip(), said.err) == (code, words, "")


def test_the_public_names_are_there() -> None:
    for name in public.__all__:
        assert getattr(public, name) is not None
    with pytest.raises(AttributeError):
        public.nonsense  # noqa: B018


def test_reference_check_lists_what_a_document_has_and_lacks_and_writes_a_sample(tmp_path: Path) -> None:
    house = ROOT / "tests/docx/house/numbered-heading1.docx"
    run = briefing("reference", "check", str(house), "-o", str(tmp_path / "sample.docx"), "--json")
    assert run.code == 0, run.err
    said = json.loads(run.out)
    assert "heading 1" in said["has"] and "Bottom Line" in said["has"] + said["lacks"]
    assert "Heading 1 has a number by its style, which stays" in said["oddities"]
    assert (tmp_path / "sample.docx").read_bytes().startswith(b"PK")


def test_reference_check_of_what_is_no_document(tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    other.write_bytes(b"Dear colleague")
    run = briefing("reference", "check", str(other))
    assert run.code == 2 and "[reference-document]" in run.err and not run.out
