"""The pictures in the README and the tutorial, made from real output: `make pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.running import EXAMPLES, ROOT, briefing
from tests.validators import libreoffice_pdf, page_pictures

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64
SHOWN: tuple[tuple[Path, dict[str, tuple[int, ...]]], ...] = (
    (EXAMPLES / "iss-withdrawal", {"pdf": (1, 2), "docx": (1,)}),
    (ROOT / "docs" / "tutorial", {"pdf": (1,), "docx": (1,)}),
)
"""Which briefs, and which of their pages in which format."""


def main() -> None:
    """Build each brief and keep pictures of its pages, in both formats."""
    PICTURES.mkdir(exist_ok=True)
    for brief, wanted in SHOWN:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder)
            run = briefing("build", brief, "-o", made)
            assert run.code == 0, run.err
            word = libreoffice_pdf(made / f"{brief.name}.docx", made / "word")
            for label, file in (("pdf", made / f"{brief.name}.pdf"), ("docx", word)):
                drawn = page_pictures(file)
                for page in wanted[label]:
                    picture = drawn[page - 1].convert("RGB").quantize(COLOURS)
                    picture.save(PICTURES / f"{brief.name}-{label}-{page}.png", optimize=True)


if __name__ == "__main__":
    main()
