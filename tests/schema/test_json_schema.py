"""The JSON Schema that editors use: valid itself, no narrower than the program, and able to tell a wrong key."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from briefing.schema.json_schema import DRAFT, json_schema
from briefing.schema.new_brief import starter
from briefing.schema.types import Choice
from tests.running import EXAMPLE_BRIEFS, EXAMPLES

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def as_an_editor_reads(path: Path) -> Any:
    """The file's values as an ordinary YAML 1.2 reader gives them, dates as text (YAML 1.2.2, 10.3 has no dates)."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return json.loads(json.dumps(reader.load(path.read_text(encoding="utf-8")), default=_iso))


def _iso(value: Any) -> str:
    assert isinstance(value, datetime.date)
    return value.isoformat()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DRAFT


def test_it_knows_no_word_that_json_schema_and_editors_do_not() -> None:
    known = {
        "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required", "additionalProperties", "items", "anyOf", "enum",
        "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern", "format", "examples", "default", "dependentRequired",
        "enumDescriptions", "defaultSnippets",
    }  # fmt: skip
    assert _words(SCHEMA) <= known


def _words(schema: Any) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            found |= set().union(*map(_words, value.values()))
        elif key == "anyOf":
            found |= set().union(*map(_words, value))
        elif key == "items":
            found |= _words(value)
    return found


def test_every_key_and_every_value_of_an_enumeration_is_described() -> None:
    for name, definition in [("Brief", SCHEMA), *SCHEMA["$defs"].items()]:
        assert definition["description"], name
        for key, value in definition.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, f"{name}.{key}"
        assert len(definition.get("enumDescriptions", [])) == len(definition.get("enum", [])), name


def test_every_value_of_an_enumeration_has_a_meaning() -> None:
    assert len(Choice.__subclasses__()) > 6
    for choice in Choice.__subclasses__():
        assert all(member.meaning.endswith(".") for member in choice), choice
        assert SCHEMA["$defs"][choice.__name__]["enumDescriptions"] == [member.meaning for member in choice]


def test_what_editors_fill_in_are_keys_that_there_are() -> None:
    offered = 0
    for definition in SCHEMA["$defs"].values():
        for snippet in definition.get("defaultSnippets", []):
            offered += 1
            assert set(snippet["body"]) <= set(definition["properties"])
            if "chart" not in definition["properties"]:
                assert set(definition["required"]) <= set(snippet["body"])
    assert offered > 5


@pytest.mark.parametrize("name", EXAMPLE_BRIEFS)
def test_it_takes_the_examples(name: str) -> None:
    assert list(VALIDATOR.iter_errors(as_an_editor_reads(EXAMPLES / name / "brief.yaml"))) == []


def test_it_takes_what_a_new_brief_begins_with(tmp_path: Path) -> None:
    path = tmp_path / "brief.yaml"
    path.write_text(starter("2022", datetime.date(2026, 3, 14)), encoding="utf-8")
    assert list(VALIDATOR.iter_errors(as_an_editor_reads(path))) == []


GOOD: dict[str, Any] = {"title": "T", "date": "2026-03-14"}


@pytest.mark.parametrize(
    "values",
    [
        {"title": 2022},
        {"title": True},
        {"date": 2026},
        {"series": {"title": 7, "number": 4}},
        {"series": {"title": "W", "number": "4", "period": {"start": 2026, "end": "2026-03"}}},
        {"authors": ["Ann", {"name": "Ben"}, 4]},
        {"language": "en-gb"},
        {
            "figures": [
                {"caption": "C", "chart": {"values": [{"label": 2024, "value": 1.5}, {"label": "b", "value": "2"}]}}
            ]
        },
    ],
)
def test_it_takes_what_the_program_takes(values: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(GOOD | values)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"titel": "T"},
        {"quotes": [{"text": "W", "speaker": "A", "who": "B"}]},
        {"quotes": [{"text": "W"}]},
        {"stakeholders": [{"name": "A", "stance": "for"}]},
        {"date": "14 March 2026"},
        {"key_points": "One"},
        {"evidence": "mark"},
        {"sources": [{"id": "1", "title": "T"}]},
        {"sources": [{"id": "a", "title": "T", "url": "www.example.org"}]},
        {"sources": [{"id": "a", "title": "T", "text": "/etc/passwd"}]},
        {"figures": [{"caption": "C", "image": "a.png"}]},
        {"series": {"title": "W", "number": -1}},
        {"language": "english"},
        {"authors": [{"name": "A", "email": "nobody"}]},
    ],
)
def test_it_marks_what_the_program_refuses(values: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(GOOD | values))
