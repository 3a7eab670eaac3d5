"""`briefing themes`: a look made out of a colour and a logo, and what is told of one that has faults."""

from __future__ import annotations

import colorsys
import io
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from briefing.document.colours import contrast_of
from briefing.formats.html.template_check import template_problems
from briefing.resources import theme_names
from briefing.themes.palette import faults, palette
from briefing.themes.theme import Theme
from tests.running import briefing
from tests.themes.test_settings import FONTS, POLICY

HUES = [
    "#"
    + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue / 12, lightness / 100, saturation / 100))
    for hue in range(12)
    for lightness in (5, 35, 55, 90)
    for saturation in (0, 50, 100)
]


def test_a_palette_can_be_read_and_told_apart_in_grey_whatever_its_colour() -> None:
    for colour in ("#000000", "#ffffff", "#ffcc00", *HUES):
        made = palette(colour)
        tokens = type(POLICY.tokens.colour)(
            **{name: made.get(name, getattr(POLICY.tokens.colour, name)) for name in POLICY.tokens.colour.__slots__}
        )
        assert faults(tokens) == [], colour
        if contrast_of(colour, made["pale"]) >= 4.5:
            assert made["accent"] == colour, "a colour that can be read is kept"


def test_the_built_in_themes_say_what_they_are_for_and_can_be_read() -> None:
    for name in theme_names():
        tokens = Theme.load(name).tokens
        assert tokens.description and faults(tokens.colour) == [], name


def test_a_new_theme_builds_at_once_and_is_sound(tmp_path: Path) -> None:
    Image.new("RGB", (80, 40), "maroon").save(tmp_path / "crest.png")
    call = (
        "themes",
        "new",
        "river-board",
        "--colour",
        "#7A1F3D",
        "--logo",
        "crest.png",
        "--web",
        "https://example.org/",
    )
    run = briefing(*call, cwd=tmp_path)
    assert run.code == 0, run.err
    assert "the office is called River Board after the folder" in run.out
    made = (tmp_path / "river-board" / "theme.toml").read_text(encoding="utf-8")
    assert 'accent = "#7a1f3d"' in made and 'logo = "crest.png"' in made
    assert (tmp_path / "river-board" / "crest.png").read_bytes() == (tmp_path / "crest.png").read_bytes()
    run = briefing("themes", "check", "river-board", "-o", "sheet.png", "--language", "de,fr", "--json", cwd=tmp_path)
    assert (run.code, run.objects[0]["problems"]) == (0, []), run.objects
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 1500
    again = briefing(*call, cwd=tmp_path)
    assert again.code == 2 and "river-board: error: it is there already" in again.err
    assert (tmp_path / "river-board" / "theme.toml").read_text(encoding="utf-8") == made
    below = briefing("themes", "new", "unit/works", "--from", "river-board", "--unit", "Works", cwd=tmp_path)
    assert below.code == 0, below.err
    works = Theme.load(tmp_path / "unit" / "works").tokens
    assert (works.office.name, works.office.unit, works.colour.accent) == ("River Board", "Works", "#7a1f3d")
    listed = briefing("themes", "list", ".", cwd=tmp_path).out
    assert listed.startswith("policy") and "river-board  The look of River Board." in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--colour", "maroon"), "--colour: error: 'maroon' is not a colour; write it as '#7a1f3d' [bad-option]"),
        (("--from", "polisy"), "there is no theme 'polisy'; did you mean 'policy'?"),
        (("--logo", "gone.png"), "--logo: error: there is no logo 'gone.png'"),
        (("--logo", "pipe.png"), "--logo: error: the logo 'pipe.png' cannot be read: it is a pipe, not a file"),
        (("--logo", "letter.png"), "'letter.png' cannot be used: it is neither PNG nor JPEG"),
        (("--web", "page"), "--web: error: office.web: "),
    ],
)
def test_a_new_theme_that_cannot_be_made_leaves_nothing_behind(
    tmp_path: Path, arguments: tuple[str, str], said: str
) -> None:
    (tmp_path / "letter.png").write_text("no picture", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.png")
    run = briefing("themes", "new", "house", "--office", "Ours", *arguments, cwd=tmp_path)
    assert run.code == 2 and said in run.err, run.err
    assert not (tmp_path / "house").exists()


def licensed(bits: int, letters: str | None = None) -> bytes:
    """The bundled font with other licence bits, and without `letters`."""
    stream = io.BytesIO()
    with TTFont(FONTS / "source-sans-3" / "SourceSans3-Regular.ttf") as font:
        font["OS/2"].fsType = bits
        for table in font["cmap"].tables:
            for letter in letters or "":
                table.cmap.pop(ord(letter), None)
        font.save(stream)
    return stream.getvalue()


def test_the_doctor_tells_every_fault_at_its_place(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / "blocks").mkdir(parents=True)
    (house / "theme.toml").write_text(
        '[colour]\nsecondary = "#9aa0a6"\nedge = "#f4f4f4"\n[font]\nfamily = "House"\nregular = "own.otf"\n'
        'bold = "bold.ttf"\nitalic = "italic.ttf"\n',
        encoding="utf-8",
    )
    for name, data in (("own.otf", licensed(2, "äß")), ("bold.ttf", licensed(4)), ("italic.ttf", licensed(0x100))):
        (house / name).write_bytes(data)
    (house / "blocks" / "quotations.html.j2").write_text("{{ node.id }}", encoding="utf-8")
    (house / "blocks" / "table.html.j2").write_text("<p>\n{% if node %}</p>", encoding="utf-8")
    (house / "blocks" / "caption.html.j2").write_text('<p>{{ nodes }}\n{% include "gone.j2" %}</p>', encoding="utf-8")
    run = briefing("themes", "check", "house", "--language", "de-AT", cwd=tmp_path)
    assert run.code == 4
    for said in (
        "house/theme.toml:2:1: error: text in 'colour.secondary' (#9aa0a6) has a contrast of 2.64 to 1 on white",
        "house/theme.toml:3:1: error: 'edge' and 'white' of drawings have a contrast of 1.10 to 1: in grey they look the same",
        "house/theme.toml:6:1: warning: 'own.otf' has no letter for “äß” of de-AT; they are set in a bundled font",
        "house/theme.toml:6:1: warning: the licence bits of 'own.otf' (OS/2 fsType) say that it may not be embedded: Word files and HTML pages",
        "house/theme.toml:7:1: warning: the licence bits of 'bold.ttf' (OS/2 fsType) say that it may be embedded in documents that",
        "house/theme.toml:8:1: warning: the licence bits of 'italic.ttf' (OS/2 fsType) say that it may be embedded whole only",
        "house/blocks/quotations.html.j2: error: no kind of node has the template 'blocks/quotations.html.j2', so",
        "house/blocks/table.html.j2:2:1: error: the template does not compile: ",
        "house/blocks/caption.html.j2:1:7: error: there is no 'nodes'; did you mean 'node'?",
        "house/blocks/caption.html.j2:2:13: error: the theme has no template 'gone.j2'",
    ):
        assert said in run.err, (said, run.err)
    assert "it is never used; did you mean 'quotation'?" in run.err
    assert run.err.count("does not compile") == 1 and run.err.count("template failed") == 0


def test_a_font_that_may_not_be_embedded_is_named_and_not_carried(tmp_path: Path) -> None:
    from briefing.formats.docx.writer import docx
    from briefing.formats.html.fonts import faces
    from tests.document.front_matter import front_matter
    from tests.docx.opened import Opened

    house = tmp_path / "house"
    house.mkdir()
    (house / "theme.toml").write_text('[font]\nfamily = "House"\nregular = "own.ttf"\n', encoding="utf-8")
    carried = {}
    for bits in (0, 4, 2):
        (house / "own.ttf").write_bytes(licensed(bits))
        theme = Theme.load(house)
        parts = Opened(docx(front_matter(), theme).data).parts
        carried[bits] = any("/fonts/" in name for name in parts), '"House"' in faces("abc", theme)
    assert carried == {0: (True, True), 4: (False, True), 2: (False, False)}


def test_the_built_in_themes_can_be_used_and_what_they_name_in_templates_is_there_for_those_of_others() -> None:
    for name in ("policy", "at-a-glance", "memo", "sitrep"):
        assert not [*template_problems(Theme.load(name))]
    run = briefing("themes", "check", "policy", "--strict")
    assert (run.code, run.out) == (0, "policy: can be used, 0 errors, 0 warnings\n"), run.err


def test_what_there_is_none_of(tmp_path: Path) -> None:
    run = briefing("themes", "check", "gone", cwd=tmp_path)
    assert run.code == 2 and "there is no theme 'gone'" in run.err
    run = briefing("themes", "check", "policy", "--language", "xx", cwd=tmp_path)
    assert run.code == 2 and "--language: error: the letters of 'xx' are not known" in run.err
    run = briefing("themes", "list", ".", cwd=tmp_path)
    assert run.code == 2 and "there is no theme in '.'" in run.err
