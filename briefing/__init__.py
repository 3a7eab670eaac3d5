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
    from briefing.run.build import build, build_all
    from briefing.run.catching_up import make_issues_until
    from briefing.run.checking import CheckResult, check_all, compose_brief, data_file_schema
    from briefing.run.difference import what_changed
    from briefing.run.new_brief import new
    from briefing.run.next_folder import make_next_issue
    from briefing.run.quotes import find_quotes
    from briefing.run.result import BuildResult, Listener, Output, Status
    from briefing.run.verification import Verification, verify_folder

_HOMES = {
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
    "briefing.run.build": (
        "Listener",
        "build",
        "build_all",
    ),
    "briefing.run.catching_up": ("make_issues_until",),
    "briefing.run.checking": (
        "CheckResult",
        "check_all",
        "compose_brief",
        "data_file_schema",
    ),
    "briefing.run.difference": ("what_changed",),
    "briefing.run.new_brief": ("new",),
    "briefing.run.next_folder": ("make_next_issue",),
    "briefing.run.quotes": ("find_quotes",),
    "briefing.run.result": (
        "BuildResult",
        "Output",
        "Status",
    ),
    "briefing.run.verification": (
        "Verification",
        "verify_folder",
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
    "compose_brief",
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
