"""Ids: made from the content for items that were given none, each given once, and every id that is named leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from briefing.errors import Problem, did_you_mean
from briefing.schema.brief import FIXED, KINDS, Brief
from briefing.schema.chart_models import chart_faults
from briefing.schema.fields import mentions, targets, texts, way
from briefing.schema.readers import content_id
from briefing.text.markup_faults import MarkupFault


def identified(brief: Brief) -> Brief:
    """The brief with an id for every item; of items with the same content the later ones get ``-2``, ``-3`` and so on."""
    changed: dict[str, Any] = {}
    for kind in KINDS:
        items = kind.items(brief)
        taken = {item.id for item in items if item.id}
        made = []
        for item in items:
            if item.id is None:
                base = candidate = content_id(kind.id_words(item))
                number = 1
                while candidate in taken:
                    number += 1
                    candidate = f"{base}-{number}"
                taken.add(candidate)
                item = item.model_copy(update={"id": candidate})
            made.append(item)
        if made:
            changed[kind.key] = tuple(made)
    return brief.model_copy(update=changed)


_PLACED_LAST: Final = ("since_last_issue", "figures", "consulted", "sources", "changes")
"""Names of sections that stand by themselves, and that no other follows."""


def check_references(brief: Brief) -> list[Problem]:
    """Every fault in how the brief's parts refer to each other."""
    return [
        *_duplicates(brief),
        *_sources(brief),
        *_quotes(brief),
        *_vias(brief),
        *_places(brief),
        *_figures(brief),
        *_marks(brief),
        *_whole(brief),
    ]


def _duplicates(brief: Brief) -> Iterator[Problem]:
    for kind in KINDS:
        seen: dict[str, int] = {}
        for index, item in enumerate(kind.items(brief)):
            if item.id is None:
                continue
            if item.id in seen:
                first = f"{kind.key}[{seen[item.id]}]"
                what = f"the id '{item.id}' is that of {first}, too"
                yield Problem("duplicate-id", what, "give each its own", f"{kind.key}[{index}].id")
            seen.setdefault(item.id, index)
    for index, section in enumerate(brief.sections):
        if section.id in (*(kind.key for kind in FIXED), *_PLACED_LAST):
            what = f"'{section.id}' is the name of a built-in section"
            yield Problem("duplicate-id", what, "choose another id", f"sections[{index}].id")


def _unknown(kind: str, name: str, known: Sequence[str], path: str, offset: int | None = None) -> Problem:
    hint = did_you_mean(name, known) if known else f"add it under '{kind}s:'"
    return Problem("unknown-id", f"there is no {kind} '{name}'", hint, path, offset=offset)


def _sources(brief: Brief) -> Iterator[Problem]:
    known = [source.id for source in brief.sources]
    for mention in mentions(brief):
        if mention.source not in known:
            yield _unknown("source", mention.source, known, mention.path, mention.offset)


def _quotes(brief: Brief) -> Iterator[Problem]:
    known = [quote.id for quote in brief.quotes if quote.id]
    for index, stakeholder in enumerate(brief.stakeholders):
        for number, name in enumerate(stakeholder.quotes):
            if name not in known:
                yield _unknown("quote", name, known, f"stakeholders[{index}].quotes[{number}]")


def _vias(brief: Brief) -> Iterator[Problem]:
    known = {source.id: source.via for source in brief.sources}
    told: set[str] = set()
    for index, source in enumerate(brief.sources):
        if source.via is None or source.id in told:
            continue
        seen = way(brief, source.id)
        if source.via not in known:
            yield _unknown("source", source.via, list(known), f"sources[{index}].via")
        elif known.get(seen[-1]) == source.id:
            told.update(seen)
            circle = " via ".join([*seen, source.id])
            what = f"sources report each other in a circle: {circle}"
            yield Problem("cycle", what, "leave one 'via' out", f"sources[{index}].via")


def _places(brief: Brief) -> Iterator[Problem]:
    own = {section.id: section for section in brief.sections if section.id}
    known = [*(kind.key for kind in FIXED), *own]
    for kind in KINDS:
        for index, item in enumerate(kind.items(brief) if kind.has("after") else ()):
            if item.after is not None and item.after not in known:
                yield _unknown("section", item.after, known, f"{kind.key}[{index}].after")
    told: set[str] = set()
    for index, section in enumerate(brief.sections):
        step, way = section, [section.id]
        while step.after in own and step.after not in way:
            step = own[step.after]
            way.append(step.id)
        if section.id is not None and step.after == section.id and section.id not in told:
            told.update(name for name in way if name)
            what = f"sections follow each other in a circle: {' after '.join(map(str, [*way, section.id]))}"
            yield Problem("cycle", what, "let one follow a built-in section", f"sections[{index}].after")


def _figures(brief: Brief) -> Iterator[Problem]:
    for index, figure in enumerate(brief.figures):
        path = f"figures[{index}]"
        if (figure.image is None) == (figure.chart is None):
            what = "neither an image nor a chart" if figure.image is None else "both an image and a chart"
            yield Problem("bad-value", f"the figure has {what}", "give it one of the two", path)
        if figure.image is not None and figure.alt is None:
            what = "'alt' is missing: what must somebody know who cannot see the picture?"
            yield Problem("missing-key", what, "add 'alt: ...'", path)
        if figure.chart is not None:
            yield from chart_faults(figure.chart, f"{path}.chart")


def _marks(brief: Brief) -> Iterator[Problem]:
    known = targets(brief)
    sources = [source.id for source in brief.sources]
    for text in texts(brief):
        for fault in (*text.prose.faults, *(() if text.body else text.prose.faults_outside_bodies)):
            yield _marked(fault, text.path)
        for named in text.prose.references:
            meant = known.get(named.name, [])
            if not meant:
                hint = did_you_mean(named.name, list(known))
                yield Problem("unknown-id", f"there is no item '{named.name}'", hint, text.path, offset=named.offset)
            elif len(meant) > 1:
                hint = f"write {' or '.join(f'[#{each}]' for each in meant)}"
                yield Problem(
                    "bad-value", f"'{named.name}' is the id of several items", hint, text.path, offset=named.offset
                )
        for named in text.prose.names_without_brackets:
            if named.name in sources:
                what = f"'@{named.name}' names a source, but cites none without brackets"
                hint = f"write [@{named.name}]; \\@ for a sign"
                yield Problem("bad-value", what, hint, text.path, offset=named.offset)
    for index, quote in enumerate(brief.quotes):
        for fault in quote.text.faults:
            yield _marked(fault, f"quotes[{index}].text")


def _marked(fault: MarkupFault, path: str) -> Problem:
    return Problem(fault.code, fault.message, fault.hint, path, offset=fault.offset)


def _whole(brief: Brief) -> Iterator[Problem]:
    if not brief.proposition and not any(getattr(brief, kind.key) for kind in KINDS if kind.fixed or kind.has("after")):
        hint = "add a summary, key points or another section"
        yield Problem("empty-brief", "the brief has no section", hint, "title")
    period = brief.series.period if brief.series else None
    if period is not None and period.start.first_day > period.end.last_day:
        what = f"the period ends ({period.end}) before it begins ({period.start})"
        yield Problem("bad-value", what, "swap the dates", "series.period.end")
