"""Ids: made from the content for items that were given none, each given once, and every id that is named leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from briefing.errors import Problem, did_you_mean, first_of
from briefing.schema.brief import KINDS, Brief
from briefing.schema.chart_models import chart_faults
from briefing.schema.fields import mentions, targets, texts, way
from briefing.schema.forms import PLACEABLE
from briefing.schema.items import OwnSection
from briefing.schema.kinds import SectionKind
from briefing.schema.placed_items import Annex, BoxItem, ColumnAlign, OwnTable
from briefing.schema.readers import content_id, is_plain_number
from briefing.text.markup import line_starts
from briefing.text.markup_faults import SUB_HEADINGS, MarkupFault


def identified(brief: Brief) -> Brief:
    """The brief with an id for every item; of items with the same content the later ones get ``-2``, ``-3`` and so on."""
    changed: dict[str, Any] = {}
    for kind in KINDS:
        taken = {item.id for _, item in kind.placed(brief) if item.id}
        if made := _identified(kind, kind.items(brief), taken):
            changed[kind.key] = made
    return brief.model_copy(update=changed)


def _identified(kind: SectionKind, items: Sequence[Any], taken: set[str]) -> tuple[Any, ...]:
    """The items, and those of their kind within them, each with an id; those made are added to `taken`."""
    made = []
    for item in items:
        given: dict[str, Any] = {}
        if item.id is None:
            base = candidate = content_id(kind.id_words(item))
            number = 1
            while candidate in taken:
                number += 1
                candidate = f"{base}-{number}"
            taken.add(candidate)
            given["id"] = candidate
        if kind.has(kind.key):
            given[kind.key] = _identified(kind, getattr(item, kind.key), taken)
        made.append(item.model_copy(update=given) if given else item)
    return tuple(made)


_TAKEN: Final = frozenset(
    (*PLACEABLE, *(kind.key for kind in KINDS), "since_last_issue", "consulted", "changes", "imprint")
)
"""The names of sections and tables that the program makes itself."""
DEEPEST: Final = 3
"""The level of the deepest heading, that of a section being 1."""
_SEPARATED: Final = re.compile(r"[+−-]?(?:\d{1,3}(?:[,.  ’']\d{3})+(?:[.,]\d+)?|\d+,\d+)")
"""A number with separators, which may mean another in each language."""


def check_references(brief: Brief) -> list[Problem]:
    """Every fault in how the brief's parts refer to each other; of each check no more than anybody mends at once."""
    return [problem for check in _CHECKS for problem in first_of(check(brief))]


def _duplicates(brief: Brief) -> Iterator[Problem]:
    for kind in KINDS:
        seen: dict[str, str] = {}
        for path, item in kind.placed(brief):
            if item.id is None:
                continue
            if item.id in seen:
                what = f"the id '{item.id}' is that of {seen[item.id]}, too"
                yield Problem("duplicate-id", what, "give each its own", f"{path}.id")
            seen.setdefault(item.id, path)
    sections = dict(_holders(brief))
    free = {name for name in PLACEABLE if not getattr(brief, name, ())}
    for path, item in (*sections.items(), *placed_in(brief, OwnTable)):
        if item.id in _TAKEN - (free if path in sections else set()):
            what = f"'{item.id}' is the name of a built-in {'section' if path in sections else 'table'}"
            yield Problem("duplicate-id", what, "choose another id", f"{path}.id")
    own = {section.id: path for path, section in sections.items() if isinstance(section, OwnSection)}
    for path, item in placed_in(brief, Annex):
        if item.id in own and item.id is not None:
            what = f"the id '{item.id}' is that of {own[item.id]}, too, and 'after' may mean either"
            yield Problem("duplicate-id", what, "give each its own", f"{path}.id")


def _unknown(kind: str, name: str, known: Sequence[str], path: str, offset: int | None = None) -> Problem:
    hint = did_you_mean(name, known) if known else f"add it under '{kind}s:'"
    return Problem("unknown-id", f"there is no {kind} '{name}'", hint, path, offset=offset)


def _sources(brief: Brief) -> Iterator[Problem]:
    known = {source.id: source for source in brief.sources}
    for mention in mentions(brief):
        if mention.source not in known:
            yield _unknown("source", mention.source, [*known], mention.path, mention.offset)


def _quotes(brief: Brief) -> Iterator[Problem]:
    known = {quote.id: quote for quote in brief.quotes if quote.id}
    for index, stakeholder in enumerate(brief.stakeholders):
        for number, name in enumerate(stakeholder.quotes):
            if name not in known:
                yield _unknown("quote", name, [*known], f"stakeholders[{index}].quotes[{number}]")


def _vias(brief: Brief) -> Iterator[Problem]:
    known = {source.id: source.via for source in brief.sources}
    reported: set[str] = set()
    for index, source in enumerate(brief.sources):
        if source.via is None or source.id in reported:
            continue
        seen = way(brief, source.id)
        if source.via not in known:
            yield _unknown("source", source.via, list(known), f"sources[{index}].via")
        elif known.get(seen[-1]) == source.id:
            reported.update(seen)
            circle = " via ".join([*seen, source.id])
            what = f"sources report each other in a circle: {circle}"
            yield Problem("cycle", what, "leave one 'via' out", f"sources[{index}].via")


def placed_in(brief: Brief, model: type[Any]) -> Iterator[tuple[str, Any]]:
    """Every item of `model`, with its path."""
    return (each for kind in KINDS if kind.item is model for each in kind.placed(brief))


def _holders(brief: Brief) -> Iterator[tuple[str, Any]]:
    """Every section of the office's own, however deep, and every annex, with its path."""
    return chain(placed_in(brief, OwnSection), placed_in(brief, Annex))


def heading_levels(brief: Brief) -> dict[str, int]:
    """The level of the heading over each section of the office's own and each annex, by its id."""
    return {str(item.id): path.count("].") + 1 for path, item in _holders(brief) if item.id}


def _places(brief: Brief) -> Iterator[Problem]:
    """What is to follow a section follows one that is there; sections follow those beside them, and not in a circle."""
    places = [*PLACEABLE, *(item.id for _, item in _holders(brief) if item.id)]
    for kind in KINDS:
        for path, item in kind.placed(brief) if kind.has("after") and kind.item is not OwnSection else ():
            if item.after is not None and item.after not in places:
                yield _unknown("section", item.after, places, f"{path}.after")
    named = [*PLACEABLE, *(section.id for section in brief.sections if section.id)]
    for index, name in enumerate(brief.order):
        if name not in named:
            yield _unknown("section", name, named, f"order[{index}]")
        elif name in brief.order[:index]:
            yield Problem("bad-value", f"'{name}' stands twice in the order", "take one out", f"order[{index}]")
    yield from _order(brief.sections, list(PLACEABLE), "sections")


def _order(sections: Sequence[OwnSection], fixed: list[str], above: str) -> Iterator[Problem]:
    own = {section.id: section for section in sections if section.id}
    known, reported = [*fixed, *own], set[str]()
    for index, section in enumerate(sections):
        path = f"{above}[{index}]"
        if section.after is not None and section.after not in known:
            yield _unknown("section", section.after, known, f"{path}.after")
        step, way = section, {section.id: None}
        while step.after in own and step.after not in way:
            step = own[step.after]
            way[step.id] = None
        if section.id is not None and step.after == section.id and section.id not in reported:
            reported.update(name for name in way if name)
            what = f"sections follow each other in a circle: {' after '.join(map(str, [*way, section.id]))}"
            yield Problem(
                "cycle",
                what,
                "let one follow a built-in section" if fixed else "leave one 'after' out",
                f"{path}.after",
            )
        yield from _order(section.sections, [], f"{path}.sections")


def _depths(brief: Brief) -> Iterator[Problem]:
    """Headings are of three levels at most: of sections within sections, and of sub-headings in texts."""
    levels = heading_levels(brief)
    for path, _ in placed_in(brief, OwnSection):
        if path.count("].") + 1 == DEEPEST + 1:
            what = f"sections are nested more than {DEEPEST} deep"
            yield Problem("too-deep", what, "make it a section beside the one around it, or part of its text", path)
    above = {path: path.count("].") + 1 for path, _ in _holders(brief)}
    above |= {path: levels.get(str(box.after), 1) for path, box in placed_in(brief, BoxItem)}
    for text in texts(brief):
        level = above.get(text.path.rpartition(".")[0], 1)
        if not text.body or level == 1:
            continue
        starts = line_starts(text.prose.text)
        for token in text.prose.tokens:
            if token.type == "heading_open" and token.map and SUB_HEADINGS.get(token.tag, 0) + level - 1 > DEEPEST:
                what = f"the sub-heading would be of level {SUB_HEADINGS[token.tag] + level - 1}, since it stands {level} sections deep"
                hint = f"there are {DEEPEST} levels: use fewer #, or move it up"
                yield Problem("too-deep", what, hint, text.path, offset=starts[token.map[0]])


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


def _tables(brief: Brief) -> Iterator[Problem]:
    for path, table in placed_in(brief, OwnTable):
        if table.csv is None and not table.rows:
            yield Problem("missing-key", "the table has neither rows nor a CSV file", "give it 'rows' or 'csv'", path)
        elif table.rows and not table.columns:
            hint = "add 'columns: [{label: ...}, ...]', one for each cell of a row"
            yield Problem("missing-key", "the table has no columns", hint, path)
        for number, row in enumerate(table.rows if table.columns else ()):
            if len(row) != len(table.columns):
                what = f"the row has {len(row)} {'cell' if len(row) == 1 else 'cells'}, the table {len(table.columns)} columns"
                yield Problem("bad-value", what, "write as many", f"{path}.rows[{number}]")
                continue
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                said = cell.text if cell else ""
                is_open = place > 0 and column.align in (None, ColumnAlign.DECIMAL)
                if is_open and _SEPARATED.fullmatch(said) and not is_plain_number(said):
                    hint = "write digits, with a full stop before decimals: the program sets separators; 'align: right' leaves it as typed"
                    yield Problem(
                        "bad-value", f"'{said}' is a number with separators", hint, f"{path}.rows[{number}][{place}]"
                    )


def _marks(brief: Brief) -> Iterator[Problem]:
    known = targets(brief)
    sources = {source.id for source in brief.sources}
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


_CHECKS: Final = (_duplicates, _sources, _quotes, _vias, _places, _depths, _figures, _tables, _marks, _whole)
