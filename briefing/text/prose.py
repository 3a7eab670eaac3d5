"""A text as a value: what was typed, and what was read from it, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from briefing.text.markup import read_markup, read_quote_markup
from briefing.text.markup_faults import MarkupFault, markup_faults, quote_faults
from briefing.text.sentences import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Citation:
    """One source named in a text; `offset` is where its ``@`` stands, in characters."""

    id: str
    locator: str
    offset: int


@dataclass(frozen=True)
class Prose:
    """A text in light Markdown. Two are equal when the same was typed; all else is read from that when it is first asked for.

    A text that has `faults` is never set on a page: only of a sound one do the tokens say what was meant.
    """

    text: str
    """What was typed."""

    def __str__(self) -> str:
        return self.text

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
    def plain(self) -> str:
        """The text as its reader sees it, citations left out; paragraphs and list items are parted by a line feed."""
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


@dataclass(frozen=True)
class QuotedWords:
    """Somebody's words, in which only paragraphs, emphasis and backslashes are markup; otherwise like `Prose`."""

    text: str
    """What was typed."""

    def __str__(self) -> str:
        return self.text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Their tree, as `briefing.text.markup.read_quote_markup` gives it."""
        return read_quote_markup(self.text)

    @cached_property
    def faults(self) -> tuple[MarkupFault, ...]:
        """Citations, which would be printed as part of what was said."""
        return tuple(quote_faults(self.text))

    @cached_property
    def plain(self) -> str:
        """The words as they are printed; a blank line parts paragraphs."""
        return "\n\n".join(_line(token) for token in self.tokens if token.type == "inline")

    @property
    def is_emphasised(self) -> bool:
        """Whether some of the words are emphasised."""
        inlines = (child for token in self.tokens for child in token.children or [])
        return any(child.type in ("em_open", "strong_open") for child in inlines)


_UNPRINTED = re.compile(r"\[\s*@[^\]]*\]|(?<=\])\(<?(?:https?:|mailto:)[^)]*\)", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_CUT = "\x00"


def _line(token: Token) -> str:
    """What is printed of a paragraph."""
    printed = "".join(
        {"softbreak": " ", "hardbreak": "\n", "citation": _CUT}.get(child.type, child.content)
        for child in token.children or []
    )
    return re.sub(rf"([ \n]*){_CUT}(?:[ \n]*{_CUT})*([ \n]*)(.?)", _closed, printed).strip()


def _closed(gap: re.Match[str]) -> str:
    """What stands where citations stood: a space between words, none before a sign that closes."""
    before, behind, following = gap.groups()
    space = (behind or before) and following and following not in ".,;:!?)]”’»"
    return (" " if space else "") + following
