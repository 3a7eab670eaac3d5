"""`briefing pull`: documents that came back are read, held against what they were built from, and brought home into the data file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.errors import BriefingError, DataError, Place, Problem, RenderError, UsageError
from briefing.files import alone_in, not_there, write_all
from briefing.formats.docx.comments import AUTHOR
from briefing.formats.docx.edited.base_part import UnreadableBaseError, from_file
from briefing.formats.docx.edited.edited_document import Base, EditedDocument
from briefing.formats.docx.edited.open_edited import read_edited
from briefing.limits import bounded_by
from briefing.pull.document_changes import changes_of
from briefing.pull.found_changes import DocumentChanges
from briefing.pull.outcomes import Outcome, Plan, Prefer
from briefing.pull.pulled import Pulled
from briefing.pull.pulled_comments import pull_comments
from briefing.pull.three_way import ThreeWay
from briefing.regular_files import is_file, read_regular, resolved, unreadable
from briefing.run.checks import check_all
from briefing.run.inputs import find_input
from briefing.run.ledger import MANIFEST, read_manifest
from briefing.run.load import read_settings
from briefing.run.options import read_limits
from briefing.run.word_files.edits_in_place import HowMuch, note_pulled
from briefing.run.word_files.kept_builds import kept_builds, names_kept
from briefing.source import SourceFile
from briefing.source.editing import Edit, Rearrange, edited, reread
from briefing.source.file import Format, read
from briefing.source.nodes import flat_values, steps

Revisions = Literal["accept", "reject", "stop"]
LARGEST_DOCX = 100_000_000
_LEAST_KEPT = 0.6
"""The part of a build's paragraphs that a document without any mark must still have to be taken for it."""
_DEFAULT_LANGUAGE = "en-GB"


class Copy(Struct, frozen=True):
    """A document that came back: how it is called, the SHA-256 of what was read, what that says, and what it was built from."""

    name: str
    sha256: str
    document: EditedDocument
    base: Base


def pull_edits(
    documents: Sequence[str | Path],
    into: str | Path | None = None,
    *,
    revisions: Revisions = "accept",
    prefer: Prefer | None = None,
    is_dry_run: bool = False,
    comments: bool = False,
    limits: Sequence[str] = (),
) -> Pulled:
    """Bring the edits of `documents`, copies of one brief, into its data file, which is found beside them when `into` is left out.

    Tracked changes are read as accepted or rejected, or stop it all; `prefer` settles what the data and a document say differently. With
    `comments`, comments are written beside the items in the data file; with `is_dry_run` nothing is written. What cannot be brought home is told
    in the outcomes. `limits`, ``name=number`` texts, go before those of the brief's settings.

    Raises `UsageError` for a wrong call, `DataError` for a document that cannot be used, holds nothing of what it was built from, or is of no
    brief, and for a data file at fault. Nothing is written then.
    """
    paths = [Path(each) for each in documents]
    data_file = _data_file(paths, Path(into) if into is not None else None)
    with bounded_by(read_settings(data_file.parent).bounds(read_limits(limits)), "bringing the edits home"):
        return _pulled(paths, data_file, into is not None, revisions, prefer, is_dry_run=is_dry_run, comments=comments)


def _pulled(
    paths: Sequence[Path],
    data_file: Path,
    is_named: bool,
    revisions: Revisions,
    prefer: Prefer | None,
    *,
    is_dry_run: bool,
    comments: bool,
) -> Pulled:
    source = read(data_file)
    if source.format is Format.TEMPLATE:
        hint = "bring the edits into the template by hand"
        raise UsageError(
            Problem("not-editable", "a template cannot be changed in place", hint, place=Place.of(data_file))
        )
    data = data_file.read_bytes()
    copies = _copies(paths, "reject" if revisions == "reject" else "accept", data_file)
    if not is_named:
        _refuse_elsewhere(paths, copies, data_file)
    outcomes = list(_warnings(copies))
    if revisions == "stop" and any(each.document.revisions for each in copies):
        outcomes += _tracked(copies)
        return Pulled(data_file, source, data, data, tuple(outcomes))
    values = dict(flat_values(source.root))
    wording = Wording.of(values.get("language", _DEFAULT_LANGUAGE))
    changes = [changes_of(each.name, each.document, each.base, wording) for each in copies]
    outcomes += _unmarked(changes)
    plan = ThreeWay(changes, values, source.root, prefer).joined()
    after, made = _patched(source, data, plan)
    outcomes += [*made, *plan.outcomes]
    found_comments = [(each.name, each.base, comment) for each in copies for comment in each.document.comments]
    after, more = pull_comments(source, after, found_comments, values, is_written_beside=comments)
    outcomes += more
    pulled = Pulled(data_file, source, data, after, tuple(outcomes))
    if is_dry_run:
        return pulled
    before = {(each.code, each.message) for each in _checked(data_file)} if after != data else set()
    with alone_in(data_file.parent):
        if data_file.read_bytes() != data:
            what, hint = "the data file was changed while the documents were read", "pull again"
            raise RenderError(Problem("write-failed", what, hint, place=Place.of(data_file)))
        if after != data:
            write_all({data_file: after}, alone=True, follow=True)
    for each in copies:  # only now: a build may take the place of a document that was noted
        note_pulled(data_file, each.sha256, _how_much(each, outcomes, comments))
    if after == data:
        return pulled
    new = tuple(each for each in _checked(data_file) if (each.code, each.message) not in before)
    return replace(pulled, problems=new, is_written=True)


def _how_much(copy: Copy, outcomes: Sequence[Outcome], comments: bool) -> HowMuch:
    """Whether all that a document holds came home, so that the next build may take its place."""
    left = any(each.status in ("todo", "conflict") and copy.name in (each.who or (copy.name,)) for each in outcomes)
    has_comments = not comments and any(each.author != AUTHOR for each in copy.document.comments)
    return HowMuch.IN_PART if left or has_comments else HowMuch.WHOLLY


def _checked(data_file: Path) -> Iterator[Problem]:
    """Everything that `briefing check` says of the data file."""
    for result in check_all([data_file]):
        yield from result.problems


# -- reading


def _data_file(documents: Sequence[Path], into: Path | None) -> Path:
    """The data file that is named, or that the manifest beside a document names, or that lies there."""
    if into is not None:
        return find_input(into).data_file
    for document in documents:
        named = _in_manifest(document)
        if named is not None:
            return named
    for folder in dict.fromkeys([*(each.parent for each in documents), Path()]):
        if is_file(folder / "brief.yaml"):
            return folder / "brief.yaml"
    if missing := [_missing(each) for each in documents if not is_file(each)]:
        raise UsageError(missing)
    hint = "name it: --into brief.yaml"
    raise UsageError(Problem("no-such-path", "there is no data file beside the document", hint, option="--into"))


def _missing(document: Path) -> Problem:
    return Problem("no-such-path", "there is no such file", not_there(document), place=Place.of(document))


def _in_manifest(document: Path) -> Path | None:
    """The data file of the brief that was built into the folder of a document: of this name, or the only one."""
    if not is_file(document.parent / MANIFEST):
        return None
    try:
        manifest = read_manifest(document.parent)
    except BriefingError:
        return None
    entries = list(manifest.briefs.values()) if manifest else []
    own = [each for each in entries if document.name in {output.path.name for output in each.outputs}]
    found = {each.data_file for each in own or entries}
    named = document.parent / found.pop() if len(found) == 1 else None
    if named is None or not is_file(named):
        return None
    plain = Path(os.path.normpath(named))  # which may lead elsewhere, where a folder on the way is a link
    return plain if resolved(plain) == resolved(named) else resolved(named)


def _refuse_elsewhere(paths: Sequence[Path], copies: Sequence[Copy], data_file: Path) -> None:
    """Raise `UsageError` when a manifest led away to a data file that keeps none of the builds: whoever sent the documents may have written it."""
    home = resolved(data_file.parent)
    if any(home in (resolved(path.parent), resolved(path.parent).parent) for path in paths):
        return
    kept = names_kept(data_file)
    if not any(each.base.build in kept for each in copies):
        what = "the data file that the manifest names keeps nothing of these documents"
        raise UsageError(Problem("no-such-path", what, f"if it is right, say so: --into {data_file}", option="--into"))


def _copies(paths: Sequence[Path], revisions: Literal["accept", "reject"], data_file: Path) -> list[Copy]:
    """The documents, each once. Raises with every one that cannot be used."""
    problems, usage = list[Problem](), False
    found: list[tuple[Path, Copy]] = []
    for path in paths:
        if not is_file(path):
            problems.append(_missing(path))
            usage = True
            continue
        try:
            data = read_regular(path, LARGEST_DOCX)
            document = read_edited(data, path.name, revisions)
            if document.base is None and (kept := _kept_base(document, data_file)) is not None:
                document = read_edited(data, path.name, revisions, kept)
        except OSError as error:
            problems.append(unreadable(error).at(Place.of(path)))
        except DataError as error:
            problems += [each.at(Place.of(path)) for each in error.problems]
        else:
            base = document.base
            if base is None:
                what = "the document holds nothing of what it was built from, so that its edits cannot be told"
                hint = "give the one that 'briefing build' wrote, without --plain-docx, and that was edited in Word or LibreOffice"
                problems.append(Problem("no-base", what, hint, place=Place.of(path)))
            else:
                author = f" ({document.author})" if document.author else ""
                found.append((path, Copy(f"{path.name}{author}", hashlib.sha256(data).hexdigest(), document, base)))
    if problems:
        raise (UsageError if usage else DataError)(problems)
    names = [each.name for _, each in found]
    return [replace(each, name=str(path)) if names.count(each.name) > 1 else each for path, each in found]


def _kept_base(document: EditedDocument, data_file: Path) -> Base | None:
    """What a document without a base was built from, as it was kept beside the data: by its build's name, else the build most of whose
    paragraphs it still has.
    """
    there = {each.seen for each in document.paragraphs}
    best: Base | None = None
    most = _LEAST_KEPT
    for name, data in kept_builds(data_file):
        try:
            base = from_file(data)
        except UnreadableBaseError:
            continue
        if name == document.build:
            return base
        share = sum(each.seen in there for each in base.paragraphs) / max(len(base.paragraphs), 1)
        if share > most:
            best, most = base, share
    return best


# -- what is said of the documents as such


def _warnings(copies: Sequence[Copy]) -> Iterator[Outcome]:
    for each in copies:
        for what in each.document.left_alone:
            yield Outcome("note", "left-alone", "", f"the document has {what}, which was left alone", who=(each.name,))


def _tracked(copies: Sequence[Copy]) -> Iterator[Outcome]:
    for each in copies:
        for revision in each.document.revisions:
            message = (
                f"a tracked change ({revision.kind}) by {revision.author or 'nobody named'} {revision.date}".rstrip()
            )
            yield Outcome("todo", "tracked", "", message, "", revision.text, (each.name,))


def _unmarked(changes: Sequence[DocumentChanges]) -> Iterator[Outcome]:
    for each in changes:
        if not each.marked:
            message = "every mark is gone from the document: its texts were known by their words and places alone"
            yield Outcome("note", "no-marks", "", message, who=(each.name,))


# -- writing


def _patched(source: SourceFile, data: bytes, plan: Plan) -> tuple[bytes, list[Outcome]]:
    """The data file with the edits made, and what came of each; one that cannot be made in place is left to do."""
    # Values first; then lists, those within items of others before these, each on its own: the paths of the others hold.
    lists = [each for each in plan.edits if isinstance(each[0], Rearrange)]
    values = [each for each in plan.edits if not isinstance(each[0], Rearrange)]
    deepest = sorted(lists, key=lambda each: -len(steps(each[0].path)) if isinstance(each[0], Rearrange) else 0)
    done: list[Outcome] = []
    for group in [values, *([each] for each in deepest)]:
        data, made = _edited(reread(source, data), data, group)
        done += made
    return data, done


def _edited(
    source: SourceFile, data: bytes, edits: Sequence[tuple[Edit, list[Outcome]]]
) -> tuple[bytes, list[Outcome]]:
    """The edits together, or else those that can be made."""
    if not edits:
        return data, []
    try:
        return edited(source, data, [edit for edit, _ in edits]), [each for _, outcomes in edits for each in outcomes]
    except BriefingError as error:
        if len(edits) == 1:
            why = error.problems[0].message
            return data, [replace(each, status="todo", message=f"{each.message}: {why}") for each in edits[0][1]]
    done: list[Outcome] = []
    for one in edits:
        data, made = _edited(reread(source, data), data, [one])
        done += made
    return data, done
