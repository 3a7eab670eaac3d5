"""The head of the first page, the running lines of every page, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Final

from msgspec import Struct

from briefing.compose.house import House
from briefing.compose.wording import PARTED, Wording, joined
from briefing.document.inlines import Inline, Link, PageCount, PageNumber, Text
from briefing.document.reading import NO_BREAK_SPACE
from briefing.document.tree import Fact, Logo, Masthead, Properties, RunningLine, RunningRole
from briefing.schema import Brief, Contact, PaperStatus, Person
from briefing.schema.brief import KINDS
from briefing.schema.forms import FACTS, Form

_FACT_LABELS: Final = {
    "date": "as_of",
    "authors": "prepared_by",
    "audience": "prepared_for",
    "series.next": "next_issue",
}
"""The labels of facts that have not the name of their key."""

LONGEST_IDENTITY: Final = 120
"""Characters: a longer title is cut in the running line, where it would take more than two lines."""


def named(people: Sequence[Person], wording: Wording) -> tuple[Inline, ...]:
    """Name, role and body of each, with the address to write to; people are kept apart by semicolons."""
    return joined([_person(person, wording) for person in people], Text(wording("semicolon")))


def _person(person: Person, wording: Wording) -> tuple[Inline, ...]:
    said = Text(wording("comma").join(part for part in (person.name, person.role, person.organisation) if part))
    email = (Link(f"mailto:{person.email}", (Text(person.email),)),) if person.email else ()
    telephone = (
        person.telephone.replace(" ", NO_BREAK_SPACE) if isinstance(person, Contact) and person.telephone else ""
    )
    ways = joined([email, (Text(telephone),) if telephone else ()], Text(wording("comma")))
    return (said, Text(" ("), *ways, Text(")")) if ways else (said,)


class EditionNote(Struct, frozen=True):
    """What an edition says of itself: its name, how many items of each kind are of too low a priority for it, and its marking.

    How much is marked above that is nobody's business, nor whether anything is.
    """

    name: str
    counts: Mapping[str, int]
    marking: str | None


def masthead(brief: Brief, wording: Wording, house: House, edition: EditionNote | None = None) -> Masthead:
    """Logo and office, the form's name, series line, title, subtitle and facts."""
    office, form = brief.office or house.office, house.form
    return Masthead(
        id="masthead",
        series_id="masthead.series",
        series=_series(brief, wording, form),
        title_id="masthead.title",
        title=(Text(brief.title),),
        subtitle_id="masthead.subtitle",
        subtitle=(Text(brief.subtitle),) if brief.subtitle else (),
        facts=(*_facts(brief, wording, form), *_edition(edition, wording)),
        office=(Text(wording("comma").join(part for part in (office.name, office.unit) if part)),) if office else (),
        logo=Logo("masthead.logo", "office.logo", wording("logo", name=office.name), house.logo)
        if office and house.logo
        else None,
        form=(Text(name),) if (name := wording("form_name")) else (),
    )


def _series(brief: Brief, wording: Wording, form: Form) -> tuple[Inline, ...]:
    """What the form puts into the line above the title, of what the brief has."""
    series, said = brief.series, dict[str, str]()
    if series is not None:
        said["series.title"] = series.title
        if series.number is not None:
            said["series.number"] = wording("issue", number=series.number)
        if series.period is not None:
            said["series.period"] = wording("line_period", period=wording.period(series.period))
        if series.next is not None:
            said["series.next"] = wording("line_next", date=wording.date(series.next))
    said["date"] = wording("line_as_of", date=wording.date(brief.date))
    parts = [said[name] for name in form.series_line if name in said]
    return (Text(wording("comma").join(parts)),) if parts else ()


def _facts(brief: Brief, wording: Wording, form: Form) -> Iterator[Fact]:
    """The lines of the masthead, in the form's order; what the line above the title holds is none of them."""
    series = brief.series
    dates = {"date": brief.date, "updated": brief.updated, "series.next": series.next if series else None}
    people = {"authors": brief.authors, "audience": brief.audience, "copy_to": brief.copy_to}
    said: dict[str, tuple[Inline, ...]] = {
        "reference": (Text(brief.reference),) if brief.reference else (),
        "status": (Text(wording(brief.status.value)),) if brief.status else (),
        "version": (Text(brief.version),) if brief.version else (),
        **{key: (Text(wording.date(date)),) if date else () for key, date in dates.items()},
        **{key: named(those, wording) for key, those in people.items()},
    }
    for key in dict.fromkeys((*form.facts, *FACTS)):
        if said[key] and key not in form.series_line:
            label = wording(_FACT_LABELS.get(key, key))
            yield Fact(f"masthead.{key}", key, key.replace(".", "-"), label, wording("colon"), said[key])


def _edition(edition: EditionNote | None, wording: Wording) -> Iterator[Fact]:
    if edition is None:
        return
    parts = [edition.name]
    if edition.counts:
        counted = (
            f"{wording(key)} ({edition.counts[key]})" for key in (kind.key for kind in KINDS) if edition.counts.get(key)
        )
        parts.append(wording("edition_left_out", kinds=wording("comma").join(counted)))
    if edition.marking:
        parts.append(wording("edition_marking", marking=edition.marking))
    said = (Text(wording("semicolon").join(parts)),)
    yield Fact("masthead.edition", "", "edition", wording("edition"), wording("colon"), said)


def header(brief: Brief, wording: Wording) -> tuple[RunningLine, ...]:
    """The lines at the head of every page: the handling marking and its caveat, the embargo, and that it is a draft."""
    lines = [*_handling(brief, "top"), *_embargo(brief, wording, "top")]
    if brief.status in (PaperStatus.DRAFT, PaperStatus.FOR_CLEARANCE):
        said = (Text(wording(f"mark_{brief.status.value}")),)
        lines.append(RunningLine("running.status", "status", RunningRole.STATUS, said))
    return tuple(lines)


def footer(brief: Brief, wording: Wording) -> tuple[RunningLine, ...]:
    """The lines at the foot of every page: what the paper is, page x of y, and the handling marking again, outermost."""
    identity = PARTED.join(part for part in (brief.reference, brief.title) if part)
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
        *_embargo(brief, wording, "bottom"),
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


def _embargo(brief: Brief, wording: Wording, where: str) -> Iterator[RunningLine]:
    if brief.embargo is not None:
        said = wording("embargo", date=wording.date(brief.embargo.until))
        said += PARTED + brief.embargo.note if brief.embargo.note else ""
        yield RunningLine(f"running.embargo-{where}", "embargo", RunningRole.EMBARGO, (Text(said),))


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
