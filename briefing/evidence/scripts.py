"""Raised and lowered characters: what a format sets as superscript or subscript, as the letters Unicode has for it.

Without this, ``10<sup>2</sup>`` would read as 102.
"""

from __future__ import annotations

from typing import Final

_PLAIN: Final = "0123456789+-−=()n"
_RAISED: Final = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def raised(text: str) -> str:
    """`text` in superscript letters where each of its characters has one, else as it is (``1st`` stays)."""
    return text.translate(_RAISED) if all(character in _PLAIN for character in text) else text


def lowered(text: str) -> str:
    """`text` in subscript letters where each of its characters has one, else as it is."""
    return text.translate(_LOWERED) if all(character in _PLAIN for character in text) else text
