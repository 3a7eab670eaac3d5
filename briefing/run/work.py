"""The work on one brief, from its data file to finished bytes; it writes nothing, so that it can be done in any process."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.document.tree import Document
from briefing.errors import DEBUG_VARIABLE, CheckError, Problem, RenderError, internal_fault
from briefing.formats.docx import DocxResult, docx
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.read_revisions import verify_redline
from briefing.formats.docx.redline import redline
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.run.checking import Judged, composed, fails, judge
from briefing.run.fingerprint import fingerprint, versions
from briefing.run.inputs import BriefInput
from briefing.run.ledger import Entry, InputFile
from briefing.run.load import LoadedBrief, load
from briefing.run.options import FORMATS, Options
from briefing.run.record import Made
from briefing.run.result import Listener, recorded_checks
from briefing.run.settings import read_settings, settings_input
from briefing.themes.theme import Theme


def make_redline(
    old: Document, new: Document, theme: Theme, reference: bytes | None = None, *, house: bool = False
) -> DocxResult:
    """The redline of `new` since `old`, with every problem of writing it and of reading it back both ways.

    Its changes are dated by the new brief's date: the clock is no input. Raises `UsageError` when the reference document cannot be used.
    """
    made = redline(old, new, theme, reference, house=house, date=datetime.fromisoformat(new.properties.created))
    return DocxResult(made.data, (*made.problems, *verify_redline(old, new, made.data)))


_ALONE = threading.Lock()
"""PDFium, which reads the PDF back, and Python's warnings filters are one for all threads of a process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to build. It can be sent to another process of this machine.

    `is_overlapped` lets the Word file be written while the PDF is rendered, on two cores.
    """

    brief: BriefInput
    options: Options
    built: str
    is_overlapped: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A brief's finished files by their names, its record for the ledger, its warnings and notes, and what else the checks said."""

    files: Mapping[str, Made]
    entry: Entry
    problems: tuple[Problem, ...]
    waived: tuple[Mapping[str, Any], ...]
    quotes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Rendered:
    """One format's bytes with the problems of making them."""

    made: Made
    problems: tuple[Problem, ...]


def perform(job: Job, process: PdfProcess | None, listener: Listener) -> Finished:
    """Build a brief in memory. Raises `UsageError`, `DataError`, `CheckError` or `RenderError`, each with every problem found."""
    brief, options = job.brief, job.options
    listener.stage(brief.name, "reading")
    with _ALONE:
        inputs = [settings_input(brief.folder, options.config)]
        loaded = load(brief.data_file, options.overrides, brief.row)
        judged = judge(loaded, read_settings(brief.folder, options.config))
        early = (*loaded.warnings, *judged.report.problems)
        if fails(early, strict=options.strict):
            raise CheckError(early)
        document = loaded.document(judged.evidence, judged.settings, options.theme.tokens.paper_size)
        old = None
        if options.redline_from is not None:
            earlier, old = composed(options.redline_from, config=options.config)
            inputs += _seen_from(brief.folder, earlier)
    listener.stage(brief.name, "rendering")
    rendered = _rendered(document, old, job, process)
    listener.stage(brief.name, "checking")
    with _ALONE:
        problems = _problems(loaded, judged, document, rendered, is_redline=old is not None)
        if fails(problems, strict=options.strict):
            raise CheckError(problems)
    waived = tuple(each.as_json() for each in judged.report.waived)
    quotes = tuple(each.as_json() for each in judged.evidence.values())
    name = options.record_name(brief)
    series = loaded.brief.series
    asked = options.fingerprinted(brief)
    read = tuple(sorted({*inputs, *loaded.inputs}, key=lambda each: (each.role, each.path, each.sha256 or "")))
    entry = Entry(
        name,
        title=loaded.brief.title,
        date=str(loaded.brief.date),
        number=series.number if series else None,
        series=series.title if series else None,
        data_file=brief.data_file.name,
        built=job.built,
        fingerprint=fingerprint(read, asked, versions()),
        versions=dict(versions()),
        options=asked,
        inputs=read,
        checks=recorded_checks(brief.folder, problems, waived, quotes),
        outputs=(),
    )
    return Finished({f"{name}.{each.made.format}": each.made for each in rendered}, entry, problems, waived, quotes)


def unforeseen(error: Exception) -> RenderError:
    """A fault of the program itself, as what stops one brief. BRIEFING_DEBUG=1 shows where it happened."""
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    return RenderError(internal_fault(error))


def _seen_from(folder: Path, earlier: LoadedBrief) -> Iterator[InputFile]:
    """The files that an earlier state of the brief was read from, as inputs of the brief in `folder`."""
    settings = settings_input(earlier.folder)
    for each in (settings, *earlier.inputs):
        path = os.path.relpath(earlier.folder.resolve() / each.path, folder.resolve())
        yield InputFile("redline", Path(path).as_posix(), each.sha256, each.size)


def _rendered(document: Document, old: Document | None, job: Job, process: PdfProcess | None) -> list[_Rendered]:
    """Each format that is asked for, in the order of `FORMATS`."""
    options = job.options
    pdf = None
    if process is not None:
        process.send(document, options.theme)
        pdf = None if job.is_overlapped else process.receive()
    found: list[_Rendered] = []
    if "docx" in options.formats:
        with _ALONE:
            if old is not None:
                word = make_redline(old, document, options.theme, options.reference, house=options.house)
            else:
                word = docx(document, options.theme, options.reference, options.house)
        found.append(_Rendered(Made("docx", word.data, None), word.problems))
    if process is not None:
        pdf = pdf or process.receive()
        found.append(_Rendered(Made("pdf", pdf.data, pdf.pages), pdf.problems))
    return sorted(found, key=lambda each: FORMATS.index(each.made.format))


def _problems(
    loaded: LoadedBrief, judged: Judged, document: Document, rendered: Sequence[_Rendered], *, is_redline: bool
) -> tuple[Problem, ...]:
    """Everything that was found, what concerns a value at its place in the data file; a redline was read back when it was made."""
    for each in rendered:
        if each.made.pages is not None:
            judged = judged.with_pages(each.made.pages)
    found = [
        problem
        for each in rendered
        for problem in (*each.problems, *(() if is_redline else _read_back(document, each.made)))
    ]
    of_data = loaded.placed([problem for problem in found if problem.path])
    rest = (problem for problem in found if not problem.path)
    return (*loaded.warnings, *judged.report.problems, *of_data, *rest)


def _read_back(document: Document, made: Made) -> tuple[Problem, ...]:
    return verify_pdf(document, made.data) if made.format == "pdf" else verify_docx(document, made.data)
