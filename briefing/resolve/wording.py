"""The words, dates and numbers that the program itself puts into a brief, in the brief's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from briefing.schema import PartialDate, Period, Precision

FALLBACK = "en"


@cache
def _labels(language: str) -> Mapping[str, str] | None:
    table = files("briefing.resolve") / "labels" / f"{language}.toml"
    return tomllib.loads(table.read_text(encoding="utf-8")) if table.is_file() else None


def labelled_languages() -> list[str]:
    """The languages that have built-in labels, as ISO 639 codes, sorted."""
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in (files("briefing.resolve") / "labels").iterdir()
        if entry.name.endswith(".toml")
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels of one language with dates and numbers as its readers write them (Unicode CLDR, through Babel).

    `own` is false when the language has no labels here and English ones stand in.
    """

    language: str
    locale: Locale
    labels: Mapping[str, str]
    own: bool

    @classmethod
    def of(cls, language: str) -> Wording:
        """The wording for a BCP 47 tag. Never fails: what is not known falls back, labels to English, dates to the nearest locale."""
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
        return cls(language, locale, labels or english, labels is not None)

    def __call__(self, key: str, **values: object) -> str:
        """The label `key` with its `{fields}` filled."""
        return self.labels[key].format(**values)

    def date(self, date: PartialDate) -> str:
        """A date in words, as precise as it is known: ``26 July 2022``, ``July 2022`` or ``2022``."""
        match date.precision:
            case Precision.DAY:
                return format_date(date.first_day, "long", locale=self.locale)
            case Precision.MONTH:
                return str(format_skeleton("yMMMM", date.first_day, locale=self.locale))
            case Precision.YEAR:
                return str(date.year)

    def short_month(self, date: PartialDate) -> str:
        """The month alone, for the axis of a drawing: ``Jul``."""
        return str(format_skeleton("MMM", date.first_day, locale=self.locale))

    def period(self, period: Period) -> str:
        """A span of days in words: ``20–26 July 2022``."""
        if period.start.precision is period.end.precision is Precision.DAY:
            return str(format_interval(period.start.first_day, period.end.first_day, "yMMMMd", locale=self.locale))
        return f"{self.date(period.start)} {self('range')} {self.date(period.end)}"

    def number(self, value: float) -> str:
        """A number as readers write it, with at most six decimals."""
        return str(format_decimal(value, "#,##0.######", locale=self.locale))

    def quoted(self, text: str) -> str:
        """`text` between the language's outer quotation marks."""
        return f"{self('quotation_open')}{text}{self('quotation_close')}"
