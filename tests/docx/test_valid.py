"""Every file is valid: for the Open XML SDK, for openxml-audit, and for the faults that neither looks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing import compose_brief
from briefing.document.tree import Document, ItemList, ListItem
from briefing.lengths import LETTER
from tests.document.front_matter import front_matter
from tests.document.sample import paragraph, sample, section
from tests.docx import houses
from tests.docx.arabic import arabic
from tests.docx.opened import saved, written
from tests.running import APART
from tests.validators import open_xml_sdk, openxml_audit, word_assertions


def long_ids() -> Document:
    """A document whose ids are longer than Word takes for a tag, and alike at their start."""
    items = tuple(
        ListItem(
            f"{'long-' * 20}{n}",
            f"key_points[{n}]",
            "•",
            (paragraph(f"{'long-' * 20}{n}-text", f"Point {n}", origin=f"key_points[{n}]"),),
        )
        for n in range(3)
    )
    return replace(
        sample(), sections=(section(sample().sections[0].kind, "Ids", ItemList("list", "", False, 1, 1, items)),)
    )


CASES: dict[str, Callable[[], tuple[Document, bytes | None]]] = {
    "A4": lambda: (sample(), None),
    "Letter": lambda: (sample(LETTER), None),
    "right to left": lambda: (arabic(), None),
    "front and end matter": lambda: (front_matter(), None),
    "front and end matter in a letterhead": lambda: (front_matter(), houses.data(houses.letterhead())),
    "long ids": lambda: (long_ids(), None),
    "no handling": lambda: (replace(sample(), header=(), footer=sample().footer[-1:]), None),
    "apart": lambda: (compose_brief(APART), None),
    "apart, letterhead": lambda: (compose_brief(APART), houses.data(houses.letterhead())),
    "plain house": lambda: (sample(), houses.data(houses.plain())),
    "letterhead": lambda: (sample(), houses.data(houses.letterhead())),
    "letterhead, right to left": lambda: (arabic(), houses.data(houses.letterhead())),
    "template": lambda: (sample(LETTER), houses.template()),
    "an earlier brief as house": lambda: (sample(), written(sample()).data),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_to_report(case: str, tmp_path: Path) -> None:
    document, reference = CASES[case]()
    path = saved(written(document, reference).data, tmp_path)
    assert open_xml_sdk(path) == []
    assert openxml_audit(path) == []
    assert word_assertions(path) == []
