"""List markers as Word prints them, on lists that no brief of ours needs but a house document may bring."""

from __future__ import annotations

import pytest
from lxml import etree

from briefing.formats.docx.read_numbering import Lists, formatted, printed
from briefing.formats.docx.read_styles import StyleSheet

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def xml(text: str) -> etree._Element:
    return etree.fromstring(f'<w:root xmlns:w="{W}">{text}</w:root>')


def level(number: int, text: str, style: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def paragraph(instance: int | None, place: int = 0, style: str = "") -> etree._Element:
    numbering = "" if instance is None else f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{instance}"/></w:numPr>'
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    return xml(f"<w:p><w:pPr>{look}{numbering}</w:pPr></w:p>")[0]


def markers(numbering: str, *paragraphs: etree._Element, styles: str = "") -> list[str | None]:
    lists = Lists(xml(numbering), StyleSheet(xml(styles)))
    found = [lists.marker(each) for each in paragraphs]
    return [None if each is None else each.text for each in found]


OUTLINE = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "%1.")}{level(1, "%1.%2", more="")}'
    f'{level(2, "(%3)", "lowerLetter")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def test_levels_count_on_and_start_anew_below() -> None:
    places = (0, 1, 1, 2, 0, 1, 2, 2)
    said = markers(OUTLINE, *(paragraph(1, place) for place in places))
    assert said == ["1.", "1.1", "1.2", "(a)", "2.", "2.1", "(a)", "(b)"]


def test_a_level_used_first_counts_those_above_as_begun() -> None:
    assert markers(OUTLINE, paragraph(1, 1), paragraph(1, 0)) == ["1.1", "2."]


def test_a_level_that_never_starts_anew() -> None:
    numbering = OUTLINE.replace("(%3)", "%3").replace(
        '<w:lvlText w:val="%1.%2"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="%2"/>'
    )
    assert markers(numbering, *(paragraph(1, place) for place in (0, 1, 0, 1))) == ["1.", "1", "2.", "2"]


def test_two_instances_of_one_definition_count_together_unless_one_starts_anew() -> None:
    second = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    said = markers(OUTLINE + second + anew, paragraph(1), paragraph(2), paragraph(3), paragraph(3), paragraph(1))
    assert said == ["1.", "2.", "7.", "8.", "9."]


def test_an_instance_may_bring_a_level_of_its_own() -> None:
    own = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "%1)", "upperRoman")}</w:lvlOverride></w:num>'
    assert markers(OUTLINE + own, paragraph(2), paragraph(2)) == ["I)", "II)"]


def test_legal_numbers_are_decimal() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "%1.", "upperRoman")}'
        f'{level(1, "%1.%2", more="<w:isLgl/>")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert markers(numbering, paragraph(1), paragraph(1, 1)) == ["I.", "1.1"]


def test_a_style_puts_its_paragraphs_into_a_list_and_a_paragraph_may_leave_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Base"/></w:style>'
    )
    said = markers(OUTLINE, paragraph(None, style="Own"), paragraph(0, style="Own"), paragraph(None), styles=styles)
    assert said == ["1.", None, None]


def test_a_list_that_is_not_defined_prints_nothing() -> None:
    assert markers(OUTLINE, paragraph(9), paragraph(1, 8)) == [None, None]


@pytest.mark.parametrize(
    ("count", "style", "said"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (0, "lowerRoman", "0"),
        (3, "none", ""),
        (3, "ordinal", "3"),
    ],
)
def test_number_formats(count: int, style: str, said: str) -> None:
    assert formatted(count, style) == said


@pytest.mark.parametrize(
    ("text", "font", "said"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("\uf0a7", "Wingdings", "▪"),
        ("o", "Courier New", "◦"),
        ("o", None, "o"),
        ("•", "Arial", "•"),
    ],
)
def test_bullets_of_symbol_fonts(text: str, font: str | None, said: str) -> None:
    assert printed(text, font) == said
