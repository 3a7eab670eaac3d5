"""The sample document in a right-to-left language."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from briefing.document.inlines import Text
from briefing.document.tree import Direction, Document
from briefing.document.walk import rewrite
from tests.document.sample import sample

WORDS = {
    "First point ": "النقطة الأولى في NASA 2024 ",
    "Third": "ثالثا",
    "Bottom line": "الخلاصة",
    "The dam is ": "السد ",
    "late": "متأخر",
    ". Nobody has ": ". لم ",
    "said": "يقل",
    " why ": " أحد لماذا ",
}


def arabic() -> Document:
    """A document in Arabic, with some text left in English."""

    def change(node: Any) -> Any:
        return Text(WORDS.get(node.text, node.text)) if isinstance(node, Text) else node

    return replace(rewrite(sample(), change), language="ar", direction=Direction.RIGHT_TO_LEFT)
