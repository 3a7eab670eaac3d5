"""The Open XML SDK's validator: a Word document held against Microsoft's own schemas and semantic rules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.validators.places import HERE, ToolMissingError, command

WRAPPER = HERE / "node_modules" / ".bin" / "ooxml-validator"
"""The wrapper, not the program it wraps: that one exits with 0 when a file is at fault."""


def open_xml_sdk(path: Path, version: str = "Microsoft365") -> list[str]:
    """What the Open XML SDK has to say against the document at `path`, part and place first; empty when nothing.

    `version` is the version of Office whose rules count: `Office2007` to `Office2021`, or `Microsoft365`.

    Raises:
        ToolMissingError: When Node.js or the validator is not installed.
        ValueError: When the validator could not run, or could not open the file.
    """
    if not WRAPPER.exists():
        raise ToolMissingError("the Open XML SDK validator is not installed; `sh .ci/install test` installs it")
    done = subprocess.run(
        [command("node"), str(WRAPPER), str(path), "--officeVersion", version],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ValueError(f"the Open XML SDK validator failed on {path}: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    errors = result["errors"]
    assert result["ok"] == (done.returncode == 0) == (not errors), f"contradiction: {done.stdout}"
    for error in errors:
        if error["errorType"] == "Exception":
            raise ValueError(f"the Open XML SDK validator cannot open {path}: {error['description']}")
    return [f"{error['path']}: {error['xPath']}: {error['description']} [{error['id']}]" for error in errors]
