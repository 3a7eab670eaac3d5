"""The DOCX says what the tree says, in its order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.document.inlines import Text
from briefing.document.reading import PieceKind, reading
from briefing.document.tree import Document, ItemList, ListItem, Paragraph, ParagraphRole
from briefing.document.walk import rewrite
from briefing.lengths import A4, LETTER, PaperSize
from tests.document.sample import paragraph, sample, section
from tests.docx import houses
from tests.docx.arabic import arabic
from tests.docx.opened import Opened

_KINDS = {PieceKind.TEXT: "text", PieceKind.MARKER: "marker", PieceKind.NOTE_NUMBER: "number"}


def expected(document: Document) -> list[tuple[str, str]]:
    """What the tree says, without what is drawn."""
    return [(_KINDS[piece.kind], piece.text) for piece in reading(document) if piece.kind is not PieceKind.DRAWN]


@pytest.mark.parametrize("paper", [A4, LETTER], ids=lambda paper: str(paper.name))
def test_everything_is_said_in_reading_order(paper: PaperSize) -> None:
    document = sample(paper)
    assert list(Opened.of(document).lines()) == expected(document)


def test_a_house_document_says_the_same() -> None:
    document = sample()
    assert list(Opened.of(document, houses.data(houses.letterhead())).lines()) == expected(document)


def test_a_right_to_left_document_says_the_same() -> None:
    document = arabic()
    assert list(Opened.of(document).lines()) == expected(document)


def test_without_notes_there_is_no_endnotes_part() -> None:
    whole = sample()
    kept = tuple(part for part in whole.sections if str(part.kind) == "figures")
    opened = Opened.of(replace(whole, sections=kept))
    assert "word/endnotes.xml" not in opened.parts
    assert opened.root("word/settings.xml").find("{*}endnotePr") is None


@pytest.mark.parametrize(
    ("ordered", "start", "markers"),
    [
        (True, 1, "1. 2. 3."),
        (True, 9, "9) 10) 11)"),
        (False, 1, "– – –"),
        (True, 1, "a. b. c."),
        (True, 3, "(3) (4) (5)"),
    ],
)
def test_markers_are_the_trees(ordered: bool, start: int, markers: str) -> None:
    items = tuple(
        ListItem(f"item-{place}", "", marker, (paragraph(f"item-{place}-text", f"Item {place}"),))
        for place, marker in enumerate(markers.split())
    )
    document = replace(
        sample(),
        sections=(section(sample().sections[0].kind, "Lists", ItemList("list", "", ordered, start, 1, items)),),
    )
    assert list(Opened.of(document).lines())[-6:] == expected(document)[-6:]


def test_every_ordered_list_starts_by_itself() -> None:
    def listed(name: str) -> ItemList:
        items = tuple(
            ListItem(f"{name}-{n}", "", f"{n}.", (paragraph(f"{name}-{n}-text", f"{name} {n}"),)) for n in (1, 2)
        )
        return ItemList(name, "", True, 1, 1, items)

    document = replace(
        sample(), sections=(section(sample().sections[0].kind, "Lists", listed("first"), listed("second")),)
    )
    lines = [text for kind, text in Opened.of(document).lines() if kind == "marker"]
    assert lines == ["1.", "2.", "1.", "2."]


def test_an_item_that_begins_with_a_list_keeps_its_marker() -> None:
    inner = ItemList("inner", "", False, 1, 2, (ListItem("inner-1", "", "•", (paragraph("inner-text", "Inner"),)),))
    outer = ItemList("outer", "", True, 1, 1, (ListItem("outer-1", "", "1.", (inner,)),))
    document = replace(sample(), sections=(section(sample().sections[0].kind, "Lists", outer),))
    assert list(Opened.of(document).lines())[-3:] == [("marker", "1."), ("marker", "•"), ("text", "Inner")]


def test_values_are_text_and_never_markup() -> None:
    said = "<w:p/> &amp; {{ document }} %1 { PAGE } \\* *stars* ]]> <!-- x -->"
    document = rewrite(sample(), lambda node: replace(node, text=said) if node == Text("Third") else node)
    assert ("text", said) in list(Opened.of(document).lines())


def test_spaces_at_the_edges_of_runs_stay() -> None:
    opened = Opened.of(sample())
    assert opened.text(opened.paragraph("The dam is")) == "The dam is late. Nobody has said why [1, para 6]."


def test_every_paragraph_role_has_a_style_of_its_own() -> None:
    paragraphs = tuple(Paragraph(f"role-{role}", "", role, (Text(f"As {role}"),)) for role in ParagraphRole)
    opened = Opened.of(replace(sample(), sections=(section(sample().sections[0].kind, "Roles", *paragraphs),)))
    styles = [opened.style_of(opened.paragraph(f"As {role}")) for role in ParagraphRole]
    assert len(set(styles)) == len(ParagraphRole)
