"""House documents, each the smallest file that shows one oddity of real ones: each can be used, and what comes out agrees,
is valid, and looks like that office's work.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from PIL import ImageFont

from briefing.errors import Severity, UsageError
from briefing.formats.docx.read_back import verify_docx
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import NS, Opened, attribute, found, saved, written
from tests.validators import open_xml_sdk, openxml_audit, word_assertions

FOLDER = Path(__file__).parent / "house"
HOUSES = sorted(path.stem for path in FOLDER.glob("*.docx"))
FONT = Path(__file__).parents[2] / "assets/fonts/dejavu-sans/DejaVuSans.ttf"
PLAIN = houses.data(houses.plain())
STYLES, TYPES = "word/styles.xml", "[Content_Types].xml"


def house(name: str) -> bytes:
    """One of the documents."""
    return (FOLDER / f"{name}.docx").read_bytes()


def opened(name: str) -> Opened:
    """The sample in the styles of one of the documents."""
    return Opened.of(sample(), house(name))


def edges(opened: Opened) -> str:
    """All headers and footers, as XML."""
    return "".join(
        data.decode() for name, data in opened.parts.items() if name.startswith(("word/header", "word/footer"))
    )


@pytest.mark.parametrize("name", HOUSES)
def test_it_can_be_used(name: str, tmp_path: Path) -> None:
    artifact = written(sample(), house(name))
    assert verify_docx(sample(), artifact.data, house=True) == ()
    assert {problem.severity for problem in artifact.problems} <= {Severity.NOTE}
    path = saved(artifact.data, tmp_path)
    assert [*open_xml_sdk(path), *openxml_audit(path), *word_assertions(path)] == []


def test_the_number_of_its_headings_is_kept_and_is_its_own() -> None:
    artifact = written(sample(), house("numbered-heading1"))
    style = found(Opened(artifact.data).root(STYLES), "w:style[@w:styleId='Heading1']/w:pPr/w:numPr")
    assert style
    assert any("stands" in problem.message for problem in verify_docx(sample(), artifact.data))


@pytest.mark.parametrize("name", ["title-outline-level-1", "subtitle-outline-level-2"])
def test_only_headings_have_an_outline_level(name: str) -> None:
    made = opened(name)
    start, other = ("A dam", "Bottom line") if name.startswith("title") else ("What Ωmega", "Bottom line")
    assert attribute(found(made.paragraph(start), "w:pPr/w:outlineLvl")[0]) == "9"
    assert not found(made.paragraph(other), "w:pPr/w:outlineLvl")


def test_a_style_that_it_lacks_is_based_on_its_own() -> None:
    made = opened("no-heading1-style")
    (style,) = found(made.root(STYLES), "w:style[w:name/@w:val='heading 1']")
    assert attribute(style.find("w:basedOn", NS)) == "Normal"
    assert attribute(style.find("w:rPr/w:color", NS)) == "1B3A5C"
    (problem,) = written(sample(), house("no-heading1-style")).problems
    assert problem.code == "missing-style" and problem.severity is Severity.NOTE
    assert ": heading 1" in problem.message


def test_a_bare_letterhead_gets_every_style_in_one_note() -> None:
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/><w:pPr>'
        '<w:spacing w:line="280" w:lineRule="exact"/><w:ind w:firstLine="400"/><w:jc w:val="both"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana"/><w:sz w:val="24"/></w:rPr></w:style>'
    )
    root = f'<w:styles xmlns:w="{NS["w"]}">{normal}</w:styles>'
    artifact = written(sample(), houses.edited(PLAIN, {STYLES: (".*", root)}))
    (problem,) = artifact.problems
    assert "Title" in problem.message and "more" in problem.message
    assert verify_docx(sample(), artifact.data, house=True) == ()
    made = Opened(artifact.data)

    def said(name: str, path: str) -> dict[str, str]:
        (element,) = found(made.root(STYLES), f"w:style[w:name/@w:val='{name}']/{path}")
        return {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}

    for name in ("Table Text", "Quote Label", "header", "Figure", "Masthead Fact", "Title"):
        assert said(name, "w:pPr/w:spacing")["lineRule"] == "auto", name
        assert said(name, "w:pPr/w:ind").get("firstLine", "0") == "0", name
        assert said(name, "w:pPr/w:jc")["val"] != "both", name
    assert said("Body Text", "w:basedOn") == {"val": "Standard"}
    assert not found(made.root(STYLES), "w:style[w:name/@w:val='Body Text']/w:pPr/w:ind")
    assert int(said("Title", "w:rPr/w:sz")["val"]) == 54
    assert "Source Sans" not in made.parts[STYLES].decode()


def test_a_picture_is_not_cut_by_exact_lines() -> None:
    made = opened("exact-line-spacing-no-figure-style")
    paragraph, *_ = found(made.document, ".//w:p[.//w:drawing]")
    style = attribute(paragraph.find("w:pPr/w:pStyle", NS))
    (spacing,) = found(made.root(STYLES), f"w:style[@w:styleId='{style}']/w:pPr/w:spacing")
    assert attribute(spacing, "lineRule") == "auto"


def test_a_picture_that_its_line_cuts_is_noticed() -> None:
    data = houses.edited(
        written(sample()).data,
        {
            STYLES: (
                '(w:styleId="Figure">.*?<w:spacing [^>]*)w:line="240" w:lineRule="auto"',
                r'\1w:line="280" w:lineRule="exact"',
            )
        },
    )
    assert [each.message for each in verify_docx(sample(), data)] == [
        f"DOCX: {figure}: its picture is cut to the exact height of its line"
        for figure in ("timeline-figure", "figure-map")
    ]


def test_a_tracked_change_of_the_page_counts_as_accepted() -> None:
    (size,) = found(opened("tracked-section-change").document, ".//w:sectPr/w:pgSz")
    assert attribute(size, "w") == "16838"


def test_a_table_is_no_wider_than_the_narrowest_column() -> None:
    document = opened("two-unequal-columns").document
    columns = [int(attribute(each, "w")) for each in found(document, ".//w:sectPr/w:cols/w:col")] or [9638]
    assert all(int(attribute(each, "w")) <= min(columns) for each in found(document, ".//w:tblW"))


def test_no_word_in_a_table_is_broken_in_a_wide_font() -> None:
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana"/><w:sz w:val="24"/></w:rPr></w:style>'
    )
    made = Opened.of(
        sample(), houses.edited(PLAIN, {STYLES: (".*", f'<w:styles xmlns:w="{NS["w"]}">{normal}</w:styles>')})
    )
    size = found(made.root(STYLES), "w:style[w:name/@w:val='Table Text']/w:rPr/w:sz")[0]
    font = ImageFont.truetype(str(FONT), 100)
    tables = found(made.document, ".//w:tbl")
    assert tables
    for table in tables:
        widths = [int(attribute(each, "w")) - 110 for each in found(table, "w:tblGrid/w:gridCol")]
        for row in found(table, "w:tr"):
            for cell, width in zip(found(row, "w:tc"), widths, strict=True):
                said = " ".join("".join(map(str, each.itertext())) for each in found(cell, ".//w:p"))
                for word in said.replace("-", "- ").replace("\N{NO-BREAK SPACE}", " ").split():
                    assert font.getlength(word) / 100 * int(attribute(size)) * 10 <= width, word


def test_columns_too_narrow_for_the_words_of_a_table_become_one() -> None:
    three = houses.edited(PLAIN, {"word/document.xml": ("<w:cols [^>]*/>", '<w:cols w:num="3" w:space="200"/>')})
    artifact = written(sample(), three)
    assert "the reference document has columns too narrow for tables, which became one" in [
        each.message for each in artifact.problems
    ]
    assert not found(Opened(artifact.data).document, ".//w:sectPr/w:cols[@w:num]")


@pytest.mark.parametrize("name", ["header-fields-left-behind", "word-page-number-in-sdt"])
def test_the_page_is_numbered_once(name: str) -> None:
    assert edges(opened(name)).count(" PAGE ") == 1


def test_fields_that_look_up_what_stays_behind_are_frozen() -> None:
    text = edges(opened("header-fields-left-behind"))
    assert "2026/17" in text
    assert not any(keyword in text for keyword in ("DOCPROPERTY", "STYLEREF", " REF "))
    assert not any(stale in text for stale in ("Chapter 1", "Dept of Water"))


def in_header(content: str) -> Opened:
    """The sample under a header of an office that says ``Ministry`` and this."""
    document = houses.plain()
    document.sections[0].header.paragraphs[0].text = "Ministry"
    data = houses.data(document)
    part = next(name for name in Opened(data).parts if name.startswith("word/header"))
    prefixes = "".join(f' xmlns:{key}="{held}"' for key, held in NS.items() if key != "w")
    body = houses.edited(data, {part: ("</w:hdr>", f"<w:p{prefixes}>{content}</w:p></w:hdr>")})
    return Opened.of(sample(), body)


def test_a_field_that_repeats_the_title_shows_that_of_the_brief() -> None:
    for code in ("STYLEREF Title", "TITLE", "DOCPROPERTY Title"):
        text = edges(in_header(f'<w:fldSimple w:instr="{code}"><w:r><w:t>Old annual report</w:t></w:r></w:fldSimple>'))
        assert code in text and "Old annual report" not in text
        assert escape(sample().properties.title) in text


def test_a_hint_to_the_writer_of_a_template_is_not_printed() -> None:
    hint = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>[Type here]</w:t></w:r></w:sdtContent></w:sdt>"
    assert "[Type here]" not in edges(in_header(hint))


LOGO = (
    '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
    ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page">'
    '<wp:align>center</wp:align></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset>'
    '</wp:positionV><wp:extent cx="3600000" cy="1080000"/><wp:wrapNone/><wp:docPr id="1" name="logo"/></wp:anchor>'
    "</w:drawing></w:r>"
)


def test_a_marking_stands_clear_of_a_logo_that_floats_over_its_place() -> None:
    under, beside = (header_lines(in_header(LOGO.format(top=top))) for top in (360000, 3600000))
    assert [text for text, _ in beside][-1] == "" and under[0][0] == "Ministry"
    # The logo ends 40 mm below the edge of the page, 2268 twentieths of a point.
    first = next(room for text, room in under if text and text != "Ministry")
    assert 708 + 250 + first >= 2268
    assert beside[0][0] != "Ministry" and beside[0][1] == 0


def header_lines(opened: Opened) -> list[tuple[str, int]]:
    """The lines of the header, each with the room above it."""
    (root,) = [opened.root(name) for name in opened.parts if name.startswith("word/header")]
    return [
        (
            "".join(text.text or "" for text in found(each, ".//w:t")),
            int(attribute(each.find("w:pPr/w:spacing", NS), "before") or 0),
        )
        for each in found(root, "w:p")
    ]


def test_a_page_number_in_a_text_box_goes() -> None:
    shape = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute"><v:textbox>'
        '<w:txbxContent><w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p></w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    made = in_header(shape)
    assert "txbxContent" not in edges(made) and edges(made).count(" PAGE ") == 1


def test_macros_stay_behind_and_are_mentioned() -> None:
    for kind in ("document.macroEnabled", "template.macroEnabledTemplate"):
        macros = houses.edited(
            PLAIN,
            {TYPES: (r"vnd.openxmlformats-officedocument.wordprocessingml.document.main", f"vnd.ms-word.{kind}.main")},
            {"word/vbaProject.bin": b"macros"},
        )
        artifact = written(sample(), macros)
        assert "the reference document holds macros, which were left behind" in [
            each.message for each in artifact.problems
        ]
        assert not [name for name in Opened(artifact.data).parts if "vba" in name.lower()]


def test_a_style_that_hides_text_is_put_right_and_named() -> None:
    hidden = houses.edited(PLAIN, {STYLES: ('(w:styleId="Title">.*?<w:rPr>)', r"\1<w:vanish/>")})
    artifact = written(sample(), hidden)
    assert verify_docx(sample(), artifact.data, house=True) == ()
    assert "has a style 'Title' whose text is hidden text, which was put right" in artifact.problems[0].message


def test_what_is_out_of_order_or_said_twice_is_put_right(tmp_path: Path) -> None:
    twice = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Other"/></w:style></w:styles>'
    disorder = (r'(w:styleId="Title">)(<w:name [^>]*>)(.*?)(<w:pPr>.*?</w:pPr>)(<w:rPr>.*?</w:rPr>)', r"\1\5\4\3\2")
    odd = houses.edited(houses.edited(PLAIN, {STYLES: ("</w:styles>", twice)}), {STYLES: disorder})
    odd = houses.edited(odd, {"word/numbering.xml": ('<w:lvlJc w:val="left"/>', '<w:lvlJc w:val="start"/>')})
    path = saved(written(sample(), odd).data, tmp_path)
    assert [*open_xml_sdk(path), *openxml_audit(path), *word_assertions(path)] == []


def test_an_opendocument_text_is_refused_with_the_way_to_convert_it() -> None:
    odt = houses.edited(PLAIN, {}, {"mimetype": b"application/vnd.oasis.opendocument.text"})
    with pytest.raises(UsageError) as caught:
        written(sample(), odt)
    (problem,) = caught.value.problems
    assert "OpenDocument" in problem.message and "Word Document (*.docx)" in problem.hint


def test_tables_follow_the_style_of_the_offices_own() -> None:
    style = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Facts"><w:name w:val="Facts"/>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="EEF2FA"/></w:tcPr></w:tblStylePr>'
        "</w:style></w:styles>"
    )
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Facts"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>'
        "<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:sectPr"
    )
    data = houses.edited(PLAIN, {STYLES: ("</w:styles>", style), "word/document.xml": ("<w:sectPr", table)})
    artifact = written(sample(), data)
    assert verify_docx(sample(), artifact.data, house=True) == ()
    made = Opened(artifact.data)
    (ours,) = found(made.root(STYLES), "w:style[w:name/@w:val='Briefing Table']")
    assert attribute(ours.find("w:basedOn", NS)) == "Facts" and ours.find("w:tblPr", NS) is None
    assert {attribute(each, "noHBand") for each in found(made.document, ".//w:tblLook")} == {"0"}
    (colour,) = found(made.root(STYLES), "w:style[w:name/@w:val='Table Heading']/w:rPr/w:color")
    assert attribute(colour) == "FFFFFF"


def test_the_number_of_a_source_stands_on_the_line_of_its_brackets() -> None:
    raised = (
        '<w:style w:type="character" w:styleId="EndnoteReference"><w:name w:val="endnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    )
    made = Opened.of(sample(), houses.edited(PLAIN, {STYLES: ("</w:styles>", raised)}))
    (level,) = found(made.root(STYLES), "w:style[@w:styleId='EndnoteReference']/w:rPr/w:vertAlign")
    assert attribute(level) == "baseline"


def test_a_heading_begins_no_page() -> None:
    breaking = ('(w:styleId="Heading1">.*?<w:pPr>)', r"\1<w:pageBreakBefore/>")
    made = Opened.of(sample(), houses.edited(PLAIN, {STYLES: breaking}))
    (off,) = found(made.paragraph("Bottom line"), "w:pPr/w:pageBreakBefore")
    assert attribute(off) == "0"


def test_fonts_and_colours_of_the_design_tab_reach_our_own_styles() -> None:
    styles = Opened.of(sample()).root(STYLES)
    assert attribute(found(styles, "w:docDefaults//w:rFonts")[0], "asciiTheme") == "minorHAnsi"
    (heading,) = found(styles, "w:style[w:name/@w:val='heading 1']/w:rPr")
    assert attribute(heading.find("w:rFonts", NS), "asciiTheme") == "majorHAnsi"
    assert attribute(heading.find("w:color", NS), "themeColor") == "text2"
