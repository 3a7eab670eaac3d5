"""Letters that no font of a PDF can draw: they are printed as empty boxes, though their text can still be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from briefing.document.reading import PieceKind
from briefing.errors import Problem
from briefing.verify.characters import bare
from briefing.verify.expected import Expected
from briefing.verify.findings import finding, quoted

FILE = "PDF"
_TO_NOTDEF = re.compile(rb"<([0-9A-Fa-f]{4})>\s+0\s")
_TO_TEXT = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TABLES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def missing_glyphs(expected: Expected, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """One problem for each letter without a glyph, at the first piece of text that needs it."""
    for letter in sorted(set().union(*(_missing(font) for font in _composite_fonts(pdf)))):
        compared = bare(letter)[0]
        span = expected.span_at(expected.text.find(compared)) if compared and compared in expected.text else None
        node, origin = (span.piece.node, span.piece.origin) if span else ("", "")
        code = " ".join(f"U+{ord(character):04X}" for character in letter)
        drawn = "in the drawing " if span and span.piece.kind is PieceKind.DRAWN else ""
        yield finding(
            "missing-glyph",
            FILE,
            "",
            node,
            f"no font has a glyph for {quoted(letter)} ({code}) {drawn}".rstrip(),
            origin,
        )


def _composite_fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == pikepdf.Name.Type0:
            yield item


def _missing(font: pikepdf.Dictionary) -> set[str]:
    """The letters of `font` that lead to glyph 0, which by the OpenType specification stands for what is missing."""
    encoding = font.get("/Encoding")
    codes = {b"0000"}
    if isinstance(encoding, pikepdf.Stream):
        codes |= {code.lower() for code in _TO_NOTDEF.findall(encoding.read_bytes())}
    to_unicode = font.get("/ToUnicode")
    if not isinstance(to_unicode, pikepdf.Stream):
        return set()
    pairs = [pair for table in _TABLES.findall(to_unicode.read_bytes()) for pair in _TO_TEXT.findall(table)]
    return {
        bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in pairs if code.lower() in codes
    } - {""}
