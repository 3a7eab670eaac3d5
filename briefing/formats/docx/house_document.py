"""Opening an office's own document: tried out first in the process that reads, whose time and memory are limited, then completed."""

from __future__ import annotations

from typing import Final

from briefing.apart import read_apart
from briefing.errors import DataError, UsageError
from briefing.formats.docx.house_styles import complete
from briefing.formats.docx.reference import Reference, open_reference, refusal
from briefing.kept import Keeping, kept
from briefing.themes.tokens import Tokens

_BORNE: Final = Keeping("reference-documents", 1_000, bool, bool)


def completed(data: bytes, tokens: Tokens) -> Reference:
    """The reference document `data` with every style of ours, which `complete` gives it.

    It is tried out in the process that reads, unless it was before. Raises `UsageError` when it cannot be used, or takes too much.
    """
    try_first(data, tokens)
    return _completed(data, tokens)


def try_first(data: bytes, tokens: Tokens) -> None:
    """Open a reference document in the process that reads, unless that was done before. Raises `UsageError` as `completed` does."""

    def read() -> bool:
        try:
            return bool(read_apart("briefing.formats.docx.house_document:is_borne", data, tokens, name="it"))
        except UsageError:
            raise
        except DataError as error:
            raise UsageError(refusal(each.message, each.hint).problems[0] for each in error.problems) from None

    kept(_BORNE, data, read, repr(tokens))


def is_borne(data: bytes, tokens: Tokens) -> bool:
    """Open a reference document, and give nothing of it back. Raises `UsageError` when it cannot be used."""
    return bool(_completed(data, tokens).parts)


def _completed(data: bytes, tokens: Tokens) -> Reference:
    try:
        return complete(open_reference(data), tokens)
    except (UsageError, MemoryError):
        raise
    except Exception as error:  # of what others made, and of the libraries that read it
        raise refusal(f"it is damaged ({error})", "open it in Word or LibreOffice and save it again") from error
