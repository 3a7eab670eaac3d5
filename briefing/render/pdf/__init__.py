"""The PDF: HTML laid out by WeasyPrint, with nothing fetched and nothing left to the machine."""

from briefing.render.pdf.result import PdfResult

__all__ = ["PdfResult"]
