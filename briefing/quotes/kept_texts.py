"""Saved texts as they were read, kept by their hash in this user's cache folder, so that an unchanged source costs nothing.

They are not kept beside the data file: whoever sends a brief could send the texts along that its quotes are held against.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from briefing.files import keep_newest
from briefing.limits import limits
from briefing.quotes.saved_text import Block, SavedText, from_blocks
from briefing.regular_files import read_regular

MOST_KEPT: Final = 1_000
_LARGEST: Final = 50_000_000
"""Bytes of a file with a text."""
_OF_OTHERS: Final = 0o022
"""The permissions of a folder that others than its owner can write to."""

Program = Callable[[], Mapping[str, str]]
"""Gives the versions of all that decides how a file is read: another version may read it in another way."""


def kept_text(data: bytes, suffix: str, program: Program, read: Callable[[], SavedText]) -> SavedText:
    """What `read` gives for the file with the bytes `data` and the suffix, or gave when it was last asked. Raises what it raises."""
    folder = cache_folder()
    if folder is None:
        return read()
    sha256 = hashlib.sha256(data).hexdigest()
    decides = json.dumps([sha256, suffix, repr(limits()), dict(program())])
    file = folder / f"{hashlib.sha256(decides.encode()).hexdigest()}.json"
    kept = _kept(file, sha256)
    if kept is None:
        kept = read()
        _keep(file, kept)
    return kept


def cache_folder() -> Path | None:
    """The folder of this user's kept texts (XDG Base Directory Specification, and what Windows and macOS have in its place); None when there is
    none to trust. It is made when it is not there.
    """
    with contextlib.suppress(OSError, RuntimeError):
        own = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
        set_to = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(set_to) if Path(set_to).is_absolute() else Path.home() / own) / "briefing" / "texts"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & _OF_OTHERS):
            return folder
    return None


def _kept(file: Path, sha256: str) -> SavedText | None:
    """What is kept in `file`; None for what is broken, too: the text is read again then."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        saved = from_blocks((Block(*each) for each in json.loads(read_regular(file, _LARGEST))), sha256)
        return saved if saved.paragraphs else None
    return None


def _keep(file: Path, saved: SavedText) -> None:
    blocks = [[getattr(each, name) for name in Block._fields] for each in saved.paragraphs]
    keep_newest(file, json.dumps(blocks).encode(), MOST_KEPT)
