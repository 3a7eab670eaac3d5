"""Pictures of every theme and of both sample houses in every format, from real output, and the page that shows them:
`make gallery`.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from briefing.formats import FORMATS
from briefing.run.office_themes import list_themes
from tests.running import EXAMPLES, ROOT, briefing
from tests.validators import libreoffice_pdf
from tests.validators.browser import Browser, chromium
from tools.houses import COMMANDS, HOUSES

PICTURES = ROOT / "docs" / "pictures" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"
BRIEFS = {"memo": "deposit-scheme", "sitrep": "basin-sitrep"}
"""What shows a theme best; any theme sets any brief."""
USUAL = "iss-withdrawal"
COLOURS = 48
SCALE = 110 / 72
"""Pixels to a point, at 110 dots an inch."""
SCREEN = 1040
"""Pixels: how wide the window is that shows the HTML."""
LARGEST = 3_000_000
"""Bytes of all pictures together."""
HEADS = {
    "pdf": "PDF, for readers and printers",
    "docx": "Word, for editors (drawn by LibreOffice)",
    "html": "HTML, for screens",
}


def looks() -> list[tuple[str, str, Path | str]]:
    """What is shown: the name of its pictures, what it is for, and what `--theme` takes for it."""
    built_in = [(each.name, each.description, each.name) for each in list_themes()]
    return [*built_in, *((name, f"{COMMANDS[name][7]}, an invented office.", HOUSES / name) for name in COMMANDS)]


def brief_of(look: str) -> str:
    """The example that shows a look."""
    return BRIEFS.get(look, USUAL)


def first_pages(pdf: Path) -> list[Image.Image]:
    """The first two pages, as a reader sees them."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [file[number].render(scale=SCALE).to_pil().convert("RGB") for number in range(min(2, len(file)))]


def screen(page: Path, browser: Browser, folder: Path) -> Image.Image:
    """The top of a page on a screen, as high as a sheet is."""
    target = folder / "screen.png"
    browser.open(page, SCREEN)
    browser.screenshot(target)
    with Image.open(target) as shot:
        return shot.convert("RGB").crop((0, 0, shot.width, min(shot.height, round(shot.width * 2**0.5))))


def keep(picture: Image.Image, name: str, width: int = 910) -> None:
    """Write `picture` with few colours, a hairline round it."""
    scaled = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    framed = ImageOps.expand(scaled, 1, "#c8ccd0")
    stream = io.BytesIO()
    framed.quantize(COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    (PICTURES / f"{name}.png").write_bytes(stream.getvalue())


def page(shown: Iterable[tuple[str, str, Path | str]]) -> str:
    """The text of the page."""
    lines = [
        "# Gallery",
        "",
        "Every theme in every format, drawn from real output by `make gallery`. A theme is a look, not a text: the same brief says",
        "the same in each of them.",
        "[Themes](themes.md) says how to make one of your own.",
    ]
    for name, description, theme in shown:
        brief = brief_of(name)
        made = f"`briefing build examples/{brief} --theme {theme if theme == name else f'examples/houses/{name}'}`"
        lines += ["", f"## {name}", "", f"{description} {made}", ""]
        if theme != name:
            options = " ".join(each if " " not in each and "#" not in each else f"'{each}'" for each in COMMANDS[name])
            lines += ["Made by one command, in a folder with its crest:", ""]
            lines += ["```sh", f"briefing themes new {name} {options}", "```", ""]
        lines += [f"| {' | '.join(HEADS[each] for each in FORMATS)} |", "| --- | --- | --- |"]
        cells = (f"![{name}: {brief}, {each}](pictures/gallery/{name}-{each}.png)" for each in FORMATS)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Build, draw and write everything, and remove pictures of looks that are gone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    shown = looks()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name, _, theme in shown:
            made, brief = Path(folder, name), brief_of(name)
            asked = [argument for each in FORMATS for argument in ("-f", each)]
            run = briefing("build", EXAMPLES / brief, "--theme", theme, "-o", made, *asked)
            assert run.code == 0, run.err
            files = {each: made / f"{brief}.{each}" for each in FORMATS}
            first, *second = first_pages(files["pdf"])
            keep(first, f"{name}-pdf")
            for each in second:
                keep(each, f"{name}-pdf-2")
            keep(first_pages(libreoffice_pdf(files["docx"], made / "word"))[0], f"{name}-docx")
            keep(screen(files["html"], browser, made), f"{name}-html")
    PAGE.write_text(page(shown), encoding="utf-8")
    taken = sum(each.stat().st_size for each in PICTURES.glob("*.png"))
    assert taken < LARGEST, f"the pictures take {taken:,} bytes"


if __name__ == "__main__":
    main()
