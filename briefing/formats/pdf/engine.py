"""Running the engine. Importing this module loads WeasyPrint: the worker process does, the program does not."""

from __future__ import annotations

import hashlib
from typing import Any

import pydyf

from briefing.document.tree import Document
from briefing.errors import Problem, RenderError, Severity
from briefing.formats import Artifact
from briefing.formats.html.blocks import html, pictures
from briefing.formats.pdf.engine_log import EngineLog, missing_glyphs
from briefing.formats.pdf.fetching import AssetFetcher
from briefing.formats.pdf.format import PdfFormat
from briefing.formats.pdf.starting import (
    libraries_by_file_name,
    put_off,
    use_bundled_fonts,
    with_hanging_blanks,
    with_known_line_starts,
)
from briefing.formats.pdf.tagging import tag_pages
from briefing.themes.theme import Theme

use_bundled_fonts()
put_off("fontTools.subset", "fontTools.varLib.instancer")
with libraries_by_file_name():
    from weasyprint import HTML
    from weasyprint import pdf as pdf_writer
    from weasyprint.layout import inline as inline_layout
    from weasyprint.urls import FatalURLFetchingError


VARIANT = "pdf/ua-1"
"""ISO 14289-1:2014, the tagged PDF that assistive technology can read."""
ZERO_WIDTH_SPACE = "\u200b"

pdf_writer.add_tags = tag_pages
inline_layout.split_first_line = with_hanging_blanks(inline_layout.split_first_line)
inline_layout.split_inline_level = with_known_line_starts(inline_layout.split_inline_level)


def pdf(document: Document, theme: Theme) -> Artifact:
    """The document as a PDF in the theme's look. Raises `RenderError` with every error of the template, the engine or a refused request."""
    text = html(document, theme)
    fetcher = AssetFetcher(theme, pictures(document, theme))
    with EngineLog(theme.name) as log:
        try:
            # A zero width space breaks lines as `<wbr>` does, and costs no boxes.
            page = HTML(
                string=text.replace("<wbr>", ZERO_WIDTH_SPACE),
                base_url="asset:",
                url_fetcher=fetcher,
                media_type="print",
            )
            laid_out = page.render(pdf_variant=VARIANT, presentational_hints=True)
            data = laid_out.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=hashlib.sha256(text.encode()).digest()[:16],
                finisher=lambda _, file: _finish(file, document),
            )
        except (Exception, FatalURLFetchingError) as error:
            failed = f"the layout engine failed: {type(error).__name__}: {error}"
            what = Problem("engine", failed, f"mend the theme '{theme.name}', or report it")
            raise RenderError([*fetcher.problems, *log.problems, what]) from None
    problems = (*missing_glyphs(document, log.missing_letters), *fetcher.problems, *log.problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise RenderError(problems)
    return Artifact(PdfFormat.name, PdfFormat.suffix, data, len(laid_out.pages), problems)


def _finish(file: Any, document: Document) -> None:
    """Page labels as printed, and the state of the data that the file was made from."""
    labels = pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])
    file.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    file.info["Build"] = pydyf.String(document.properties.build)
