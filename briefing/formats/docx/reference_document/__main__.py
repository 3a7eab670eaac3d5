"""Write `templates/policy/reference.docx` again."""

from __future__ import annotations

from briefing.formats.docx.reference_document.make import reference_document
from briefing.resources import templates_folder

if __name__ == "__main__":
    target = templates_folder() / "policy" / "reference.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(reference_document())
    print(target.name)
