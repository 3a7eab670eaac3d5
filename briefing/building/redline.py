"""A redline: the brief as a Word file in which every change since an earlier state of its data is tracked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from briefing.building.check import judge
from briefing.building.inputs import BriefInput, find_input
from briefing.building.load import load
from briefing.building.settings import read_settings
from briefing.document.tree import Document
from briefing.errors import Problem, UsageError
from briefing.render.docx import DocxResult
from briefing.render.docx.redline import redline
from briefing.verify import verify_redline

FLAG = "--redline-from"
FORMAT = "docx"


def redline_formats(formats: Sequence[str], default: Sequence[str]) -> tuple[str, ...]:
    """The one format of a redline, when the call asks for the `default` formats or for that one.

    Raises `UsageError` when it asks for another.
    """
    others = () if formats is default else tuple(name for name in formats if name != FORMAT)
    if others:
        raise UsageError(
            Problem(
                "bad-option",
                f"a redline cannot be made as {others[0]}: only Word can accept and reject changes",
                f"use '--format {FORMAT}', or leave {FLAG} out",
                path="--format",
            )
        )
    return (FORMAT,)


def refuse_several(briefs: Sequence[BriefInput]) -> None:
    """Raise `UsageError` when one earlier state is to go with several briefs."""
    if len(briefs) > 1:
        what = f"one earlier state cannot go with {len(briefs)} briefs"
        raise UsageError(Problem("bad-option", what, "build one brief at a time", path=FLAG))


def redline_name(name: str) -> str:
    """What the redline of the brief `name` is called, without suffix; never what the brief's own Word file is called."""
    return f"{name}.redline"


def compose_old(path: str | Path, overrides: Sequence[str] = (), config: str | Path | None = None) -> Document:
    """The document tree of the earlier state at `path`, a folder with a data file or the data file.

    `overrides` are put into it as with ``--set``; its settings are those of its own folder, or of the file `config`. Its release rules are not
    asked again. Raises `UsageError` or `DataError`, with the places in its own data file.
    """
    brief = find_input(Path(path))
    settings = read_settings(brief.folder, Path(config) if config is not None else None)
    loaded = load(brief.data_file, overrides)
    return loaded.document(judge(loaded, settings).evidence, settings)


def make_redline(old: Document, new: Document, reference: bytes, *, house: bool = False) -> DocxResult:
    """The redline of `new` since `old`, with every problem of writing it and of reading it back both ways.

    Its changes are dated by the new brief's date: the clock is no input. Raises `UsageError` when the reference document cannot be used.
    """
    made = redline(old, new, reference, house=house, date=datetime.fromisoformat(new.properties.created))
    return DocxResult(made.data, (*made.problems, *verify_redline(old, new, made.data)))
