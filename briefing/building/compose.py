"""A brief's document tree, without rendering it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.building.check import judge
from briefing.building.inputs import find_input
from briefing.building.load import LoadedBrief, load
from briefing.building.settings import read_settings
from briefing.document.dump import dump as dump_document
from briefing.document.tree import Document

__all__ = ["compose", "composed", "dump_document"]


def compose(path: str | Path, *, overrides: Sequence[str] = (), config: str | Path | None = None) -> Document:
    """The document tree of the brief at `path`, a folder with a data file or the data file.

    `overrides` are put into it as with ``--set``; its settings are those of its own folder, or of the file `config`. Its release rules are not
    asked. Raises `UsageError` or `DataError`, with the places in its data file.
    """
    return composed(path, overrides, config)[1]


def composed(
    path: str | Path, overrides: Sequence[str] = (), config: str | Path | None = None
) -> tuple[LoadedBrief, Document]:
    """The same with the brief that it was made from."""
    brief = find_input(Path(path))
    settings = read_settings(brief.folder, Path(config) if config is not None else None)
    loaded = load(brief.data_file, overrides)
    return loaded, loaded.document(judge(loaded, settings).evidence, settings)
