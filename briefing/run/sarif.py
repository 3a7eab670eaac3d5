"""Results as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts show as annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing import __version__
from briefing.codes import CODES
from briefing.errors import Place, Problem
from briefing.files import write_all
from briefing.rules import RULES
from briefing.run.checks import CheckResult
from briefing.source import FLAG

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(results: Sequence[CheckResult], root: Path) -> dict[str, Any]:
    """One run with a result for every problem, waived ones marked as suppressed. Files below `root` are named from there.

    Code hosts want names from the top of the repository: there is where the check should run.
    """
    found = [(problem, None, result.data_file) for result in results for problem in result.problems]
    waived = [(item.problem, item.reason, result.data_file) for result in results for item in result.waived]
    everything: list[tuple[Problem, str | None, Path]] = [*found, *waived]
    codes = sorted({problem.code for problem, _, _ in everything})
    driver = {"name": "briefing", "version": __version__, "rules": [_rule(code) for code in codes]}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, reason, codes, file, root) for problem, reason, file in everything],
            }
        ],
    }


def write_sarif(results: Sequence[CheckResult], path: Path) -> None:
    """Write the log, whole or not at all. Raises `RenderError` when it cannot be written."""
    write_all({path: (json.dumps(sarif(results, Path.cwd()), ensure_ascii=False, indent=2) + "\n").encode()})


def _rule(code: str) -> dict[str, Any]:
    rule = next((rule for rule in RULES if rule.code == code), None)
    values: dict[str, Any] = {"id": code, "shortDescription": {"text": CODES[code]}}
    if rule is not None:
        values["fullDescription"] = {"text": f"{rule.asks} {rule.why}"}
        values["defaultConfiguration"] = {"level": rule.level.value}
    return values


def _result(problem: Problem, reason: str | None, codes: Sequence[str], data_file: Path, root: Path) -> dict[str, Any]:
    """A result with one location: code hosts refuse one that has none, so a fault of a flag stands at the data file."""
    place = problem.place if problem.place and not problem.place.file.startswith(FLAG) else Place(str(data_file), 0, 0)
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(Path(place.file), root)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": place.column}
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity.value,
        "message": {"text": f"{problem.message}; {problem.hint}" if problem.hint else problem.message},
        "locations": [{"physicalLocation": location}],
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _uri(path: Path, root: Path) -> str:
    """A URI reference (RFC 3986): relative below `root`, as the call named it elsewhere."""
    if path.is_absolute() and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
