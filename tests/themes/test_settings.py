"""What a `theme.toml` may say: each fault at its place, single tokens over inherited ones."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.resources import assets_folder
from briefing.themes.theme import Theme
from tests.running import ROOT, briefing, small_brief

POLICY = Theme.load()
FONTS = assets_folder() / "fonts"


def theme(folder: Path, settings: str, **files: Path) -> Theme:
    """A theme of that `theme.toml`, with font files by their names."""
    folder.mkdir(exist_ok=True)
    (folder / "theme.toml").write_text(settings, encoding="utf-8")
    for name, file in files.items():
        shutil.copy(file, folder / f"{name}.ttf")
    return Theme.load(folder)


def test_every_fault_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "theme.toml").write_text(
        '# ours\n[colour]\naccent = "red"\nlinks = "#000000"\n\n[size]\ntext = "big"\n  title = 200\n'
        '[margin]\nleft = true\nright = nan\n[font]\nfamily = "A; }"\n',
        encoding="utf-8",
    )
    small_brief(tmp_path / "brief")
    run = briefing("build", tmp_path / "brief", "--theme", "house", cwd=tmp_path)
    assert run.code == 2
    for place, said in {
        "3:1": "'colour.accent' cannot be 'red'; write a colour as \"#1b3a5c\"",
        "4:1": "'colour.links' is not a token of a theme; did you mean 'link'?",
        "7:1": "'size.text' cannot be 'big'; write a number of points from 5 to 72",
        "8:3": "'size.title' cannot be '200'; write a number of points from 5 to 72",
        "10:1": "'margin.left' cannot be 'True'; write a number of millimetres from 10 to 80",
        "11:1": "'margin.right' cannot be 'nan'; write a number of millimetres from 10 to 80",
        "13:1": "'font.family' cannot be 'A; }'; write the name of one family",
    }.items():
        assert f"{Path('house', 'theme.toml')}:{place}: error: {said} [theme]" in run.err


@pytest.mark.parametrize(
    ("settings", "place", "said"),
    [
        ('inherit = "policy"', "1:1", "'inherit' is not a token of a theme; did you mean 'inherits'?"),
        ("\ncolour = 1", "2:1", "'colour' is not a table; write [colour]"),
        ('[colours]\nink = "#000000"', "1:2", "'colours' is not a token of a theme; did you mean 'colour'?"),
        ('colour = { inc = "#000000" }', "1:1", "'colour.inc' is not a token of a theme; did you mean 'ink'?"),
        ('colour.ink = "black"', "1:1", "'colour.ink' cannot be 'black'"),
        ("[density.close]\nline = 1", "2:1", "'density.close.line' is not a token of a theme; did you mean 'lines'?"),
        ("[density.close]\nlines = 3", "2:1", "'density.close.lines' cannot be '3'; write a number from 0.5 to 2"),
        ("[density]\nclose = 3", "2:1", "'density.close' is not a table; write [density.close]"),
        ("density = 3", "1:1", "'density' is not a table; write [density]"),
        ('paper = "A5"', "1:1", "'A5' is not a paper"),
        ("\ninherits = 1", "2:1", "'inherits' is not text"),
        ("[size]\ntext = ", "2:8", "this is not TOML"),
        ("inherits", "1:9", "this is not TOML"),
        ('[font]\nfamily = "House Serif"', "2:1", "there is no file for the family 'House Serif'; bring it"),
        ('[font]\nfamily = "House"\nbold = "b.ttf"', "2:1", "there is no file for the family 'House'"),
        ('[font]\nfamily = "House"\nregular = "house.ttf"', "3:1", "the theme has no file 'house.ttf'"),
        ('[font]\nfamily = "House"\nregular = "theme.toml"', "3:1", "'theme.toml' cannot be used: it is neither"),
        ('[font]\nregular = "../font.ttf"', "2:1", "the theme has no file '../font.ttf'"),
    ],
)
def test_a_fault_of_the_settings_has_its_place(tmp_path: Path, settings: str, place: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        theme(tmp_path / "house", settings)
    assert f"theme.toml:{place}: error: {said}" in str(caught.value)


def test_a_theme_inherits_tokens_and_overrides_single_ones(tmp_path: Path) -> None:
    theme(tmp_path / "office", '[colour]\naccent = "#5b1a2e"\nlink = "#00507a"\n[size]\ntext = 11\n')
    unit = theme(tmp_path / "unit", 'inherits = "../office"\n[colour]\nlink = "#0a5c36"\n').tokens
    assert (unit.colour.accent, unit.colour.link, unit.size.text) == ("#5b1a2e", "#0a5c36", 11)
    assert (unit.colour.ink, unit.font, unit.space) == (
        POLICY.tokens.colour.ink,
        POLICY.tokens.font,
        POLICY.tokens.space,
    )


def test_a_fault_is_told_in_the_theme_that_has_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        theme(tmp_path / "office", '[font]\nfamily = "House"')
    with pytest.raises(UsageError, match=re.escape(str(Path("office", "theme.toml"))) + ":2:1"):
        theme(tmp_path / "unit", 'inherits = "../office"\n[size]\ntext = 11')


def test_a_family_of_its_own_takes_no_files_of_another(tmp_path: Path) -> None:
    sans = FONTS / "source-sans-3" / "SourceSans3-Regular.ttf"
    settings = '[font]\nfamily = "House"\nfallbacks = "Georgia"\nregular = "house.ttf"'
    assert list(theme(tmp_path / "office", settings, house=sans).fonts()) == ["regular"]
    unit = theme(tmp_path / "unit", 'inherits = "../office"\n[font]\nfamily = "DejaVu Sans"')
    assert [file.name for file in unit.fonts().values()] == ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]
    assert unit.tokens.font.fallbacks == ""


def test_the_page_on_themes_names_every_token_and_its_value() -> None:
    page = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    section = page.partition("## Tokens")[2].partition("## ")[0]
    listed = dict(re.findall(r"^\| `([\w.]+)` \| `?(.*?)`? \|", section, flags=re.MULTILINE))
    wanted: dict[str, str] = {}
    for table in fields(POLICY.tokens):
        held = getattr(POLICY.tokens, table.name)
        values = {} if table.name == "density" else {table.name: held}
        if is_dataclass(held):
            values = {f"{table.name}.{each.name}": getattr(held, each.name) for each in fields(held)}
        wanted |= {name: value if isinstance(value, str) else f"{value:g}" for name, value in values.items()}
    assert listed == wanted
