"""What governs the words of a quote in their sentence and is not in it: negations, conditions, signs and magnitudes.

The lists are English, French and German, and of other languages what is commonest. Nothing here parses: a sentence is the
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
from briefing.quotes.supposition import supposed_before, supposed_behind
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
_HEDGES: Final = _words("hedges")
_EXCEPTIONS: Final = _words("exceptions")
_EXCEPTION_PHRASES: Final[Sequence[str]] = _TABLE["exception_phrases"]
_HOLDING_BACK: Final = _words("holding_back")
_WITHOUT: Final = _words("without")
_COPULAS: Final = _words("copulas")
_RIVALS: Final = [frozenset(row.split()) for row in _TABLE["rivals"]]
_MODALS: Final = [frozenset(row.split()) for row in _TABLE["modals"]]
_HARD: Final = frozenset({";", ":", "(", ")", MARK})
_STOPS: Final = frozenset({".", "?", "!", "؟", "。", "？", "！"})
_COMMAS: Final = frozenset({",", "،", "、", "，"})
_INVERTED: Final = frozenset({"should", "were", "had"})
_RANGING: Final = _words("ranging")
_BOUNDING: Final = _words("bounding")
_THEN: Final = frozenset(["so", "dann"])
_ARTICLES: Final = frozenset(["der", "die", "das", "ein", "eine"])
_NO_GERMAN_VERBS: Final = frozenset(
    ["laut", "statt", "seit", "nicht", "mit", "selbst", "jetzt", "zuletzt", "but", "that", "what"]
)
_LATE: Final = _words("late")
_AT_NO: Final = _words("at_no")
_ASSERTING: Final = _words("asserting")
_ASSERTING_NEED: Final = _words("asserting_need")
_FARTHEST_BEHIND: Final = 6


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
        quoted = index.tokens.forms[span.first : span.last]
        negation = "" if joined else _governing(before, first, infinitive="zu" in quoted)
        behind = "" if negation or at < len(spans) - 1 else _negated_behind(after) or _false_behind(before, after)
        hedge = "" if joined else _hedged(before) or supposed_before(before, first, _SUBJECTS)
        behind = behind or (supposed_behind(after) if at == len(spans) - 1 else "")
        condition = _condition_before(before) or _condition_after(after, index.tokens.forms[end - 1])
        exception = "" if condition else _exception(after)
        if not condition and any(map(negates, quoted)):
            condition = next((" ".join(after[at : at + 4]) for at, form in enumerate(after) if form == "until"), "")
        passage = index.tokens.written(span.first - len(before), min(end + len(after), len(index.tokens)))
        if negation:
            message = (
                f"the word before it is ‘{negation}’"
                if before[-1:] == [negation]
                else f"‘{negation}’, cut off before it, governs it"
            )
            found.setdefault((Doubt.NEGATION_CUT_OFF, ""), Caution(Doubt.NEGATION_CUT_OFF, message, passage))
        elif behind or hedge:
            where = (
                f"‘{behind}’, cut off behind it, denies or weakens it"
                if behind
                else f"‘{hedge}’, cut off before it, weakens it"
            )
            found.setdefault((Doubt.NEGATION_CUT_OFF, ""), Caution(Doubt.NEGATION_CUT_OFF, where, passage))
        if exception:
            message = f"the exception of its sentence (‘{exception}’) is left out"
            found.setdefault((Doubt.CONDITION_CUT_OFF, ""), Caution(Doubt.CONDITION_CUT_OFF, message, passage))
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


def _governing(before: Sequence[str], first: str, *, infinitive: bool) -> str:
    """The word of the clause before a passage that turns it round; empty when none does. Two of them leave it as it is.

    `first` is the first word of the passage; `infinitive` says that a German one with 'zu' may hang on a clause before its comma.
    """
    last = before[-1].casefold() if before else ""
    opened = last in _OPENING or (last in _COMMAS and (infinitive or first in _OPENING))
    scope: list[str] = []
    for form in reversed(before):
        plain = form.casefold()
        if plain in _COORDINATORS or (form in _COMMAS and not opened):
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
        asserts = _asserts(words if form in _LATE | {"pas"} else words[at + 1 :])
        if governs(form) and not (idle or related or asserts) and not (second and _FRENCH_SECOND & set(words)):
            found.setdefault(form, at)
    for phrase in _PHRASES:
        if f" {phrase} " in f" {words_there} ":
            found.setdefault(phrase, len(words) - 1)
    if len(found) % 2 == 0:
        return ""
    word, at = next(iter(found.items()))
    near = len(words) - at <= 3 or opened or words[-1] in _THINKING or first in _SUBJECTS
    return next((form for form in before if form.casefold() == word), word) if near else ""


def _negated_behind(after: Sequence[str]) -> str:
    """The negation right behind a passage that denies it, or holds it back ('but not now'); empty when there is none."""
    plain = [form.casefold() for form in after]
    held = len(plain) - len(rest) if (rest := _behind_holding_back(plain)) else 0
    for at, form in enumerate(plain[held : held + _FARTHEST_BEHIND]):
        idle = any(" ".join(plain[held + at : held + at + 2]) == phrase for phrase in _NO_GOVERNORS)
        near = at == 0 or (at == 1 and plain[held] in _AT_NO) or form in _LATE
        if (negates(form) or form in _LATE) and form not in _WITHOUT and near and not idle:
            return " ".join(after[held : held + at + 1])
        if not is_word(form) or form in _COORDINATORS | _OPENING | _RELATIVE or any(form in row for row in _MODALS):
            break
    return ""


def _asserts(words: Sequence[str]) -> bool:
    """Whether a negation beside these words says that what follows is so: 'never forget that', 'no need to say that'."""
    there = {word.removeprefix("n'") for word in words}
    return bool(there & _ASSERTING) or ("need" in there and bool(there & _ASSERTING_NEED))


def _false_behind(before: Sequence[str], after: Sequence[str]) -> str:
    """What is said of a clause behind it that denies it: 'the idea that the bank is safe' **is absurd**."""
    plain = [form.casefold() for form in after[:_FARTHEST_BEHIND]]
    opened = bool(before) and before[-1].casefold() in _OPENING
    copula = next((at for at, form in enumerate(plain) if form in _COPULAS), None) if opened else None
    if copula is None or any(form in _COORDINATORS for form in plain[:copula]):
        return ""
    said = next((at for at in range(copula + 1, len(plain)) if plain[at] in _GOVERNORS), None)
    denied = said is not None and any(map(negates, plain[copula:said]))
    return "" if said is None or denied else " ".join(after[copula : said + 1])


def _behind_holding_back(plain: Sequence[str]) -> Sequence[str]:
    """What stands behind ', but' or ', just'; nothing where they do not stand there."""
    rest = plain[1:] if plain and plain[0] in _COMMAS | {DASH} else plain
    words = next((at for at, form in enumerate(rest) if form not in _HOLDING_BACK), len(rest))
    return rest[words:] if words else []


def _hedged(before: Sequence[str]) -> str:
    """The word right before a passage, in its clause, by which it is not held to be certain."""
    near = before[-4:]
    commas = [at for at, form in enumerate(near) if form in _COMMAS]
    near = near[commas[-1] + 1 :] if commas and commas[-1] < len(near) - 1 else near
    joined = "".join(near).casefold()
    if DASH in near and any(hedge in joined for hedge in _HEDGES if DASH in hedge):
        return "".join(near)
    return next((form for form in near if form.casefold() in _HEDGES), "")


def _exception(after: Sequence[str]) -> str:
    """The exception that follows a passage in its sentence; empty when there is none before the next clause."""
    plain = [form.casefold() for form in after]
    for at, form in enumerate(plain):
        if form in _EXCEPTIONS or any(" ".join(plain[at : at + 3]).startswith(one) for one in _EXCEPTION_PHRASES):
            return " ".join(after[at : at + 4])
        if form in _COORDINATORS | _RELATIVE:
            break
    return ""


def _condition_before(before: Sequence[str]) -> str:
    """The condition with which a sentence begins that is cut off before a passage; empty when there is none."""
    plain = [form.casefold() for form in before]
    if plain[-2:-1] == [","] and plain[-1] in _THEN and len(plain) > len(_THEN) and plain[1] in _SUBJECTS | _ARTICLES:
        return " ".join(before[:4])  # 'Zahlt der Kreis, so …'
    german = _ARTICLES | {"ich", "er", "sie", "wir"}
    if plain[-1:] == [","] and plain[0].endswith("t") and plain[1] in german and plain[0] not in _NO_GERMAN_VERBS:
        return " ".join(before[:4])  # 'Stimmt der Landtag zu, zahlt der Kreis'
    for at, form in enumerate(plain):
        opens = at == 0 or not is_word(plain[at - 1]) or plain[at - 1] in _COORDINATORS | {"only", "nur", "then"}
        if (
            (form in _CONDITIONS and opens)
            or _phrase_at(plain, at)
            or (at == 0 and form in _INVERTED and (form == "should" or plain[-1] in _COMMAS))
        ):
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
    ranged = before[-1].casefold() in _RANGING and any(
        is_number(form) or form.casefold() in _BOUNDING for form in before[-4:-1]
    )
    digits = forms[first][:1].isdigit() and before[-1][-1:].isdigit() and forms[first - 1] == before[-1]
    if is_number(forms[first]) and (before[-1].casefold() in _SIGNS | {MINUS} or ranged or digits):
        yield f"it begins at {forms[first]}, before which the source has ‘{before[-1]}’"
    if forms[first].casefold() in MULTIPLIERS and is_number(before[-1]):
        yield f"it begins at ‘{forms[first]}’, before which the source has {before[-1]}"


def swaps(index: SourceIndex, gap: Gap, skipped: TokenSpan) -> bool:
    """Whether the brackets of `gap` change the sense of what they stand for: a negation, a number, a magnitude or a verb."""
    put_in = [form.casefold() for form in _put_in(gap)]
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
    if rivals(there, put_in) or _other_quality(index, gap, skipped):
        return True
    if is_number(after) and put_in[-1] in ("minus", "negative", "moins") and put_in[-1] not in there:
        return True
    if (is_number(before) and _counts(put_in[0])) or (_counts(put_in[-1]) and after in MULTIPLIERS):
        return put_in != there
    return bool(there) and _other_verb(there, put_in, before)


def _put_in(gap: Gap) -> list[str]:
    """The words in the brackets of a gap, as they are written there."""
    return [form for mark in gap if mark.kind is MarkKind.INSERTION for form in mark.forms if is_word(form)]


def rivals(there: Sequence[str], put_in: Sequence[str]) -> bool:
    """Whether one of `put_in` stands for another of its kind: a month for a month, 'worse' for 'better'."""
    for row in _RIVALS:
        ours, theirs = (
            {form.removesuffix("s") for form in forms if form.removesuffix("s") in row or form in row}
            for forms in (put_in, there)
        )
        if ours and theirs and not ours & theirs:
            return True
    return False


def swaps_edge(index: SourceIndex, gap: Gap, behind: int, *, before: bool) -> bool:
    """Whether a bracket before all of the words (`before`), or behind them, stands for a word of its own kind beside them there.

    `behind` is the token behind which, or before which, the source's own words stand.
    """
    put_in = [form.casefold() for form in _put_in(gap)]
    row = _before(index, behind, 0)[-2:] if before else _after(index, behind, len(index.tokens))[:2]
    there = [form.casefold() for form in row if is_word(form)]
    counted = there[-1 if before else 0 :][:1]
    numbers = bool(put_in and counted) and _counts(put_in[0 if not before else -1]) and _counts(counted[0])
    return bool(put_in) and (rivals(there, put_in) or (numbers and not set(counted) & set(put_in)))


def _other_quality(index: SourceIndex, gap: Gap, skipped: TokenSpan) -> bool:
    """Whether a bracket behind 'is' sets another word of quality: 'is [safe]' for 'is dangerous'."""
    there = [form for form in index.tokens.forms[skipped.first : skipped.last] if is_word(form)]
    put_in = _put_in(gap)
    before = index.tokens.forms[skipped.first - 1].casefold() if skipped.first else ""
    if before not in _COPULAS or len(there) != 1 or len(put_in) != 1 or not (there[0] + put_in[0]).islower():
        return False
    listed = any(words_for(language).lists_of(there[0]) & _NO_VERBS for language in LANGUAGES)
    return not listed and there[0][:3] != put_in[0][:3]


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
