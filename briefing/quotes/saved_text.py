"""A source as it was saved: from the bytes of its file to characters, in paragraphs that know where they stand."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final, NamedTuple

from msgspec import Struct

from briefing.errors import DataError, Problem

# UTF-32 first: its mark begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What saved pages and letters are met in. Code pages of DOS are left out: short Western texts are mistaken for them.
_CANDIDATES: Final = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "mac_roman"),
    *("big5", "gb18030", "shift_jis", "euc_jp", "euc_kr"),
]
_WESTERN: Final = "cp1252"
_MOST_GUESSED_FROM: Final = 200_000
_CONTROLS: Final = "".join(map(chr, (*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20))))


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, else as UTF-8, else as `declared`, else by its letters.

    UTF-8 goes before what a page declares, because text of another encoding is practically never valid UTF-8. A few broken bytes do not make it
    another encoding: each is replaced by U+FFFD. Windows-1252 is taken when the letters leave it open. Line ends become line feeds. Raises
    `SavedTextError` when the bytes are no text.
    """
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    text: str | None
    if marked:
        text = data.decode(marked, "replace")
        if text.count(REPLACED) > len(text) // _FEW + 1:
            text = None
    else:
        text = (
            _decoded_as(data, "utf-8")
            or _nearly(data, "utf-8", _PLAINLY if _is_utf_8(declared) else _EVIDENTLY)
            or _decoded_as(data, declared)
            or (None if declared is None or _is_utf_8(declared) else _nearly(data, declared))
            or _guessed(data)
        )
    if text is None or sum(map(text.count, _CONTROLS)) > len(text) // 1000:
        hint = "save the source as plain text, HTML, DOCX or PDF"
        raise SavedTextError(SavedTextFault.UNKNOWN_FORMAT, "the file is not text", hint)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _is_utf_8(encoding: str | None) -> bool:
    return (encoding or "").casefold().replace("_", "-") in ("utf-8", "utf8")


def _decoded_as(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _nearly(data: bytes, encoding: str, sound_for_one: int = 1) -> str | None:
    """The text of bytes that are of `encoding` but for a few, each of which is replaced by U+FFFD; None when there are not `sound_for_one` letters
    beyond ASCII for each of these.
    """
    try:
        text = data.decode(encoding, "replace")
    except (UnicodeError, LookupError):
        return None
    broken = text.count(REPLACED) - data.count(REPLACED.encode())
    sound = sum(letter > "\x7f" for letter in text) - broken
    return text if broken * sound_for_one <= sound else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # most texts are UTF-8

    guesses = from_bytes(data[:_MOST_GUESSED_FROM], cp_isolation=_CANDIDATES)
    best = guesses.best()
    if best is None:
        return _decoded_as(data, _WESTERN)
    equally_good = [guess for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence)]
    western = any(_WESTERN in guess.could_be_from_charset for guess in equally_good)
    return _decoded_as(data, _WESTERN if western else best.encoding)


REPLACED: Final = "\ufffd"
"""What stands for a byte that is no text."""
_FEW: Final = 20
"""Of how many letters at most one is broken in what begins with a byte order mark."""
_PLAINLY: Final = 1
_EVIDENTLY: Final = 2
"""Of how many sound letters beyond ASCII at most one is broken in what says that it is UTF-8, and in what does not: a letter of another encoding is
hardly ever sound.
"""
PARAGRAPH_BREAK = "\n\n"


class SavedTextFault(StrEnum):
    """Why a saved text cannot be used."""

    MISSING = "missing"
    OUTSIDE = "outside the folder"
    NOT_A_FILE = "not a file"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNKNOWN_FORMAT = "unknown format"
    NO_WORDS = "no words"


_CODES = {
    SavedTextFault.MISSING: "bad-path",
    SavedTextFault.OUTSIDE: "bad-path",
    SavedTextFault.NOT_A_FILE: "not-a-file",
    SavedTextFault.UNREADABLE: "unreadable",
    SavedTextFault.TOO_LARGE: "too-large",
}


class SavedTextError(DataError):
    """A saved text that cannot be used; `fault` says why, for programs, and the problem says it for people."""

    def __init__(self, fault: SavedTextFault, message: str, hint: str, path: str = "") -> None:
        self.fault = fault
        super().__init__(Problem(_CODES.get(fault, "saved-text"), message, hint, path))

    def __reduce__(self) -> tuple[Any, ...]:
        (problem,) = self.problems
        return (type(self), (self.fault, problem.message, problem.hint, problem.data_path))


class Block(NamedTuple):
    """A paragraph as a format's reader gives it: its text, and its page (from 1) where the format has pages."""

    text: str
    page: int | None = None
    quoted: bool = False
    """Whether the format sets it as a quotation, so that it needs no quotation marks."""
    depth: int = 0
    """How deep it stands in block quotations, or behind how many `>` of an e-mail."""
    heading: bool = False
    """Whether it is a heading, the term of a list of terms, or a paragraph all in bold."""
    lead: int = 0
    """How many characters at its beginning are set in bold, where others follow."""
    voice: str = ""
    """Who speaks it, where the format has a place for that, as subtitles do."""


class TextParagraph(Struct, frozen=True):
    """A paragraph of a saved text; what follows `text` is that of its :class:`Block`.

    `number` counts from 1, headings included; `start` and `end` are offsets into the whole text, in characters, so that
    ``whole[start:end] == text``.
    """

    number: int
    start: int
    end: int
    text: str
    page: int | None = None
    quoted: bool = False
    depth: int = 0
    heading: bool = False
    lead: int = 0
    voice: str = ""


class SavedText(Struct, frozen=True):
    """What a saved source says: `text` is all of it, `paragraphs` its parts in order.

    `sha256` is the SHA-256 of the file's bytes, in hexadecimal. What comes from layout (running heads of a PDF, note
    numbers of a web page) is left out or read last, as `docs/evidence.md` says.
    """

    text: str
    paragraphs: tuple[TextParagraph, ...]
    sha256: str

    def paragraph_at(self, offset: int) -> TextParagraph:
        """The paragraph that holds the character at `offset`, else the last before it; the text has one at least."""
        return self.paragraphs[max(0, bisect_right(self.paragraphs, offset, key=lambda one: one.start) - 1)]


def from_blocks(blocks: Iterable[Block], sha256: str) -> SavedText:
    """A saved text made of a format's blocks, a blank line between them; blocks with nothing to read are left out."""
    paragraphs: list[TextParagraph] = []
    start = 0
    for block in blocks:
        text = block.text.strip()
        if text:
            end = start + len(text)
            paragraphs.append(TextParagraph(len(paragraphs) + 1, start, end, *block._replace(text=text)))
            start = end + len(PARAGRAPH_BREAK)
    return SavedText(PARAGRAPH_BREAK.join(paragraph.text for paragraph in paragraphs), tuple(paragraphs), sha256)


def from_spans(text: str, spans: Iterable[tuple[int, int]], sha256: str) -> SavedText:
    """A saved text that is kept as it is, whose paragraphs stand at `spans`."""
    numbered = enumerate(spans, start=1)
    paragraphs = (TextParagraph(number, start, end, text[start:end]) for number, (start, end) in numbered)
    return SavedText(text, tuple(paragraphs), sha256)
