"""The document as HTML."""
