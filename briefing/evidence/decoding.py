"""From the bytes of a text file to its characters."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from briefing.evidence.saved_text import SavedTextError, SavedTextFault

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
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, else as UTF-8, else as `declared`, else by its letters.

    UTF-8 goes before what a page declares, because text of another encoding is practically never valid UTF-8.
    Windows-1252 is taken when the letters leave it open. Line ends become line feeds. Raises `SavedTextError` when the
    bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decoded_as(data, encoding)
            break
    else:
        text = _decoded_as(data, "utf-8") or (_decoded_as(data, declared) if declared else None) or _guessed(data)
    if text is None or len(_CONTROLS.findall(text)) > len(text) // 1000:
        raise SavedTextError(
            SavedTextFault.UNKNOWN_FORMAT, "the file is not text", "save the source as plain text, HTML, DOCX or PDF"
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str | None:
    guesses = from_bytes(data[:_MOST_GUESSED_FROM], cp_isolation=_CANDIDATES)
    best = guesses.best()
    if best is None:
        return _decoded_as(data, _WESTERN)
    equally_good = [guess for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence)]
    western = any(_WESTERN in guess.could_be_from_charset for guess in equally_good)
    return _decoded_as(data, _WESTERN if western else best.encoding)
