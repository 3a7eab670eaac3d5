"""The table styles of the policy theme's reference document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.formats.docx.markup import Element, w
from briefing.formats.docx.reference_document import look


def table_styles() -> Iterator[Element]:
    """Word's own default, the grid that people know, and ours."""
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _margins(top=0, right=108, bottom=0, left=108)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="Table Grid"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=39),
        w(
            "tblPr",
            w(
                "tblBorders",
                *(_rule(side, 4, look.RULE) for side in ("top", "left", "bottom", "right", "insideH", "insideV")),
            ),
        ),
        type="table",
        styleId="TableGrid",
    )
    borders = w("tblBorders", _rule("bottom", 4, look.RULE), _rule("insideH", 4, look.RULE))
    yield w(
        "style",
        w("name", val="Briefing Table"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=1),
        w("qFormat"),
        w("tblPr", w("tblInd", w=0, type="dxa"), borders, _margins(top=70, right=110, bottom=30, left=0)),
        w("tcPr", w("vAlign", val="top")),
        w(
            "tblStylePr",
            w("rPr", w("b"), w("bCs")),
            w(
                "tcPr",
                w("tcBorders", _rule("bottom", 8, look.ACCENT)),
                w("vAlign", val="bottom"),
            ),
            type="firstRow",
        ),
        w("tblStylePr", w("tcPr", w("tcMar", w("right", w=0, type="dxa"))), type="lastCol"),
        type="table",
        customStyle=1,
        styleId="BriefingTable",
    )


def _rule(side: str, eighths: int, colour: str) -> Element:
    return w(side, val="single", sz=eighths, space=0, color=colour)


def _margins(*, top: int, right: int, bottom: int, left: int) -> Element:
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))
