"""Reading data files: every scalar as the text that was typed, with its line and column."""

from briefing.source.file import FORMATS, Format, SourceFile, read
from briefing.source.overrides import FLAG, override

__all__ = ["FLAG", "FORMATS", "Format", "SourceFile", "override", "read"]
