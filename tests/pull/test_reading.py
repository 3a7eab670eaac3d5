"""What is read of a document that came back: the same as was written, whatever programs do to runs, marks and controls."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from briefing.errors import DataError
from briefing.formats.docx.edited.edited_document import EditedDocument, Span
from briefing.formats.docx.edited.open_edited import read_edited
from briefing.formats.docx.writer import docx
from tests.document.sample import sample
from tests.docx.opened import POLICY

DATA = docx(
    sample(), POLICY, typed={"title": "typed", "stakeholders[0].position": "hidden", "notes": "never printed"}
).data


def changed(change: Callable[[str], str], part: str = "word/document.xml", data: bytes = DATA) -> bytes:
    """The document with one part changed as text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            held = old.read(each)
            new.writestr(each, change(held.decode()).encode() if each == part else held)
    return stream.getvalue()


def texts(document: EditedDocument) -> list[tuple[Span, ...]]:
    """What its paragraphs say."""
    return [each.spans for each in document.paragraphs]


def test_what_was_written_is_what_is_read() -> None:
    found = read_edited(DATA)
    assert found.base is not None
    assert found.paragraphs == found.base.paragraphs
    assert found.build == found.base.build == "0123abcd"
    assert {each.place for each in found.paragraphs} == {"body", "endnote", "header", "footer"}


def test_the_base_holds_only_what_is_printed() -> None:
    base = read_edited(DATA).base
    assert base is not None and dict(base.values) == {"title": "typed"}


def test_a_plain_file_has_no_base() -> None:
    found = read_edited(docx(sample(), POLICY, plain=True, typed={"title": "typed"}).data)
    assert found.base is None and not found.build
    assert texts(found)[:3] == texts(read_edited(DATA))[:3]


def _split(text: str) -> str:
    """Each run cut in two as Word does it, with a spelling mark between."""
    run, said = r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|)", '<w:t xml:space="preserve">'
    cut = rf'<w:r>\1{said}\2</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1B2C3">\1{said}\3</w:t></w:r>'
    return re.sub(rf"{run}{said}([^<&]+)([^<&])</w:t></w:r>", cut, text)


def _controlled(text: str) -> str:
    """Each paragraph's text in a control of some other program's."""
    head = '<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_1"/></w:sdtPr><w:sdtContent>'
    return re.sub(r"(<w:r>(?:(?!</w:r>).)*</w:r>)(?=<w:bookmarkEnd)", rf"{head}\1</w:sdtContent></w:sdt>", text)


@pytest.mark.parametrize("change", [_split, _controlled])
def test_how_runs_are_split_and_wrapped_says_nothing(change: Callable[[str], str]) -> None:
    data = changed(change)
    assert data != DATA
    assert texts(read_edited(data)) == texts(read_edited(DATA))


def test_bold_is_emphasis_unless_the_style_has_it() -> None:
    def bold(text: str) -> str:
        return re.sub(r"<w:r>(?=<w:t )", "<w:r><w:rPr><w:b/></w:rPr>", text)

    found = read_edited(changed(bold)).paragraphs
    strong = {each.style: [span.strong for span in each.spans if not span.note] for each in found}
    assert strong["Table Text"][0] and strong["Title"] == strong["heading 1"] == [False]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive", "unreadable"),
        (b"\xd0\xcf\x11\xe0 an old or locked file", "unreadable"),
        (changed(lambda text: text + " " * 30_000_000), "too-large"),
        (changed(lambda text: text.replace("</w:body>", "")), "unreadable"),
        (changed(lambda text: re.sub(r"<base>.{9}", "<base>AAAAAAAAA", text), "customXml/item1.xml"), "unreadable"),
    ],
)
def test_what_cannot_be_used_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DataError) as error:
        read_edited(data, "edited.docx")
    assert [problem.code for problem in error.value.problems] == [code]
    assert "edited.docx" in error.value.problems[0].message


def test_no_entity_is_expanded() -> None:
    def declared(text: str) -> str:
        head = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY word "expanded">]><w:document'
        return text.replace("<w:document", head, 1).replace("</w:t>", "&word;&secret;</w:t>")

    with pytest.raises(DataError, match="declares entities"):
        read_edited(changed(declared))
