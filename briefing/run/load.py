"""From a data file to a sound brief, with every fault at its line; and an office's settings."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.compose import resolve
from briefing.compose.house import PLAIN_HOUSE, House
from briefing.compose.masthead import EditionNote
from briefing.compose.pictures import read_picture
from briefing.compose.wording import Wording, labelled_languages
from briefing.document.drawing import Picture
from briefing.document.tree import Document
from briefing.errors import (
    BriefingError,
    DataError,
    Place,
    Problem,
    Severity,
    UsageError,
    did_you_mean,
    first_of,
    shown,
)
from briefing.files import inside, not_there, path_from
from briefing.limits import LIMIT_NAMES, Limits, how_to_raise, limits
from briefing.quotes.verdict import QuoteEvidence
from briefing.regular_files import is_below, is_file, kind_of_path, resolved
from briefing.rules import rule_codes
from briefing.rules.keeping import is_above
from briefing.run.ledger import InputFile, hash_input
from briefing.run.mail_merge import read_filled
from briefing.schema import Brief, Settings
from briefing.schema.editions import LeftOut, Release, left_out, unmentioned, written
from briefing.schema.named_files import named_files
from briefing.schema.references import check_references, identified
from briefing.schema.settings import FILE_NAME
from briefing.schema.validate import validate, validate_as
from briefing.series.last_issue import LastIssue, read_last_issue
from briefing.source import (
    FLAG,
    FaultyFileError,
    Row,
    Setting,
    SourceFile,
    csv_files,
    override,
    put,
    read,
    with_csv_values,
)
from briefing.source.nodes import steps
from briefing.themes.letters import leaves
from briefing.toml_file import read_toml

_QUOTED = re.compile("'([^']+)'")


class LoadedBrief(Struct, frozen=True):
    """A brief that is sound: its data file, its values, its pictures, the last issue, if it names one, and the warnings met on the way.

    `inputs` are the files that were read and that its quotes are held against, each hashed before it was read: one that changes meanwhile is
    found changed later.
    """

    data_file: Path
    source: SourceFile
    brief: Brief
    pictures: Mapping[str, Picture]
    last_issue: LastIssue | None
    warnings: tuple[Problem, ...]
    inputs: tuple[InputFile, ...]
    edition: EditionNote | None = None

    @property
    def folder(self) -> Path:
        """The brief's folder."""
        return self.data_file.parent

    def document(
        self, evidence: Mapping[str, QuoteEvidence], settings: Settings, house: House = PLAIN_HOUSE
    ) -> Document:
        """The composed tree, telling of each quote what `evidence` says of it, and what changed since the last issue.

        `house` is what the brief takes from the theme.
        """
        last, days = self.last_issue, settings.source_age_days
        since = last.compared(self.brief, stale_after_days=days) if last is not None else None
        return resolve(self.brief, self.pictures, evidence, self.build_id, since, house, self.edition)

    def placed(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems with the places of their paths in this data file."""
        return self.source.placed(problems)

    @property
    def build_id(self) -> str:
        """A name for this state of the data: the first 16 hexadecimal digits of a SHA-256 over the values and the pictures.

        What a brief leaves out does not count, so that a new key gives no new name to a brief that has none.
        """
        digest = hashlib.sha256(self.brief.model_dump_json(exclude_defaults=True).encode())
        for name in sorted(self.pictures):
            digest.update(hashlib.sha256(self.pictures[name].data).digest())
        return digest.hexdigest()[:16]


def release_of(settings: Settings, edition: str | None = None) -> Release:
    """Whom a brief with these settings is made for, everybody or the readers of an edition. Raises `UsageError`."""
    return Release.of(edition, settings.editions, partial(is_above, own=settings.markings))


def load(
    data_file: Path, overrides: Sequence[str] = (), row: Row | None = None, release: Release | None = None
) -> LoadedBrief:
    """Read a data file, with the values of `row` and then the `overrides` put in, validate it and read what it names.

    What does not go to the readers of `release` is taken out before anything else is looked at: whatever comes after has never seen it. Without
    one the markings of items are not looked at. Raises `DataError` with every fault found, each with its place.
    """
    folder = data_file.parent
    inputs = [hash_input("data", folder, data_file.name)]
    try:
        source = override(read_filled(data_file, row), overrides)
    except FaultyFileError as error:
        if release is not None and release.name is not None:
            raise DataError(_hushed(error.problems)) from None
        problems = [*error.problems, *_faults_besides(error)]
        raise DataError(sorted(problems, key=lambda problem: problem.place or Place.of(data_file))) from None
    gone, marked = LeftOut(), list[Problem]()
    try:
        source, gone = _released(source, release)
    except DataError as error:
        if release is None or release.name is not None:
            raise
        marked += error.problems
    inputs += _hashed(folder, csv_files(source))
    source, misread = with_csv_values(source)
    misread = [*marked, *misread]
    try:
        _refuse_large(source)
        brief = _validated(source, misread)
        if release is not None and release.name is not None and (idle := unmentioned(brief)).paths:
            source = source.without(idle.paths)
            brief = _validated(source, misread)
        problems = [*misread, *check_references(brief)]
        problems += _language_problems(brief)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        named, pictures = _read_named(brief, folder, errors)
        inputs += named
        if errors:
            raise DataError([*errors, *(problem for problem in problems if problem.severity is not Severity.ERROR)])
        last_issue = read_last_issue(brief, data_file, partial(_read_released, release=release))
        warnings = [*problems, *(last_issue.problems if last_issue else ())]
    except BriefingError as error:
        placed = source.placed(error.problems)
        problems = [_with_setting(_with_edition(each, gone, release)) for each in placed]
        if all(problem.place and problem.place.file.startswith(FLAG) for problem in problems):
            raise UsageError(problems) from None
        raise type(error)(problems) from None
    if last_issue is not None:
        inputs.append(InputFile("previous", last_issue.path, last_issue.sha256, last_issue.size))
        named_there = named_files(last_issue.found) if isinstance(last_issue.found, Brief) else ()
        beside = Path(last_issue.path).parent
        values = dict.fromkeys((beside / each.name).as_posix() for each in named_there if each.key == "csv")
        inputs += [hash_input("previous", folder, name) for name in values]
    found = tuple(source.placed(warnings))
    note = EditionNote(release.name, gone.counts, release.edition.marking) if release and release.name else None
    return LoadedBrief(data_file, source, identified(brief), pictures, last_issue, found, tuple(inputs), note)


def _refuse_large(source: SourceFile) -> None:
    """Raise `DataError` for a brief that would take too long to be composed and rendered, however small each of its parts is."""
    texts = [text for _, text in leaves(source.values)]
    lines = sum(max(1, len([line for line in text.splitlines() if line.strip()])) for text in texts)
    found_by = (("brief_characters", sum(map(len, texts)), "characters"), ("brief_values", lines, "values and lines"))
    for limit, found, what in found_by:
        if found > getattr(limits(), limit):
            said = f"the brief has {found:,} {what}, with its tables and charts"
            raise DataError(Problem("too-large", said, f"split it into several briefs: {how_to_raise(limit)}"))


def _released(source: SourceFile, release: Release | None) -> tuple[SourceFile, LeftOut]:
    """The file without what does not go to the readers of `release`, marked for them, and what that is."""
    if release is None:
        return source, LeftOut()
    try:
        gone = left_out(source.values, release)
    except DataError as error:
        raise DataError(source.placed(error.problems)) from None
    moved, waivers, place = [], set[tuple[str | int, ...]](), Place(f"--edition {release.name}", 0, 0)
    for index, waiver in enumerate(source.values.get("waivers") or () if gone.paths else ()):
        item = waiver.get("item") if isinstance(waiver, dict) else None
        path = gone.new_path(tuple(steps(item))) if isinstance(item, str) else ()
        if path is None or item in gone.ids:
            waivers.add(("waivers", index))
        elif path:
            moved.append(Setting(f"waivers[{index}].item", written(path), source.place_of(f"waivers[{index}].item")))
    if release.edition.marking is not None:
        is_short = not isinstance(source.values.get("handling"), dict)
        moved.append(Setting("handling" if is_short else "handling.marking", release.edition.marking, place))
    return put(source, moved).without(gone.paths | waivers), gone


def _read_released(file: Path, name: str, release: Release | None) -> SourceFile:
    """Another issue, or an earlier state, as the readers of `release` may know it."""
    try:
        return _released(read(file, name), release)[0]
    except FaultyFileError as error:
        if release is not None and release.name is not None:
            raise DataError(_hushed(error.problems)) from None
        raise


def _hushed(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Faults of a file of which nobody can tell what is left out, without the words that they repeat."""
    for each in problems:
        yield replace(each.without_words(), hint="check it without --edition to see how")


def _with_edition(problem: Problem, gone: LeftOut, release: Release | None) -> Problem:
    """The problem, with why there is no item of that id where the edition leaves it out."""
    named = _QUOTED.search(problem.message)
    if problem.code != "unknown-id" or named is None or named[1] not in gone.ids or release is None:
        return problem
    hint = f"the edition '{release.name}' leaves it out: let that leave out what names it, too, or keep it"
    return replace(problem, hint=hint)


def _hashed(folder: Path, files: Iterable[tuple[str, str]]) -> Iterator[InputFile]:
    """Files, each once, by role and name as typed, as inputs; those that lead out of the folder are not touched."""
    for role, name in dict.fromkeys(files):
        with contextlib.suppress(DataError):  # whoever reads it says so, at its place
            if is_below(folder / name, folder):
                yield hash_input(role, folder, name)


def _validated(source: SourceFile, misread: Sequence[Problem]) -> Brief:
    """The brief in a file. Raises `DataError` with every fault, those of files that were taken in among them."""
    try:
        return validate(source.values)
    except DataError as error:
        raise DataError([*misread, *error.problems]) from None


def _with_setting(problem: Problem) -> Problem:
    """The problem, with what to write where a ``--set`` begins something that needs more than it gives."""
    parent, _, name = problem.data_path.rpartition(".")
    key, is_set, value = (problem.place.file if problem.place else "").removeprefix(FLAG).partition("=")
    if problem.code != "missing-key" or not is_set or not key.startswith(f"{parent}."):
        return problem
    whole = f"{parent}: {{{name}: ..., {key.removeprefix(f'{parent}.')}: {value}}}"
    hint = f"the brief has no {parent} yet: write '{whole}' into the data file, or add {FLAG}{problem.data_path}=..."
    return replace(problem, hint=hint)


def _faults_besides(error: FaultyFileError) -> list[Problem]:
    """The faults of the values of a file whose YAML is at fault, but for those that come of it."""
    lines = {problem.place.line for problem in error.problems if problem.place}
    try:
        brief = validate(error.source.values)
        found = check_references(brief)
    except DataError as faults:
        found = list(faults.problems)
    follows = () if error.is_whole else ("missing-key", "unknown-id", "empty-brief", "wrong-type")
    placed = error.source.placed(problem for problem in found if problem.code not in follows)
    return [problem for problem in placed if problem.place and problem.place.line not in lines]


def _read_named(brief: Brief, folder: Path, errors: list[Problem]) -> tuple[list[InputFile], dict[str, Picture]]:
    """The saved texts and pictures that the brief names, as inputs, and its pictures; what stands in CSV files was read before."""
    files = [file for file in named_files(brief) if file.key != "csv"]
    inputs = list(_hashed(folder, ((file.role, file.name) for file in files)))
    pictures: dict[str, Picture] = {}
    pixels = 0
    for file in files:
        try:
            if file.role == "source":
                inside(folder, file.name, file.path)
            elif file.name not in pictures:
                is_logo = file.key == "logo"
                made, own = read_picture(folder, file.name, file.path, is_logo=is_logo, pixels_before=pixels)
                pictures[file.name], pixels = made, pixels + own
        except DataError as error:
            errors += error.problems
    return inputs, pictures


def _language_problems(brief: Brief) -> list[Problem]:
    wording = Wording.of(brief.language)
    if wording.locale.character_order == "right-to-left":
        what = f"'{brief.language}' is written from right to left, which is not supported"
        hint = "write the brief in a language that is written from left to right; its quotes may be in any"
        return [Problem("right-to-left", what, hint, "language")]
    if wording.own:
        return []
    what = f"there are no headings and labels in '{brief.language}'; English ones are used"
    hint = f"the languages with labels are {', '.join(labelled_languages())}"
    return [Problem("unlabelled-language", what, hint, "language", severity=Severity.WARNING)]


def read_settings(folder: Path, named: Path | None = None) -> Settings:
    """The settings in the file `named`, else in `briefing.toml` of the brief's own folder, else the built-in ones.

    Raises `UsageError` when the named file is not there, `DataError` with every fault of a file at its place.
    """
    file = named or folder / FILE_NAME
    kind = kind_of_path(file)
    if kind is not None:
        fault = Problem(
            "not-a-file", f"it is {kind}, not a file", "put the settings there as a file", place=Place.of(file)
        )
        raise DataError(fault) if named is None else UsageError(fault)
    if named is not None and not is_file(named):
        raise UsageError(Problem("no-such-path", "there is no such file", not_there(named), place=Place.of(named)))
    if not is_file(file):
        return Settings()
    if named is None and not is_below(file, folder):
        hint = f"copy the file here, or name it with --config {FILE_NAME}"
        raise DataError(Problem("bad-path", "it leads out of the brief's folder", hint, place=Place(str(file), 0, 0)))
    read_file = read_toml(file)
    values = as_text(read_file.values)
    unknown = chain(_unknown(values, "rules", "rule", rule_codes()), _unknown(values, "limits", "limit", LIMIT_NAMES))
    problems = [*first_of(unknown)]
    settings = Settings()
    try:
        settings = validate_as(Settings, values)
    except DataError as error:
        problems += error.problems
    if problems:
        placed = [each.at(read_file.place_of(*map(str, steps(each.data_path)))) for each in problems]
        raise DataError(sorted(placed, key=lambda each: each.place or Place("")))
    return settings


def limits_for(folder: Path, named: Path | None, asked: Mapping[str, int]) -> Limits:
    """The limits that hold for the brief in `folder`, as `read_settings` finds its settings; without them where they are at fault, which whoever
    reads the brief says.
    """
    try:
        return read_settings(folder, named).bounds(asked)
    except BriefingError:
        return Limits(**asked)


def as_text(value: Any) -> Any:
    """The value with its numbers and the like as text, from which the models read them."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings_input(folder: Path, named: Path | None = None) -> InputFile:
    """The file that `read_settings` reads, as an input of the brief in `folder`; also when it is not there. Raises `DataError`."""
    path = path_from(folder, named) if named is not None else FILE_NAME
    return hash_input("settings", resolved(folder), path)


def _unknown(values: Mapping[str, Any], table: str, what: str, known: Sequence[str]) -> Iterator[Problem]:
    """A fault for every name in a table of the settings that is none of the `known`."""
    named = values.get(table)
    for name in named if isinstance(named, dict) else ():
        if name not in known:
            said = f"there is no {what} '{shown(name)}'"
            yield Problem("unknown-key", said, did_you_mean(name, known), f"{table}.{name}")
