"""Text from which what is expected is taken away, so that what is left over can be seen."""

from __future__ import annotations

from briefing.verify.characters import bare


class Remainder:
    """Some text as read, of which compared characters can be taken once each."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._text, self._index = bare(raw)
        self._parts = [(0, len(self._text))] if self._text else []

    def take(self, text: str) -> bool:
        """Take compared characters away once; false when they are not there in one piece."""
        for place, (start, end) in enumerate(self._parts):
            found = self._text.find(text, start, end)
            if found >= 0:
                rest = ((start, found), (found + len(text), end))
                self._parts[place : place + 1] = [(low, high) for low, high in rest if low < high]
                return True
        return False

    def left(self) -> list[str]:
        """What nothing asked for, as read."""
        return [self._raw[self._index[start] : self._index[end - 1] + 1] for start, end in self._parts]
