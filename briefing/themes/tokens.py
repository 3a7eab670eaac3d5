"""The tokens of a theme: every colour, font, size, space and margin by its role, once for all formats.

They are plain dataclasses, which pydantic checks when a `theme.toml` is read: the process that lays out pages is sent
them, and starts without pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, ClassVar, Final, Literal, get_args, get_type_hints

from briefing.errors import Problem, UsageError, did_you_mean, first_of, shown
from briefing.lengths import A4, PAPER_SIZES, Length, PaperSize
from briefing.themes.token_values import (
    BoxKind,
    Colour,
    Columns,
    Distance,
    Edge,
    Factor,
    FamilyName,
    FamilyNames,
    FigurePlace,
    FontPath,
    FootnotePlace,
    Height,
    LabelPoints,
    MastheadKind,
    OneLine,
    PicturePath,
    Points,
    Room,
    WatermarkWords,
)
from briefing.toml_file import TomlFile

_KNOWN_ONLY = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourTokens:
    """Colours by what they are for."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    ink: Colour
    """Text, and words in drawings."""
    accent: Colour
    """Headings, strong rules, markers and bars of drawings."""
    secondary: Colour
    """Text of second rank: subtitles, captions, details, running lines."""
    label: Colour
    """Labels, neutral shapes, axes of drawings."""
    rule: Colour
    """Fine rules of tables and running lines."""
    edge: Colour
    """Rules beside quotations, boxes round marks, spans of time in drawings."""
    pale: Colour
    """The ground behind the bottom line."""
    link: Colour
    """Links to the web."""
    reference: Colour
    """Citations, cross-references, the series' line."""
    negative: Colour
    """Opposed, overdue."""
    caution: Colour
    """Mixed."""
    positive: Colour
    """Supportive, answered, verbatim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontTokens:
    """The family, and its files unless it is bundled."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    family: FamilyName
    """The family of all text."""
    fallbacks: FamilyNames = ""
    """Families like it, for readers whose program shows no embedded fonts."""
    regular: FontPath = ""
    """The file of the upright face. None is needed for a bundled family."""
    bold: FontPath = ""
    """The file of the bold face."""
    italic: FontPath = ""
    """The file of the italic face."""
    bold_italic: FontPath = ""
    """The file of the bold italic face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeTokens:
    """Type sizes in points. Word rounds them up to halves."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    title: Points
    """The title."""
    form: Points
    """The name of the form in the masthead."""
    subtitle: Points
    """The line under it."""
    heading: Points
    """Headings of sections."""
    subheading: Points
    """Headings within sections."""
    bottom_line: Points
    """The bottom line."""
    quotation: Points
    """Words quoted."""
    key_figure: Points
    """Key figures."""
    text: Points
    """Running text."""
    secondary: Points
    """Attributions, the series' line, the handling marking."""
    fact: Points
    """Facts of the masthead."""
    small: Points
    """Tables, captions, sources, introductions, details."""
    fine: Points
    """Labels of quotations, details in tables, citations."""
    running: Points
    """Running lines, marks of change."""
    drawing: LabelPoints
    """Labels of drawings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceTokens:
    """Space; 1 is as designed, 1.1 a tenth more."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    lines: Factor
    """The distance of lines."""
    paragraphs: Factor
    """Between paragraphs, items and quotations."""
    headings: Factor
    """Around headings."""
    rows: Factor
    """In rows of tables."""
    figure: Height
    """How tall a picture may be, in millimetres."""
    indent: Room
    """How far running text stands in from headings and tables, in millimetres."""
    gutter: Room
    """Between columns, in millimetres."""
    beside: Room
    """What lines of running text leave free at their ends, for a pen, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginTokens:
    """Margins of an A4 page in millimetres; a Letter page is set a little further in, to the same width of text."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    top: Edge
    """Above the text."""
    right: Edge
    """At its right."""
    bottom: Edge
    """Below it."""
    left: Edge
    """At its left."""
    header: Distance
    """From the edge of the paper to the lines at its head."""
    footer: Distance
    """From the edge of the paper to the lines at its foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutTokens:
    """How a page is built; every format follows."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    columns: Columns
    """Columns of running text. Tables of more than three columns and wide drawings go over both, and annexes begin no page."""
    source_columns: Columns
    """Columns of the numbered sources."""
    masthead: MastheadKind
    """`rules` above and below it, a `band` of colour with the form's name, or a `letter`: title, then To, From, Copy, Date between rules."""
    boxes: BoxKind
    """Whether the bottom line stands on a `tinted` ground or between rules (`ruled`)."""
    half_figures: FigurePlace
    """Where a figure at half width stands that ends a section of lists and short texts: `below` them, or `beside` them."""
    footnotes: FootnotePlace
    """Where they stand in the PDF: at the end of the `section`, or at the foot of the `page`, as in Word. In two columns they end the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTokens:
    """The office that issues a brief that names none."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    name: OneLine = ""
    """Its name, printed above the title; without it nothing of the office is printed."""
    unit: OneLine = ""
    """The directorate, division or team."""
    address: OneLine = ""
    """Where it is; printed at the end."""
    web: OneLine = ""
    """Its page on the web; printed at the end."""
    logo: PicturePath = ""
    """The file of its logo, an SVG, PNG or JPEG; printed beside the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityTokens:
    """How much closer than designed a theme may be set; 1 is as designed, 0.9 a tenth less."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    lines: Factor = 1
    """The distance of lines."""
    paragraphs: Factor = 1
    """Between paragraphs, items and quotations."""
    headings: Factor = 1
    """Around headings."""
    rows: Factor = 1
    """In rows of tables."""
    sizes: Factor = 1
    """Type, but for running lines and drawings; never below `least`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastTokens:
    """The smallest type, in points, that a density may come to."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    text: Points = 9.5
    """Running text, the bottom line and words quoted."""
    notes: Points = 7.5
    """All else."""


_READ: Final = ("text", "bottom_line", "quotation")
_AS_THEY_ARE: Final = ("running", "drawing")
"""What stands outside the text, or is drawn before a density is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """All tokens of a theme; each field but `paper` and `description` is a table of `theme.toml`."""

    __pydantic_config__: ClassVar = _KNOWN_ONLY
    colour: ColourTokens
    font: FontTokens
    size: SizeTokens
    space: SpaceTokens
    margin: MarginTokens
    layout: LayoutTokens
    paper: Literal["A4", "Letter"] = field(default="A4")
    """The sheet of a brief that names none."""
    watermark: WatermarkWords = field(default="")
    """A word such as DRAFT, set large and pale behind every page."""
    description: OneLine = field(default="")
    """What the theme is for; `briefing themes list` prints it. It is not inherited."""
    office: OfficeTokens = field(default_factory=OfficeTokens)
    density: dict[str, DensityTokens] = field(default_factory=dict, hash=False)
    """The densities that `fit` tries, in this order."""
    least: LeastTokens = field(default_factory=LeastTokens)

    def in_density(self, name: str) -> Tokens:
        """The tokens in one of the densities; sizes come in quarters of a point."""
        asked = self.density[name]
        sizes = {}
        for each in fields(self.size):
            size, least = getattr(self.size, each.name), self.least.text if each.name in _READ else self.least.notes
            if each.name not in _AS_THEY_ARE:
                sizes[each.name] = max(min(size, least), round(size * asked.sizes * 4) / 4)
        spaces = {
            key: getattr(self.space, key) * getattr(asked, key) for key in ("lines", "paragraphs", "headings", "rows")
        }
        return replace(self, size=replace(self.size, **sizes), space=replace(self.space, **spaces))

    @property
    def text_width(self) -> float:
        """The room between the margins, which Letter pages have, too, in points."""
        return A4.width.points - Length.from_millimetres(self.margin.left + self.margin.right).points

    @property
    def measure(self) -> float:
        """How wide running text is, in points: one of its columns, or what it leaves free of a single one."""
        space, columns, width = self.space, self.layout.columns, self.text_width
        free = space.gutter * (columns - 1) if columns > 1 else space.indent + space.beside
        return (width - Length.from_millimetres(free).points) / columns

    @property
    def paper_size(self) -> PaperSize:
        """The sheet of a brief that names none, with its measures."""
        return PAPER_SIZES[self.paper]

    def css_variables(self) -> str:
        """Each token as a custom property of the root: `size.bottom_line` is ``var(--size-bottom-line)``."""
        held = "".join(f"  {name}: {value};\n" for name, value in (*_properties(self), *_steps(self.size)))
        return f":root {{\n{held}}}\n"


def _steps(size: SizeTokens) -> Iterator[tuple[str, str]]:
    """Each type size in running texts, for a screen, whose reader decides how large that is: ``var(--step-title)``."""
    for each in fields(size):
        yield f"--step-{each.name}".replace("_", "-"), f"{getattr(size, each.name) / size.text:.4g}rem"


def _properties(tokens: Tokens) -> Iterator[tuple[str, str]]:
    for table in ("colour", "font", "size", "space", "margin", "layout"):
        values = getattr(tokens, table)
        hints = get_type_hints(type(values), include_extras=True)
        for each in fields(values):
            value, unit = getattr(values, each.name), hints[each.name].__metadata__[0].unit
            if unit == "names":
                value = ", ".join(f'"{name.strip()}"' for name in value.split(",")) if value else "sans-serif"
                unit = ""
            if unit is not None:
                name = f"--{table}-{each.name}".replace("_", "-")
                yield name, value if isinstance(value, str) else f"{value:g}{unit}"


def merged(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a theme over those it inherits. A family of its own comes with files of its own."""
    whole = dict(inherited)
    for name, value in own.items():
        before = whole.get(name)
        keeps = isinstance(value, dict) and isinstance(before, dict) and not (name == "font" and "family" in value)
        whole[name] = {**before, **value} if keeps else value  # type: ignore[dict-item]  # `keeps` says it is a table
    return whole


def checked(values: Mapping[str, Any], file: TomlFile) -> Tokens:
    """The tokens that `values` give. Raises `UsageError` with every fault at its place in `file`."""
    # Only what reads a theme's settings needs it.
    from pydantic import ValidationError

    try:
        tokens: Tokens = _adapter().validate_python(values)
        return tokens
    except ValidationError as error:
        faults = (([*map(str, found["loc"])], found) for found in error.errors(include_url=False))
        problems = (Problem("theme", *_fault(keys, found), place=file.place_of(*keys)) for keys, found in faults)
        raise UsageError(first_of(problems)) from None


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Tokens)


def _fault(keys: list[str], found: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with the value at `keys`, and what would be right."""
    table: Any = Tokens
    for key in keys[:-1]:
        hints = get_type_hints(table) if is_dataclass(table) else {}
        table = hints[key] if key in hints else get_args(table)[-1]  # the densities have names of the theme's own
    known = [each.name for each in fields(table)] if is_dataclass(table) else []
    called = shown(".".join(keys))
    match found["type"]:
        case "unexpected_keyword_argument":
            hint = did_you_mean(keys[-1], known if len(keys) > 1 else ["inherits", *known], most=20)
            return f"'{called}' is not a token of a theme", hint
        case "dataclass_type" | "dict_type":
            return f"'{called}' is not a table", f"write [{called}] and its tokens below it"
        case "missing":
            return f"the token '{called}' is missing", "add it"
    given = shown(str(found["input"]))
    if keys == ["paper"]:
        return f"'{given}' is not a paper", 'write "A4" or "Letter"'
    limits = get_type_hints(table, include_extras=True)[keys[-1]].__metadata__[0]
    return f"'{called}' cannot be '{given}'", limits.right
