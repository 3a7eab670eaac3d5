"""Changing single values of a data file in YAML or JSON and leaving every other byte of it as it was."""

from briefing.source.editing.edits import Edit, RemoveItems, RemoveKeys, RemoveValue, SetValue, edited, reread
from briefing.source.editing.rewriting import Rearrange, RemoveKey, SetText

__all__ = [
    "Edit",
    "Rearrange",
    "RemoveItems",
    "RemoveKey",
    "RemoveKeys",
    "RemoveValue",
    "SetText",
    "SetValue",
    "edited",
    "reread",
]
