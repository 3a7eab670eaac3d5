"""The rule on text that was to be replaced."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import BaseModel

from briefing.rules.subject import Breach, Subject
from briefing.schema import Source
from briefing.text.prose import Prose, QuotedWords

_NOT_PROSE: Final = (
    "id",
    "source",
    "after",
    "via",
    "image",
    "sha256",
    "url",
    "language",
    "email",
    "previous",
    "rule",
    "item",
)
"""Keys whose value names something and is not read as text."""
_LONGEST_BRACKETED: Final = 60


def placeholders(subject: Subject) -> Iterator[Breach]:
    """Text that was to be replaced, anywhere in the brief; in quotes square brackets are the editor's."""
    for path, item, value, in_quote in _values(subject.brief, "", ""):
        for match in _found(value, in_quote=in_quote):
            said = f"'{match.group().strip()}' looks like a placeholder"
            yield Breach(path, said, "write what belongs here", item or path, match.start())


def _values(model: BaseModel, path: str, item: str) -> Iterator[tuple[str, str, str, bool]]:
    """Every text below `model` with its path, the id of the item it belongs to, and whether it is the words of a quote."""
    item = getattr(model, "id", None) or item
    for name, value in model:
        here = f"{path}.{name}" if path else name
        if isinstance(value, (Prose, QuotedWords)):
            yield here, item, value.text, isinstance(value, QuotedWords)
        elif isinstance(value, str) and name not in _NOT_PROSE and not (isinstance(model, Source) and name == "text"):
            yield here, item, value, False
        elif isinstance(value, BaseModel):
            yield from _values(value, here, item)
        elif isinstance(value, tuple):
            for index, inner in enumerate(value):
                if isinstance(inner, BaseModel):
                    yield from _values(inner, f"{here}[{index}]", item)
                elif isinstance(inner, Prose):
                    yield f"{here}[{index}]", item, inner.text, False


def _found(value: str, *, in_quote: bool) -> Iterator[re.Match[str]]:
    whole = _whole().fullmatch(value)
    if whole is not None:
        yield whole
        return
    for match in _words().finditer(value):
        if not (set(match.group()) == {"X"} and _numbered().search(value[max(0, match.start() - 20) : match.start()])):
            yield match
    yield from _phrases().finditer(value)
    if not in_quote:
        yield from _bracketed().finditer(value)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("briefing.rules") / "placeholders.toml").read_text(encoding="utf-8"))


def _either(key: str) -> str:
    return "|".join(re.escape(entry) for entry in sorted(_data()[key], key=len, reverse=True))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])(?:{_either('words')})(?!\w)")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either('numbered')})\s+$", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(_either("phrases"), re.IGNORECASE)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('whole')})\.?", re.IGNORECASE)


@cache
def _bracketed() -> re.Pattern[str]:
    entries = sorted(_data()["bracketed"], key=len, reverse=True)
    held = "|".join(
        re.escape(entry) + (rf"[^\]>}}\n]{{1,{_LONGEST_BRACKETED}}}" if entry.endswith(" ") else "")
        for entry in entries
    )
    return re.compile(rf"\[\s*(?:{held})\s*\](?!\()|<\s*(?:{held})\s*>|\{{+\s*(?:{held})\s*\}}+", re.IGNORECASE)
