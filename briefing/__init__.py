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
    from briefing.document.tree import Document
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
    from briefing.pull.pulled import Pulled
    from briefing.pull.pulling import pull_edits
    from briefing.quotes.finding.paste import FoundQuotes, find_quotes
    from briefing.run.building import build, build_all
    from briefing.run.checks import CheckResult, check_all, compose_brief, data_file_schema
    from briefing.run.issues import make_issues_until, make_next_issue, what_changed
    from briefing.run.ledger import Output
    from briefing.run.options import BuildArguments
    from briefing.run.result import BuildResult, Listener, Status
    from briefing.run.verification import Verification, verify_folder
    from briefing.schema.new_brief import new
    from briefing.series.catching_up import NotDueYet
    from briefing.series.difference import Difference
    from briefing.series.next_folder import MadeIssue

_HOMES = {
    "briefing.document.tree": "Document",
    "briefing.errors": "BriefingError CheckError DataError ExitCode Place Problem RenderError Severity UsageError",
    "briefing.pull.pulled": "Pulled",
    "briefing.pull.pulling": "pull_edits",
    "briefing.quotes.finding.paste": "FoundQuotes find_quotes",
    "briefing.run.building": "build build_all",
    "briefing.run.checks": "CheckResult check_all compose_brief data_file_schema",
    "briefing.run.issues": "make_issues_until make_next_issue what_changed",
    "briefing.run.ledger": "Output",
    "briefing.run.options": "BuildArguments",
    "briefing.run.result": "BuildResult Listener Status",
    "briefing.run.verification": "Verification verify_folder",
    "briefing.schema.new_brief": "new",
    "briefing.series.catching_up": "NotDueYet",
    "briefing.series.difference": "Difference",
    "briefing.series.next_folder": "MadeIssue",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = ["BriefingError", "BuildArguments", "BuildResult", "CheckError", "CheckResult", "DataError", "Difference"]
__all__ += [
    "Document",
    "ExitCode",
    "FoundQuotes",
    "Listener",
    "MadeIssue",
    "NotDueYet",
    "Output",
    "Place",
    "Problem",
    "Pulled",
]
__all__ += ["RenderError", "Severity", "Status", "UsageError", "Verification"]
__all__ += ["__version__", "build", "build_all", "check_all", "compose_brief", "data_file_schema", "find_quotes"]
__all__ += ["make_issues_until", "make_next_issue", "new", "pull_edits", "verify_folder", "what_changed"]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'briefing' has no attribute '{name}'")
