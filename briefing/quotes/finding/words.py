"""The words by which quotations and speakers are found, read from `words.toml`: one `Words` a language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache, lru_cache

from briefing.resources import read_table

LANGUAGES = ("en", "de", "fr", "ru")
UNDETERMINED = "und"
"""The BCP 47 tag for a language that is not known."""
_SHORTEST_BY_ENDING = 6
_SAMPLE = 20_000
_FEW_WORDS = 12
_COMMON_SHARE = 0.06
_NONE: frozenset[str] = frozenset()
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """A word as it is looked up: lower case, with straight apostrophes."""
    return word.replace("’", "'").casefold()


def is_unicase(word: str) -> bool:
    """Whether a word is in letters of a script without capitals, such as Arabic, Hebrew or Chinese."""
    return word[0].isalpha() and word.lower() == word.upper()


class Words:
    """The word lists of one language; `words.toml` says what each is for. A word is looked up as it stands in a text."""

    def __init__(self, language: str, lists: Mapping[str, frozenset[str]]) -> None:
        self.language = language
        self.phrases = tuple(tuple(phrase.split()) for phrase in sorted(lists["sources"]))
        """The words of each phrase that names a source without a verb ('according to')."""
        self._lists: defaultdict[str, set[str]] = defaultdict(set)
        for name, entries in lists.items():
            for entry in entries:
                self._lists[entry].add(name)
        self.cue_heads = {entry.split()[0] for entry in lists["speaking"] | lists["sources"]} | lists["utterances"]
        """First words of all that can say who spoke, as they are looked up."""
        self._endings = tuple(lists["role_endings"])
        self._nouns: dict[str, frozenset[str]] = {}

    def lists_of(self, word: str) -> Set[str]:
        """The names of all lists that `word` is in."""
        return self._lists.get(plain(word), _NONE)

    def has(self, name: str, word: str) -> bool:
        """Whether `word` is in the list `name`."""
        return name in self._lists.get(plain(word), ())

    def nouns(self, word: str) -> frozenset[str]:
        """What sorts of noun `word` is, singular or plural: 'roles' for a person, 'bodies', or 'documents'."""
        known = self._nouns.get(word)
        if known is None:
            forms = _singulars(word)
            sorts = {name for form in forms for name in self._lists.get(form, ()) if name in ("roles", "bodies")}
            if any(form.endswith(self._endings) and len(form) > _SHORTEST_BY_ENDING for form in forms):
                sorts.add("roles")
            known = self._nouns[word] = frozenset(sorts | (self.lists_of(word) & {"documents"}))
        return known


def _singulars(word: str) -> tuple[str, ...]:
    form = plain(word)
    endings = (("men", "man"), ("ies", "y"), ("es", ""), ("s", ""))
    return (form, *(form.removesuffix(ending) + other for ending, other in endings if form.endswith(ending)))


def _inflected(base: str) -> tuple[str, ...]:
    """The regular English forms of a verb: say nothing of doubled consonants, which `forms` lists."""
    if base.endswith("e"):
        return (base, base + "s", base + "d", base[:-1] + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    third = "es" if base.endswith(("s", "sh", "ch", "x")) else "s"
    return (base, base + third, base + "ed", base + "ing")


@cache
def words_for(language: str) -> Words:
    """The words of `language`, a BCP 47 tag. A language that has no list gets the English words and keeps its own name."""
    tables = read_table("briefing.quotes.finding", "words.toml")
    primary = language.split("-")[0].casefold()
    table: dict[str, list[str]] = tables[primary] if primary in LANGUAGES else tables["en"]
    lists = {name: frozenset(plain(word) for word in table.get(name, [])) for name in tables["en"]}
    lists["verbs"] = frozenset(form for base in lists["verbs"] for form in _inflected(base))
    lists["speaking"] = lists["verbs"] | lists["forms"] | lists["naming"]
    return Words(primary, lists)


@cache
def _common_words(language: str) -> frozenset[str]:
    """The commonest words of one of `LANGUAGES`, without all that `words_for` makes of its other lists."""
    return frozenset(map(plain, read_table("briefing.quotes.finding", "words.toml")[language].get("common", [])))


def guess_language(text: str) -> str:
    """The language of `text` among those with word lists, by its commonest words; 'und', undetermined, when none stands out."""
    found = _WORD.findall(text[:_SAMPLE])
    counts = {language: sum(plain(word) in _common_words(language) for word in found) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: counts[language])
    if len(found) >= _FEW_WORDS and counts[best] < _COMMON_SHARE * len(found):
        return UNDETERMINED
    return best if counts[best] > counts["en"] else "en"
