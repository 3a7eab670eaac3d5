"""Word documents and PDF files read as they were saved."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
import weasyprint
from docx import Document

from briefing.limits import Limits
from briefing.quotes import read_docx
from briefing.quotes.lookup import look_up
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.saved_text import SavedText, SavedTextError, SavedTextFault
from briefing.quotes.source_index import SourceIndex

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

BODY = f"""<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>
<w:p><w:r><w:t>She said: “We </w:t></w:r><w:ins><w:r><w:t xml:space="preserve">will </w:t></w:r></w:ins><w:del><w:r><w:delText>may
</w:delText></w:r></w:del><w:r><w:t>go</w:t><w:noBreakHyphen/><w:t>on”</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r>
<w:tab/><w:t>at 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:br/><w:t>man</w:t>
<w:softHyphen/><w:t>age</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>controlled</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>
<w:moveFrom><w:p><w:r><w:t>moved away</w:t></w:r></w:p></w:moveFrom>
<w:p><w:r><w:t>outer</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p>
</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
</mc:AlternateContent></w:r></w:p><w:sectPr/></w:body></w:document>"""
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>A note says “never”.</w:t></w:r></w:p></w:footnote></w:footnotes>'


def package(body: str) -> bytes:
    """A Word document with our own body and footnotes in it."""
    empty = io.BytesIO()
    Document().save(empty)
    made = io.BytesIO()
    with zipfile.ZipFile(empty) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = body.encode()
            elif name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                data = data.replace(
                    b"</Relationships>",
                    f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
                )
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                data = data.replace(
                    b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
                )
            after.writestr(name, data)
        after.writestr("word/footnotes.xml", NOTES)
    return made.getvalue()


def texts(saved: SavedText) -> list[str]:
    return [paragraph.text for paragraph in saved.paragraphs]


def test_a_word_document_is_read_with_tables_boxes_notes_and_tracked_insertions() -> None:
    assert texts(saved_text_of(package(BODY), ".docx")) == [
        "She said: “We will go\u2011on”\tat 10²\nman\u00adage",
        "left",
        "right",
        "controlled",
        "outer",
        "in a box",
        "A note says “never”.",
    ]


def test_a_word_document_is_known_by_its_content() -> None:
    assert "left" in texts(saved_text_of(package(BODY), ".txt"))


def test_a_word_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_docx, "limits", lambda: Limits(saved_text_unpacked_bytes=10_000))
    with pytest.raises(SavedTextError, match="unpacks to") as caught:
        saved_text_of(package(BODY), ".docx")
    assert caught.value.fault is SavedTextFault.TOO_LARGE


def test_broken_xml_in_a_word_document_is_refused() -> None:
    with pytest.raises(SavedTextError, match="the Word document cannot be read") as caught:
        saved_text_of(package("<w:document>"), ".docx")
    assert caught.value.fault is SavedTextFault.BROKEN


STYLE = """@page { size: 90mm 58mm; margin: 12mm 8mm;
  @top-center { content: "The Skerrow Report" } @bottom-center { content: "Page " counter(page) } }
body { font: 11pt/1.2 serif; hyphens: auto; hyphenate-character: "%s"; hyphenate-limit-chars: 5 2 2 } p { margin: 0 0 6pt; text-align: justify }"""
PAGES = """<html lang="en"><style>%s</style><body><h2>What was found</h2><p>The commission’s representatives characterised the
infrastructure as fundamentally unsatisfactory, notwithstanding well-intentioned international administration of the harbour and
its responsibilities.</p><p>Ada Quill said: “We unquestionably underestimated the extraordinary circumstances, and nobody in this
organisation will congratulate themselves for what subsequently happened to the communities that were inconvenienced by it.”</p>
<p>It ends here.</p></body></html>"""


def pdf(hyphen: str = "-") -> bytes:
    made: bytes = weasyprint.HTML(string=PAGES % STYLE % hyphen).write_pdf()
    return made


@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_quotes_are_found_in_a_pdf_over_broken_words_and_pages(hyphen: str) -> None:
    saved = saved_text_of(pdf(hyphen), ".pdf")
    assert f"{hyphen}\n" in saved.text, "the sample must have broken words"
    assert saved.paragraphs[-1].page is not None
    index = SourceIndex.of(saved)
    said = (
        "We unquestionably underestimated the extraordinary circumstances, and nobody in this organisation will congratulate "
        "themselves for what subsequently happened to the communities that were inconvenienced by it."
    )
    finding = look_up(said, index)
    assert finding.status == "verbatim"
    (place,) = finding.places
    first, last = saved.paragraph_at(place.start), saved.paragraph_at(place.end - 1)
    assert first.page is not None and last.page == first.page + 1
    assert look_up("well-intentioned international administration", index).status == "verbatim"
    assert look_up("wellintentioned international administration", index).status == "altered"
    assert look_up("We unquestionably overestimated the extraordinary circumstances", index).status == "altered"


def test_paragraphs_of_a_pdf_are_told_apart_and_running_lines_come_last() -> None:
    saved = saved_text_of(pdf(), ".pdf")
    pages = max(paragraph.page or 0 for paragraph in saved.paragraphs)
    assert pages >= 2
    running = texts(saved)[-2 * pages :]
    assert running == [line for page in range(1, pages + 1) for line in ("The Skerrow Report", f"Page {page}")]
    assert texts(saved)[0] == "What was found"
    assert texts(saved)[1].startswith("The commission’s")
    assert "It ends here." in texts(saved)


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SavedTextError, match="needs a password") as caught:
        saved_text_of(locked.getvalue(), ".pdf")
    assert caught.value.fault is SavedTextFault.ENCRYPTED


def test_a_pdf_of_pictures_is_refused() -> None:
    blank = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    with pytest.raises(SavedTextError, match="has no words in it; save a PDF whose text can be selected") as caught:
        saved_text_of(blank.getvalue(), ".pdf")
    assert caught.value.fault is SavedTextFault.NO_WORDS
