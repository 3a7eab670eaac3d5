"""What a file is that came back from somebody: a Word file of ours, another one, or none. Little of it is read, and nothing is unpacked whole."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from enum import Enum, auto
from typing import Final

from briefing.errors import DataError

_TYPES: Final = "[Content_Types].xml"
_WORD: Final = re.compile(rb"wordprocessingml\.document\.main\+xml|ms-word\.document\.macroEnabled\.main\+xml")
_CUSTOM: Final = re.compile(r"customXml/item\d+\.xml", re.IGNORECASE)
_ORIGINS: Final = b"urn:briefing:origins:"
"""How the namespace of the part begins that leads texts back to data, in every version."""
_COMMENTS: Final = re.compile(r"word/comments\d*\.xml", re.IGNORECASE)
_BY: Final = re.compile(rb'<w:comment [^>]*w:author="([^"]*)"')
_MOST_ENTRIES: Final = 5_000
_MOST_READ: Final = 1_000_000
"""Bytes that are read of one part; what we look for stands at its beginning."""
_UNREADABLE: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ValueError)


class Received(Enum):
    """What a file is."""

    OURS = auto()
    """A Word file that leads its texts back to data."""
    WORD = auto()
    """Another Word file, or one of ours that lost all of that."""
    OTHER = auto()
    """No Word file that can be read."""


def received(data: bytes) -> Received:
    """What the file `data` is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.filelist) > _MOST_ENTRIES or not _WORD.search(_start(archive, _TYPES)):
                return Received.OTHER
            parts = [each for each in archive.namelist() if _CUSTOM.fullmatch(each)]
            return Received.OURS if any(_ORIGINS in _start(archive, each) for each in parts) else Received.WORD
    except (KeyError, *_UNREADABLE):
        return Received.OTHER


def _start(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_MOST_READ)


def is_only_saved_again(data: bytes) -> bool:
    """Whether a Word file of ours still says what it was built as: somebody opened it and saved it, and no more.

    How it looks is not asked. One with comments of others or tracked changes, or without what it was built as, counts as edited.
    """
    from briefing.formats.docx.comments import AUTHOR
    from briefing.formats.docx.edited.edited_document import EditedParagraph
    from briefing.formats.docx.edited.open_edited import read_edited  # loads what reads Word files

    try:
        found = read_edited(data)
    except DataError:
        return False
    if found.base is None or found.revisions or _has_comments(data, AUTHOR):
        return False

    def said(paragraphs: Iterable[EditedParagraph]) -> tuple[list[object], set[object]]:
        text: list[object] = []
        running: set[object] = set()  # LibreOffice 25 writes a header or footer once for each kind of page
        for each in paragraphs:
            if each.seen.strip() or each.objects:  # LibreOffice adds empty ones
                words = (each.place, each.cell, each.level, each.spans, each.objects)
                running.add(words) if each.place in ("header", "footer") else text.append(words)
        return text, running

    return said(found.paragraphs) == said(found.base.paragraphs)


def _has_comments(data: bytes, ours: str) -> bool:
    """Whether somebody commented on it who is not called `ours`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(each) for each in archive.namelist() if _COMMENTS.fullmatch(each)]
    return any(author != ours.encode() for part in parts for author in _BY.findall(part))
