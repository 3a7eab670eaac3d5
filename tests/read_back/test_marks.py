"""What counts as a mark of two drawings of a page: a difference of so many greys, and none of one less."""

from __future__ import annotations

import pytest
from PIL import Image

from briefing.formats.pdf.read_visible import marks_between


@pytest.mark.parametrize("least", [1, 4, 6, 40, 90, 128])
def test_a_mark_is_a_difference_of_so_many_greys(least: int) -> None:
    greys = Image.frombytes("L", (256, 1), bytes(range(256)))
    for ground in (0, 255):
        marks = marks_between(greys, Image.new("L", greys.size, ground), least)
        found = [grey for grey in range(256) if marks.getpixel((grey, 0))]
        assert found == [grey for grey in range(256) if abs(grey - ground) >= least]
