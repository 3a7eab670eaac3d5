"""The words by which quotations and speakers are found, read from `words.toml`: one `Words` a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "fr", "ru")
UNDETERMINED = "und"
"""The BCP 47 tag for a language that is not known."""
_SHORTEST_BY_ENDING = 6
_SAMPLE = 20_000
_FEW_WORDS = 12
_COMMON_SHARE = 0.06
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
_WORD = re.compile(r"[^\W\d_]+")


def plain(word: str) -> str:
    """A word as it is looked up: lower case, with straight apostrophes."""
    return word.replace("’", "'").casefold()


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language; `words.toml` says what each is for. Look words up in their `plain` form."""

    language: str
    lists: Mapping[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Whether `word`, as it stands in a text, is in the list `name`."""
        return plain(word) in self.lists[name]

    def any_of(self, names: Iterable[str], word: str) -> bool:
        """Whether `word` is in one of the lists `names`."""
        looked_up = plain(word)
        return any(looked_up in self.lists[name] for name in names)

    def owner(self, word: str) -> str:
        """The pronoun that a possessive belongs to: 'he' for 'his'; empty for another word."""
        return next((pronoun for name, pronoun in _POSSESSIVES.items() if self.has(name, word)), "")

    def is_role(self, word: str) -> bool:
        """Whether `word` is a noun for a person, singular or plural."""
        if any(self.any_of(("roles", "roles_male", "roles_female"), form) for form in _singulars(word)):
            return True
        endings = tuple(self.lists["role_endings"])
        return bool(endings) and any(form.endswith(endings) and len(form) > _SHORTEST_BY_ENDING for form in _singulars(word))

    def is_body(self, word: str) -> bool:
        """Whether `word` is a noun for an organisation, singular or plural."""
        return any(self.has("bodies", form) for form in _singulars(word))


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
