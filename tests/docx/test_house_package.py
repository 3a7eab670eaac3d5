"""House documents whose package is put together in other ways than Word's of today: each opens there, and can be used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from briefing.errors import UsageError
from briefing.formats.docx.house_report import house_report
from briefing.formats.docx.read_back import verify_docx
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import POLICY, Opened, saved, written
from tests.validators import open_xml_sdk, openxml_audit, word_assertions

TYPES, MAIN = "[Content_Types].xml", "word/_rels/document.xml.rels"
LETTERHEAD = houses.data(houses.letterhead())
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def renamed(data: bytes, name: Callable[[str], str]) -> bytes:
    """`data` with other names in its directory."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.namelist():
            target.writestr(name(entry), source.read(entry))
    return stream.getvalue()


def other(kind: str, target: str) -> tuple[str, str]:
    """A change that lists one relation more."""
    return "</Relationships>", f'<Relationship Id="rIdMore" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'


SOUND = {
    "templates of Word 2007 spell the thumbnail otherwise than its list": renamed(
        LETTERHEAD, lambda entry: entry.replace("thumbnail", "Thumbnail")
    ),
    "parts are found in any case": renamed(
        LETTERHEAD, lambda entry: entry if entry == TYPES or "rels" in entry else entry.upper()
    ),
    "the list of types in small letters": renamed(
        LETTERHEAD, lambda entry: entry.replace("Content_Types", "content_types")
    ),
    "folders between backslashes": renamed(LETTERHEAD, lambda entry: entry.replace("/", "\\")),
    "names that begin with a slash": renamed(LETTERHEAD, lambda entry: f"/{entry}"),
    "a blank in a name, written as such": houses.edited(
        renamed(LETTERHEAD, lambda entry: entry.replace("word/styles", "word/my styles")),
        {MAIN: ("styles.xml", "my%20styles.xml")},
    ),
    "a blank in a name, written as in an address": houses.edited(
        renamed(LETTERHEAD, lambda entry: entry.replace("word/styles", "word/my%20styles")),
        {MAIN: ("styles.xml", "my%20styles.xml")},
    ),
    "broken XML in a part that stays behind": houses.edited(
        LETTERHEAD,
        {MAIN: other("glossaryDocument", "glossary/document.xml")},
        {"word/glossary/document.xml": b"<w:glo"},
    ),
    "an imported file that is called a Word document": houses.edited(
        LETTERHEAD,
        {
            MAIN: other("aFChunk", "chunk.dat"),
            TYPES: (
                "(<Default )",
                r'<Default Extension="dat" ContentType="application/vnd.openxmlformats-officedocument.'
                r'wordprocessingml.document.main+xml"/>\1',
            ),
        },
        {"word/chunk.dat": b"{\\rtf1 }"},
    ),
}


@pytest.mark.parametrize("case", SOUND)
def test_it_is_as_good_as_any_other(case: str) -> None:
    made, plain = written(sample(), SOUND[case]), written(sample(), LETTERHEAD)
    assert made.problems == plain.problems
    assert house_report(SOUND[case], POLICY.tokens) == house_report(LETTERHEAD, POLICY.tokens)
    usual, parts = Opened(plain.data).parts, Opened(made.data).parts
    assert len(parts) == len(usual)
    assert parts["word/document.xml"] == usual["word/document.xml"]


def test_a_strict_document_is_as_good_as_its_transitional_twin() -> None:
    """ISO/IEC 29500-1 has namespaces, sides and units of its own; Word and LibreOffice open both."""
    there = houses.strict(LETTERHEAD)
    assert b'w:w="612pt"' in Opened(there).parts["word/document.xml"]
    made, usual = Opened.of(sample(), there).parts, Opened.of(sample(), LETTERHEAD).parts
    assert sorted(made) == sorted(usual)
    for name in usual:
        if name.endswith(".xml"):
            assert etree.canonicalize(made[name].decode()) == etree.canonicalize(usual[name].decode()), name


def test_a_document_without_styles_gets_those_of_a_brief(tmp_path: Path) -> None:
    bare = houses.edited(LETTERHEAD, {MAIN: ("relationships/styles", "relationships/other")})
    artifact = written(sample(), bare)
    assert verify_docx(sample(), artifact.data, house=True) == ()
    path = saved(artifact.data, tmp_path)
    assert [*open_xml_sdk(path), *openxml_audit(path), *word_assertions(path)] == []
    (problem,) = artifact.problems
    assert problem.code == "missing-style"


def test_what_is_damaged_is_called_damaged() -> None:
    with zipfile.ZipFile(io.BytesIO(LETTERHEAD)) as source:
        entry = amid(source, "word/styles.xml")
    broken = bytearray(LETTERHEAD)
    broken[entry] ^= 0xFF
    with pytest.raises(UsageError) as caught:
        written(sample(), bytes(broken))
    (problem,) = caught.value.problems
    assert problem.message == "the reference document cannot be used: it is damaged"
    assert "save it again" in problem.hint


def amid(source: zipfile.ZipFile, name: str) -> int:
    """A place amid the bytes of an entry."""
    about = source.getinfo(name)
    return about.header_offset + 100 + about.compress_size // 2
