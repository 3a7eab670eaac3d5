"""A small document with every kind of node in it, for tests of what works on trees."""

from __future__ import annotations

import io

from PIL import Image

from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Label, Picture, Stroke
from briefing.document.inlines import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Mark,
    MarkKind,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.tree import (
    Block,
    Caption,
    Cell,
    Column,
    Direction,
    Document,
    Fact,
    Figure,
    Heading,
    ItemList,
    ListItem,
    Masthead,
    Note,
    NoteList,
    Paragraph,
    ParagraphRole,
    Properties,
    Quotation,
    Row,
    RunningLine,
    RunningRole,
    Section,
    Table,
)
from briefing.lengths import A4, PaperSize


def picture(colour: str = "teal", name: str = "map.png") -> Picture:
    """A plain picture of 64 by 32 pixels."""
    data = io.BytesIO()
    Image.new("RGB", (64, 32), colour).save(data, "PNG")
    return Picture(name, "image/png", data.getvalue(), 64, 32)


def drawing() -> Drawing:
    """A drawing with every kind of shape."""
    return Drawing(
        460,
        50,
        (
            Stroke(10, 25, 450, 25, 1.5, Ink.AXIS),
            Stroke(300, 25, 450, 25, 1.5, Ink.MUTED, dashed=True),
            Box(10, 20, 2, 10, Ink.AXIS),
            Label(10, 45, "2022", 8, Anchor.START),
            Disc(120, 25, 7, Ink.MARKER),
            Label(120, 28, "1", 8, Anchor.MIDDLE, strong=True, ink=Ink.PAPER),
            Disc(380, 25, 7, Ink.MARKER, hollow=True),
            Label(380, 28, "2", 8, Anchor.MIDDLE, strong=True),
        ),
    )


def paragraph(
    name: str, *children: Inline | str, role: ParagraphRole = ParagraphRole.BODY, origin: str = ""
) -> Paragraph:
    """A paragraph whose strings become text nodes."""
    return Paragraph(name, origin, role, tuple(Text(child) if isinstance(child, str) else child for child in children))


def section(kind: str, title: str, *blocks: Block) -> Section:
    """A section with a heading made of `title`."""
    return Section(
        f"section-{kind}", str(kind), kind, Heading(f"section-{kind}-heading", "", 1, (Text(title),)), blocks
    )


def cell(name: str, *blocks: Paragraph, header: bool = False) -> Cell:
    """A table cell."""
    return Cell(name, header, blocks)


def sample(paper: PaperSize = A4) -> Document:
    """The document itself."""
    first = Citation((Text("["), NoteReference(1, "source-gazette", "cite-1-1", True), Text(", para 6]")))
    repeat = Citation(
        (
            Text("["),
            NoteReference(1, "source-gazette", "cite-1-2", False),
            Text("; "),
            NoteReference(2, "source-report", "cite-2-1", True),
            Text(", p. 3]"),
        )
    )
    return Document(
        language="en-GB",
        direction=Direction.LEFT_TO_RIGHT,
        paper=paper,
        properties=Properties(
            "A dam & its <critics>",
            "Ann Author; Office B",
            "Water policy",
            "dam, Ω, Дамба",
            "2026-03-14T00:00:00Z",
            "0123abcd",
        ),
        header=(
            RunningLine("running-marking-top", "handling.marking", RunningRole.MARKING, (Text("OFFICIAL"),)),
            RunningLine(
                "running-caveat-top",
                "handling.caveat",
                RunningRole.CAVEAT,
                (Text("Not for publication before 1 April"),),
            ),
        ),
        footer=(
            RunningLine(
                "running-identity", "reference", RunningRole.IDENTITY, (Text("W/2026/7 · A dam & its <critics>"),)
            ),
            RunningLine("running-marking-bottom", "handling.marking", RunningRole.MARKING, (Text("OFFICIAL"),)),
            RunningLine(
                "running-caveat-bottom",
                "handling.caveat",
                RunningRole.CAVEAT,
                (Text("Not for publication before 1 April"),),
            ),
            RunningLine("running-page", "", RunningRole.PAGE, (Text("Page "), PageNumber(), Text(" of "), PageCount())),
        ),
        masthead=Masthead(
            "masthead",
            "series-line",
            (Text("Water weekly, no. 7, 8–14 March 2026"),),
            "title",
            (Text("A dam & its <critics>"),),
            "subtitle",
            (Text("What Ωmega and Дамба say"),),
            (
                Fact("fact-date", "date", "date", "Situation as of", ": ", (Text("14 March 2026"),)),
                Fact(
                    "fact-authors",
                    "authors",
                    "authors",
                    "Prepared by",
                    ": ",
                    (Text("Ann Author, Head of Water, Office B"),),
                ),
            ),
        ),
        sections=(
            section(
                "summary",
                "Bottom line",
                paragraph(
                    "summary-1",
                    "The dam is ",
                    Strong((Text("late"),)),
                    ". Nobody has ",
                    Emphasis((Text("said"),)),
                    " why ",
                    first,
                    ".",
                    role=ParagraphRole.BOTTOM_LINE,
                    origin="summary",
                ),
            ),
            section(
                "key_points",
                "Key points",
                ItemList(
                    "key-points",
                    "key_points",
                    False,
                    1,
                    1,
                    (
                        ListItem(
                            "key-point-1",
                            "key_points[0]",
                            "•",
                            (paragraph("key-point-1-text", "First point ", repeat, origin="key_points[0]"),),
                        ),
                        ListItem(
                            "key-point-2",
                            "key_points[1]",
                            "•",
                            (
                                paragraph(
                                    "key-point-2-text",
                                    "Second, with ",
                                    Link(
                                        "https://example.org/a?b=1&c=2",
                                        (Text("a "), Strong((Text("strong"),)), Text(" link")),
                                    ),
                                    ".",
                                    LineBreak(),
                                    "New line.",
                                    origin="key_points[1]",
                                ),
                                ItemList(
                                    "key-point-2-list",
                                    "key_points[1]",
                                    True,
                                    3,
                                    2,
                                    (
                                        ListItem(
                                            "key-point-2-list-1",
                                            "key_points[1]",
                                            "3.",
                                            (paragraph("key-point-2-list-1-text", "Third"),),
                                        ),
                                        ListItem(
                                            "key-point-2-list-2",
                                            "key_points[1]",
                                            "4.",
                                            (paragraph("key-point-2-list-2-text", "Fourth"),),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            section(
                "timeline",
                "Timeline",
                Figure(
                    "timeline-figure",
                    "timeline",
                    "timeline",
                    Caption("timeline-figure-caption", "", "Figure 1", ": ", (Text("When it happened"),)),
                    "Two events, in 2022 and 2023.",
                    drawing(),
                ),
                Table(
                    "timeline-table",
                    "timeline",
                    "timeline",
                    Caption("timeline-table-caption", "", "Table 1", ": ", (Text("Events"),)),
                    (
                        Column("timeline-table-number", "number", "No.", 0.1),
                        Column("timeline-table-date", "date", "Date", 0.25),
                        Column("timeline-table-event", "event", "Event", 0.65),
                    ),
                    (
                        Row(
                            "event-start",
                            "timeline[0]",
                            (
                                cell(
                                    "event-start-number",
                                    paragraph("event-start-number-text", "1", role=ParagraphRole.CELL),
                                ),
                                cell(
                                    "event-start-date",
                                    paragraph("event-start-date-text", "March 2022", role=ParagraphRole.CELL_LEAD),
                                    header=True,
                                ),
                                cell(
                                    "event-start-event",
                                    paragraph(
                                        "event-start-event-text",
                                        "Work starts ",
                                        first.__class__(
                                            (
                                                Text("["),
                                                NoteReference(1, "source-gazette", "cite-1-3", False),
                                                Text("]"),
                                            )
                                        ),
                                        role=ParagraphRole.CELL,
                                    ),
                                ),
                            ),
                        ),
                        Row(
                            "event-end",
                            "timeline[1]",
                            (
                                cell(
                                    "event-end-number", paragraph("event-end-number-text", "2", role=ParagraphRole.CELL)
                                ),
                                cell(
                                    "event-end-date",
                                    paragraph("event-end-date-text", "2023", role=ParagraphRole.CELL_LEAD),
                                    header=True,
                                ),
                                cell(
                                    "event-end-event",
                                    paragraph("event-end-event-text", "Work stops", role=ParagraphRole.CELL),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            section(
                "quotes",
                "What was said",
                Quotation(
                    "quote-late",
                    "quotes[0]",
                    "Quote 1",
                    (
                        paragraph(
                            "quote-late-words-1", "“We are late.", role=ParagraphRole.QUOTE, origin="quotes[0].text"
                        ),
                        paragraph(
                            "quote-late-words-2", "“We know it.”", role=ParagraphRole.QUOTE, origin="quotes[0].text"
                        ),
                    ),
                    paragraph(
                        "quote-late-attribution",
                        "Βασιλική Δήμου, Minister, Ωmega, 3 March 2026 ",
                        Citation((Text("["), NoteReference(2, "source-report", "cite-2-2", False), Text(", p. 9]"))),
                        role=ParagraphRole.ATTRIBUTION,
                    ),
                    (
                        paragraph(
                            "quote-late-context",
                            Strong((Text("Context:"),)),
                            " asked in parliament.",
                            role=ParagraphRole.DETAIL,
                        ),
                        paragraph(
                            "quote-late-verification",
                            Mark(MarkKind.VERIFICATION, "verbatim", "✓", "verbatim from a saved source"),
                            role=ParagraphRole.DETAIL,
                        ),
                    ),
                ),
            ),
            section(
                "stakeholders",
                "Who stands where",
                paragraph(
                    "proposition",
                    Strong((Text("Proposition:"),)),
                    " the dam should be finished.",
                    role=ParagraphRole.PROPOSITION,
                ),
                Table(
                    "stakeholders-table",
                    "stakeholders",
                    "stakeholders",
                    Caption("stakeholders-table-caption", "", "Table 2", ": ", (Text("Positions"),)),
                    (
                        Column("stakeholders-table-name", "name", "Who", 0.25),
                        Column("stakeholders-table-stance", "stance", "Stance", 0.25),
                        Column("stakeholders-table-position", "position", "Position", 0.5),
                    ),
                    (
                        Row(
                            "position-omega",
                            "stakeholders[0]",
                            (
                                cell(
                                    "position-omega-name",
                                    paragraph("position-omega-name-text", "Ωmega", role=ParagraphRole.CELL_LEAD),
                                    paragraph("position-omega-kind", "company", role=ParagraphRole.CELL_DETAIL),
                                    header=True,
                                ),
                                cell(
                                    "position-omega-stance",
                                    paragraph(
                                        "position-omega-stance-text",
                                        Mark(MarkKind.STANCE, "strongly_opposed", "▼▼", "Strongly opposed"),
                                        role=ParagraphRole.CELL,
                                    ),
                                ),
                                cell(
                                    "position-omega-position",
                                    paragraph(
                                        "position-omega-position-text",
                                        "Wants it stopped (",
                                        CrossReference("quote-late", "Quote 1"),
                                        ").",
                                        role=ParagraphRole.CELL,
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            section(
                "figures",
                "Figures",
                Figure(
                    "figure-map",
                    "figures[0]",
                    "image",
                    Caption("figure-map-caption", "figures[0].caption", "Figure 2", ": ", (Text("The dam"),)),
                    "A map of the dam.",
                    picture(),
                ),
            ),
            section(
                "sources",
                "Sources",
                NoteList(
                    "notes",
                    (
                        Note(
                            "source-gazette",
                            "sources[0]",
                            1,
                            "cite-1-1",
                            (
                                Emphasis((Text("Gazette"),)),
                                Text(", 1 March 2026. "),
                                Link("https://example.org/gazette", (Text("https://example.org/gazette"),)),
                            ),
                        ),
                        Note(
                            "source-report",
                            "sources[1]",
                            2,
                            "cite-2-1",
                            (
                                Text("Report, 2026, as reported by "),
                                CrossReference("source-gazette", "source 1"),
                                Text("."),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    )
