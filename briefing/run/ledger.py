"""The ledger of an output folder: what each brief in it was built from, what came of it, and what the checks said.

`manifest.json` is written for people as well as for programs: one input, output or finding a line, keys in a fixed order, the same bytes
for the same content. docs/ledger.md has a table of its fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.errors import DataError, Place, Problem
from briefing.files import write_all
from briefing.regular_files import LARGEST_INPUT, LARGEST_OUTPUT, hash_regular, read_regular, unreadable

MANIFEST: Final = "manifest.json"
"""What the ledger of an output folder is called."""
VERSION: Final = 1
"""The version of the ledger's form. A higher one is not read."""

MARKING: Final = "marking"
"""The option of a record that says above which marking its edition leaves everything out."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class InputFile(Struct, frozen=True, order=True):
    """A file that was read for a brief, or looked for in vain."""

    role: str
    """What it is to the brief: data, source, figure, table, settings, previous (the last issue), redline (what an earlier state was read from)."""
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
        return InputFile(role, path, *hash_regular(folder / path, LARGEST_INPUT))
    except (FileNotFoundError, NotADirectoryError):
        return InputFile(role, path, None, 0)
    except OSError as error:
        raise DataError(unreadable(error).at(Place.of(folder / path))) from None


def hash_file(file: Path) -> str | None:
    """The SHA-256 of a file's bytes; None when there is no such file. Raises `OSError`, such as `NotAFileError`."""
    try:
        return hash_regular(file, LARGEST_OUTPUT)[0]
    except FileNotFoundError:
        return None


def hash_in_place(file: Path) -> str | None:
    """The same, but empty, which is the hash of nothing, for what stands there and is no file, or cannot be read. Raises nothing."""
    try:
        return hash_file(file)
    except OSError:
        return ""


class Output(Struct, frozen=True):
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


class Entry(Struct, frozen=True, dict=True):
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
    drafts: tuple[Output, ...] = ()
    """What the last build wrote though the brief is too long: no outputs, and taken away once one fits."""

    @property
    def known(self) -> tuple[Output, ...]:
        """Every output that our runs wrote for the brief or were about to."""
        return (*self.outputs, *self.earlier, *self.pending, *self.drafts)

    def outputs_in(self, folder: Path) -> tuple[Output, ...]:
        """Its outputs, with their paths in the output folder."""
        return tuple(replace(output, path=folder / output.path) for output in self.outputs)

    @property
    def marking(self) -> str | None:
        """The marking above which its edition leaves everything out; None where it leaves nothing out for that."""
        return self.options.get(MARKING)

    def without_words(self) -> Entry:
        """The same with no word of the brief's text in what the checks said and the call put in: codes and places stay."""
        kept: list[dict[str, Any]] = []
        with suppress(KeyError, TypeError, ValueError):  # somebody else wrote in it
            kept = [Problem.from_json(each).without_words().as_json() for each in self.checks["problems"]]
        checks = {"problems": kept, "waived": [], "quotes": []}
        options = {**self.options, "overrides": []} if self.options.get("overrides") else self.options
        is_so = checks == self.checks and options is self.options
        return self if is_so else replace(self, checks=checks, options=options)

    @cached_property
    def text(self) -> str:
        """The entry as it stands in the manifest. Made once: a manifest of hundreds of briefs is written hundreds of times."""
        values = {key: getattr(self, key) for key in _ENTRY}
        for key, value in values.items():
            if isinstance(value, tuple):
                values[key] = [
                    {name: getattr(each, "size" if name == "bytes" else name) for name in _SHAPES[type(each)]}
                    for each in value
                ]
            elif isinstance(value, Mapping):
                values[key] = dict(sorted(value.items()) if key == "versions" else value)
        return _object(values, indent=3, depth=3)


class Manifest(Struct, frozen=True):
    """The ledger of one output folder: its briefs by their names."""

    version: int = VERSION
    briefs: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def with_entry(self, entry: Entry) -> Manifest:
        """The same ledger with `entry` in it, in place of the one of that name.

        One file tells of them all, and goes where one of them goes: where one leaves out what is marked above it, and another does not, none
        keeps words.
        """
        briefs = {**self.briefs, entry.name: entry}
        if len({each.marking for each in briefs.values()}) > 1:
            briefs = {name: each.without_words() for name, each in briefs.items()}
        return replace(self, briefs=MappingProxyType(briefs))

    def as_bytes(self) -> bytes:
        """The manifest as it is written: JSON in UTF-8, briefs sorted by name, the same bytes for the same content."""
        briefs = ",\n".join(f"  {_json(name)}: {self.briefs[name].text}" for name in sorted(self.briefs))
        head = f'{{\n "generator": "briefing",\n "version": {self.version},\n "briefs": '
        return f"{head}{{\n{briefs}\n }}\n}}\n".encode() if briefs else f"{head}{{}}\n}}\n".encode()


_last_read: list[tuple[bytes, Manifest]] = []
"""The manifest that was read or written last, so that hundreds of briefs in one folder do not parse it hundreds of times."""


def read_manifest(folder: Path) -> Manifest | None:
    """The ledger of an output folder; None when it has none. Raises `DataError` for a manifest.json that is broken or somebody else's."""
    file = folder / MANIFEST
    try:
        data = read_regular(file, LARGEST_INPUT)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unusable(file, f"it cannot be read: {error.strerror}") from None
    for known, manifest in _last_read:
        if known == data:
            return manifest
    try:
        manifest = parse(data)
    except ValueError as error:
        raise _unusable(file, str(error)) from None
    _last_read[:] = [(data, manifest)]
    return manifest


def entry_in(folder: Path, name: str) -> Entry | None:
    """What the ledger of `folder` says of the brief `name`; None when it says nothing. Raises as `read_manifest` does."""
    manifest = read_manifest(folder)
    return manifest.briefs.get(name) if manifest is not None else None


def recorded(folder: Path, name: str) -> Entry | None:
    """What the ledger of `folder` says of the brief `name`; None when it says nothing, and when it is broken or somebody else's.

    Nothing is lost by the latter: `put_in_place` refuses such a folder and says why.
    """
    try:
        return entry_in(folder, name)
    except DataError:
        return None


def write_manifest(folder: Path, manifest: Manifest, *, alone: bool) -> None:
    """Replace the ledger of an output folder; `alone` as for `briefing.files.beside`. Raises `RenderError`."""
    data = manifest.as_bytes()
    write_all({folder / MANIFEST: data}, alone=alone)
    _last_read[:] = [(data, manifest)]


def _unusable(file: Path, what: str) -> DataError:
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
    briefs = _value(values, "briefs", _OBJECT, "")
    return Manifest(VERSION, MappingProxyType({name: _entry(name, value) for name, value in briefs.items()}))


class _Form(Struct, frozen=True):
    """What a value of the manifest must be: of a `kind`, or null if it `may_be_null`, and such that it `fits`; else `fault` is what is said
    of it. `made` gives what we hold of it.
    """

    kind: type
    fits: Callable[[Any], object] = lambda value: True
    fault: str = "has a value that does not fit"
    made: Callable[[Any], Any] = lambda value: value
    may_be_null: bool = False


def _is_file_name(value: str) -> bool:
    """Outputs are replaced and read by these names: none may lead out of the folder."""
    return value not in ("", ".", "..") and set(value).isdisjoint("/\\\0")


_TEXT, _NUMBER, _LIST = _Form(str), _Form(int), _Form(list)
_OBJECT = _Form(dict, made=MappingProxyType)
_DIGEST = _Form(str, re.compile(r"[0-9a-f]{64}").fullmatch, "is not a SHA-256")
_DATE = _Form(str, re.compile(r"\d{4}(-\d\d(-\d\d)?)?").fullmatch)
_TIME = _Form(str, re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").fullmatch)
_FILE = _Form(str, _is_file_name, "is not the name of a file", Path)
_VERSIONS = replace(
    _OBJECT,
    fits=lambda value: all(isinstance(each, str) for each in value.values()),
    fault="holds something that is not text",
)
_ENTRY: Final[Mapping[str, _Form]] = {
    "title": _TEXT,
    "date": _DATE,
    "number": replace(_NUMBER, may_be_null=True),
    "series": replace(_TEXT, may_be_null=True),
    "data_file": _TEXT,
    "built": _TIME,
    "fingerprint": _DIGEST,
    "outputs": _LIST,
    "earlier": _LIST,
    "pending": _LIST,
    "drafts": _LIST,
    "inputs": _LIST,
    "options": _OBJECT,
    "versions": _VERSIONS,
    "checks": _OBJECT,
}
"""The fields of an entry as the manifest has them, in order."""
_SHAPES: Final[Mapping[type, Mapping[str, _Form]]] = {
    InputFile: {"role": _TEXT, "path": _TEXT, "sha256": replace(_DIGEST, may_be_null=True), "bytes": _NUMBER},
    Output: {"format": _TEXT, "file": _FILE, "sha256": _DIGEST, "bytes": _NUMBER}
    | {"pages": replace(_NUMBER, may_be_null=True), "modified_ns": _NUMBER},
}
"""The same of what is listed in it, in the order of the classes' own fields."""


def _entry(name: str, values: Any) -> Entry:
    where = f"briefs.{name}"
    if not isinstance(values, dict):
        raise ValueError(f"{where} is not an object")
    values = {"drafts": [], **values}  # older records have none
    found = {key: _value(values, key, form, where) for key, form in _ENTRY.items()}
    for key in ("outputs", "earlier", "pending", "drafts", "inputs"):
        kind = InputFile if key == "inputs" else Output
        found[key] = tuple(_made(kind, each, f"{where}.{key}[{index}]") for index, each in enumerate(found[key]))
    return Entry(name, **found)


def _made(kind: type[InputFile | Output], values: Any, where: str) -> InputFile | Output:
    if kind is Output:
        _value(values, "file", _FILE, where)  # before all else, since it decides what is touched
    return kind(*(_value(values, key, form, where) for key, form in _SHAPES[kind].items()))


def _value(values: Any, key: str, form: _Form, where: str) -> Any:
    """The value of `key`, made. Raises `ValueError` when it is not of the form."""
    place = f"{where}.{key}".lstrip(".")
    if not isinstance(values, dict) or key not in values:
        raise ValueError(f"{place} is missing")
    value = values[key]
    if value is None and form.may_be_null:
        return None
    if not isinstance(value, form.kind) or (form.kind is int and isinstance(value, bool)):
        raise ValueError(f"{place} is of the wrong kind")
    if not form.fits(value):
        raise ValueError(f"{place} {form.fault}")
    return form.made(value)


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
