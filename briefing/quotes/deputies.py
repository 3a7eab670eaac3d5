"""Whether a source gives words to somebody who speaks for a person: 'a spokesman for Nora Tamm', 'her lawyer, Olaf Berg'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from briefing.quotes.parties import WORD, is_name, mentions, words_of
from briefing.quotes.verdict import Doubt
from briefing.resources import read_table

_TABLE: Final = read_table("briefing.quotes", "sense.toml")["deputies"]
_NOUNS: Final = frozenset(_TABLE["nouns"].split())
_OPENING: Final = frozenset(_TABLE["opening"].split())
_OWN: Final = re.compile("|".join(_TABLE["own"].split()), re.IGNORECASE)


def deputy_doubt(speakers: Sequence[str], person: str, role: str, is_of: Callable[[str], bool]) -> Doubt | None:
    """What speaks against `person`, whose office is `role`, where a source gives words to the first of `speakers`, a name or a description.

    The others are the body and the office that the source states with it. `is_of` says whether a name may be that of the person or of the person's
    body. Who speaks for the person is certainly somebody else; another of the same body, or 'a spokesman', probably is. An office that is to speak
    for others is the person's own.
    """
    if not speakers:
        return None
    said_by, *others = speakers
    words = [word.casefold() for word in WORD.findall(said_by)]
    if not _NOUNS.isdisjoint(words):
        if _OWN.search(role) or not _NOUNS.isdisjoint(WORD.findall(role.casefold())):
            return None
        own = {word.casefold() for word in WORD.findall(person)}
        if _names(said_by, person) and not own.issuperset(words):
            return Doubt.OTHER_SPEAKER
        return Doubt.SPEAKER_NOT_NAMED if words[0] in _OPENING else None
    if not is_name(said_by) or is_of(said_by):
        return None
    if any(_names(each, person) for each in others):
        return Doubt.OTHER_SPEAKER
    return Doubt.SPEAKER_NOT_NAMED if any(map(is_of, others)) else None


def _names(text: str, person: str) -> bool:
    return any(True for _ in mentions(words_of(text), person))
