"""What a text can hold, in Word's own terms: tables, headings, lettered footnotes, fields that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docx.document import Document as WordDocument
from lxml import etree

import briefing
from briefing.document.tree import Document
from briefing.formats.docx.read_back import verify_docx
from tests.cases import case
from tests.docx import houses
from tests.docx.opened import Opened, attribute, found, saved
from tests.docx.redline.trips import check_round_trip, parts_of
from tests.running import small_brief
from tests.sabotage.word_edits import edited
from tests.validators import libreoffice_pdf, open_xml_sdk, openxml_audit, word_assertions

BRIEF = """\
title: Levee brief
date: "2026-03-14"
language: en-GB
handling: {marking: OFFICIAL}
proposition: Raise the bank.
summary: |
  Raise the bank[^why] now [@study]. See [#law], [#who-pays], [#treasury], [#fig], [#said] and [#study].

  [^why]: The bank is **old**.
background: |
  What stands here.

  ## The first years

  | what | cost | seen by |
  |:---|---:|:---:|
  | sluice[^cell] | 5 | all |
  | bank | 7 |  |

  After the table.

  ### A smaller matter

  - an item[^item]
  - another

  | a | b |
  |---|---|
  | 1 | 2 |

  | c | d |
  |---|---|
  | 3 | 4 |

  [^cell]: In a cell.
  [^item]: In a list.
quotes:
  - {id: said, text: We will pay., speaker: Nora Tamm, source: study, date: "2026-01-30"}
stakeholders:
  - {id: treasury, name: The Treasury, stance: undecided, position: "Takes no side [@study]."}
open_questions:
  - {id: who-pays, question: Who pays for upkeep?, owner: Desk}
sections:
  - id: law
    title: What the law says
    body: |
      It says little [@study].

      ## Cases

      None[^none].

      [^none]: Not one.
figures:
  - {id: fig, caption: A bar, alt: Bars, chart: {kind: bar, values: [{label: A, value: 3}, {label: B, value: 4}]}}
sources:
  - {id: study, title: A study of the basin, publisher: Institute, published: "2026-01-30"}
"""


def document(folder: Path, text: str = BRIEF) -> Document:
    """The tree of a brief."""
    return briefing.compose_brief(small_brief(folder, text))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return document(tmp_path_factory.mktemp("brief"))


@pytest.fixture(scope="module")
def opened(brief: Document) -> Opened:
    return Opened.of(brief)


def table_with(opened: Opened, words: str) -> etree._Element:
    return next(table for table in found(opened.document, ".//w:tbl") if words in opened.text(table))


def sides(opened: Opened, row: etree._Element) -> list[str]:
    """The side on which each cell of a row stands."""
    return ["".join(attribute(each) for each in found(cell, "w:p/w:pPr/w:jc")) for cell in found(row, "w:tc")]


def test_a_typed_table_is_a_table_of_words_own() -> None:
    opened = Opened.of(briefing.compose_brief(case("37")))
    table = table_with(opened, "sluice")
    assert [[opened.text(cell) for cell in found(row, "w:tc")] for row in found(table, "w:tr")] == [
        ["what", "cost"],
        ["sluice", "5"],
        ["bank", "7"],
    ]
    assert found(table, "w:tr[1]/w:trPr/w:tblHeader") and not found(table, "w:tr[position() > 1]/w:trPr/w:tblHeader")


def test_columns_stand_on_the_side_that_was_typed_and_an_empty_cell_is_a_cell(opened: Opened) -> None:
    rows = found(table_with(opened, "sluice"), "w:tr")
    assert [sides(opened, row) for row in rows] == [["", "right", "center"]] * 3
    assert found(rows[2], "w:tc[3]/w:p") and opened.text(rows[2]) == "bank7"


def test_two_tables_do_not_touch(opened: Opened) -> None:
    assert not found(opened.document, ".//w:tbl/following-sibling::*[1][self::w:tbl]")


def test_sub_headings_are_headings_of_their_levels_with_bookmarks(opened: Opened) -> None:
    for words, style in (("The first years", "heading 2"), ("A smaller matter", "heading 3"), ("Cases", "heading 2")):
        heading = opened.paragraph(words)
        assert opened.style_of(heading) == style
        assert found(heading, "w:bookmarkStart")


def test_footnotes_are_native_and_lettered_and_sources_stay_numbered(opened: Opened) -> None:
    notes = found(opened.root("word/footnotes.xml"), "w:footnote")
    assert [attribute(note, "type") for note in notes[:2]] == ["separator", "continuationSeparator"]
    assert [opened.text(note).strip() for note in notes[2:]] == [
        "The bank is old.",
        "In a cell.",
        "In a list.",
        "Not one.",
    ]
    references = found(opened.document, ".//w:footnoteReference")
    assert [attribute(each, "id") for each in references] == [attribute(note, "id") for note in notes[2:]]
    for root in (opened.root("word/settings.xml"), opened.document):
        assert {attribute(each) for each in found(root, ".//w:footnotePr/w:numFmt")} == {"lowerLetter"}
        assert {attribute(each) for each in found(root, ".//w:endnotePr/w:numFmt")} == {"decimal"}
    assert len(found(opened.root("word/settings.xml"), "w:footnotePr/w:footnote")) == 2
    assert {opened.style_of(each) for each in found(notes[2], "w:p")} == {"footnote text"}


def test_a_brief_without_footnotes_has_no_part_for_them() -> None:
    assert "word/footnotes.xml" not in Opened.of(briefing.compose_brief(case("37"))).parts


def fields(opened: Opened, root: etree._Element) -> dict[str, str]:
    """What each field of a paragraph shows, by its code."""
    shown, code, in_result = {}, "", False
    for each in root.iter():
        kind = attribute(each, "fldCharType")
        match str(each.tag).rpartition("}")[2]:
            case "fldChar":
                code, in_result = ("" if kind == "begin" else code), kind == "separate"
            case "instrText":
                code = (each.text or "").strip()
                shown[code] = ""
            case "t" if in_result:
                shown[code] += each.text or ""
    return shown


def test_references_are_fields_that_word_can_update_to_the_same_words(opened: Opened) -> None:
    """What a field shows is what its bookmark holds; for the number of a source it is the number of its note."""
    mention = opened.paragraph("Raise the bank now")
    shown = {code: words for code, words in fields(opened, mention).items() if "REF" in code}
    assert list(shown.values()) == ["What the law says", "The Treasury", "Figure 1", "Quote 1", "1"]
    for code, words in shown.items():
        name = re.fullmatch(r"(?:NOTE)?REF (_Ref\d+) \\h(?: .*)?", code)
        assert name is not None, code
        (start,) = found(opened.document, f".//w:bookmarkStart[@w:name='{name[1]}']")
        path = f"following::w:t[following::w:bookmarkEnd[@w:id='{attribute(start, 'id')}']]"
        held = "".join(each.text or "" for each in found(start, path))
        assert held == words or (words == "1" and found(start, "following::w:r[1]/w:endnoteReference"))


def test_words_that_stand_nowhere_lead_to_their_item_as_a_link(opened: Opened) -> None:
    """A field would show the whole question as soon as somebody updates it."""
    (link,) = found(
        opened.paragraph("Raise the bank now"), "w:hyperlink[. = 'question 1'] | .//w:hyperlink[. = 'question 1']"
    )
    (start,) = found(opened.document, f".//w:bookmarkStart[@w:name='{attribute(link, 'anchor')}']")
    assert "Who pays for upkeep?" in opened.text(found(start, "ancestor::w:p")[0])


@pytest.mark.parametrize("house", [None, houses.plain, houses.letterhead])
def test_it_is_valid_and_says_what_the_brief_says(
    brief: Document, house: Callable[[], WordDocument] | None, tmp_path: Path
) -> None:
    written = Opened.of(brief, None if house is None else houses.data(house()))
    path = saved(written.data, tmp_path)
    assert verify_docx(brief, written.data) == ()
    assert open_xml_sdk(path) == []
    assert openxml_audit(path) == []
    assert word_assertions(path) == []
    reference = found(written.document, ".//w:footnoteReference/..")[0]
    raised = found(reference, "w:rPr/w:vertAlign") or found(reference, "w:rPr/w:rStyle")
    assert house is None or raised, "raised by itself or by a style that came along"


@pytest.mark.parametrize(
    ("style", "change"),
    [
        (r'<w:style w:type="paragraph" w:styleId="Heading1">.*?</w:style>', ""),
        (r'<w:style w:type="paragraph" w:styleId="Heading2">.*?</w:style>', ""),
        (r'(w:styleId="Title">.*?<w:pPr>)', r'\1<w:outlineLvl w:val="0"/>'),
        (r'(w:styleId="Heading1">.*?<w:pPr>)', r'\1<w:numPr><w:numId w:val="1"/></w:numPr>'),
    ],
    ids=["no heading 1", "no heading 2", "title in the outline", "numbered headings"],
)
def test_headings_are_what_they_are_in_any_house(brief: Document, style: str, change: str) -> None:
    house = houses.edited(houses.data(houses.plain()), {"word/styles.xml": (style, change)})
    assert verify_docx(brief, Opened.of(brief, house).data, house=True) == ()


def test_libreoffice_prints_the_same(brief: Document, opened: Opened, tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(libreoffice_pdf(saved(opened.data, tmp_path), tmp_path))
    said = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert (
        "Raise the banka now [1]. See section “What the law says”, question 1, The Treasury, Figure 1, Quote 1" in said
    )
    assert "a The bank is old. b In a cell. c In a list." in said


def test_footnotes_come_and_go_in_a_redline(brief: Document, tmp_path: Path) -> None:
    changed = BRIEF.replace("sluice[^cell]", "sluice").replace("  [^cell]: In a cell.\n", "")
    changed = changed.replace("In a list.", "In a long list.").replace("- another\n", "- another[^new]\n", 1)
    changed = changed.replace("  [^item]:", "  [^new]: Quite new.\n\n  [^item]:")
    parts = parts_of(check_round_trip(brief, document(tmp_path / "changed", changed)))
    notes = parts["word/footnotes.xml"]
    assert found(notes, ".//w:del//w:delText[. = 'In a cell.']") and found(notes, ".//w:ins//w:t[. = 'Quite new.']")
    assert [each.text for each in found(notes, ".//w:ins//w:t")].count("long ") == 1
    numbers = [attribute(each, "id") for each in found(parts["word/document.xml"], ".//w:footnoteReference")]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]


def test_all_footnotes_come_or_go_in_a_redline(brief: Document, tmp_path: Path) -> None:
    without = document(tmp_path / "without", re.sub(r"\[\^\w+\](: .*)?", "", BRIEF))
    check_round_trip(without, brief)
    check_round_trip(brief, without)


def _set(path: str, name: str, value: str) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        for each in found(root, path):
            each.set(f"{{{root.nsmap['w']}}}{name}", value)

    return edit


def _swap(root: etree._Element) -> None:
    first, second = found(root, "w:footnote[not(@w:type)]")[:2]
    for note, number in ((first, "2"), (second, "1")):
        note.set(f"{{{root.nsmap['w']}}}id", number)


def _anew(root: etree._Element) -> None:
    holder, *_ = found(root, ".//w:sectPr/w:footnotePr")
    etree.SubElement(holder, f"{{{root.nsmap['w']}}}numRestart").set(f"{{{root.nsmap['w']}}}val", "eachPage")


def _reword(root: etree._Element) -> None:
    (text,) = found(root, ".//w:t[. = 'In a cell.']")
    text.text = "In a jail."


@pytest.mark.parametrize(
    ("part", "edit", "said"),
    [
        ("word/footnotes", _reword, "In a jail."),
        ("word/footnotes", _swap, "In a cell."),
        ("word/document", _set(".//w:footnotePr/w:numFmt", "val", "decimal"), "should read"),
        ("word/document", _anew, "its notes are numbered anew on each page"),
        ("word/document", _set(".//w:p[contains(., 'Cases')]/w:pPr/w:pStyle", "val", "Heading3"), "the headings"),
        ("word/document", _set(".//w:tbl[contains(., 'sluice')]//w:tblHeader", "val", "0"), "its column headings"),
        ("word/document", _set(".//w:hyperlink[. = 'question 1']", "anchor", "nowhere"), "“question 1” should lead to"),
    ],
)
def test_what_is_not_so_is_found(
    brief: Document, opened: Opened, part: str, edit: Callable[[etree._Element], None], said: str
) -> None:
    problems = verify_docx(brief, edited(opened.data, part, edit))
    assert any(said in problem.message for problem in problems), problems


def test_a_long_row_begins_where_it_stands_and_short_ones_are_not_left_alone() -> None:
    long, short = (Opened.of(briefing.compose_brief(case(number))) for number in ("62", "37"))
    rows = found(table_with(long, "Farmers"), "w:tr")
    assert found(rows[0], "w:trPr/w:tblHeader") and not found(rows[1], "w:trPr/w:cantSplit")
    first, last = found(table_with(short, "sluice"), "w:tr")[1:]
    assert found(first, "w:trPr/w:cantSplit") and found(first, ".//w:keepNext") and not found(last, ".//w:keepNext")
