"""What stands in a paragraph of a document as light Markdown, the way it would be typed in the data file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from markdown_it.token import Token
from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import Span, joined
from briefing.schema.brief import KINDS
from briefing.text.markup import read_markup, read_quote_markup
from briefing.text.prose import Prose

_WORDS: Final = "|".join(sorted({"section", *(kind.word for kind in KINDS)}, key=len, reverse=True))
KIND_OF_NODE: Final = re.compile(rf"(?:{_WORDS})-")
"""What the ids of nodes begin with, before the id of the item."""
_SPECIAL: Final = re.compile(r"([\\*\[\]<`~&]|(?<![^\W_])_|_(?![^\W_]))")
_AT_START: Final = re.compile(r"^(\s*)([-+#>|]|\d{1,2}(?=[.)]))", re.MULTILINE)
_NO_WORD: Final = re.compile(r"[^\w]")


TYPED: Final = "[typed]"
_SOURCE: Final = "source-"


class Grammar(Enum):
    """How a value is written: light Markdown, the words of a quote, or a line as it is."""

    PROSE = auto()
    QUOTE = auto()
    LINE = auto()


@lru_cache(maxsize=2_000)
def written(spans: tuple[Span, ...], grammar: Grammar) -> str:
    """The spans as they would be typed. Emphasis that the grammar cannot say, such as that of half a word, is left out: see `loses`."""
    called = joined(
        with_calls([each for each in spans if not each.note.startswith("?")])
    )  # notes that nobody knows are read apart
    if grammar is Grammar.LINE:
        return "".join(each.text for each in called).replace("\n", " ")
    for emphasis in (True, False):
        for escape in (False, True):
            made = _marked(called, escaped=escape, emphasised=emphasis)
            if reads_as(made, called, grammar, emphasis):
                return made
    return _marked(called, escaped=True, emphasised=False)


def with_calls(spans: Sequence[Span]) -> list[Span]:
    """The spans with citations, notes and references as they are typed; these are marked by `TYPED`, so that nothing in them is escaped."""
    left, made = list(spans), list[Span]()
    place = 0
    while place < len(left):
        span = left[place]
        end = _closes(left, place) if span.note.startswith(_SOURCE) else None
        if span.target == TYPED or not (span.note or span.target):
            made.append(span)
        elif span.target:
            made.append(Span(f"[#{KIND_OF_NODE.sub('', span.target, count=1)}]", target=TYPED))
        elif not span.note.startswith(_SOURCE):
            made.append(Span(f"[^{span.note.rpartition('.note-')[2]}]", target=TYPED))
        elif end is None or not (made and made[-1].text.endswith("[") and made[-1].target != TYPED):
            made.append(Span(f"[@{span.note.removeprefix(_SOURCE)}]", target=TYPED))
        else:
            made[-1] = replace(made[-1], text=made[-1].text[:-1])
            within = (f"@{each.note.removeprefix(_SOURCE)}" if each.note else each.text for each in left[place:end])
            tail, _, rest = left[end].text.partition("]")
            made.append(Span(f"[{' '.join((''.join(within) + tail).split())}]", target=TYPED))
            left[end] = replace(left[end], text=rest)
            place = end - 1
        place += 1
    return made


def _closes(spans: Sequence[Span], place: int) -> int | None:
    """The span with the bracket that closes the citation whose first note is at `place`."""
    for number in range(place, len(spans)):
        span = spans[number]
        if span.note:
            if not span.note.startswith(_SOURCE):
                return None
        elif "]" in span.text:
            return number
        elif "[" in span.text or span.target:
            return None
    return None


def _marked(spans: Sequence[Span], *, escaped: bool, emphasised: bool) -> str:
    made = ""
    for place, span in enumerate(spans):
        if span.target == TYPED:
            made += span.text
            continue
        text = _escaped(span.text) if escaped else span.text
        text = text.replace("\n", "\\\n")
        if span.link and not span.text.isspace():
            bare = span.link in (span.text, f"{span.text}/", f"mailto:{span.text}")
            text = f"<{span.link}>" if bare else f"[{text}]({span.link})"
        made += _stressed(span, spans[place - 1 : place], spans[place + 1 : place + 2], text) if emphasised else text
    return _AT_START.sub(r"\1\\\2", made) if escaped and _AT_START.match(made) else made


def _stressed(span: Span, before: Sequence[Span], after: Sequence[Span], text: str) -> str:
    """The text within its signs, with the white space at its ends outside them; strong goes on over spans that have it."""
    core = text.strip()
    if not core or not (span.strong or span.emphasis):
        return text
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    on = span.strong and not (before and before[0].strong)
    off = span.strong and not (after and after[0].strong)
    inner = f"*{core}*" if span.emphasis else core
    return f"{start}{'**' * on}{inner}{'**' * off}{end}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def reads_as(typed: str, spans: Sequence[Span], grammar: Grammar, emphasised: bool) -> bool:
    """Whether what would be typed is read as what the spans say."""
    is_quote = grammar is Grammar.QUOTE
    tokens = read_quote_markup(typed) if is_quote else read_markup(typed)
    inline = [token for token in tokens if token.type == "inline"]
    others = {token.type for token in tokens} - {"inline", "paragraph_open", "paragraph_close"}
    faults = () if is_quote else Prose(typed).faults
    if (
        others or len(inline) != 1 or any(each.code != "unknown-id" for each in faults)
    ):  # notes stand below, and not here
        return not typed.strip()
    letters = _letters(_atoms(inline[0].children or []), emphasised)
    return letters == _letters(_wanted(spans), emphasised)


def _wanted(spans: Sequence[Span]) -> Iterator[tuple[str, bool, bool, str]]:
    for each in spans:
        if each.target == TYPED:
            yield each.text, False, False, TYPED
        else:
            yield each.text, each.strong, each.emphasis, each.link


def _atoms(tokens: Sequence[Token]) -> Iterator[tuple[str, bool, bool, str]]:
    strong = emphasis = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                link = str(token.attrs["href"])
            case "link_close":
                link = ""
            case "citation" | "reference" | "note_mention":
                yield token.content, False, False, TYPED
            case "softbreak" | "hardbreak":
                yield "\n", bool(strong), bool(emphasis), link
            case _:
                yield token.content, bool(strong), bool(emphasis), link


def _letters(atoms: Iterable[tuple[str, bool, bool, str]], emphasised: bool) -> list[tuple[str, bool, bool, str]]:
    """Every letter with what it is: white space has no weight."""
    found = []
    for text, strong, emphasis, link in atoms:
        for letter in text:
            if not letter.isspace():
                kind = "" if link == TYPED else link.rstrip("/")
                stress = emphasised and link != TYPED
                found.append((letter, strong and stress, emphasis and stress, kind))
    return found
