"""The data file that a new brief begins with."""

from __future__ import annotations

import datetime
import json
from importlib.resources import files

from briefing.schema.json_schema import json_schema

SCHEMA_FILE = "brief.schema.json"
"""The schema's file beside the data file, named in its first line, so that completion works without a network."""


def starter(title: str, date: datetime.date) -> str:
    """A data file in YAML that builds as it is, with `title` and dates around `date`; the question in it is due two weeks later."""
    template = (files("briefing.schema") / "starter.yaml").read_text(encoding="utf-8")
    return template % {
        "schema": SCHEMA_FILE,
        "title": json.dumps(title, ensure_ascii=False),
        "date": date.isoformat(),
        "month": date.isoformat()[:7],
        "due": (date + datetime.timedelta(days=14)).isoformat(),
    }


SAVED_TEXT = "sources/report.txt"
"""Where the starter's one source is saved, below the new folder."""


def saved_text() -> str:
    """The starter's one source, in which its quote stands."""
    return (files("briefing.schema") / "starter_report.txt").read_text(encoding="utf-8")


def schema_text() -> str:
    """The JSON Schema as a file's text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
