"""Pictures keep their bytes and say in words what they show; drawings become pictures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from briefing.document.drawing import Picture
from briefing.document.tree import Document, Figure
from briefing.document.walk import rewrite
from tests.document.sample import picture, sample
from tests.docx import houses
from tests.docx.opened import WP, Opened, found


def with_picture(content: Picture) -> Document:
    """The sample with another picture in its second figure."""

    def change(node: Any) -> Any:
        return replace(node, content=content) if isinstance(node, Figure) and node.id == "figure-map" else node

    return rewrite(sample(), change)


def test_alternative_text() -> None:
    described = [each.get("descr") for each in found(Opened.of(sample()).document, ".//wp:docPr")]
    assert described == ["Two events, in 2022 and 2023.", "A map of the dam."]


def test_numbers_of_drawings_are_unique_beside_those_of_a_house_document() -> None:
    opened = Opened.of(sample(), houses.data(houses.letterhead()))
    roots = [opened.root(name) for name in opened.parts if name.startswith("word/") and name.endswith(".xml")]
    numbers = [each.get("id") for root in roots for each in root.iter(f"{{{WP}}}docPr")]
    assert len(numbers) == 3 and len(set(numbers)) == 3


def test_a_picture_keeps_its_bytes() -> None:
    assert picture().data in Opened.of(sample()).parts.values()


def test_equal_pictures_are_held_once() -> None:
    figures = tuple(replace(figure, id=f"figure-{n}") for n in (1, 2) for figure in sample().sections[5].blocks)
    document = replace(sample(), sections=(replace(sample().sections[5], blocks=figures),))
    opened = Opened.of(document)
    assert len([name for name in opened.parts if name.startswith("word/media/")]) == 1


@pytest.mark.parametrize(("width", "height"), [(4000, 100), (100, 4000), (64, 32)])
def test_pictures_fit_the_page_and_keep_their_proportions(width: int, height: int) -> None:
    data = io.BytesIO()
    Image.new("RGB", (width, height)).save(data, "JPEG")
    opened = Opened.of(with_picture(Picture("x.jpg", "image/jpeg", data.getvalue(), width, height)))
    size = found(opened.document, ".//wp:extent")[1]
    across, down = int(size.get("cx", "")) / 12700, int(size.get("cy", "")) / 12700
    assert across <= 485 and down <= 250
    assert across / down == pytest.approx(width / height, rel=0.02)
    assert any(name.endswith(".jpg") for name in opened.parts)


def test_a_drawing_is_a_sharp_picture_of_its_size() -> None:
    opened = Opened.of(sample())
    drawn = Image.open(io.BytesIO(opened.parts["word/media/brief-1.png"]))
    assert drawn.size == (round(460 / 72 * 300), round(50 / 72 * 300))
    size = found(opened.document, ".//wp:extent")[0]
    assert (int(size.get("cx", "")), int(size.get("cy", ""))) == (460 * 12700, 50 * 12700)


@pytest.mark.parametrize(
    ("x", "y", "colour"),
    [
        (20, 25, (74, 85, 96)),  # the axis
        (120, 20, (27, 58, 92)),  # a full disc
        (380, 20.5, (255, 255, 255)),  # a hollow one
        (380, 18.6, (27, 58, 92)),  # its outline
        (200, 40, (255, 255, 255)),  # the paper
    ],
)
def test_shapes_stand_where_the_tree_puts_them(x: float, y: float, colour: tuple[int, int, int]) -> None:
    drawn = Image.open(io.BytesIO(Opened.of(sample()).parts["word/media/brief-1.png"])).convert("RGB")
    there = drawn.getpixel((round(x / 72 * 300), round(y / 72 * 300)))
    assert isinstance(there, tuple)
    assert all(abs(a - b) <= 24 for a, b in zip(there, colour, strict=True)), there
