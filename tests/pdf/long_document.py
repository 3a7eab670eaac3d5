"""A document of many pages: paragraphs, items, rows and quotations that run over the ends of pages."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.document.inlines import Citation, Inline, Link, Mark, MarkKind, NoteReference, Strong, Text
from briefing.document.tree import (
    Caption,
    Cell,
    Column,
    Document,
    ItemList,
    ListItem,
    Note,
    NoteList,
    Paragraph,
    ParagraphRole,
    Quotation,
    Row,
    Section,
    Table,
)
from tests.document.sample import sample, section

WORDS = (
    "The river board met in the old custom house and heard for the third time that the lower gates had not been "
    "inspected since the flood. Nobody present could say whose duty it was, and the minutes of the two meetings "
    "before it, which differ from each other, name three bodies, one of which had been wound up. "
)
NOTES = 40


def text(name: str, *children: Inline | str, role: ParagraphRole = ParagraphRole.BODY) -> Paragraph:
    return Paragraph(name, "", role, tuple(Text(child) if isinstance(child, str) else child for child in children))


def cited(number: int) -> Citation:
    anchor = f"cite-{number}"
    return Citation((Text("["), NoteReference(number, f"source-{number}", anchor, True), Text("]")))


def long_document() -> Document:
    """About a dozen pages, the sample's masthead and running lines."""
    paragraphs = tuple(text(f"body-{number}", f"{number}. {WORDS * 2}") for number in range(24))
    mentions = tuple(text(f"mention-{number}", f"{WORDS[:90]}\u00a0", cited(number)) for number in range(1, NOTES + 1))
    sections = (
        section("background", "Background", *paragraphs, *mentions),
        section("key_points", "Key points", items(30)),
        section("quotes", "What was said", *(quotation(number) for number in range(1, 9))),
        section("stakeholders", "Who stands where", table()),
        section("sources", "Sources", notes()),
    )
    return replace(sample(), sections=distinct(sections))


def distinct(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    assert len({each.id for each in sections}) == len(sections)
    return sections


def items(count: int) -> ItemList:
    def item(number: int) -> ListItem:
        words = (text(f"point-{number}-text", Strong((Text("Point. "),)), WORDS),)
        inner = ItemList(
            f"point-{number}-list",
            "",
            False,
            1,
            2,
            (ListItem(f"point-{number}-a", "", "•", (text(f"point-{number}-a-text", WORDS[:120]),)),),
        )
        return ListItem(f"point-{number}", "", f"{number}.", (*words, inner) if number % 5 == 0 else words)

    return ItemList("points", "", True, 1, 1, tuple(item(number) for number in range(1, count + 1)))


def quotation(number: int) -> Quotation:
    """The third is longer than a page."""
    length = 60 if number == 3 else 2
    words = tuple(text(f"quote-{number}-{part}", WORDS, role=ParagraphRole.QUOTE) for part in range(length))
    return Quotation(
        f"quote-{number}",
        "",
        f"Quote {number}",
        words,
        text(f"quote-{number}-by", "A Member of the Board", role=ParagraphRole.ATTRIBUTION),
        (text(f"quote-{number}-more", "Context: at the meeting.", role=ParagraphRole.DETAIL),),
    )


def table() -> Table:
    """The tenth row is taller than a page; one word is wider than its column."""

    def row(number: int) -> Row:
        times = 40 if number == 10 else 1
        name = "Wasserstraßenneubaubetriebsgesellschaft" * 2 if number == 4 else f"Body {number}"
        stance = Mark(MarkKind.STANCE, "mixed", "◆", "Mixed")
        return Row(
            f"row-{number}",
            "",
            (
                Cell(f"row-{number}-a", True, (text(f"row-{number}-name", name, role=ParagraphRole.CELL_LEAD),)),
                Cell(f"row-{number}-b", False, (text(f"row-{number}-stance", stance, role=ParagraphRole.CELL),)),
                Cell(f"row-{number}-c", False, (text(f"row-{number}-c-text", WORDS * times, role=ParagraphRole.CELL),)),
            ),
        )

    columns = (
        Column("c-name", "name", "Who", 0.2),
        Column("c-b", "stance", "Stance", 0.2),
        Column("c-c", "position", "Position", 0.6),
    )
    caption = Caption("long-table-caption", "", "Table 1", ": ", (Text("Positions"),))
    return Table("long-table", "", "stakeholders", caption, columns, tuple(row(number) for number in range(1, 25)))


def notes() -> NoteList:
    def note(number: int) -> Note:
        url = f"https://example.org/{'very-long-part/' * (number % 7)}{number}"
        return Note(
            f"source-{number}",
            "",
            number,
            f"cite-{number}",
            (Text("The Gazette, 1 March 2026. "), Link(url, (Text(url),))),
        )

    return NoteList("notes", tuple(note(number) for number in range(1, NOTES + 1)))
