"""The tables in `docs/security.md` name tests that are there."""

from __future__ import annotations

import re

from tests.running import ROOT

ROWS = re.compile(r"^\| (\d+) \|.*\|([^|]*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_each_promise_and_each_fault_that_was_found_has_tests_that_are_there() -> None:
    rows = ROWS.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _ in rows] == [*range(1, 10), *range(1, 11)]
    for _, cell in rows:
        for file, name in NAMED.findall(cell):
            text = (ROOT / file).read_text(encoding="utf-8")
            assert not name or f"\ndef {name}(" in text, f"{file} has no {name}"
