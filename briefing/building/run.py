"""Building: load, compose, render, read back, and only then put the files in their places."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.building.check import fails, judge
from briefing.building.editions import all_editions
from briefing.building.inputs import BriefInput, find_input, find_inputs, refuse_collisions
from briefing.building.load import load
from briefing.building.outputs import sweep, write_all
from briefing.building.redline import compose_old, make_redline, redline_formats, redline_name, refuse_several
from briefing.building.result import BuildResult, Output, Status
from briefing.building.settings import read_settings
from briefing.document.tree import Document
from briefing.errors import BriefingError, CheckError, ExitCode, Problem, UsageError, did_you_mean
from briefing.render.docx import docx
from briefing.render.process import PdfProcess
from briefing.render.theme import Theme
from briefing.verify import verify_docx, verify_pdf

FORMATS = ("pdf", "docx")
DEFAULT_THEME = "policy"

Listener = Callable[[str, str], None]
"""Called with a brief's name and the stage it enters: one of `STAGES`."""
STAGES = ("reading", "rendering", "checking", "writing")


def _silent(name: str, stage: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a call asks for beyond the briefs themselves, found and read."""

    formats: tuple[str, ...]
    output_folder: Path | None
    theme: Theme
    reference: bytes
    house: bool
    overrides: tuple[str, ...]
    config: Path | None
    strict: bool
    redline_from: Path | None


@dataclass(frozen=True, slots=True)
class _Rendered:
    """One format's bytes, before they are written."""

    format: str
    data: bytes
    pages: int | None
    problems: tuple[Problem, ...]


def build(
    path: str | Path,
    *,
    formats: Sequence[str] = FORMATS,
    output_dir: str | Path | None = None,
    theme: str | Path = DEFAULT_THEME,
    reference_doc: str | Path | None = None,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    strict: bool = False,
    redline_from: str | Path | None = None,
    listener: Listener = _silent,
) -> BuildResult:
    """Build one brief: a folder with a data file, or the data file.

    `overrides` are ``key=value`` texts; `config` names a file of settings, else `briefing.toml` in the brief's folder is read; with `strict` a
    warning fails, too; `redline_from` names an earlier state of the data, since which every change is tracked in one Word file. Gives back the
    finished files with the warnings met. Raises `UsageError`, `DataError`, `CheckError` or
    `RenderError`, each with every problem found, and has then changed no file.
    """
    settings = _settings(formats, output_dir, theme, reference_doc, overrides, config, strict, redline_from)
    brief = find_input(Path(path))
    with ExitStack() as stack:
        process = _process(settings, stack)
        return _build(brief, settings, process, listener)


def build_all(
    paths: Sequence[str | Path],
    *,
    formats: Sequence[str] = FORMATS,
    output_dir: str | Path | None = None,
    theme: str | Path = DEFAULT_THEME,
    reference_doc: str | Path | None = None,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    strict: bool = False,
    redline_from: str | Path | None = None,
    params: str | Path | None = None,
    name: str | None = None,
    listener: Listener = _silent,
) -> Iterator[BuildResult]:
    """Build several briefs, one result each as it is done; a brief that fails does not stop the others.

    With `params`, a file with rows of values, each brief is built once for every row; `name` is the pattern that outputs are called by.

    Raises `UsageError` before anything is built when the call itself is wrong.
    """
    settings = _settings(formats, output_dir, theme, reference_doc, overrides, config, strict, redline_from)
    briefs = all_editions(
        find_inputs([Path(path) for path in paths]), Path(params) if params is not None else None, name, overrides
    )
    refuse_collisions(briefs, settings.output_folder)
    if settings.redline_from is not None:
        refuse_several(briefs)
    with ExitStack() as stack:
        process = _process(settings, stack)
        for brief in briefs:
            try:
                yield _build(brief, settings, process, listener)
            except BriefingError as error:
                yield BuildResult(brief.name, brief.data_file, Status.FAILED, error.exit_code, (), error.problems)


def _settings(
    formats: Sequence[str],
    output_dir: str | Path | None,
    theme: str | Path,
    reference_doc: str | Path | None,
    overrides: Sequence[str],
    config: str | Path | None,
    strict: bool,
    redline_from: str | Path | None,
) -> _Settings:
    problems = [
        Problem("bad-option", f"'{name}' is not a format", did_you_mean(name, FORMATS), path="--format")
        for name in formats
        if name not in FORMATS
    ]
    found = Theme.load(theme)
    reference = found.reference_document() if reference_doc is None else _read_reference(Path(reference_doc), problems)
    if problems:
        raise UsageError(problems)
    if redline_from is not None:
        formats = redline_formats(formats, FORMATS)
    wanted = tuple(name for name in FORMATS if name in formats) or FORMATS
    folder = Path(output_dir) if output_dir is not None else None
    return _Settings(
        wanted,
        folder,
        found,
        reference,
        reference_doc is not None,
        tuple(overrides),
        Path(config) if config is not None else None,
        strict,
        Path(redline_from) if redline_from is not None else None,
    )


def _read_reference(path: Path, problems: list[Problem]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(
            Problem("no-such-path", f"it cannot be read: {error.strerror}", "name a DOCX file", path=str(path))
        )
        return b""


def _process(settings: _Settings, stack: ExitStack) -> PdfProcess | None:
    """The rendering process, started before the data is read, because it takes its time to wake."""
    return stack.enter_context(PdfProcess()) if "pdf" in settings.formats else None


def _build(brief: BriefInput, settings: _Settings, process: PdfProcess | None, listener: Listener) -> BuildResult:
    listener(brief.name, "reading")
    loaded = load(brief.data_file, settings.overrides, brief.row)
    judged = judge(loaded, read_settings(brief.folder, settings.config))
    early = (*loaded.warnings, *judged.report.problems)
    if fails(early, strict=settings.strict):
        raise CheckError(early)
    document = loaded.document(judged.evidence, judged.settings)
    old = compose_old(settings.redline_from, config=settings.config) if settings.redline_from is not None else None
    listener(brief.name, "rendering")
    rendered = list(_render(document, old, settings, process))
    listener(brief.name, "checking")
    for pages in (made.pages for made in rendered if made.pages is not None):
        judged = judged.with_pages(pages)
    found = [
        problem
        for made in rendered
        for problem in (*made.problems, *(_read_back(document, made) if old is None else ()))
    ]
    of_data = loaded.placed([problem for problem in found if problem.path])
    problems = (
        *loaded.warnings,
        *judged.report.problems,
        *of_data,
        *(problem for problem in found if not problem.path),
    )
    if fails(problems, strict=settings.strict):
        raise CheckError(problems)
    listener(brief.name, "writing")
    named = brief if old is None else replace(brief, name=redline_name(brief.name))
    outputs = _write(named, settings.output_folder or brief.output_folder, rendered)
    return BuildResult(
        brief.name,
        brief.data_file,
        Status.BUILT,
        ExitCode.DONE,
        outputs,
        problems,
        judged.report.waived,
        tuple(judged.evidence.values()),
    )


def compose(path: str | Path, *, overrides: Sequence[str] = (), config: str | Path | None = None) -> Document:
    """The document tree of the brief at `path`, without rendering it. Raises `UsageError` or `DataError`."""
    brief = find_input(Path(path))
    settings = read_settings(brief.folder, Path(config) if config is not None else None)
    loaded = load(brief.data_file, overrides)
    return loaded.document(judge(loaded, settings).evidence, settings)


def _render(
    document: Document, old: Document | None, settings: _Settings, process: PdfProcess | None
) -> Iterator[_Rendered]:
    if process is not None:
        process.send(document, settings.theme)
    if old is not None:
        tracked = make_redline(old, document, settings.reference, house=settings.house)
        yield _Rendered("docx", tracked.data, None, tracked.problems)
    elif "docx" in settings.formats:
        word = docx(document, settings.reference, house=settings.house)
        yield _Rendered("docx", word.data, None, word.problems)
    if process is not None:
        made = process.receive()
        yield _Rendered("pdf", made.data, made.pages, made.problems)


def _read_back(document: Document, made: _Rendered) -> tuple[Problem, ...]:
    return verify_pdf(document, made.data) if made.format == "pdf" else verify_docx(document, made.data)


def _write(brief: BriefInput, folder: Path, rendered: Sequence[_Rendered]) -> tuple[Output, ...]:
    sweep(folder)
    ordered = sorted(rendered, key=lambda made: FORMATS.index(made.format))
    targets = {made.format: folder / f"{brief.name}.{made.format}" for made in ordered}
    write_all({targets[made.format]: made.data for made in ordered})
    return tuple(
        Output(made.format, targets[made.format], hashlib.sha256(made.data).hexdigest(), len(made.data), made.pages)
        for made in ordered
    )
