"""Scales of likelihood, and the words that speak of likelihood and of confidence, read from `likelihood.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.schema import LikelihoodScale


@dataclass(frozen=True, slots=True)
class Band:
    """A range of chances, in words for people, and the words of likelihood that stand for it; `also` are other forms of them."""

    chance: str
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of likelihood, from the least likely band to the most, and who laid it down where."""

    name: str
    source: str
    bands: tuple[Band, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that the scale gives."""
        return tuple(word for band in self.bands for word in band.words)

    def has(self, word: str) -> bool:
        """Whether `word` is on the scale, in any of its forms."""
        return any(word in (*band.words, *band.also) for band in self.bands)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("briefing.evidence.rules") / "likelihood.toml").read_text(encoding="utf-8"))


@cache
def scale_of(chosen: LikelihoodScale) -> Scale:
    """The scale that the settings name."""
    found = _data()[chosen.value]
    bands = (Band(band["chance"], tuple(band["words"]), tuple(band.get("also", ()))) for band in found["bands"])
    return Scale(found["name"], found["source"], tuple(bands))


@cache
def words_of_likelihood() -> re.Pattern[str]:
    """Finds the words of likelihood of every scale and of none, the longer ones first."""
    scales = [scale_of(scale) for scale in LikelihoodScale]
    known = [word for scale in scales for band in scale.bands for word in (*band.words, *band.also)]
    return _any_of([*known, *_data()["elsewhere"]["words"]])


@cache
def words_of_confidence() -> re.Pattern[str]:
    """Finds the words for how sure the authors are."""
    return _any_of(_data()["confidence"]["words"])


def _any_of(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
