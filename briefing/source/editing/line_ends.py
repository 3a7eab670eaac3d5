"""Cutting text into bytes whose lines end as they please, at places counted with line feeds only."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """`text` in place of the characters from `start` up to `end`, counted from 0 in the text with line feeds only."""

    start: int
    end: int
    text: str = ""


def spliced(data: bytes, splices: Sequence[Splice]) -> bytes:
    """The file `data`, UTF-8, with `splices` made: its byte order mark and line ends stay, new lines end as its first one does.

    Raises `ValueError` when splices overlap.
    """
    bare = data.removeprefix(codecs.BOM_UTF8)
    raw = bare.decode()
    places = _places(raw)
    line_end = _line_end(raw)
    made: list[str] = []
    reached = 0
    for splice in sorted(splices):
        if places[splice.start] < reached:
            raise ValueError("two changes touch the same characters")
        made += [raw[reached : places[splice.start]], splice.text.replace("\n", line_end)]
        reached = places[splice.end]
    made.append(raw[reached:])
    return data[: len(data) - len(bare)] + "".join(made).encode()


def _places(raw: str) -> list[int]:
    """Where each character of the text with line feeds only stands in `raw`, and at last where `raw` ends."""
    found = [index for index, each in enumerate(raw) if each != "\n" or raw[max(index - 1, 0)] != "\r"]
    return [*found, len(raw)]


def _line_end(raw: str) -> str:
    first = next((index for index, each in enumerate(raw) if each in "\r\n"), None)
    if first is None or raw[first] == "\n":
        return "\n"
    return "\r\n" if raw[first : first + 2] == "\r\n" else "\r"
