"""`python -m briefing.schema` writes docs/brief.schema.json and docs/data-file.md, in a checkout."""

from __future__ import annotations

from pathlib import Path

from briefing.run.new_brief import schema_text
from briefing.schema.data_file_page import data_file_page

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"

if __name__ == "__main__":
    (DOCS / "brief.schema.json").write_text(schema_text(), encoding="utf-8")
    (DOCS / "data-file.md").write_text(data_file_page(), encoding="utf-8")
