"""Tokens reach every format: each one, changed alone, is found in the PDF, the Word file, drawings and CSS."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from briefing import compose_brief
from briefing.compose.pictures import logo_of
from briefing.document.tree import Document
from briefing.formats import FORMATS
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.writer import docx
from briefing.formats.html.blocks import pictures
from briefing.formats.html.page import page as screen_page
from briefing.formats.html.read_back import verify_html
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.lengths import EMU_PER_POINT
from briefing.run.checks import composed
from briefing.themes.theme import Theme
from tests.docx.opened import Opened, attribute, found
from tests.running import briefing
from tests.themes.test_settings import FONTS

BRIEF = """\
title: Titleword
subtitle: Subtitleword
date: 2026-03-14
language: en-GB
reference: W/7
series: {title: Seriesword, number: 3}
order: [summary, key_points, background]
handling: {marking: MARKING}
proposition: Propositionword
summary: "Summaryfirst is the first of many words that fill a whole line of the bottom line, and then of many more
  words, which fill the whole of a second line of it, so that the Summarylast word is on a third."
key_points: [Pointword]
key_figures: [{value: 7, label: Figureword}, {value: 8, label: Other}]
background: |
  Backgroundfirst with a [link](https://example.org/) and a note [@gazette, p. 2].

  Backgroundsecond, ***slanted and strong***.[^noted]

  [^noted]: Noteword

  Measureword begins a paragraph that is so long that its very last word is for wide lines only: Wrappedword

FILLING
timeline:
  - {date: 2026-02, event: Eventfirst, sources: [gazette]}
  - {date: 2026-03-02, event: Eventsecond}
quotes:
  - {id: late, text: It is late., speaker: A. Speaker, source: gazette, locator: p. 2, context: At the dam.}
stakeholders:
  - {name: A, position: Rowfirst is against it., stance: opposed}
  - {name: B, position: Rowsecond is of two minds., stance: mixed}
  - {name: C, position: For it., stance: supportive}
figures:
  - {id: half, image: tall.png, width: half, caption: Halfword, alt: Half a picture, after: key_points}
  - {id: tall, image: tall.png, caption: Tallword, alt: A tall picture, after: quotes}
  - {id: bars, caption: Bars, chart: {kind: bar, unit: m, values: [{label: One, value: 1}, {label: Two, value: 2}]}}
sources:
  - {id: gazette, title: Gazette, published: 2026-03-01}
""".replace("FILLING", "\n\n".join(f"  Fillingword {number}." for number in range(30)))

PIXELS = 96 / 72
"""The engine sets type in CSS pixels."""
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reach") / "brief"
    folder.mkdir()
    (folder / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    Image.new("RGB", (300, 900), "teal").save(folder / "tall.png")
    return folder


@dataclass
class Made:
    """What one theme makes of the brief."""

    theme: Theme
    document: Document
    pdf: bytes

    @cached_property
    def html(self) -> str:
        """The page for screens."""
        return screen_page(self.document, self.theme).decode()

    @cached_property
    def docx(self) -> Opened:
        return Opened(docx(self.document, self.theme).data)

    def xml(self, part: str) -> str:
        """A part of the Word file as text."""
        return self.docx.parts[f"word/{part}"].decode()

    @cached_property
    def operations(self) -> list[tuple[str, list[Any]]]:
        """The operators of all pages and of the forms that drawings become, with their operands."""
        listed = []
        with pikepdf.open(io.BytesIO(self.pdf)) as file:
            streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
            forms = [each for each in streams if each.get("/Subtype") == "/Form"]
            for page in (*file.pages, *forms):
                for each in pikepdf.parse_content_stream(page):
                    listed.append((str(each.operator), [str(operand) for operand in each.operands]))
        return listed

    @cached_property
    def colours(self) -> set[str]:
        """The colours that are painted with."""
        painted = [values for name, values in self.operations if name.casefold() in ("rg", "sc", "scn")]
        return {
            "#" + "".join(f"{round(float(each) * 255):02x}" for each in found) for found in painted if len(found) == 3
        }

    @cached_property
    def sizes(self) -> set[float]:
        """The sizes of type, in pixels."""
        return {round(float(values[1]), 2) for name, values in self.operations if name == "Tf"}

    @cached_property
    def fonts(self) -> dict[str, int]:
        """How high the letters of each font may rise, by its name without the mark of a subset."""
        with pikepdf.open(io.BytesIO(self.pdf)) as file:
            fonts = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Ascent" in each]
            return {str(each.FontName).partition("+")[2]: int(each.Ascent) for each in fonts}

    def at(self, word: str) -> tuple[float, float]:
        """Where a word starts on the first page that has it: from the left and from the foot, in points."""
        for page in pypdfium2.PdfDocument(self.pdf):
            text = page.get_textpage()
            hit = text.search(word, match_case=True).get_next()
            if hit is not None:
                left, bottom, _, _ = text.get_charbox(hit[0], loose=True)
                return left, bottom
        raise AssertionError(f"{word} is on no page")

    def between(self, upper: str, lower: str) -> float:
        """How far one word stands above another on their page, in millimetres."""
        return (self.at(upper)[1] - self.at(lower)[1]) / MILLIMETRE

    @cached_property
    def first_page(self) -> dict[str, float]:
        """Measures of the first page, in millimetres from its top left corner."""
        page = pypdfium2.PdfDocument(self.pdf)[0]
        width, height = page.get_size()
        return {
            "width": width / MILLIMETRE,
            "left": self.at("Titleword")[0] / MILLIMETRE,
            "top": (height - self.at("Titleword")[1]) / MILLIMETRE,
            "right": max(each.get_bounds()[2] for each in page.get_objects()) / MILLIMETRE,
            "header": (height - self.at("MARKING")[1]) / MILLIMETRE,
            "footer": self.at("W/7 ·")[1] / MILLIMETRE,
            "bottom": self.lowest("Fillingword") / MILLIMETRE,
        }

    def lowest(self, word: str) -> float:
        """How near to the foot of any page a word comes, in points."""
        texts = [page.get_textpage() for page in pypdfium2.PdfDocument(self.pdf)]
        return float(
            min(
                text.get_charbox(each.start(), loose=True)[1]
                for text in texts
                for each in re.finditer(word, text.get_text_bounded())
            )
        )

    @cached_property
    def picture_height(self) -> float:
        """The height of the tall picture in the PDF, in millimetres."""
        images = [each for page in pypdfium2.PdfDocument(self.pdf) for each in page.get_objects() if each.type == 3]
        return float(max(each.get_bounds()[3] - each.get_bounds()[1] for each in images)) / MILLIMETRE

    @cached_property
    def png(self) -> list[Image.Image]:
        """The drawings of the Word file."""
        return [Image.open(io.BytesIO(data)).convert("RGB") for data in self._media if data[:4] == b"\x89PNG"]

    @property
    def _media(self) -> list[bytes]:
        return [data for name, data in self.docx.parts.items() if "/media/" in name]

    @cached_property
    def png_colours(self) -> set[str]:
        """The colours of the drawings of the Word file."""
        return {
            "#" + bytes(colour).hex()
            for image in self.png
            for _, colour in image.getcolors(1 << 20) or ()
            if isinstance(colour, tuple)
        }

    @cached_property
    def svg(self) -> str:
        """The drawings of the PDF."""
        return "".join(data.decode() for data, kind in pictures(self.document, self.theme).values() if "svg" in kind)

    def style(self, name: str, path: str) -> str:
        """An attribute of a style, ``spacing/@after``."""
        element, _, key = path.partition("/@")
        style = found(self.docx.root("word/styles.xml"), f"w:style[w:name/@w:val='{name}']//w:{element}")[0]
        return attribute(style, key)


@pytest.fixture(scope="module")
def make(brief: Path) -> Iterator[Callable[[Path | str], Made]]:
    with PdfProcess() as process:

        @cache
        def made(folder: Path | str) -> Made:
            theme = Theme.load(folder)
            _, document = composed(brief, theme=theme)
            return Made(theme, document, process.render(document, theme).data)

        yield made


SIZE, PAINT = 16.5, "#c1272d"
FACES = {
    "regular": ("dejavu-sans/DejaVuSans.ttf", "House"),
    "bold": ("dejavu-sans/DejaVuSans-Bold.ttf", "House-Bold"),
    "italic": ("dejavu-sans/DejaVuSans.ttf", "House-Italic"),
    "bold_italic": ("dejavu-sans/DejaVuSans-Bold.ttf", "House-Bold-Italic"),
}
DEJAVU, SOURCE_SANS = 928, 1000
"""How high their letters may rise, in thousandths of the type size."""
INKS = ("ink", "accent", "label", "edge")
"""The colours that drawings are painted with."""


def colour(name: str, before: Made, after: Made) -> None:
    assert PAINT in after.colours and PAINT not in before.colours
    assert PAINT[1:].upper() in after.xml("styles.xml") and PAINT[1:].upper() not in before.xml("styles.xml")
    if name not in ("label", "rule"):
        assert PAINT[1:].upper() in after.xml("theme/theme1.xml")
    assert (PAINT in after.svg) == (PAINT in after.png_colours) == (name in INKS)


def size(name: str, before: Made, after: Made) -> None:
    if name == "drawing":
        assert 'font-size="9.75"' in after.svg and 'font-size="9.75"' not in before.svg
        assert [image.tobytes() for image in after.png] != [image.tobytes() for image in before.png]
        return
    in_pdf = round(SIZE * PIXELS, 2)
    assert in_pdf in after.sizes and in_pdf not in before.sizes
    halves = f'<w:sz w:val="{SIZE * 2:g}"/>'
    assert halves in after.xml("styles.xml") and halves not in before.xml("styles.xml")


def font(name: str, before: Made, after: Made) -> None:
    if name == "family":
        assert set(after.fonts.values()) == {DEJAVU} and set(before.fonts.values()) == {SOURCE_SANS}
        assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="(.*?)"', after.xml("styles.xml"))) == {"DejaVu Sans"}
        assert 'latin typeface="DejaVu Sans"' in after.xml("theme/theme1.xml")
        assert 'font-family="DejaVu Sans"' in after.svg
        assert [image.tobytes() for image in after.png] != [image.tobytes() for image in before.png]
    elif name == "fallbacks":
        assert 'w:altName w:val="Verdana,Tahoma"' in after.xml("fontTable.xml")
    else:
        assert after.fonts[FACES[name][1]] == DEJAVU and set(before.fonts.values()) == {SOURCE_SANS}
        element = "embed" + "".join(part.capitalize() for part in name.split("_"))
        assert f"w:{element} " in after.xml("fontTable.xml")
        if name in ("regular", "bold"):
            assert 'font-family="House"' in after.svg
            assert [image.tobytes() for image in after.png] != [image.tobytes() for image in before.png]


def space(name: str, before: Made, after: Made) -> None:
    match name:
        case "lines":
            assert after.between("Summaryfirst", "Summarylast") > 1.9 * before.between("Summaryfirst", "Summarylast")
            assert int(after.style("heading 1", "spacing/@line")) == 2 * int(before.style("heading 1", "spacing/@line"))
        case "paragraphs":
            near, far = (each.between("Backgroundfirst", "Backgroundsecond") for each in (before, after))
            assert far - near == pytest.approx(2, abs=0.1)
            assert [each.style("Body Text", "spacing/@after") for each in (before, after)] == ["114", "228"]
        case "headings":
            near, far = (each.between("Background\r", "Backgroundfirst") for each in (before, after))
            assert far - near == pytest.approx(1.5, abs=0.1)
            assert [each.style("heading 1", "spacing/@before") for each in (before, after)] == ["294", "588"]
        case "rows":
            assert after.between("Rowfirst", "Rowsecond") - before.between("Rowfirst", "Rowsecond") > 2
            assert [each.style("Briefing Table", "top/@w") for each in (before, after)] == ["70", "140"]
        case "beside":
            assert after.style("Body Text", "ind/@right") == "2268"
            assert after.between("Measureword", "Wrappedword") > before.between("Measureword", "Wrappedword") + 3
        case "indent":
            assert before.at("Backgroundfirst")[0] - after.at("Backgroundfirst")[0] == pytest.approx(
                46 * MILLIMETRE, abs=1
            )
            assert [each.style("Body Text", "ind/@left") for each in (before, after)] == ["2721", "113"]
        case "gutter":
            assert "454" in {attribute(each, "space") for each in found(before.docx.document, ".//w:cols")}
            assert "113" in {attribute(each, "space") for each in found(after.docx.document, ".//w:cols")}
        case "figure":
            assert [each.picture_height for each in (before, after)] == pytest.approx([88, 60], abs=0.5)
            heights = [re.findall(r'extent cx="\d+" cy="(\d+)"', each.xml("document.xml")) for each in (before, after)]
            tallest = [max(map(int, each)) / EMU_PER_POINT / MILLIMETRE for each in heights]
            assert tallest == pytest.approx([88, 60], abs=0.5)


def layout(name: str, before: Made, after: Made) -> None:
    match name:
        case "columns":
            assert after.between("Measureword", "Wrappedword") > before.between("Measureword", "Wrappedword")
            assert columns(before) == ["1", "2"] and columns(after).count("2") > 1
        case "source_columns":
            assert [columns(each) for each in (before, after)] == [["1", "2"], ["1"]]
        case "masthead":
            assert after.style("Form Line", "shd/@fill") == "1B3A5C"
            assert not found(before.docx.root("word/styles.xml"), "w:style[w:name/@w:val='Form Line']//w:shd")
            assert 'class="columns-1 masthead-band' in after.html
        case "boxes":
            assert before.style("Bottom Line", "shd/@fill") == "EEF2F6"
            assert not found(after.docx.root("word/styles.xml"), "w:style[w:name/@w:val='Bottom Line']//w:shd")
            assert "#eef2f6" in before.colours and "#eef2f6" not in after.colours
        case "footnotes":
            assert after.at("Noteword")[1] < after.at("Fillingword")[1] < after.at("Backgroundsecond")[1]
            assert before.at("Noteword") != after.at("Noteword")
        case "half_figures":
            assert after.at("Halfword")[0] > before.at("Halfword")[0] + 20
            assert [columns(each) for each in (before, after)] == [["1", "2"], ["1", "2", "1", "2"]]


def columns(made: Made) -> list[str]:
    """How many columns each section of the Word file has."""
    return [attribute(each, "num") for each in found(made.docx.document, ".//w:cols")]


def margin(name: str, before: Made, after: Made) -> None:
    by, was, now = CHANGED_MARGINS[name], before.first_page, after.first_page
    if name == "bottom":
        assert was["bottom"] < 22.5 + by <= now["bottom"]
    else:
        assert now[name] - was[name] == pytest.approx(-by if name == "right" else by, abs=0.2)
    twips = [int(attribute(found(made.docx.document, ".//w:pgMar")[0], name)) for made in (before, after)]
    assert twips[1] - twips[0] == pytest.approx(by * MILLIMETRE * 20, abs=1)


def office(name: str, before: Made, after: Made) -> None:
    for made, there in ((before, False), (after, True)):
        with pypdfium2.PdfDocument(made.pdf) as pdf:
            printed = "".join(page.get_textpage().get_text_range() for page in pdf)
        pictures_in = [made.html.count("<img"), sum(part.startswith("word/media/") for part in made.docx.parts)]
        if name == "logo":
            assert [count - one for count, one in zip(pictures_in, (2, 3), strict=True)] == [there, there], pictures_in
            if there:
                drawn_in = (
                    PAINT in made.colours,
                    "data:image/svg+xml" in made.html,
                    verify_pdf(made.document, made.pdf),
                )
                assert drawn_in == (True, True, ())
                other = logo_of(CREST.replace("V4", "V50").encode(), "other.svg")
                logo = made.document.masthead.logo
                assert logo is not None
                masthead = replace(made.document.masthead, logo=replace(logo, content=other))
                (told,) = verify_pdf(replace(made.document, masthead=masthead), made.pdf)
                assert "its picture is another one" in told.message
        else:
            for text in (made.html, made.xml("document.xml"), printed):
                assert (OFFICE[name] in text) is there


CREST = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path fill="{PAINT}" d="M4 4H56V36L30 20L4 36V4z"/></svg>'
OFFICE = {
    "name": "Officeword",
    "unit": "Unitword",
    "address": "Placeword",
    "web": "pageword.example",
    "logo": "logo.svg",
}
LAYOUTS = {
    "columns": 2,
    "source_columns": 1,
    "masthead": '"band"',
    "boxes": '"ruled"',
    "half_figures": '"beside"',
    "footnotes": '"page"',
}
CHANGED_MARGINS = {"top": 12.0, "right": 12.0, "bottom": 30.0, "left": 12.0, "header": 3.0, "footer": -2.0}
LIMITS = ("least",)
"""Tables that bound densities and reach no page as designed; tests/run/test_fit.py shows what they do."""
POLICY = Theme.load()
CHECKS = {
    "colour": colour,
    "size": size,
    "font": font,
    "space": space,
    "margin": margin,
    "layout": layout,
    "office": office,
}
TOKENS = [
    (table.name, token.name)
    for table in fields(POLICY.tokens)
    if is_dataclass(getattr(POLICY.tokens, table.name)) and table.name not in LIMITS
    for token in fields(getattr(POLICY.tokens, table.name))
]


def changed(table: str, token: str) -> str:
    """A `theme.toml` that changes that token alone (a file of a font comes with a family of its own)."""
    if table == "font":
        if token in FACES:
            regular = "" if token == "regular" else 'regular = "sans.ttf"\n'
            return f'[font]\nfamily = "House"\n{regular}{token} = "own.ttf"\n'
        return f'[font]\n{token} = "{"DejaVu Sans" if token == "family" else "Verdana, Tahoma"}"\n'
    if table == "office":
        held = {"name": OFFICE["name"], token: OFFICE[token] if token != "web" else f"https://{OFFICE[token]}/"}
        return "[office]\n" + "".join(f'{key} = "{value}"\n' for key, value in held.items())
    before = getattr(getattr(POLICY.tokens, table), token)
    value = {
        "colour": f'"{PAINT}"',
        "size": 9.75 if token == "drawing" else SIZE,
        "space": {"figure": 60, "beside": 40}.get(token, 2),
        "layout": LAYOUTS.get(token),
        "margin": before + CHANGED_MARGINS.get(token, 0) if table == "margin" else 0,
    }[table]
    return f"[{table}]\n{token} = {value}\n"


@pytest.mark.parametrize(("table", "token"), TOKENS, ids=[".".join(each) for each in TOKENS])
def test_a_token_changed_alone_is_found_everywhere(
    table: str, token: str, make: Callable[[Path | str], Made], tmp_path: Path
) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "theme.toml").write_text(changed(table, token), encoding="utf-8")
    if token in FACES:
        shutil.copy(FONTS / FACES[token][0], house / "own.ttf")
        shutil.copy(FONTS / "source-sans-3" / "SourceSans3-Regular.ttf", house / "sans.ttf")
    if token == "logo":
        (house / OFFICE["logo"]).write_text(CREST, encoding="utf-8")
    before, after = make("policy"), make(house)
    CHECKS[table](token, before, after)
    if table == "office":
        return
    if token in FACES:
        assert html_fonts(before) != html_fonts(after)
    elif table != "layout":
        name = f"--{table}-{token}".replace("_", "-")
        declared = [re.findall(rf"^  {name}: (.*);$", made.html, re.MULTILINE) for made in (before, after)]
        assert [len(each) for each in declared] == [1, 1] and declared[0] != declared[1]


def html_fonts(made: Made) -> list[str]:
    """The fonts in the page."""
    return re.findall(r"src: url\((.*?)\)", made.html)


def build(brief: Path, folder: Path, settings: str, formats: Iterable[str] = FORMATS) -> dict[str, Path]:
    """The files of the formats that a theme of those settings makes of the brief, by format."""
    house = folder / "house"
    house.mkdir()
    (house / "theme.toml").write_text(settings, encoding="utf-8")
    arguments = [argument for name in formats for argument in ("-f", name)]
    run = briefing("build", brief, "--theme", house, "-o", folder / "out", *arguments)
    assert run.code == 0, run.err
    return {name: folder / "out" / f"brief.{name}" for name in formats}


def test_the_paper_of_a_brief_that_names_none_is_the_themes(brief: Path, tmp_path: Path) -> None:
    files = build(brief, tmp_path, 'paper = "Letter"\n')
    assert [round(side) for side in pypdfium2.PdfDocument(files["pdf"].read_bytes())[0].get_size()] == [612, 792]
    size = found(Opened(files["docx"].read_bytes()).document, ".//w:pgSz")[0]
    assert (attribute(size, "w"), attribute(size, "h")) == ("12240", "15840")


def test_a_watermark_stands_behind_every_page_of_every_format(
    brief: Path, tmp_path: Path, make: Callable[[Path | str], Made]
) -> None:
    """A build holds it in each finished file; here it is looked for by other means, and found missing where it is not."""
    files = build(brief, tmp_path, 'watermark = "DRAFT Ä & 2"\n')
    document = make(tmp_path / "house").document
    assert document.watermark == "DRAFT Ä & 2"
    plain = make("policy")
    with pikepdf.open(files["pdf"]) as file:
        for page in file.pages:
            first = pikepdf.parse_content_stream(page)[0]
            assert str(first.operator) == "BDC" and str(first.operands[0]) == "/Artifact"
            assert first.operands[1].Subtype == "/Watermark"
    with pypdfium2.PdfDocument(files["pdf"].read_bytes()) as pdf:
        assert len(pdf) > 1
        assert not any("DRAFT" in page.get_textpage().get_text_range() for page in pdf)
        marked, clear = (
            pages[0].render(scale=1).to_pil().convert("L") for pages in (pdf, pypdfium2.PdfDocument(plain.pdf))
        )
        behind = ImageChops.difference(marked, clear).getbbox()
        assert behind is not None and behind[2] - behind[0] > 300
    headers = [data.decode() for name, data in Opened(files["docx"].read_bytes()).parts.items() if "/header" in name]
    assert headers and all(
        'string="DRAFT Ä &amp; 2"' in each and "PowerPlusWaterMarkObject" in each for each in headers
    )
    for verify, made in (
        (verify_pdf, plain.pdf),
        (verify_docx, docx(plain.document, plain.theme).data),
        (verify_html, plain.html),
    ):
        data = made.encode() if isinstance(made, str) else made
        told = [each.message for each in verify(replace(plain.document, watermark="DRAFT"), data)]
        assert told and all("the watermark “DRAFT” is missing" in each for each in told), told
    (extra,) = verify_pdf(replace(document, watermark=""), files["pdf"].read_bytes())
    assert "“DRAFT Ä & 2” stands behind the page, but the brief does not say it there" in extra.message


def test_a_watermark_that_no_font_has_letters_for_is_told_at_its_place(brief: Path, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "theme.toml").write_text('watermark = "草案"\n', encoding="utf-8")
    run = briefing("build", brief, "--theme", "house", "-o", "out", cwd=tmp_path)
    assert (
        run.code == 2
        and "house/theme.toml:1:1: error: no font of the theme has all letters of the watermark '草案'" in run.err
    )


def test_a_red_theme_is_red_in_four_places(brief: Path, tmp_path: Path, make: Callable[[Path | str], Made]) -> None:
    """In the PDF, in Word's styles and colours, in drawings of both, and on screens."""
    files = build(brief, tmp_path, '[colour]\naccent = "#a6192e"\n')
    blue, red = "#1b3a5c", "#a6192e"
    made = Made(Theme.load(tmp_path / "house"), compose_brief(brief), files["pdf"].read_bytes())
    assert red in made.colours and blue not in made.colours
    made.docx = Opened(files["docx"].read_bytes())
    for part in ("styles.xml", "theme/theme1.xml", "numbering.xml"):
        assert red[1:].upper() in made.xml(part) and blue[1:].upper() not in made.xml(part)
    assert red in made.png_colours and blue not in made.png_colours
    assert red in made.svg and blue not in made.svg
    shown = files["html"].read_text(encoding="utf-8")
    assert f"--colour-accent: {red};" in shown and blue not in shown


def test_an_offices_own_reference_document_goes_before_the_tokens(brief: Path, tmp_path: Path) -> None:
    """That in the theme's folder before the tokens, that of the call before both."""
    red, green = (tmp_path / name for name in ("red", "green"))
    documents = {}
    for folder, ink in ((red, "#a6192e"), (green, "#0a5c36")):
        folder.mkdir()
        documents[folder] = build(brief, folder, f'[colour]\naccent = "{ink}"\n', ["docx"])["docx"]
    house = red / "house"
    shutil.copy(documents[green], house / "reference.docx")
    for arguments, wanted, other in ((), "0A5C36", "A6192E"), (("--reference-doc", documents[red]), "A6192E", "0A5C36"):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        run = briefing("build", brief, "--theme", house, "-f", "docx", "-o", tmp_path / "out", *arguments)
        assert run.code == 0, run.err
        styles = Opened((tmp_path / "out" / "brief.docx").read_bytes()).parts["word/styles.xml"].decode()
        assert wanted in styles and other not in styles
