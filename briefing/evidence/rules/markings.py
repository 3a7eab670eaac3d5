"""Which handling markings are of a known form, read from `markings.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from briefing.errors import nearest

_SIGN: Final = re.compile(r"\s*(?:[–—:,]|//|\s-\s|-(?=[A-Z]))\s*")
_ADDITIONAL: Final = re.compile(r"[A-Z][A-Z0-9&/ -]*")
_SENSITIVE: Final = re.compile(r"OFFICIAL(?:\s*[–:]\s*|\s+-\s*|\s+|-\s+)SENSITIVE")
"""Spellings of OFFICIAL-SENSITIVE that are met and mean the same."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("briefing.evidence.rules") / "markings.toml").read_text(encoding="utf-8"))


def known_markings() -> tuple[str, ...]:
    """Every marking that is known without additions, for a list."""
    return (*_data()["tlp"]["markings"], *_data()["uk"]["classifications"])


def is_known(marking: str, own: Sequence[str] = ()) -> bool:
    """Whether a marking is of TLP 2.0, of the UK's classifications with or without additional markings, or the office's `own`."""
    return marking in own or marking in _data()["tlp"]["markings"] or _is_british(marking)


def hint_for(marking: str, own: Sequence[str] = ()) -> str:
    """What would be right instead of an unknown marking."""
    said = " ".join(marking.upper().split())
    renamed: dict[str, str] = _data()["tlp"]["renamed"]
    if said.replace(" ", "") in renamed:
        return f"TLP 2.0 calls it {renamed[said.replace(' ', '')]}"
    if said in _data()["uk"]["withdrawn"]:
        listed = ", ".join(_data()["uk"]["classifications"])
        return f"since April 2014 the UK classifications are {listed}; list your own under 'markings' in briefing.toml"
    close = nearest(said, [*own, *known_markings()])
    if close is not None and close != marking:
        return f"did you mean '{close}'?"
    return "use TLP 2.0 or a UK classification, or list your own under 'markings' in briefing.toml"


def _is_british(marking: str) -> bool:
    """Whether it is ``[UK ]classification``, with additional markings in capitals behind a sign, or the policy's own behind a space."""
    said = _SENSITIVE.sub("OFFICIAL-SENSITIVE", marking.removeprefix("UK "), count=1)
    level = max((level for level in _data()["uk"]["classifications"] if said.startswith(level)), key=len, default=None)
    if level is None:
        return False
    rest = said[len(level) :]
    if not rest:
        return True
    if rest[0] == " " and rest.strip() in _data()["uk"]["additional"]:
        return True
    sign = _SIGN.match(rest)
    return sign is not None and all(_ADDITIONAL.fullmatch(part) for part in _SIGN.split(rest[sign.end() :]))
