"""DOCX as a format, with the redline as its variant: the same file with the changes since an earlier state tracked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from msgspec.structs import replace

from briefing.errors import Place, Problem, UsageError
from briefing.formats import Artifact, Format, Request

_MOST_NAMED: Final = 3


def _at_reference(problem: Problem, request: Request) -> Problem:
    """A problem of the reference document, with the file that it was read from."""
    of_reference = problem.code in ("reference-document", "missing-style") and request.reference_file
    return problem.at(Place.of(request.reference_file)) if of_reference else problem


class DocxFormat(Format):
    """The file for editors (ECMA-376), made in this process. The imports in its methods load python-docx."""

    name: ClassVar[str] = "docx"
    suffix: ClassVar[str] = ".docx"

    def write(self, request: Request) -> Artifact:
        """The DOCX. Raises `UsageError` with a `reference-document` problem when the reference document cannot be used.

        The changes of a redline are dated by the new document's date: the clock is no input.
        """
        try:
            made = self._made(request)
        except UsageError as error:
            raise UsageError([_at_reference(problem, request) for problem in error.problems]) from error
        return replace(made, problems=tuple(_at_reference(problem, request) for problem in made.problems))

    def _made(self, request: Request) -> Artifact:
        document, reference, house = request.document, request.reference, request.is_house
        if request.earlier is None:
            from briefing.formats.docx.writer import docx

            plain, typed = request.is_plain, request.typed
            return docx(document, request.theme, reference, house=house, plain=plain, typed=typed)
        from briefing.formats.docx.redline import redline

        date = datetime.fromisoformat(document.properties.created)
        plain = request.is_plain
        return redline(request.earlier, document, request.theme, reference, house=house, date=date, plain=plain)

    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Every departure from the document; of a redline, with its changes accepted and with them rejected.

        Where an office's own document brings them about, they are one problem of that document.
        """
        found = self._departures(request, data)
        own = replace(request, reference=None, is_house=False)
        if not found or request.reference is None or self._departures(own, self._made(own).data):
            return found
        said = "; ".join(problem.message for problem in found[:_MOST_NAMED])
        wrong = f"with the reference document the Word file does not show what the brief says: {said}"
        right = "change that in the document, or use another"
        return (_at_reference(Problem("reference-document", wrong, right), request),)

    def _departures(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        house = request.reference is not None or request.theme.reference_document() is not None
        if request.earlier is None:
            from briefing.formats.docx.read_back import verify_docx

            return verify_docx(request.document, data, house=house)
        from briefing.formats.docx.read_revisions import verify_redline

        return verify_redline(request.earlier, request.document, data, house=house)
