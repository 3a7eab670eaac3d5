"""Rules on questions, handling, figures and length."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.evidence.rules.markings import hint_for, is_known
from briefing.evidence.rules.rule import Breach, Subject
from briefing.schema import QuestionStatus


def missing_handling(subject: Subject) -> Iterator[Breach]:
    """No handling marking."""
    if subject.brief.handling is None:
        yield Breach("title", "the brief has no handling marking", "add 'handling: {marking: OFFICIAL}', or another")


def unknown_handling(subject: Subject) -> Iterator[Breach]:
    """A handling marking of no known form."""
    handling, own = subject.brief.handling, subject.settings.markings
    if handling is not None and not is_known(handling.marking, own):
        what = f"'{handling.marking}' is not a known marking"
        yield Breach("handling.marking", what, hint_for(handling.marking, own))


def questions_without_owner(subject: Subject) -> Iterator[Breach]:
    """Open questions that nobody answers for."""
    for index, question in enumerate(subject.brief.open_questions):
        if question.status is QuestionStatus.OPEN and question.owner is None:
            yield Breach(f"open_questions[{index}]", "the open question has no owner", "add 'owner'", question.id or "")


def questions_past_due(subject: Subject) -> Iterator[Breach]:
    """Open questions whose date has passed by the brief's date."""
    for index, question in enumerate(subject.brief.open_questions):
        if question.status is QuestionStatus.OPEN and question.due and question.due.is_before(subject.brief.date):
            what = f"the question was due on {question.due}, before the brief's date"
            yield Breach(
                f"open_questions[{index}].due", what, "answer it, drop it or set a new date", question.id or ""
            )


def answers_missing(subject: Subject) -> Iterator[Breach]:
    """Questions that are answered and do not say how."""
    for index, question in enumerate(subject.brief.open_questions):
        if question.status is QuestionStatus.ANSWERED and not question.answer:
            yield Breach(
                f"open_questions[{index}].status",
                "the question is answered, but there is no answer",
                "add 'answer'",
                question.id or "",
            )


def figures_without_words(subject: Subject) -> Iterator[Breach]:
    """Figures without an alternative text of their own."""
    for index, figure in enumerate(subject.brief.figures):
        if figure.alt is None:
            what = "the figure has no alternative text"
            yield Breach(
                f"figures[{index}]", what, "add 'alt': what it shows, for those who cannot see it", figure.id or ""
            )


def too_many_pages(subject: Subject) -> Iterator[Breach]:
    """A PDF longer than it may be."""
    most = subject.brief.max_pages if subject.brief.max_pages is not None else subject.settings.max_pages
    if most is not None and subject.pages is not None and subject.pages > most:
        path = "max_pages" if subject.brief.max_pages is not None else "title"
        yield Breach(path, f"the brief has {subject.pages} pages", f"at most {most} are allowed; shorten it")
