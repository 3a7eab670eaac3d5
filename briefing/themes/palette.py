"""A palette out of one colour: everything that a theme tints, such that text is read and drawings can be told apart in grey."""

from __future__ import annotations

from typing import Final

from briefing.document.colours import READABLE, contrast_of, readable, shade, shade_of
from briefing.themes.theme import WHITE
from briefing.themes.tokens import ColourTokens

ON_PAPER: Final = ("ink", "accent", "secondary", "label", "link", "reference", "negative", "caution", "positive")
"""The colours that text is set in, on white paper."""
ON_PALE: Final = ("ink", "accent", "secondary", "link", "reference")
"""Those in which text is set on the pale ground of the bottom line, too."""
APART: Final = 1.8
"""The contrast that two inks of drawings keep, so that a copy in grey still shows two."""
_COLOURLESS: Final = 0.02
"""Chroma: below it a colour is a grey, in which a link would be told by its underline alone."""


def palette(colour: str) -> dict[str, str]:
    """The tokens of ``[colour]`` for an office whose colour is `colour`, as ``#7a1f3d``.

    Its hue tints greys and grounds; itself it is kept, or darkened until headings in it can be read. The colours of judgements are none of an
    office's: they stay as they are inherited.
    """
    lightness, chroma, hue = shade_of(colour)
    pale = shade(0.962, min(0.2 * chroma, 0.014), hue)
    accent = colour.lower()
    if contrast_of(accent, pale) < READABLE:
        accent = readable(lightness, chroma, hue, pale)
    found = {
        "ink": shade(0.26, min(0.2 * chroma, 0.02), hue),
        "accent": accent,
        "secondary": shade(0.39, min(0.25 * chroma, 0.025), hue),
        "label": shade(0.44, min(0.25 * chroma, 0.025), hue),
        "rule": shade(0.82, min(0.25 * chroma, 0.022), hue),
        "edge": shade(0.71, min(0.5 * chroma, 0.05), hue),
        "pale": pale,
    }
    if chroma >= _COLOURLESS:
        vivid = max(chroma, 0.11)
        found["link"] = readable(min(0.47, max(0.42, lightness)), vivid, hue, pale, 5.5)
        found["reference"] = readable(0.44, min(chroma, 0.08), hue, pale, 5.5)
    return found


def faults(colours: ColourTokens) -> list[tuple[str, str]]:
    """What cannot be read, or told apart: the token, and in words why."""
    found = []
    for tokens, ground, name in (
        (ON_PAPER, WHITE, "white"),
        (ON_PALE, colours.pale, f"'colour.pale' ({colours.pale})"),
    ):
        for token in tokens:
            has = contrast_of(getattr(colours, token), ground)
            if has < READABLE:
                given = getattr(colours, token)
                found.append((token, f"text in 'colour.{token}' ({given}) has a contrast of {has:.2f} to 1 on {name}"))
    inks = {"accent": colours.accent, "edge": colours.edge, "white": WHITE}
    for first, second in (("accent", "edge"), ("edge", "white")):
        has = contrast_of(inks[first], inks[second])
        if has < APART:
            said = f"'{first}' and '{second}' of drawings have a contrast of {has:.2f} to 1: in grey they look the same"
            found.append(("edge", said))
    return found
