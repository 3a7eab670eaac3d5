"""openxml-audit: a second opinion, which sees empty cells and rows, dangling styles and dangling list numbers."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator


def openxml_audit(path: Path) -> list[str]:
    """What openxml-audit finds in the document at `path`, warnings and remarks included; empty when nothing.

    Raises:
        FileNotFoundError: When there is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    return [str(error) for error in validator.validate(str(path)).errors]
