"""Checking a brief without rendering it: the schema, the quotes against their sources, the release rules; its document
tree; and an office's Word document, with one of every block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.compose.house import House
from briefing.compose.pictures import logo_of
from briefing.compose.wording import label_faults
from briefing.document.drawing import Picture
from briefing.document.reading import PieceKind, inline_text, reading
from briefing.document.tree import Document
from briefing.document.walk import dump as dump_document
from briefing.errors import (
    DataError,
    ExitCode,
    Problem,
    Severity,
    UsageError,
    did_you_mean,
    first_of,
    located,
    stopped_by,
)
from briefing.files import write_all
from briefing.formats import REDLINE_FORMAT, Layout
from briefing.limits import Limits, bounded_by, limited_by
from briefing.quotes.checking import SourceReader, missing_places, saved_texts_below, verify_quotes
from briefing.quotes.saved_text import REPLACED
from briefing.quotes.verdict import QuoteEvidence
from briefing.resources import assets_folder
from briefing.rules import RuleReport, Waived, check_rules
from briefing.rules.reading_time import PageUse, ReadingTime
from briefing.rules.subject import Subject
from briefing.run.inputs import BriefInput, find_input, find_inputs
from briefing.run.load import LoadedBrief, as_text, load, read_settings, release_of
from briefing.run.mail_merge import merged_briefs
from briefing.run.options import BuildOptions, as_path, limited_by_call, read_limits
from briefing.schema import Brief, Office, Settings
from briefing.schema.editions import Release
from briefing.schema.forms import Form
from briefing.schema.json_schema import json_schema as data_file_schema
from briefing.schema.validate import validate_as
from briefing.source.nodes import steps
from briefing.themes.letters import check_letters
from briefing.themes.theme import BASE, Theme
from briefing.themes.watermark import watermark_of
from briefing.toml_file import TomlFile, read_toml

if TYPE_CHECKING:
    from briefing.formats.docx.house_report import HouseReport

__all__ = ["CheckResult", "Judged", "check_all", "compose_brief", "composed", "data_file_schema", "dump_document"]
__all__ += ["ReferenceCheck", "check_reference", "fails", "judge"]


_LOOKED_UP: Final = frozenset({"abbreviations", "annex", "consulted", "contacts", "imprint", "signature", "sources"})
"""Kinds of section that nobody reads from end to end."""


class Judged(Struct, frozen=True):
    """A sound brief with what was found of it: its quotes' evidence, and the rules' report with places in the file."""

    loaded: LoadedBrief
    document: Document
    theme: Theme
    subject: Subject
    report: RuleReport

    @property
    def evidence(self) -> Mapping[str, QuoteEvidence]:
        """What is known of each quote, by its id."""
        return self.subject.evidence

    def with_pages(self, pages: int, layout: Layout | None = None, draft: str = "", advice: str = "") -> Judged:
        """The same with the rules that need pages put to it, too; `draft` and `advice` are as in `PageUse`."""
        use = PageUse(layout.pages, _by_heading(self.document, layout.sections), draft, advice) if layout else None
        subject = replace(self.subject, pages=pages, page_use=use)
        return replace(self, subject=subject, report=_report(self.loaded, subject, self.report))


def house_of(loaded: LoadedBrief, theme: Theme) -> House:
    """What the brief takes from `theme`.

    Raises `DataError` when the theme has no form of the brief's, `UsageError` with every fault of a form's file, or of the theme's office.
    """
    own, office = loaded.brief.office, office_of(theme)
    picture = loaded.pictures[own.logo] if own and own.logo else None
    logo = picture if own else theme_logo(theme)
    words = theme.tokens.watermark.strip()
    if words:
        watermark_of(theme, words)  # says what letter no font has
    return House(theme.tokens.paper_size, office, logo, _form(loaded, theme), watermark=words, sheet=theme.sheet())


def theme_of(loaded: LoadedBrief, named: Theme | None) -> Theme:
    """The theme that the call names, or else the one of the brief's form. Raises as `house_of` does, and for a form whose theme there is none of."""
    if named is not None:
        return named
    base = Theme.load(BASE)
    name = _form(loaded, base).theme
    return base if name == BASE else Theme.load(name)


def _form(loaded: LoadedBrief, theme: Theme) -> Form:
    files, name = theme.form_files(), loaded.brief.form
    if name not in files:
        hint = did_you_mean(name, tuple(files))
        raise DataError(loaded.placed([Problem("bad-value", f"there is no form '{name}'", hint, "form")]))
    return read_form(read_toml(files[name]))


def read_form(file: TomlFile) -> Form:
    """The form that `file` holds. Raises `UsageError` with every fault at its place."""
    try:
        form = validate_as(Form, as_text(file.values))
        if problems := [*first_of(each for found in (form.faults(), label_faults(form)) for each in found)]:
            raise DataError(problems)
    except DataError as error:
        places = [file.place_of(*map(str, steps(each.data_path))) for each in error.problems]
        raise UsageError(each.at(place) for each, place in zip(error.problems, places, strict=True)) from None
    return form


def office_of(theme: Theme) -> Office | None:
    """The theme's office. Raises `UsageError` with every fault of it, at its place."""
    held = theme.tokens.office
    if not held.name:
        return None
    given = {"name": held.name, "unit": held.unit, "address": held.address, "web": held.web}
    try:
        return validate_as(Office, {key: value for key, value in given.items() if value})
    except DataError as error:
        faults = (
            Problem("theme", f"office.{at}: {each.message}", each.hint, place=theme.place_of("office", at))
            for each in error.problems
            for at in [each.data_path]
        )
        raise UsageError(faults) from None


def theme_logo(theme: Theme) -> Picture | None:
    """The logo of the theme's office. Raises `UsageError`, at its place, when it cannot be used."""
    name = theme.tokens.office.logo
    if not name:
        return None
    place = theme.place_of("office", "logo")
    try:
        return logo_of(theme.read(name), name)
    except KeyError:
        hint = "add it to its folder"
        raise UsageError(Problem("theme", f"the theme has no file '{name}'", hint, place=place)) from None
    except DataError as error:
        raise UsageError(each.at(place) for each in error.problems) from None


def judge(loaded: LoadedBrief, settings: Settings, theme: Theme | None) -> Judged:
    """Hold the quotes against their sources, compose the brief with what it takes from `theme`, or from that of its form, and put the rules.

    Raises nothing for what it finds, but `DataError` for a form that the theme has not, `UsageError` for one at fault.
    """
    theme = theme_of(loaded, theme)
    house = house_of(loaded, theme)
    read_source = saved_texts_below(loaded.folder)
    evidence = {item.quote_id: item for item in verify_quotes(loaded.brief, read_source)}
    missing = tuple(missing_places(loaded.brief, read_source))
    broken = loaded.placed(list(_broken_bytes(loaded.brief, evidence.values(), read_source)))
    loaded = replace(loaded, warnings=(*loaded.warnings, *broken))
    document = loaded.document(evidence, settings, house)
    time = ReadingTime(tuple(_words(document)), loaded.brief.reading_minutes)
    subject = Subject(loaded.brief, evidence, settings, None, missing, house.form, time)
    return Judged(loaded, document, theme, subject, _report(loaded, subject))


def _by_heading(document: Document, lines: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((inline_text(section.heading.children), lines[section.id]) for section in document.sections)


def _words(document: Document) -> Iterator[tuple[str, int]]:
    """How many words each section has, by its heading; what is looked up and not read is left out."""
    counts = Counter[str]()
    for piece in reading(document):
        counts[piece.section] += len(piece.text.split()) if piece.kind is PieceKind.TEXT else 0
    for section in document.sections:
        if section.kind not in _LOOKED_UP:
            yield inline_text(section.heading.children), counts[section.id]


def _broken_bytes(brief: Brief, evidence: Iterable[QuoteEvidence], read_source: SourceReader) -> Iterator[Problem]:
    """A warning for each saved text that a quote is held against and that holds bytes that are no text."""
    read = {each.source_id for each in evidence if each.source_sha256 is not None}
    for index, source in enumerate(brief.sources):
        broken = read_source(source).text.count(REPLACED) if source.id in read else 0
        if broken:
            what = f"'{source.text}' holds {broken} broken characters, which are read as '{REPLACED}'"
            hint = "save it again; a quote that goes over one of them is not found"
            yield Problem("encoding", what, hint, f"sources[{index}].text", severity=Severity.WARNING)


def _report(loaded: LoadedBrief, subject: Subject, before: RuleReport | None = None) -> RuleReport:
    found = check_rules(subject, before)
    waived = tuple(replace(item, problem=loaded.placed([item.problem])[0]) for item in found.waived)
    # What an edition leaves out may be what a waiver is for.
    kept = [each for each in found.problems if loaded.edition is None or each.code != "waiver-unused"]
    return RuleReport(tuple(loaded.placed(kept)), waived, found.breaches)


def fails(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Whether the problems stop a brief: an error does, and when `strict` a warning does, too."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(problem.severity in stopping for problem in problems)


class CheckResult(Struct, frozen=True):
    """What checking one brief found. The exit code is 0, 2 (a path leads to no brief), 3 (the data is at fault) or 4 (a check failed)."""

    name: str
    data_file: Path
    exit_code: ExitCode
    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()
    evidence: tuple[QuoteEvidence, ...] = ()
    reading: ReadingTime | None = None

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
            "reading": self.reading.as_json() if self.reading else None,
        }


def check_all(
    paths: Sequence[str | Path],
    *,
    config: str | Path | None = None,
    strict: bool = False,
    overrides: Sequence[str] = (),
    params: str | Path | None = None,
    theme: str | Path | None = None,
    edition: str | None = None,
    limits: Sequence[str] = (),
) -> Iterator[CheckResult]:
    """Check several briefs without rendering them, one result each; with `strict` a warning fails, too. Its letters are
    looked for in the fonts of `theme`, or of the theme of its form. What `edition` leaves out is not checked. `limits` are ``name=number``
    texts, which go before the settings.

    With `params`, a file with rows of values, each brief is checked once for every row. Raises `UsageError` when the call itself is wrong.
    """
    named = as_path(config)
    rows = as_path(params)
    look, asked = None if theme is None else Theme.load(theme), read_limits(limits)
    found = find_inputs([Path(path) for path in paths])
    with limited_by(Limits(**asked)):
        briefs, at_fault = merged_briefs(found.briefs, rows, None, overrides)
    for path, problem in found.faults:
        yield CheckResult(path.name or str(path), path, ExitCode.USAGE, (problem,))
    for brief, error in at_fault:
        yield CheckResult(brief.name, brief.data_file, error.exit_code, error.problems)
    for brief in briefs:
        yield _check(brief, named, strict, overrides, look, edition, asked)


def _check(
    brief: BriefInput,
    config: Path | None,
    strict: bool,
    overrides: Sequence[str],
    theme: Theme | None,
    edition: str | None,
    asked: Mapping[str, int],
) -> CheckResult:
    try:
        settings = read_settings(brief.folder, config)
        with bounded_by(settings.bounds(asked), "checking it"):
            release = release_of(settings, edition)
            judged = judge(load(brief.data_file, overrides, brief.row, release), settings, theme)
        if unshown := check_letters(judged.document, judged.loaded.source.values, judged.theme):
            raise DataError([*judged.loaded.warnings, *judged.report.problems, *judged.loaded.placed(unshown)])
    except Exception as error:  # what stops one brief stops no other
        stopped = stopped_by(error)
        return CheckResult(brief.name, brief.data_file, stopped.exit_code, located(stopped.problems, brief.data_file))
    problems = (*judged.loaded.warnings, *judged.report.problems)
    code = ExitCode.CHECK if fails(problems, strict=strict) else ExitCode.DONE
    evidence = tuple(judged.evidence.values())
    time = judged.subject.reading
    return CheckResult(brief.name, brief.data_file, code, problems, judged.report.waived, evidence, time)


def compose_brief(
    path: str | Path, *, overrides: Sequence[str] = (), config: str | Path | None = None, limits: Sequence[str] = ()
) -> Document:
    """The document tree of the brief at `path`, a folder with a data file or the data file.

    `overrides` are put into it as with ``--set``; its settings are those of its own folder, or of the file `config`, and `limits`, ``name=number``
    texts, go before theirs. Its release rules are not asked. Raises `UsageError` or `DataError`, with the places in its data file.
    """
    return composed(path, overrides, config, limits=read_limits(limits))[1]


def composed(
    path: str | Path,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    theme: Theme | None = None,
    release: Release | None = None,
    limits: Mapping[str, int] = MappingProxyType({}),
) -> tuple[LoadedBrief, Document]:
    """The same with the brief that it was made from, for the readers of `release` when it is given; `limits` go before the settings."""
    brief = find_input(Path(path))
    settings = read_settings(brief.folder, as_path(config))
    with bounded_by(settings.bounds(limits), "composing it"):
        loaded = load(brief.data_file, overrides, release=release or release_of(settings))
        return loaded, judge(loaded, settings, theme).document


SPECIMEN: Final = "specimen"
"""The folder of the brief that has one of every block."""


class ReferenceCheck(Struct, frozen=True):
    """What was found of the document at `path`, and where the `sample` page was written, if one was asked for."""

    path: Path
    report: HouseReport
    problems: tuple[Problem, ...]
    sample: Path | None

    @property
    def exit_code(self) -> ExitCode:
        """4 when a brief in these styles would not say what it should."""
        return ExitCode.CHECK if any(each.severity is Severity.ERROR for each in self.problems) else ExitCode.DONE

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "reference": str(self.path),
            "exit_code": int(self.exit_code),
            "has": list(self.report.has),
            "lacks": list(self.report.lacks),
            "oddities": list(self.report.oddities),
            "sample": None if self.sample is None else str(self.sample),
            "problems": [problem.as_json() for problem in self.problems],
        }

    def lines(self) -> list[str]:
        """The same for people."""
        verdict = "cannot be used" if self.exit_code else "can be used"
        found = [f"{self.path}: {verdict}"]
        for head, names in (("has", self.report.has), ("lacks", self.report.lacks)):
            found.append(f"  {head} {len(names)} of the styles of a brief: {', '.join(names) or 'none'}")
        if self.report.lacks:
            found.append("  what it lacks comes along, in its fonts and colours")
        found += [f"  odd: {each}" for each in self.report.oddities]
        return [*found, f"  sample: {self.sample}"] if self.sample else found


def check_reference(
    path: str | Path, sample: str | Path | None = None, theme: str | Path = BASE, limits: Sequence[str] = ()
) -> ReferenceCheck:
    """Try the house document at `path` with one of every block, and write that to the file `sample` when it is given. `limits`, ``name=number``
    texts, bound what is read.

    Raises `UsageError` when it cannot be used, `RenderError` when the sample cannot be written.
    """
    from briefing.formats.docx.house_report import house_report
    from briefing.formats.docx.read_back import verify_docx
    from briefing.formats.docx.writer import docx

    look = Theme.load(theme)
    data = BuildOptions.read(formats=(REDLINE_FORMAT,), reference_doc=path, limits=limits).reference or b""
    document = compose_brief(assets_folder() / SPECIMEN)
    try:
        with limited_by_call(limits):
            report = house_report(data, look.tokens)
            artifact = docx(document, look, data, house=True)
    except UsageError as error:
        raise UsageError(located(error.problems, Path(path))) from None
    odd = (each for each in artifact.problems if each.code != "missing-style")
    problems = located((*odd, *verify_docx(document, artifact.data, house=True)), Path(path))
    written = None if sample is None else Path(sample)
    if written is not None:
        write_all({written: artifact.data})
    return ReferenceCheck(Path(path), report, problems, written)
