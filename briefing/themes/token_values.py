"""What the value of a token may be, and what would be right where it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Struct


class Bounds(Struct, frozen=True):
    """What a token may be: `right` in words, `rule` as pydantic's core schema has it.

    `unit` is its unit in CSS, "names" for names of families, None for what is not for CSS.
    """

    right: str
    rule: Mapping[str, Any]
    unit: str | None = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        """Pydantic's own schema of the type, and the rule."""
        return {**handler(source), "strict": True, **self.rule}


def _number(what: str, low: float, high: float, unit: str) -> Bounds:
    return Bounds(f"write a number{what and f' {what}'} from {low:g} to {high:g}", {"ge": low, "le": high}, unit)


_NAME = r"""[^"'\\;{}<>,\p{Cc}]+"""
Colour = Annotated[str, Bounds('write a colour as "#1b3a5c"', {"pattern": "^#[0-9a-fA-F]{6}$"})]
FamilyName = Annotated[str, Bounds("write the name of one family", {"pattern": f"^{_NAME}$"}, "names")]
FamilyNames = Annotated[
    str, Bounds('write names as "Calibri, Arial"', {"pattern": f"^({_NAME}(,{_NAME})*)?$"}, "names")
]
FontPath = Annotated[
    str, Bounds("write the path of a font file in the theme's folder", {"pattern": f"^({_NAME})?$"}, None)
]
PicturePath = Annotated[
    str, Bounds("write the path of an SVG, PNG or JPEG in the theme's folder", {"pattern": f"^({_NAME})?$"}, None)
]
WatermarkWords = Annotated[str, Bounds("write at most 30 letters", {"pattern": r"^\P{Cc}{0,30}$"}, None)]
OneLine = Annotated[str, Bounds("write one line of text", {"pattern": r"^\P{Cc}*$"}, None)]
Points = Annotated[float, _number("of points", 5, 72, "pt")]
LabelPoints = Annotated[float, _number("of points", 6, 10, "pt")]
Edge = Annotated[float, _number("of millimetres", 10, 80, "mm")]
Distance = Annotated[float, _number("of millimetres", 3, 60, "mm")]
Height = Annotated[float, _number("of millimetres", 30, 200, "mm")]
Room = Annotated[float, _number("of millimetres", 0, 80, "mm")]
Factor = Annotated[float, _number("", 0.5, 2, "")]
Columns = Annotated[int, Bounds("write 1 or 2", {"ge": 1, "le": 2}, "")]


def _one_of(*words: str) -> Bounds:
    return Bounds(f"write {' or '.join(words)}", {"pattern": f"^({'|'.join(words)})$"}, None)


MastheadKind = Annotated[str, _one_of("rules", "band", "letter")]
BoxKind = Annotated[str, _one_of("tinted", "ruled")]
FigurePlace = Annotated[str, _one_of("below", "beside")]
FootnotePlace = Annotated[str, _one_of("section", "page")]
