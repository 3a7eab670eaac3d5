"""Reading data files: every scalar as the text that was typed, with its line and column."""

from briefing.source.file import SourceFile, read, steps
from briefing.source.overrides import FLAG, override

__all__ = ["FLAG", "SourceFile", "override", "read", "steps"]
