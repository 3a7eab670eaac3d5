"""The locks fit pyproject.toml, and nothing in the repository depends on one machine or one package index."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.validators.places import command

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([\w.-]+)==(\S+)(.*)$", re.MULTILINE)

# Written in pieces, so that this file does not name them either.
HOSTS = [name.encode() for name in ("pypi" + ".org", "python" + "hosted", "npm" + "js.", "deb.debian" + ".org")]
MACHINE_PATH = re.compile(rb"(?<![\w.$}~-])/(?:home|Users|work|root)/[\w.-]+")


def direct(*groups: str) -> list[str]:
    """The requirements that pyproject.toml names: the project's own and those of `groups`, with what these include."""
    found: list[str] = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        for entry in PROJECT["dependency-groups"][group]:
            if isinstance(entry, dict):
                found += PROJECT["dependency-groups"][entry["include-group"]]
            else:
                found.append(entry)
    return found


def pins(lock: str) -> dict[str, list[Version]]:
    """The versions that the text of a lock pins, by name; one may have several, for different Pythons."""
    found: dict[str, list[Version]] = {}
    for name, version, _ in PIN.findall(lock):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


def stale(requirements: list[str], lock: str) -> Iterator[str]:
    """Say each requirement that the lock does not hold, or not at a version that fits."""
    pinned = pins(lock)
    for requirement in map(Requirement, requirements):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        if not versions:
            yield f"{requirement} is not in the lock"
        for version in versions:
            if not requirement.specifier.contains(version, prereleases=True):
                yield f"the lock pins {requirement.name} {version}, pyproject.toml wants {requirement.specifier}"


def read_lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "groups"), [("run", ["build"]), ("test", ["test"]), ("lowest", ["build"])])
def test_the_lock_fits_the_project(name: str, groups: list[str]) -> None:
    assert list(stale(direct(*groups), read_lock(name))) == [], "run `make lock`"


@pytest.mark.parametrize(
    ("requirement", "fault"),
    [
        ("weasyprint>=999", "wants >=999"),
        ("no-such-package", "no-such-package is not in the lock"),
        ("Typer<0.1", "wants <0.1"),
    ],
)
def test_a_stale_lock_is_found(requirement: str, fault: str) -> None:
    (found,) = stale([requirement], read_lock("run"))
    assert fault in found


@pytest.mark.parametrize("name", ["run", "test", "lowest"])
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", read_lock(name), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_tests_run_on_the_versions_that_users_get() -> None:
    run, test = pins(read_lock("run")), pins(read_lock("test"))
    assert {name: test.get(name) for name in run} == run


def test_the_lowest_versions_are_older() -> None:
    run, lowest = pins(read_lock("run")), pins(read_lock("lowest"))
    names = named(direct())
    assert all(min(lowest[name]) <= min(run[name]) for name in names)
    assert any(min(lowest[name]) < min(run[name]) for name in names)


def test_what_builds_the_project_is_locked() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


def imported(folder: str) -> set[str]:
    """The distributions that the modules below `folder` import, ours and Python's own left out."""
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    known = packages_distributions()
    theirs = modules - set(sys.stdlib_module_names) - {"briefing", "tests", "benchmarks"}
    return {canonicalize_name(known[module][0]) if module in known else module for module in theirs}


def named(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def test_the_project_names_what_it_imports_and_nothing_else() -> None:
    # pydantic_core is pydantic's other half: pydantic pins it to one version of its own.
    extras = [name for extra in PROJECT["project"]["optional-dependencies"].values() for name in extra]
    assert imported("briefing") - {"pydantic-core"} == named([*direct(), *extras])
    assert named(extras) <= named(direct("test")), "what an extra brings is tested, too"


def test_the_tests_import_only_what_is_named() -> None:
    assert imported("tests") - named(direct("test")) == set()


def test_the_npm_lock_fits_its_package() -> None:
    folder = ROOT / "tests" / "validators"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert lock[""]["dependencies"] == package["dependencies"]
    for name, version in package["dependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
        assert lock[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def machine_bound(content: bytes) -> list[str]:
    """What in a file's bytes belongs to one machine or one package index."""
    found = [host for host in HOSTS if host in content]
    return [piece.decode() for piece in [*found, *MACHINE_PATH.findall(content)]]


def test_no_tracked_file_names_a_package_index_or_a_path_of_a_machine() -> None:
    # Whoever owns the checkout: in a container it is often not the user who runs the tests.
    listing = [command("git"), "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(listing, check=True, capture_output=True).stdout.decode().split("\0")
    files = [ROOT / name for name in names if name and (ROOT / name).is_file()]
    assert ROOT / "pyproject.toml" in files
    assert {str(file): found for file in files if (found := machine_bound(file.read_bytes()))} == {}


@pytest.mark.parametrize("content", [b"--index-url https://" + HOSTS[0], b'see "/' + b'home/someone/notes"'])
def test_a_file_bound_to_a_machine_is_found(content: bytes) -> None:
    assert machine_bound(content)


def test_an_address_is_no_path_of_a_machine() -> None:
    assert machine_bound(b"https://example.org/home/news and ~/work/x and $root/root/x") == []
