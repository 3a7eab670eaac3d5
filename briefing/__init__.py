"""Policy briefs from one data file: a PDF for readers, a DOCX for editors.

>>> import briefing
>>> result = briefing.build("examples/iss-withdrawal")  # doctest: +SKIP
>>> [str(output.path) for output in result.outputs]  # doctest: +SKIP
['examples/iss-withdrawal/out/iss-withdrawal.pdf', 'examples/iss-withdrawal/out/iss-withdrawal.docx']

The names below are the public interface; each is loaded when it is first used, so that `import briefing` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from briefing.building.catching_up import make_issues_until
    from briefing.building.check import CheckResult, check_all
    from briefing.building.compose import compose
    from briefing.building.data_file_schema import data_file_schema
    from briefing.building.difference import what_changed
    from briefing.building.listener import Listener
    from briefing.building.new_brief import new
    from briefing.building.next_issue import make_next_issue
    from briefing.building.quotes import find_quotes
    from briefing.building.result import BuildResult, Output, Status
    from briefing.building.run import build, build_all
    from briefing.building.verification import Verification, verify_folder
    from briefing.errors import (
        BriefingError,
        CheckError,
        DataError,
        ExitCode,
        Place,
        Problem,
        RenderError,
        Severity,
        UsageError,
    )

_HOMES = {
    "briefing.building.catching_up": ("make_issues_until",),
    "briefing.building.check": (
        "CheckResult",
        "check_all",
    ),
    "briefing.building.compose": ("compose",),
    "briefing.building.data_file_schema": ("data_file_schema",),
    "briefing.building.difference": ("what_changed",),
    "briefing.building.new_brief": ("new",),
    "briefing.building.next_issue": ("make_next_issue",),
    "briefing.building.quotes": ("find_quotes",),
    "briefing.building.result": (
        "BuildResult",
        "Output",
        "Status",
    ),
    "briefing.building.run": (
        "Listener",
        "build",
        "build_all",
    ),
    "briefing.building.verification": (
        "Verification",
        "verify_folder",
    ),
    "briefing.errors": (
        "BriefingError",
        "CheckError",
        "DataError",
        "ExitCode",
        "Place",
        "Problem",
        "RenderError",
        "Severity",
        "UsageError",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BriefingError",
    "BuildResult",
    "CheckError",
    "CheckResult",
    "DataError",
    "ExitCode",
    "Listener",
    "Output",
    "Place",
    "Problem",
    "RenderError",
    "Severity",
    "Status",
    "UsageError",
    "Verification",
    "__version__",
    "build",
    "build_all",
    "check_all",
    "compose",
    "data_file_schema",
    "find_quotes",
    "make_issues_until",
    "make_next_issue",
    "new",
    "verify_folder",
    "what_changed",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'briefing' has no attribute '{name}'")
