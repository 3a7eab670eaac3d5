"""The pictures in the tutorial and the showcase, made from real output: `make pictures`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageOps

from tests.running import EXAMPLES, ROOT, briefing
from tests.validators import libreoffice_pdf, page_pictures

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64
SHOWN: tuple[tuple[Path, dict[str, tuple[int, ...]]], ...] = (
    (ROOT / "docs" / "tutorial", {"pdf": (1,), "docx": (1,)}),
)
"""Which briefs, and which of their pages in which format."""

SCALE = 110 / 72
"""Pixels to a point, at 110 dots an inch."""
EDGE = 8
"""White around a cut-out, in pixels."""
CLEAR = 5
"""Points above a line that may hold its rule, which belongs to the line and not to what is cut out before it."""
BUILT = {"deposit-scheme": (), "basin-sitrep": ("--theme", "policy", "--set", "max_pages=20", "--set", "fit=false")}
"""How each example is built for cut-outs, which are of pages of one column."""
FOOT = r".*Page \d+ of \d+"
CUT: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "deposit-scheme": {
        "running-lines": (("OFFICIAL", "To:"),),
        "masthead": (("Department for the Environment, Waste", "Issue"),),
        "decision": (("Timing", "Background"),),
        "recommendations": (("Recommendation", FOOT), (r"3\.", "Timing")),
        "numbered-paragraphs": (("Handling", "Next steps"),),
        "box": ((r"Box 1\.", FOOT),),
        "options": (("Options", FOOT),),
        "chart-line": (("Containers brought back", r"Table 2\."),),
        "table": ((r"Table 3\.", "Considerations"),),
        "considerations": (("Considerations", FOOT), ("Kind", "Risks")),
        "risks": (("Risks", "Presentation"),),
        "questions-and-answers": (("Presentation", FOOT),),
        "clearance": (("Clearance", "Signature"),),
        "annex": (("Annex A:", FOOT),),
        "contacts-and-imprint": (("Contacts", FOOT), ("About this paper", FOOT)),
    },
    "basin-sitrep": {
        "key-figures": (("Key figures", "people"),),
        "chart-stacked": (("people", "Situation overview"),),
        "timeline": (("Timeline", "Level at the gauge"),),
        "chart-multiples": (("Level at the gauge", FOOT),),
        "sectors": (("Sectors", "Health"),),
        "chart-grouped": (("million US dollars", "Timeline"),),
        "positions": (("Who stands where", r"Table 1\."),),
    },
}
"""The cut-outs of each example: how the first line begins, and how the line begins before which it ends, one below the other."""


def keep(picture: Image.Image, name: str) -> None:
    """Write `picture` with few colours."""
    picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def top_of(page: pypdfium2.PdfPage, line: str) -> float | None:
    """How far below the page's upper edge the first line stands that begins with the pattern `line`, in points."""
    text = page.get_textpage()
    # Not get_text_range(), which leaves out signs that charboxes count.
    signs = "".join(chr(pypdfium2.raw.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars()))
    found = re.search("^" + line.replace(" ", r"\s"), signs, re.MULTILINE)
    return page.get_height() - float(text.get_charbox(found.start(), loose=True)[3]) if found else None


def blank_above(picture: Image.Image, row: int) -> int:
    """The nearest row without ink at `row` or above it, so that no frame is cut."""
    while row and picture.crop((0, row, picture.width, row + 1)).convert("L").getextrema() != (255, 255):
        row -= 1
    return row


def cut_out(pdf: pypdfium2.PdfDocument, first: str, before: str) -> Image.Image:
    """What stands from the line `first` until the line `before`, on the first page that has both in this order,
    without the white around it."""
    for page in pdf:
        start, end = top_of(page, first), top_of(page, before)
        if start is not None and end is not None and start < end:
            drawn: Image.Image = page.render(scale=SCALE).to_pil().convert("RGB")
            rows = (blank_above(drawn, round(start * SCALE)), blank_above(drawn, round((end - CLEAR) * SCALE)))
            strip = drawn.crop((0, rows[0], drawn.width, rows[1]))
            inked = ImageChops.invert(strip).getbbox()
            assert inked, f"nothing stands between {first!r} and {before!r}"
            return strip.crop(inked)
    raise LookupError(f"no page has {first!r} and after it {before!r}")


def stacked(pieces: list[Image.Image]) -> Image.Image:
    """The pieces one below the other, with white around."""
    edged = [ImageOps.expand(piece, EDGE, "white") for piece in pieces]
    whole = Image.new("RGB", (max(each.width for each in edged), sum(each.height for each in edged)), "white")
    for index, each in enumerate(edged):
        whole.paste(each, (0, sum(above.height for above in edged[:index])))
    return whole


def built(brief: Path, made: Path, *options: str) -> Path:
    """The PDF of `brief`, built into the folder `made`."""
    run = briefing("build", brief, "-o", made, *options)
    assert run.code == 0, run.err
    return made / f"{brief.name}.pdf"


def main() -> None:
    """Build each brief and keep pictures of its pages, in both formats, or cut-outs of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        for brief, wanted in SHOWN:
            paged = built(brief, made)
            for label, file in (("pdf", paged), ("docx", libreoffice_pdf(paged.with_suffix(".docx"), made / "word"))):
                drawn = page_pictures(file)
                for page in wanted[label]:
                    keep(drawn[page - 1], f"{brief.name}-{label}-{page}")
        for example, cuts in CUT.items():
            with pypdfium2.PdfDocument(built(EXAMPLES / example, made, *BUILT[example])) as pdf:
                for name, spans in cuts.items():
                    keep(stacked([cut_out(pdf, *span) for span in spans]), f"showcase-{name}")


if __name__ == "__main__":
    main()
