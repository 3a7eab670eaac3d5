"""What a call of `build` asks for beyond the briefs themselves, found, read and checked before anything is built."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import Problem, UsageError, did_you_mean
from briefing.run.archive import issue_folder
from briefing.run.inputs import BriefInput
from briefing.themes.theme import Theme

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


FORMATS = ("pdf", "docx")
DEFAULT_THEME = "policy"


@dataclass(frozen=True, slots=True)
class Options:
    """One call's options, the same for all of its briefs. It can be sent to another process.

    `reference` holds the bytes of the reference document that the call names, if any, `house` says that it is the office's own;
    `theme_digest` tells one state of the theme from another; `is_forced` builds what is unchanged, too.
    """

    formats: tuple[str, ...]
    output_folder: Path | None
    archive: Path | None
    theme: Theme
    theme_digest: str
    reference: bytes | None
    house: bool
    overrides: tuple[str, ...]
    config: Path | None
    strict: bool
    redline_from: Path | None
    is_forced: bool

    def folder_of(self, brief: BriefInput) -> Path:
        """Where the outputs of `brief` go. Raises `UsageError` for a name that an archive cannot have."""
        if self.archive is not None:
            return issue_folder(self.archive, brief.name)
        return self.output_folder or brief.output_folder

    def record_name(self, brief: BriefInput) -> str:
        """What the outputs and their record in the ledger are called, without suffix."""
        return brief.name if self.redline_from is None else redline_name(brief.name)

    def fingerprinted(self, brief: BriefInput) -> dict[str, Any]:
        """What decides, besides inputs and versions, what is built of `brief`, as plain values; where it goes is left out."""
        return {
            "formats": list(self.formats),
            "theme": self.theme_digest,
            "reference_document": hashlib.sha256(self.reference).hexdigest() if self.reference is not None else None,
            "house": self.house,
            "overrides": list(self.overrides),
            "parameters": brief.row.sha256 if brief.row is not None else None,
            "settings": _from(brief, self.config),
            "redline_from": _from(brief, self.redline_from),
            "strict": self.strict,
        }


def read_options(
    formats: Sequence[str] = FORMATS,
    output_dir: str | Path | None = None,
    theme: str | Path = DEFAULT_THEME,
    reference_doc: str | Path | None = None,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    strict: bool = False,
    redline_from: str | Path | None = None,
    force: bool = False,
    publish: str | Path | None = None,
) -> Options:
    """The options of a call, its theme found and its reference document read. Raises `UsageError` with everything wrong with them."""
    problems = [
        Problem("bad-option", f"'{name}' is not a format", did_you_mean(name, FORMATS), path="--format")
        for name in formats
        if name not in FORMATS
    ]
    if publish is not None and output_dir is not None:
        hint = "an archive has its own folder for each issue: leave --output-dir out"
        problems.append(Problem("bad-option", "it cannot go with --output-dir", hint, path="--publish"))
    if publish is not None and redline_from is not None:
        hint = "a redline is for editors: leave one of the two out"
        problems.append(Problem("bad-option", f"it cannot go with {FLAG}", hint, path="--publish"))
    found, reference = None, None
    try:
        if redline_from is not None:
            formats = redline_formats(formats, FORMATS)
        found = Theme.load(theme)
        reference = None if reference_doc is None else _read_reference(Path(reference_doc))
    except UsageError as error:
        problems += error.problems
    if problems or found is None:
        raise UsageError(problems)
    return Options(
        formats=tuple(name for name in FORMATS if name in formats) or FORMATS,
        output_folder=_path(output_dir),
        archive=_path(publish),
        theme=found,
        theme_digest=found.digest(),
        reference=reference,
        house=reference_doc is not None,
        overrides=tuple(overrides),
        config=_path(config),
        strict=strict,
        redline_from=_path(redline_from),
        is_forced=force,
    )


def _from(brief: BriefInput, path: Path | None) -> str | None:
    """How a path of the call is told from another one: by the way to it from the brief's folder."""
    return Path(os.path.relpath(path.resolve(), brief.folder.resolve())).as_posix() if path is not None else None


def _path(value: str | Path | None) -> Path | None:
    return Path(value) if value is not None else None


def _read_reference(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"it cannot be read: {error.strerror}"
        raise UsageError(Problem("no-such-path", what, "name a DOCX file", path=str(path))) from None
