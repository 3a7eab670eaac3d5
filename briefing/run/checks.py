"""Checking a brief without rendering it: the schema, the quotes against their sources, the release rules; and its
document tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.document.tree import Document
from briefing.document.walk import dump as dump_document
from briefing.errors import BriefingError, DataError, ExitCode, Problem, Severity, unforeseen
from briefing.limits import limited_by
from briefing.quotes.checking import MissingPlace, SourceReader, missing_places, saved_texts_below, verify_quotes
from briefing.quotes.saved_text import REPLACED
from briefing.quotes.verdict import QuoteEvidence
from briefing.rules import RuleReport, Waived, check_rules
from briefing.rules.subject import Subject
from briefing.run.editions import all_editions
from briefing.run.inputs import BriefInput, find_input, find_inputs
from briefing.run.load import LoadedBrief, load, read_settings
from briefing.schema import Brief, Settings
from briefing.schema.json_schema import json_schema as data_file_schema
from briefing.themes.letters import check_letters
from briefing.themes.theme import BASE, Theme

__all__ = ["CheckResult", "Judged", "check_all", "compose_brief", "composed", "data_file_schema", "dump_document"]
__all__ += ["fails", "judge"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sound brief with what was found of it: its quotes' evidence, and the rules' report with places in the file."""

    loaded: LoadedBrief
    settings: Settings
    evidence: Mapping[str, QuoteEvidence]
    report: RuleReport
    missing_places: tuple[MissingPlace, ...] = ()

    def with_pages(self, pages: int) -> Judged:
        """The same with the rules that need pages put to it, too."""
        subject = Subject(self.loaded.brief, self.evidence, self.settings, pages, self.missing_places)
        return replace(self, report=_report(self.loaded, subject))


def judge(loaded: LoadedBrief, settings: Settings) -> Judged:
    """Hold the quotes against their sources and put the rules. Raises nothing for what it finds."""
    read_source = saved_texts_below(loaded.folder)
    evidence = {item.quote_id: item for item in verify_quotes(loaded.brief, read_source)}
    missing = tuple(missing_places(loaded.brief, read_source))
    report = _report(loaded, Subject(loaded.brief, evidence, settings, None, missing))
    broken = loaded.placed(list(_broken_bytes(loaded.brief, evidence.values(), read_source)))
    loaded = replace(loaded, warnings=(*loaded.warnings, *broken))
    return Judged(loaded, settings, evidence, report, missing)


def _broken_bytes(brief: Brief, evidence: Iterable[QuoteEvidence], read_source: SourceReader) -> Iterator[Problem]:
    """A warning for each saved text that a quote is held against and that holds bytes that are no text."""
    read = {each.source_id for each in evidence if each.source_sha256 is not None}
    for index, source in enumerate(brief.sources):
        broken = read_source(source).text.count(REPLACED) if source.id in read else 0
        if broken:
            what = f"'{source.text}' holds {broken} broken characters, which are read as '{REPLACED}'"
            hint = "save it again; a quote that goes over one of them is not found"
            yield Problem("encoding", what, hint, f"sources[{index}].text", severity=Severity.WARNING)


def _report(loaded: LoadedBrief, subject: Subject) -> RuleReport:
    found = check_rules(subject)
    waived = tuple(replace(item, problem=loaded.placed([item.problem])[0]) for item in found.waived)
    return RuleReport(tuple(loaded.placed(found.problems)), waived)


def fails(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Whether the problems stop a brief: an error does, and when `strict` a warning does, too."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(problem.severity in stopping for problem in problems)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What checking one brief found. The exit code is 0, 2 (a path leads to no brief), 3 (the data is at fault) or 4 (a check failed)."""

    name: str
    data_file: Path
    exit_code: ExitCode
    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()
    evidence: tuple[QuoteEvidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain values, for `--json`."""
        return {
            "brief": self.name,
            "data_file": str(self.data_file),
            "status": "failed" if self.exit_code else "passed",
            "exit_code": int(self.exit_code),
            "problems": [problem.as_json() for problem in self.problems],
            "waived": [item.as_json() for item in self.waived],
            "quotes": [item.as_json() for item in self.evidence],
        }


def check_all(
    paths: Sequence[str | Path],
    *,
    config: str | Path | None = None,
    strict: bool = False,
    overrides: Sequence[str] = (),
    params: str | Path | None = None,
    theme: str | Path = BASE,
) -> Iterator[CheckResult]:
    """Check several briefs without rendering them, one result each; with `strict` a warning fails, too. Its letters are
    looked for in the fonts of `theme`.

    With `params`, a file with rows of values, each brief is checked once for every row. Raises `UsageError` when the call itself is wrong.
    """
    named = Path(config) if config is not None else None
    rows = Path(params) if params is not None else None
    look = Theme.load(theme)
    found = find_inputs([Path(path) for path in paths])
    briefs, at_fault = all_editions(found.briefs, rows, None, overrides)
    for path, problem in found.faults:
        yield CheckResult(path.name or str(path), path, ExitCode.USAGE, (problem,))
    for brief, error in at_fault:
        yield CheckResult(brief.name, brief.data_file, error.exit_code, error.problems)
    for brief in briefs:
        yield _check(brief, named, strict, overrides, look)


def _check(brief: BriefInput, config: Path | None, strict: bool, overrides: Sequence[str], theme: Theme) -> CheckResult:
    try:
        settings = read_settings(brief.folder, config)
        with limited_by(settings.bounds):
            judged = judge(load(brief.data_file, overrides, brief.row), settings)
        document = judged.loaded.document(judged.evidence, settings)
        if unshown := check_letters(document, judged.loaded.source.values, theme):
            raise DataError([*judged.loaded.warnings, *judged.report.problems, *judged.loaded.placed(unshown)])
    except Exception as error:  # what stops one brief stops no other
        stopped = error if isinstance(error, BriefingError) else unforeseen(error)
        return CheckResult(brief.name, brief.data_file, stopped.exit_code, stopped.problems)
    problems = (*judged.loaded.warnings, *judged.report.problems)
    code = ExitCode.CHECK if fails(problems, strict=strict) else ExitCode.DONE
    evidence = tuple(judged.evidence.values())
    return CheckResult(brief.name, brief.data_file, code, problems, judged.report.waived, evidence)


def compose_brief(path: str | Path, *, overrides: Sequence[str] = (), config: str | Path | None = None) -> Document:
    """The document tree of the brief at `path`, a folder with a data file or the data file.

    `overrides` are put into it as with ``--set``; its settings are those of its own folder, or of the file `config`. Its release rules are not
    asked. Raises `UsageError` or `DataError`, with the places in its data file.
    """
    return composed(path, overrides, config)[1]


def composed(
    path: str | Path, overrides: Sequence[str] = (), config: str | Path | None = None
) -> tuple[LoadedBrief, Document]:
    """The same with the brief that it was made from."""
    brief = find_input(Path(path))
    settings = read_settings(brief.folder, Path(config) if config is not None else None)
    with limited_by(settings.bounds):
        loaded = load(brief.data_file, overrides)
        evidence = judge(loaded, settings).evidence
    return loaded, loaded.document(evidence, settings)
