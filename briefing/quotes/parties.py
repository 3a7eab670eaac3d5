"""Whether two names may mean the same person or body, and where a text names one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.quotes.finding.words import words_for

# Letters that no Unicode decomposition takes apart.
_PLAIN_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;/()]|\b(?:or|and|under|oder|und|ou|et|или|и)\b)\s*")
_OF = re.compile(r"\s+(?:of|for|in|von|für|des|der|de|du)\s+.*")
_ARTICLES: Final = frozenset(
    {"the", "der", "die", "das", "le", "la", "les", "el", "il", "a", "an", "one", "some", "ein", "eine", "un", "une"}
)


class NamedWord(NamedTuple):
    """A word of a text in the form in which names are compared, and its place."""

    plain: str
    capital: bool
    start: int
    end: int


@lru_cache(maxsize=1 << 14)
def plain_word(word: str) -> str:
    """A word without case, accents and possessive ending."""
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).casefold().translate(_PLAIN_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str, offset: int = 0) -> list[NamedWord]:
    """The words of `text`, whose first character stands at `offset` of the whole."""
    return [
        NamedWord(plain_word(match[0]), match[0][0].isupper(), offset + match.start(), offset + match.end())
        for match in _WORD.finditer(text)
    ]


def is_name(text: str) -> bool:
    """Whether `text` is a name, not a description such as 'the minister' or 'one resident'."""
    words = _WORD.findall(text)
    return bool(words) and words[0].casefold() not in _ARTICLES and any(word[0].isupper() for word in words)


@lru_cache(maxsize=1 << 16)
def same_party(one: str, other: str) -> bool:
    """Whether two names may mean the same: the same words, a surname, a body's name in short; accents do not count."""
    return any(_same(first, second) for first in _names_in(one) for second in _names_in(other))


def same_script(one: str, other: str) -> bool:
    """Whether two names are written in letters of one script, so that they can be compared."""
    return _script(one) == _script(other)


def _script(text: str) -> str:
    letter = next((character for character in text if character.isalpha()), "a")
    return unicodedata.name(letter, "").split(" ")[0]


def mentions(words: Sequence[NamedWord], name: str) -> Iterator[tuple[int, int]]:
    """Where a text names `name`, as offsets: in full, in short, or by the bare noun of a body ('the Institute')."""
    for form in {form for part in _names_in(name) for form in _forms(part)}:
        for index in range(len(words) - len(form) + 1):
            if words[index].capital and all(words[index + place].plain == word for place, word in enumerate(form)):
                yield words[index].start, words[index + len(form) - 1].end


@lru_cache(maxsize=1 << 12)
def _names_in(text: str) -> tuple[tuple[str, ...], ...]:
    """The names that a speaker's entry gives: 'Roscosmos or its three cosmonauts' gives one, 'Roscosmos under Borisov' two."""
    parts = [tuple(_WORD.findall(part)) for part in _PARTS.split(text)]
    names = [tuple(_WORD.findall(text)), *(part for part in parts if len(part) > 1 or not _is_body(part))]
    named = [name[name[0].casefold() in _ARTICLES :] for name in names if any(word[0].isupper() for word in name)]
    return tuple(dict.fromkeys(name for name in named if name))


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    plain = tuple(plain_word(word) for word in name)
    yield plain
    capitals = [word for word in name if word[0].isupper()]
    if _is_body(name):
        short = tuple(_WORD.findall(_OF.sub("", " ".join(name))))
        if len(short) < len(name) or len(short) == 1:
            yield tuple(plain_word(word) for word in short)
        yield from ((plain_word(word),) for word in name if _is_body((word,)))
        yield from ((initials,) for initials in [_initials(name)] if initials)
    elif len(capitals) > 1:
        yield (plain_word(capitals[-1]),)
    yield from ((plain_word(word),) for word in name if len(word) > 1 and word.isupper())


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = [plain_word(word) for word in one], [plain_word(word) for word in other]
    shorter, longer = sorted((first, second), key=len)
    if set(shorter) <= set(longer):
        return len(shorter) > 1 or not _is_body(one if first is shorter else other) or len(longer) == 1
    if len(shorter) == 1 and shorter[0] in (_initials(one), _initials(other)):
        return True
    if _is_body(one) or _is_body(other) or first[-1] != second[-1]:
        return False
    # The same surname: the same person unless both have given names that differ.
    given = [name[0] for name in (one, other) if len(name) == 2 and not _is_title(name[0])]
    return len(given) < 2 or plain_word(given[0])[:1] == plain_word(given[1])[:1]


def _initials(name: Sequence[str]) -> str:
    """The short name that the first letters of a name's capitalised words make, for names of three such words or more."""
    capitals = [word[0] for word in name if word[0].isupper()]
    return plain_word("".join(capitals)) if len(capitals) > 2 else ""


def _is_body(name: Sequence[str]) -> bool:
    words = words_for("en")
    return any(words.nouns(word) & {"bodies", "documents"} for word in name)


def _is_title(word: str) -> bool:
    words = words_for("en")
    return words.has("titles", word) or "roles" in words.nouns(word)
