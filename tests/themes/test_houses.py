"""The two sample houses: what the command gives, and one brief in both, which differs in look and not in a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.document.reading import PieceKind, reading
from briefing.document.tree import Document
from briefing.formats.docx.writer import docx
from briefing.formats.html.page import page
from briefing.run.checks import composed
from briefing.themes.theme import Theme
from tests.docx.opened import Opened
from tests.running import EXAMPLES
from tools.houses import COMMANDS, HOUSES, made


@pytest.mark.parametrize("name", COMMANDS)
def test_a_sample_house_is_what_the_command_gives(name: str, tmp_path: Path) -> None:
    kept = {file.name: file.read_bytes() for file in (HOUSES / name).iterdir()}
    assert {file.name: file.read_bytes() for file in made(name, tmp_path).iterdir()} == kept


def words(document: Document) -> list[str]:
    """All that it says; the same words stand elsewhere in a drawing of another width."""
    return [piece.text for piece in reading(document) if piece.kind is not PieceKind.DRAWN]


def test_a_brief_in_two_houses_differs_in_look_and_not_in_a_word() -> None:
    themes = [Theme.load(HOUSES / name) for name in COMMANDS]
    first, second = (words(composed(EXAMPLES / "deposit-scheme", theme=theme)[1]) for theme in themes)
    assert first == second and len(first) > 200, "its own office's paper says the same whatever the house"
    lent = [composed(EXAMPLES / "iss-withdrawal", theme=theme)[1] for theme in themes]
    own = [{theme.tokens.office.name, theme.tokens.office.address} for theme in themes]
    said = [
        [text for text in words(document) if not any(word in text for word in theirs)]
        for document, theirs in zip(lent, own, strict=True)
    ]
    assert said[0] == said[1] and len(said[0]) > 100
    assert lent[0].masthead.logo is not None and lent[1].masthead.logo is not None
    assert lent[0].masthead.logo.content.vector != lent[1].masthead.logo.content.vector
    pages = [page(document, theme).decode() for document, theme in zip(lent, themes, strict=True)]
    styles = [
        Opened(docx(document, theme).data).parts["word/styles.xml"].decode()
        for document, theme in zip(lent, themes, strict=True)
    ]
    for place, theme in enumerate(themes):
        colour = theme.tokens.colour.accent
        assert colour in pages[place] and colour not in pages[1 - place]
        assert colour[1:].upper() in styles[place] and colour[1:].upper() not in styles[1 - place]
