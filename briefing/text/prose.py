"""A text as a value: what was typed, and what was read from it, once."""

from __future__ import annotations

import re
from functools import cached_property

from markdown_it.token import Token
from msgspec import Struct

from briefing.text.markup import read_markup, read_quote_markup
from briefing.text.markup_faults import MarkupFault, faults_outside_bodies, markup_faults, quote_faults
from briefing.text.sentences import Sentence, sentences


class Citation(Struct, frozen=True):
    """One source named in a text; `offset` is where its ``@`` stands, in characters."""

    id: str
    locator: str
    offset: int


class Reference(Struct, frozen=True):
    """Another item that is named in a text; `offset` is where its bracket stands, in characters."""

    name: str
    offset: int


class Prose(Struct, frozen=True, dict=True, eq=False):
    """A text in light Markdown. Two are equal when the same was typed; all else is read from that when it is first asked for.

    A text that has `faults` is never set on a page: only of a sound one do the tokens say what was meant.
    """

    text: str
    """What was typed."""
    key: str = ""
    """The key that it stands under, where a list of texts has keys with values in its place."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def at(self, path: str) -> str:
        """Where the text stands when what holds it stands at `path`."""
        return f"{path}.{self.key}" if self.key else path

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tree, as `briefing.text.markup.read_markup` gives it."""
        return read_markup(self.text)

    @cached_property
    def faults(self) -> tuple[MarkupFault, ...]:
        """What was meant as markup and is none, in order."""
        return tuple(markup_faults(self.text, self.tokens))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every source that is cited in it, in order."""
        return tuple(
            Citation(source, locator, child.meta["offset"] + within)
            for token in self.tokens
            for child in token.children or []
            if child.type == "citation"
            for (source, locator), within in zip(child.meta["cites"], child.meta["within"], strict=True)
        )

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every other item that is named in it, in order."""
        inlines = (child for token in self.tokens for child in token.children or [])
        return tuple(
            Reference(child.meta["name"], child.meta["offset"]) for child in inlines if child.type == "reference"
        )

    @cached_property
    def names_without_brackets(self) -> tuple[Reference, ...]:
        """Every ``@name`` that stands without brackets, and so is no citation, in order; those of links are none."""
        masked = _BRACKETED.sub(lambda unprinted: "\0" * len(unprinted.group()), self.text)
        return tuple(Reference(match[1], match.start()) for match in _NARRATIVE.finditer(masked))

    @cached_property
    def faults_outside_bodies(self) -> tuple[MarkupFault, ...]:
        """Tables and sub-headings, which only a section's body can have, in order."""
        return tuple(faults_outside_bodies(self.text, self.tokens))

    @cached_property
    def plain(self) -> str:
        """The text as its reader sees it, citations and references left out; paragraphs, list items and cells are parted by a line feed."""
        return "\n".join(line for line in (_line(token) for token in self.tokens if token.type == "inline") if line)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """For each character of `plain`, where it stands in `text`; markup and citations are passed over."""
        printed = _UNPRINTED.sub(lambda unprinted: "\0" * len(unprinted.group()), self.text)
        found: list[int] = []
        after = 0
        for character in self.plain:
            if character.isspace():
                space = _SPACE.search(printed, after)
                at = space.start() if space else -1
            else:
                at = printed.find(character, after)
            found.append(at if at >= 0 else max(after - 1, 0))
            after = found[-1] + 1
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of `plain`."""
        return tuple(sentences(self.plain))


class QuotedWords(Struct, frozen=True, dict=True):
    """Somebody's words, in which only paragraphs, emphasis and backslashes are markup; otherwise like `Prose`."""

    text: str
    """What was typed."""

    def __str__(self) -> str:
        return self.text

    @cached_property
    def words(self) -> str:
        """What was typed without the quotation marks around it, which the program sets itself."""
        return self.text[1:-1].strip() if outer_marks(self.text) else self.text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tree of `words`, as `briefing.text.markup.read_quote_markup` gives it."""
        return read_quote_markup(self.words)

    @cached_property
    def faults(self) -> tuple[MarkupFault, ...]:
        """Citations and other litter, which would be printed as part of what was said, and marks that may be those around the words."""
        found = quote_faults(self.text, self.tokens)
        if outer_marks(self.text) is None:
            what = "the quotation marks at the ends of the words may be those around the whole quote, or not"
            hint = "leave out the marks around the whole quote: the program sets them; write curly ones “like these” for marks within"
            found.append(MarkupFault("bad-value", what, hint, 0))
        return tuple(found)

    @cached_property
    def plain(self) -> str:
        """The words as they are printed; a blank line parts paragraphs."""
        return "\n\n".join(_line(token) for token in self.tokens if token.type == "inline")

    @property
    def is_emphasised(self) -> bool:
        """Whether some of the words are emphasised."""
        inlines = (child for token in self.tokens for child in token.children or [])
        return any(child.type in ("em_open", "strong_open") for child in inlines)


_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "”": "”",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    '"': '"',
    "'": "'",
}
_SINGLE = "‘‚'"
"""Marks that may be apostrophes, too."""


def outer_marks(text: str) -> bool | None:
    """Whether one pair of quotation marks goes around the whole of `text`; None where it cannot be told."""
    first, last = text[:1], text[-1:]
    closing = _PAIRS.get(first, "")
    if len(text) < 2 or not closing:
        return None if last and last in '”"»' and not _balanced(text) else False
    inside = text[1:-1]
    if first in _SINGLE:
        inside = re.sub(r"(?<=\w)['’](?=\w)", "", inside)
    if last in closing and not any(mark in inside for mark in first + closing):
        return True
    if first == '"' or (first in _SINGLE and last in closing):
        return None if last in closing or (first == '"' and text.count('"') % 2) else _outside(text, text.rfind(first))
    depth = 0
    for place, character in enumerate(text):
        depth += (character == first) - (character in closing)
        if depth <= 0:
            return place == len(text) - 1 or _outside(text, place)
    return False if first in _SINGLE else None


def _outside(text: str, place: int) -> bool | None:
    """None where only a full stop stands behind the pair that ends at `place`, since it may have been meant to stand within; otherwise False."""
    return None if place and place == len(text.rstrip(".,;!?…")) - 1 and text.count(text[0]) <= 2 else False


def _balanced(text: str) -> bool:
    """Whether the marks that end in the last character begin somewhere in the text."""
    last = text[-1:]
    if last == '"':
        return text.count('"') % 2 == 0
    opening = {"”": "“„", "»": "«", "“": "„"}[last]
    return sum(text.count(mark) for mark in opening) >= text.count(last)


_NARRATIVE = re.compile(r"(?<![\w\[;.@\\/&-])@([A-Za-z][A-Za-z0-9_-]*)")
_BRACKETED = re.compile(r"\[[^\]\n]*\]?|\(<?(?:https?:|mailto:)[^)]*\)|https?://\S+", re.IGNORECASE)
_UNPRINTED = re.compile(
    r"\[\s*@[^\]]*\]|\[[#^][^\]\n]*\]:?|(?<=\])\(<?(?:https?:|mailto:)[^)]*\)|^[ \t]*\|?[ \t:-]*-[ \t:|-]*\|[ \t:|-]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SPACE = re.compile(r"\s")
_CUT = "\x00"


def _line(token: Token) -> str:
    """What is printed of a paragraph."""
    printed = "".join(
        {"softbreak": " ", "hardbreak": "\n", "citation": _CUT, "note_mention": _CUT, "reference": _CUT}.get(
            child.type, child.content
        )
        for child in token.children or []
    )
    return re.sub(rf"(?<![ \n])([ \n]*){_CUT}(?:[ \n]*{_CUT})*([ \n]*)(.?)", _closed, printed).strip()


def _closed(gap: re.Match[str]) -> str:
    """What stands where citations stood: a space between words, none before a sign that closes."""
    before, behind, following = gap.groups()
    space = (behind or before) and following and following not in ".,;:!?)]”’»"
    return (" " if space else "") + following
