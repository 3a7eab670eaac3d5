"""Changing single values of a data file in YAML or JSON and leaving every other byte of it as it was."""

from briefing.source.editing.edits import Edit, RemoveItems, RemoveKeys, RemoveValue, SetValue, edited

__all__ = ["Edit", "RemoveItems", "RemoveKeys", "RemoveValue", "SetValue", "edited"]
