"""The document tree as a DOCX file: one walk over the node kinds, naming styles and nothing of how they look."""
