"""Whether two names may mean the same person or body, and where a text names one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.quotes.finding.words import is_unicase, words_for
from briefing.unicode_forms import normalized

# Letters that no Unicode decomposition takes apart.
_PLAIN_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
"""A word of a name."""
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;/()]|\b(?:or|and|under|oder|und|ou|et|или|и)\b)\s*")
_OF = re.compile(r"\s+(?:of|for|in|von|für|des|der|de|du)\s+.*")
_ARTICLES: Final = frozenset(
    {"the", "der", "die", "das", "le", "la", "les", "el", "il", "a", "an", "one", "some", "ein", "eine", "un", "une"}
)


# Given names of one person that do not begin alike.
_SHORT_FORM_ROWS: Final = (
    "william bill will liam,robert bob rob bobby,thomas tom tommy,james jim jimmy jamie,john jack johnny,richard dick rick,"
    "michael mike mick,edward ted ned eddie,charles chuck charlie,anthony tony,margaret peggy maggie meg,elizabeth liz betty beth lisa,"
    "katherine kate kathy katie,catherine cathy kate,susan sue,henry harry hank,lawrence larry,gerald jerry,joseph joe,"
    "stephen steve,steven steve,andrew andy drew,alexander sasha alex,johannes hans,josef sepp,friedrich fritz,wilhelm willi,"
    "heinrich heinz,anna anne ann,ann nancy,dorothy dot,eleanor nell,francisco paco,jose pepe,aleksandr sasha,vladimir volodya,"
    "mikhail misha,dmitri dima,yekaterina katya,nikolai kolya,ivan vanya"
)
_SHORT_FORMS: Final = tuple(set(row.split()) for row in _SHORT_FORM_ROWS.split(","))


_SHORTEST_STEM: Final = 3


class NamedWord(NamedTuple):
    """A word of a text in the form in which names are compared, and its place."""

    plain: str
    capital: bool
    start: int
    end: int


# Endings that a name has in a sentence, in Russian and its neighbours and in Greek: 'по словам Норы Тамм', 'του Κυριάκου Μητσοτάκη'.
_ENDINGS: Final = re.compile(
    r"(?<=[^\W\d_]{3})(?:"
    r"(?:и|е)?(?:ем|ею|ей|ев[иі])|[ое]го|[ое]му|[иы]ми?|ові|ою|ом|о[йи]|[иы][йиеяю]|е[еяюи]|ую|юю|ая|яя|ье|ью|[аяуюыиеойьії]"
    r"|ου[σ]?|[οηαε]σ|ων|[οηαε])$"
)


@lru_cache(maxsize=1 << 14)
def plain_word(word: str) -> str:
    """A word without case, accents and possessive ending; in Cyrillic and Greek letters without any of a name's endings."""
    decomposed = normalized(_POSSESSIVE.sub("", word).replace("’", "'").casefold().translate(_PLAIN_LETTERS), "NFKD")
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _ENDINGS.sub("", plain) if plain[-1:] >= "α" and len(plain) > _SHORTEST_STEM else plain


def words_of(text: str, offset: int = 0) -> list[NamedWord]:
    """The words of `text`, whose first character stands at `offset` of the whole."""
    return [
        NamedWord(plain_word(match[0]), _may_name(match[0]), offset + match.start(), offset + match.end())
        for match in WORD.finditer(text)
    ]


def _may_name(word: str) -> bool:
    """Whether a word may be part of a name: it has a capital, or its script has none."""
    return word[0].isupper() or is_unicase(word)


def is_name(text: str) -> bool:
    """Whether `text` is a name, not a description such as 'the minister' or 'one resident'."""
    words = WORD.findall(text)
    return bool(words) and words[0].casefold() not in _ARTICLES and any(_may_name(word) for word in words)


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
    """Where a text names `name`, as offsets: in full, in short, or by the bare noun of a body ('the Institute').

    A surname behind another given name is somebody else's. Scripts without capitals hang small words on names, or set no
    spaces between words, so that a name may stand inside a word there.
    """
    for part in _names_in(name):
        given = {plain_word(word) for word in part[:-1]} if not _is_body(part) else set()
        for form in set(_forms(part)):
            within = any(map(is_unicase, form))
            for index in range(len(words) - len(form) + 1):
                row = words[index : index + len(form)]
                if not row[0].capital or not all(
                    _stands(one.plain, word, within) for one, word in zip(row, form, strict=True)
                ):
                    continue
                if len(form) > 1 or len(given) == 0 or form[0] in given or not _is_anothers(words, index, given):
                    yield row[0].start, row[-1].end


def _stands(word: str, wanted: str, within: bool) -> bool:
    return (
        word == wanted
        or _one_spelling(word) == _one_spelling(wanted)
        or (within and len(wanted) > 1 and wanted in word)
    )


def _is_anothers(words: Sequence[NamedWord], index: int, given: set[str]) -> bool:
    """Whether a surname stands right behind a given name that is none of `given`."""
    before = words[index - 1] if index else None
    if before is None or not before.capital or words[index].start - before.end > 1 or is_unicase(before.plain):
        return False
    known = words_for("en").lists_of(before.plain) or before.plain.endswith("ly") or _is_title(before.plain)
    return len(before.plain) > 1 and not known and not any(_same_given(before.plain, one) for one in given)


@lru_cache(maxsize=1 << 12)
def _names_in(text: str) -> tuple[tuple[str, ...], ...]:
    """The names that a speaker's entry gives: 'Roscosmos or its three cosmonauts' gives one, 'Roscosmos under Borisov' two."""
    parts = filter(None, (tuple(WORD.findall(part)) for part in _PARTS.split(text)))
    names = [tuple(WORD.findall(text)), *(part for part in parts if len(part) > 1 or not _is_body(part))]
    named = [name[name[0].casefold() in _ARTICLES :] for name in names if any(map(_may_name, name))]
    return tuple(dict.fromkeys(name for name in named if name))


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    plain = tuple(plain_word(word) for word in name)
    yield plain
    capitals = [word for word in name if word[0].isupper()]
    if _is_body(name):
        short = tuple(WORD.findall(_OF.sub("", " ".join(name))))
        if len(short) < len(name) or len(short) == 1:
            yield tuple(plain_word(word) for word in short)
        yield from ((plain_word(word),) for word in name if _is_body((word,)))
        yield from ((initials,) for initials in [_initials(name)] if initials)
    elif len(capitals) > 1:
        yield (plain_word(capitals[-1]),)
    yield from ((plain_word(word),) for word in name if len(word) > 1 and word.isupper())


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = _spelled(one), _spelled(other)
    shorter, longer = sorted((first, second), key=len)
    if set(shorter) <= set(longer):
        return len(shorter) > 1 or not _is_body(one if first is shorter else other) or len(longer) == 1
    if len(shorter) == 1 and shorter[0] in (_initials(one), _initials(other)):
        return True
    if _is_body(one) or _is_body(other) or first[-1] != second[-1]:
        return any(
            is_unicase(word) and word in whole
            for word, whole in (("".join(first), "".join(second)), ("".join(second), "".join(first)))
            if len(word) > 1
        )
    # The same surname: the same person unless both have given names that differ.
    given = [[word for word in name[:-1] if not _is_title(word)] for name in (first, second)]
    return not all(given) or any(_same_given(word, name) for word in given[0] for name in given[1])


def _spelled(name: Sequence[str]) -> list[str]:
    """The words of a name, however it is spelled: a hyphen parts words, as in 'Jong-un' and 'Müller-Schmidt'."""
    return [_one_spelling(plain_word(part)) for word in name for part in word.split("-") if part]


@lru_cache(maxsize=1 << 14)
def _one_spelling(plain: str) -> str:
    """A plain word in one of its spellings: 'Mueller' for 'Müller', 'Zelenskyy' for 'Zelensky'."""
    return re.sub(r"(?<=\w{4})(?:[iy]{2}|[iy]j|i)$", "y", re.sub(r"(?<=[aou])e", "", plain))


def _same_given(one: str, other: str) -> bool:
    """Whether two given names may be the same: an initial, a short form, a known pair such as Bill and William."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or any(shorter in pair and longer in pair for pair in _SHORT_FORMS)


def _initials(name: Sequence[str]) -> str:
    """The short name that the first letters of a name's capitalised words make, for names of three such words or more."""
    capitals = [word[0] for word in name if word[0].isupper()]
    return plain_word("".join(capitals)) if len(capitals) > 2 else ""


def is_office(text: str, role: str) -> bool:
    """Whether `text` names the office `role` and nobody: 'Minister' for 'Minister for Water'."""
    words = WORD.findall(text)
    return {plain_word(word) for word in words} <= {word.plain for word in words_of(role)} and any(
        map(_is_title, words)
    )


def is_body(text: str) -> bool:
    """Whether `text` certainly is the name of a body, by a noun in it."""
    return _is_body(WORD.findall(text))


def _is_body(name: Sequence[str]) -> bool:
    words = words_for("en")
    return any("bodies" in words.nouns(word) for word in name) or "documents" in words.nouns(name[-1])


def _is_title(word: str) -> bool:
    words = words_for("en")
    return words.has("titles", word) or "roles" in words.nouns(word)
