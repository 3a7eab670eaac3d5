"""The bundled fonts: known, free, and enough for what briefs are written in."""

from __future__ import annotations

import hashlib
import re

import pytest
from fontTools.ttLib import TTFont

from briefing.resources import assets_folder

FONTS = assets_folder() / "fonts"
FILES = sorted(FONTS.rglob("*.ttf"))
TEXT = sorted((FONTS / "source-sans-3").glob("*.ttf"))


def letters(name: str) -> set[int]:
    return {code for file in FILES if name in file.name for code in TTFont(file).getBestCmap()}


def test_the_readme_names_every_file_with_its_digest() -> None:
    said = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (FONTS / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    found = {hashlib.sha256(file.read_bytes()).hexdigest(): file.relative_to(FONTS).as_posix() for file in FILES}
    assert said == found


def test_every_family_has_its_licence_and_all_are_small() -> None:
    for folder in {file.parent for file in FILES}:
        assert [file.name for file in folder.iterdir() if file.name.startswith("LICENSE")]
    assert sum(file.stat().st_size for file in FILES) < 5_000_000


@pytest.mark.parametrize("file", TEXT, ids=lambda file: file.stem)
def test_every_face_of_the_text_has_latin_greek_and_cyrillic(file: object) -> None:
    have = set(TTFont(file).getBestCmap())
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x17F)}
    greek = {*range(0x384, 0x3CF)} - {0x38B, 0x38D, 0x3A2}
    cyrillic = set(range(0x400, 0x460))
    typography = {ord(sign) for sign in "–—‘’“”„‚«»‹›…•·†‡‰′″€£№−×÷±≤≥≠≈→←↑↓"}
    assert latin | greek | cyrillic | typography <= have


def test_every_shape_of_a_mark_is_there() -> None:
    assert {ord(sign) for sign in "▲▼◆●○◇■□✓✗≈→•–?"} <= letters("Sans")
