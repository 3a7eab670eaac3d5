"""Two states of a brief as one DOCX file in which what changed is tracked (ECMA-376 17.13.5)."""

from briefing.formats.docx.redline.write import redline

__all__ = ["redline"]
