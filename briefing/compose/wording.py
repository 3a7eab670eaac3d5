"""The words, dates, numbers and marks that the program itself puts into a brief, in the brief's language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from msgspec import Struct

from briefing.document.inlines import Inline, Mark, MarkKind, Strong, Text
from briefing.errors import Problem, did_you_mean
from briefing.resources import read_table
from briefing.schema import PartialDate, Period, Precision, QuestionStatus, Stance
from briefing.schema.advice_items import ClearanceStatus, Urgency
from briefing.schema.forms import PLAIN, Form
from briefing.schema.readers import NUMBER, is_plain_number
from briefing.schema.types import Choice
from briefing.series.changes import ChangeKind

FALLBACK = "en"
PARTED: Final = " · "
"""Between things that stand beside one another on a line."""
_LOCATORS: Final = {"para": "paragraph", "paras": "paragraphs", "p.": "page", "pp.": "pages"}
_FIELD: Final = re.compile(r"\{\w*\}?|\}")
_LOCATOR: Final = re.compile(r"(?P<word>paras?|pp?\.)\s(?P<numbers>\d[\d\s,–-]*)")


def _labels(language: str) -> Mapping[str, str] | None:
    return read_table("briefing.compose", f"labels/{language}.toml") if language in labelled_languages() else None


def label_faults(form: Form) -> Iterator[Problem]:
    """Labels of `form` that are not the program's, or that have other ``{fields}``, each with the path of its value."""
    known = _labels(FALLBACK) or {}
    for language, labels in form.labels.items():
        for key, label in labels.items():
            path = f"labels.{language}.{key}"
            if key not in known:
                yield Problem("bad-value", f"there is no label '{key}'", did_you_mean(key, tuple(known)), path)
            elif sorted(_FIELD.findall(label)) != sorted(_FIELD.findall(known[key])):
                fields = " ".join(_FIELD.findall(known[key])) or "none"
                yield Problem("bad-value", "the label has other fields in braces", f"it takes {fields}", path)


def joined(parts: Iterable[Sequence[Inline]], separator: Inline) -> tuple[Inline, ...]:
    """The parts that hold something, one behind another, with `separator` between them."""
    filled = [part for part in parts if part]
    return tuple(each for place, part in enumerate(filled) for each in ((separator,) * (place > 0) + tuple(part)))


@cache
def labelled_languages() -> tuple[str, ...]:
    """The languages that have built-in labels, as ISO 639 codes, sorted."""
    return tuple(sorted(file.stem for file in Path(__file__).with_name("labels").glob("*.toml")))


class Wording(Struct, frozen=True):
    """Labels of one language with dates and numbers as its readers write them (Unicode CLDR, through Babel).

    `own` is false when the language has no labels here and English ones stand in.
    """

    language: str
    locale: Locale
    labels: Mapping[str, str]
    own: bool

    @classmethod
    def of(cls, language: str, form: Form = PLAIN) -> Wording:
        """The wording for a BCP 47 tag, with the labels of `form` in place of others.

        Never fails: what is not known falls back, labels to English, dates to the nearest locale.
        """
        base = language.split("-", 1)[0]
        labels = _labels(base)
        english = _labels(FALLBACK)
        assert english is not None
        locale = Locale("en", "GB")
        for tag in (language, base):
            try:
                locale = Locale.parse(tag, sep="-")
                break
            except (UnknownLocaleError, ValueError):
                continue
        own = form.labels.get(base if labels else FALLBACK, {})
        return cls(language, locale, {**(labels or english), **own}, labels is not None)

    def __call__(self, key: str, **values: object) -> str:
        """The label `key` with its `{fields}` filled."""
        return self.labels[key].format(**values)

    def counted(self, key: str, part: int, whole: int) -> str:
        """The label `<key>_one`, `<key>_both`, `<key>_all` or `<key>_some` for `part` of `whole` things, their numbers in words up to twelve."""
        names = self.labels["number_words"].split()
        count, total = (names[number - 1] if number <= len(names) else self.number(number) for number in (part, whole))
        of_all = {1: "one", 2: "both"}.get(whole, "all")
        said = self(f"{key}_{of_all if part == whole else 'some'}", count=count, total=total)
        return said[:1].upper() + said[1:]

    def label(self, key: str, more: str = "") -> tuple[Inline, Inline]:
        """The label `key` with `more` behind it, strong and with a colon, before what it speaks of."""
        return Strong((Text(self(key) + more + self("colon").rstrip(" ")),)), Text(" ")

    def date(self, date: PartialDate) -> str:
        """A date in words, as precise as it is known: ``26 July 2022``, ``July 2022`` or ``2022``."""
        match date.precision:
            case Precision.DAY:
                return self._first(format_date(date.first_day, "long", locale=self.locale))
            case Precision.MONTH:
                return str(format_skeleton("yMMMM", date.first_day, locale=self.locale))
            case Precision.YEAR:
                return str(date.year)

    def short_date(self, day: datetime.date, skeleton: str) -> str:
        """A day as far as a skeleton of CLDR asks for it, for the axis of a drawing: ``Jul``, ``7 Jul``, ``Jul 2026``."""
        return self._first(str(format_skeleton(skeleton, day, locale=self.locale)))

    def short(self, date: PartialDate) -> str:
        """A date as precise as it is known, in few letters: ``26 Jul 2022``."""
        skeletons = {Precision.DAY: "yMMMd", Precision.MONTH: "yMMM"}
        return self.short_date(date.first_day, skeletons[date.precision]) if date.month else str(date.year)

    def period(self, period: Period) -> str:
        """A span of days in words: ``20–26 July 2022``."""
        if period.start.precision is period.end.precision is Precision.DAY:
            days = period.start.first_day, period.end.first_day
            return self._first(str(format_interval(*days, "yMMMMd", locale=self.locale)))
        return f"{self.date(period.start)} {self('range')} {self.date(period.end)}"

    def _first(self, date: str) -> str:
        """`date` with the first of a month as French readers write it, which CLDR does not: ``1er mars 2026``."""
        return re.sub(r"(?<!\d)1(?= ?–| [^\W\d])", "1er", date) if self.locale.language == "fr" else date

    def number(self, value: float) -> str:
        """A number as readers write it, with at most six decimals, and a minus sign in place of the hyphen."""
        return str(format_decimal(value, "#,##0.######", locale=self.locale)).replace("-", "−")

    def figure(self, typed: str) -> str:
        """A number that was typed in digits, with the decimals that it has, as readers write it, with a minus sign that is none of the keyboard's."""
        decimals = len(typed.partition(".")[2])
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        said = str(format_decimal(Decimal(typed.replace("−", "-")), pattern, locale=self.locale))
        return ("+" if typed.startswith("+") else "") + said.replace("-", "−")

    def figure_typed(self, said: str) -> str | None:
        """The digits that are typed for a number that readers write so, or that has its digits typed already; None for other text."""
        bare = "".join(said.split())
        try:
            typed = str(parse_decimal(bare.replace("−", "-").removeprefix("+"), locale=self.locale))
        except NumberFormatError:
            return None
        typed = f"+{typed}" if bare.startswith("+") else typed
        if is_plain_number(typed) and "".join(self.figure(typed).split()) == bare:
            return typed
        return bare.replace("−", "-") if is_plain_number(bare) else None

    def amount(self, typed: str, unit: str = "") -> str:
        """A number with all the decimals that were typed, as readers write it, other text as it is; a `unit` follows."""
        number = self.figure(typed) if NUMBER.fullmatch(typed) else typed
        return self("percent", number=number) if unit == "%" else f"{number}\u00a0{unit}" if unit else number

    def locator(self, text: str) -> str:
        """Where in a source, with the data file's words for it (``para 6``, ``pp. 3–4``) as readers of the brief write them; other text as it is."""
        match = _LOCATOR.fullmatch(text)
        if match is None:
            return text
        label = self(f"locator_{_LOCATORS[match['word']]}")
        return f"{label} {match['numbers']}"

    def quoted(self, text: str) -> str:
        """`text` between the language's outer quotation marks."""
        return f"{self('quotation_open')}{text}{self('quotation_close')}"


STANCE_SHAPES: Final[dict[Stance, str]] = {
    Stance.STRONGLY_OPPOSED: "▼▼",
    Stance.OPPOSED: "▼",
    Stance.MIXED: "◆",
    Stance.NEUTRAL: "■",
    Stance.UNDECIDED: "○",
    Stance.SUPPORTIVE: "▲",
    Stance.STRONGLY_SUPPORTIVE: "▲▲",
    Stance.UNKNOWN: "?",
}
LEVEL_SHAPES: Final[dict[str, str]] = {"low": "●○○", "medium": "●●○", "moderate": "●●○", "high": "●●●"}
STATUS_SHAPES: Final[dict[str, str]] = {"open": "○", "overdue": "▲", "answered": "✓", "dropped": "–"}
CHANGE_SHAPES: Final[dict[ChangeKind, str]] = {
    ChangeKind.MOVED: "↔",
    ChangeKind.ANSWERED: "✓",
    ChangeKind.DROPPED: "–",
    ChangeKind.OPENED: "+",
    ChangeKind.REOPENED: "□",
    ChangeKind.OVERDUE: "▲",
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "×",
    ChangeKind.REWRITTEN: "≠",
    ChangeKind.STALE: "△",
}


_SHAPES: Final[Mapping[type[Choice], tuple[MarkKind, Mapping[str, str]]]] = {
    Stance: (MarkKind.STANCE, {stance.value: shape for stance, shape in STANCE_SHAPES.items()}),
    Urgency: (MarkKind.LEVEL, {"routine": "●○○", "urgent": "●●○", "immediate": "●●●"}),
    ClearanceStatus: (MarkKind.STATUS, {"cleared": "✓", "pending": "○", "not_needed": "–"}),
}
"""The shapes of choices that are judgements, beside those that are levels."""


def judgement(choice: Choice, wording: Wording) -> Inline:
    """The mark of a judgement, such as a stance or an influence; the plain word of any other choice."""
    kind, shapes = _SHAPES.get(type(choice), (MarkKind.LEVEL, LEVEL_SHAPES))
    word = wording(choice.value)
    return Mark(kind, choice.value, shapes[choice.value], word) if choice.value in shapes else Text(word)


def status_mark(status: QuestionStatus, overdue: bool, wording: Wording) -> Mark:
    """The mark of a question's status; an open one past its date is overdue."""
    value = "overdue" if overdue and status is QuestionStatus.OPEN else status.value
    return Mark(MarkKind.STATUS, value, STATUS_SHAPES[value], wording(value))


def change_mark(kind: ChangeKind, wording: Wording) -> Mark:
    """The mark of what happened to an item since the last issue."""
    return Mark(MarkKind.CHANGE, kind.value, CHANGE_SHAPES[kind], wording(f"change_{kind.value}"))
