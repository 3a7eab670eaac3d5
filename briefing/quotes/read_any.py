"""Reading a source's saved file, whatever its format: which reader it needs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from msgspec.structs import astuple

from briefing.apart import read_apart
from briefing.errors import DataError, shown
from briefing.kept import Keeping, kept
from briefing.limits import how_to_raise, limits
from briefing.quotes.read_plain import blocks_of_subtitles, is_subtitles, read_email, read_plain
from briefing.quotes.saved_text import (
    Block,
    SavedText,
    SavedTextError,
    SavedTextFault,
    TextParagraph,
    decoded,
    from_blocks,
)
from briefing.regular_files import TooLargeError, is_below, is_file, kind_of_path, read_regular, resolved


def blocks_of_markdown(data: bytes) -> Iterator[Block]:
    """Markdown (CommonMark), read as the page it makes, so that its signs do not stand between words. Raises `SavedTextError`."""
    from markdown_it import MarkdownIt

    from briefing.quotes.read_html import blocks_of_html

    reader = MarkdownIt("commonmark").enable(["strikethrough", "table"])
    tokens = reader.parse(_NOTES.sub("", decoded(data)))
    deepest = reader.options.maxNesting  # what stands deeper is left out, and what follows it
    if any(token.type in ("blockquote_open", "list_item_open") and token.level >= deepest - 1 for token in tokens):
        raise SavedTextError(SavedTextFault.BROKEN, "it nests too deep to be read whole", "save it as plain text")
    yield from blocks_of_html(reader.renderer.render(tokens, reader.options, {}).encode(), "utf-8")


# The calls of notes, and the sign before each note.
_NOTES = re.compile(r"\[\^[^\]\s]{1,50}\]:?")


_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
# Word documents with a password, and those of Word 97 to 2003, are compound files (MS-CFB, 2.2).
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_EMAIL_SUFFIXES: Final = (".eml", ".mht", ".mhtml")
_SUBTITLE_SUFFIXES: Final = (".vtt", ".srt")
# The head of a message that says how its body is encoded, whatever the file is called.
_TRANSPORT = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_FIRST_CUE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d+[ \t]*\r?\n\d\d:\d\d:\d\d,\d{3}[ \t]*-->")
_HEAD: Final = 20_000
_MARKDOWN_SUFFIXES: Final = (".md", ".markdown")


def _plain(saved: SavedText) -> tuple[Any, ...]:
    return saved.text, [*map(astuple, saved.paragraphs)], saved.sha256


def _restored(held: list[Any]) -> SavedText:
    text, paragraphs, sha256 = held
    return SavedText(text, tuple(TextParagraph(*each) for each in paragraphs), sha256)


KEPT: Final = Keeping("texts", 1_000, _plain, _restored)


def read_saved_text(folder: Path, name: str) -> SavedText:
    """The saved text `name` below `folder`; nothing outside `folder` is read, links followed.

    The format goes by what the file holds, and by the end of its name for HTML and Markdown. It is read in the process that reads, and
    kept. Raises `SavedTextError`.
    """
    file = resolved(folder / name)
    if not is_below(file, folder):
        message = f"'{name}' leads out of the brief's folder"
        raise SavedTextError(SavedTextFault.OUTSIDE, message, "copy the file into the folder")
    if kind := kind_of_path(file):
        raise SavedTextError(SavedTextFault.NOT_A_FILE, f"'{name}' is {kind}, not a file", "name a file")
    if not is_file(file):
        message = f"there is no file '{name}' in the brief's folder"
        raise SavedTextError(SavedTextFault.MISSING, message, "check the spelling")
    try:
        data = read_regular(file, limits().saved_text_bytes)
    except TooLargeError as error:
        hint = f"{how_to_raise('saved_text_bytes')}; save the part that is quoted"
        raise SavedTextError(SavedTextFault.TOO_LARGE, f"'{name}' has {error.size:,} bytes", hint) from None
    except OSError as error:
        message = f"'{name}' cannot be read: {error.strerror}"
        raise SavedTextError(SavedTextFault.UNREADABLE, message, "check the file") from None
    suffix = file.suffix.lower()

    def read() -> SavedText:
        saved: SavedText = read_apart("briefing.quotes.read_any:saved_text_of", data, suffix, name="it")
        return saved

    try:
        return kept(KEPT, data, read, suffix)
    except SavedTextError as error:
        (problem,) = error.problems
        raise SavedTextError(error.fault, f"'{name}': {problem.message}", problem.hint) from None
    except DataError as error:  # it takes too much to be read
        (problem,) = error.problems
        raise SavedTextError(SavedTextFault.TOO_LARGE, f"'{name}': {problem.message}", problem.hint) from None


def saved_text_of(data: bytes, suffix: str) -> SavedText:
    """The saved text in the bytes of a file; `suffix` is the end of its name with the dot. Raises `SavedTextError`."""
    sha256 = hashlib.sha256(data).hexdigest()
    reader = _reader(data, suffix)
    if reader is None:
        _refuse_unbounded(decoded(data))  # before it is cut into lines
    try:
        saved = from_blocks(reader(data), sha256) if reader else read_plain(data, sha256)
    except (SavedTextError, MemoryError):
        raise
    except Exception as error:  # of what others made, and of the libraries that read it
        what = f"the file cannot be read ({type(error).__name__}: {shown(str(error))})"
        raise SavedTextError(SavedTextFault.BROKEN, what, "save it again, in another format") from error
    _refuse_unbounded(saved.text)
    if not any(character.isalnum() for character in saved.text):
        is_pdf = reader is not None and reader.__name__ == "read_pdf"
        hint = "save a PDF whose text can be selected and seen" if is_pdf else "save the source again"
        raise SavedTextError(SavedTextFault.NO_WORDS, "the file has no words in it", hint)
    return saved


def _refuse_unbounded(text: str) -> None:
    """Raise `SavedTextError` for a text that would take too long to be looked into."""
    most = limits()
    marks = sum(text.count(mark) for mark in "\"'“”‘’„«»")
    for limit, found, what in (
        ("saved_text_characters", len(text), f"it has {len(text):,} characters"),
        ("saved_text_marks", marks, f"it has {marks:,} quotation marks"),
    ):
        if found > getattr(most, limit):
            raise SavedTextError(SavedTextFault.TOO_LARGE, what, f"{how_to_raise(limit)}; save the part that is quoted")
    longest = max(map(len, text.split()), default=0)
    if longest > most.saved_text_word:
        what = f"a word of it has {longest:,} characters"
        raise SavedTextError(
            SavedTextFault.TOO_LARGE, what, f"{how_to_raise('saved_text_word')}; save its words as text"
        )


def _reader(data: bytes, suffix: str) -> Callable[[bytes], Iterator[Block]] | None:
    """The reader for what the bytes are, or None for plain text. Each brings a library of its own, which is loaded when it is needed."""
    if _PDF in data[:1024]:
        from briefing.quotes.read_pdf import read_pdf

        return read_pdf
    if data.startswith(_ZIP):
        if b"word/" in data:
            from briefing.quotes.read_docx import read_docx

            return read_docx
        message = "the file is an archive, not a Word document"
        raise SavedTextError(SavedTextFault.UNKNOWN_FORMAT, message, "save it as text, HTML, DOCX or PDF")
    if data.startswith(_COMPOUND):
        message = "the document has a password, or is in the old Word or Outlook format"
        raise SavedTextError(SavedTextFault.ENCRYPTED, message, "save it as DOCX without a password, an e-mail as text")
    opening = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    if suffix in _HTML_SUFFIXES or opening.startswith((b"<!doctype html", b"<html")):
        from briefing.quotes.read_html import read_html

        return read_html
    if suffix in _EMAIL_SUFFIXES or _TRANSPORT.match(data[:_HEAD]) is not None:
        return read_email
    if suffix in _SUBTITLE_SUFFIXES or opening.startswith(b"webvtt") or _FIRST_CUE.match(data) is not None:
        text = decoded(data)
        return (lambda _: blocks_of_subtitles(text)) if is_subtitles(text, suffix) else None
    return blocks_of_markdown if suffix in _MARKDOWN_SUFFIXES else None
