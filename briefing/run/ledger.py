"""The ledger of an output folder: what each brief in it was built from, what came of it, and what the checks said.

`manifest.json` is written for people as well as for programs: one input, output or finding a line, keys in a fixed order, the same bytes
for the same content. docs/ledger.md has a table of its fields.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from briefing.errors import DataError, Place, Problem
from briefing.files import write_all

MANIFEST: Final = "manifest.json"
"""What the ledger of an output folder is called."""
VERSION: Final = 1
"""The version of the ledger's form. A higher one is not read."""

_T = TypeVar("_T")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BUILT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file that was read for a brief, or looked for in vain."""

    role: str
    """What it is to the brief: data, source, figure, settings, previous (the last issue), redline (what an earlier state was read from)."""
    path: str
    """Where it is, as a POSIX path relative to the folder of the data file."""
    sha256: str | None
    """The SHA-256 of its bytes in hexadecimal digits; None for a file that was not there."""
    size: int
    """How many bytes it has; 0 for a file that was not there."""


def hash_input(role: str, folder: Path, path: str) -> InputFile:
    """The file at `path`, a POSIX path relative to the brief's `folder`, as an input of the brief; without a hash when there is none.

    Raises `DataError` for a file that is there and cannot be read.
    """
    try:
        with (folder / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return InputFile(role, path, digest, file.tell())
    except (FileNotFoundError, NotADirectoryError):
        return InputFile(role, path, None, 0)
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = Problem("unreadable", f"the file cannot be read: {what}", "check it", place=Place.of(folder / path))
        raise DataError(problem) from None


def hash_file(file: Path) -> str | None:
    """The SHA-256 of a file's bytes; None when there is no such file. Raises `OSError`."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file as it was put in place."""

    format: str
    path: Path
    """Where it is; in the ledger, which may be moved with its folder, only its name."""
    sha256: str
    size: int
    """How many bytes it has."""
    pages: int | None
    """How many pages it has; None for formats without pages of their own."""
    modified_ns: int
    """When it was written, in nanoseconds since 1970, by the file system's clock: as long as this and the size stay, the file is not read again."""

    @property
    def file(self) -> str:
        """Its name in the output folder."""
        return self.path.name


@dataclass(frozen=True)
class Entry:
    """One brief's record in the ledger."""

    name: str
    """What its outputs are called, without their suffix."""
    title: str
    date: str
    """The brief's own date: 2026, 2026-03 or 2026-03-14."""
    number: int | None
    """The issue's number in its series."""
    series: str | None
    """The title of its series."""
    data_file: str
    """The data file, as a POSIX path relative to the output folder."""
    built: str
    """When it was built, in UTC: 2026-03-14T09:26:53Z."""
    fingerprint: str
    """A SHA-256 over the inputs, the options and the versions: the same one, the same outputs."""
    versions: Mapping[str, str]
    """The versions of all that decides what an output looks like."""
    options: Mapping[str, Any]
    """What the call asked for, as values that JSON has."""
    inputs: tuple[InputFile, ...]
    checks: Mapping[str, Any]
    """What the checks said: problems, waived, quotes, as `briefing build --json` prints them."""
    outputs: tuple[Output, ...]
    pending: tuple[Output, ...] = ()
    """Outputs that are about to be put in place; there are some only while a run writes, or where it was ended midway."""
    earlier: tuple[Output, ...] = ()
    """Outputs of an earlier build that stand in the folder and that this one was not asked to make again."""

    @property
    def known(self) -> tuple[Output, ...]:
        """Every output that our runs wrote for the brief or were about to."""
        return (*self.outputs, *self.earlier, *self.pending)

    def outputs_in(self, folder: Path) -> tuple[Output, ...]:
        """Its outputs, with their paths in the output folder."""
        return tuple(replace(output, path=folder / output.path) for output in self.outputs)

    @cached_property
    def text(self) -> str:
        """The entry as it stands in the manifest. Made once: a manifest of hundreds of briefs is written hundreds of times."""
        return _object(
            {
                "title": self.title,
                "date": self.date,
                "number": self.number,
                "series": self.series,
                "data_file": self.data_file,
                "built": self.built,
                "fingerprint": self.fingerprint,
                "outputs": [_output_json(output) for output in self.outputs],
                "earlier": [_output_json(output) for output in self.earlier],
                "pending": [_output_json(output) for output in self.pending],
                "inputs": [_input_json(each) for each in self.inputs],
                "options": dict(self.options),
                "versions": dict(sorted(self.versions.items())),
                "checks": dict(self.checks),
            },
            indent=3,
            depth=3,
        )


@dataclass(frozen=True)
class Manifest:
    """The ledger of one output folder: its briefs by their names."""

    version: int = VERSION
    briefs: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def with_entry(self, entry: Entry) -> Manifest:
        """The same ledger with `entry` in it, in place of the one of that name."""
        return replace(self, briefs=MappingProxyType({**self.briefs, entry.name: entry}))

    def as_bytes(self) -> bytes:
        """The manifest as it is written: JSON in UTF-8, briefs sorted by name, the same bytes for the same content."""
        briefs = ",\n".join(f"  {_json(name)}: {self.briefs[name].text}" for name in sorted(self.briefs))
        head = f'{{\n "generator": "briefing",\n "version": {self.version},\n "briefs": '
        return f"{head}{{\n{briefs}\n }}\n}}\n".encode() if briefs else f"{head}{{}}\n}}\n".encode()


_last_read: list[tuple[bytes, Manifest]] = []
"""The manifest that was read or written last, so that hundreds of briefs in one folder do not parse it hundreds of times."""


def data_file_from(folder: Path, data_file: Path) -> str:
    """The way from an output folder to a data file, as it is recorded: a relative POSIX path."""
    return Path(os.path.relpath(data_file.resolve(), folder.resolve())).as_posix()


def read_manifest(folder: Path) -> Manifest | None:
    """The ledger of an output folder; None when it has none. Raises `DataError` for a manifest.json that is broken or somebody else's."""
    file = folder / MANIFEST
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _foreign(file, f"it cannot be read: {error.strerror}") from None
    for known, manifest in _last_read:
        if known == data:
            return manifest
    try:
        manifest = parse(data)
    except ValueError as error:
        raise _foreign(file, str(error)) from None
    _last_read[:] = [(data, manifest)]
    return manifest


def recorded(folder: Path, name: str) -> Entry | None:
    """What the ledger of `folder` says of the brief `name`; None when it says nothing, and when it is broken or somebody else's.

    Nothing is lost by the latter: `put_in_place` refuses such a folder and says why.
    """
    try:
        manifest = read_manifest(folder)
    except DataError:
        return None
    return manifest.briefs.get(name) if manifest is not None else None


def write_manifest(folder: Path, manifest: Manifest, *, alone: bool) -> None:
    """Replace the ledger of an output folder; `alone` as for `briefing.files.beside`. Raises `RenderError`."""
    data = manifest.as_bytes()
    write_all({folder / MANIFEST: data}, alone=alone)
    _last_read[:] = [(data, manifest)]


def _foreign(file: Path, what: str) -> DataError:
    hint = f"move it away, or write to another folder: {MANIFEST} is where briefing keeps its ledger"
    return DataError(Problem("manifest", what, hint, place=Place.of(file)))


def parse(data: bytes) -> Manifest:
    """The ledger in `data`. Raises `ValueError`, which says what is wrong, for anything that `as_bytes` would not have written."""
    try:
        values = json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg} in line {error.lineno}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(values, dict) or values.get("generator") != "briefing":
        raise ValueError("it is not one that briefing wrote")
    if values.get("version") != VERSION:
        raise ValueError(f"its version is {values.get('version')!r}, and this program knows {VERSION}")
    briefs = _of(values, "briefs", dict, "")
    return Manifest(VERSION, MappingProxyType({name: _entry(name, value) for name, value in briefs.items()}))


def _entry(name: str, values: Any) -> Entry:
    where = f"briefs.{name}"
    if not isinstance(values, dict):
        raise ValueError(f"{where} is not an object")
    versions, checks = _of(values, "versions", dict, where), _of(values, "checks", dict, where)
    if not all(isinstance(version, str) for version in versions.values()):
        raise ValueError(f"{where}.versions holds something that is not text")
    return Entry(
        name,
        title=_of(values, "title", str, where),
        date=_matching(values, "date", _DATE, where),
        number=_of(values, "number", int, where, none=True),
        series=_of(values, "series", str, where, none=True),
        data_file=_of(values, "data_file", str, where),
        built=_matching(values, "built", _BUILT, where),
        fingerprint=_matching(values, "fingerprint", _SHA256, where),
        versions=MappingProxyType(versions),
        options=MappingProxyType(_of(values, "options", dict, where)),
        inputs=_each(values, "inputs", where, _input),
        checks=MappingProxyType(checks),
        outputs=_each(values, "outputs", where, _output),
        pending=_each(values, "pending", where, _output),
        earlier=_each(values, "earlier", where, _output),
    )


def _input(values: Any, where: str) -> InputFile:
    sha256 = _of(values, "sha256", str, where, none=True)
    if sha256 is not None:
        _digest(sha256, f"{where}.sha256")
    return InputFile(_of(values, "role", str, where), _of(values, "path", str, where), sha256, _size(values, where))


def _output(values: Any, where: str) -> Output:
    file = _of(values, "file", str, where)
    # Outputs are replaced and read by these names: none may lead out of the folder.
    if not file or file in (".", "..") or "/" in file or "\\" in file or "\0" in file:
        raise ValueError(f"{where}.file is not the name of a file")
    return Output(
        format=_of(values, "format", str, where),
        path=Path(file),
        sha256=_matching(values, "sha256", _SHA256, where),
        size=_size(values, where),
        pages=_of(values, "pages", int, where, none=True),
        modified_ns=_of(values, "modified_ns", int, where),
    )


def _size(values: Any, where: str) -> int:
    size: int = _of(values, "bytes", int, where)
    return size


def _digest(value: Any, where: str) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{where} is not a SHA-256")
    return value


def _of(values: Any, key: str, kind: type, where: str, *, none: bool = False) -> Any:
    """The value of `key`, which must be of `kind`, or None where that is allowed."""
    place = f"{where}.{key}".lstrip(".")
    if not isinstance(values, dict) or key not in values:
        raise ValueError(f"{place} is missing")
    value = values[key]
    if value is None and none:
        return None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{place} is of the wrong kind")
    return value


def _matching(values: Any, key: str, pattern: re.Pattern[str], where: str) -> str:
    value: str = _of(values, key, str, where)
    if not pattern.fullmatch(value):
        raise ValueError(f"{where}.{key} has a value that does not fit")
    return value


def _each(values: Any, key: str, where: str, read: Callable[[Any, str], _T]) -> tuple[_T, ...]:
    listed = _of(values, key, list, where)
    return tuple(read(value, f"{where}.{key}[{index}]") for index, value in enumerate(listed))


def _input_json(each: InputFile) -> dict[str, Any]:
    return {"role": each.role, "path": each.path, "sha256": each.sha256, "bytes": each.size}


def _output_json(output: Output) -> dict[str, Any]:
    return {
        "format": output.format,
        "file": output.file,
        "sha256": output.sha256,
        "bytes": output.size,
        "pages": output.pages,
        "modified_ns": output.modified_ns,
    }


def _object(value: Any, indent: int, depth: int) -> str:
    """`value` as JSON: objects and lists down to `depth` with one member a line, all below on one line."""
    if depth == 0 or not isinstance(value, dict | list) or not value:
        return _json(value)
    margin = " " * indent
    if isinstance(value, dict):
        lines = [f"{margin}{_json(key)}: {_object(each, indent + 1, depth - 1)}" for key, each in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{margin[1:]}}}"
    lines = [margin + _json(each) for each in value]
    return "[\n" + ",\n".join(lines) + f"\n{margin[1:]}]"


def _json(value: Any) -> str:
    # A file name that is not UTF-8 has lone surrogates in it, which only an escape can carry.
    return _SURROGATE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, allow_nan=False)
    )


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON has")
