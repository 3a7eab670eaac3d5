"""No test is left out: a tool that is missing makes a test fail, and a test that may fail proves nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
LEAVING_OUT = re.compile(r"\b(?:importorskip|skipif|skip|xfail|skipUnless|SkipTest)\b(?=\(|\))|mark\.(?:skip|xfail)")


def test_nothing_is_skipped() -> None:
    others = [path for path in TESTS.rglob("*.py") if path != Path(__file__).resolve()]
    assert len(others) > 10
    assert [path for path in others if LEAVING_OUT.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line", ['pytest.skip("no Java")', "@pytest.mark.skipif(True)", "@pytest.mark.xfail", "importorskip('x')"]
)
def test_a_skip_is_found(line: str) -> None:
    assert LEAVING_OUT.search(line)
