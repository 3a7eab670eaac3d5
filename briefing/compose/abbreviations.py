"""The pass that spells out each abbreviation where running text first uses it, and marks it as one everywhere else.

Quotes, headings, sources and what stands between quotation marks are left as they are: those are somebody's words, or names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from briefing.document.inlines import Abbreviation, Emphasis, Inline, Strong, Text
from briefing.document.reading import inline_text
from briefing.document.tree import Caption, Footnote, Paragraph, ParagraphRole, Section
from briefing.document.walk import rewrite
from briefing.schema import Abbreviation as Declared
from briefing.text.sentences import QUOTED

_SPELLED_OUT: Final = frozenset({ParagraphRole.BODY, ParagraphRole.BOTTOM_LINE, ParagraphRole.PROPOSITION})
"""Running text, in which a short form is spelled out; a cell or a caption is too narrow for that."""
_LEFT: Final = frozenset({ParagraphRole.QUOTE, ParagraphRole.ATTRIBUTION, ParagraphRole.ENTRY, ParagraphRole.IMPRINT})
_SECTIONS_LEFT: Final = frozenset({"since_last_issue", "sources", "consulted"})
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?]\s+)$")
_ARTICLE: Final = re.compile(r"(?<!\w)an?\s$", re.IGNORECASE)
_REST_OF_WORD: Final = re.compile(r"(?:[-‐‑]\w[\w‐‑-]*|['’]s(?!\w))?")


def spell_out(sections: tuple[Section, ...], declared: Sequence[Declared]) -> tuple[Section, ...]:
    """The sections with every abbreviation of `declared` marked, and spelled out at its first use unless the author did so there.

    Within a word, behind an indefinite article or before a possessive the long form stands behind the short one: ``an ESA
    (European Space Agency) study``; elsewhere before it: ``the European Space Agency (ESA)``.
    """
    if not declared:
        return sections
    speller = _Speller(declared)

    def spelled(node: Any) -> Any:
        if isinstance(node, Paragraph) and node.role not in _LEFT:
            return replace(node, children=speller.line(node.children, spells=node.role in _SPELLED_OUT))
        if isinstance(node, (Caption, Footnote)):
            return replace(node, children=speller.line(node.children, spells=False))
        return node

    return tuple(each if each.kind in _SECTIONS_LEFT else rewrite(each, spelled) for each in sections)


class _Speller:
    """Goes over the lines of a brief in reading order, and remembers what was spelled out."""

    def __init__(self, declared: Sequence[Declared]) -> None:
        self.long = {each.short: each.long for each in declared}
        either = "|".join(re.escape(short) for short in sorted(self.long, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
        self.known: set[str] = set()

    def line(self, children: tuple[Inline, ...], *, spells: bool) -> tuple[Inline, ...]:
        """One line or paragraph; where it `spells`, first uses are spelled out."""
        flat = inline_text(children)
        quoted = [found.span() for found in QUOTED.finditer(flat)]
        uses = [
            use for use in self.pattern.finditer(flat) if not any(start <= use.start() < end for start, end in quoted)
        ]
        return tuple(self._children(children, flat, uses, 0, spells)) if uses else children

    def _children(
        self, children: Sequence[Inline], flat: str, uses: Sequence[re.Match[str]], offset: int, spells: bool
    ) -> Iterator[Inline]:
        for child in children:
            end = offset + len(inline_text((child,)))
            match child:
                case Text(language=""):
                    here = [use for use in uses if offset <= use.start() and use.end() <= end]
                    yield from self._text(flat, here, offset, end, spells)
                case Strong(inner) | Emphasis(inner):
                    yield replace(child, children=tuple(self._children(inner, flat, uses, offset, spells)))
                case _:
                    yield child
            offset = end

    def _text(self, flat: str, uses: Sequence[re.Match[str]], start: int, end: int, spells: bool) -> Iterator[Inline]:
        """The characters of `flat` from `start` to `end` as one run of text with its abbreviations."""
        for use in uses:
            short, long = use.group(), self.long[use.group()]
            if use.start() < start:
                continue
            before, after = flat[: use.start()], flat[use.end() :]
            if self._is_spelled(before, after, long):
                self.known.add(short)
            first = spells and short not in self.known
            self.known |= {short} if first else set()
            rest = _REST_OF_WORD.match(after)
            assert rest is not None
            stop = min(use.end() + rest.end(), end)
            alone = stop == use.end() and not before.endswith(("-", "‑")) and not _ARTICLE.search(before)
            opening = f"{_begun(long, before)} (" if first and alone else ""
            closing = ")" if opening else f" ({long})" if first else ""
            lead = flat[start : use.start()] + opening
            yield from (Text(lead),) if lead else ()
            yield Abbreviation(short, long)
            tail = flat[use.end() : stop] + closing
            yield from (Text(tail),) if tail else ()
            start = stop
        if start < end:
            yield Text(flat[start:end])

    @staticmethod
    def _is_spelled(before: str, after: str, long: str) -> bool:
        """Whether the author says beside it what it stands for."""
        said = long.casefold()
        return before.casefold().endswith(f"{said} (") or after.casefold().startswith((f" ({said}", f", {said},"))


def _begun(long: str, before: str) -> str:
    """The long form with a capital at the beginning of a sentence."""
    return long[:1].upper() + long[1:] if _SENTENCE_BEGINS.search(before) else long
