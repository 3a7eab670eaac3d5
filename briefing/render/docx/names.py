"""Names and numbers inside one file: bookmarks, content controls, drawings, each unique and the same on every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from briefing.render.docx.markup import Element, w

MOST_TAG: Final = 64
"""The most characters that Word takes for a content control's tag or title."""
TRACE: Final = re.compile(r"_b[0-9a-f]{16}")
"""What the hidden bookmarks round traced texts are called."""


def _digest(text: str, salt: int) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


@dataclass(slots=True)
class Names:
    """Gives out names and numbers. Equal documents ask in the same order, so they get the same ones.

    `drawings` is the highest number of a drawing that is taken already, `controls` are those of content controls.
    """

    drawings: int = 0
    controls: set[int] = field(default_factory=set)
    _bookmarks: int = 0
    _taken: set[str] = field(default_factory=set)
    _references: dict[str, str] = field(default_factory=dict)

    def reference(self, target: str) -> str:
        """The bookmark that mentions of `target` point to: `_Ref` and nine digits, as Word itself names them."""
        if target not in self._references:
            self._references[target] = self._unique(
                "_Ref", target, lambda digest: str(int(digest[:12], 16) % 10**9).zfill(9)
            )
        return self._references[target]

    def trace(self, node: str) -> str:
        """The hidden bookmark round an item's text, by which the item is found when its content control is gone."""
        return self._unique("_b", node, lambda digest: digest[:16])

    def control(self, node: str) -> int:
        """The number of a content control: a positive 32-bit integer."""
        salt = 0
        while (number := int(_digest(node, salt)[:12], 16) % (2**31 - 1) + 1) in self.controls:
            salt += 1
        self.controls.add(number)
        return number

    def tag(self, node: str) -> str:
        """The tag of a content control: the node's id, or a shortened one where that is longer than Word takes."""
        return node if len(node) <= MOST_TAG else f"{node[: MOST_TAG - 17]}-{_digest(node, 0)[:16]}"

    def drawing(self) -> int:
        """The number of the next drawing object, unlike any other in the file."""
        self.drawings += 1
        return self.drawings

    def bookmark(self, bookmark: str, content: list[Element]) -> Iterator[Element]:
        """`content` between the two ends of a bookmark."""
        self._bookmarks += 1
        number = self._bookmarks
        yield w("bookmarkStart", id=number, name=bookmark)
        yield from content
        yield w("bookmarkEnd", id=number)

    def _unique(self, prefix: str, text: str, shape: Callable[[str], str]) -> str:
        salt = 0
        while (made := prefix + shape(_digest(text, salt))) in self._taken:
            salt += 1
        self._taken.add(made)
        return made
