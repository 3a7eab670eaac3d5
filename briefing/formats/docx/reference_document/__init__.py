"""The policy theme's own reference document: its look, written down once and made into
`templates/policy/reference.docx`.

Run ``python -m briefing.formats.docx.reference_document`` after a change here; a test fails while the file is stale.
"""

from briefing.formats.docx.reference_document.make import reference_document

__all__ = ["reference_document"]
