"""Making the folder of a new brief."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from briefing.errors import Problem, RenderError, UsageError
from briefing.schema.starter import SAVED_TEXT, SCHEMA_FILE, saved_text, schema_text, starter

DATA_FILE = "brief.yaml"
SUBFOLDERS = ("sources", "figures")


def new(path: str | Path, date: datetime.date) -> Path:
    """Make the folder `path` with a data file that builds as it is, dated `date`. Gives back the data file's path.

    Raises `UsageError` when something of that name is there, `RenderError` when the folder cannot be made.
    """
    folder = Path(path)
    if folder.exists():
        raise UsageError(Problem("already-exists", "it is there already", "choose another name", path=str(folder)))
    title = folder.name.replace("-", " ").replace("_", " ").strip() or "New brief"
    try:
        for name in SUBFOLDERS:
            (folder / name).mkdir(parents=True)
        data_file = folder / DATA_FILE
        (folder / SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")
        (folder / SAVED_TEXT).write_text(saved_text(), encoding="utf-8")
        with data_file.open("x", encoding="utf-8", newline="\n") as file:
            file.write(starter(title[:1].upper() + title[1:], date))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        what = error.strerror or str(error)
        raise RenderError(
            Problem("write-failed", f"the folder cannot be made: {what}", "check the place", path=str(folder))
        ) from None
    return data_file
