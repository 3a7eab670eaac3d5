"""`import briefing`: the same as the command line, from a program."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import briefing
from tests.running import ROOT, small_brief


def test_build_gives_the_files(tmp_path: Path) -> None:
    result = briefing.build(small_brief(tmp_path / "a"))
    assert [output.format for output in result.outputs] == ["pdf", "docx"]
    assert all(output.path.stat().st_size == output.size for output in result.outputs)
    assert result.outputs[0].pages == 1 and result.problems == ()


def test_build_works_again_and_after_its_room_was_imported(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    assert importlib.import_module("briefing.run.building").build is briefing.build
    first, second = (briefing.build(folder, formats=["docx"]) for _ in range(2))
    assert first.outputs[0].sha256 == second.outputs[0].sha256


def test_faults_are_raised_with_all_problems(tmp_path: Path) -> None:
    with pytest.raises(briefing.DataError) as caught:
        briefing.build(small_brief(tmp_path / "a", "titel: x\ndate: soon\n"))
    assert {problem.code for problem in caught.value.problems} >= {"unknown-key", "missing-key", "bad-date"}
    assert not (tmp_path / "a" / "out").exists()


def test_a_script_without_a_main_guard_works(tmp_path: Path) -> None:
    small_brief(tmp_path / "a")
    script = tmp_path / "script.py"
    script.write_text("import briefing\nprint(briefing.build('a').outputs[0].pages)\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert done.stdout.strip() == "1", done.stderr


def test_import_is_cheap() -> None:
    code = "import sys, briefing; sys.exit(1 if {'weasyprint', 'docx', 'pydantic'} & set(sys.modules) else 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def named_types(of: object) -> set[type]:
    """The classes of ours that a type is made of: of `tuple[Path, Output] | None`, Output."""
    parts = get_args(of)
    found = {of} if isinstance(of, type) and not parts and of.__module__.startswith("briefing") else set()
    return found.union(*map(named_types, parts))


def test_every_type_that_a_function_returns_is_exported() -> None:
    exported = [getattr(briefing, name) for name in briefing.__all__]
    functions = [each for each in exported if inspect.isfunction(each)]
    assert len(functions) >= 11
    for function in functions:
        returned = named_types(get_type_hints(function)["return"])
        assert returned <= set(exported), f"{function.__name__} returns what is not exported"


def test_an_argument_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="there is no argument 'format'; did you mean 'formats'"):
        briefing.build(small_brief(tmp_path), format=["pdf"])  # type: ignore[call-arg]
