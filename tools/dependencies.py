"""What comes along with the program: each package's version, licence and reason, as a page and as a bill of materials."""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any, Final, cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefing import __version__
from tests.running import ROOT

LOCK: Final = ROOT / "requirements" / "run.txt"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
KNOWN: Final = tomllib.loads((ROOT / "tools" / "dependencies.toml").read_text(encoding="utf-8"))
"""What no package says of itself."""
_PINNED: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)", re.MULTILINE)
_EXTRA: Final = re.compile(r"""extra\s*==\s*["'](?P<name>[^"']+)["']""")
_IN_WORDS: Final = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""The licences that have one classifier; `BSD License` may be any of several."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that comes along: `needs` are the names of those that it brings."""

    name: str
    version: str
    licence: str
    why: str
    needs: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its package URL (purl-spec, type pypi)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked() -> dict[str, str]:
    """The versions in requirements/run.txt, by name; some are there to build with."""
    return {canonicalize_name(each["name"]): each["version"] for each in _PINNED.finditer(LOCK.read_text("utf-8"))}


@cache
def packages() -> tuple[Package, ...]:
    """Every package that the program runs with, on whatever system, by name. Raises `KeyError` for one that tools/dependencies.toml lacks."""
    versions, waiting = locked(), [Requirement(each) for each in PROJECT["project"]["dependencies"]]
    extras: dict[str, set[str]] = {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in versions and not (name in extras and wanted.extras <= extras[name]):
            extras.setdefault(name, set()).update(wanted.extras)
            waiting += _needed(name, extras[name])
    return tuple(
        Package(
            name,
            versions[name],
            licence_of(name),
            KNOWN["packages"][name]["why"],
            tuple(sorted({canonicalize_name(each.name) for each in _needed(name, extras[name])} & versions.keys())),
        )
        for name in sorted(extras)
    )


def direct() -> tuple[str, ...]:
    """The names of those that the program itself uses."""
    return tuple(sorted(canonicalize_name(Requirement(each).name) for each in PROJECT["project"]["dependencies"]))


def _metadata(name: str) -> Message | None:
    try:
        return cast("Message", metadata(name))  # which it is (importlib.metadata)
    except PackageNotFoundError:
        return None


def _needed(name: str, extras: set[str]) -> list[Requirement]:
    """What a package needs, on whatever system and Python, with these extras."""
    told = _metadata(name)
    needed = [Requirement(each) for each in (told.get_all("Requires-Dist") or [] if told else [])]
    return [
        each for each in needed if (found := _EXTRA.search(str(each.marker or ""))) is None or found["name"] in extras
    ]


def told_licence(name: str) -> str | None:
    """The SPDX expression that a package gives of itself, None where it has only words that may mean several, or is not installed."""
    told = _metadata(name)
    if told is None:
        return None
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    if (said := told.get_all("License")) and said[0] in KNOWN["accepted"]:
        return str(said[0])
    exact = {_IN_WORDS[each] for each in told.get_all("Classifier") or [] if each in _IN_WORDS}
    return exact.pop() if len(exact) == 1 else None


def licence_of(name: str) -> str:
    """The licence of a package as an SPDX expression. Raises `KeyError` where neither it nor tools/dependencies.toml says it."""
    return told_licence(name) or str(KNOWN["packages"][name]["licence"])


def is_accepted(expression: str) -> bool:
    """Whether a licence may come along: of alternatives one must be accepted, of licences that all hold each."""
    return any(
        all(part.strip("() ") in KNOWN["accepted"] for part in way.split(" AND ")) for way in expression.split(" OR ")
    )


def refused() -> list[str]:
    """A line for each package, and each thing in the wheel, whose licence is not among those accepted."""
    held = [(each.name, each.licence) for each in packages()]
    held += [(name, each["licence"]) for name, each in KNOWN["bundled"].items()]
    return [
        f"{name}: '{licence}' is not accepted in tools/dependencies.toml"
        for name, licence in held
        if not is_accepted(licence)
    ]


_INTRODUCTION: Final = """\
# Dependencies

What comes along with the program, and why. `make audit` holds the licences to those that are accepted, and looks the versions up in a database of
advisories. The versions are those of `requirements/run.txt`, each with the hashes of its files; a wheel carries the same list as a bill of materials
(CycloneDX 1.6), in its `.dist-info/sboms`. A package that holds a library written in C (lxml, Pillow, pikepdf, pypdfium2) names the licences of what
is in it beside its own.

"""


def dependencies_page() -> str:
    """The page, in Markdown."""
    own = direct()
    lines = [
        "## What the program runs with",
        "",
        "| package | version | licence | what for | comes with |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in packages():
        by = () if each.name in own else [one.name for one in packages() if each.name in one.needs]
        lines.append(f"| {each.name} | {each.version} | {each.licence} | {each.why} | {', '.join(by)} |")
    lines += ["", "Of the system: Pango, HarfBuzz and Fontconfig, which are called and not shipped.", ""]
    lines += ["## What is in the wheel", "", "| what | version | licence | what for |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name} | {each['version']} | {each['licence']} | {each['why']} |" for name, each in KNOWN["bundled"].items()
    ]
    lines += ["", "## What building, testing and auditing need", "", "| package | what for |", "| --- | --- |"]
    lines += [f"| {name} | {why} |" for name, why in KNOWN["tools"].items()]
    return _INTRODUCTION + "\n".join(lines) + "\n"


def bill_of_materials() -> str:
    """The packages as a CycloneDX 1.6 document (ECMA-424). The same packages give the same bytes: it holds no time."""
    project = PROJECT["project"]
    address = f"pkg:pypi/{project['name']}@{__version__}"
    fonts = {f"font:{each['folder'].rpartition('/')[2]}": (name, each) for name, each in KNOWN["bundled"].items()}
    components: list[dict[str, Any]] = [
        {
            "type": "library",
            "bom-ref": each.address,
            "name": each.name,
            "version": each.version,
            "description": each.why,
            "scope": "required",
            "licenses": _licences(each.licence),
            "purl": each.address,
        }
        for each in packages()
    ]
    components += [
        {
            "type": "data",
            "bom-ref": ref,
            "name": name,
            "version": each["version"],
            "description": each["why"],
            "licenses": _licences(each["licence"]),
        }
        for ref, (name, each) in fonts.items()
    ]
    at = {each.name: each.address for each in packages()}
    graph = [{"ref": address, "dependsOn": [*(at[name] for name in direct()), *fonts]}]
    graph += [{"ref": each.address, "dependsOn": [at[name] for name in each.needs]} for each in packages()]
    of = {"type": "application", "bom-ref": address, "name": project["name"], "version": __version__, "purl": address}
    of |= {"description": project["description"], "licenses": _licences(project["license"])}
    content = {"metadata": {"component": of}, "components": components, "dependencies": graph}
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}", "version": 1}
    return json.dumps({**head, **content}, indent=2, ensure_ascii=False) + "\n"


def _licences(expression: str) -> list[dict[str, Any]]:
    return [{"expression": expression}] if " " in expression else [{"license": {"id": expression}}]
