"""The PDF: HTML laid out by WeasyPrint, with nothing fetched and nothing left to the machine."""

from briefing.formats.pdf.engine import PdfResult

__all__ = ["PdfResult"]
