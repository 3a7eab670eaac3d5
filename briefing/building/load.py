"""From a data file to a composed document, with every fault at its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.building.edition import read_edition
from briefing.building.fingerprint import hash_input
from briefing.building.last_issue import LastIssue, read_last_issue
from briefing.building.pictures import inside, read_picture
from briefing.document.drawing import Picture
from briefing.document.tree import Document
from briefing.errors import BriefingError, DataError, Place, Problem, Severity, UsageError
from briefing.evidence.quote_evidence import QuoteEvidence
from briefing.resolve import resolve
from briefing.resolve.wording import Wording, labelled_languages
from briefing.schema import Brief, Settings
from briefing.schema.identity import identified
from briefing.schema.references import check_references
from briefing.schema.validate import validate
from briefing.series.ledger import InputFile
from briefing.source import FLAG, Row, SourceFile, override


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

    def document(self, evidence: Mapping[str, QuoteEvidence], settings: Settings) -> Document:
        """The composed tree, telling of each quote what `evidence` says of it, and what changed since the last issue."""
        last, days = self.last_issue, settings.source_age_days
        since = last.compared(self.brief, stale_after_days=days) if last is not None else None
        return resolve(self.brief, self.pictures, evidence, self.build_id, since)

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
