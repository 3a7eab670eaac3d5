"""The document as HTML: a page frame and one small template a kind of node, all of which a theme may override."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.document.blocks import Figure
from briefing.document.drawing import Drawing, Picture
from briefing.document.tree import Document
from briefing.document.walk import walk
from briefing.errors import Problem, RenderError
from briefing.render.inline import inline_html
from briefing.render.svg import svg
from briefing.render.theme import Theme

FRAME = "base.html.j2"


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
    environment.filters["inline"] = inline_html
    kinds: dict[str, Any] = {}

    def block(node: Any) -> Markup:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(node).__name__).lower()
        if kind not in kinds:
            kinds[kind] = environment.get_template(f"blocks/{kind}.html.j2")
        return Markup(kinds[kind].render(node=node, document=document, theme=theme.name))

    environment.globals["block"] = block
    environment.globals["picture_url"] = picture_url
    environment.globals["is_drawing"] = lambda content: isinstance(content, Drawing)
    try:
        return environment.get_template(FRAME).render(document=document, theme=theme.name)
    except TemplateSyntaxError as error:
        raise RenderError(
            Problem(
                "template", f"{error.name}, line {error.lineno}: {error.message}", "mend the template", path=theme.name
            )
        ) from None
    except TemplateNotFound as error:
        raise RenderError(
            Problem("template", f"the theme has no {error.name}", "add it or inherit from 'policy'", path=theme.name)
        ) from None
    except (
        TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise RenderError(
            Problem("template", f"a template failed: {error}", "mend the template", path=theme.name)
        ) from None


def picture_url(figure: Figure) -> str:
    """The address under which a figure's picture is served; it depends on nothing but the figure."""
    return f"asset:figure/{figure.id}.{'svg' if isinstance(figure.content, Drawing) else 'bin'}"


def pictures(document: Document) -> dict[str, tuple[bytes, str]]:
    """The bytes and media type of every figure's picture by its address."""
    found: dict[str, tuple[bytes, str]] = {}
    for node in walk(document.sections):
        if isinstance(node, Figure):
            match node.content:
                case Drawing():
                    found[picture_url(node)] = (svg(node.content).encode(), "image/svg+xml")
                case Picture(data=data, media_type=media_type):
                    found[picture_url(node)] = (data, media_type)
    return found
