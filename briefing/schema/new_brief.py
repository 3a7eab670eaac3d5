"""Making the folder of a new brief, with a data file that builds as it is."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from briefing.errors import Place, Problem, RenderError, UsageError, cause_of, did_you_mean
from briefing.files import new_folder, write_through
from briefing.resources import assets_folder
from briefing.schema.brief import DEFAULT_FORM
from briefing.schema.json_schema import json_schema

SCHEMA_FILE = "brief.schema.json"
"""The schema's file beside the data file, named in its first line, so that completion works without a network."""


def starter(title: str, date: datetime.date, series: Sequence[str | int] = (), form: str = DEFAULT_FORM) -> str:
    """A data file in YAML that builds as it is, with `title` and dates around `date`; what is due in it is due two weeks later.

    With the title of a `series` and a number it is that issue of a weekly, which `briefing next` can follow. `form` is one of `STARTERS`.
    """
    before, week, fortnight = (date + datetime.timedelta(days=days) for days in (-6, 7, 14))
    period = f"  period: {{start: {before}, end: {date}}}\n" if form in IN_SERIES else ""
    values = [json.dumps(series[0], ensure_ascii=False), series[1], period, week] if series else []
    return template(form) % {
        "schema": SCHEMA_FILE,
        "title": json.dumps(title, ensure_ascii=False),
        "date": date.isoformat(),
        "month": date.isoformat()[:7],
        "due": fortnight.isoformat(),
        "series": _SERIES.format(*values) if series else "",
    }


_ISSUE = re.compile(r"(?P<title>.*?)\s*(?:(?P<number>\d{1,3})|\d{4}(?:\s?[Ww]?\d{1,2}){0,2})?", re.DOTALL)
"""The name of an issue's folder: that of its series, and a number, or a date, a month or a week."""
_SERIES = """\
# The weekly that this is an issue of. `briefing next` makes the folder of the next issue from this one.
series:
  title: {}
  number: {}
{}  next: {}

"""


STARTERS: Final = (DEFAULT_FORM, "submission", "situation_report")
"""The forms that a new brief may have."""
IN_SERIES: Final = ("situation_report",)
"""The forms that are always issues of a series."""


def template(form: str = DEFAULT_FORM) -> str:
    """The starter of that form before title and dates are put in."""
    return (assets_folder() / "starter" / f"{form}.yaml").read_text(encoding="utf-8")


SAVED_TEXT = "sources/report.txt"
"""Where the starter's one source, in which its quote stands, is saved below the new folder."""


def schema_text() -> str:
    """The JSON Schema as a file's text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


DATA_FILE = "brief.yaml"
SUBFOLDERS = ("sources", "figures")


def new(path: str | Path, date: datetime.date, *, series: bool = False, form: str = DEFAULT_FORM) -> Path:
    """Make the folder `path` with a data file that builds as it is, dated `date`. Gives back the data file's path.

    With `series` it is an issue of a weekly: the number at the end of the folder's name, else the first one; a situation report always is one. `form`
    is one of `STARTERS`. Raises `UsageError` when it is not, or when something of that name is there, `RenderError` when the folder cannot be made.
    """
    folder, form = Path(path), form.replace("-", "_")
    if form not in STARTERS:
        what, hint = f"there is no starter '{form}'", did_you_mean(form, STARTERS)
        raise UsageError(Problem("bad-option", what, hint, option="--form"))
    if os.path.lexists(folder):
        what, hint = "it is there already", "choose another name"
        raise UsageError(Problem("already-exists", what, hint, place=Place.of(folder)))
    words = folder.name.replace("-", " ").replace("_", " ").strip()
    title = words[:1].upper() + words[1:] or "New brief"
    named = _ISSUE.fullmatch(title)
    assert named is not None
    issue: tuple[str | int, ...] = ()
    if series or form in IN_SERIES:
        title = named["title"] or "New weekly"
        issue = (title, int(named["number"] or 1))
    saved = (assets_folder() / "starter" / "report.txt").read_bytes()
    files = {
        SCHEMA_FILE: schema_text().encode(),
        SAVED_TEXT: saved,
        DATA_FILE: starter(title, date, issue, form).encode(),
    }
    try:
        with new_folder(folder) as made:
            for name in SUBFOLDERS:
                (made / name).mkdir(parents=True)
            for name, data in files.items():
                write_through(made / name, data)
    except OSError as error:
        what = f"the folder cannot be made: {cause_of(error)}"
        raise RenderError(Problem("write-failed", what, "check the place", place=Place.of(folder))) from None
    return folder / DATA_FILE
