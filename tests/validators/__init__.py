"""The tools that the tests hold finished files against, one function a tool. None may be missing where tests run."""

from __future__ import annotations

from tests.validators.libreoffice import libreoffice_pdf, libreoffice_settled
from tests.validators.open_xml_sdk import open_xml_sdk
from tests.validators.openxml_audit import openxml_audit
from tests.validators.page_pictures import page_pictures
from tests.validators.pdf_structure import PdfStructure, pdf_structure
from tests.validators.verapdf import verapdf
from tests.validators.word_assertions import word_assertions

__all__ = [
    "PdfStructure",
    "libreoffice_pdf",
    "libreoffice_settled",
    "open_xml_sdk",
    "openxml_audit",
    "page_pictures",
    "pdf_structure",
    "verapdf",
    "word_assertions",
]
