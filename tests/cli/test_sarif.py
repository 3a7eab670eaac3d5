"""The SARIF log: the shape that code hosts take, places, waived breaches, and names of files as URIs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.running import EXAMPLE_BRIEFS, EXAMPLES, briefing, small_brief

TEXT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["error", "warning", "note"]}
COUNTED = {"type": "integer", "minimum": 1}

# The part of SARIF 2.1.0 (OASIS Standard, sections 3.13 to 3.50) that the program writes, with nothing else allowed.
SHAPE: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {
            "const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        },
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "columnKind", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"const": "unicodeCodePoints"},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name", "version", "rules"],
            "additionalProperties": False,
            "properties": {
                "name": {"const": "briefing"},
                "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id", "shortDescription"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z]+(-[a-z0-9]+)*$"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "defaultConfiguration": {
                    "type": "object",
                    "required": ["level"],
                    "additionalProperties": False,
                    "properties": {"level": LEVEL},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": LEVEL,
                "message": TEXT,
                "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/location"}},
                "suppressions": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["kind", "justification"],
                        "additionalProperties": False,
                        "properties": {
                            "kind": {"const": "inSource"},
                            "justification": {"type": "string", "minLength": 1},
                        },
                    },
                },
            },
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "additionalProperties": False,
                            # A URI reference (RFC 3986) has ASCII letters, unreserved marks and percent signs only.
                            "properties": {
                                "uri": {"type": "string", "pattern": r"^(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}
                            },
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine", "startColumn"],
                            "additionalProperties": False,
                            "properties": {"startLine": COUNTED, "startColumn": COUNTED},
                        },
                    },
                }
            },
        },
    },
}

FAULTY = """\
title: TBC
date: 2026-03-14
summary: It is so [@report].
sources:
  - id: report
    title: Report
waivers:
  - rule: undated-source
    item: report
    reason: Nobody knows.
    until: 2026-04
"""


def log_of(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    """What `briefing check` writes when it runs in `folder`."""
    briefing("check", *arguments, "--sarif", "log.sarif", cwd=folder)
    log: dict[str, Any] = json.loads((folder / "log.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, SHAPE, jsonschema.Draft202012Validator)
    (run,) = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert isinstance(run, dict)
    return run


def uri_of(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_every_problem_is_a_result_and_what_is_waived_is_suppressed(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", FAULTY)
    results = log_of(tmp_path, "a")["results"]
    assert [(result["ruleId"], result["level"], "suppressions" in result) for result in results] == [
        ("placeholder-text", "error", False),
        ("handling-missing", "warning", False),
        ("undated-source", "warning", True),
    ]
    assert results[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 8}
    assert results[2]["suppressions"] == [{"kind": "inSource", "justification": "Nobody knows."}]


def test_several_briefs_make_one_run(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", FAULTY)
    small_brief(tmp_path / "b", FAULTY)
    assert {uri_of(result) for result in log_of(tmp_path, "a", "b")["results"]} == {"a/brief.yaml", "b/brief.yaml"}


@pytest.mark.parametrize("absolute", [False, True])
def test_files_are_named_from_where_the_check_runs(tmp_path: Path, absolute: bool) -> None:
    folder = small_brief(tmp_path / "a brief – 100 %", FAULTY)
    result = log_of(tmp_path, folder if absolute else folder.name)["results"][0]
    assert unquote(uri_of(result)) == "a brief – 100 %/brief.yaml"


def test_a_file_elsewhere_keeps_its_whole_name(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a", FAULTY)
    (tmp_path / "b").mkdir()
    assert uri_of(log_of(tmp_path / "b", folder)["results"][0]) == (folder / "brief.yaml").as_uri()


def test_a_value_from_a_flag_stands_at_the_data_file(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", FAULTY)
    results = log_of(tmp_path, "a", "--set", "subtitle=TBC")["results"]
    assert [result["ruleId"] for result in results].count("placeholder-text") == 2
    assert {uri_of(result) for result in results} == {"a/brief.yaml"}


def test_faults_of_the_data_and_of_the_settings_are_results_too(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", FAULTY.replace("title: TBC", "titel: TBC"))
    (found,) = {result["ruleId"] for result in log_of(tmp_path, "a")["results"]} - {"missing-key"}
    assert found == "unknown-key"
    small_brief(tmp_path / "b", FAULTY)
    (tmp_path / "b" / "briefing.toml").write_text("max_page = 3\n", encoding="utf-8")
    (result,) = log_of(tmp_path, "b")["results"]
    assert uri_of(result) == "b/briefing.toml"


def test_the_examples_have_nothing_but_what_is_waived(tmp_path: Path) -> None:
    results = log_of(tmp_path, *(EXAMPLES / name for name in EXAMPLE_BRIEFS))["results"]
    assert results and all("suppressions" in result for result in results)
