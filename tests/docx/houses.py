"""House reference documents, as offices have them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from PIL import Image

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def data(document: WordDocument) -> bytes:
    """The document as a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def plain() -> WordDocument:
    """What python-docx starts from: Word's built-in styles of 2013, and none of ours."""
    return docx.Document()


def field(paragraph: Paragraph, code: str, result: str) -> None:
    """A complex field at the end of `paragraph`."""
    mark = '<w:r {ns}><w:fldChar w:fldCharType="{kind}"/></w:r>'
    for xml in (
        mark.format(ns=nsdecls("w"), kind="begin"),
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>',
        mark.format(ns=nsdecls("w"), kind="separate"),
        f"<w:r {nsdecls('w')}><w:t>{result}</w:t></w:r>",
        mark.format(ns=nsdecls("w"), kind="end"),
    ):
        paragraph._p.append(parse_xml(xml))


def letterhead() -> WordDocument:
    """An office's paper: a logo on the first page, other headers on even pages, an address and a page number at the foot."""
    document = plain()
    section = document.sections[0]
    section.left_margin = Cm(3.5)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    logo = io.BytesIO()
    Image.new("RGB", (300, 80), "darkred").save(logo, "PNG")
    logo.seek(0)
    shape = section.first_page_header.paragraphs[0].add_run().add_picture(logo, width=Cm(4))
    shape._inline.docPr.set("descr", "Logo of the Ministry of Water")
    section.header.paragraphs[0].text = "Ministry of Water"
    section.even_page_header.paragraphs[0].text = "Water, even pages"
    number = section.footer.paragraphs[0]
    number.add_run("Page ")
    field(number, "PAGE", "9")
    number.add_run(" of ")
    field(number, "NUMPAGES", "9")
    section.footer.add_paragraph("12 Canal Street")
    document.add_heading("Old heading", 1)
    document.add_paragraph("Old text of the office")
    document.add_comment(document.paragraphs[-1].runs[0], "Old remark", "Somebody", "S")
    return document


def edited(archive: bytes, changes: Mapping[str, tuple[str, str]], added: Mapping[str, bytes] | None = None) -> bytes:
    """`archive` with the first match of a pattern replaced in some parts, and with some parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in changes:
                pattern, replacement = changes[name]
                text, count = re.subn(pattern, replacement, content.decode(), count=1, flags=re.DOTALL)
                assert count, f"{pattern!r} is not in {name}"
                content = text.encode()
            target.writestr(name, content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return stream.getvalue()


def template() -> bytes:
    """A Word template (DOTX)."""
    return edited(
        data(plain()), {"[Content_Types].xml": ("wordprocessingml.document.main", "wordprocessingml.template.main")}
    )


def strict(archive: bytes) -> bytes:
    """`archive` as Word saves it under *Strict Open XML Document*: in other namespaces, in points and from start to end."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith((".xml", ".rels")) and not name.startswith(("[", "docProps")):
                text = re.sub(
                    rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/",
                    rb"http://purl.oclc.org/ooxml/\1/",
                    text,
                )
                text = re.sub(
                    rb"<w:(?:pgSz|pgMar|spacing|ind|tab|tblInd) [^>]*>", lambda found: _in_points(found[0]), text
                )
                text = re.sub(rb"(<w:ind [^>]*)w:left=", rb"\1w:start=", text)
                text = re.sub(rb"(<w:ind [^>]*)w:right=", rb"\1w:end=", text)
                text = re.sub(rb'(<w:(?:jc|lvlJc) w:val=)"left"', rb'\1"start"', text)
                text = re.sub(rb'(<w:(?:jc|lvlJc|tab) w:val=)"right"', rb'\1"end"', text)
                text = re.sub(rb'<a:(\w+) val="(\d+)000"/>', rb'<a:\1 val="\2%"/>', text)
            target.writestr(name, text)
    return stream.getvalue()


def _in_points(tag: bytes) -> bytes:
    lengths = rb'(w:(?:w|h|top|right|bottom|left|header|footer|before|after|line|firstLine|hanging|pos))="(-?\d+)"'
    return re.sub(lengths, lambda found: b'%s="%gpt"' % (found[1], int(found[2]) / 20), tag)
