"""Each fault that the validators do not find is found, and nothing is found in a sound document."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

from tests.validators import open_xml_sdk, openxml_audit, word_assertions
from tests.validators.samples import picture, word, word_document
from tests.validators.word_package import Story, WordPackage
from tests.validators.word_structure import structure_faults

RUN = "<w:r><w:t>text</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"


def begin(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def bookmark(number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{RUN}<w:bookmarkEnd w:id="{number}"/>'


def control(properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{PARAGRAPH}</w:sdtContent></w:sdt>"


def cell(content: str = PARAGRAPH, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def table(*rows: str, header: bool = True) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    body = "".join(f"<w:tr>{mark if not index else ''}{row}</w:tr>" for index, row in enumerate(rows))
    grid = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="1800" w:type="dxa"/></w:tblPr>{grid}{body}</w:tbl>'


def heading(level: int, text: str = RUN) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>{text}</w:p>'


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SPAN = '<w:gridSpan w:val="{}"/>'
SOUND = "".join(
    [
        table(cell() * 2, cell(properties=SPAN.format(2)), cell(table(cell() * 2) + PARAGRAPH) + cell()),
        f"<w:p>{bookmark(1, '_Ref_one')}{bookmark(2, 'two')}</w:p>",
        f"<w:p>{begin('begin')}{code(' REF _Ref_one ')}{begin('separate')}{RUN}{begin('end')}</w:p>",
        f"<w:p>{begin('begin')}{code('IF ')}{begin('begin')}{code('PAGE')}{begin('end')}{begin('separate')}</w:p>",
        f"<w:p>{begin('end')}</w:p>",
        f'<w:p><w:hyperlink w:anchor="two">{RUN}</w:hyperlink></w:p>',
        control(f'<w:alias w:val="Name"/><w:tag w:val="{"t" * 64}"/><w:id w:val="1"/><w:text/>'),
        control('<w:tag w:val="other"/><w:id w:val="2"/>'),
        heading(2),
        heading(3),
        heading(1),
        PARAGRAPH,
    ]
)


def test_a_sound_document_has_no_faults(tmp_path: Path) -> None:
    document = word_document()
    shape = document.add_picture(io.BytesIO(picture()), Pt(8))
    shape._inline.docPr.set("descr", "A red square")
    sound = word(tmp_path / "sound.docx", SOUND, document)
    assert word_assertions(sound) == []
    assert open_xml_sdk(sound) == []
    assert openxml_audit(sound) == []


STRUCTURE = {
    "cell that ends in a table": (
        table(cell() * 2, cell(table(cell() * 2)) + cell()),
        "word/document.xml: the cell 'texttext' does not end with a paragraph",
    ),
    "cell that is empty": (table(cell() + cell("")), "word/document.xml: a cell is empty; it must hold a paragraph"),
    "span too wide": (
        table(cell() * 2, cell() + cell(properties=SPAN.format(2))),
        "word/document.xml: table 1, row 2 fills 3 of 2 columns",
    ),
    "row too short": (table(cell()), "word/document.xml: table 1, row 1 fills 1 of 2 columns"),
    "bookmark never closed": (
        '<w:p><w:bookmarkStart w:id="1" w:name="one"/></w:p>',
        "word/document.xml: the bookmark 'one' is never closed",
    ),
    "bookmark never opened": (
        '<w:p><w:bookmarkEnd w:id="1"/></w:p>',
        "word/document.xml: the end of bookmark 1 has no start before it",
    ),
    "bookmark closed before it opens": (
        '<w:p><w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="1" w:name="one"/></w:p>',
        "word/document.xml: the end of bookmark 1 has no start before it",
    ),
    "bookmark id doubled": (
        f"<w:p>{bookmark(1, 'one')}{bookmark(1, 'two')}</w:p>",
        "word/document.xml: two bookmarks have the id 1",
    ),
    "bookmark name doubled": (f"<w:p>{bookmark(1, 'one')}{bookmark(2, 'ONE')}</w:p>", "2 bookmarks are called 'one'"),
    "bookmark name too long": (
        f"<w:p>{bookmark(1, 'b' * 41)}</w:p>",
        f"the bookmark name '{'b' * 41}' has 41 characters; Word takes 40",
    ),
    "bookmark name no name": (
        f"<w:p>{bookmark(1, '1-a')}</w:p>",
        "the bookmark name '1-a' is not one letter or underscore and then letters, digits, underscores",
    ),
    "field never ends": (
        f"<w:p>{begin('begin')}{code('PAGE')}{begin('separate')}</w:p>",
        "word/document.xml: 1 field(s) never end",
    ),
    "field never begins": (f"<w:p>{begin('end')}</w:p>", "word/document.xml: a field has 'end' without 'begin'"),
    "field separated twice": (
        f"<w:p>{begin('begin')}{begin('separate')}{begin('separate')}{begin('end')}</w:p>",
        "word/document.xml: a field has 'separate' twice",
    ),
    "code outside a field": (
        f"<w:p>{begin('begin')}{begin('separate')}{code(' PAGE ')}{begin('end')}</w:p>",
        "word/document.xml: the field code 'PAGE' stands outside a field's code",
    ),
    "field to nowhere": (
        f"<w:p>{begin('begin')}{code(' PAGEREF gone ')}{begin('end')}</w:p>",
        "word/document.xml: a link or field leads to the bookmark 'gone', which is not there",
    ),
    "link to nowhere": (
        f'<w:p><w:hyperlink w:anchor="gone">{RUN}</w:hyperlink></w:p>',
        "word/document.xml: a link or field leads to the bookmark 'gone', which is not there",
    ),
    "tag too long": (
        control(f'<w:tag w:val="{"t" * 65}"/><w:id w:val="1"/>'),
        f"word/document.xml: the tag '{'t' * 65}' has 65 characters; Word takes 64",
    ),
    "title of a control too long": (
        control(f'<w:alias w:val="{"t" * 65}"/><w:id w:val="1"/>'),
        f"word/document.xml: the alias '{'t' * 65}' has 65 characters; Word takes 64",
    ),
    "control ids doubled": (control('<w:id w:val="7"/>') * 2, "2 content controls have the id 7"),
    "paragraph ids doubled": (
        f'<w:p xmlns:w14="{W14}" w14:paraId="00000007">{RUN}</w:p>' * 2,
        "2 paragraphs have the id 00000007",
    ),
    "control properties out of order": (
        control('<w:id w:val="1"/><w:tag w:val="a"/>'),
        "word/document.xml: the properties of content control 'a' are doubled or out of order: id tag",
    ),
    "note that is not there": (
        '<w:p><w:r><w:footnoteReference w:id="5"/></w:r></w:p>',
        "the footnote 5 is referred to, and is not there",
    ),
}
ACCESSIBILITY = {
    "heading jumps": (heading(3), "word/document.xml: the heading 'text' jumps from level 1 to level 3"),
    "heading empty": (heading(2, ""), "word/document.xml: a heading of level 2 is empty"),
    "no header row": (
        table(cell() * 2, header=False),
        "word/document.xml: the first row of table 1 is not marked as a header row",
    ),
    "weak link": (
        f"<w:p>{bookmark(1, 'one')}<w:hyperlink w:anchor='one'><w:r><w:t>Click here</w:t></w:r></w:hyperlink></w:p>",
        "word/document.xml: the link text 'Click here' does not say where the link leads",
    ),
    "empty link": (
        f"<w:p>{bookmark(1, 'one')}<w:hyperlink w:anchor='one'/></w:p>",
        "word/document.xml: the link text '' does not say where the link leads",
    ),
}
FAULTS = STRUCTURE | ACCESSIBILITY


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_nothing_else(tmp_path: Path, name: str) -> None:
    body, fault = FAULTS[name]
    faults = word_assertions(word(tmp_path / "faulty.docx", body + PARAGRAPH))
    assert fault in faults
    # The same slip may break a second rule, but never in another part of the document.
    assert {found.split(":")[0] for found in faults if ".xml:" in found} <= {"word/document.xml"}


@pytest.mark.parametrize("description", ["", " "])
def test_pictures_need_their_own_id_and_words(tmp_path: Path, description: str) -> None:
    document = word_document()
    for _ in range(2):
        shape = document.add_picture(io.BytesIO(picture()), Pt(8))
        shape._inline.docPr.set("descr", description)
        shape._inline.docPr.set("id", "3")
        shape._inline.docPr.set("name", "Square")
    missing = "word/document.xml: the picture 'Square' has no alternative text"
    assert word_assertions(word(tmp_path / "faulty.docx", document=document)) == [
        "2 drawings have the id 3",
        missing,
        missing,
    ]


def test_a_document_needs_a_title_a_language_and_headings(tmp_path: Path) -> None:
    document = word_document()
    document.core_properties.title = ""
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.getparent().remove(language)
    document.element.body.remove(document.paragraphs[0]._p)
    assert word_assertions(word(tmp_path / "faulty.docx", document=document)) == [
        "docProps/core.xml: the document has no title",
        "word/styles.xml: the document has no default language",
        "word/document.xml: the document has no headings",
    ]


def test_headers_are_looked_at_as_well(tmp_path: Path) -> None:
    document = word_document()
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph._p.append(word_document().element.body.makeelement(paragraph._p.tag.replace("}p", "}bookmarkEnd")))
    assert word_assertions(word(tmp_path / "faulty.docx", document=document)) == [
        "word/header1.xml: the end of bookmark  has no start before it"
    ]


def test_notes_are_referred_to_once_each() -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = [f'<w:endnote w:id="{number}"><w:p/></w:endnote>' for number in (1, 2, 3)]
    marks = [f'<w:r><w:endnoteReference w:id="{number}"/></w:r>' for number in (1, 2, 2)]
    separator = '<w:endnote w:type="separator" w:id="0"><w:p/></w:endnote>'
    body = parse_xml(f"<w:body {namespace}><w:p>{''.join(marks)}</w:p></w:body>")
    part = parse_xml(f"<w:endnotes {namespace}>{separator}{''.join(notes)}</w:endnotes>")
    assert list(structure_faults(WordPackage({"word/endnotes.xml": part}, (Story("body", body),)))) == [
        "the endnote 2 is referred to 2 times; a repeat must be a cross-reference",
        "the endnote 3 is never referred to",
    ]
