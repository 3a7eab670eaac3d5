"""Whether a bracket sets one name for another: '[France] must pay' for 'Germany must pay'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.quotes.editorial_marks import Gap, MarkKind
from briefing.quotes.equality import is_word
from briefing.quotes.finding.words import LANGUAGES, words_for
from briefing.quotes.parties import same_party
from briefing.quotes.source_index import SourceIndex, TokenSpan

_NO_NAMES: Final = (
    "pronouns",
    "writer",
    "determiners",
    "prepositions",
    "possessives",
    "relative",
    "joining",
    "skipped",
)
_TITLES: Final = ("titles", "honorifics", "styles")
_ARTICLES: Final = frozenset({"the", "a", "an", "of", "la", "le", "les", "el", "los", "l"})
_NOUNS_WITH_CAPITALS: Final = frozenset({"und", "der", "die"})
"""Words of a language that writes every noun like a name."""
_ONE_PLACE: Final = (
    frozenset({"uk", "britain", "united kingdom", "great britain"}),
    frozenset({"us", "usa", "america", "united states", "états-unis"}),
)


def other_name(index: SourceIndex, gap: Gap, skipped: TokenSpan, *, at_edge: bool) -> tuple[str, str] | None:
    """The name in the source and another that a bracket of `gap` sets for it; None where it sets none, or one that may mean the same.

    `at_edge` says that the gap stands before all words of the quote, where `skipped` ends.
    """
    put_in = [form for mark in gap if mark.kind is MarkKind.INSERTION for form in mark.forms if is_word(form)]
    ours = _name(put_in)
    if not ours or any(mark.kind is not MarkKind.INSERTION for mark in gap):
        return None
    forms = index.tokens.forms
    there = forms[skipped.first : skipped.last]
    if at_edge:
        begin = skipped.last
        while (
            begin > 0
            and is_word(forms[begin - 1])
            and forms[begin - 1][0].isupper()
            and not index.begins_paragraph(begin)
        ):
            begin -= 1
        there = forms[begin : skipped.last]
    theirs = _name([form for form in there if is_word(form)])
    if not theirs or set(forms) >= _NOUNS_WITH_CAPITALS or _may_be_one(index, theirs, ours):
        return None
    return " ".join(theirs), " ".join(ours)


def _name(forms: Sequence[str]) -> list[str]:
    """The words of a name without articles and titles; empty where one of `forms` belongs to no name."""
    kept = [form for form in forms if form.casefold() not in _ARTICLES and not _is_listed(form, _TITLES)]
    if not all(form[0].isupper() and not _is_listed(form, _NO_NAMES) for form in kept):
        return []
    return kept


def _is_listed(form: str, names: Sequence[str]) -> bool:
    return any(bool(words_for(language).lists_of(form) & set(names)) for language in LANGUAGES)


def _may_be_one(index: SourceIndex, theirs: Sequence[str], ours: Sequence[str]) -> bool:
    """Whether two names may mean the same: by a word, by first letters, or since the source sets them side by side."""
    one, other = " ".join(theirs), " ".join(ours)
    letters = ["".join(word[0] for word in name) for name in (theirs, ours)]
    plain = [name.casefold() for name in (one, other)]
    if same_party(one, other) or one.replace(".", "") == letters[1] or other.replace(".", "") == letters[0]:
        return True
    if any(set(plain) <= row for row in _ONE_PLACE) or {word.casefold() for word in theirs} & {
        word.casefold() for word in ours
    }:
        return True
    if len(theirs) == 1 and theirs[0].casefold() in index.tokens.forms and not theirs[0].isupper():
        return True  # a common word that begins a sentence
    forms = [form.casefold() for form in index.tokens.forms if is_word(form)]
    pairs = {(theirs[-1].casefold(), ours[-1].casefold()), (theirs[-1].casefold(), ours[0].casefold())}
    pairs |= {(ours[-1].casefold(), theirs[0].casefold())}
    return any((forms[at], forms[at + 1]) in pairs for at in range(len(forms) - 1))
