"""From a data file to a composed document, with every fault at its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from briefing.compose import resolve
from briefing.compose.wording import Wording, labelled_languages
from briefing.document.drawing import Picture
from briefing.document.tree import Document
from briefing.errors import BriefingError, DataError, Place, Problem, Severity, UsageError
from briefing.lengths import A4, PaperSize
from briefing.quotes.verdict import QuoteEvidence
from briefing.run.editions import read_edition
from briefing.run.fingerprint import hash_input
from briefing.run.ledger import InputFile
from briefing.run.pictures import inside, read_picture
from briefing.schema import Brief, Settings
from briefing.schema.references import check_references, identified
from briefing.schema.validate import validate
from briefing.series.changes import changes
from briefing.series.comparison import Compared, Comparison, Mismatch, Missing, NotCompared, NotTheLast, Unreadable
from briefing.source import FLAG, Row, SourceFile, override, read

PLACE = "series.previous"

_UNKNOWN = "what changed since then is not known"
_MISMATCHES = {
    Mismatch.ITSELF: ("is this brief itself", "name the data file of the issue before"),
    Mismatch.OTHER_SERIES: ("belongs to another series", "give both the same series.title, or name another file"),
    Mismatch.LATER: ("is later than this brief", "name the data file of the issue before"),
}


@dataclass(frozen=True, slots=True)
class LastIssue:
    """What was found where `series.previous` leads.

    `path` is as the data file says it, relative to the brief's folder. `sha256` is that of the file's bytes, taken before they were
    read, and None when there is no file that can be read; `size` counts them. `found` is the sound brief, its items all with ids, or why
    there is none.
    """

    path: str
    sha256: str | None
    size: int
    found: Brief | NotCompared

    def compared(self, brief: Brief, *, stale_after_days: int) -> Comparison:
        """What changed up to `brief`, whose items all have ids; a source is stale `stale_after_days` after it was published."""
        match self.found:
            case Brief() as last:
                number = last.series.number if last.series else None
                return Compared(number, last.date, changes(last, brief, stale_after_days=stale_after_days))
            case why:
                return why

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warning that there is nothing to compare with, still without its place; empty when there is."""
        match self.found:
            case Missing(path):
                said, hint = f"there is no last issue at '{path}', so {_UNKNOWN}", "mend the path, or leave it out"
                return (_warning("previous-missing", said, hint),)
            case Unreadable(path, why):
                said, hint = f"the last issue '{path}' cannot be read, so {_UNKNOWN}: {why}", "mend that file"
                return (_warning("previous-unreadable", said, hint),)
            case NotTheLast(path, mismatch):
                is_what, hint = _MISMATCHES[mismatch]
                return (_warning("previous-mismatch", f"'{path}' {is_what}, so {_UNKNOWN}", hint),)
            case Brief():
                return ()


def read_last_issue(brief: Brief, data_file: Path) -> LastIssue | None:
    """The last issue of `brief`, which was read from `data_file`; None when it names none. Raises nothing for what it finds.

    The last issue is held to all that a data file is held to by itself. Its pictures and saved texts are not looked at, nor an issue before it.
    """
    if brief.series is None or brief.series.previous is None:
        return None
    path = brief.series.previous
    file = data_file.parent / path
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):
            return LastIssue(path, None, 0, Unreadable(path, "it is no file"))
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return LastIssue(path, None, 0, Missing(path))
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return LastIssue(path, None, 0, Unreadable(path, said))
    if file.samefile(data_file):
        return LastIssue(path, digest, status.st_size, NotTheLast(path, Mismatch.ITSELF))
    return LastIssue(path, digest, status.st_size, _found(file, path, brief))


def _found(file: Path, path: str, brief: Brief) -> Brief | Unreadable | NotTheLast:
    try:
        last = _sound(file, path)
    except BriefingError as error:
        return Unreadable(path, _told(error))
    assert brief.series is not None
    if last.series is not None and _folded(last.series.title) != _folded(brief.series.title):
        return NotTheLast(path, Mismatch.OTHER_SERIES)
    if brief.date.is_before(last.date):
        return NotTheLast(path, Mismatch.LATER)
    return last


def _sound(file: Path, path: str) -> Brief:
    """The brief in `file`. Raises `DataError` with every fault at its place."""
    source = read(file, path)
    try:
        brief = validate(source.values)
        faults = [problem for problem in check_references(brief) if problem.severity is Severity.ERROR]
        if faults:
            raise DataError(faults)
    except BriefingError as error:
        raise DataError(each.at(source.place_of(each.path, each.offset)) for each in error.problems) from None
    return identified(brief)


def _told(error: BriefingError) -> str:
    """The first fault of the file, and how many more there are."""
    first = min(error.problems, key=lambda problem: problem.place.line if problem.place else 0)
    where = f"line {first.place.line}: " if first.place and first.place.line else ""
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return f"{where}{first.message}{more}"


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, hint, PLACE, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class LoadedBrief:
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

    @property
    def folder(self) -> Path:
        """The brief's folder."""
        return self.data_file.parent

    def document(self, evidence: Mapping[str, QuoteEvidence], settings: Settings, paper: PaperSize = A4) -> Document:
        """The composed tree, telling of each quote what `evidence` says of it, and what changed since the last issue.

        `paper` is the theme's, for a brief that names none.
        """
        last, days = self.last_issue, settings.source_age_days
        since = last.compared(self.brief, stale_after_days=days) if last is not None else None
        return resolve(self.brief, self.pictures, evidence, self.build_id, since, paper)

    def placed(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems with the places of their paths in this data file."""
        return placed(problems, self.source)

    @property
    def build_id(self) -> str:
        """A name for this state of the data: the first 16 hexadecimal digits of a SHA-256 over the values and the pictures."""
        digest = hashlib.sha256(self.brief.model_dump_json().encode())
        for name in sorted(self.pictures):
            digest.update(hashlib.sha256(self.pictures[name].data).digest())
        return digest.hexdigest()[:16]


def load(data_file: Path, overrides: Sequence[str] = (), row: Row | None = None) -> LoadedBrief:
    """Read a data file, with the values of `row` and then the `overrides` put in, validate it and read what it names.

    Raises `DataError` with every fault found, each with its place.
    """
    folder = data_file.parent
    inputs = [hash_input("data", folder, data_file.name)]
    source = override(read_edition(data_file, row), overrides)
    try:
        brief = validate(source.values)
        problems = list(check_references(brief))
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        inputs += _named_files(brief, folder)
        pictures = _pictures(brief, folder, errors)
        _check_paths(brief, folder, errors)
        if errors:
            raise DataError([*errors, *(problem for problem in problems if problem.severity is not Severity.ERROR)])
        last_issue = read_last_issue(brief, data_file)
        warnings = [*problems, *_language_warnings(brief), *(last_issue.problems if last_issue else ())]
    except BriefingError as error:
        problems = placed(error.problems, source)
        if all(problem.place and problem.place.file.startswith(FLAG) for problem in problems):
            raise UsageError(problems) from None
        raise type(error)(problems) from None
    if last_issue is not None:
        inputs.append(InputFile("previous", last_issue.path, last_issue.sha256, last_issue.size))
    told = tuple(placed(warnings, source))
    return LoadedBrief(data_file, source, identified(brief), pictures, last_issue, told, tuple(inputs))


def placed(problems: Sequence[Problem], source: SourceFile) -> list[Problem]:
    """The problems with the places of their paths filled in, in the order of the file."""
    found = [problem if problem.place else problem.at(_place(problem, source)) for problem in problems]
    return sorted(found, key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0))


def _place(problem: Problem, source: SourceFile) -> Place:
    return source.place_of(problem.path, problem.offset, key=problem.code == "unknown-key")


def _named_files(brief: Brief, folder: Path) -> Iterator[InputFile]:
    """The files that the brief names, each once; those that lead out of the folder are not touched."""
    texts = (("source", source.text) for source in brief.sources if source.text)
    images = (("figure", figure.image) for figure in brief.figures if figure.image)
    for role, name in dict.fromkeys([*texts, *images]):
        if (folder / name).resolve().is_relative_to(folder.resolve()):
            try:
                yield hash_input(role, folder, name)
            except DataError:
                continue  # whoever reads it says so, at its place


def _pictures(brief: Brief, folder: Path, errors: list[Problem]) -> dict[str, Picture]:
    pictures: dict[str, Picture] = {}
    for index, figure in enumerate(brief.figures):
        if figure.image and figure.image not in pictures:
            try:
                pictures[figure.image] = read_picture(folder, figure.image, f"figures[{index}].image")
            except DataError as error:
                errors.extend(error.problems)
    return pictures


def _check_paths(brief: Brief, folder: Path, errors: list[Problem]) -> None:
    for index, source in enumerate(brief.sources):
        if source.text:
            try:
                inside(folder, source.text, f"sources[{index}].text")
            except DataError as error:
                errors.extend(error.problems)


def _language_warnings(brief: Brief) -> list[Problem]:
    if Wording.of(brief.language).own:
        return []
    known = ", ".join(labelled_languages())
    return [
        Problem(
            "unlabelled-language",
            f"there are no headings and labels in '{brief.language}'; English ones are used",
            f"the languages with labels are {known}",
            "language",
            severity=Severity.WARNING,
        )
    ]
