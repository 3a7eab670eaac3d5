"""Word files that were edited where they were built: what such a file is, whether its edits came home, and where the new one goes meanwhile.

An editor's file keeps its name and its bytes until its edits were pulled: he may have it open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Final

from briefing.errors import Place, Problem, RenderError
from briefing.files import write_all
from briefing.formats import EDITED_FORMAT, Artifact
from briefing.formats.docx.received import Received, is_only_saved_again, received
from briefing.regular_files import LARGEST_OUTPUT, is_below, read_regular
from briefing.run.ledger import Entry, Output, hash_file, hash_in_place

_BESIDE: Final = re.compile(r"\.new(-\d+)?")
PULLED: Final = Path(".briefing") / "pulled"
"""Where, beside the data file, `briefing pull` notes what it brought home: a file for each Word file, called by its SHA-256."""
_LONGEST_NOTE: Final = 100


class HowMuch(StrEnum):
    """How much of a Word file came home."""

    WHOLLY = "wholly"
    IN_PART = "in part"


def pulled(data_file: Path, sha256: str) -> HowMuch | None:
    """How much of the Word file of that SHA-256 came home into `data_file`; None when it was never pulled."""
    note = data_file.parent / PULLED / sha256
    if not is_below(note, data_file.parent):
        return None
    try:
        said = read_regular(note, _LONGEST_NOTE).decode("ascii", "replace").strip()
    except OSError:
        return None
    return HowMuch.WHOLLY if said == HowMuch.WHOLLY else HowMuch.IN_PART


def note_pulled(data_file: Path, sha256: str, much: HowMuch) -> None:
    """Note how much of the Word file of that SHA-256 came home into `data_file`. Raises `RenderError`."""
    note = data_file.parent / PULLED / sha256
    if not is_below(note, data_file.parent):
        what, hint = "it leads out of the brief's folder", "put a folder there, or take the link away"
        raise RenderError(Problem("write-failed", what, hint, place=Place.of(data_file.parent / PULLED)))
    write_all({note: f"{much}\n".encode()})


def holds_edits(file: Path, entry: Entry) -> bool:
    """Whether `file`, which is in the place of an output of `entry`, is a Word file whose edits were not pulled. Raises `OSError`."""
    sha256 = hash_file(file)
    if sha256 is None or any(sha256 == output.sha256 for output in entry.known):
        return False
    if pulled(file.parent / entry.data_file, sha256) is not None:
        return False
    data = read_regular(file, LARGEST_OUTPUT)
    what = received(data)
    was_there = any(output.file == file.name for output in entry.known)
    is_of_a_brief = what is Received.OURS or (what is Received.WORD and was_there)
    return is_of_a_brief and not is_only_saved_again(data)


def what_stands_at(file: Path) -> Received:
    """What the file is. Raises `OSError`."""
    return received(read_regular(file, LARGEST_OUTPUT))


def is_beside(output: Output, entry: Entry) -> bool:
    """Whether an output stands beside its place, since an edited file stands there."""
    middle = output.path.stem.removeprefix(entry.name)
    return output.format == EDITED_FORMAT and _BESIDE.fullmatch(middle) is not None


def names_beside(folder: Path, files: Mapping[str, Artifact], entry: Entry, taken: Container[str]) -> dict[str, str]:
    """Where each of `files` whose place holds edits goes, by the name that it would have: the first of ``NAME.new.docx``, ``NAME.new-2.docx``,
    ... that is free or ours, and not `taken` by another brief. Raises `OSError`.
    """
    found = {}
    for name, made in files.items():
        is_there = hash_file(folder / name) == hashlib.sha256(made.data).hexdigest()
        if made.format == EDITED_FORMAT and not is_there and holds_edits(folder / name, entry):
            stem, suffix = Path(name).stem, Path(name).suffix
            numbers = (f"{stem}.new{'' if number == 1 else f'-{number}'}{suffix}" for number in count(1))
            ours = {None, *(output.sha256 for output in entry.known)}
            found[name] = next(each for each in numbers if each not in taken and hash_in_place(folder / each) in ours)
    return found


def held_back(file: Path, name: str) -> Problem:
    """That `file` holds edits which were not pulled, and that the new one stands beside it as `name`."""
    what = f"'{file.name}' holds edits that were not pulled; it is as it was, and the new one is '{name}' beside it"
    hint = f"bring them home with 'briefing pull {file}', or put it aside with --replace-edited"
    return Problem("edits-not-pulled", what, hint, place=Place.of(file))


def not_ours(file: Path) -> str:
    """What stands in the place of an output that no run of ours put there and that is no edited brief: 'is no Word file', for example."""
    return {
        Received.OURS: "was not as briefing left it",
        Received.WORD: "is a Word file that briefing did not write",
        Received.OTHER: "is no Word file that can be read",
    }[what_stands_at(file)]
