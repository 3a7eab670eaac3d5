"""Headers and footers of offices, as they are found: where the lines of a brief stand among what is framed, floats or is high."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.formats.docx.read_back import verify_docx
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import NS, Opened, attribute, found

EDGE, MARGIN = 708, 2000
FRAME = (
    '<w:p><w:pPr><w:framePr w:w="9000" w:h="{high}" w:hRule="exact" w:wrap="around" w:vAnchor="page" w:hAnchor="margin"'
    ' w:x="1" w:y="{top}"/></w:pPr><w:r><w:t>Ministry</w:t></w:r></w:p>'
)
TABLE = (
    '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpY="{top}"/><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{high}"/></w:trPr><w:tc><w:tcPr/>'
    "<w:p><w:r><w:t>Ministry</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
)


def with_edge(content: str, *, foot: bool = False) -> Opened:
    """The sample under a header, or above a footer, of an office that holds this, on A4."""
    document = houses.plain()
    section = document.sections[0]
    (section.footer if foot else section.header).paragraphs[0].text = "x"
    data = houses.data(document)
    part = next(name for name in Opened(data).parts if name.startswith("word/footer" if foot else "word/header"))
    prefixes = "".join(f' xmlns:{key}="{held}"' for key, held in NS.items() if key != "w")
    local = "ftr" if foot else "hdr"
    content = content.replace("<w:p>", f"<w:p{prefixes}>")
    margins = (
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
        f' w:header="{EDGE}" w:footer="{EDGE}" w:gutter="0"/>'
    )
    changes = {part: (f"(<w:{local}[^>]*>).*</w:{local}>", rf"\1{content}</w:{local}>")}
    return Opened.of(
        sample(), houses.edited(data, changes | {"word/document.xml": ("<w:pgSz.*?<w:pgMar[^>]*>", margins)})
    )


def lines(opened: Opened, *, foot: bool = False) -> list[tuple[str, int, int]]:
    """The paragraphs of the header or footer, each with the space before and after it."""
    (part,) = [name for name in opened.parts if name.startswith("word/footer" if foot else "word/header")]
    made = []
    for each in found(opened.root(part), "w:p"):
        before, after = (int(attribute(each.find("w:pPr/w:spacing", NS), side) or 0) for side in ("before", "after"))
        made.append(("".join(text.text or "" for text in found(each, ".//w:t")), before, after))
    return made


def test_the_page_number_stands_at_the_end_of_its_line() -> None:
    identity, *_, number = sample().footer
    made = Opened.of(replace(sample(), footer=(identity, number)), houses.data(houses.plain()))
    (part,) = [name for name in made.parts if name.startswith("word/footer")]
    (stops,) = found(made.root(part), ".//w:tabs")
    # The style Footer has stops in the middle of a line on Letter, and at the end of one between narrower margins.
    said = [(attribute(each), attribute(each, "pos")) for each in stops]
    assert said == [("clear", "4680"), ("right", "8640"), ("clear", "9360")]


def test_the_end_of_a_line_that_is_set_in_takes_no_number_with_it() -> None:
    identity, *_, number = sample().footer
    house = houses.edited(
        houses.data(houses.plain()),
        {"word/styles.xml": ('(w:styleId="Footer">.*?</w:tabs>)', r'\1<w:ind w:right="720"/>')},
    )
    made = Opened.of(replace(sample(), footer=(identity, number)), house)
    (part,) = [name for name in made.parts if name.startswith("word/footer")]
    (indent,) = found(made.root(part), "w:p[1]/w:pPr/w:ind")
    assert attribute(indent, "right") == "0"


PAGE, PAGES = (
    f'<w:fldSimple w:instr=" {code} "><w:r><w:t>7</w:t></w:r></w:fldSimple>' for code in ("PAGE", "NUMPAGES")
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Warning   Side {page} av {pages}", "Warning"),
        ("Ministry | Page {page}", "Ministry"),
        ("Page {page} \N{EN DASH} Ministry", "Ministry"),
        ("A \N{EN DASH} B \N{MIDDLE DOT} {page}", "A \N{EN DASH} B"),
        ("Chapter {page} of the handbook | 3", "Chapter 7 of the handbook | 3"),
    ],
)
def test_a_page_number_goes_from_between_signs_and_wide_blanks(said: str, left: str) -> None:
    text = '</w:t></w:r>{}<w:r><w:t xml:space="preserve">'
    content = said.format(page=text.format(PAGE), pages=text.format(PAGES))
    made = with_edge(f'<w:p><w:r><w:t xml:space="preserve">{content}</w:t></w:r></w:p>', foot=True)
    assert lines(made, foot=True)[0][0].strip() == left


DOT = (
    '<w:r><w:pict><v:oval xmlns:v="urn:schemas-microsoft-com:vml" style="width:7.2pt;height:7.2pt"/></w:pict></w:r>',
    '<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>',
)
CREST = (
    '<w:r><w:pict><v:oval xmlns:v="urn:schemas-microsoft-com:vml" style="width:72pt;height:72pt"/></w:pict></w:r>',
    '<w:r><w:pict><v:oval xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute;height:7pt"/></w:pict></w:r>',
)


@pytest.mark.parametrize(("shape", "stays"), [*((dot, False) for dot in DOT), *((crest, True) for crest in CREST)])
def test_a_page_number_goes_with_its_ornament_and_leaves_a_crest(shape: str, stays: bool) -> None:
    number = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>{}</w:p>'
    made = with_edge(number.format(shape), foot=True)
    (part,) = [name for name in made.parts if name.startswith("word/footer")]
    assert bool(found(made.root(part), ".//w:pict|.//w:sym")) is stays


@pytest.mark.parametrize("kind", [FRAME, TABLE], ids=["frame", "table"])
@pytest.mark.parametrize("foot", [False, True], ids=["header", "footer"])
def test_a_marking_stands_clear_of_what_is_placed_on_the_page(kind: str, foot: bool) -> None:
    high, top = 900, 15500 if foot else 625
    made = lines(with_edge(kind.format(top=top, high=high), foot=foot), foot=foot)
    ours = [each for each in made if each[0] not in ("", "Ministry")]
    # It ends 625 + 900 = 1525 below the upper edge, or begins 16838 - 15500 = 1338 above the lower one.
    reach = 16838 - top if foot else top + high
    room = ours[-1][2] if foot else ours[0][1]
    assert EDGE + room >= reach, made


def test_a_frame_in_the_text_beside_moves_nothing() -> None:
    made = lines(with_edge(FRAME.format(top=5000, high=600)))
    assert made[0][0] != "Ministry" and made[0][1] == 0


PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1080000" cy="{high}"/>'
    '<wp:docPr id="1" name="crest"/></wp:inline></w:drawing></w:r></w:p>'
)


@pytest.mark.parametrize(("high", "least"), [(1_440_000, 120), (90_000, 0)])
def test_text_keeps_its_distance_from_a_header_with_a_high_picture(high: int, least: int) -> None:
    assert lines(with_edge(PICTURE.format(high=high)))[-1][2] == least


def test_text_keeps_its_distance_from_lines_that_stand_clear_of_something() -> None:
    assert lines(with_edge(FRAME.format(top=625, high=1400)))[-1][2] == 120


@pytest.mark.parametrize("kinds", [("begin", "separate"), ("begin",), ("end",), ("separate",)])
def test_a_field_that_is_left_open_takes_no_line_of_ours(kinds: tuple[str, ...]) -> None:
    marks = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    made = with_edge(f"<w:p>{marks}<w:r><w:t>Ministry</w:t></w:r></w:p>", foot=True)
    assert verify_docx(sample(), made.data, house=True) == ()
    assert "Ministry" in [said for said, *_ in lines(made, foot=True)]
