"""What a brief rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from briefing.schema.types import Date, Fingerprint, Identifier, Line, Model, RelativePath, Url


class SourceKind(StrEnum):
    """How near a source stands to what it reports."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    HEARSAY = "hearsay"


class Source(Model):
    """A document, page or conversation that statements rest on."""

    id: Identifier
    """The name used in citations: ``[@id]``."""
    title: Line
    """The title, as published."""
    publisher: Line | None = None
    """Who published it."""
    author: Line | None = None
    """Who wrote it."""
    published: Date | None = None
    """When it came out."""
    accessed: Date | None = None
    """When it was last read."""
    url: Url | None = None
    """Where it is found."""
    kind: Annotated[SourceKind, Field(strict=False)] | None = None
    """primary, secondary or hearsay."""
    via: Identifier | None = None
    """Id of the source that reports it."""
    text: RelativePath | None = None
    """Path of its saved text, relative to the data file."""
    sha256: Fingerprint | None = None
    """The SHA-256 of the saved text when its quotes were last verified."""
    note: Line | None = None
    """What a reader must know of the source."""
