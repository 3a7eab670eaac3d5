"""Making a document fit its pages: the densities of its theme are tried one after the other, and the first that fits is taken."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from briefing.formats import Artifact, Format, Request

THIN: Final = 0.2
"""A last page that is filled less than this is a waste of paper, and looks like a slip."""


def fitted(request: Request, paged: Format, most: int | None) -> tuple[Request, Artifact, str]:
    """The request in the density that fits, what `paged` makes of it, and the density's name, empty for the theme as it is.

    What fits has at most `most` pages, and a last page that is not thin. Where nothing has both, the first that has few enough pages is taken; where
    there is no limit, the theme as it is; where none is short enough, the one that has fewest lines too many. Raises `RenderError`.
    """
    tried: list[tuple[Request, Artifact, str]] = []
    for name in ("", *request.theme.tokens.density):
        asked = replace(request, theme=request.theme.in_density(name))
        made = paged.write(asked)
        if _is_short(made, most) and not _ends_thin(made):
            return asked, made, name
        tried.append((asked, made, name))
    short = (each for each in tried if _is_short(each[1], most))
    return next(short, None) or min(tried, key=lambda each: _over(each[1], most or 0))


def _is_short(made: Artifact, most: int | None) -> bool:
    return most is None or (made.pages or 0) <= most


def _ends_thin(made: Artifact) -> bool:
    return made.layout is not None and len(made.layout.pages) > 1 and made.layout.last < THIN


def _over(made: Artifact, most: int) -> float:
    return sum(made.layout.pages[most:]) if made.layout is not None else 0
