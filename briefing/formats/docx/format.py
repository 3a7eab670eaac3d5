"""DOCX as a format, with the redline as its variant: the same file with the changes since an earlier state tracked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from briefing.errors import Problem
from briefing.formats import Artifact, Format, Request


class DocxFormat(Format):
    """The file for editors (ECMA-376), made in this process. The imports in its methods load python-docx."""

    name: ClassVar[str] = "docx"
    suffix: ClassVar[str] = ".docx"

    def write(self, request: Request) -> Artifact:
        """The DOCX. Raises `UsageError` with a `reference-document` problem when the reference document cannot be used.

        The changes of a redline are dated by the new document's date: the clock is no input.
        """
        document, reference, house = request.document, request.reference, request.is_house
        if request.earlier is None:
            from briefing.formats.docx.writer import docx

            return docx(document, request.theme, reference, house=house)
        from briefing.formats.docx.redline import redline

        date = datetime.fromisoformat(document.properties.created)
        return redline(request.earlier, document, request.theme, reference, house=house, date=date)

    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Every departure from the document; of a redline, with its changes accepted and with them rejected."""
        house = request.reference is not None or request.theme.reference_document() is not None
        if request.earlier is None:
            from briefing.formats.docx.read_back import verify_docx

            return verify_docx(request.document, data, house=house)
        from briefing.formats.docx.read_revisions import verify_redline

        return verify_redline(request.earlier, request.document, data, house=house)
