"""Whether a speaker hands on, without quotation marks, what others say: 'my opponents say that …', 'on nous a dit que …'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from briefing.quotes.finding.words import LANGUAGES, words_for
from briefing.resources import read_table

_SENTENCE = re.compile(r"[.?!;:؟。]\s|\n")
_TITLE = re.compile(r"\b(M|MM|Mr|Mrs|Ms|Mme|Dr|Prof|Sr|Sra)\.")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|,")
_TABLE: Final = read_table("briefing.quotes", "sense.toml")["handed_on"]
"""The lists of words; the file says what each is for."""
_THAT: Final = frozenset(_TABLE["that"].split())
_VERBS: Final = frozenset(_TABLE["saying"].split())
_HELPERS: Final = frozenset(_TABLE["helpers"].split())
_OWN: Final = frozenset(_TABLE["own"].split())
_PASSIVE: Final = frozenset(_TABLE["passive"].split())
_MUST: Final = frozenset(_TABLE["must"].split())
_CONFIRMING: Final = frozenset(["and", "as", "wie", "comme", "como"])
_NO_SAYERS: Final = frozenset(_TABLE["no_sayers"].split())
_ACCORDING: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, (*_TABLE['according'], *_TABLE['according_titled'])))})\b", re.IGNORECASE
)
_TAG = re.compile(r"\s*,\s(?:or\s)?((?:[^\W\d_][\w'-]*+\.?+\s?+){2,7}?)[.?!]?\s*$")
_LONGEST_TAG: Final = 100
_FARTHEST: Final = 6
"""Words between a verb of saying and what was said."""


def handed_on(lead: str) -> str:
    """The words at the end of `lead`, what a speaker says before a passage, that give the passage to others; else empty."""
    sentence = _SENTENCE.split(_TITLE.sub(r"\1", lead.replace("’", "'")))[-1].strip()
    if _is_according(sentence):
        return sentence
    words = [word.casefold() for word in _WORD.findall(sentence)]
    opened = bool(words) and words[-1] in _THAT
    if opened:
        words = [word for word in words[:-1] if word != ","] if words[-2:-1] == [","] else words[:-1]
    for behind in range(min(_FARTHEST if opened else 1, len(words))):
        at = len(words) - 1 - behind
        if words[at] == ",":
            return ""
        if _is_saying(words[at]):
            return sentence if _by_others(words, at) else ""
    return ""


def handed_on_behind(rest: str) -> str:
    """The words at the beginning of `rest`, behind a passage, that give it to others and end its sentence; else empty."""
    tag = _TAG.match(rest.replace("’", "'")) if len(rest) <= _LONGEST_TAG else None
    if tag is None:
        return ""
    words = [word.casefold() for word in _WORD.findall(tag[1])]
    turned = words[:1] == ["so"] and all(word[0].isupper() for word in tag[1].split()[1:])
    says = (
        len(words) > 1 and words[0] not in _CONFIRMING and _is_saying(words[-1]) and _by_others(words, len(words) - 1)
    )
    return tag[1] if says or turned or _is_according(tag[1]) else ""


def _is_according(words: str) -> bool:
    """Whether `words` are 'according to' and a name, and nothing else."""
    found = _ACCORDING.match(words)
    named = found is not None and re.findall(r"[^\W\d_][\w'-]*", words[found.end() :])
    if not named or len(named) > _FARTHEST or _NO_SAYERS & {word.casefold() for word in named}:
        return False
    return any(word[0].isupper() for word in named)


def _is_saying(word: str) -> bool:
    return word in _VERBS or any(
        "forms" in (lists := words_for(one).lists_of(word)) or "verbs" in lists for one in LANGUAGES
    )


def _by_others(words: Sequence[str], at: int) -> bool:
    """Whether the subject of the verb `words[at]` is somebody else than who speaks; no subject is nobody's."""
    clause = words[: at + 1]
    subject = at - 1
    while subject >= 0 and (clause[subject] in _HELPERS - _OWN or clause[subject].endswith("ly")):
        subject -= 1
    together = clause[0] in _OWN and clause[1] in ("in", "at", "of", "from", "who")  # 'we in this office say'
    of_us = any(
        one in ("of", "von", "d'entre", "de") and two in ("us", "uns", "nous", "nosotros")
        for one, two in pairwise(clause)
    )
    if subject < 0 or clause[subject] == "," or together or of_us:
        return False
    if clause[subject] in _PASSIVE:
        return not _MUST & set(clause[max(0, subject - 1) : subject + 1])
    return clause[subject] not in _OWN | {"not", "it", "be", "and", "or", "but", "und", "et", "y"}
