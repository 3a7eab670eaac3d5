"""Results as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts show as annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.building.check import CheckResult
from briefing.building.outputs import write_all
from briefing.codes import CODES
from briefing.errors import Problem
from briefing.evidence.rules import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(results: Sequence[CheckResult]) -> dict[str, Any]:
    """One run with a result for every problem, waived ones marked as suppressed. Files are named as the call named them."""
    found = [(problem, None) for result in results for problem in result.problems]
    waived = [(item.problem, item.reason) for result in results for item in result.waived]
    everything: list[tuple[Problem, str | None]] = [*found, *waived]
    codes = sorted({problem.code for problem, _ in everything})
    why = {rule.code: rule.why for rule in RULES}
    driver = {
        "name": "briefing",
        "version": __version__,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": CODES[code]},
                **({"fullDescription": {"text": why[code]}} if code in why else {}),
            }
            for code in codes
        ],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, reason, codes) for problem, reason in everything],
            }
        ],
    }


def write_sarif(results: Sequence[CheckResult], path: Path) -> None:
    """Write the log, whole or not at all. Raises `RenderError` when it cannot be written."""
    write_all({path: (json.dumps(sarif(results), ensure_ascii=False, indent=2) + "\n").encode()})


def _result(problem: Problem, reason: str | None, codes: Sequence[str]) -> dict[str, Any]:
    said = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity.value,
        "message": {"text": said},
    }
    if problem.place is not None:
        location: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.place.file)}}
        if problem.place.line:
            location["region"] = {"startLine": problem.place.line, "startColumn": problem.place.column}
        result["locations"] = [{"physicalLocation": location}]
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else path.as_posix()
