"""Telling what need not be built, and putting what was built in its place together with its record: done by the caller alone, in one process.

At every instant the folder holds old or new files, and a manifest that knows them all: what is about to be put in place is announced in the
manifest first, so that the next run never takes a file of ours for one that somebody edited.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import BriefingError, DataError, ExitCode, Place, Problem, RenderError, Severity, cause_of, located
from briefing.files import alone_in, path_from, sweep, write_all
from briefing.formats import EDITED_FORMAT, Artifact
from briefing.formats.docx.received import Received
from briefing.regular_files import LARGEST_OUTPUT, NotAFileError, kind_in_place, kind_of_path, read_regular
from briefing.run.archive import move_latest
from briefing.run.fingerprint import fingerprint
from briefing.run.inputs import BriefInput
from briefing.run.ledger import (
    MANIFEST,
    Entry,
    Manifest,
    Output,
    hash_file,
    hash_in_place,
    hash_input,
    read_manifest,
    write_manifest,
)
from briefing.run.options import BuildOptions
from briefing.run.result import BuildResult, OverlongError, Status, read_checks
from briefing.run.word_files.edits_in_place import (
    HowMuch,
    held_back,
    holds_edits,
    is_beside,
    names_beside,
    not_ours,
    pulled,
    what_stands_at,
)
from briefing.run.word_files.kept_builds import keep_build
from briefing.versions import versions

if TYPE_CHECKING:
    from briefing.run.work import Finished


def unchanged_result(brief: BriefInput, options: BuildOptions) -> BuildResult | None:
    """The outcome of a brief that is unchanged; None when it has to be built. In an archive, the link to the newest issue is looked after.

    Raises `DataError` for a folder whose manifest is broken or somebody else's, `UsageError` for an archive of another series.
    """
    folder = options.folder_of(brief)
    manifest = read_manifest(folder)
    if manifest is None or options.force:
        return None
    entry: Entry | None = None
    waived: tuple[Mapping[str, Any], ...] = ()
    quotes: tuple[Mapping[str, Any], ...] = ()
    outputs: list[Output] = []
    found: list[Problem] = []
    done = ExitCode.DONE
    for part in options.parts:
        entry = manifest.briefs.get(part.record_name(brief))
        if entry is None:
            return None
        edited = edited_if_unchanged(entry, folder, brief.data_file, part.fingerprinted(brief), versions())
        if edited is None or (edited and options.replace_edited):
            return None
        try:
            if any(pulled(brief.data_file, hash_file(folder / file) or "") for file in edited):
                return None
            for output in (each for each in entry.outputs if is_beside(each, entry)):
                stands = folder / f"{entry.name}{output.path.suffix}"
                if options.replace_edited or not holds_edits(stands, entry):
                    return None  # what kept the new file out of its place is gone, or may be replaced
                found.append(held_back(stands, output.file))
                done = ExitCode.CHECK
            problems, waived, quotes = read_checks(brief.folder, entry.checks)
        except OSError:  # building it says what stands there
            return None
        except (KeyError, TypeError, ValueError):  # somebody else wrote in it
            return None
        outputs += entry.outputs_in(folder)
        found += (*problems, *(_edited(folder / file) for file in edited))
    sweep(folder)
    if options.publish is not None and entry is not None:
        move_latest(options.publish, entry)
    said = tuple(dict.fromkeys(found))
    return BuildResult(brief.name, brief.data_file, Status.UNCHANGED, done, tuple(outputs), said, waived, quotes)


def edited_if_unchanged(
    entry: Entry, folder: Path, data_file: Path, options: Mapping[str, Any], versions: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The names of the outputs that somebody edited since, when building `data_file` into `folder` again would give what is there; else None.

    Every input is hashed again, one that was missing must still be; every output must be there. An edited one does not count as a change: it is
    left alone.
    """
    if entry.pending or entry.drafts or entry.data_file != path_from(folder, data_file):
        return None
    if fingerprint(entry.inputs, options, versions) != entry.fingerprint:
        return None
    try:
        if any(hash_input(each.role, data_file.parent, each.path) != each for each in entry.inputs):
            return None
        return tuple(output.file for output in entry.outputs if not _stands(folder, output))
    except (DataError, OSError):
        return None


def place(
    finished: Finished, brief: BriefInput, options: BuildOptions, refreshed: frozenset[str] = frozenset()
) -> BuildResult:
    """Put a brief's finished files in place, with their record, and say what came of it.

    When the files are in place and only the archive's link could not be moved, the result has its files and is failed. Raises `DataError` or
    `RenderError` when the files could not be put in place.
    """
    folder = options.folder_of(brief)
    for files, _ in finished.records:
        for made in files.values():
            if made.base is not None:
                keep_build(brief.data_file, *made.base)
    placed = [
        put_in_place(
            folder,
            files,
            replace(entry, data_file=path_from(folder, brief.data_file)),
            replace_edited=options.replace_edited,
            refreshed=refreshed,
        )
        for files, entry in finished.records
    ]
    outputs = tuple(output for each in placed for output in each.entry.outputs_in(folder))
    problems = (*finished.problems, *(problem for each in placed for problem in each.problems))
    is_held = any(each.is_held for each in placed)
    status, code = Status.BUILT, ExitCode.CHECK if is_held else ExitCode.DONE
    if options.publish is not None:
        try:
            move_latest(options.publish, placed[-1].entry)
        except BriefingError as error:
            status, code, problems = Status.FAILED, error.exit_code, (*problems, *error.problems)
    return BuildResult(brief.name, brief.data_file, status, code, outputs, problems, finished.waived, finished.quotes)


def place_draft(stopped: OverlongError, brief: BriefInput, options: BuildOptions) -> tuple[Problem, ...]:
    """Write the draft of a brief that is too long beside its outputs, which stay, and give back every problem met. Raises nothing."""
    folder = options.folder_of(brief)
    entry = replace(stopped.entry, data_file=path_from(folder, brief.data_file))
    try:
        return (*stopped.problems, *put_in_place(folder, {stopped.file: stopped.draft}, entry, is_draft=True).problems)
    except BriefingError as error:
        return (*stopped.problems, *error.problems)


def failed(brief: BriefInput, error: BriefingError) -> BuildResult:
    """The outcome of a brief that `error` stopped."""
    return BuildResult(
        brief.name, brief.data_file, Status.FAILED, error.exit_code, (), located(error.problems, brief.data_file)
    )


class Placed(Struct, frozen=True):
    """What came of putting outputs in place: the entry as it stands in the manifest, what there is to say, whether anything was written, and
    whether a file was held back from its place.
    """

    entry: Entry
    problems: tuple[Problem, ...]
    is_written: bool
    is_held: bool = False


def put_in_place(
    folder: Path,
    files: Mapping[str, Artifact],
    entry: Entry,
    *,
    replace_edited: bool = False,
    refreshed: frozenset[str] = frozenset(),
    is_draft: bool = False,
) -> Placed:
    """Put a brief's outputs, by their names, into `folder`, and `entry`, whose outputs are filled in from them, into its ledger.

    A draft is recorded as what it is, beside the record of the outputs that stand there; it goes when outputs come.

    Only one run at a time does this in a folder. What a killed run left is cleared first. When everything stands there already, nothing is
    written. A Word file with edits that were not pulled stays as it is, and the new one goes beside it as ``NAME.new.docx``, unless it is to
    `replace_edited` ones. What the files with the SHA-256s `refreshed` held is all in the new ones. Any other file that none of our runs wrote is
    kept beside as ``NAME.edited-1a2b3c4d.docx``, with a warning.

    Raises `DataError` when the folder has a manifest.json that is not ours, `RenderError` when something cannot be written; the outputs are
    then as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder) as alone:
            sweep(folder, alone=alone)
            if is_draft:
                return _put_draft(folder, files, entry, alone=alone)
            return _put(folder, files, entry, refreshed, alone=alone, replace_edited=replace_edited)
    except OSError as error:
        raise RenderError(_not_written(folder, error)) from None


def _not_written(folder: Path, error: OSError) -> Problem:
    """Why nothing could be put into `folder`: what stands in its way, or what the system says."""
    there = next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)
    what, hint = f"the folder cannot be written to: {cause_of(error)}", "check the place"
    if not there.is_dir():
        what = f"{kind_of_path(there) or 'a file'} stands where the folder '{there}' should be"
        hint = "move it away, or choose another place"
    return Problem("write-failed", what, hint, place=Place.of(folder))


def _put(
    folder: Path,
    files: Mapping[str, Artifact],
    entry: Entry,
    refreshed: frozenset[str],
    *,
    alone: bool,
    replace_edited: bool,
) -> Placed:
    """The same in a folder that nobody else writes to meanwhile, if the file system can promise that: when we are `alone`."""
    _refuse_replaced(folder, files)
    manifest = read_manifest(folder) or Manifest()
    last = manifest.briefs.get(entry.name)
    known = last.known if last is not None else ()
    taken = {output.file for name, each in manifest.briefs.items() if name != entry.name for output in each.known}
    beside = {} if replace_edited or refreshed else names_beside(folder, files, last or entry, taken)
    held = tuple(held_back(folder / name, other) for name, other in beside.items())
    files = {beside.get(name, name): made for name, made in files.items()}
    coming = tuple(_output(file, made) for file, made in files.items())
    found = {file: hash_file(folder / file) for file in files}
    is_there = {output.file: output.sha256 for output in coming} == found
    if last is not None and is_there and not last.drafts and _says_the_same(manifest, last, entry, coming):
        return Placed(last, held, is_written=False, is_held=bool(held))
    ours = {None, *refreshed, *(output.sha256 for output in (*known, *coming))}
    edited = {file: sha256 for file, sha256 in found.items() if sha256 not in ours}
    data_file = folder / entry.data_file
    kept = {file: sha256 or "" for file, sha256 in edited.items() if pulled(data_file, sha256 or "") != HowMuch.WHOLLY}
    problems = (*held, *(_keep(folder / file, sha256, files[file], alone=alone) for file, sha256 in kept.items()))
    if not is_there:
        begun = last if last is not None else replace(entry, outputs=(), earlier=())
        still = (output for output in begun.pending if hash_in_place(folder / output.file) == output.sha256)
        begun = replace(begun, pending=tuple(dict.fromkeys((*coming, *still))))
        write_manifest(folder, manifest.with_entry(begun), alone=alone)
        wanted = [output.file for output in coming if found[output.file] != output.sha256]
        write_all({folder / file: files[file].data for file in wanted}, alone=alone)
    for output in known:
        is_needless = is_beside(output, entry) and f"{entry.name}{output.path.suffix}" in files
        if is_needless and hash_in_place(folder / output.file) == output.sha256:
            (folder / output.file).unlink(missing_ok=True)  # it stands in its own place now
    drafts = last.drafts if last is not None else ()
    for draft in drafts:
        if draft.file not in files and hash_in_place(folder / draft.file) == draft.sha256:
            (folder / draft.file).unlink(missing_ok=True)
    earlier = tuple(_earlier(folder, [each for each in known if each not in drafts], files))
    done = replace(entry, outputs=tuple(_as_placed(folder, each) for each in coming), pending=(), earlier=earlier)
    write_manifest(folder, manifest.with_entry(done), alone=alone)
    return Placed(done, problems, is_written=True, is_held=bool(held))


def _put_draft(folder: Path, files: Mapping[str, Artifact], entry: Entry, *, alone: bool) -> Placed:
    """The same for a draft, which replaces no output."""
    _refuse_replaced(folder, files)
    manifest = read_manifest(folder) or Manifest()
    last = manifest.briefs.get(entry.name) or replace(entry, outputs=(), earlier=())
    known = {None, *(output.sha256 for output in last.known)}
    problems = []
    for file, made in files.items():
        found, coming = hash_file(folder / file), _output(file, made)
        if found not in {*known, coming.sha256}:
            problems.append(_keep(folder / file, found or "", made, alone=alone))
        last = replace(last, drafts=(*(each for each in last.drafts if each.file != file), coming))
    write_manifest(folder, manifest.with_entry(last), alone=alone)
    write_all({folder / file: made.data for file, made in files.items()}, alone=alone)
    return Placed(last, tuple(problems), is_written=True)


def _refuse_replaced(folder: Path, files: Mapping[str, Artifact]) -> None:
    """Raise `RenderError` for what stands in the place of a file of ours and is none: it is neither written through nor taken away."""
    hint = "move it away, or write to another folder"
    problems = [
        Problem("not-a-file", f"{kind} stands where '{name}' is to be written", hint, place=Place.of(folder / name))
        for name in (*files, MANIFEST)
        if (kind := kind_in_place(folder / name)) is not None
    ]
    if problems:
        raise RenderError(problems)


def _keep(target: Path, sha256: str, new: Artifact, *, alone: bool) -> Problem:
    """Give the edited file a second name, under which it stays when the new one takes the first."""
    name = ""
    for digits in (8, len(sha256)):
        name = f"{target.stem}.edited-{sha256[:digits]}{target.suffix}"
        try:
            os.link(target, target.with_name(name))
        except FileExistsError:
            if hash_in_place(target.with_name(name)) != sha256:
                continue
        except OSError:  # a file system without links
            write_all({target.with_name(name): read_regular(target, LARGEST_OUTPUT)}, alone=alone)
        break
    else:
        what = f"'{target.name}' was edited, and something else stands where it is to be kept, as '{name}'"
        raise RenderError(Problem("write-failed", what, "move that away", place=Place.of(target.with_name(name))))
    is_not = not_ours(target) if new.format == EDITED_FORMAT else "was not as briefing left it"
    what = f"'{target.name}' {is_not}; it is kept as '{name}'"
    hint = "carry over into the data file what shall stay, then delete it"
    return Problem("edited-output", what, hint, place=Place.of(target), severity=Severity.WARNING)


def _as_placed(folder: Path, output: Output) -> Output:
    return replace(output, modified_ns=(folder / output.file).stat().st_mtime_ns)


def _earlier(folder: Path, known: Sequence[Output], made: Container[str]) -> Iterator[Output]:
    """What earlier runs put here under other names than those in `made` and that is still here, each as it was written last."""
    for name in dict.fromkeys(output.file for output in known if output.file not in made):
        found = hash_in_place(folder / name)
        records = [output for output in known if output.file == name]
        as_written = next((output for output in records if output.sha256 == found), None)
        if as_written is not None:
            yield _as_placed(folder, as_written)
        elif found is not None:
            yield records[0]


def _says_the_same(manifest: Manifest, last: Entry, entry: Entry, coming: tuple[Output, ...]) -> bool:
    """Whether the record would be the same but for the time of the build."""
    if {(each.file, each.sha256) for each in last.outputs} != {(each.file, each.sha256) for each in coming}:
        return False
    same = replace(entry, built=last.built, outputs=last.outputs, earlier=last.earlier)
    return not last.pending and manifest.with_entry(same).briefs[last.name].text == last.text


def _output(file: str, made: Artifact) -> Output:
    return Output(made.format, Path(file), hashlib.sha256(made.data).hexdigest(), len(made.data), made.pages, 0)


def _stands(folder: Path, output: Output) -> bool:
    """Whether an output is as it was written. Raises `OSError` when it is not there, or something else stands in its place."""
    if kind := kind_in_place(folder / output.file):
        raise NotAFileError(errno.EINVAL, f"it is {kind}")
    found = (folder / output.file).stat()
    if (found.st_size, found.st_mtime_ns) == (output.size, output.modified_ns):
        return True
    return found.st_size == output.size and hash_file(folder / output.file) == output.sha256


def _edited(file: Path) -> Problem:
    what = f"'{file.name}' is not as briefing left it; it was left alone"
    hint = "carry over into the data file what shall stay; it is kept under another name when the brief is built again"
    if what_stands_at(file) is not Received.OTHER:
        hint = f"bring home what was edited with 'briefing pull {file}'"
    return Problem("edited-output", what, hint, place=Place.of(file), severity=Severity.NOTE)
