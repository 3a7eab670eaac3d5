"""Text from which what is expected is taken away, so that what is left over can be seen."""

from __future__ import annotations

from briefing.verify.characters import bare


class Remainder:
    """Some text, of which parts can be taken once each. Texts given to it are compared characters."""

    def __init__(self, raw: str) -> None:
        self._parts = [bare(raw)[0]]

    def take(self, text: str) -> bool:
        """Take `text` away once; false when it is not there in one piece."""
        for place, part in enumerate(self._parts):
            start = part.find(text)
            if start >= 0:
                self._parts[place : place + 1] = [part[:start], part[start + len(text) :]]
                return True
        return False

    def left(self) -> list[str]:
        """What nothing asked for."""
        return [part for part in self._parts if part]
