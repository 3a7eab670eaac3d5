"""Rules on questions, handling, figures and length. Handling markings of a known form are read from `markings.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from briefing.errors import nearest
from briefing.resources import read_table
from briefing.rules.subject import Breach, Subject, placed
from briefing.schema import FigureItem, Question, QuestionStatus

_SIGN: Final = re.compile(r"\s*(?:[–—:,]|//|\s-\s|-(?=[A-Z]))\s*")
_ADDITIONAL: Final = re.compile(r"[A-Z][A-Z0-9&/ -]*")
_SENSITIVE: Final = re.compile(r"OFFICIAL(?:\s*[–:]\s*|\s+-\s*|\s+|-\s+)SENSITIVE")
"""Spellings of OFFICIAL-SENSITIVE that are met and mean the same."""


_data: Final = partial(read_table, "briefing.rules", "markings.toml")


def known_markings() -> tuple[str, ...]:
    """Every marking that is known without additions, for a list."""
    return (*_data()["tlp"]["markings"], *_data()["uk"]["classifications"])


def is_known(marking: str, own: Sequence[str] = ()) -> bool:
    """Whether a marking is of TLP 2.0, of the UK's classifications with or without additional markings, or the office's `own`."""
    return marking in own or marking in _data()["tlp"]["markings"] or _is_british(marking)


def hint_for(marking: str, own: Sequence[str] = ()) -> str:
    """What would be right instead of an unknown marking."""
    normalised = " ".join(marking.upper().split())
    renamed: dict[str, str] = _data()["tlp"]["renamed"]
    if normalised.replace(" ", "") in renamed:
        return f"TLP 2.0 calls it {renamed[normalised.replace(' ', '')]}"
    if normalised in _data()["uk"]["withdrawn"]:
        listed = ", ".join(_data()["uk"]["classifications"])
        return f"since April 2014 the UK classifications are {listed}; list your own under 'markings' in briefing.toml"
    close = nearest(normalised, [*own, *known_markings()])
    if close is not None and close != marking:
        return f"did you mean '{close}'?"
    return "use TLP 2.0 or a UK classification, or list your own under 'markings' in briefing.toml"


def is_above(marking: str, other: str, own: Sequence[str] = ()) -> bool | None:
    """Whether `marking` is for fewer readers than `other`, by the office's `own` markings, the lowest first, or else by TLP 2.0 or the UK's.

    None where the two stand in no order. `none` is below every marking; additional markings do not count.
    """
    first, second = (" ".join(each.upper().split()) for each in (marking, other))
    if first == "NONE" or first == second:
        return False
    british = [_british_level(each)[0] if _is_british(each) else None for each in (first, second)]
    plain: list[str | None] = [first, second]
    orders: list[tuple[list[str], list[str | None]]] = [
        ([each.upper() for each in own], plain),
        (_data()["tlp"]["markings"][::-1], plain),
        (_data()["uk"]["classifications"], british),
    ]
    for held, sought in orders:
        ranks = [held.index(each) if each in held else None for each in sought]
        if second == "NONE" and ranks[0] is not None:
            return True
        if ranks[0] is not None and ranks[1] is not None:
            return ranks[0] > ranks[1]
    return None


def _british_level(marking: str) -> tuple[str | None, str]:
    """The UK's classification that a marking begins with, and the marking in its usual spelling."""
    normalised = _SENSITIVE.sub("OFFICIAL-SENSITIVE", marking.removeprefix("UK "), count=1)
    held = (level for level in _data()["uk"]["classifications"] if normalised.startswith(level))
    return max(held, key=len, default=None), normalised


def _is_british(marking: str) -> bool:
    """Whether it is ``[UK ]classification``, with additional markings in capitals behind a sign, or the policy's own behind a space."""
    level, normalised = _british_level(marking)
    if level is None:
        return False
    rest = normalised[len(level) :]
    if not rest:
        return True
    if rest[0] == " " and rest.strip() in _data()["uk"]["additional"]:
        return True
    sign = _SIGN.match(rest)
    return sign is not None and all(_ADDITIONAL.fullmatch(part) for part in _SIGN.split(rest[sign.end() :]))


def missing_handling(subject: Subject) -> Iterator[Breach]:
    """No handling marking."""
    if subject.brief.handling is None:
        yield Breach(
            "title",
            "the brief has no handling marking",
            "add 'handling: {marking: OFFICIAL}' or another, or 'handling: none'",
        )


def unknown_handling(subject: Subject) -> Iterator[Breach]:
    """A handling marking of no known form."""
    handling, own = subject.brief.handling, subject.settings.markings
    if handling is not None and not handling.is_public and not is_known(handling.marking, own):
        what = f"'{handling.marking}' is not a known marking"
        yield Breach("handling.marking", what, hint_for(handling.marking, own))


def questions_without_owner(subject: Subject) -> Iterator[Breach]:
    """Open questions that nobody answers for."""
    for path, question in placed(subject.brief, Question):
        if question.status is QuestionStatus.OPEN and question.owner is None:
            yield Breach(path, "the open question has no owner", "add 'owner'")


def questions_past_due(subject: Subject) -> Iterator[Breach]:
    """Open questions whose date has passed by the brief's date."""
    for path, question in placed(subject.brief, Question):
        if question.status is QuestionStatus.OPEN and question.due and question.due.is_before(subject.brief.date):
            what = f"the question was due on {question.due}, before the brief's date"
            yield Breach(f"{path}.due", what, "answer it, drop it or set a new date")


def answers_missing(subject: Subject) -> Iterator[Breach]:
    """Questions that are answered and do not say how."""
    for path, question in placed(subject.brief, Question):
        if question.status is QuestionStatus.ANSWERED and not question.answer:
            yield Breach(f"{path}.status", "the question is answered, but there is no answer", "add 'answer'")


def figures_without_words(subject: Subject) -> Iterator[Breach]:
    """Figures without an alternative text of their own."""
    for path, figure in placed(subject.brief, FigureItem):
        if figure.alt is None:
            hint = "add 'alt': what it shows, for those who cannot see it"
            yield Breach(path, "the figure has no alternative text", hint)


def form_incomplete(subject: Subject) -> Iterator[Breach]:
    """What the form asks for and the brief does not have, in one breach."""
    missing = subject.form.missing(subject.brief)
    if missing:
        path = "form" if "form" in subject.brief.model_fields_set else "title"
        listed = ", ".join(f"'{name}'" for name in missing)
        what = f"the {subject.form.title} misses {listed}"
        yield Breach(path, what, "add them, or say in a waiver why they are not needed")


def read_too_long(subject: Subject) -> Iterator[Breach]:
    """A brief that takes longer to read than it promises."""
    time = subject.reading
    if time is not None and time.promised is not None and time.minutes > time.promised:
        what = f"reads in {time.minutes} minutes ({time.words} words); {time.promised} promised"
        yield Breach("reading_minutes", what, f"shorten it; the longest sections, in minutes: {time.longest()}")


def too_many_pages(subject: Subject) -> Iterator[Breach]:
    """A PDF longer than it may be."""
    most, use = subject.most_pages, subject.page_use
    if most is not None and subject.pages is not None and subject.pages > most:
        path = "max_pages" if subject.brief.max_pages is not None else "title"
        what = f"the brief has {subject.pages} pages, and at most {most} are allowed"
        if use is None:
            yield Breach(path, what, "shorten it")
            return
        lines = use.over(most)
        hint = f"the longest sections, in lines: {use.longest()}{use.advice}"
        draft = f"it is written as '{use.draft}'; " if use.draft else ""
        yield Breach(path, f"{what}: some {lines} {'line' if lines == 1 else 'lines'} too many", draft + hint)
