"""What the file says of itself, and its language."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.document.sample import sample
from tests.docx import houses
from tests.docx.arabic import arabic
from tests.docx.opened import Opened, attribute, found

CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "A dam & its <critics>",
    "{http://purl.org/dc/elements/1.1/}creator": "Ann Author; Office B",
    "{http://purl.org/dc/elements/1.1/}subject": "Water policy",
    "{http://purl.org/dc/elements/1.1/}language": "en-GB",
    "{http://purl.org/dc/terms/}created": "2026-03-14T00:00:00Z",
    "{http://purl.org/dc/terms/}modified": "2026-03-14T00:00:00Z",
}


@pytest.mark.parametrize("reference", [None, houses.data(houses.letterhead())], ids=["ours", "house"])
def test_core_properties(reference: bytes | None) -> None:
    core = Opened.of(sample(), reference).root("docProps/core.xml")
    assert {name: core.findtext(name) for name in CORE} == CORE
    assert core.findtext("{*}keywords") == "dam, Ω, Дамба"


def test_the_build_is_a_custom_property() -> None:
    (held,) = Opened.of(sample()).root("docProps/custom.xml")
    assert (held.get("name"), "".join(str(text) for text in held.itertext())) == ("briefing-build", "0123abcd")


@pytest.mark.parametrize("reference", [None, houses.data(houses.letterhead())], ids=["ours", "house"])
def test_the_documents_language_is_the_only_one(reference: bytes | None) -> None:
    opened = Opened.of(replace(sample(), language="fr-BE"), reference)
    languages = found(opened.root("word/styles.xml"), ".//w:lang")
    assert [attribute(each) for each in languages] == ["fr-BE"]
    assert found(opened.document, ".//w:lang") == []


def test_right_to_left() -> None:
    opened = Opened.of(arabic())
    paragraph = opened.paragraph("السد")
    assert found(paragraph, "w:pPr/w:bidi") and found(opened.document, ".//w:sectPr/w:bidi")
    assert len(found(opened.document, ".//w:tblPr/w:bidiVisual")) == 2
    for run in found(paragraph, ".//w:r[w:t]"):
        letters = {letter for letter in opened.text(run) if letter.isalpha()}
        assert bool(found(run, "w:rPr/w:rtl")) or not any(letter >= "\u0600" for letter in letters), opened.text(run)
    assert attribute(found(opened.root("word/styles.xml"), ".//w:lang")[0], "bidi") == "ar"


def test_latin_letters_in_a_right_to_left_paragraph_are_a_run_of_their_own() -> None:
    opened = Opened.of(arabic())
    runs = [
        (opened.text(run), bool(found(run, "w:rPr/w:rtl"))) for run in found(opened.paragraph("النقطة"), ".//w:r[w:t]")
    ]
    assert runs[:3] == [("النقطة الأولى في ", True), ("NASA", False), (" 2024 ", True)]


def test_a_left_to_right_document_has_no_direction_marks() -> None:
    opened = Opened.of(sample())
    assert found(opened.document, ".//w:bidi | .//w:rtl | .//w:bidiVisual") == []
