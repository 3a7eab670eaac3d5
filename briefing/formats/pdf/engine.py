"""Running the engine. Importing this module loads WeasyPrint: the worker process does, the program does not."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf
from tinycss2.serializer import serialize_string_value

from briefing.compression import png_pixels
from briefing.document.tree import Document
from briefing.errors import Problem, RenderError, Severity
from briefing.formats import Artifact, Layout
from briefing.formats.html.blocks import compile_templates, html, pictures
from briefing.formats.pdf.engine_log import LOGGER, EngineLog, missing_glyphs
from briefing.formats.pdf.fetching import AssetFetcher
from briefing.formats.pdf.format import WATERMARK_WORDS, PdfFormat
from briefing.formats.pdf.packing import Packed
from briefing.formats.pdf.quick_engine import (
    KnownSheets,
    PatternsByLetters,
    with_quick_defaults,
    with_quick_lengths,
)
from briefing.formats.pdf.starting import with_hanging_blanks, with_known_line_starts, with_own_letters
from briefing.formats.pdf.tagging import tag_pages
from briefing.formats.pdf.weasy import (
    CSS,
    HTML,
    FatalURLFetchingError,
    boxes,
    engine_css,
    engine_images,
    inline_layout,
    inputstream,
    lengths,
    pdf_stream,
    pdf_writer,
    strut,
    tinycss2,
)
from briefing.lengths import Length
from briefing.themes.theme import Theme
from briefing.themes.tokens import MarginTokens
from briefing.themes.watermark import pale, watermark_of

VARIANT = "pdf/ua-1"
"""ISO 14289-1:2014, the tagged PDF that assistive technology can read."""
AVOIDED = ("avoid", "avoid-page")
MOST_LAYOUTS = 5
"""How often a document may be laid out, each time with more that may be cut."""
MAY_BE_CUT = '[id="{0}"] {{ break-inside: auto !important }} tr[id="{0}"] {{ orphans: 1; widows: 2 }}\n'
"""A row begins in all its cells where there is room for a line, and no line stands alone on the next page."""
NEARER = 8
"""Pixels, about two millimetres: so much nearer to the paper's edge than the theme says may running lines stand."""
_PIXELS_PER_POINT = 96 / 72
ZERO_WIDTH_SPACE = "\u200b"
WORD_JOINER = "\u2060"
HOST = re.compile(r'://[^/\s"<>\u200b]+/?(?=[^"<>]*<)')
"""The beginning of an address in the text, not in an attribute: word joiners keep it on one line."""

pdf_writer.add_tags = tag_pages
inline_layout.split_first_line = with_hanging_blanks(inline_layout.split_first_line)
pdf_stream.Font = with_own_letters(pdf_stream.Font)
inline_layout.split_inline_level = with_known_line_starts(inline_layout.split_inline_level)
engine_css.ComputedStyle.__missing__ = with_quick_defaults(engine_css.ComputedStyle.__missing__, engine_css)
lengths.resolve_one_percentage = with_quick_lengths(lengths.resolve_one_percentage)
inputstream.characters_until_regex = PatternsByLetters()
known_sheets = KnownSheets(
    tinycss2.parse_stylesheet_bytes, engine_css.preprocess_declarations, logging.getLogger(LOGGER)
)
tinycss2.parse_stylesheet_bytes = known_sheets.parsed
engine_css.preprocess_declarations = known_sheets.declared
pydyf.zlib = Packed
engine_images.RasterImage._get_png_data = staticmethod(png_pixels)

compile_templates()


def pdf(document: Document, theme: Theme) -> Artifact:
    """The document as a PDF in the theme's look. Raises `RenderError` with every error of the template, the engine or a refused request."""
    text = html(document, theme)
    fetcher = AssetFetcher(theme, pictures(document, theme))
    with EngineLog(theme.name) as log:
        try:
            # A zero width space breaks lines as `<wbr>` does, and costs no boxes.
            page = HTML(
                string=HOST.sub(_kept_together, text.replace("<wbr>", ZERO_WIDTH_SPACE)),
                base_url="asset:",
                url_fetcher=fetcher,
                media_type="print",
            )
            laid_out = _laid_out(page, theme.tokens.margin)
            data = laid_out.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=hashlib.sha256(text.encode()).digest()[:16],
                finisher=lambda _, file: _finish(file, document, theme),
            )
        except MemoryError:  # whoever asked says so
            raise
        except (Exception, FatalURLFetchingError) as error:
            failed = f"the layout engine failed: {type(error).__name__}: {error}"
            what = Problem("engine", failed, f"mend the theme '{theme.name}', or report it")
            raise RenderError([*fetcher.problems, *log.problems, what]) from None
    problems = (*missing_glyphs(document, log.missing_letters), *fetcher.problems, *log.problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise RenderError(problems)
    measured = _measured(laid_out, document)
    return Artifact(PdfFormat.name, PdfFormat.suffix, data, len(laid_out.pages), problems, measured)


def _kept_together(host: re.Match[str]) -> str:
    return re.sub(r"(?<=[-/])(?!/)", WORD_JOINER, host[0])


def _laid_out(page: Any, edges: MarginTokens) -> Any:
    """The pages. What cannot stay whole is laid out again to begin where it stands: the engine would leave the rest of
    a page empty, take a heading from what it is over, or leave out a table's heading row. Margins grow with the running
    lines.
    """
    cut: set[str] = set()
    sheet = ""
    laid_out: Any = None
    for _ in range(MOST_LAYOUTS):
        sheets = [CSS(string=sheet)] if sheet else []
        laid_out = page.render(pdf_variant=VARIANT, presentational_hints=True, stylesheets=sheets)
        more = {element.get("id") for element in _too_long(laid_out, page.etree_element)} - {None, *cut}
        margins = "".join(
            f"@page {{ {side}: {size:.1f}px !important }}\n" for side, size in _margins(laid_out, edges).items()
        )
        if not more and not margins:
            break
        sheet += margins + "".join(MAY_BE_CUT.format(serialize_string_value(name)) for name in sorted(more))
        cut |= more
    return laid_out


def _margins(laid_out: Any, edges: MarginTokens) -> dict[str, float]:
    """The margins, in pixels, that hold the running lines, where those are too many for the theme's, and come too near to the page's edge."""
    found = {}
    head, foot = (Length.from_millimetres(each).points * _PIXELS_PER_POINT for each in (edges.header, edges.footer))
    for page in laid_out.pages[:1]:
        margins = (box for box in page._page_box.children if isinstance(box, boxes.MarginBox))
        lines = [box for margin in margins for box in margin.descendants() if isinstance(box, boxes.TextBox)]
        above = head - min((line.position_y for line in lines), default=head)
        below = max((line.position_y + line.height for line in lines), default=0) + foot - page.height
        if above > NEARER:
            found["margin-top"] = page._page_box.margin_top + above
        if below > NEARER:
            found["margin-bottom"] = page._page_box.margin_bottom + below
    return found


def _too_long(laid_out: Any, root: Any) -> Iterator[Any]:
    """The elements that may be cut: what a page's end cut though it should stay whole, what does not stand with what is
    over it, and rows without the heading row that their table has on other pages.
    """
    following = {before: after for parent in root.iter() for before, after in pairwise(parent)}
    following |= {table.find("caption"): table.find("tbody/tr") for table in root.iter("table")}
    found: dict[Any, tuple[int, int, Any]] = {}
    headless: list[Any] = []
    is_repeated = True
    for number, page in enumerate(laid_out.pages):
        for box in page._page_box.descendants():
            element = box.element
            if element is None or box.element_tag != element.tag:
                continue
            first, _, style = found.get(element, (number, number, box.style))
            found[element] = first, number, style
            if element.tag == "thead" and not box.is_header:
                is_repeated = False
            if isinstance(box, boxes.TableBox) and element.find("thead") is not None:
                is_headed = any(group.element_tag == "thead" for group in box.children)
                headless.extend(row.element for group in box.children for row in group.children if not is_headed)
    for element, (first, last, style) in found.items():
        if first != last and style["break_inside"] in AVOIDED:
            yield element
        after = following.get(element)
        start, _, after_style = found.get(after, (last, last, style))
        if (
            after is not None
            and start > last
            and {style["break_after"], after_style["break_before"]}.intersection(AVOIDED)
        ):
            yield from (after, *after.findall(".//tbody/tr")[:3])
    for row in headless if is_repeated else ():
        yield from (each for each in (row, following.get(row)) if each is not None)


def _measured(laid_out: Any, document: Document) -> Layout:
    """How the pages are filled: by what is printed, from the top of the first line to the foot of the last one."""
    wanted = {section.id for section in document.sections}
    sections, pages, last = dict.fromkeys(wanted, 0.0), [], 0.0
    for page in laid_out.pages:
        body = next(
            box for box in page._page_box.children if not isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox)
        )
        line, _ = strut(body.style)
        inner = [box for box in body.descendants() if isinstance(box, boxes.TextBox | boxes.ReplacedBox)]
        foot = max((box.position_y + box.height for box in inner), default=body.position_y)
        pages.append((foot - body.position_y) / line)
        last = (foot - body.position_y) / page._page_box.height
        for box in body.descendants():
            name = box.element.get("id") if box.element is not None and isinstance(box, boxes.BlockBox) else None
            if name in wanted and box.element_tag == "section":
                sections[name] += box.margin_height() / line
    return Layout(tuple(pages), sections, last)


def _finish(file: Any, document: Document, theme: Theme) -> None:
    """Page labels as printed, the state of the data that the file was made from, and the watermark."""
    labels = pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])
    file.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    file.info["Build"] = pydyf.String(document.properties.build)
    _draw_whole(file)
    if document.watermark:
        _set_behind(file, document.watermark, theme)


def _draw_whole(file: Any) -> None:
    """Take labels of drawings out of the transparency groups in which the engine sets them: there PDFium (Chrome, Edge) cuts off their
    first pixels, so that a 6 reads 5 and a 0 reads 3. Where anything is transparent, groups stay.
    """
    if not any(map(_is_transparent, file.objects)):
        for each in file.objects:
            if isinstance(each, pydyf.Stream):
                each.extra.pop("Group", None)


def _is_transparent(held: Any) -> bool:
    """Whether something in a dictionary lets what is behind it shine through."""
    if not isinstance(held, pydyf.Dictionary):
        return False
    faint = any(float(held.get(key, 1)) < 1 for key in ("ca", "CA"))
    return faint or held.get("Type") == "/Mask" or any(map(_is_transparent, held.values()))


def _set_behind(file: Any, words: str, theme: Theme) -> None:
    """Draw a watermark before anything else on every page, as what pages repeat and no reader of tags hears (ISO 14289-1, 7.1)."""
    pages = [each for each in file.objects if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Page"]
    about = pydyf.Dictionary(
        {
            "Type": "/Pagination",
            "Subtype": "/Watermark",
            WATERMARK_WORDS: pydyf.String(words.encode("unicode_escape").decode()),
        }
    )
    _, _, width, height = pages[0]["MediaBox"]
    drawn = watermark_of(theme, words).pdf_operators(width, height, pale(theme))
    stream = pydyf.Stream([b"/Artifact", about, b"BDC", drawn.encode(), b"EMC"], compress=True)
    file.add_object(stream)
    for page in pages:
        page["Contents"] = pydyf.Array([stream.reference, page["Contents"]])
