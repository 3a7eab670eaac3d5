"""Paths of values: ``quotes[2].text``. A key that holds a dot, a bracket or a quotation mark stands in ``["..."]``, written as in JSON."""

from __future__ import annotations

import json
import re

Step = str | int

_STEP = re.compile(r'\[(?P<index>\d+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]|(?P<name>[^.\[\]"]+)')


def steps(path: str) -> list[Step]:
    """The parts of a path: ``quotes[2].text`` is ``["quotes", 2, "text"]``."""
    return [_step(match) for match in _STEP.finditer(path)]


def _step(match: re.Match[str]) -> Step:
    if match["index"]:
        return int(match["index"])
    return str(json.loads(match["quoted"])) if match["quoted"] else match["name"]
