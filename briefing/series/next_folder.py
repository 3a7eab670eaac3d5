"""Making the next issue's folder from the last one."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefing.errors import BriefingError, DataError, Place, Problem, RenderError, UsageError, cause_of
from briefing.files import inside, new_folder, path_from, write_through
from briefing.limits import limits
from briefing.regular_files import LARGEST_INPUT, is_file, read_regular, resolved
from briefing.schema import Brief, PaperStatus, PartialDate
from briefing.schema.brief import KINDS
from briefing.schema.named_files import named_files
from briefing.schema.new_brief import SCHEMA_FILE
from briefing.schema.settings import FILE_NAME as SETTINGS_FILE
from briefing.series.issue_folders import Issue, IssueReader
from briefing.series.next_issue import ALONE, Fate, FolderName, NextIssue, next_folder_name, plan_next
from briefing.source.editing import Edit, RemoveItems, RemoveKeys, RemoveValue, SetValue, edited

_ALSO_CARRIED = (SETTINGS_FILE, SCHEMA_FILE)
"""Files beside the data file that belong to how a brief is checked and typed, not to one issue."""
_WORDS = {**{kind.key: kind.word if kind.rank else kind.key for kind in KINDS}, "waivers": "waiver"}


class MadeIssue(Struct, frozen=True):
    """The next issue as it was made: its data file, the last one's, what was carried and left, and which files came along."""

    data_file: Path
    previous: Path
    name: FolderName
    last: Brief
    plan: NextIssue
    files: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain values, for `--json`."""
        return {
            "data_file": str(self.data_file),
            "previous": str(self.previous),
            "name": {"name": self.name.name, "reason": self.name.reason},
            **{
                name: {"from": old, "to": new} | ({"reason": reason} if reason else {})
                for name, old, new, reason in self._advanced()
            },
            "carried": [_fate_json(fate) for fate in self.plan.fates if fate.is_carried],
            "left": [_fate_json(fate) for fate in self.plan.fates if not fate.is_carried],
            "keys_left": list(self.plan.keys_left),
            "files": list(self.files),
        }

    def lines(self) -> Iterator[str]:
        """The outcome for a person, line by line."""
        yield f"made {self.data_file} after {self.previous}"
        yield f"name: {self.name.name} ({self.name.reason})"
        for name, old, new, reason in self._advanced():
            step = f"{old} -> {new}" + (f" ({reason})" if reason else "")
            yield f"{name}: {step if new is not None else 'none is given'}"
        for is_carried, verb in ((True, "carried"), (False, "left")):
            for fate in self.plan.fates:
                if fate.is_carried is is_carried:
                    called = f"{fate.item}: {fate.name}" if fate.item and fate.family != "waivers" else fate.name
                    word = _WORDS[fate.family].replace("_", " ")
                    yield f"{verb} {word} {called} ({fate.reason})"
        yield from (f"left {name} (it is the last issue's)" for name in self.plan.keys_left)
        yield from (f"carried file {name}" for name in self.files)

    def _advanced(self) -> Iterator[tuple[str, Any, Any, str]]:
        series, plan = self.last.series, self.plan
        assert series is not None
        yield "number", series.number, plan.number, ""
        yield "date", str(self.last.date), str(plan.date), plan.date_reason
        periods = [f"{period.start} to {period.end}" if period else None for period in (series.period, plan.period)]
        yield "period", periods[0], periods[1], ""
        if self.last.status is not None:
            yield "status", self.last.status.value, PaperStatus.DRAFT.value, ""
        yield "next", str(series.next) if series.next else None, str(plan.next) if plan.next else None, ""


def _fate_json(fate: Fate) -> dict[str, Any]:
    values = {"kind": _WORDS[fate.family], "id": fate.item, "name": fate.name, "path": fate.path, "reason": fate.reason}
    return values if fate.issues is None else {**values, "issues": fate.issues}


class IssuePlace(Struct, frozen=True):
    """What the issue after another begins with, what its folder is called, and where that is."""

    plan: NextIssue
    name: FolderName
    folder: Path


def place_after(
    last: Issue, *, date: PartialDate | str | None = None, output_dir: str | Path | None = None
) -> IssuePlace:
    """Where the issue after `last` belongs. Raises `UsageError` and `DataError` as `make_issue_after` does; nothing is made."""
    try:
        plan = plan_next(last.brief, date_option(date, "--date") if date is not None else None)
    except DataError as error:
        raise DataError(last.source.placed(error.problems)) from None
    series = last.brief.series
    assert series is not None
    name = next_folder_name(resolved(last.folder).name, (last.brief.date, plan.date), (series.number, plan.number))
    parent = Path(output_dir) if output_dir is not None else _parent(last.folder)
    return IssuePlace(plan, name, parent / name.name)


def make_issue_after(
    last: Issue, reader: IssueReader, *, date: PartialDate | str | None = None, output_dir: str | Path | None = None
) -> MadeIssue:
    """Make the folder of the issue after `last`, whole or not at all, and look whether what is made can be read. Nothing is overwritten.

    Raises `UsageError` when the folder is there already, `DataError` when `last` cannot be changed in place, `RenderError` when the folder cannot
    be made.
    """
    place = place_after(last, date=date, output_dir=output_dir)
    plan, target = place.plan, place.folder
    if os.path.lexists(target):
        hint = "it may be the next issue, made before; choose another place with --output-dir, or rename it"
        raise UsageError(Problem("already-exists", "it is there already", hint, place=Place.of(target)))
    previous = path_from(target, last.data_file)
    with reader.limited(last.folder):
        held = read_regular(last.data_file, limits().data_file_bytes)
        data = edited(last.source, held, list(_edits(last.brief, plan, previous)))
    files = _files(last, plan)
    _make(target, last.data_file.name, data, files, reader)
    return MadeIssue(target / last.data_file.name, last.data_file, place.name, last.brief, plan, tuple(files))


def date_option(date: PartialDate | str, option: str) -> PartialDate:
    """The date that `option` gives. Raises `UsageError` when it is none."""
    if not isinstance(date, str):
        return date
    try:
        return PartialDate.parse(date)
    except ValueError as error:
        hint = "write 2026, 2026-03 or 2026-03-14"
        raise UsageError(Problem("bad-option", str(error), hint, option=option)) from None


def _parent(folder: Path) -> Path:
    """The folder around `folder`, named as the caller did where that leads to the same place."""
    is_named = folder.name == resolved(folder).name and not folder.is_symlink()
    return folder.parent if is_named else resolved(folder).parent


def _edits(last: Brief, plan: NextIssue, previous: str) -> Iterator[Edit]:
    yield SetValue("date", str(plan.date))
    if plan.number is not None:
        yield SetValue("series.number", str(plan.number))
    if plan.period is not None:
        yield SetValue("series.period.start", str(plan.period.start))
        yield SetValue("series.period.end", str(plan.period.end))
    if plan.next is not None:
        yield SetValue("series.next", str(plan.next))
    yield SetValue("series.previous", previous, after=("next", "period", "number", "title"))
    if last.status is not None:
        yield SetValue("status", PaperStatus.DRAFT.value)
    if plan.keys_left:
        yield RemoveKeys(frozenset(plan.keys_left))
    for index in plan.raised:
        yield SetValue(f"open_questions[{index}].raised", str(last.date), after=("status", "why", "question"))
    for index, item in plan.waived_paths:
        yield SetValue(f"waivers[{index}].item", item)
    for family in dict.fromkeys(fate.family for fate in plan.fates):
        if plan.left(family) == {ALONE}:
            yield RemoveValue(family)
        elif plan.left(family):
            yield RemoveItems(family, plan.left(family))


def _files(loaded: Issue, plan: NextIssue) -> dict[str, Path]:
    """The files that come along, by their names below the folder."""
    left = plan.left("sources")
    stays = {f"sources[{index}].text" for index in left}
    named = [file.name for file in named_files(loaded.brief) if file.path not in stays]
    found = {os.path.normpath(name): inside(loaded.folder, name, "") for name in named}
    also = {name: loaded.folder / name for name in _ALSO_CARRIED if is_file(loaded.folder / name)}
    return {name: file for name, file in {**found, **also}.items() if name != loaded.data_file.name}


def _make(target: Path, data_file: str, data: bytes, files: dict[str, Path], reader: IssueReader) -> None:
    """Make the folder under another name beside its place, look whether the brief in it is sound, and rename it."""
    try:
        with new_folder(target) as made:
            for name, file in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                write_through(made / name, read_regular(file, LARGEST_INPUT))
            write_through(made / data_file, data)
            _check(made / data_file, reader)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            problem = Problem("already-exists", "it is there already", "choose another place", place=Place.of(target))
            raise UsageError(problem) from None
        what = f"the folder cannot be made: {cause_of(error)}"
        raise RenderError(Problem("write-failed", what, "check the place", place=Place.of(target))) from None


def _check(data_file: Path, reader: IssueReader) -> None:
    try:
        reader.read(data_file)
    except BriefingError as error:
        unsound = "the next issue would not be sound: "
        raise DataError(
            Problem(each.code, unsound + each.message, each.hint, each.data_path) for each in error.problems
        ) from None
