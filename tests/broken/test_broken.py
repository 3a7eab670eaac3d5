"""Broken data files: each gives its faults at the right lines and columns, all at once, and nothing else.

Beside every file stands what is expected of it: `<name>.expect`, a line a fault: `line:column code`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import DataError, Severity
from briefing.run.load import load
from tests.running import briefing

FILES = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".yaml", ".json"))


def expected(path: Path) -> list[str]:
    return path.with_name(path.name + ".expect").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_fault_stands_at_its_place(path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(path)
    errors = [problem for problem in caught.value.problems if problem.severity is Severity.ERROR]
    assert [
        f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in errors if problem.place
    ] == expected(path), caught.value
    assert all(problem.message and problem.hint for problem in errors)


def test_there_are_more_than_twenty_and_some_in_every_language() -> None:
    assert len(FILES) > 20
    assert all(sum(path.suffix == suffix for path in FILES) >= 5 for suffix in (".yaml", ".json"))


@pytest.mark.parametrize("name", ["several-at-once.yaml", "duplicate.json", "bad-stance.yaml"])
def test_the_command_line_says_them_and_ends_with_3(name: str, tmp_path: Path) -> None:
    path = Path(__file__).parent / name
    run = briefing("build", path, "-o", tmp_path / "out")
    assert run.code == 3
    for line in expected(path):
        place, code = line.split()
        assert any(
            said.startswith(f"{path}:{place}: error: ") and said.endswith(f"[{code}]") for said in run.err.splitlines()
        ), run.err
    assert not (tmp_path / "out").exists()
