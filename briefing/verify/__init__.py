"""Finished files, read back and held against the document tree."""

from briefing.verify.docx import verify_docx
from briefing.verify.docx_revisions import verify_redline
from briefing.verify.pdf import verify_pdf

__all__ = ["verify_docx", "verify_pdf", "verify_redline"]
