"""The document as HTML: a page frame and one small template a kind of node, all of which a theme may override."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any, Final, TypedDict, assert_never

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct, field

from briefing.document.columns import Band, bands
from briefing.document.drawing import Box, Disc, Drawing, Ink, Label, Pattern, Picture, Shape, Stroke, filled
from briefing.document.inlines import (
    EMPTY_BOX,
    Abbreviation,
    CheckBox,
    Citation,
    CrossReference,
    Emphasis,
    FootnoteReference,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.reading import NO_BREAK_SPACE, inline_text
from briefing.document.tree import Document, Figure, Footnote, Logo, Note
from briefing.document.walk import walk
from briefing.errors import Place, Problem, RenderError
from briefing.formats.column_shares import percentages
from briefing.resources import templates_folder
from briefing.themes.theme import BASE, Theme

OUTLINE: Final = 1.2
"""The width of a hollow disc's line, in points."""


def svg(drawing: Drawing, theme: Theme, inks: Mapping[Ink, str] | None = None, attributes: str = "") -> str:
    """The drawing as an SVG document in the theme's font and its colours, or in other `inks`; lengths are points.

    `attributes` are put into its first tag as they are.
    """
    inks = theme.inks() if inks is None else inks
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    shapes = "".join(_shape(shape, inks) for shape in drawing.shapes)
    family = theme.tokens.font.family
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{family}"{attributes}>{shapes}</svg>'


def _shape(shape: Shape, inks: Mapping[Ink, str]) -> str:
    match shape:
        case Stroke(x1, y1, x2, y2, width, ink, dashed):
            ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
            dash = ' stroke-dasharray="3 2"' if dashed else ""
            return f'<line {ends} stroke="{inks[ink]}" stroke-width="{width:g}"{dash}/>'
        case Disc(x, y, radius, ink, hollow):
            centre = f'cx="{x:.2f}" cy="{y:.2f}"'
            if hollow:
                line = f'stroke="{inks[ink]}" stroke-width="{OUTLINE:g}"'
                return f'<circle {centre} r="{radius - OUTLINE / 2:g}" fill="{inks[Ink.PAPER]}" {line}/>'
            return f'<circle {centre} r="{radius:g}" fill="{inks[ink]}"/>'
        case Box(pattern=pattern) if pattern is not Pattern.SOLID:
            return "".join(_shape(each, inks) for each in filled(shape))
        case Box(x, y, width, height, ink):
            place = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
            return f'<rect {place} fill="{inks[ink]}"/>'
        case Label(x, y, text, size, anchor, strong, ink):
            place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor.value}"'
            weight = ' font-weight="bold"' if strong else ""
            return f'<text {place}{weight} fill="{inks[ink]}">{escape(text)}</text>'
    assert_never(shape)


SHORT = 24
"""Characters: up to this length a theme may keep a citation or a cross-reference on one line."""

ENDLESS = 40
"""Characters: a word is broken, wherever it may be, after so many that have no sign in them."""
_LONG_WORD: Final = re.compile(r"\S{25,}")
_ADDRESS_BREAK: Final = re.compile(r"(?<=[/@?&=_-])(?<!//)(?=\w)|(?=\.\w)")
_HOST: Final = re.compile(r"\w+://[^/\s]*/?")
"""The beginning of an address, in which and after which no line ends."""


class Notes(Struct, frozen=True):
    """What links to notes are called, by the notes' ids, and the footnotes that go to the foot of the page that calls them."""

    names: Mapping[str, str] = field(default_factory=dict)
    at_foot: Mapping[str, Footnote] = field(default_factory=dict)


_NO_NOTES: Final = Notes()


def inline_html(children: Iterable[Inline], notes: Notes = _NO_NOTES) -> Markup:
    """The nodes as HTML, every character of them escaped."""
    return Markup("").join(_html(child, notes) for child in children)


def _html(child: Inline, notes: Notes) -> Markup:
    match child:
        case Text(text, language):
            said = _text(text)
            return Markup('<span lang="{}">{}</span>').format(language, said) if language else said
        case Strong(children):
            return Markup("<strong>{}</strong>").format(inline_html(children, notes))
        case Emphasis(children):
            return Markup("<em>{}</em>").format(inline_html(children, notes))
        case Link(url, children):
            return Markup('<a class="link" href="{}">{}</a>').format(url, inline_html(children, notes))
        case LineBreak():
            return Markup("<br>")
        case NoteReference(number, note, anchor):
            link = Markup('<a class="note-reference" id="{}" href="#{}"{}>{}</a>')
            return link.format(anchor, note, _called(notes.names.get(note)), number)
        case FootnoteReference(mark, footnote, anchor):
            link = Markup('<a class="footnote-reference" id="{}" href="#{}" role="doc-noteref"{}>{}</a>')
            link = link.format(anchor, footnote, _called(notes.names.get(footnote)), mark)
            below = notes.at_foot.get(footnote)
            return Markup('<span data-tag="Reference">{}</span>{}').format(link, _foot(below, notes) if below else "")
        case Citation(children):
            group = Markup('<span class="citation {}" data-tag="Reference">{}</span>')
            return group.format(_length(inline_text(children)), inline_html(children, notes))
        case CrossReference(target, text):
            link = Markup('<a class="cross-reference {}" href="#{}"{}>{}</a>')
            return link.format(_length(text), target, _called(notes.names.get(target)), _text(text))
        case Mark(kind, value, shape, word):
            return Markup(
                '<span class="mark {}-{}"><span class="shape" aria-hidden="true">{}</span>{}<span class="word">{}</span></span>'
            ).format(kind.value, value, shape, NO_BREAK_SPACE, word)
        case Abbreviation(short, long):
            return Markup('<abbr title="{}">{}</abbr>').format(long, short)
        case CheckBox(word=word):
            box = Markup('<span class="check-box"><span class="shape">{}</span>{}{}</span>')
            return box.format(EMPTY_BOX, NO_BREAK_SPACE, word)
        case PageNumber():
            return Markup('<span class="page-number"></span>')
        case PageCount():
            return Markup('<span class="page-count"></span>')
    assert_never(child)


def _foot(note: Footnote, notes: Notes) -> Markup:
    """A footnote that stands where it is called, for the style sheet to move to the foot of the page."""
    made = Markup(
        '<span class="footnote at-foot" data-tag="LI"><span class="marker" data-tag="Lbl"><a class="footnote-mark" href="#{}">{}</a> </span>'
        '<span class="footnote-text" id="{}" data-tag="Note">{}</span></span>'
    )
    return made.format(note.anchor, note.mark, note.id, inline_html(note.children, notes))


def _called(name: str | None) -> Markup:
    """What assistive technology calls a link whose own text is a number, a letter or ``source 1``."""
    return Markup(' aria-label="{}"').format(name) if name else Markup("")


def _length(text: str) -> str:
    return "short" if len(text) <= SHORT else "long"


def _text(text: str) -> Markup:
    """The characters escaped. Addresses and endless words may be broken over lines: `<wbr>` prints nothing."""
    places = [word.start() + place for word in _LONG_WORD.finditer(text) for place in _breaks(word[0])]
    return Markup("<wbr>").join(text[start:end] for start, end in pairwise([0, *places, len(text)]))


def _breaks(word: str) -> Iterator[int]:
    """Where a long word may be broken, in order."""
    last = 0
    host = _HOST.search(word)
    # An e-mail address goes to the next line whole, as the host of another address does.
    if host is None and "@" in word and len(word) <= 2 * ENDLESS:
        return
    start = host.end() + 1 if host else len(word) if "@" in word else 0
    for sign in (*(found.start() for found in _ADDRESS_BREAK.finditer(word, start)), len(word)):
        is_endless = sign - last > ENDLESS
        # Beside an address stand brackets and full stops, which stay with it; beside an endless word another may stand.
        is_alone = is_endless and not (host or "@" in word)
        yield from range(last if is_alone else last + ENDLESS, sign, ENDLESS)
        if is_alone or sign < len(word):
            yield sign
        last = sign


FRAME = "base.html.j2"
SUFFIX = ".j2"


class _ThemeLoader(BaseLoader):
    """Templates as `read` gives them, which raises `KeyError` for what is no file of a theme."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.read = read

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        try:
            return self.read(template).decode("utf-8"), template, None
        except (KeyError, UnicodeDecodeError):
            raise TemplateNotFound(template) from None


class _CompiledOnce(BytecodeCache):
    """Templates as they were compiled, by the checksums of their sources, for as long as the process lives."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


_COMPILED: Final = _CompiledOnce()
_OF_TEMPLATES: Final = (
    TemplateError,
    ArithmeticError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    RecursionError,
)
"""What a template at fault raises."""


def environment_of(read: Callable[[str], bytes]) -> ImmutableSandboxedEnvironment:
    """What the templates that `read` gives run in: a sandbox in which every value is escaped and no name may be missing."""
    environment = ImmutableSandboxedEnvironment(
        loader=_ThemeLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    environment.filters.update(inline=inline_html, percentages=percentages)  # `html` says of what document and theme
    return environment


def compile_templates() -> None:
    """Compile the built-in templates, which nearly every theme takes some of, while there is nothing else to do."""
    folder = templates_folder() / BASE
    # The theme itself would be read with pydantic, which no template needs.
    environment = environment_of(lambda name: (folder / name).read_bytes())
    for file in folder.rglob(f"*{SUFFIX}"):
        environment.get_template(file.relative_to(folder).as_posix())


class TemplateValues(TypedDict):
    """What every template is given, by its name."""

    document: Document
    bands: tuple[Band, ...]
    title_width: float
    notes_at_foot: bool
    theme: dict[str, Any]
    medium: str
    picture_url: Callable[[Figure | Logo], str]


def html(document: Document, theme: Theme, frame: str = FRAME, **values: Any) -> str:
    """The document in the theme's HTML. Raises `RenderError` when a template is missing or at fault, with its name and
    line.

    `frame` names the template of the whole page; `values` are known to every template, beside those that are always
    there.
    """
    environment = environment_of(theme.read)
    all_notes = [node for node in walk(document.sections) if isinstance(node, Note | Footnote)]
    footnotes = {note.id: note for note in all_notes if isinstance(note, Footnote)}
    environment.filters["percentages"] = partial(percentages, sheet=theme.sheet(), size=theme.tokens.size)
    layout, beside = theme.tokens.layout, theme.tokens.layout.half_figures == "beside"
    at_foot = layout.footnotes == "page" and layout.columns == 1 and values.get("medium") != "screen"
    notes = Notes({note.id: note.name for note in all_notes}, footnotes if at_foot else {})
    environment.filters["inline"] = partial(inline_html, notes=notes)
    parted = tuple(bands(document.sections, layout.columns, theme.tokens.measure, beside=beside))
    known: TemplateValues = {
        "document": document,
        "bands": parted,
        "title_width": title_width(document, theme),
        "notes_at_foot": at_foot,
        "theme": {"name": theme.name, "layout": layout, "space": theme.tokens.space},
        "medium": "print",
        "picture_url": picture_url,
    }
    named = {**known, **values}

    def block(node: Any) -> Markup:
        return Markup(environment.get_template(f"blocks/{_kind(node)}.html.j2").render(named, node=node))

    environment.globals.update(block=block)
    try:
        return environment.get_template(frame).render(named)
    except _OF_TEMPLATES as error:
        raise RenderError(_problem(error, theme)) from None


def title_width(document: Document, theme: Theme) -> float:
    """The room for the title, in points, in which its lines are of one length."""
    return theme.sheet().balanced(inline_text(document.masthead.title), theme.tokens.size.title)


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


def picture_url(figure: Figure | Logo) -> str:
    """The address under which a figure's picture is served; it depends on nothing but the figure."""
    return f"asset:figure/{figure.id}.{'svg' if isinstance(figure.content, Drawing) else 'bin'}"


def pictures(document: Document, theme: Theme) -> dict[str, tuple[bytes, str]]:
    """The bytes and media type of every figure's picture by its address; drawings in the theme's colours."""
    found: dict[str, tuple[bytes, str]] = {}
    for node in walk((document.masthead, document.sections)):
        if isinstance(node, (Figure, Logo)):
            match node.content:
                case Drawing():
                    found[picture_url(node)] = (svg(node.content, theme).encode(), "image/svg+xml")
                case Picture(vector=vector) if vector:
                    found[picture_url(node)] = (vector, "image/svg+xml")
                case Picture(data=data, media_type=media_type):
                    found[picture_url(node)] = (data, media_type)
    return found
