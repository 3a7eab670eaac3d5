"""Native endnotes: numbered by the program that opens the file, repeated by reference."""

from __future__ import annotations

import re

from tests.document.sample import sample
from tests.docx.opened import Opened, W, attribute, found


def test_each_source_is_one_native_endnote_whose_number_is_the_trees() -> None:
    opened = Opened.of(sample())
    assert opened.note_numbers == {"1": 1, "2": 2}
    notes = found(opened.root("word/endnotes.xml"), "w:endnote[not(@w:type)]")
    assert [attribute(note, "id") for note in notes] == ["1", "2"]
    assert [len(found(note, ".//w:endnoteRef")) for note in notes] == [1, 1]


def test_a_repeat_is_a_reference_to_the_same_note() -> None:
    opened = Opened.of(sample())
    marks = {
        attribute(start, "name"): attribute(found(start, "following-sibling::w:r[1]/w:endnoteReference")[0], "id")
        for start in found(opened.document, ".//w:bookmarkStart[following-sibling::*[1]/w:endnoteReference]")
    }
    codes = [code.text or "" for code in found(opened.document, ".//w:instrText[contains(., 'NOTEREF')]")]
    repeats = []
    for code in codes:
        target = re.fullmatch(r" NOTEREF (\S+) \\h \\\* MERGEFORMAT ", code)
        assert target is not None, code
        repeats.append(marks[target[1]])
    assert repeats == ["1", "1", "2"]


def test_numbers_are_decimal_where_word_would_count_in_roman() -> None:
    opened = Opened.of(sample())
    assert attribute(found(opened.root("word/settings.xml"), "w:endnotePr/w:numFmt")[0]) == "decimal"
    assert attribute(found(opened.document, ".//w:sectPr/w:endnotePr/w:numFmt")[0]) == "decimal"


def test_sources_come_last() -> None:
    opened = Opened.of(sample())
    *_, last, columns, section = opened.document[0]
    assert section.tag == f"{{{W}}}sectPr"
    assert (opened.text(last), opened.text(columns)) == ("Sources", "")


def test_a_source_named_in_another_one_is_a_link_to_it() -> None:
    opened = Opened.of(sample())
    notes = opened.root("word/endnotes.xml")
    link = found(notes, ".//w:hyperlink[@w:anchor]")[0]
    target = found(notes, f".//w:bookmarkStart[@w:name='{attribute(link, 'anchor')}']/ancestor::w:endnote")[0]
    assert (opened.text(link), attribute(target, "id")) == ("source 1", "1")
