"""What a call asks for beyond the briefs themselves: one shape, from the command line or Python to the fingerprint."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final, TypedDict, Unpack

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import Place, Problem, UsageError, did_you_mean, shown
from briefing.files import not_there, path_from
from briefing.formats import DEFAULT_FORMATS, FORMATS, REDLINE_FORMAT
from briefing.limits import LIMIT_NAMES, CallLimits, bounded_by, how_to_raise, limited_by, limits
from briefing.regular_files import TooLargeError, read_regular, unreadable
from briefing.run.archive import issue_folder
from briefing.run.inputs import BriefInput
from briefing.themes.theme import Theme, digest_of_built_in

CLOCK_VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""The environment variable that says what time it is, in seconds since 1970 (reproducible-builds.org)."""

_WHOLE: Final = re.compile("[1-9][0-9]{0,11}")
_YEAR_10000: Final = 253_402_300_800
"""Seconds; a later time has no form that the ledger can be read with."""


class BuildArguments(TypedDict, total=False):
    """What `build` and `build_all` take by name; each may be left out."""

    formats: Sequence[str]
    """The names of formats; PDF and DOCX when left out."""
    output_dir: str | Path | None
    """Where the files go; a folder `out` beside the data file when left out."""
    publish: str | Path | None
    """An archive, in which each brief gets a folder of its own."""
    theme: str | Path | None
    """A built-in theme's name, or the folder of another; the one of each brief's form when left out."""
    reference_doc: str | Path | None
    """A DOCX or DOTX whose styles, headers and page setup the DOCX takes."""
    plain_docx: bool
    """Whether the DOCX has no marks that lead its texts back to the data."""
    overrides: Sequence[str]
    """``key=value`` texts, put into the data."""
    limits: Sequence[str]
    """``name=number`` texts, limits that go before those of the settings."""
    config: str | Path | None
    """A file of settings; `briefing.toml` in the brief's folder when left out."""
    strict: bool
    """Whether a warning fails, too."""
    redline_from: str | Path | None
    """An earlier state of the data, since which every change is tracked in a Word file of its own, beside the formats that are named."""
    force: bool
    """Whether what is unchanged is built, too."""
    edition: str | None
    """The edition that is built: it leaves out what is of lower priority or marked above it. Its DOCX is plain."""
    replace_edited: bool
    """Whether a new DOCX takes the place of one whose edits were not pulled, which is then kept under another name."""


class BuildOptions(Struct, frozen=True):
    """One call's options, the same for all of its briefs, found, read and checked. It can be sent to another process.

    `theme` is None where each brief's form says which; `theme_digest` tells one state of the theme, or of all built-in ones, from
    another; `reference` holds the bytes of the reference document that the
    call names, if any, and `is_house` says that it is the office's own; `built` is the time of the build, in UTC. The
    others are as `BuildArguments` says.
    """

    formats: tuple[str, ...]
    output_dir: Path | None
    publish: Path | None
    theme: Theme | None
    theme_digest: str
    reference: bytes | None
    is_house: bool
    reference_file: str
    is_plain: bool
    overrides: tuple[str, ...]
    limits: Mapping[str, int]
    config: Path | None
    strict: bool
    redline_from: Path | None
    force: bool
    replace_edited: bool
    built: str
    edition: str | None

    @classmethod
    def read(cls, **asked: Unpack[BuildArguments]) -> BuildOptions:
        """The options that a call asks for, its theme found and its reference document read. Raises `UsageError` with everything wrong with them."""
        if unknown := asked.keys() - BuildArguments.__annotations__.keys():
            name, known = min(unknown), tuple(BuildArguments.__annotations__)
            raise TypeError(f"there is no argument '{name}'; {did_you_mean(name, known)}")
        redline_from, reference_doc = as_path(asked.get("redline_from")), asked.get("reference_doc")
        formats = tuple(asked.get("formats") or (DEFAULT_FORMATS if redline_from is None else ()))
        problems = list(_contradictions(asked, formats))
        named, theme, reference = asked.get("theme"), None, None
        own_limits: Mapping[str, int] = {}
        try:
            own_limits = read_limits(asked.get("limits", ()))
            theme = None if named is None else Theme.load(named)
            with limited_by(CallLimits(**own_limits)):
                reference = None if reference_doc is None else _read_reference(Path(reference_doc))
        except UsageError as error:
            problems += error.problems
        if problems:
            raise UsageError(problems)
        return cls(
            formats=tuple(name for name in FORMATS if name in formats),
            output_dir=as_path(asked.get("output_dir")),
            publish=as_path(asked.get("publish")),
            theme=theme,
            theme_digest=theme.digest() if theme else digest_of_built_in(),
            reference=reference,
            is_house=reference_doc is not None,
            reference_file="" if reference_doc is None else str(reference_doc),
            # What is missing from an edition would be taken for deleted where its texts were led back to the data.
            is_plain=asked.get("plain_docx", False) or asked.get("edition") is not None,
            overrides=tuple(asked.get("overrides", ())),
            limits=own_limits,
            config=as_path(asked.get("config")),
            strict=asked.get("strict", False),
            redline_from=redline_from,
            force=asked.get("force", False),
            replace_edited=asked.get("replace_edited", False),
            built=clock(),
            edition=asked.get("edition"),
        )

    def folder_of(self, brief: BriefInput) -> Path:
        """Where the outputs of `brief` go. Raises `UsageError` for a name that an archive cannot have."""
        if self.publish is not None:
            return issue_folder(self.publish, self.record_name(brief))
        return self.output_dir or brief.output_folder

    @property
    def parts(self) -> tuple[BuildOptions, ...]:
        """The call as one for each record that its outputs get in the ledger: a redline has one of its own."""
        plain, redline = replace(self, redline_from=None), replace(self, formats=(REDLINE_FORMAT,))
        return (*((plain,) if self.formats else ()), *((redline,) if self.redline_from is not None else ()))

    def record_name(self, brief: BriefInput) -> str:
        """What the outputs and the record of one of the `parts` are called, without suffix; of a redline never as of the brief's own Word file."""
        ends = ("" if self.edition is None else f".{self.edition}", "" if self.redline_from is None else ".redline")
        return "".join((brief.name, *ends))

    def fingerprinted(self, brief: BriefInput) -> dict[str, Any]:
        """What decides, besides inputs and versions, what is built in one of the `parts`, as plain values; where it goes and when is left out."""
        return {
            "formats": list(self.formats),
            "theme": self.theme_digest,
            "reference_document": hashlib.sha256(self.reference).hexdigest() if self.reference is not None else None,
            "house": self.is_house,
            "plain": self.is_plain,
            "edition": self.edition,
            "overrides": [each if self.edition is None else _hashed(each) for each in self.overrides],
            "parameters": brief.row.sha256 if brief.row is not None else None,
            "settings": _from(brief, self.config),
            "redline_from": _from(brief, self.redline_from),
            "strict": self.strict,
        }


def _hashed(override: str) -> str:
    """A value of the call as an edition may keep it, which may leave it out."""
    return hashlib.sha256(override.encode(errors="surrogateescape")).hexdigest()


def clock() -> str:
    """The time of a build for its entry, in UTC: the one that SOURCE_DATE_EPOCH says, else now. Raises `UsageError` for a value that is none."""
    value = os.environ.get(CLOCK_VARIABLE)
    try:
        seconds = time.time() if value is None else int(value)
        if not 0 <= seconds < _YEAR_10000:
            raise OverflowError
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        what = f"'{value}' is not a number of seconds since 1970, before the year 10000"
        hint = "leave it out, or give a whole number of seconds, not of milliseconds"
        raise UsageError(_fault(CLOCK_VARIABLE, what, hint)) from None


def _contradictions(asked: BuildArguments, formats: Sequence[str]) -> Iterator[Problem]:
    """What of a call cannot be, or cannot go together."""
    for name in formats:
        if name not in FORMATS:
            yield _fault("--format", f"'{name}' is not a format", did_you_mean(name, tuple(FORMATS)))
    if asked.get("publish") is not None and asked.get("output_dir") is not None:
        hint = "an archive has its own folder for each issue: leave --output-dir out"
        yield _fault("--publish", "it cannot go with --output-dir", hint)
    redline_from = asked.get("redline_from")
    if asked.get("plain_docx") and redline_from is None and REDLINE_FORMAT not in formats:
        yield _fault("--plain-docx", "no DOCX is asked for", "add '--format docx', or leave --plain-docx out")
    if redline_from is not None and asked.get("publish") is not None:
        hint = "a redline is for editors: leave one of the two out"
        yield _fault("--publish", "it cannot go with --redline-from", hint)


def read_limits(texts: Sequence[str]) -> dict[str, int]:
    """Limits from ``name=number`` texts. Raises `UsageError` with everything wrong with them."""
    found, problems = {}, []
    for text in texts:
        name, _, number = text.partition("=")
        if name not in LIMIT_NAMES:
            what = f"there is no limit '{shown(name)}'"
            problems.append(_fault("--limit", what, did_you_mean(name, LIMIT_NAMES)))
        elif not _WHOLE.fullmatch(number):
            what = f"'{shown(number)}' is no limit"
            problems.append(_fault("--limit", what, f"give a whole number, {name}={getattr(limits(), name) * 2}"))
        else:
            found[name] = int(number)
    if problems:
        raise UsageError(problems)
    return found


def limited_by_call(texts: Sequence[str]) -> AbstractContextManager[None]:
    """Within this, the limits are those of a call that reads no settings, from ``name=number`` texts. Raises `UsageError`."""
    return bounded_by(CallLimits(**read_limits(texts)), "it")


def unreadable_file(error: OSError, limit: str, hint: str = "check its name, and that you may read it") -> Problem:
    """Why a file that the call names could not be read; one that is too large with what moves the `limit`."""
    if isinstance(error, TooLargeError):
        return Problem("too-large", f"it has {error.size:,} bytes", how_to_raise(limit))
    return unreadable(error, "it", hint)


def _fault(option: str, message: str, hint: str) -> Problem:
    return Problem("bad-option", message, hint, option=option)


def _from(brief: BriefInput, path: Path | None) -> str | None:
    """How a path of the call is told from another one: by the way to it from the brief's folder."""
    return path_from(brief.folder, path) if path is not None else None


def as_path(value: str | Path | None) -> Path | None:
    """What a call gives for a path, which may be left out."""
    return Path(value) if value is not None else None


def _read_reference(path: Path) -> bytes:
    try:
        return read_regular(path, limits().reference_bytes)
    except FileNotFoundError as error:
        what = f"it cannot be read: {error.strerror}"
        raise UsageError(Problem("no-such-path", what, not_there(path), place=Place.of(path))) from None
    except OSError as error:
        raise UsageError(unreadable_file(error, "reference_bytes", "name a DOCX file").at(Place.of(path))) from None
