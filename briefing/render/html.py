"""The document as HTML: a page frame and one small template a kind of node, all of which a theme may override."""

from __future__ import annotations

import re
import traceback
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.document.blocks import Figure
from briefing.document.drawing import Drawing, Picture
from briefing.document.tree import Document
from briefing.document.walk import walk
from briefing.errors import Place, Problem, RenderError
from briefing.render.inline import inline_html
from briefing.render.svg import svg
from briefing.render.theme import BASE, Theme

FRAME = "base.html.j2"
SUFFIX = ".j2"


class _ThemeLoader(BaseLoader):
    """Templates from a theme's folders, links out of them refused."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        try:
            return self.theme.read(template).decode("utf-8"), template, None
        except (KeyError, UnicodeDecodeError):
            raise TemplateNotFound(template) from None


def html(document: Document, theme: Theme) -> str:
    """The document in the theme's HTML. Raises `RenderError` when a template is missing or at fault, with its name and line."""
    environment = ImmutableSandboxedEnvironment(
        loader=_ThemeLoader(theme), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    known = {"document": document, "theme": {"name": theme.name}}

    def block(node: Any) -> Markup:
        return Markup(environment.get_template(f"blocks/{_kind(node)}.html.j2").render(known, node=node))

    environment.filters["inline"] = inline_html
    environment.globals.update(block=block, picture_url=picture_url)
    try:
        return environment.get_template(FRAME).render(known)
    except (
        TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise RenderError(_problem(error, theme)) from None


def _kind(node: Any) -> str:
    """The name of a node's template: ``item_list`` for an `ItemList`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(node).__name__).lower()


def _problem(error: Exception, theme: Theme) -> Problem:
    """What went wrong in which line of which template."""
    # Jinja puts the names and lines of templates into the traceback.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(SUFFIX)]
    place = Place(frames[-1].filename, frames[-1].lineno or 1) if frames else Place(FRAME)
    if isinstance(error, TemplateNotFound):
        missing = f"the theme '{theme.name}' has no template '{error.name}' that can be read"
        return Problem("template", missing, f"add it, or inherit from '{BASE}'", place=place)
    if isinstance(error, TemplateSyntaxError):
        place = Place(error.name or FRAME, error.lineno)
    return Problem("template", f"the template failed: {error}", f"mend it in the theme '{theme.name}'", place=place)


def picture_url(figure: Figure) -> str:
    """The address under which a figure's picture is served; it depends on nothing but the figure."""
    return f"asset:figure/{figure.id}.{'svg' if isinstance(figure.content, Drawing) else 'bin'}"


def pictures(document: Document, theme: Theme) -> dict[str, tuple[bytes, str]]:
    """The bytes and media type of every figure's picture by its address; drawings in the theme's colours."""
    inks = theme.inks()
    found: dict[str, tuple[bytes, str]] = {}
    for node in walk(document.sections):
        if isinstance(node, Figure):
            match node.content:
                case Drawing():
                    found[picture_url(node)] = (svg(node.content, inks).encode(), "image/svg+xml")
                case Picture(data=data, media_type=media_type):
                    found[picture_url(node)] = (data, media_type)
    return found
