"""Where the rooms are joined: whatever the command line can do is a function here."""

from briefing.building.catching_up import NotDueYet, make_issues_until
from briefing.building.check import CheckResult, check_all
from briefing.building.difference import Difference, what_changed
from briefing.building.new_brief import new
from briefing.building.next_issue import MadeIssue, make_next_issue
from briefing.building.quotes import FoundQuotes, find_quotes
from briefing.building.result import BuildResult, Output, Status
from briefing.building.run import DEFAULT_THEME, FORMATS, build, build_all, compose
from briefing.building.sarif import write_sarif
from briefing.document.dump import dump as dump_document
from briefing.schema.json_schema import json_schema as data_file_schema

__all__ = [
    "DEFAULT_THEME",
    "FORMATS",
    "BuildResult",
    "CheckResult",
    "Difference",
    "FoundQuotes",
    "MadeIssue",
    "NotDueYet",
    "Output",
    "Status",
    "build",
    "build_all",
    "check_all",
    "compose",
    "data_file_schema",
    "dump_document",
    "find_quotes",
    "make_issues_until",
    "make_next_issue",
    "new",
    "what_changed",
    "write_sarif",
]
