"""What counts as the same words: the contract of `docs/evidence.md`, section 'What is treated as equal', and nothing beside it.

A text is read as a row of words and punctuation marks. Each has a form, in which everything that the contract treats as equal is
written one way, and keeps its place in the text. Two passages say the same when their forms are the same, one after another. Since
white space only parts words, its kind and amount do not matter; since a word is one unit, no passage begins or ends inside one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from briefing.unicode_forms import normalized

MARK: Final = "'"
"""The form of every quotation mark."""
DASH: Final = "-"
"""The form of every dash and hyphen."""
MINUS: Final = "−"
"""The form of a dash that is the sign of a number."""
ELLIPSIS: Final = "…"
"""The form of three dots."""

# Soft hyphens, zero-width spaces and marks of direction: nothing of them is seen.
_UNSEEN: Final = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
_MARKS: Final = "\"“”„‟«»＂〝〞〟❝❞⹂'‘’‚‛‹›＇`´ʼʻ"
_APOSTROPHES: Final = "'’ʼʻ＇‘`´′"
_DASHES: Final = "-‐‑‒–—―−﹘﹣－⸺⸻"
# Dashes that bind words or numbers into one where they touch both; the long ones part them.
_BINDING_DASHES: Final = "-‐‑‒–−﹣－"
_BREAKING_HYPHENS: Final = "-‐"
_BINDERS: Final = "/&@+*·^~=\\#_"
_BEFORE_NUMBERS: Final = "<>≤≥±≈~+#№§"
_AFTER_NUMBERS: Final = "%‰°′″"
_LIGATURES: Final = str.maketrans(
    {
        **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
        **dict.fromkeys(_UNSEEN, None),
        **dict.fromkeys(_APOSTROPHES, MARK),
    }
)


def _combining() -> str:
    """Every combining mark of the Basic Multilingual Plane, for which `re` has no name, as ranges, which it compiles faster."""
    # Chinese and Korean letters and the private ones between these stretches are none.
    codes = [*range(0x300, 0x3100), *range(0xA000, 0xAC00), *range(0xFB00, 0xFE40)]
    is_mark = [unicodedata.category(chr(code))[0] == "M" for code in codes]
    edges = [code for code, one, before in zip(codes, is_mark, [False, *is_mark], strict=False) if one != before]
    return "".join(f"{chr(first)}-{chr(behind - 1)}" for first, behind in zip(edges[::2], edges[1::2], strict=True))


# Scripts that set no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese. Each of their letters stands for itself.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_GAP: Final = r"[ \u00a0\u2009\u202f]"


@cache
def _token(*, usual: bool) -> re.Pattern[str]:
    """What the next word or mark of a text is, by the name of its group. That of all letters and marks takes long to compile."""
    combining, unseen, unspaced = ("", "\u00ad", "") if usual else (_combining(), _UNSEEN, _UNSPACED)
    one_letter = rf"(?P<letter> [{unspaced}][{combining}{unseen}]* ) |" if unspaced else ""
    # A letter, digit or combining mark; two letters that look like apostrophes are taken for such.
    letter = rf"(?:(?![ʼʻ{unspaced}])[\w{combining}{unseen}])"
    behind_letter = r"(?<=[^\W\d_])" + (rf"|(?<=[{combining}])" if combining else "")
    return re.compile(
        rf"""
        (?P<plain> [^\W\d_ʼʻ{unspaced}]+(?=[ ,]) )
      | {one_letter}
        (?P<dots> \.(?=\.{{3}}(?!\.)) | \.(?=(?:{_GAP}\.){{3}}(?!{_GAP}?\.)) | …+ | \.{{3,}} | \.(?:{_GAP}\.){{2,}} )
      | (?P<broken>
            {letter}+ (?: (?: (?:{behind_letter}) [{_BREAKING_HYPHENS}] | (?<=\u00ad) ) [ \t]*\n\s* (?=[^\W\d_]) {letter}+ )+
        )
      | (?P<word>
            (?<!\w) [^\W\d_](?:\.[^\W\d_])+ (?!{letter})
          | (?<![\w.,]) \.\d+
          | {letter}+ (?: (?: [{_APOSTROPHES}](?=[^\W\d_]) | (?<=\d)['’.,:/·](?=\d) ) {letter}+ )*
        )
      | (?P<doubled> '' | `` | ´´ | ,,(?=\w) )
      | (?P<dash> [{_DASHES}]+ )
      | (?P<other> \S )
        """,
        re.VERBOSE,
    )


def _is_usual(text: str) -> bool:
    """Whether a text has no combining marks, nothing unseen but soft hyphens, and no letters of scripts that set no spaces."""
    return text.isascii() or all(
        (character < "\u0e00" or "\u2000" <= character < "\u2c00")
        and unicodedata.category(character)[0] != "M"
        and (character == "\u00ad" or character not in _UNSEEN)
        for character in set(text)
    )


_WORDS: Final = frozenset({"plain", "word", "letter"})
_BREAK = re.compile(rf"[{_BREAKING_HYPHENS}]?[ \t]*\n\s*")
_LOWERED = re.compile(r"(?<=[^\W\d_])[₀-₉]+(?!\w)")
_LOWERED_DIGITS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ANY_MARK = re.compile(rf"[{_MARKS}]")
_DOUBLE: Final = '"“”„‟«»＂〝〞〟❝❞⹂'


class Tokens(Struct, frozen=True):
    """A text as the contract reads it: words and marks in order.

    `forms` are the words and marks as they are compared; `starts` and `ends` their places in `text`. `joined` holds the indexes of
    those that are bound to the next one without being one word with it ('non' of 'non-profit'), where no passage may begin or end.
    `broken` gives, for a word that a line end has broken at a hyphen, its parts with the hyphen between them; its form is without.
    """

    text: str
    forms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    joined: frozenset[int]
    broken: Mapping[int, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.forms)

    def written(self, first: int, last: int) -> str:
        """The text from the token `first` to the one before `last`, as it stands there."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


@lru_cache(maxsize=1 << 16)
def is_word(form: str) -> bool:
    """Whether a form is a word or a number, not a punctuation mark."""
    return any(character.isalnum() for character in form)


def tokens_of(text: str, paragraph_starts: Iterable[int] = (), *, within_quotation: bool = False) -> Tokens:
    """`text` as the contract reads it.

    `paragraph_starts` are the offsets at which its paragraphs begin: the opening mark that a quotation of several paragraphs
    repeats at the start of each is left out. `within_quotation` says that the text begins inside a quotation.
    """
    forms: list[str] = []
    starts, ends = array("I"), array("I")
    joined: set[int] = set()
    broken: dict[int, tuple[str, ...]] = {}
    repeated = _repeated_marks(text, paragraph_starts, within_quotation)
    for match in _token(usual=_is_usual(text)).finditer(text):
        kind = match.lastgroup
        written = match[0]
        if kind in _WORDS:
            form = word_form(written)
            if not form:
                continue
        elif kind == "broken":
            parts = tuple(word_form(part) for part in _BREAK.split(written))
            form = "".join(parts)
            if written.count("\u00ad") == 0:
                broken[len(forms)] = (parts[0], *(read for part in parts[1:] for read in (DASH, part)))
        else:
            start, end = match.span()
            if start in repeated:
                continue
            form, binds_left, binds_right = _mark_form(text, start, end, kind or "")
            if binds_left:
                joined.add(len(forms) - 1)
            if binds_right:
                joined.add(len(forms))
        forms.append(form)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, forms, starts, ends, frozenset(joined), broken)


@lru_cache(maxsize=1 << 16)
def word_form(written: str) -> str:
    """The form in which a word is compared: Unicode form C, ligatures as letters, nothing unseen, one kind of apostrophe."""
    if written.isascii() and "`" not in written:
        return written
    form = normalized(written.translate(_LIGATURES))
    return _LOWERED.sub(lambda digits: digits[0].translate(_LOWERED_DIGITS), form)


def _mark_form(text: str, start: int, end: int, kind: str) -> tuple[str, bool, bool]:
    """The form of a mark, and whether it is bound to what stands before and behind it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    written = text[start:end]
    between = before.isalnum() and after.isalnum()
    if kind == "dots":
        return (ELLIPSIS if len(written) > 1 else written), False, False
    if kind == "doubled" or written in _MARKS:
        return MARK, False, False
    if kind == "dash":
        if end - start > 1 or written not in _BINDING_DASHES:
            return DASH, False, False
        signs = not before or before.isspace() or before in "([{/" + _MARKS
        return (MINUS, False, True) if signs and _begins_number(text, end) else (DASH, between, between)
    if written == "." or written in _BINDERS:
        binds = between if written != "." else before.islower() and after.islower()
        if binds or written == ".":
            return written, binds, binds
    if written in _AFTER_NUMBERS:
        return written, before.isdigit() or (before.isspace() and text[start - 2 : start - 1].isdigit()), False
    if written in _BEFORE_NUMBERS:
        return written, False, after.isdigit()
    currency = unicodedata.category(written) == "Sc"
    return unicodedata.normalize("NFC", written), currency and before.isalnum(), currency and after.isdigit()


def _begins_number(text: str, position: int) -> bool:
    following = text[position : position + 2]
    if following and unicodedata.category(following[0]) == "Sc":
        following = following[1:]
    return following[:1].isdigit()


def _repeated_marks(text: str, paragraph_starts: Iterable[int], within_quotation: bool) -> frozenset[int]:
    """Offsets of the marks that only say again, at the start of a paragraph, that the quotation goes on."""
    repeated: set[int] = set()
    for previous, start in pairwise(sorted(paragraph_starts)):
        if text[start : start + 1] in _MARKS and text[start + 1 : start + 2].strip():
            inside = within_quotation or previous in repeated
            if _is_open_at_end(text[previous:start], text[start] in _DOUBLE, inside):
                repeated.add(start)
    return frozenset(repeated)


def _is_open_at_end(paragraph: str, double: bool, is_open: bool) -> bool:
    """Whether a quotation in double (or single) marks that stands in `paragraph` is still open where it ends."""
    for match in _ANY_MARK.finditer(paragraph):
        before, after = paragraph[: match.start()][-1:], paragraph[match.end() : match.end() + 1]
        if (match[0] in _DOUBLE) is double and not (before.isalnum() and after.isalnum()):
            is_open = not before or before.isspace() or (not before.isalnum() and after.isalnum())
    return is_open
