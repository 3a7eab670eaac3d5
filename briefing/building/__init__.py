"""Where the rooms are joined: whatever the command line can do is a function here."""

from briefing.building.load import compose
from briefing.building.new import new
from briefing.building.result import BuildResult, Output, Status
from briefing.building.run import DEFAULT_THEME, FORMATS, build, build_all
from briefing.document.dump import dump as dump_document
from briefing.schema.json_schema import json_schema as data_file_schema

__all__ = [
    "DEFAULT_THEME",
    "FORMATS",
    "BuildResult",
    "Output",
    "Status",
    "build",
    "build_all",
    "compose",
    "data_file_schema",
    "dump_document",
    "new",
]
