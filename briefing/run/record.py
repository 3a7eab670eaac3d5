"""Keeping the ledger of an output folder, and putting a brief's outputs in place together with their record.

At every instant the folder holds old or new files, and a manifest that knows them all: what is about to be put in place is announced in the
manifest first, so that the next run never takes a file of ours for one that somebody edited.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from briefing.errors import DataError, Place, Problem, RenderError, Severity, UsageError
from briefing.files import alone_in, sweep, write_all
from briefing.formats import Artifact
from briefing.run.fingerprint import fingerprint
from briefing.run.ledger import MANIFEST, Entry, Manifest, OutputFile, hash_input, parse

CLOCK_VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""The environment variable that says what time it is, in seconds since 1970 (reproducible-builds.org)."""

_last_read: list[tuple[bytes, Manifest]] = []
"""The manifest that was read or written last, so that hundreds of briefs in one folder do not parse it hundreds of times."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A brief that need not be built. `edited` names the outputs that somebody changed since; they are left alone."""

    entry: Entry
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of putting outputs in place: the entry as it stands in the manifest, warnings, and whether anything was written."""

    entry: Entry
    problems: tuple[Problem, ...]
    is_written: bool


def clock() -> str:
    """The time of a build for its entry, in UTC: the one that SOURCE_DATE_EPOCH says, else now. Raises `UsageError` for a value that is none."""
    said = os.environ.get(CLOCK_VARIABLE)
    try:
        seconds = time.time() if said is None else int(said)
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        what = f"'{said}' is not a number of seconds since 1970"
        raise UsageError(
            Problem("bad-option", what, "leave it out, or give a whole number", option=CLOCK_VARIABLE)
        ) from None


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


def is_unchanged(
    entry: Entry,
    folder: Path,
    brief_folder: Path,
    data_file: Path,
    options: Mapping[str, Any],
    versions: Mapping[str, str],
) -> Unchanged | None:
    """Whether building `data_file` into `folder` again would give what is there: None when it has to be built.

    Every input is hashed again, one that was missing must still be; every output must be there. An output that somebody edited since does not
    count as a change: it is left alone, and named.
    """
    if entry.pending or entry.data_file != data_file_from(folder, data_file):
        return None
    if fingerprint(entry.inputs, options, versions) != entry.fingerprint:
        return None
    try:
        if any(hash_input(each.role, brief_folder, each.path) != each for each in entry.inputs):
            return None
        edited = tuple(output.file for output in entry.outputs if not _stands(folder, output))
    except (DataError, OSError):
        return None
    return Unchanged(entry, edited)


def put_in_place(folder: Path, files: Mapping[str, Artifact], entry: Entry) -> Placed:
    """Put a brief's outputs, by their names, into `folder`, and `entry`, whose outputs are filled in from them, into its ledger.

    Only one run at a time does this in a folder. What a killed run left is cleared first. When everything stands there already, nothing is
    written. A file that none of our runs wrote was edited by somebody: it is kept beside as ``NAME.edited-1a2b3c4d.docx``, with a warning.

    Raises `DataError` when the folder has a manifest.json that is not ours, `RenderError` when something cannot be written; the outputs are
    then as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder) as alone:
            sweep(folder, alone=alone)
            return _Placing(folder, alone).put(files, entry)
    except OSError as error:
        what = f"the folder cannot be written to: {error.strerror or error}"
        raise RenderError(Problem("write-failed", what, "check the place", place=Place.of(folder))) from None


@dataclass(frozen=True, slots=True)
class _Placing:
    """Putting outputs in place in a folder that nobody else writes to meanwhile."""

    folder: Path
    alone: bool

    def put(self, files: Mapping[str, Artifact], entry: Entry) -> Placed:
        manifest = read_manifest(self.folder) or Manifest()
        last = manifest.briefs.get(entry.name)
        coming = tuple(_output(file, made) for file, made in files.items())
        found = {file: _sha256(self.folder / file) for file in files}
        is_there = {output.file: output.sha256 for output in coming} == found
        if last is not None and is_there and _says_the_same(last, entry, coming):
            return Placed(last, (), is_written=False)
        ours = {output.sha256 for output in (*_known(last), *coming)}
        edited = {file: sha256 for file, sha256 in found.items() if sha256 is not None and sha256 not in ours}
        problems = tuple(self._keep(file, sha256) for file, sha256 in edited.items())
        if not is_there:
            begun = last if last is not None else replace(entry, outputs=(), earlier=())
            still = (output for output in begun.pending if found.get(output.file) == output.sha256)
            self._write(manifest.with_entry(replace(begun, pending=tuple(dict.fromkeys((*coming, *still))))))
            wanted = {output.file for output in coming if found[output.file] != output.sha256}
            write_all({self.folder / file: files[file].data for file in files if file in wanted}, alone=self.alone)
        outputs = tuple(self._as_placed(output) for output in coming)
        done = replace(entry, outputs=outputs, pending=(), earlier=tuple(self._earlier(last, set(files))))
        self._write(manifest.with_entry(done))
        return Placed(done, problems, is_written=True)

    def _keep(self, file: str, sha256: str) -> Problem:
        """Give the edited file a second name, under which it stays when the new one takes the first."""
        target = self.folder / file
        name = ""
        for digits in (8, len(sha256)):
            name = f"{target.stem}.edited-{sha256[:digits]}{target.suffix}"
            try:
                os.link(target, self.folder / name)
            except FileExistsError:
                if _sha256(self.folder / name) != sha256:
                    continue
            except OSError:  # a file system without links
                write_all({self.folder / name: target.read_bytes()}, alone=self.alone)
            break
        return Problem(
            "edited-output",
            f"'{file}' was not as briefing left it; it is kept as '{name}'",
            "carry over into the data file what shall stay, then delete it",
            place=Place.of(target),
            severity=Severity.WARNING,
        )

    def _write(self, manifest: Manifest) -> None:
        data = manifest.as_bytes()
        write_all({self.folder / MANIFEST: data}, alone=self.alone)
        _last_read[:] = [(data, manifest)]

    def _as_placed(self, output: OutputFile) -> OutputFile:
        return replace(output, modified_ns=(self.folder / output.file).stat().st_mtime_ns)

    def _earlier(self, last: Entry | None, made: set[str]) -> Iterator[OutputFile]:
        """What earlier runs put here under other names than those in `made` and that is still here, each as it was written last."""
        names = dict.fromkeys(output.file for output in _known(last) if output.file not in made)
        for name in names:
            found = _sha256(self.folder / name)
            records = [output for output in _known(last) if output.file == name]
            as_written = next((output for output in records if output.sha256 == found), None)
            if as_written is not None:
                yield self._as_placed(as_written)
            elif found is not None:
                yield records[0]


def _says_the_same(last: Entry, entry: Entry, coming: tuple[OutputFile, ...]) -> bool:
    """Whether the record would be the same but for the time of the build."""
    if {(each.file, each.sha256) for each in last.outputs} != {(each.file, each.sha256) for each in coming}:
        return False
    same = replace(entry, built=last.built, outputs=last.outputs, earlier=last.earlier)
    return not last.pending and same.text == last.text


def _known(entry: Entry | None) -> tuple[OutputFile, ...]:
    """Every output that our runs wrote for a brief or were about to."""
    return (*entry.outputs, *entry.earlier, *entry.pending) if entry is not None else ()


def _output(file: str, made: Artifact) -> OutputFile:
    return OutputFile(made.format, file, hashlib.sha256(made.data).hexdigest(), len(made.data), made.pages, 0)


def _stands(folder: Path, output: OutputFile) -> bool:
    """Whether an output is as it was written. Raises `OSError` when it is not there."""
    found = (folder / output.file).stat()
    if (found.st_size, found.st_mtime_ns) == (output.size, output.modified_ns):
        return True
    return found.st_size == output.size and _sha256(folder / output.file) == output.sha256


def _sha256(file: Path) -> str | None:
    """The SHA-256 of a file's bytes; None when there is no such file. Raises `OSError`."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _foreign(file: Path, what: str) -> DataError:
    hint = f"move it away, or write to another folder: {MANIFEST} is where briefing keeps its ledger"
    return DataError(Problem("manifest", what, hint, place=Place.of(file)))
