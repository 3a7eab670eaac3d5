"""The head of the first page, the running lines of every page, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Final

from briefing.compose.wording import Wording
from briefing.document.inlines import Inline, Link, PageCount, PageNumber, Text
from briefing.document.tree import Fact, Masthead, Properties, RunningLine, RunningRole
from briefing.schema import Brief, Person

LONGEST_IDENTITY: Final = 120
"""Characters: a longer title is cut in the running line, where it would take more than two lines."""


def named(people: Sequence[Person], wording: Wording) -> tuple[Inline, ...]:
    """Name, role and body of each, with the address to write to; people are kept apart by semicolons."""
    children: list[Inline] = []
    for position, person in enumerate(people):
        if position:
            children.append(Text(wording("semicolon")))
        children.append(
            Text(wording("comma").join(part for part in (person.name, person.role, person.organisation) if part))
        )
        if person.email:
            children += [Text(" ("), Link(f"mailto:{person.email}", (Text(person.email),)), Text(")")]
    return tuple(children)


def masthead(brief: Brief, wording: Wording) -> Masthead:
    """Series line, title, subtitle and facts."""
    return Masthead(
        id="masthead",
        series_id="masthead.series",
        series=_series(brief, wording),
        title_id="masthead.title",
        title=(Text(brief.title),),
        subtitle_id="masthead.subtitle",
        subtitle=(Text(brief.subtitle),) if brief.subtitle else (),
        facts=tuple(_facts(brief, wording)),
    )


def _series(brief: Brief, wording: Wording) -> tuple[Inline, ...]:
    series = brief.series
    if series is None:
        return ()
    parts = [series.title]
    if series.number is not None:
        parts.append(wording("issue", number=series.number))
    if series.period is not None:
        parts.append(wording.period(series.period))
    return (Text(wording("comma").join(parts)),)


def _facts(brief: Brief, wording: Wording) -> Iterator[Fact]:
    def fact(key: str, label: str, children: tuple[Inline, ...]) -> Fact:
        return Fact(f"masthead.{key}", key, key.replace(".", "-"), wording(label), wording("colon"), children)

    yield fact("date", "as_of", (Text(wording.date(brief.date)),))
    if brief.reference:
        yield fact("reference", "reference", (Text(brief.reference),))
    if brief.authors:
        yield fact("authors", "prepared_by", named(brief.authors, wording))
    if brief.audience:
        yield fact("audience", "prepared_for", named(brief.audience, wording))
    if brief.series is not None and brief.series.next is not None:
        yield fact("series.next", "next_issue", (Text(wording.date(brief.series.next)),))


def header(brief: Brief) -> tuple[RunningLine, ...]:
    """The lines at the head of every page: the handling marking and its caveat."""
    return tuple(_handling(brief, "top"))


def footer(brief: Brief, wording: Wording) -> tuple[RunningLine, ...]:
    """The lines at the foot of every page: what the paper is, page x of y, and the handling marking again, outermost."""
    identity = " · ".join(part for part in (brief.reference, brief.title) if part)
    if len(identity) > LONGEST_IDENTITY:
        cut = shorten(identity, LONGEST_IDENTITY, placeholder="…")
        identity = cut if len(cut) > 1 else identity[: LONGEST_IDENTITY - 1] + "…"
    before, rest = wording.labels["page"].split("{page}")
    between, after = rest.split("{pages}")
    page: list[Inline] = [Text(before), PageNumber(), Text(between), PageCount(), Text(after)]
    return (
        RunningLine("running.identity", "title", RunningRole.IDENTITY, (Text(identity),)),
        RunningLine("running.page", "", RunningRole.PAGE, tuple(part for part in page if part != Text(""))),
        *_handling(brief, "bottom"),
    )


def _handling(brief: Brief, where: str) -> Iterator[RunningLine]:
    if brief.handling is not None and not brief.handling.is_public:
        yield RunningLine(
            f"running.marking-{where}", "handling.marking", RunningRole.MARKING, (Text(brief.handling.marking),)
        )
        if brief.handling.caveat:
            yield RunningLine(
                f"running.caveat-{where}", "handling.caveat", RunningRole.CAVEAT, (Text(brief.handling.caveat),)
            )


def properties(brief: Brief, build: str) -> Properties:
    """The file's own properties; its creation date is the brief's date, so that equal briefs give equal files."""
    return Properties(
        title=brief.title[:255],
        author="; ".join(person.name for person in brief.authors)[:255],
        subject=(brief.subtitle or (brief.series.title if brief.series else ""))[:255],
        keywords=", ".join(
            part
            for part in (
                brief.reference,
                brief.handling.marking if brief.handling and not brief.handling.is_public else None,
            )
            if part
        )[:255],
        created=f"{brief.date.first_day.isoformat()}T00:00:00Z",
        build=build,
    )
