"""The words by which quotations and speakers are found, read from `words.toml`: one `Words` a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Set
from functools import cache, lru_cache
from importlib.resources import files

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


class Words:
    """The word lists of one language; `words.toml` says what each is for. A word is looked up as it stands in a text."""

    def __init__(self, language: str, lists: Mapping[str, frozenset[str]]) -> None:
        self.language = language
        self.phrases = tuple(tuple(phrase.split()) for phrase in sorted(lists["sources"]))
        """The words of each phrase that names a source without a verb ('according to')."""
        self._lists: dict[str, set[str]] = {}
        for name, entries in lists.items():
            for entry in entries:
                self._lists.setdefault(entry, set()).add(name)
        self.cue_heads = frozenset(
            {entry.split()[0] for entry in lists["speaking"] | lists["sources"]} | lists["utterances"]
        )
        """First words of all that can say who spoke, as they are looked up."""
        self._endings = tuple(sorted(lists["role_endings"]))
        self._roles: dict[str, bool] = {}
        self._bodies: dict[str, bool] = {}

    def lists_of(self, word: str) -> Set[str]:
        """The names of all lists that `word` is in."""
        return self._lists.get(plain(word), _NONE)

    def has(self, name: str, word: str) -> bool:
        """Whether `word` is in the list `name`."""
        return name in self._lists.get(plain(word), ())

    def any_of(self, names: Collection[str], word: str) -> bool:
        """Whether `word` is in one of the lists `names`."""
        lists = self._lists.get(plain(word))
        return lists is not None and not lists.isdisjoint(names)

    def is_role(self, word: str) -> bool:
        """Whether `word` is a noun for a person, singular or plural."""
        known = self._roles.get(word)
        if known is None:
            forms = _singulars(word)
            by_ending = any(form.endswith(self._endings) and len(form) > _SHORTEST_BY_ENDING for form in forms)
            known = self._roles[word] = by_ending or any(self.has("roles", form) for form in forms)
        return known

    def is_body(self, word: str) -> bool:
        """Whether `word` is a noun for an organisation, singular or plural."""
        known = self._bodies.get(word)
        if known is None:
            known = self._bodies[word] = any(self.has("bodies", form) for form in _singulars(word))
        return known


def _singulars(word: str) -> tuple[str, ...]:
    looked_up = plain(word)
    forms = [looked_up]
    if looked_up.endswith("men"):
        forms.append(looked_up[:-3] + "man")
    if looked_up.endswith("ies"):
        forms.append(looked_up[:-3] + "y")
    if looked_up.endswith("es"):
        forms.append(looked_up[:-2])
    if looked_up.endswith("s"):
        forms.append(looked_up[:-1])
    return tuple(forms)


def _inflected(base: str) -> tuple[str, ...]:
    """The regular English forms of a verb: say nothing of doubled consonants, which `forms` lists."""
    if base.endswith("e"):
        return (base, base + "s", base + "d", base[:-1] + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    if base.endswith(("s", "sh", "ch", "x")):
        return (base, base + "es", base + "ed", base + "ing")
    return (base, base + "s", base + "ed", base + "ing")


@cache
def words_for(language: str) -> Words:
    """The words of `language`, a BCP 47 tag. A language that has no list gets the English words and keeps its own name."""
    tables = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    primary = language.split("-")[0].casefold()
    table: dict[str, list[str]] = tables[primary] if primary in LANGUAGES else tables["en"]
    every = {name: table.get(name, []) for name in tables["en"]}
    every["verbs"] = [form for base in every["verbs"] for form in _inflected(base)]
    lists = {name: frozenset(plain(word) for word in entries) for name, entries in every.items()}
    lists["speaking"] = lists["verbs"] | lists["forms"] | lists["naming"]
    return Words(primary, lists)


def guess_language(text: str) -> str:
    """The language of `text` among those with word lists, by its commonest words; 'und', undetermined, when none stands out."""
    counts: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    found = _WORD.findall(text[:_SAMPLE])
    for word in found:
        for language in LANGUAGES:
            counts[language] += words_for(language).has("common", word)
    best = max(LANGUAGES, key=lambda language: counts[language])
    if len(found) >= _FEW_WORDS and counts[best] < _COMMON_SHARE * len(found):
        return UNDETERMINED
    return best if counts[best] > counts["en"] else "en"
