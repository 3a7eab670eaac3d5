"""The two validators and LibreOffice say yes to a sound document and no to faulty ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.validators import libreoffice_pdf, open_xml_sdk, openxml_audit, pdf_structure, verapdf
from tests.validators.samples import word

DANGLING_STYLE = '<w:p><w:pPr><w:pStyle w:val="NoSuchStyle"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
EMPTY_ROW = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr/></w:tbl><w:p/>'
MISPLACED = "<w:p><w:r><w:t>x</w:t><w:rPr><w:b/></w:rPr></w:r></w:p>"


def test_both_validators_pass_a_sound_document(tmp_path: Path) -> None:
    sound = word(tmp_path / "sound.docx", "<w:p><w:r><w:t>x</w:t></w:r></w:p>")
    assert open_xml_sdk(sound) == []
    assert openxml_audit(sound) == []


def test_open_xml_sdk_names_part_and_place(tmp_path: Path) -> None:
    (fault,) = open_xml_sdk(word(tmp_path / "faulty.docx", MISPLACED))
    assert fault.startswith("/word/document.xml: /w:document[1]/w:body[1]/w:p[2]/w:r[1]: ")
    assert "rPr" in fault


@pytest.mark.parametrize("body", [DANGLING_STYLE, EMPTY_ROW, MISPLACED])
def test_openxml_audit_finds(tmp_path: Path, body: str) -> None:
    faults = openxml_audit(word(tmp_path / "faulty.docx", body))
    assert faults
    assert all("/word/document.xml" in fault for fault in faults)


def test_a_file_that_is_no_document_is_never_passed(tmp_path: Path) -> None:
    torn = tmp_path / "torn.docx"
    torn.write_bytes(word(tmp_path / "sound.docx").read_bytes()[:2000])
    with pytest.raises(ValueError, match="cannot open"):
        open_xml_sdk(torn)
    assert openxml_audit(torn)
    for tool in (open_xml_sdk, openxml_audit):
        with pytest.raises((ValueError, FileNotFoundError)):
            tool(tmp_path / "absent.docx")


def test_libreoffice_opens_a_sound_document(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    made = libreoffice_pdf(word(tmp_path / "sound.docx"), out)
    assert made == out / "sound.pdf"
    assert verapdf(made) == []
    assert pdf_structure(made).headings == [(1, "Locks and weirs")]
    with pytest.raises(AssertionError, match="is there already"):
        libreoffice_pdf(tmp_path / "sound.docx", out)


def test_libreoffice_says_so_when_it_cannot_open_a_document(tmp_path: Path) -> None:
    hollow = tmp_path / "hollow.docx"
    with zipfile.ZipFile(hollow, "w") as package:
        package.writestr("[Content_Types].xml", "<nothing/>")
    with pytest.raises(AssertionError, match=r"no PDF of hollow\.docx"):
        libreoffice_pdf(hollow, tmp_path)
