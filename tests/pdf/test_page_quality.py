"""The pages of 60 generated briefs, 15 in each look: nothing stands apart from what it belongs to, and last pages are worth their paper."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest

from briefing.compose import resolve
from briefing.document.reading import PieceKind
from briefing.document.tree import Document, Heading, Paragraph, Quotation, Section, Table
from briefing.document.walk import walk
from briefing.formats import Artifact, Request
from briefing.formats.agreement.alignment import align
from briefing.formats.agreement.expected import Expected, expect
from briefing.formats.fitting import THIN, fitted
from briefing.formats.pdf.format import PdfFormat
from briefing.formats.pdf.read_back import _found_text
from briefing.formats.pdf.read_order import Hyphens, logical_text, read_structure
from briefing.formats.pdf.read_text import Character, PageObjects, read_page
from briefing.schema.references import identified
from briefing.schema.validate import validate
from briefing.themes.theme import Theme

SENTENCES = (
    "The river rose by two metres in the night of 4 May, and the lower town was without power until noon.",
    "Nobody was hurt, since the school had been emptied the day before on the advice of the harbour office.",
    "The council has asked for a wall, the farmers for a basin, and the province for a year in which to think.",
    "A wall costs nine million and protects the town alone.",
    "Neither can be ready before the floods of next spring, so pumps are needed whatever is decided, and they have to come from a neighbour.",
    "It rained.",
)
SEEDS = 60
LOOKS = ("policy", "at-a-glance", "memo", "sitrep")
FEWEST_LINES = 2
"""Of a paragraph on either side of a page's end."""


def generated(seed: int) -> dict[str, Any]:
    """The values of a brief of two to four pages, the same for the same seed."""
    draw = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(draw.choice(SENTENCES) for _ in range(draw.randint(1, most)))

    def body(most: int) -> str:
        parts = [text(5) for _ in range(draw.randint(1, most))]
        if draw.random() < 0.4:
            parts.insert(1, "\n".join(f"- {text(2)}" for _ in range(draw.randint(2, 5))))
        if draw.random() < 0.3:
            parts.insert(1, f"## {draw.choice(('Costs', 'What the farmers say', 'Pumps'))}")
        return "\n\n".join(parts)

    values: dict[str, Any] = {
        "title": "The river in spring",
        "date": "2026-05-09",
        "handling": "OFFICIAL",
        "summary": text(4),
        "key_points": [text(2) for _ in range(draw.randint(2, 5))],
        "background": body(3),
        "sections": [{"title": f"Section {place}", "body": body(2)} for place in range(draw.randint(1, 2))],
        "quotes": [
            {"text": text(3), "speaker": f"Speaker {place}", "role": "Mayor", "context": text(1)}
            for place in range(draw.randint(1, 4))
        ],
        "risks": [
            {"risk": text(2), "likelihood": "low", "impact": "high", "mitigation": text(2)}
            for _ in range(draw.randint(0, 4))
        ],
        "next_steps": [{"step": text(1), "owner": "The Board"} for _ in range(draw.randint(0, 4))],
        "questions_and_answers": [{"question": text(1), "answer": text(4)} for _ in range(draw.randint(0, 2))],
        "boxes": [{"title": "How it is counted", "body": text(4)} for _ in range(draw.randint(0, 1))],
    }
    bars = [{"label": str(2020 + place), "value": str(place + 1)} for place in range(3)]
    chart = {"caption": "What it cost.", "alt": "Bars.", "after": "background", "chart": {"values": bars}}
    return {
        key: value for key, value in (values | {"figures": [chart] if draw.random() < 0.4 else []}).items() if value
    }


@cache
def theme(name: str) -> Theme:
    return Theme.load(name)


@pytest.fixture(scope="module")
def paged() -> Iterator[PdfFormat]:
    made = PdfFormat()
    yield made
    made.close()


def placed(document: Document, data: bytes) -> tuple[Expected, Sequence[Character | None]]:
    """What the document says, and where each of its characters stands on the pages."""
    expected = expect(document, frozenset(PieceKind) - {PieceKind.DATA})
    with pypdfium2.PdfDocument(data) as file:
        pages = [read_page(page, number, PageObjects.of(page)) for number, page in enumerate(file)]
    with pikepdf.open(io.BytesIO(data)) as held:
        hyphens = Hyphens(span.piece.text for span in expected.spans)
        found, sources = _found_text(logical_text(read_structure(held), pages, hyphens).characters)
    return expected, [sources[place] if place >= 0 else None for place in align(expected, found).found_at]


class Pages:
    """Where the nodes of a document stand."""

    def __init__(self, document: Document, data: bytes) -> None:
        self.expected, self.placed = placed(document, data)

    def lines(self, node: Any) -> list[tuple[int, float]]:
        """The lines of a node's own text in order, each as its page and its height on it."""
        start, end = self.expected.extents.get(node.id, (0, 0))
        found: list[tuple[int, float]] = []
        for span in self.expected.spans_between(start, end):
            for each in self.placed[span.start : span.end] if span.piece.kind is not PieceKind.DRAWN else ():
                if each is not None and not (
                    found and found[-1][0] == each.page and abs(found[-1][1] - each.middle) < 3
                ):
                    found.append((each.page, each.middle))
        return found


def faults(document: Document, pages: Pages) -> Iterator[str]:
    """What stands apart from what it belongs to."""
    for node in walk(document.sections):
        match node:
            case Section():
                yield from _stranded(node.heading, node.blocks, pages)
            case Quotation():
                words = [line for child in node.words for line in pages.lines(child)]
                if words[-1][0] != pages.lines(node.attribution)[0][0]:
                    yield f"{node.id}: the speaker stands on another page"
            case Paragraph():
                lines = pages.lines(node)
                on = [sum(page == each for page, _ in lines) for each in dict.fromkeys(page for page, _ in lines)]
                if len(on) > 1 and min(on[0], on[-1]) < FEWEST_LINES:
                    yield f"{node.id}: {on[0]} lines before a page's end and {on[-1]} after it"
            case Table() if node.caption is not None:
                caption, rows = pages.lines(node.caption), pages.lines(node.rows[0])
                if caption and rows and caption[-1][0] != rows[0][0]:
                    yield f"{node.id}: the caption stands alone"


def _stranded(heading: Heading, blocks: Sequence[Any], pages: Pages) -> Iterator[str]:
    own = pages.lines(heading)
    after = next((lines for each in blocks if (lines := pages.lines(each))), [])
    if own and after and own[-1][0] != after[0][0]:
        yield f"{heading.id}: the heading stands alone"
    if len({page for page, _ in own}) > 1:
        yield f"{heading.id}: the heading is split"
    for place, each in enumerate(blocks):
        if isinstance(each, Heading):
            yield from _stranded(each, blocks[place + 1 :], pages)


def test_nothing_stands_apart_from_what_it_belongs_to_and_last_pages_are_worth_their_paper(paged: PdfFormat) -> None:
    found: list[str] = []
    ends: list[str] = []
    lengths: set[int] = set()
    for seed in range(SEEDS):
        document, look = resolve(identified(validate(generated(seed))), {}), LOOKS[seed % len(LOOKS)]
        made: Artifact
        _, made, density = fitted(Request(document, theme(look)), paged, None)
        lengths.add(made.pages or 0)
        found += (f"{seed} in {look}: {fault}" for fault in faults(document, Pages(document, made.data)))
        assert made.layout is not None
        if made.layout.last < THIN and len(made.layout.pages) > 1:
            ends.append(f"{seed} in {look}: its last page is filled to {made.layout.last:.0%}")
        elif density:
            lengths.add(-1)
    assert found == []
    assert ends == [], "no density avoids it"
    assert lengths >= {-1, 2, 3}, "the briefs are of several lengths, and some were set closer"
