"""The rule on letters of another script that look like the ones around them (Unicode Technical Standard 39, 5.1, of single words)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.rules.placeholders import typed_values
from briefing.rules.subject import Breach, Subject

_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK")
"""Those whose letters look alike; Latin letters stand beside Chinese and the like in good words."""
_WORD: Final = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_OTHER: Final = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_LOOKS_LATIN: Final = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
"""The Greek letters that nobody sees beside Latin ones. Others are signs, as in μm, kΩ, ΔT and λmax."""


def mixed_scripts(subject: Subject) -> Iterator[Breach]:
    """Words of letters of two scripts, each at its first letter of the one that it has fewer of."""
    for path, value, _ in typed_values(subject.brief):
        if _OTHER.search(value):
            for word in _WORD.finditer(value):
                if (place := _stranger(word[0])) is not None:
                    letter = word[0][place]
                    named = f"U+{ord(letter):04X} {unicodedata.name(letter)}"
                    what = f"'{letter}' in '{word[0]}' is {named}, among letters of another script"
                    yield Breach(path, what, "type it again, by hand", word.start() + place)


def _stranger(word: str) -> int | None:
    """Where the first letter stands that is of another script than most of the word."""
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    counts = Counter(script for script in scripts if script in _SCRIPTS)
    if len(counts) < 2:
        return None
    usual = max(counts, key=lambda script: (counts[script], script == "LATIN"))
    return next(
        (
            place
            for place, (letter, script) in enumerate(zip(word, scripts, strict=True))
            if script in counts and script != usual and (script != "GREEK" or letter in _LOOKS_LATIN)
        ),
        None,
    )
