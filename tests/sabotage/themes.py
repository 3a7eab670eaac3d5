"""Themes that change what a brief says or shows, made on the spot from the policy theme."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.resources import templates_folder
from briefing.themes.theme import Theme


def template(name: str) -> str:
    """A template of the policy theme."""
    return (templates_folder() / "policy" / name).read_text(encoding="utf-8")


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """A template of the policy theme with `old` replaced by `new`, by its name. `old` must be there."""
    text = template(name)
    assert old in text, f"{name} has no {old!r}"
    return {name: text.replace(old, new)}


def theme(folder: Path, css: str = "", templates: Mapping[str, str] = {}, screen: str = "") -> Theme:
    """A theme in `folder` that inherits the policy theme and adds `css`, `screen` (for screens) and `templates` to it."""
    (folder / "blocks").mkdir(parents=True, exist_ok=True)
    (folder / "print.css").write_text(css, encoding="utf-8")
    (folder / "screen.css").write_text(screen, encoding="utf-8")
    for name, text in templates.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Theme.load(folder)


def found(process: PdfProcess, document: Document, look: Theme) -> tuple[Problem, ...]:
    """What reading back finds in the document's PDF in that theme."""
    return verify_pdf(document, process.render(document, look).data)


def found_in_page(document: Document, look: Theme) -> tuple[Problem, ...]:
    """What reading back finds in the document's HTML in that theme."""
    return verify_html(document, page(document, look))


def names(problems: tuple[Problem, ...], code: str, *words: str) -> bool:
    """Whether one of the problems has that code and all those words."""
    return any(problem.code == code and all(word in str(problem) for word in words) for problem in problems)
