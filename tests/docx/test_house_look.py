"""Styles of offices as they are found: what would look wrong if ours stood beside them, or on them, just as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.document.tree import ANNEX
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import Opened, attribute, found, saved, written
from tests.validators import libreoffice_pdf, page_pictures

PLAIN = houses.data(houses.plain())
STYLES, BODY = "word/styles.xml", "word/document.xml"
GRID = (
    '<w:style w:type="table" w:styleId="GridTable4"><w:name w:val="Grid Table 4"/><w:tblStylePr w:type="firstRow">'
    '<w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="7F0000"/></w:tcPr>'
    "</w:tblStylePr></w:style></w:styles>"
)
USED = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="GridTable4"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr>'
    "</w:tbl><w:sectPr"
)


def normal(properties: str) -> bytes:
    """A house whose *Normal* has these properties of paragraphs."""
    style = rf"\1<w:pPr>{properties}</w:pPr></w:style>"
    return houses.edited(PLAIN, {STYLES: (r'(w:styleId="Normal">.*?)</w:style>', style)})


def test_white_words_of_a_first_row_stand_on_its_ground_everywhere(tmp_path: Path) -> None:
    """LibreOffice sets no conditional ground of a table style that another one is merely based on."""
    data = houses.edited(PLAIN, {STYLES: ("</w:styles>", GRID), BODY: ("<w:sectPr", USED)})
    artifact = written(sample(), data)
    pdf = libreoffice_pdf(saved(artifact.data, tmp_path), tmp_path)
    red = (0x7F, 0, 0)
    pixels = (pixel for page in page_pictures(pdf) for _, pixel in page.convert("RGB").getcolors(1 << 24) or ())
    assert red in pixels


@pytest.mark.parametrize(("fill", "base"), [("DBE5F1", "GridTable4"), ("C0C0C0", "TableNormal")])
def test_bands_on_which_grey_words_cannot_be_read_are_not_taken(fill: str, base: str) -> None:
    band = f'<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="{fill}"/></w:tcPr></w:tblStylePr></w:style>'
    grid = GRID.replace("</w:style>", band)
    data = houses.edited(PLAIN, {STYLES: ("</w:styles>", grid), BODY: ("<w:sectPr", USED)})
    (ours,) = found(Opened.of(sample(), data).root(STYLES), "w:style[w:name/@w:val='Briefing Table']/w:basedOn")
    assert attribute(ours) == base


def test_a_heading_stays_with_what_it_heads() -> None:
    loose = houses.edited(PLAIN, {STYLES: (r'(w:styleId="Heading1">.*?)<w:keepNext ?/>', r"\1")})
    heading = Opened.of(sample(), loose).paragraph("Bottom line")
    assert found(heading, "w:pPr/w:keepNext")
    assert not found(Opened.of(sample(), PLAIN).paragraph("Bottom line"), "w:pPr/w:keepNext")


def test_no_rule_between_paragraphs_takes_a_frame_apart() -> None:
    rules = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "between"))
    styles = Opened.of(sample(), normal(f"<w:pBdr>{rules}</w:pBdr>")).root(STYLES)
    assert found(styles, "w:style[@w:styleId='Normal']/w:pPr/w:pBdr/w:top")
    assert not found(styles, ".//w:between")
    drawn = normal('<w:pBdr><w:between w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>')
    assert found(Opened.of(sample(), drawn).root(STYLES), ".//w:between")


def test_a_brief_goes_its_own_way_in_the_styles_of_another_script() -> None:
    document = houses.plain()
    document.sections[0].header.paragraphs[0].text = "\N{ARABIC LETTER WAW}\N{ARABIC LETTER ZAIN}"
    there = houses.edited(
        houses.data(document),
        {STYLES: (r'(w:styleId="Normal">.*?)</w:style>', r"\1<w:pPr><w:bidi/></w:pPr></w:style>")},
    )
    made = Opened.of(sample(), there)
    assert not found(made.root(STYLES), ".//w:bidi") and not found(made.paragraph("Bottom line"), "w:pPr/w:bidi")
    (part,) = [name for name in made.parts if name.startswith("word/header")]
    ways = {
        "".join(text.text or "" for text in found(each, ".//w:t")): len(found(each, "w:pPr/w:bidi"))
        for each in found(made.root(part), "w:p")
    }
    assert ways["\N{ARABIC LETTER WAW}\N{ARABIC LETTER ZAIN}"] == 1 and ways["OFFICIAL"] == 0


def test_facts_stand_below_each_other_whatever_stops_normal_has() -> None:
    stops = "".join(f'<w:tab w:val="left" w:pos="{place}"/>' for place in (850, 1191))
    styles = Opened.of(sample(), normal(f"<w:tabs>{stops}</w:tabs>")).root(STYLES)
    (own,) = found(styles, "w:style[w:name/@w:val='Masthead Fact']/w:pPr/w:tabs")
    assert [attribute(each, "pos") for each in own if attribute(each) == "clear"] == ["850", "1191"]
    assert len(own) == len(found(own, "w:tab[@w:val='clear']")) + 1


def test_only_running_text_takes_the_first_line_of_body_text() -> None:
    body = (
        '<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:ind w:firstLine="1440"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>'
    )
    without = houses.edited(PLAIN, {STYLES: ('<w:style [^>]*w:styleId="BodyText">.*?</w:style>', "")})
    styles = Opened.of(sample(), houses.edited(without, {STYLES: ("</w:styles>", body)})).root(STYLES)
    for title in ("Figure", "Decision", "Box Text", "Bottom Line", "Table Text"):
        (own,) = found(styles, f"w:style[w:name/@w:val='{title}']/w:pPr/w:ind")
        assert attribute(own, "firstLine") == "0", title


def test_the_numbers_of_headings_begin_with_one() -> None:
    """Where a house document is chapter 26 of a book."""
    level = (
        '<w:abstractNum w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="26"/>'
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    )
    there = houses.edited(
        PLAIN,
        {
            STYLES: (r'(w:styleId="Heading1">.*?<w:pPr>)', r'\1<w:numPr><w:numId w:val="90"/></w:numPr>'),
            "word/numbering.xml": (
                "<w:num ",
                f'{level}<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num><w:num ',
            ),
        },
    )
    numbering = Opened.of(sample(), there).root("word/numbering.xml")
    (start,) = found(numbering, "w:abstractNum[@w:abstractNumId='90']/w:lvl/w:start")
    assert attribute(start) == "1"


def test_an_annex_begins_a_page_where_headings_begin_pages() -> None:
    """Word opens no document that says a property of a paragraph twice."""
    chapters = houses.edited(PLAIN, {STYLES: (r'(w:styleId="Heading1">.*?<w:pPr>)', r"\1<w:pageBreakBefore/>")})
    annex = replace(sample().sections[-1], kind=ANNEX)
    made = Opened.of(replace(sample(), sections=(*sample().sections[:-1], annex)), chapters)
    headings = found(made.document, ".//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    said = [[attribute(each) for each in found(heading, "w:pPr/w:pageBreakBefore")] for heading in headings]
    assert said[-1] == [""] and {tuple(each) for each in said[:-1]} == {("0",)}


def test_a_grid_of_libreoffice_has_no_number_that_word_cannot_read() -> None:
    grid = r'<w:docGrid w:linePitch="360" w:charSpace="4294965247"/>'
    made = Opened.of(sample(), houses.edited(PLAIN, {BODY: ("<w:docGrid[^>]*/>", grid)}))
    (kept,) = found(made.document, "w:body/w:sectPr/w:docGrid")
    assert attribute(kept, "linePitch") == "360" and attribute(kept, "charSpace") == ""
