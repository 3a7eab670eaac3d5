"""The pictures in the README, made from the real output: `make pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.running import EXAMPLES, ROOT, briefing
from tests.validators import libreoffice_pdf, page_pictures

NAME = "iss-withdrawal"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64


def main() -> None:
    """Build the example and keep pictures of its first pages, in both formats."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        run = briefing("build", EXAMPLES / NAME, "-o", made)
        assert run.code == 0, run.err
        word = libreoffice_pdf(made / f"{NAME}.docx", made / "word")
        for label, file, pages in (("pdf", made / f"{NAME}.pdf", (1, 2)), ("docx", word, (1,))):
            drawn = page_pictures(file)
            for page in pages:
                picture = drawn[page - 1].convert("RGB").quantize(COLOURS)
                picture.save(PICTURES / f"{NAME}-{label}-{page}.png", optimize=True)


if __name__ == "__main__":
    main()
