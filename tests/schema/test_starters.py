"""Every form's starter is sound, has all that its form asks for, and does not pass for a finished paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.schema.new_brief import STARTERS
from tests.running import briefing


@pytest.mark.parametrize("form", STARTERS)
def test_a_starter_misses_nothing_and_is_not_passed_as_finished(tmp_path: Path, form: str) -> None:
    made = briefing("new", "levee", "--form", form.replace("_", "-"), "--date", "2026-03-14", cwd=tmp_path)
    assert made.code == 0, made.err
    run = briefing("check", "levee", "--strict", cwd=tmp_path)
    assert run.code == 4 and "[starter-text]" in run.err and run.err.count("\n") == 1, run.err


def test_a_form_without_a_starter_is_told(tmp_path: Path) -> None:
    run = briefing("new", "levee", "--form", "submision", cwd=tmp_path)
    assert run.code == 2 and "there is no starter 'submision'; did you mean 'submission'?" in run.err
