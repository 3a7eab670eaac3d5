"""Paragraphs and runs name styles; a reference document that lacks one is told so once."""

from __future__ import annotations

import pytest

from briefing.errors import Severity
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import Opened, attribute, found, written

STYLES = {
    "Water weekly": "Series Line",
    "A dam": "Title",
    "What Ωmega": "Subtitle",
    "Situation as of": "Masthead Fact",
    "Bottom line": "Bottom Line Heading",
    "The dam is": "Bottom Line",
    "First point": "List Bullet",
    "Third": "List Number 2",
    "Figure 1": "caption",
    "No.": "Table Amount Heading",
    "Date": "Table Heading",
    "Quote 1": "Quote Label",
    "“We are late": "Quote",
    "Βασιλική": "Attribution",
    "Context": "Detail",
    "Proposition": "Proposition",
    "Ωmega": "Table Lead",
    "company": "Table Detail",
    "Wants it stopped": "Table Text",
}


@pytest.mark.parametrize("start", STYLES)
def test_paragraphs_have_named_styles(start: str) -> None:
    opened = Opened.of(sample())
    assert opened.style_of(opened.paragraph(start)) == STYLES[start]


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("late", "Strong"),
        ("said", "Emphasis"),
        (" link", "Hyperlink"),
        ("▼▼", "Stance Strongly Opposed"),
        ("\u00a0Strongly opposed", "Stance"),
    ],
)
def test_runs_have_named_styles(words: str, style: str) -> None:
    opened = Opened.of(sample())
    runs = [run for run in found(opened.document, ".//w:r[w:t]") if opened.text(run) == words]
    assert [opened.styles[attribute(found(run, "w:rPr/w:rStyle")[0])] for run in runs] == [style]


def test_our_own_reference_document_lacks_nothing() -> None:
    assert written(sample()).problems == ()


def test_missing_styles_come_along_and_are_mentioned_in_one_note() -> None:
    (problem,) = written(sample(), houses.data(houses.plain())).problems
    assert (problem.code, problem.severity) == ("missing-style", Severity.NOTE)
    opened = Opened.of(sample(), houses.data(houses.plain()))
    assert opened.style_of(opened.paragraph("The dam is")) == "Bottom Line"
    assert opened.style_of(opened.paragraph("Quote 1")) == "Quote Label"
    assert opened.style_of(opened.paragraph("A dam")) == "Title"


def test_only_the_words_of_a_lead_are_bold() -> None:
    opened = Opened.of(sample())
    attribution = opened.paragraph("Βασιλική")
    runs = found(attribution, ".//w:r[w:t]")
    told = [(opened.text(run), opened.styles[attribute(found(run, "w:rPr/w:rStyle")[0])]) for run in runs]
    assert told == [
        ("Βασιλική Δήμου, Minister, Ωmega, 3 March 2026 ", "Lead"),
        ("[", "Citation"),
        ("2", "endnote reference"),
        (", p. 9]", "Citation"),
    ]


def test_styles_are_found_under_the_ids_of_a_german_word() -> None:
    renamed = houses.edited(
        houses.data(houses.plain()),
        {"word/styles.xml": ('w:styleId="Title"', 'w:styleId="Titel"')},
    )
    opened = Opened.of(sample(), renamed)
    assert attribute(found(opened.paragraph("A dam"), "w:pPr/w:pStyle")[0]) == "Titel"


@pytest.mark.parametrize("name", ["TITLE", "title", "Title,Headline", "Headline"])
def test_a_style_is_found_by_name_alias_or_id_in_any_case(name: str) -> None:
    title, _, aliases = name.partition(",")
    replaced = f'<w:name w:val="{title}"/>' + (f'<w:aliases w:val="{aliases}"/>' if aliases else "")
    opened = Opened.of(
        sample(), houses.edited(houses.data(houses.plain()), {"word/styles.xml": ('<w:name w:val="Title"/>', replaced)})
    )
    assert attribute(found(opened.paragraph("A dam"), "w:pPr/w:pStyle")[0]) == "Title"


def test_a_house_colour_for_a_stance_is_used() -> None:
    style = '<w:style w:type="character" w:customStyle="1" w:styleId="X1"><w:name w:val="Stance Strongly Opposed"/></w:style></w:styles>'
    opened = Opened.of(
        sample(), houses.edited(houses.data(houses.plain()), {"word/styles.xml": ("</w:styles>", style)})
    )
    assert found(opened.document, ".//w:r[w:rPr/w:rStyle/@w:val='X1']/w:t")[0].text == "▼▼"


def test_looks_are_left_to_the_reference_document() -> None:
    """Runs and paragraphs name a style, their direction, and what holds them together; nothing else."""
    opened = Opened.of(sample())
    said = found(opened.document, ".//w:p[w:r]/w:pPr/*")
    paragraph_properties = {str(each.tag).rpartition("}")[2] for each in said} - {"sectPr"}
    run_properties = {str(each.tag).rpartition("}")[2] for each in found(opened.document, ".//w:r[w:t]/w:rPr/*")}
    assert paragraph_properties == {"pStyle", "keepNext", "numPr"}
    assert run_properties == {"rStyle", "b", "bCs"}


def test_a_document_carries_nothing_of_anybody_else() -> None:
    opened = Opened.of(sample())
    assert not [name for name in opened.parts if "thumbnail" in name or "stylesWithEffects" in name]
    assert not [name for name, data in opened.parts.items() if b"python-docx" in data or b"2013-" in data]
    fonts = found(opened.root("word/styles.xml"), "w:docDefaults//w:rFonts")[0]
    assert {attribute(fonts, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Source Sans 3"}
