"""Where the validators are installed, and where what they make on the way is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / ".tools"
"""What is made once and used again; not in git."""


class ToolMissingError(AssertionError):
    """A tool that the tests need is not installed. That is a failure, never a reason to skip."""


def command(name: str) -> str:
    """The path of the program `name`.

    Raises:
        ToolMissingError: When the machine does not have it.
    """
    found = shutil.which(name, path=os.environ.get("PATH", os.defpath))
    if found is None:
        raise ToolMissingError(f"{name} is not installed; `sh .ci/install test` installs it")
    return found
