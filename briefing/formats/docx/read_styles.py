"""How text of a DOCX looks as far as seeing it goes: hidden, flat, colour, size, background."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from briefing.document.colours import contrast_of
from briefing.formats.docx.elements import Element, child, children, name, number, switched_on, value, whole

_LEAST_LINE: Final = 100
"""In twentieths of a point: less cannot show type of 5 points."""
_MOST_INDENT: Final = 14400
"""Ten inches in twentieths of a point: further than any of our papers is wide."""


def paragraph_fault(styles: StyleSheet, paragraph: Element) -> str | None:
    """Why nothing of a paragraph can be seen, or None."""
    spacing = styles.paragraph_property(paragraph, "spacing")
    height = number(spacing, "line")
    if value(spacing, "lineRule") == "exact" and height is not None and height < _LEAST_LINE:
        return f"has lines {height / 20:g} points high"
    for indent in styles.paragraph_properties(paragraph, "ind"):
        sides = [number(indent, side) or 0 for side in ("left", "start", "right", "end", "firstLine")]
        if max(map(abs, sides)) > _MOST_INDENT:
            return "is indented off the page"
    frame = styles.paragraph_property(paragraph, "framePr")
    if frame is not None and max(abs(number(frame, side) or 0) for side in ("x", "y")) > _MOST_INDENT:
        return "is placed off the page"
    return None


def exact_line(spacings: Iterable[Element]) -> int:
    """The one height that lines have by these properties, nearest first, in twentieths of a point (ECMA-376 17.3.1.33); 0
    where lines grow with what stands in them.
    """
    rules = list(spacings)
    rule = next((said for each in rules if (said := value(each, "lineRule"))), "auto")
    return next((line for each in rules if (line := number(each, "line"))), 0) if rule == "exact" else 0


def cell_fault(cell: Element) -> str | None:
    """Why nothing of a table cell can be seen, or None: what continues a merged cell shows that cell's text instead."""
    merged = child(cell, "tcPr", "vMerge")
    return "stands in a cell that is merged away" if merged is not None and value(merged) != "restart" else None


def row_fault(row: Element) -> str | None:
    """Why nothing of a table row can be seen, or None."""
    height = child(row, "trPr", "trHeight")
    if value(height, "hRule") == "exact" and (number(height) or 0) < _LEAST_LINE:
        return "stands in a row too flat to show it"
    return "stands in a hidden row" if switched_on(child(row, "trPr", "hidden")) else None


LEAST_SIZE: Final = 10
"""The smallest type, in half-points, that counts as readable: 5 points."""

_LEAST_CONTRAST: Final = 1.5
"""By the formula of WCAG 2.2: light grey (#ccc) on white has 1.6, black on white 21."""
_DEFAULT_SIZE: Final = 20
_WHOLE_WIDTH: Final = 100
_LEAST_WIDTH: Final = 34
"""In per cent; the narrowest that Word's own menu offers."""
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_FILL: Final = f"{_W14}textFill"
_LOOKS: Final = frozenset((*map(name, ("vanish", "color", "sz", "shd", "highlight", "w")), _TEXT_FILL))
_CLEAR: Final = 90_000
"""In thousandths of a per cent of transparency."""
_HIGHLIGHTS: Final = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


class CellLook(Struct, frozen=True):
    """What a table gives to the text of a cell: formatting of its runs and shading, nearest first."""

    run_properties: tuple[Element, ...] = ()
    shadings: tuple[Element, ...] = ()


class StyleSheet:
    """The styles of one document."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {each.get(name("styleId"), ""): each for each in children(root, "style")}
        usual = (key for key, each in self._styles.items() if value(each, "default") in ("1", "true", "on"))
        self._default = next((key for key in usual if value(self._styles[key], "type") == "paragraph"), "")
        self._root = root
        self._defaults = self.defaults("rPr")
        self._chains: dict[str, tuple[Element, ...]] = {}
        self._faults: dict[tuple[str | None, str, CellLook], str | None] = {}

    @property
    def language(self) -> str:
        """The language of text that says nothing else; empty when there is none."""
        return value(child(self._defaults, "lang")) or ""

    def chain(self, style: str | None) -> tuple[Element, ...]:
        """The style with that id and those it is based on, nearest first."""
        key = style or ""
        if key not in self._chains:
            found: list[Element] = []
            step: str | None = key
            while step and step in self._styles and self._styles[step] not in found:
                found.append(self._styles[step])
                step = value(child(found[-1], "basedOn"))
            self._chains[key] = tuple(found)
        return self._chains[key]

    def defaults(self, holder: str) -> Element | None:
        """What the document gives to all paragraphs (`pPr`) or runs (`rPr`)."""
        return child(self._root, "docDefaults", f"{holder}Default", holder)

    def exact_line(self, paragraph: Element) -> int:
        """The one height of a paragraph's lines in twentieths of a point; 0 where they grow with what stands in them."""
        return exact_line(
            [*self.paragraph_properties(paragraph, "spacing"), *children(self.defaults("pPr"), "spacing")]
        )

    def paragraph_property(self, paragraph: Element, local: str) -> Element | None:
        """A property of a paragraph: its own, or the nearest style's that has it."""
        return next(self.paragraph_properties(paragraph, local), None)

    def paragraph_properties(self, paragraph: Element, local: str) -> Iterator[Element]:
        """That property of the paragraph and of each of its styles that has it, nearest first."""
        own = child(paragraph, "pPr")
        style = value(child(own, "pStyle")) or self._default
        for holder in (own, *(child(each, "pPr") for each in self.chain(style))):
            found = child(holder, local)
            if found is not None:
                yield found

    def fault(self, own: Element | None, paragraph: Element, cell: CellLook) -> str | None:
        """Why text in `paragraph` with the run properties `own` cannot be seen, or None."""
        style = value(child(paragraph, "pPr", "pStyle")) or self._default
        direct = own is not None and any(each.tag in _LOOKS for each in own)
        if direct or child(paragraph, "pPr", "shd") is not None:
            return self._fault(own, style, paragraph, cell)
        key = (value(child(own, "rStyle")), style, cell)
        if key not in self._faults:
            self._faults[key] = self._fault(own, style, paragraph, cell)
        return self._faults[key]

    def _fault(self, own: Element | None, style: str, paragraph: Element, cell: CellLook) -> str | None:
        of_paragraph = [child(each, "rPr") for each in self.chain(style)]
        of_character = [child(each, "rPr") for each in self.chain(value(child(own, "rStyle")))]
        layers = [own, *of_character, *of_paragraph, *cell.run_properties, self._defaults]
        if self._hidden(own, of_character, of_paragraph):
            return "is hidden text"
        size, width = (
            next((found for each in layers if (found := number(child(each, local))) is not None), otherwise)
            for local, otherwise in (("sz", _DEFAULT_SIZE), ("w", _WHOLE_WIDTH))
        )
        if size < LEAST_SIZE:
            return f"is set in type of {size / 2:g} points, smaller than 5"
        if width < _LEAST_WIDTH:
            return f"is squeezed to {width} % of its width"
        fills = (layer.find(_TEXT_FILL) for layer in layers if layer is not None)
        fill = next((each for each in fills if each is not None), None)
        if fill is not None and _is_clear(fill):
            return "is transparent"
        colour = next((held for each in layers if (held := value(child(each, "color")))), "auto")
        if colour != "auto" and contrast_of(colour, self._background(layers, paragraph, cell)) < _LEAST_CONTRAST:
            return "has the colour of its background"
        return None

    def _hidden(self, own: Element | None, *levels: Sequence[Element | None]) -> bool:
        """Hidden is a toggle: styles of two levels cancel each other out, direct formatting decides (17.7.3)."""
        direct = child(own, "vanish")
        if direct is not None:
            return switched_on(direct)
        on = False
        for level in levels:
            found = next((each for holder in level if (each := child(holder, "vanish")) is not None), None)
            on ^= switched_on(found)
        return on

    def _background(self, layers: Sequence[Element | None], paragraph: Element, cell: CellLook) -> str:
        for layer in layers:
            highlight = _HIGHLIGHTS.get(value(child(layer, "highlight")) or "")
            if highlight:
                return highlight
        shadings = (
            *(child(layer, "shd") for layer in layers),
            *self.paragraph_properties(paragraph, "shd"),
            *cell.shadings,
        )
        fills = (value(each, "color" if value(each) == "solid" else "fill") for each in shadings)
        return next((fill for fill in fills if fill and fill != "auto"), "FFFFFF")

    def cell_look(self, table: Element, cell: Element, row: int, last_row: int, column: int) -> CellLook:
        """What the table, its style and the cell give to the text in that place."""
        chain = self.chain(value(child(table, "tblPr", "tblStyle")))
        conditions = set(_conditions(child(table, "tblPr", "tblLook"), row, last_row, column))
        runs: list[Element] = []
        shadings = [each for each in (child(cell, "tcPr", "shd"),) if each is not None]
        for style in chain:
            parts = [each for each in children(style, "tblStylePr") if value(each, "type") in conditions]
            for part in (*parts, style):
                runs += children(part, "rPr")
                shadings += (each for each in (child(part, "tcPr", "shd"),) if each is not None)
        own = child(table, "tblPr", "shd")
        return CellLook(tuple(runs), (*shadings, *(() if own is None else (own,))))


def _conditions(look: Element | None, row: int, last_row: int, column: int) -> Iterator[str]:
    """The conditional formats of a table style that apply in a place (ECMA-376 17.4.56)."""
    bits = whole(value(look), base=16)

    def asked(part: str, bit: int) -> bool:
        said = value(look, part)
        return said in ("1", "true", "on") if said is not None else bool(bits & bit)

    if asked("firstRow", 0x0020) and row == 0:
        yield "firstRow"
    if asked("lastRow", 0x0040) and row == last_row:
        yield "lastRow"
    if asked("firstColumn", 0x0080) and column == 0:
        yield "firstCol"
    if not asked("noHBand", 0x0200):
        first = 1 if asked("firstRow", 0x0020) else 0
        if row >= first:
            yield "band1Horz" if (row - first) % 2 == 0 else "band2Horz"


def _is_clear(fill: Element) -> bool:
    """Whether a fill of text is none or lets nearly all light through (MS-DOCX 2.7.9)."""
    if fill.find(f"{_W14}noFill") is not None:
        return True
    return any(whole(each.get(f"{_W14}val")) > _CLEAR for each in fill.iter(f"{_W14}alpha"))
