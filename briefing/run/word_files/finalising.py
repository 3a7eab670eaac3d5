"""`briefing finalise`: the clean copy of a Word file, proved by reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from briefing.apart import read_apart
from briefing.errors import BriefingError, CheckError, DataError, Place, Problem, UsageError
from briefing.files import not_there, write_all
from briefing.formats import EDITED_FORMAT, load_format
from briefing.limits import limits
from briefing.regular_files import read_regular, resolved
from briefing.run.options import unreadable_file

_MIDDLE: Final = ".final"


Revisions = Literal["accept", "reject", "stop"]
"""What becomes of tracked changes that nobody settled."""


def finalise(
    path: str | Path, output: str | Path | None = None, *, revisions: Revisions = "stop", force: bool = False
) -> Path:
    """Write the clean copy of the Word file at `path`, and give back where: `output`, or ``NAME.final.docx`` beside it.

    Raises `UsageError` for a path that leads nowhere or a copy that is there already (unless `force` is given), `DataError` for what is no Word
    file, `CheckError` for tracked changes, unless `revisions` says what becomes of them, and for what cannot be taken out.
    """
    source = Path(path)
    target = (
        source.with_name(f"{source.stem}{_MIDDLE}{load_format(EDITED_FORMAT).suffix}")
        if output is None
        else Path(output)
    )
    is_same = resolved(target) == resolved(source)
    if is_same or (os.path.lexists(target) and not force):
        hint = "name another file with --output" if is_same else "move it away, name another, or add --force"
        raise UsageError(Problem("already-exists", f"'{target.name}' is there already", hint, place=Place.of(target)))
    data = read_word_file(source)
    try:
        function = "briefing.run.word_files.finalising:clean_copy"
        made: bytes = read_apart(function, data, revisions, name="it")
    except BriefingError as error:
        raise type(error)(each.at(Place.of(source)) for each in error.problems) from None
    write_all({target: made})
    return target


def read_word_file(file: Path) -> bytes:
    """The bytes of a Word file that the call names. Raises `UsageError` for a path that leads nowhere, `DataError` for what is too large."""
    from briefing.formats.docx.edited.open_edited import refuse_bomb

    try:
        data = read_regular(file, limits().reference_bytes)
        refuse_bomb(data, "it")
    except FileNotFoundError:
        fault = Problem("no-such-path", "there is no such file", not_there(file), place=Place.of(file))
        raise UsageError(fault) from None
    except OSError as error:
        raise DataError(unreadable_file(error, "reference_bytes").at(Place.of(file))) from None
    except DataError as error:
        raise DataError(each.at(Place.of(file)) for each in error.problems) from None
    return data


def clean_copy(data: bytes, revisions: str) -> bytes:
    """The clean copy, proved. Raises `DataError` for what is no Word file, `CheckError` as `finalise` does."""
    from briefing.formats.docx.final_check import left_in, texts_of
    from briefing.formats.docx.finalise import finalised, revisions_in
    from briefing.formats.docx.read_package import UnreadablePackageError

    accept = revisions != "reject"
    try:
        found = revisions_in(data)
        if found and revisions == "stop":
            what = f"it has {found} tracked changes that nobody settled"
            hint = "accept or reject them in Word, or with --revisions accept or --revisions reject"
            raise CheckError(Problem("open-revisions", what, hint))
        made = finalised(data, accept=accept)
        left = left_in(made)
        if not left and texts_of(made) != texts_of(data, accept=accept):
            left = ("a text that is not that of the file",)
    except UnreadablePackageError as error:
        hint = "open it in Word, and save it again as .docx"
        raise DataError(Problem("unreadable", f"it cannot be read as a Word document: {error}", hint)) from error
    if left:
        what, hint = f"it cannot be made clean: the copy would hold {'; '.join(left[:5])}", "take that out in Word"
        raise CheckError(Problem("not-final", what, hint))
    return made
