"""What governs the words of a quote in their sentence and is not in it: negations, conditions, signs and magnitudes.

The lists are English, French and German, and of some other languages what is commonest. Nothing here parses: a sentence is the
words between two full stops, and a clause ends at a comma, a dash or a word such as 'and'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefing.quotes.editorial_marks import Gap, MarkKind, negates
from briefing.quotes.equality import DASH, MARK, MINUS, is_word
from briefing.quotes.finding.words import LANGUAGES, words_for
from briefing.quotes.source_index import SourceIndex, TokenSpan
from briefing.quotes.verdict import Caution, Doubt
from briefing.resources import read_table

_TABLE: Final = read_table("briefing.quotes", "sense.toml")
"""The lists of words; the file says what each is for."""


def _words(name: str) -> frozenset[str]:
    return frozenset(_TABLE[name].split())


MULTIPLIERS: Final = _words("multipliers")
_NUMBERS: Final = _words("numbers")
_QUANTIFIERS: Final = _words("quantifiers")
_SIGNS: Final = _words("signs")
_GOVERNORS: Final = _words("governors")
_A_FEW: Final = _words("a_few")
_FRENCH_SECOND: Final = _words("french_second")
_CONDITIONS: Final = _words("conditions")
_NO_CONDITIONS: Final = _words("no_conditions")
_ASKING: Final = _words("asking")
_COORDINATORS: Final = _words("coordinators")
_OPENING: Final = _words("opening")
_THINKING: Final = _words("thinking")
_SUBJECTS: Final = _words("subjects")
_RELATIVE: Final = _words("relative")
_BEFORE_VERBS: Final = _words("before_verbs")
_NO_VERBS: Final = _words("no_verbs")
_PHRASES: Final[Sequence[str]] = _TABLE["phrases"]
_NO_GOVERNORS: Final[Sequence[str]] = _TABLE["no_governors"]
_CONDITION_PHRASES: Final[Sequence[str]] = _TABLE["condition_phrases"]
_MODALS: Final = [frozenset(row.split()) for row in _TABLE["modals"]]
_HARD: Final = frozenset({";", ":", "(", ")", MARK})
_STOPS: Final = frozenset({".", "?", "!"})


@lru_cache(maxsize=1 << 15)
def governs(form: str) -> bool:
    """Whether a word negates, or turns a clause round as a negation does."""
    return negates(form) or form.casefold() in _GOVERNORS


def is_number(form: str) -> bool:
    """Whether a form is a number, in digits or in words."""
    return form[-1:].isdigit() or form.casefold() in _NUMBERS


_FARTHEST: Final = 300
"""Words and signs of a sentence that are looked at before and behind a passage; a text without full stops is no sentence."""


def cut_off(index: SourceIndex, spans: Sequence[TokenSpan], last: int) -> Iterator[Caution]:
    """What of the sentences in which the pieces of a quote stand is not in it and governs them; `last` is the token behind all."""
    found: dict[tuple[Doubt, str], Caution] = {}
    for at, span in enumerate(spans):
        before = _before(index, span.first, spans[at - 1].last if at else 0)
        end = last if at == len(spans) - 1 else span.last
        after = _after(index, end, spans[at + 1].first if at + 1 < len(spans) else len(index.tokens))
        joined = at > 0 and span.first - len(before) == spans[at - 1].last
        first = index.tokens.forms[span.first].casefold()
        negation = "" if joined else _governing(before, first)
        condition = _condition_before(before) or _condition_after(after, index.tokens.forms[end - 1])
        passage = index.tokens.written(span.first - len(before), min(end + len(after), len(index.tokens)))
        if negation:
            message = (
                f"the word before it is ‘{negation}’"
                if before[-1:] == [negation]
                else f"‘{negation}’, cut off before it, governs it"
            )
            found.setdefault((Doubt.NEGATION_CUT_OFF, ""), Caution(Doubt.NEGATION_CUT_OFF, message, passage))
        if condition:
            message = f"the condition of its sentence (‘{condition}’) is left out"
            found.setdefault((Doubt.CONDITION_CUT_OFF, ""), Caution(Doubt.CONDITION_CUT_OFF, message, passage))
        for message in _numbers(index, span.first, end, before, after):
            found.setdefault((Doubt.NUMBER_CUT_OFF, message), Caution(Doubt.NUMBER_CUT_OFF, message, passage))
    yield from found.values()


def _before(index: SourceIndex, first: int, low: int) -> list[str]:
    """The words of the sentence before the token `first`, back to the token `low` at most."""
    start = first
    forms = index.tokens.forms
    while (
        low < start > first - _FARTHEST and not index.begins_paragraph(start) and forms[start - 1] not in _STOPS | _HARD
    ):
        if forms[start - 1] == DASH and not {start - 1, start - 2} & index.tokens.joined:
            break
        start -= 1
    return list(forms[start:first])


def _after(index: SourceIndex, end: int, high: int) -> list[str]:
    """The words of the sentence behind the token before `end`."""
    forms = index.tokens.forms
    stop = end
    if end and forms[end - 1] in _STOPS:
        return []
    while (
        stop < min(high, end + _FARTHEST)
        and forms[stop] not in _STOPS | _HARD
        and not (stop > end and index.begins_paragraph(stop))
    ):
        stop += 1
    return list(forms[end:stop]) if end < len(forms) and not index.begins_paragraph(end) else []


def _governing(before: Sequence[str], first: str) -> str:
    """The word of the clause before a passage that turns it round; empty when none does. Two of them leave it as it is."""
    opened = before[-1:] != [] and before[-1].casefold() in _OPENING
    scope: list[str] = []
    for form in reversed(before):
        plain = form.casefold()
        if plain in _COORDINATORS or (form == "," and not opened):
            break
        scope.insert(0, plain)
    words_there = " ".join(scope)
    words = [form for form in scope if is_word(form)]
    found: dict[str, int] = {}
    for at, form in enumerate(words):
        idle = any(" ".join(words[at : at + 2]) == phrase for phrase in _NO_GOVERNORS) or (
            form in ("few", "peu", "wenige") and at and words[at - 1] in _A_FEW
        )
        second = form in ("ne",) or form.startswith("n'")
        related = not opened and any(word in _RELATIVE for word in words[:at])
        if governs(form) and not idle and not related and not (second and _FRENCH_SECOND & set(words)):
            found.setdefault(form, at)
    for phrase in _PHRASES:
        if f" {phrase} " in f" {words_there} ":
            found.setdefault(phrase, len(words) - 1)
    if len(found) % 2 == 0:
        return ""
    word, at = next(iter(found.items()))
    near = len(words) - at <= 3 or opened or words[-1] in _THINKING or first in _SUBJECTS
    return next((form for form in before if form.casefold() == word), word) if near else ""


def _condition_before(before: Sequence[str]) -> str:
    """The condition with which a sentence begins that is cut off before a passage; empty when there is none."""
    plain = [form.casefold() for form in before]
    for at, form in enumerate(plain):
        opens = at == 0 or not is_word(plain[at - 1]) or plain[at - 1] in _COORDINATORS | {"only", "nur", "then"}
        if (form in _CONDITIONS and opens) or _phrase_at(plain, at) or (at == 0 and form == "should"):
            return " ".join(before[at : at + 4])
    return ""


def _condition_after(after: Sequence[str], last: str) -> str:
    """The condition that follows a passage in its sentence; empty when there is none before the next clause."""
    plain = [form.casefold() for form in after]
    for at, form in enumerate(plain):
        previous = plain[at - 1] if at else last.casefold()
        following = plain[at + 1] if at + 1 < len(plain) else ""
        asked = form in ("if", "si", "wenn") and (previous in _NO_CONDITIONS | _ASKING or following in ("not", "any"))
        if (form in _CONDITIONS and not asked) or _phrase_at(plain, at):
            return " ".join(after[at : at + 4])
        if form in _COORDINATORS and following not in _CONDITIONS | {"only", "nur", "seulement"}:
            break
    return ""


def _phrase_at(plain: Sequence[str], at: int) -> bool:
    rest = " ".join(plain[at : at + 4]) + " "
    return any(rest.startswith(f"{phrase} ") for phrase in _CONDITION_PHRASES)


def _numbers(index: SourceIndex, first: int, end: int, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """What is told of a number at an edge of a piece whose multiplier or sign stands outside."""
    forms = index.tokens.forms
    if is_number(forms[end - 1]) and after and after[0].casefold() in MULTIPLIERS:
        yield f"it ends at {forms[end - 1]}, the source goes on with ‘{after[0]}’"
    if not before:
        return
    if is_number(forms[first]) and before[-1].casefold() in _SIGNS | {MINUS}:
        yield f"it begins at {forms[first]}, before which the source has ‘{before[-1]}’"
    if forms[first].casefold() in MULTIPLIERS and is_number(before[-1]):
        yield f"it begins at ‘{forms[first]}’, before which the source has {before[-1]}"


def swaps(index: SourceIndex, gap: Gap, skipped: TokenSpan) -> bool:
    """Whether the brackets of `gap` change the sense of what they stand for: a negation, a number, a magnitude or a verb."""
    put_in = [
        form.casefold() for mark in gap if mark.kind is MarkKind.INSERTION for form in mark.forms if is_word(form)
    ]
    forms = index.tokens.forms
    there = [form.casefold() for form in forms[skipped.first : skipped.last] if is_word(form)]
    before = forms[skipped.first - 1].casefold() if skipped.first else ""
    after = forms[skipped.last].casefold() if skipped.last < len(forms) else ""
    if not put_in:
        return False
    if any((governs(form) or form in _CONDITIONS) and form not in put_in for form in there):
        return True
    if any((form[-1].isdigit() or form in MULTIPLIERS) and form not in put_in for form in there):
        return True
    if set(there) & (_NUMBERS | _QUANTIFIERS) and any(_counts(form) and form not in there for form in put_in):
        return True
    if (is_number(before) and _counts(put_in[0])) or (_counts(put_in[-1]) and after in MULTIPLIERS):
        return put_in != there
    return bool(there) and _other_verb(there, put_in, before)


def _counts(form: str) -> bool:
    return is_number(form) or form in MULTIPLIERS or form in _QUANTIFIERS


def _other_verb(there: Sequence[str], put_in: Sequence[str], before: str) -> bool:
    """Whether a bracket sets another verb, or another 'may' or 'will', where the source has one."""
    for group in _MODALS:
        if group.intersection(there):
            return not any(form in group for form in put_in) and before in _SUBJECTS
    listed = any(words_for(language).lists_of(there[0]) & _NO_VERBS for language in LANGUAGES)
    if before not in _BEFORE_VERBS or listed or there[0].endswith(("ly", "er")) or len(there) > 2:
        return False
    return not any(_same_verb(there[0], form) for form in put_in)


def _same_verb(one: str, other: str) -> bool:
    """Whether two words may be forms of one verb: 'give' and 'gave', by their first letters or their consonants."""
    skeletons = sorted(
        ("".join(letter for letter in word if letter not in "aeiouäöüéèêy") for word in (one, other)), key=len
    )
    return one[:3] == other[:3] or (one[:1] == other[:1] and skeletons[1].startswith(skeletons[0][:2]))
