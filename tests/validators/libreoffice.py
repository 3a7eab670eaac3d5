"""LibreOffice: an office suite that is not Word opens the document and lays it out."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.validators.places import command

TIME_LIMIT = 180
"""In seconds, for one conversion, the first of which makes a profile; far more than it takes on two busy cores."""


def libreoffice_pdf(document: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of `document`, in `folder`; tagged, as PDF/UA asks.

    Raises:
        ToolMissingError: When LibreOffice is not installed.
        AssertionError: When no PDF came out. LibreOffice's exit code says nothing about that.
    """
    target = folder / f"{document.stem}.pdf"
    assert not target.exists(), f"{target} is there already, and would be mistaken for LibreOffice's"
    done = subprocess.run(
        [
            command("soffice"),
            f"-env:UserInstallation={_profile().as_uri()}",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}',
            "--outdir",
            str(folder),
            str(document),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    assert target.is_file(), f"LibreOffice made no PDF of {document.name}: {done.stdout}{done.stderr}"
    return target


@cache
def _profile() -> Path:
    """A profile of this process's own: two LibreOffices on one profile wait for each other, or stop."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
