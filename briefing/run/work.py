"""The work on one brief, from its data file to finished bytes; it writes nothing, so that it can be done in any process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.errors import CheckError, DataError, Problem
from briefing.formats import Artifact, Format, Formats, Request
from briefing.limits import limited_by
from briefing.run.checks import Judged, composed, fails, judge
from briefing.run.fingerprint import fingerprint, versions
from briefing.run.inputs import BriefInput
from briefing.run.ledger import Entry, InputFile
from briefing.run.load import LoadedBrief, load, read_settings, settings_input
from briefing.run.options import BuildOptions
from briefing.run.result import Listener, recorded_checks
from briefing.schema import Settings
from briefing.themes.letters import check_letters

_ALONE = threading.Lock()
"""PDFium, which reads the PDF back, and Python's warnings filters are one for all threads of a process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to build. It can be sent to another process of this machine.

    `is_overlapped` lets formats be written here while others are written in processes of their own, on two cores.
    """

    brief: BriefInput
    options: BuildOptions
    is_overlapped: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A brief's finished files by their names, with their record for the ledger, for each part of the call; its warnings and notes, and
    what else the checks said.
    """

    records: tuple[tuple[Mapping[str, Artifact], Entry], ...]
    problems: tuple[Problem, ...]
    waived: tuple[Mapping[str, Any], ...]
    quotes: tuple[Mapping[str, Any], ...]


def perform(job: Job, formats: Formats, listener: Listener) -> Finished:
    """Build a brief in memory. Raises `UsageError`, `DataError`, `CheckError` or `RenderError`, each with every problem found."""
    listener.stage(job.brief.name, "reading")
    settings = read_settings(job.brief.folder, job.options.config)
    with limited_by(settings.bounds):
        return _performed(job, formats, listener, settings)


def _performed(job: Job, formats: Formats, listener: Listener, settings: Settings) -> Finished:
    brief, options = job.brief, job.options
    formats.ready(options.formats)
    with _ALONE:
        inputs = [settings_input(brief.folder, options.config)]
        loaded = load(brief.data_file, options.overrides, brief.row)
        judged = judge(loaded, settings, options.theme)
        loaded = judged.loaded
        early = (*loaded.warnings, *judged.report.problems)
        if fails(early, strict=options.strict):
            raise CheckError(early)
        document = judged.document
        if unshown := check_letters(document, loaded.source.values, judged.theme):
            raise DataError(loaded.placed(unshown))
        request = Request(
            document, judged.theme, options.reference, options.is_house, None, options.reference_file, options.is_plain
        )
        requests = [request] * len(options.parts)
        earlier: tuple[InputFile, ...] = ()
        if options.redline_from is not None:
            state, old = composed(options.redline_from, config=options.config, theme=judged.theme)
            requests[-1] = replace(request, earlier=old)
            earlier = tuple(_redline_inputs(brief.folder, state))
    listener.stage(brief.name, "rendering")
    written = [
        _written(asked, formats.ready(part.formats), is_overlapped=job.is_overlapped)
        for part, asked in zip(options.parts, requests, strict=True)
    ]
    listener.stage(brief.name, "checking")
    with _ALONE:
        found = [_problems(loaded, judged, *each) for each in zip(requests, written, strict=True)]
        problems = tuple(dict.fromkeys(problem for each in found for problem in each))
        if fails(problems, strict=options.strict):
            raise CheckError(problems)
    waived = tuple(each.as_json() for each in judged.report.waived)
    quotes = tuple(each.as_json() for each in judged.evidence.values())
    records = []
    for part, made, said in zip(options.parts, written, found, strict=True):
        read = {*inputs, *loaded.inputs, *(earlier if part.redline_from is not None else ())}
        entry = _entry(brief, part, loaded, read, recorded_checks(brief.folder, said, waived, quotes))
        records.append(({f"{entry.name}{each.suffix}": each for each in made.values()}, entry))
    return Finished(tuple(records), problems, waived, quotes)


def _entry(
    brief: BriefInput,
    options: BuildOptions,
    loaded: LoadedBrief,
    inputs: Iterable[InputFile],
    checks: Mapping[str, Any],
) -> Entry:
    """The record of one part of the call, without its outputs."""
    name, series = options.record_name(brief), loaded.brief.series
    asked = options.fingerprinted(brief)
    read = tuple(sorted(inputs, key=lambda each: (each.role, each.path, each.sha256 or "")))
    return Entry(
        name,
        title=loaded.brief.title,
        date=str(loaded.brief.date),
        number=series.number if series else None,
        series=series.title if series else None,
        data_file=brief.data_file.name,
        built=options.built,
        fingerprint=fingerprint(read, asked, versions()),
        versions=dict(versions()),
        options=asked,
        inputs=read,
        checks=checks,
        outputs=(),
    )


def _redline_inputs(folder: Path, earlier: LoadedBrief) -> Iterator[InputFile]:
    """The files that an earlier state of the brief was read from, as inputs of the brief in `folder`."""
    settings = settings_input(earlier.folder)
    for each in (settings, *earlier.inputs):
        path = os.path.relpath(earlier.folder.resolve() / each.path, folder.resolve())
        yield InputFile("redline", Path(path).as_posix(), each.sha256, each.size)


def _written(request: Request, formats: Sequence[Format], *, is_overlapped: bool) -> dict[Format, Artifact]:
    """What each format makes, in their order. What is made in other processes is waited for first, or, `is_overlapped`, last."""
    begun = [(each, each.begin(request)) for each in formats]
    made: dict[Format, Artifact] = {}
    for each, finish in sorted(begun, key=lambda pair: pair[0].is_apart == is_overlapped):
        with nullcontext() if each.is_apart else _ALONE:
            made[each] = finish()
    return {each: made[each] for each in formats}


def _problems(
    loaded: LoadedBrief, judged: Judged, request: Request, written: Mapping[Format, Artifact]
) -> tuple[Problem, ...]:
    """Everything that was found, what concerns a value at its place in the data file."""
    found: list[Problem] = []
    for each, artifact in written.items():
        if artifact.pages is not None:
            judged = judged.with_pages(artifact.pages)
        found += (*artifact.problems, *each.read_back(request, artifact.data))
    of_data = loaded.placed([problem for problem in found if problem.data_path])
    rest = (problem for problem in found if not problem.data_path)
    return (*loaded.warnings, *judged.report.problems, *of_data, *rest)
