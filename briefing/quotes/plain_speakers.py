"""Who is stated to speak in languages without word lists of their own: a verb of saying and a name right beside the quotation marks."""

from __future__ import annotations

import re
from typing import Final

from briefing.quotes.finding.words import is_unicase
from briefing.resources import read_table

_SAYING: Final = sorted(
    " ".join(read_table("briefing.quotes", "sense.toml")["plain_saying"].values()).split(), key=len, reverse=True
)
_VERBS: Final = "|".join(map(re.escape, _SAYING))
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞĄĆČĎĘĚŁŃŇÓŐŘŚŠȘŤȚŰŽŹŻΆΈΉΊΌΎΏΑ-ΩІЇЄҐА-Я]"
# A full stop ends a sentence, but for initials and titles ('Dr.').
_WORD: Final = rf"{_CAPITAL}(?:\w{{,2}}\.(?:{_CAPITAL}\.)*|[\w'’-]*)"
_NAME: Final = rf"{_WORD}(?:\s(?:de|del|la|van|von|di|da|dos|das)(?=\s))*(?:\s{_WORD}){{0,3}}"
# Not who speaks but where, to whom or of what: 'dijo en Madrid', 'zei ze tegen De Telegraaf', 'el alcalde de Madrid'.
_NOT_BEFORE_NAMES: Final = "|".join(read_table("briefing.quotes", "sense.toml")["not_before_names"].split())
_SMALL: Final = rf"(?:(?!(?:{_NOT_BEFORE_NAMES})\s)[a-zà-öø-ÿąćčďęěłńňőřśšșťțűžźżά-ώа-яіїєґ]+\s){{0,3}}"
# Words of a script without capitals.
_OTHER: Final = r"[\u0590-\u06ff]+(?:\s[\u0590-\u06ff]+){1,4}"
_HELPERS: Final = r"(?:(?:ha|han|hanno|tem|heeft|har|a)\s+)?"
_BEFORE: Final = rf"(?:({_NAME})|({_OTHER})),?\s{_HELPERS}(?:{_VERBS})\s?[:,]?$|\b(?:{_VERBS})\s(?:{_SMALL}({_NAME})|({_OTHER}))\s?[:,]?$"
_BEHIND: Final = rf"\s*,?\s*(?:[-–—]\s*)?{_HELPERS}(?:{_VERBS})\s(?:{_SMALL}({_NAME})|({_OTHER}))"
_MARKS: Final = " \n\"“”„«»‘’'"


def stated_plainly(before: str, behind: str) -> tuple[str, bool]:
    """The name beside a quotation, from what stands `before` and `behind` it, and whether it certainly is one; empty where none is stated.

    In scripts without capitals a description cannot be told from a name.
    """
    before, behind = re.split(r"[.!?؟](?:\s|$)", before.rstrip(_MARKS))[-1], behind.lstrip(_MARKS)
    # Most texts have none of the verbs, and need no pattern, which takes a while to compile; `re` keeps them.
    if not any(verb in before or verb in behind for verb in _SAYING):
        return "", False
    match = re.search(_BEFORE, before) or re.match(_BEHIND, behind)
    if match is None:
        return "", False
    name = next(value for value in match.groups() if value).strip(" .")
    return name, not is_unicase(name)
