"""The work on one brief, from its data file to finished bytes; it writes nothing, so that it can be done in any process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import CheckError, DataError, Problem, Severity
from briefing.formats import PAGED_FORMAT, Artifact, Format, Formats, Request
from briefing.formats.fitting import fitted
from briefing.limits import bounded_by
from briefing.regular_files import resolved
from briefing.run.checks import Judged, composed, fails, judge
from briefing.run.fingerprint import fingerprint
from briefing.run.inputs import BriefInput
from briefing.run.ledger import MARKING, Entry, InputFile
from briefing.run.load import LoadedBrief, load, read_settings, release_of, settings_input
from briefing.run.options import BuildOptions
from briefing.run.result import Listener, OverlongError, draft_name, recorded_checks
from briefing.schema import Settings
from briefing.schema.editions import SHORT, left_out
from briefing.source.nodes import flat_values
from briefing.themes.letters import check_letters
from briefing.versions import versions

BUILDING = "building it"
"""How a message calls what `perform` does."""
OVERLONG = "too-many-pages"
"""The code of the rule that a draft breaks."""
_ALONE = threading.Lock()
"""PDFium, which reads the PDF back, and Python's warnings filters are one for all threads of a process."""


class Job(Struct, frozen=True):
    """One brief to build. It can be sent to another process of this machine.

    `is_overlapped` lets formats be written here while others are written in processes of their own, on two cores.
    """

    brief: BriefInput
    options: BuildOptions
    is_overlapped: bool = False


class Finished(Struct, frozen=True):
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
    with bounded_by(settings.bounds(job.options.limits), BUILDING):
        return _performed(job, formats, listener, settings)


def _performed(job: Job, formats: Formats, listener: Listener, settings: Settings) -> Finished:
    brief, options = job.brief, job.options
    formats.ready(options.formats)
    with _ALONE:
        inputs = [settings_input(brief.folder, options.config)]
        release = release_of(settings, options.edition)
        loaded = load(brief.data_file, options.overrides, brief.row, release)
        judged = judge(loaded, settings, options.theme)
        loaded = judged.loaded
        early = (*loaded.warnings, *judged.report.problems)
        if fails(early, strict=options.strict):
            raise CheckError(early)
        document = judged.document
        if unshown := check_letters(document, loaded.source.values, judged.theme):
            raise DataError(loaded.placed(unshown))
        request = Request(
            document,
            judged.theme,
            options.reference,
            options.is_house,
            None,
            options.reference_file,
            options.is_plain,
            dict(flat_values(loaded.source.root)),
        )
        requests = [request] * len(options.parts)
        earlier: tuple[InputFile, ...] = ()
        if options.redline_from is not None:
            state, old = composed(options.redline_from, (), options.config, judged.theme, release, options.limits)
            requests[-1] = replace(request, earlier=old)
            earlier = tuple(_redline_inputs(brief.folder, state))
    listener.stage(brief.name, "rendering")
    known: dict[str, Artifact] = {}
    density = ""
    if loaded.brief.fit:
        (paged,) = formats.ready((PAGED_FORMAT,))
        fit, known[PAGED_FORMAT], density = fitted(request, paged, judged.subject.most_pages)
        requests = [replace(each, theme=fit.theme) for each in requests]
    written = [
        _written(asked, formats.ready(part.formats), known, is_overlapped=job.is_overlapped)
        for part, asked in zip(options.parts, requests, strict=True)
    ]
    listener.stage(brief.name, "checking")
    with _ALONE:
        closer = loaded.placed(list(_set_closer(density)))
        found = [(*closer, *_problems(loaded, judged, each)) for each in written]
        problems = tuple(dict.fromkeys(problem for each in found for problem in each))
    waived = tuple(each.as_json() for each in judged.report.waived)
    quotes = tuple(each.as_json() for each in judged.evidence.values())
    records = []
    for part, each, said in zip(options.parts, written, found, strict=True):
        read = {*inputs, *loaded.inputs, *(earlier if part.redline_from is not None else ())}
        entry = _entry(brief, part, loaded, read, recorded_checks(brief.folder, said, waived, quotes))
        records.append(({f"{entry.name}{made.suffix}": made for made, _ in each}, entry))
    if fails(problems, strict=options.strict):
        for made, (_, entry) in zip(written, records, strict=True):
            for draft, _ in made:
                if _is_overlong(problems) and draft.layout is not None:
                    name = draft_name(entry.name, draft)
                    advice = "".join(_advice(job, loaded, settings, request, formats, density))
                    told = judged.with_pages(draft.pages or 0, draft.layout, name, advice).report.problems
                    named = [each for each in told if each.code == OVERLONG]
                    raise OverlongError((*(each for each in problems if each.code != OVERLONG), *named), draft, entry)
        raise CheckError(problems)
    return Finished(tuple(records), problems, waived, quotes)


def _set_closer(density: str) -> Iterator[Problem]:
    if density:
        hint = "leave 'fit' out to have it as the theme was designed"
        yield Problem("set-closer", f"it is set in the density '{density}'", hint, "fit", severity=Severity.NOTE)


def _is_overlong(problems: Iterable[Problem]) -> bool:
    """Whether all that is wrong is the number of pages."""
    found = {each.code: each for each in problems if each.severity is Severity.ERROR or each.code == OVERLONG}
    return set(found) == {OVERLONG}


def _advice(
    job: Job, loaded: LoadedBrief, settings: Settings, request: Request, formats: Formats, density: str
) -> Iterator[str]:
    """What would shorten a brief that is too long; what stands on pages was laid out, not guessed."""
    if loaded.brief.fit and density:
        yield f"; it is so long in the density '{density}' still"
    elif not loaded.brief.fit and request.theme.tokens.density:
        yield "; try 'fit: true', which sets it closer"
    short = release_of(settings, SHORT)
    low = sum(left_out(loaded.source.values, short).counts.values())
    if not low:
        yield "; mark what can go 'priority: low'"
        return
    with _ALONE:
        shorter = load(job.brief.data_file, job.options.overrides, job.brief.row, short)
        asked = replace(request, document=judge(shorter, settings, request.theme).document)
    (paged,) = formats.ready((PAGED_FORMAT,))
    made = paged.write(replace(asked, theme=request.theme.in_density(density)))
    items = "1 item" if low == 1 else f"{low} items"
    pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
    yield f"; without the {items} of low priority it has {pages}"


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
    marking = {MARKING: loaded.edition.marking} if loaded.edition is not None and loaded.edition.marking else {}
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
        options={**asked, **marking},
        inputs=read,
        checks=checks,
        outputs=(),
    )


def _redline_inputs(folder: Path, earlier: LoadedBrief) -> Iterator[InputFile]:
    """The files that an earlier state of the brief was read from, as inputs of the brief in `folder`."""
    settings = settings_input(earlier.folder)
    for each in (settings, *earlier.inputs):
        path = os.path.relpath(resolved(earlier.folder) / each.path, resolved(folder))
        yield InputFile("redline", Path(path).as_posix(), each.sha256, each.size)


Read = tuple[Artifact, tuple[Problem, ...]]
"""A file, and everything in which it departs from what was asked for."""


def _written(
    request: Request, formats: Sequence[Format], known: Mapping[str, Artifact], *, is_overlapped: bool
) -> list[Read]:
    """What each format makes, read back, in their order; what is `known` is made already. What is made in other processes is waited for first, or,
    `is_overlapped`, last: then the others are made and read back meanwhile.
    """
    begun = [
        (each, partial(known.__getitem__, each.name) if each.name in known else each.begin(request)) for each in formats
    ]
    read: dict[Format, Read] = {}
    for each, finish in sorted(begun, key=lambda pair: pair[0].is_apart == is_overlapped):
        with nullcontext() if each.is_apart else _ALONE:
            made = finish()
        with _ALONE:
            read[each] = made, each.read_back(request, made.data)
    return [read[each] for each in formats]


def _problems(loaded: LoadedBrief, judged: Judged, written: Sequence[Read]) -> tuple[Problem, ...]:
    """Everything that was found, what concerns a value at its place in the data file."""
    found: list[Problem] = []
    for artifact, departures in written:
        if artifact.pages is not None:
            judged = judged.with_pages(artifact.pages, artifact.layout)
        found += (*artifact.problems, *departures)
    of_data = loaded.placed([problem for problem in found if problem.data_path])
    rest = (problem for problem in found if not problem.data_path)
    return (*loaded.warnings, *judged.report.problems, *of_data, *rest)
