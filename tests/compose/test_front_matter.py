"""What stands before and behind the text: running lines, the masthead by its form, contacts, small print, abbreviations, order."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from briefing.compose.house import House
from briefing.document.inlines import Abbreviation
from briefing.document.reading import inline_text, reading
from briefing.document.tree import Document
from briefing.document.walk import walk
from briefing.resources import templates_folder
from briefing.run.load import as_text
from briefing.schema.forms import Form
from briefing.schema.validate import validate_as
from tests.document.front_matter import front_matter


def form(name: str) -> House:
    """What a brief takes from the theme, with that form."""
    text = (templates_folder() / "policy" / "forms" / f"{name}.toml").read_text(encoding="utf-8")
    return House(form=validate_as(Form, as_text(tomllib.loads(text))))


def lines(document: Document, section: str) -> list[str]:
    """What the pieces of a section say, its heading left out; the masthead's for no section."""
    pieces = [piece.text.replace("\u00a0", " ") for piece in reading(document) if piece.section == section]
    return pieces[1:] if section else pieces


def headings(document: Document) -> list[str]:
    return [inline_text(section.heading.children) for section in document.sections]


def test_the_masthead_has_every_fact_once() -> None:
    assert lines(front_matter(), "") == [
        "Department, Waste",
        "Waste weekly, no. 6, 14–21 Sept 2026",
        "Deposits on bottles",
        "Situation as of: 21 September 2026",
        "Reference: ENV/14",
        "Status: Draft",
        "Version: 0.3",
        "Updated: 20 September 2026",
        "Prepared by: Ann Bell",
        "For: The Minister",
        "Copy to: Bo Hall, Legal",
        "Next issue: 28 September 2026",
    ]


def test_a_submission_begins_with_who_it_is_to() -> None:
    facts = lines(front_matter(form("submission")), "")[4:]
    assert facts[:5] == [
        "To: The Minister",
        "From: Ann Bell",
        "Copy: Bo Hall, Legal",
        "Date: 21 September 2026",
        "Reference: ENV/14",
    ]
    assert sorted(fact.partition(":")[0] for fact in facts[5:]) == ["Next issue", "Status", "Updated", "Version"]
    assert headings(front_matter(form("submission")))[:2] == ["Issue", "Background"]


def test_a_situation_report_says_in_one_line_which_it_is() -> None:
    name, line, *facts = lines(front_matter(form("situation_report")), "")[1:]
    assert name == "Situation report"
    assert line == "Waste weekly, No. 6, as of 21 September 2026, covers 14–21 Sept 2026, next on 28 September 2026"
    assert not any(fact.startswith(("Situation", "Next")) for fact in facts)
    german = front_matter(form("situation_report"), language="de")
    assert lines(german, "")[2].startswith("Waste weekly, Nr. 6, Stand 21. September 2026, Zeitraum 14.")


@pytest.mark.parametrize(
    ("status", "language", "mark"),
    [
        ("draft", "en", "DRAFT"),
        ("for_clearance", "en", "DRAFT FOR CLEARANCE"),
        ("draft", "de", "ENTWURF"),
        ("draft", "fr", "PROJET"),
        ("final", "en", None),
        (None, "en", None),
    ],
)
def test_every_page_of_what_is_not_final_says_so(status: str | None, language: str, mark: str | None) -> None:
    document = front_matter(status=status, language=language)
    assert [inline_text(line.children) for line in document.header if line.role == "status"] == ([mark] if mark else [])


def test_an_embargo_stands_with_the_marking_at_both_ends_of_every_page() -> None:
    document = front_matter()
    for edge in (document.header, document.footer):
        said = [inline_text(line.children).replace("\u00a0", " ") for line in edge]
        assert "Embargoed until 25 September 2026 · at noon" in said[said.index("OFFICIAL") + 1 :]


def test_contacts_and_small_print_end_the_paper() -> None:
    document = front_matter()
    assert headings(document)[-4:] == ["Abbreviations", "Sources", "Contacts", "About this paper"]
    assert lines(document, "section-contacts") == ["Ann Bell (ann@example.org, 555 0100)", "Duty officer"]
    assert lines(document, "section-imprint") == [
        "Issued by: Department, Waste, 2 Quay Street, https://example.org/waste",
        "© 2026 Department",
        "Licence: CC BY 4.0",
        "Disclaimer: Our own views.",
        "Acknowledgements: We thank:",
        "•",
        "Ann,",
        "•",
        "Bo.",
        "ISSN 1234-5679",
    ]
    bare = front_matter(imprint=None, office={"name": "Department"})
    assert headings(bare)[-1] == "Contacts"


def test_the_list_of_abbreviations_is_printed_on_request() -> None:
    assert lines(front_matter(), "section-abbreviations") == [
        "DRS: deposit return scheme",
        "EPA: Environmental Protection Agency",
    ]
    assert "Abbreviations" not in headings(front_matter(abbreviations_list=None))
    assert headings(front_matter(abbreviations_list=None, order=["abbreviations"]))[0] == "Abbreviations"


ABBREVIATIONS = [
    {"short": "ESA", "long": "European Space Agency"},
    {"short": "NGO", "long": "non-governmental organisation"},
    {"short": "EU", "long": "European Union"},
    {"short": "EUSP", "long": "EU Space Programme"},
]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("The ESA pays. ESA is late.", "The European Space Agency (ESA) pays. ESA is late."),
        ("NGO staff left. An EU-wide rule.", "Non-governmental organisation (NGO) staff left. An EU-wide (European Union) rule."),
        ("An ESA study.", "An ESA (European Space Agency) study."),
        ("ESA’s budget.", "ESA’s (European Space Agency) budget."),
        ("The European Space Agency (ESA) pays. ESA.", "The European Space Agency (ESA) pays. ESA."),
        ("ESA (European Space Agency) pays.", "ESA (European Space Agency) pays."),
        ("He said \"ESA is late\". ESA denies it.", "He said “ESA is late”. European Space Agency (ESA) denies it."),
        ("The EUSP and the EU.", "The EU Space Programme (EUSP) and the European Union (EU)."),
        ("**ESA** pays.", "European Space Agency (ESA) pays."),
        ("[ESA](https://example.org/ESA) pays ESAs.", "ESA pays ESAs."),
    ],
)  # fmt: skip
def test_an_abbreviation_is_spelled_out_once_and_never_in_somebody_s_words(typed: str, printed: str) -> None:
    document = front_matter(summary=typed, background=None, abbreviations=ABBREVIATIONS)
    assert lines(document, "section-summary") == [printed]


def test_quotes_and_headings_keep_their_words() -> None:
    quote = {"text": "The ESA will pay.", "speaker": "Ann", "organisation": "ESA"}
    section: dict[str, Any] = {"title": "What ESA does", "body": "It is the ESA that pays."}
    document = front_matter(
        summary=None, background=None, quotes=[quote], sections=[section], abbreviations=ABBREVIATIONS
    )
    said = "\n".join(piece.text for piece in reading(document))
    assert "“The ESA will pay.”" in said and "What ESA does" in said
    assert "It is the European Space Agency (ESA) that pays." in said
    assert [node.short for node in walk(document.sections) if isinstance(node, Abbreviation)] == ["ESA"]


def test_order_puts_first_what_it_names_and_keeps_what_follows() -> None:
    values: dict[str, Any] = {
        "key_points": ["One."],
        "sections": [
            {"id": "access", "title": "Access", "body": "So."},
            {"id": "law", "title": "Law", "body": "So.", "after": "background"},
            {"id": "rest", "title": "Rest", "body": "So."},
        ],
        "abbreviations_list": None,
        "imprint": None,
        "office": None,
    }
    as_usual = ["Bottom line", "Key points", "Background", "Law", "Access", "Rest", "Sources", "Contacts"]
    assert headings(front_matter(**values)) == as_usual
    ordered = front_matter(**values, order=["contacts", "access", "background"])
    assert headings(ordered) == [
        "Contacts",
        "Access",
        "Background",
        "Law",
        "Bottom line",
        "Key points",
        "Rest",
        "Sources",
    ]
