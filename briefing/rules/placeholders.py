"""The rule on text that was to be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, Final

from pydantic import BaseModel

from briefing.resources import read_table
from briefing.rules.subject import Breach, Subject
from briefing.schema import Source
from briefing.schema.new_brief import STARTERS, template
from briefing.text.prose import Prose, QuotedWords

_LONGEST_BRACKETED: Final = 60


def placeholders(subject: Subject) -> Iterator[Breach]:
    """Text that was to be replaced, anywhere in the brief; in quotes square brackets are the editor's."""
    for path, value, in_quote in typed_values(subject.brief):
        for match in _found(value, in_quote=in_quote):
            what = f"'{match.group().strip()}' looks like a placeholder"
            yield Breach(path, what, "write what belongs here", match.start())


_FEWEST_WORDS: Final = 4
"""A shorter text of the starter may be an author's own, too, such as 'The report'."""


def starter_texts(subject: Subject) -> Iterator[Breach]:
    """Texts that are still those of the example that `briefing new` writes: one breach for all, at the first."""
    left = [path for path, value, _ in typed_values(subject.brief) if _is_of(value.split(), _written())]
    if left:
        more = f" and {len(left) - 4} more" if len(left) > 4 else ""
        texts = "1 text is" if len(left) == 1 else f"{len(left)} texts are"
        what = f"{texts} still the example's, which 'briefing new' wrote: {', '.join(left[:4])}{more}"
        yield Breach(left[0], what, "write what belongs there, or delete it")


@cache
def _written() -> str:
    """All that the starters say, read once."""
    return " ".join(word for form in STARTERS for word in template(form).split())


def _is_of(words: list[str], written: str) -> bool:
    return (len(words) >= _FEWEST_WORDS or words[:1] == ["Your"]) and f" {' '.join(words)} " in written


def typed_values(value: Any, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every text in `value` with its path, and whether it is the words of a quote."""
    match value:
        case Prose() | QuotedWords():
            yield path, value.text, isinstance(value, QuotedWords)
        case BaseModel():
            names_file = isinstance(value, Source)
            for name, inner in value:
                here = f"{path}.{name}" if path else name
                if not isinstance(inner, str):
                    yield from typed_values(inner, here)
                elif name not in _data()["names"] and not (names_file and name == "text"):
                    yield here, inner, False
        case tuple():
            for index, inner in enumerate(value):
                yield from typed_values(inner, f"{path}[{index}]")


def _found(value: str, *, in_quote: bool) -> Iterator[re.Match[str]]:
    patterns = _patterns()
    whole = patterns["whole"].fullmatch(value)
    if whole is not None:
        yield whole
        return
    for match in patterns["words"].finditer(value):
        before = value[max(0, match.start() - 20) : match.start()]
        if not (set(match.group()) == {"X"} and patterns["numbered"].search(before)):
            yield match
    yield from patterns["phrases"].finditer(value)
    if not in_quote:
        yield from patterns["bracketed"].finditer(value)


_data: Final = partial(read_table, "briefing.rules", "placeholders.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    entries = {key: sorted(_data()[key], key=len, reverse=True) for key in _data()}
    either = {key: "|".join(map(re.escape, entries[key])) for key in entries}
    held = "|".join(
        re.escape(entry) + (rf"[^\]>}}\n]{{1,{_LONGEST_BRACKETED}}}" if entry.endswith(" ") else "")
        for entry in entries["bracketed"]
    )
    bracketed = rf"\[\s*(?:{held})\s*\](?!\()|<\s*(?:{held})\s*>|\{{+\s*(?:{held})\s*\}}+"
    return {
        "words": re.compile(rf"(?<![\w@])(?:{either['words']})(?!\w)"),
        "numbered": re.compile(rf"\b(?:{either['numbered']})\s+$", re.IGNORECASE),
        "phrases": re.compile(either["phrases"], re.IGNORECASE),
        "whole": re.compile(rf"(?:{either['whole']})\.?", re.IGNORECASE),
        "bracketed": re.compile(bracketed, re.IGNORECASE),
    }
