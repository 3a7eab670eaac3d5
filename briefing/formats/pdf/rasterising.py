"""A picture of shapes as pixels: the engine that draws it in the PDF draws it here, and PDFium sets the pixels."""

from __future__ import annotations

from typing import Any

import pypdfium2

from briefing.compression import png
from briefing.formats.pdf.weasy import HTML, URLFetcherResponse

_PIXEL = 72 / 96
"""Of a point."""


def rasterised(svg: bytes, width: int, height: int) -> bytes:
    """The SVG as a PNG of so many pixels on white; equal pictures give equal bytes. Nothing is fetched for it."""

    def fetch(url: str, *_: Any, **__: Any) -> Any:
        if url != "asset:logo.svg":
            raise ValueError(url)
        return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})

    style = f"@page {{ size: {width}px {height}px; margin: 0 }} html, body {{ margin: 0; font-size: 0 }} img {{ display: block }}"
    text = f'<style>{style}</style><img src="asset:logo.svg" alt="" width="{width}" height="{height}">'
    data = HTML(string=text, base_url="asset:", url_fetcher=fetch).write_pdf()
    with pypdfium2.PdfDocument(data) as file:
        image = file[0].render(scale=1 / _PIXEL).to_pil().convert("RGB")
    return png(image.resize((width, height)))
