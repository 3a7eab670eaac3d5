"""Long documents: tables over many pages, many sources, cells longer than a page."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.document.inlines import Citation, Link, NoteReference, Text
from briefing.document.tree import (
    Caption,
    Column,
    Document,
    ItemList,
    ListItem,
    Note,
    NoteList,
    ParagraphRole,
    Row,
    Table,
)
from tests.document.sample import cell, paragraph, sample, section

WORDS = (
    "The third-hand report of the co-operation office on the Sturmflut at Großenbrode, first fluffy affidavit, "
    "says that 1,250 of 3,000 well-kept dykes — more than a third — were not inspected in 2021. "
)


def rows(count: int, sources: int, sentences: int) -> tuple[Row, ...]:
    """`count` rows that cite `sources` sources in turn; each cell has up to `sentences` sentences."""
    made = []
    for place in range(count):
        note = place % sources + 1
        mention = NoteReference(note, f"source-{note}", f"cite-{note}-{place // sources + 1}", place < sources)
        text = f"Event {place}. " + WORDS * (place % sentences + 1)
        made.append(
            Row(
                f"row-{place}",
                f"timeline[{place}]",
                (
                    cell(f"row-{place}-n", paragraph(f"row-{place}-n-text", str(place + 1), role=ParagraphRole.CELL)),
                    cell(
                        f"row-{place}-d",
                        paragraph(f"row-{place}-d-text", f"{place % 28 + 1} March 2022", role=ParagraphRole.CELL_LEAD),
                        header=True,
                    ),
                    cell(
                        f"row-{place}-e",
                        paragraph(
                            f"row-{place}-e-text",
                            text,
                            Citation((Text("["), mention, Text(f", p. {place}]"))),
                            role=ParagraphRole.CELL,
                        ),
                        paragraph(f"row-{place}-e-more", WORDS[: 20 + place], role=ParagraphRole.CELL_DETAIL),
                    ),
                ),
            )
        )
    return tuple(made)


def columns(name: str) -> tuple[Column, ...]:
    """Three columns."""
    return (
        Column(f"{name}-number", "number", "No.", 0.1),
        Column(f"{name}-date", "date", "Date", 0.25),
        Column(f"{name}-event", "event", "Event", 0.65),
    )


def notes(count: int) -> NoteList:
    """`count` sources."""
    return NoteList(
        "notes",
        tuple(
            Note(
                f"source-{number}",
                f"sources[{number - 1}]",
                number,
                f"cite-{number}-1",
                (
                    Text(f"Source {number}: {WORDS}"),
                    Link(
                        f"https://example.org/{number}",
                        (Text(f"https://example.org/a-long-address/of-source/{number}"),),
                    ),
                ),
            )
            for number in range(1, count + 1)
        ),
    )


def long(count: int = 60, sources: int = 60, sentences: int = 4) -> Document:
    """A document of a dozen pages: a table, long lists and sources after the sample's first sections."""
    table = Table(
        "long-table",
        "timeline",
        "timeline",
        Caption("long-table-caption", "", "Table 1", ": ", (Text("Everything"),)),
        columns("long-table"),
        rows(count, sources, sentences),
    )
    points = ItemList(
        "points",
        "key_points",
        True,
        1,
        1,
        tuple(
            ListItem(
                f"point-{place}",
                f"key_points[{place}]",
                f"{place + 1}.",
                (
                    paragraph(f"point-{place}-text", f"Point {place}. {WORDS * 2}"),
                    ItemList(
                        f"point-{place}-list",
                        f"key_points[{place}]",
                        False,
                        1,
                        2,
                        (ListItem(f"point-{place}-a", "", "•", (paragraph(f"point-{place}-a-text", WORDS),)),),
                    ),
                    paragraph(f"point-{place}-after", f"After the list of point {place}."),
                ),
            )
            for place in range(12)
        ),
    )
    return replace(
        sample(),
        sections=(
            section("key_points", "Key points", points),
            section("timeline", "Timeline", table),
            section("background", "Background", *(paragraph(f"b-{place}", WORDS * 6) for place in range(8))),
            section("sources", "Sources", notes(sources)),
        ),
    )
