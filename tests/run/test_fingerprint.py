"""Whatever decides what an output looks like is in the fingerprint, and finding that out costs little."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefing.errors import DataError
from briefing.run.fingerprint import fingerprint
from briefing.run.ledger import InputFile, hash_input
from briefing.versions import ENGINES, versions
from tests.running import ROOT

BESIDE_OUTPUTS = {"typer", "rich", "filelock", "msgspec"}
"""Requirements that print on the terminal, keep others waiting or make classes, and touch no output."""
DATA = InputFile("data", "brief.yaml", "a" * 64, 5)
SETTINGS = InputFile("settings", "briefing.toml", None, 0)


def test_every_requirement_that_touches_an_output_counts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    assert required - BESIDE_OUTPUTS <= set(ENGINES)


def test_the_versions_are_those_that_are_installed() -> None:
    for name in ENGINES:
        assert versions()[name] == importlib.metadata.version(name)
    assert versions()["cpython"] == ".".join(map(str, sys.version_info[:3]))
    assert all(versions()[name][0].isdigit() for name in ("pango", "harfbuzz", "fontconfig", "deflate"))


NEEDED = ("resources.py", "versions.py", "run/__init__.py", "run/ledger.py")
"""All that it takes of the program, and a module to change."""
ASKED = """
import json, sys
from briefing.versions import versions
found = dict(versions())
assert not {"weasyprint", "docx", "pydantic", "jinja2", "ruamel", "importlib.metadata"} & set(sys.modules)
print(json.dumps(found))
"""


def said(folder: Path) -> dict[str, str]:
    """The versions that a copy of the program in `folder` finds."""
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_changed_code_and_changed_fonts_are_other_versions_and_no_engine_is_loaded_to_tell(tmp_path: Path) -> None:
    package = tmp_path / "briefing"
    for name in ("__init__.py", *NEEDED):
        (package / name).parent.mkdir(exist_ok=True, parents=True)
        (package / name).write_bytes((ROOT / "briefing" / name).read_bytes())
    (package / "run" / "__init__.py").write_bytes(b"")
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    before = said(tmp_path)
    (package / "run" / "ledger.py").write_bytes((ROOT / "briefing/run/ledger.py").read_bytes() + b"# changed\n")
    after = said(tmp_path)
    assert {name for name in before if before[name] != after[name]} == {"briefing"}
    (tmp_path / "assets" / "fonts" / "a.ttf").write_bytes(b"font")
    last = said(tmp_path)
    assert {name for name in last if last[name] != after[name]} == {"fonts"}
    for suffix in ("toml", "yaml", "txt", "json"):  # what the code reads of its own
        (package / "run" / f"data.{suffix}").write_bytes(b"")
        before, last = last, said(tmp_path)
        assert {name for name in last if last[name] != before[name]} == {"briefing"}, suffix


def test_everything_in_it_counts_and_the_order_does_not() -> None:
    options, engines = {"formats": ["pdf"], "strict": False}, {"weasyprint": "70.0"}
    whole = fingerprint([DATA, SETTINGS], options, engines)
    assert whole == fingerprint([SETTINGS, DATA], dict(reversed(options.items())), engines)
    others = [
        fingerprint([DATA], options, engines),
        fingerprint([DATA, InputFile("settings", "briefing.toml", "b" * 64, 0)], options, engines),
        fingerprint([DATA, InputFile("previous", "briefing.toml", None, 0)], options, engines),
        fingerprint([DATA, SETTINGS], {**options, "strict": True}, engines),
        fingerprint([DATA, SETTINGS], options, {"weasyprint": "70.1"}),
    ]
    assert len({whole, *others}) == 1 + len(others)


def test_an_input_is_hashed_and_one_that_is_not_there_is_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "saved.txt").write_bytes(b"saved")
    assert hash_input("source", tmp_path, "empty.txt").sha256 is not None
    assert hash_input("source", tmp_path, "gone.txt") == InputFile("source", "gone.txt", None, 0)
    assert hash_input("source", tmp_path, "saved.txt/gone.txt").sha256 is None
    assert hash_input("source", tmp_path, "saved.txt").size == 5


def test_an_input_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        hash_input("source", tmp_path.parent, tmp_path.name)
