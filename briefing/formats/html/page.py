"""The document as one HTML file for the screen: its style, fonts and pictures are inside, and its policy lets nothing
else in.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from markupsafe import Markup, escape

from briefing.document.drawing import Drawing
from briefing.document.inlines import FootnoteReference, NoteReference
from briefing.document.tree import Document, Figure, Logo
from briefing.document.walk import walk
from briefing.errors import Place, Problem, RenderError
from briefing.formats.html.blocks import html, svg
from briefing.formats.html.fonts import data_url, faces
from briefing.themes.theme import SCREEN_STYLE_SHEET, Theme
from briefing.themes.watermark import watermark_of

FRAME: Final = "screen.html.j2"
POLICY: Final = (
    "default-src 'none'; img-src data:; font-src data:; style-src {style}; base-uri 'none'; form-action 'none'"
)
"""Content Security Policy (W3C CSP3): pictures and fonts from the file itself, one style sheet known by its hash, and
no script.
"""

_STYLE, _HASH = "\0style\0", "\0hash\0"  # no brief holds a NUL
_THEME_FILE: Final = re.compile(r"""url\(\s*(["']?)asset:theme/([^"')\s]+)\1\s*\)""")
# Quotation marks of the brief's own are escaped.
_THEME_PICTURE: Final = re.compile(r'(?<= src=")asset:theme/([^"]+)(?=")')
_MEDIA_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_MEDIA_TYPES.update((suffix, f"font/{suffix}") for suffix in ("ttf", "otf", "woff", "woff2"))


def page(document: Document, theme: Theme) -> bytes:
    """The finished file, in UTF-8. Equal inputs give equal bytes. Raises `RenderError` when the theme is at fault."""

    def picture_url(figure: Figure | Logo) -> str:
        content = figure.content
        if isinstance(content, Drawing):
            return data_url(svg(content, theme).encode(), "image/svg+xml")
        return data_url(content.vector or content.data, "image/svg+xml" if content.vector else content.media_type)

    def picture(figure: Figure | Logo) -> Markup:
        """The figure's picture in the page: a drawing as SVG, whose words are then set in the page's fonts."""
        content = figure.content
        if isinstance(content, Drawing):
            attributes = f' class="drawing" role="img" aria-label="{escape(figure.alt)}"'
            return Markup(svg(content, theme, attributes=attributes))
        image = Markup('<img src="{}" alt="{}" width="{}" height="{}">')
        return image.format(picture_url(figure), figure.alt, content.width, content.height)

    text = html(
        document,
        theme,
        FRAME,
        medium="screen",
        picture=picture,
        picture_url=picture_url,
        mentions=mentions(document),
        style=_STYLE,
        policy=_HASH,
    )
    try:
        text = _THEME_PICTURE.sub(lambda found: _theme_file(theme, found[1]), text)
    except KeyError as error:
        raise _fault(theme, f"it has no file '{error.args[0]}'", "add it to its folder") from None
    style = faces(text, theme) + theme.css_variables() + style_sheet(theme) + _watermark(document, theme)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = POLICY.format(style=f"'sha256-{digest}'")
    return text.replace(_STYLE, style, 1).replace(_HASH, policy, 1).encode()


_BEHIND: Final = (
    '\nbody {{ background-image: url("{address}"); background-repeat: no-repeat; background-position: center; '
    "background-attachment: fixed; background-size: min(90vw, 52rem); print-color-adjust: exact }}\n"
)
_WATERMARK_GREY, _WATERMARK_OPACITY = "#808080", 0.2
"""A grey that is pale on light grounds and on dark ones."""


def _watermark(document: Document, theme: Theme) -> str:
    """The rule that sets the watermark behind the text, where it stays while the text is scrolled."""
    if not document.watermark:
        return ""
    drawn = watermark_of(theme, document.watermark).svg(_WATERMARK_GREY, _WATERMARK_OPACITY)
    return _BEHIND.format(address=data_url(drawn.encode(), "image/svg+xml"))


def mentions(document: Document) -> dict[str, list[str]]:
    """The ids of every mention of each note and footnote, in reading order."""
    found: dict[str, list[str]] = {}
    for node in walk((document.masthead, document.sections)):
        if isinstance(node, NoteReference | FootnoteReference):
            goal = node.note if isinstance(node, NoteReference) else node.footnote
            found.setdefault(goal, []).append(node.anchor)
    return found


def style_sheet(theme: Theme) -> str:
    """The sheets of the theme and of what it inherits, with the theme's own files in place of their addresses.

    Raises `RenderError` for a file that the theme does not have, and for a sheet that is not UTF-8 or would end the
    element that it stands in.
    """
    try:
        text = "\n".join(sheet.decode("utf-8") for sheet in theme.style_sheets(SCREEN_STYLE_SHEET))
        text = _THEME_FILE.sub(lambda found: f'url("{_theme_file(theme, found[2])}")', text)
    except KeyError as error:
        raise _fault(theme, f"it has no file '{error.args[0]}'", "add it to its folder") from None
    except UnicodeDecodeError:
        raise _fault(theme, "it is not UTF-8", "save it as UTF-8") from None
    if "</" in text:
        raise _fault(theme, "it holds '</', which ends a style sheet in HTML", "write '<\\/'")
    return text


def _theme_file(theme: Theme, name: str) -> str:
    media_type = _MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return data_url(theme.read(name), media_type)


def _fault(theme: Theme, what: str, hint: str) -> RenderError:
    message = f"the theme '{theme.name}' cannot be used for screens: {what}"
    return RenderError(Problem("template", message, hint, place=Place(SCREEN_STYLE_SHEET)))
