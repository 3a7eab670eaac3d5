"""A program that is not ours accepts and rejects all changes of a redline, and gets the two briefs."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import cast

import pytest
from lxml import etree

from briefing.document.tree import Document
from tests.docx.opened import written
from tests.docx.redline.pairs import BRIEF, document
from tests.docx.redline.trips import ONE_COLUMN, made
from tests.validators import libreoffice_settled

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SIGNS = {"tab": "\t", "s": " ", "line-break": "\n", "note": "(note)", "frame": "(picture)"} | dict.fromkeys(
    ("page-number", "page-count"), "(page)"
)
OLD = document(BRIEF)
NEW = document(
    {
        **BRIEF,
        "summary": "The basin holds **five million** cubic metres [@register]. The dykes hold nothing [@study, p. 3].",
        "key_points": [BRIEF["key_points"][0], "A new point [@radio]."],
        "background": BRIEF["background"]
        .partition("\n- a basin")[0]
        .replace("city.\n", "city.\n4. A fourth [@letter, p. 2].\n"),
        "quotes": BRIEF["quotes"][1:],
        "stakeholders": [{**each, "quotes": []} for each in BRIEF["stakeholders"][:2]],
        "timeline": [*BRIEF["timeline"], {"date": "2026-04-01", "event": "Work begins."}],
        "open_questions": BRIEF["open_questions"][1:],
        "handling": {"marking": "SECRET"},
        "sections": [{"id": "law", "title": "What the law says", "body": "It says more [@radio]."}],
    }
)


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """The styles of the paragraphs of an ODT and what they say: body and notes, then headers and footers.

    Empty ones are left out: version 7.4 keeps an empty row where a row held a content control or a repeated citation.
    """
    with zipfile.ZipFile(path) as package:
        roots = [etree.fromstring(package.read(name)) for name in ("content.xml", "styles.xml")]
    assert not [root for root in roots if next(root.iter(f"{TEXT}tracked-changes"), None) is not None]
    return [
        (_style(root, each.get(f"{TEXT}style-name", "")), text)
        for root in roots
        for each in root.iter(f"{TEXT}p", f"{TEXT}h")
        if (text := _said(each))
    ]


def _style(root: etree._Element, name: str) -> str:
    """The style that people see behind one that holds no more than direct formatting."""
    automatic = f".//*[local-name()='automatic-styles']/*[@*[local-name()='name']='{name}']/@*[local-name()='parent-style-name']"
    return next(map(str, cast(list[str], root.xpath(automatic))), name)


def _said(element: etree._Element) -> str:
    """The text of an element, with notes and pictures only as signs."""
    said = element.text or ""
    for each in element:
        tag = etree.QName(each).localname
        said += SIGNS[tag] if tag in SIGNS else _said(each)
        said += each.tail or ""
    return said


@pytest.mark.parametrize(("order", "brief"), [("Accept", NEW), ("Reject", OLD)])
def test_all_changes_accepted_or_rejected(order: str, brief: Document, tmp_path: Path) -> None:
    files = {"redline": made(OLD, NEW), "clean": written(brief, None, ONE_COLUMN).data}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    command = f".uno:{order}AllTrackedChanges"
    settled = libreoffice_settled(tmp_path / "redline.docx", tmp_path / "settled.odt", command)
    clean = libreoffice_settled(tmp_path / "clean.docx", tmp_path / "saved.odt", "")
    assert paragraphs(settled) == paragraphs(clean)


def test_without_the_order_the_changes_stay(tmp_path: Path) -> None:
    (tmp_path / "redline.docx").write_bytes(made(OLD, NEW))
    with pytest.raises(AssertionError):
        paragraphs(libreoffice_settled(tmp_path / "redline.docx", tmp_path / "saved.odt", ""))
