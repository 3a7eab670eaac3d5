"""Holding an output folder against its ledger: what was touched since."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from briefing.errors import DataError, ExitCode, Place, Problem, UsageError, cause_of
from briefing.files import alone_in, not_there
from briefing.formats import FORMATS, load_format
from briefing.regular_files import is_below, is_file, kind_in_place, kind_of_path
from briefing.run.ledger import MANIFEST, Entry, InputFile, Manifest, hash_input, read_manifest
from briefing.schema.settings import FILE_NAME as SETTINGS_FILE
from briefing.source import format_of


class State(StrEnum):
    """What became of a recorded file."""

    UNTOUCHED = "untouched"
    CHANGED = "changed"
    MISSING = "missing"
    NEW = "new"
    """It was not there when the brief was built, and is there now."""
    UNREADABLE = "unreadable"
    REPLACED = "replaced"
    """Something stands there that is no file: a folder, a link, a pipe."""
    NOT_OF_A_BRIEF = "not looked at"
    """The manifest names a file that a brief in its place would not read."""
    NOT_AT_HAND = "not at hand"
    """No input of the brief can be found from here: the outputs were moved away from them."""


class VerifiedFile(Struct, frozen=True):
    """A recorded file: what it is (a format, or an input's role), its path as it is recorded, and what became of it.

    `recorded` and `found` are SHA-256s; None for a file that was not there, or is not.
    """

    kind: str
    path: str
    state: State
    recorded: str | None
    found: str | None
    instead: str | None = None
    """What stands there when it is no file: 'a folder'."""

    def as_json(self) -> dict[str, Any]:
        """The file as plain values, for `--json`."""
        return asdict(self)


class VerifiedBrief(Struct, frozen=True):
    """One brief of a folder. It is unfinished when the last run that wrote it was ended midway."""

    name: str
    built: str
    is_unfinished: bool
    outputs: tuple[VerifiedFile, ...]
    inputs: tuple[VerifiedFile, ...]

    @property
    def touched(self) -> tuple[tuple[str, VerifiedFile], ...]:
        """Every file that is not as it was, with 'output' or 'input'."""
        calm = (State.UNTOUCHED, State.NOT_AT_HAND)
        listed = [("output", each) for each in self.outputs] + [("input", each) for each in self.inputs]
        return tuple((what, each) for what, each in listed if each.state not in calm)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was touched and nothing is unfinished."""
        return not self.touched and not self.is_unfinished


class Verification(Struct, frozen=True):
    """A folder held against its ledger. `extra` names the files that look like outputs and that no record names; they do not count as touched."""

    folder: Path
    briefs: tuple[VerifiedBrief, ...]
    extra: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0 when nothing was touched since, 4 when something was."""
        return ExitCode.DONE if all(brief.is_sound for brief in self.briefs) else ExitCode.CHECK

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain values, for `--json`."""
        return {
            "folder": str(self.folder),
            "exit_code": int(self.exit_code),
            "briefs": [
                {"brief": brief.name, "built": brief.built, "unfinished": brief.is_unfinished}
                | {"outputs": [each.as_json() for each in brief.outputs]}
                | {"inputs": [each.as_json() for each in brief.inputs]}
                for brief in self.briefs
            ],
            "extra": list(self.extra),
            "problems": [],
        }

    def lines(self) -> Iterator[str]:
        """The outcome for a person: what was touched, brief by brief."""
        for brief in self.briefs:
            head = f"{self.folder}: {brief.name}, built {brief.built}"
            yield f"{head}: nothing was touched" if brief.is_sound else f"{head}:"
            if brief.is_unfinished:
                yield "  a run that wrote it was ended midway; build it again"
            for what, each in brief.touched:
                more = f" by {each.instead}" if each.instead else ""
                more = ", since a brief there would not read it" if each.state is State.NOT_OF_A_BRIEF else more
                yield f"  {what} {each.path} ({each.kind}): {each.state}{more}"
            if any(each.state is State.NOT_AT_HAND for each in brief.inputs):
                yield "  its inputs are not at hand"
        for name in self.extra:
            yield f"{self.folder}: {name} is in no record"


def verify_folder(folder: str | Path) -> Verification:
    """Hash every output and input that the ledger of `folder` records, and say what was touched since.

    Raises `UsageError` when the folder has no ledger, `DataError` when its manifest.json is broken or somebody else's.
    """
    where = Path(folder)
    if not where.is_dir():
        raise UsageError(Problem("no-such-path", "there is no such folder", not_there(where), place=Place.of(where)))
    try:
        with alone_in(where):
            manifest = read_manifest(where)
            if manifest is None:
                inner = sorted(path.parent for path in where.glob(f"*/{MANIFEST}"))
                hint = f"name {inner[0]}" if len(inner) == 1 else "name a folder that briefing wrote to"
                raise UsageError(Problem("manifest", f"the folder has no {MANIFEST}", hint, place=Place.of(where)))
            briefs = tuple(_brief(where, manifest.briefs[name]) for name in sorted(manifest.briefs))
            return Verification(where, briefs, tuple(_extra(where, manifest)))
    except OSError as error:
        what = f"the folder cannot be read: {cause_of(error)}"
        raise DataError(Problem("unreadable", what, "check its permissions", place=Place.of(where))) from None


def _brief(folder: Path, entry: Entry) -> VerifiedBrief:
    # An earlier build's output that is gone was cleared away, since it no longer goes with the others.
    earlier = [output for output in entry.earlier if os.path.lexists(folder / output.file)]
    outputs: dict[str, VerifiedFile] = {}
    for each in (*entry.outputs, *earlier, *entry.pending):
        # What a run that was ended midway has put in place is not a touched file; else the last record counts.
        records = [output for output in entry.known if output.file == each.file]
        known = {output.sha256 for output in records}
        outputs[each.file] = _file(records[0].format, folder, each.file, records[0].sha256, known)
    home = folder / PurePosixPath(entry.data_file).parent
    if any(each.sha256 is not None and _is_there(home / each.path) for each in entry.inputs):
        inputs = [
            _file(each.role, home, each.path, each.sha256, {each.sha256})
            if _may_be_read(home, each, entry.inputs)
            else VerifiedFile(each.role, each.path, State.NOT_OF_A_BRIEF, each.sha256, None)
            for each in entry.inputs
        ]
    else:
        inputs = [VerifiedFile(each.role, each.path, State.NOT_AT_HAND, each.sha256, None) for each in entry.inputs]
    return VerifiedBrief(entry.name, entry.built, bool(entry.pending), tuple(outputs.values()), tuple(inputs))


def _is_there(file: Path) -> bool:
    return is_file(file) or kind_of_path(file) is not None


def _may_be_read(home: Path, each: InputFile, inputs: Sequence[InputFile]) -> bool:
    """Whether a brief in the folder `home` could have read an input: a manifest may come from anybody, and name any file."""
    file = home / each.path
    if format_of(each.path) is not None:
        return each.role in ("previous", "redline") or is_below(file, home)
    if each.role == "settings" or PurePosixPath(each.path).name == SETTINGS_FILE:
        return file.suffix == ".toml"
    if each.role == "redline":
        earlier = [home / one.path for one in inputs if one.role == "redline" and format_of(one.path) is not None]
        return any(is_file(data) and is_below(file, data.parent) for data in earlier)
    # Without the data file, the folder is none of a brief's.
    data = [one for one in inputs if one.role == "data" and format_of(one.path) is not None]
    return is_below(file, home) and any(is_file(home / one.path) for one in data)


def _file(kind: str, folder: Path, path: str, recorded: str | None, known: Container[str | None]) -> VerifiedFile:
    """A file that was `recorded`; with one of the `known` hashes it is as a run of ours left it."""
    instead = kind_in_place(folder / path) if kind in FORMATS else kind_of_path(folder / path)
    if instead is not None:
        return VerifiedFile(kind, path, State.REPLACED, recorded, None, instead)
    try:
        found = hash_input(kind, folder, path).sha256
    except DataError:
        return VerifiedFile(kind, path, State.UNREADABLE, recorded, None)
    if found in known:
        state = State.UNTOUCHED
    elif found is None:
        state = State.MISSING
    else:
        state = State.NEW if recorded is None else State.CHANGED
    return VerifiedFile(kind, path, state, recorded, found)


def _extra(folder: Path, manifest: Manifest) -> Iterator[str]:
    known = {output.file for entry in manifest.briefs.values() for output in entry.known}
    suffixes = [load_format(name).suffix for name in FORMATS]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in suffixes and path.name not in known and not path.name.startswith((".", "~$")):
            yield path.name
