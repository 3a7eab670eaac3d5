"""What is used of the engine. It is loaded here and nowhere else, after everything that it is to find is in place."""

from __future__ import annotations

from briefing.formats.pdf.starting import (
    declarations_compiled_ahead,
    libraries_by_file_name,
    put_off,
    use_bundled_fonts,
)

use_bundled_fonts()
put_off({"fontTools.subset": ("Options", "Subsetter"), "fontTools.varLib.instancer": ("instantiateVariableFont",)})
with declarations_compiled_ahead(), libraries_by_file_name():
    import tinycss2
    from tinyhtml5 import inputstream
    from weasyprint import CSS, HTML
    from weasyprint import css as engine_css
    from weasyprint import images as engine_images
    from weasyprint import pdf as pdf_writer
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline as inline_layout
    from weasyprint.layout import percent as lengths
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.pdf import stream as pdf_stream
    from weasyprint.text.line_break import strut
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

__all__ = ["CSS", "HTML", "AbsolutePlaceholder", "FatalURLFetchingError", "URLFetcher", "URLFetcherResponse"]
__all__ += [
    "boxes",
    "engine_css",
    "engine_images",
    "inline_layout",
    "inputstream",
    "lengths",
    "pdf_stream",
    "pdf_writer",
    "strut",
    "tinycss2",
]
