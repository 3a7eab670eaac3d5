"""What comes along is listed with its licence and reason, locked, and told in a bill of materials that goes with the wheel."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from packaging.requirements import Requirement
from referencing import Registry, Resource

from tests.running import ROOT
from tools import audit
from tools.dependencies import (
    KNOWN,
    PROJECT,
    bill_of_materials,
    is_accepted,
    licence_of,
    locked,
    packages,
    told_licence,
)

BUILD_ALONE = {"hatchling", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}
"""What requirements/run.txt holds to build the wheel with."""


def test_every_locked_package_stands_on_the_page_with_its_licence_and_reason() -> None:
    assert {each.name for each in packages()} == locked().keys() - BUILD_ALONE == KNOWN["packages"].keys()
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for each in packages():
        assert f"| {each.name} | {each.version} | {each.licence} | {each.why} |" in page


def test_a_licence_is_stated_only_where_the_package_states_none() -> None:
    stated = {name: each["licence"] for name, each in KNOWN["packages"].items() if "licence" in each}
    assert [name for name, licence in stated.items() if told_licence(name) not in (None, licence)] == []


def test_every_package_of_the_groups_is_told_of() -> None:
    wanted = [each for group in PROJECT["dependency-groups"].values() for each in group if isinstance(each, str)]
    names = {Requirement(each).name for each in wanted}
    assert names | {"distributed"} == KNOWN["tools"].keys()


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("AGPL-3.0-or-later", False),
        ("GPL-2.0-or-later OR MPL-1.1", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT AND ISC) OR GPL-3.0-only", True),
    ],
)
def test_a_licence_is_accepted_when_one_of_its_ways_is(expression: str, accepted: bool) -> None:
    assert is_accepted(expression) is accepted


def test_a_licence_that_is_not_accepted_fails_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert audit.licences()[1]
    monkeypatch.setitem(KNOWN, "accepted", ["MIT"])
    lines, sound = audit.licences()
    assert not sound and f"pikepdf: '{licence_of('pikepdf')}' is not accepted in tools/dependencies.toml" in lines


def test_advisories_are_told_and_so_is_a_database_that_cannot_be_reached(tmp_path: Path) -> None:
    silent = tmp_path / "pip-audit"
    silent.write_text("#!/bin/sh\necho 'no route to host' >&2\nexit 1\n", encoding="utf-8")
    silent.chmod(0o755)
    lines, sound = audit.advisories(str(silent))
    assert sound and lines == ["audit: NOT LOOKED UP: the database of advisories cannot be reached (no route to host)"]
    looked_up: list[dict[str, Any]] = [
        {"name": "lxml", "version": "1.0", "vulns": [{"id": "CVE-2021-1", "fix_versions": ["1.1"]}]},
        {"name": "ours", "skip_reason": "not there"},
    ]
    lines, sound = audit.told(looked_up)
    assert not sound and lines[0] == "audit: lxml 1.0: CVE-2021-1, mended in 1.1"
    assert lines[-1] == "audit: NOT LOOKED UP: 1 of 2 packages (ours)"


def test_the_bill_of_materials_is_cyclonedx_and_says_what_the_lock_says() -> None:
    held: dict[str, Any] = json.loads(bill_of_materials())
    schemas = {name: json.loads((files("cyclonedx.schema") / "_res" / name).read_text("utf-8")) for name in SCHEMAS}
    registry: Registry[Any] = Registry().with_resources(
        (schemas[SCHEMAS[0]]["$id"].rpartition("/")[0] + f"/{name}", Resource.from_contents(schema))
        for name, schema in schemas.items()
    )
    schema = Draft7Validator(schemas[SCHEMAS[0]], registry=registry)
    schema.validate(held)
    assert not schema.is_valid(
        {**held, "components": [{**held["components"][0], "licenses": [{"license": {"id": "Own"}}]}]}
    )
    versions = {each["name"]: each["version"] for each in held["components"] if each["type"] == "library"}
    assert versions == {name: version for name, version in locked().items() if name not in BUILD_ALONE}
    names = {each["bom-ref"] for each in (*held["components"], held["metadata"]["component"])}
    assert {each["ref"] for each in held["dependencies"]} <= names
    assert {name for each in held["dependencies"] for name in each["dependsOn"]} <= names
    assert "timestamp" not in held["metadata"]


SCHEMAS = ("bom-1.6.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")
