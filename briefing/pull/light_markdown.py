"""What stands in a paragraph of a document as light Markdown, the way it would be typed in the data file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final

from markdown_it.token import Token

from briefing.formats.docx.edited.edited_document import Span, joined
from briefing.schema.brief import KINDS
from briefing.text.prose import Prose, QuotedWords

_WORDS: Final = "|".join(sorted({"section", *(kind.word for kind in KINDS)}, key=len, reverse=True))
KIND_OF_NODE: Final = re.compile(rf"(?:{_WORDS})-")
"""What the ids of nodes begin with, before the id of the item."""
_SPECIAL: Final = re.compile(r"([\\*_\[\]<`~&])")
_AT_START: Final = re.compile(r"^(\s*)([-+#>|]|\d{1,2}(?=[.)]))", re.MULTILINE)
_NO_WORD: Final = re.compile(r"[^\w]")


class Grammar(Enum):
    """How a value is written: light Markdown, the words of a quote, or a line as it is."""

    PROSE = auto()
    QUOTE = auto()
    LINE = auto()


def written(spans: Iterable[Span], grammar: Grammar) -> str:
    """The spans as they would be typed. Emphasis that the grammar cannot say, such as that of half a word, is left out: see `lost`."""
    called = joined(_named(tuple(spans)))
    if grammar is Grammar.LINE:
        return "".join(each.text for each in called).replace("\n", " ")
    for emphasis in (True, False):
        for escape in (False, True):
            made = _marked(called, escaped=escape, emphasised=emphasis)
            if _reads_as(made, called, grammar, emphasis):
                return made
    return _marked(called, escaped=True, emphasised=False)


def lost(spans: Iterable[Span], grammar: Grammar) -> bool:
    """Whether there is emphasis or a link in the spans that cannot be written."""
    named = joined(_named(tuple(spans)))
    marked = any(each.strong or each.emphasis for each in named)
    if grammar is Grammar.LINE:
        return marked
    said = written(named, grammar)
    return marked and not _reads_as(said, named, grammar, emphasised=True)


def _named(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans with citations, notes and references as they are typed; these have their words in `target`, so that nothing in them is escaped."""
    place = 0
    while place < len(spans):
        span = spans[place]
        if span.note:
            found = _citation(spans, place)
            yield Span(found[0], target="typed")
            place = found[1]
        elif span.target and span.target != "typed":
            yield Span(f"[#{KIND_OF_NODE.sub('', span.target, count=1)}]", target="typed")
            place += 1
        else:
            opened = span.text.endswith("[") and place + 1 < len(spans) and spans[place + 1].note
            if opened and _is_source(spans[place + 1]) and _closes(spans, place + 1) is not None:
                yield Span(span.text[:-1], span.strong, span.emphasis, span.link)
            else:
                yield span
            place += 1


def _is_source(span: Span) -> bool:
    return span.note.startswith("source-")


def _closes(spans: Sequence[Span], place: int) -> int | None:
    """The span with the bracket that closes the citation whose first note is at `place`."""
    for number in range(place, len(spans)):
        span = spans[number]
        if span.note:
            if not _is_source(span):
                return None
        elif "]" in span.text:
            return number
        elif "[" in span.text or span.target:
            return None
    return None


def _citation(spans: Sequence[Span], place: int) -> tuple[str, int]:
    """A citation, and the number of the span behind it; what stands behind its bracket is put back as text by the caller's next step."""
    span = spans[place]
    if not _is_source(span):
        name = span.note.rpartition(".note-")[2]
        return f"[^{name}]", place + 1
    end = _closes(spans, place)
    opened = place > 0 and spans[place - 1].text.endswith("[")
    if end is None or not opened:
        return f"[@{span.note.removeprefix('source-')}]", place + 1
    said = ""
    for each in spans[place:end]:
        said += f"@{each.note.removeprefix('source-')}" if each.note else each.text
    tail, _, rest = spans[end].text.partition("]")
    said = " ".join((said + tail).split())
    return f"[{said}]{_PUT_BACK}{rest}" if rest else f"[{said}]", end + 1


_PUT_BACK: Final = "\x00"
"""Between a citation and the text that stood behind its bracket in one span."""


def _marked(spans: Sequence[Span], *, escaped: bool, emphasised: bool) -> str:
    made = ""
    for place, span in enumerate(spans):
        if span.target == "typed":
            said, _, rest = span.text.partition(_PUT_BACK)
            made += said + (_escaped(rest) if escaped else rest)
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


def _reads_as(typed: str, spans: Sequence[Span], grammar: Grammar, emphasised: bool) -> bool:
    """Whether what would be typed is read as what the spans say."""
    text: Prose | QuotedWords = QuotedWords(typed) if grammar is Grammar.QUOTE else Prose(typed)
    inline = [token for token in text.tokens if token.type == "inline"]
    others = {token.type for token in text.tokens} - {"inline", "paragraph_open", "paragraph_close"}
    if others or len(inline) != 1 or (isinstance(text, Prose) and text.faults):
        return not typed.strip()
    said = _letters(_atoms(inline[0].children or []), emphasised)
    return said == _letters(_wanted(spans), emphasised)


def _wanted(spans: Sequence[Span]) -> Iterator[tuple[str, bool, bool, str]]:
    for each in spans:
        if each.target == "typed":
            said, _, rest = each.text.partition(_PUT_BACK)
            yield said, False, False, "typed"
            yield rest, False, False, ""
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
                yield token.content, False, False, "typed"
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
                kind = "" if link == "typed" else link.rstrip("/")
                stress = emphasised and link != "typed"
                found.append((letter, strong and stress, emphasis and stress, kind))
    return found
