"""Tiny files, sound as they come, for the validators to be tried on."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import weasyprint
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from PIL import Image

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head><title>Sample</title><style>@page { size: A4 } body { font-family: sans-serif }</style></head>
<body>
<h1>Locks and <em>weirs</em> of the lower river</h1>
<p>See <a href="#second">the second part</a> or <a href="https://example.org/a">a page elsewhere</a>.</p>
<ul><li>one</li><li>two</li></ul>
<table><thead><tr><th>Lock</th><th>Gates</th></tr></thead><tbody><tr><td>Upper</td><td>2</td></tr></tbody></table>
<h2 id="second">The second part</h2>
<img alt="A red square" src="PICTURE">
</body></html>
"""


def picture() -> bytes:
    """A small red square, as PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


def pdf(path: Path, page: str = PAGE, *, tagged: bool = True) -> Path:
    """`page` as a PDF at `path`, claiming PDF/UA-1 when it is `tagged`."""
    address = "data:image/png;base64," + base64.b64encode(picture()).decode()
    html = weasyprint.HTML(string=page.replace("PICTURE", address))
    html.write_pdf(path, pdf_variant="pdf/ua-1" if tagged else None)
    return path


def word_document() -> WordDocument:
    """An empty Word document with a title, without the part of Office 2010 that contradicts its styles."""
    document = Document()
    for relation, part in list(document.part.rels.items()):
        if part.reltype.endswith("stylesWithEffects"):
            del document.part.rels[relation]
    document.core_properties.title = "Sample"
    document.add_heading("Locks and weirs", 1)
    return document


def word(path: Path, body: str = "", document: WordDocument | None = None) -> Path:
    """A Word document at `path`, with the markup `body` (prefix ``w:``) after what `document` holds."""
    document = document or word_document()
    wrapper = parse_xml(f'<w:body xmlns:w="{_WORD}">{body}</w:body>')
    for element in list(wrapper):
        document.element.body.insert_element_before(element, "w:sectPr")
    document.save(str(path))
    return path
