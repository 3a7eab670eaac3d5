"""Where the items of the data that a document was built from stand in the data now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from briefing.pull.word_merge import likeness
from briefing.source.nodes import steps

_LIKE: Final = 0.5
"""How much of two items must be alike for them to count as one."""


def is_within(path: str, item: str) -> bool:
    """Whether a path is that of an item, or leads to something in it."""
    return path == item or path.startswith((f"{item}.", f"{item}["))


def values_of_items(values: Mapping[str, str], path: str) -> dict[int, dict[str, str]]:
    """The values of each item of the list at `path`, by what their paths say behind the item."""
    found: dict[int, dict[str, str]] = {}
    start = f"{path}["
    for name, value in values.items():
        if name.startswith(start):
            number, _, rest = name[len(start) :].partition("]")
            if number.isdigit():
                found.setdefault(int(number), {})[rest] = value
    return found


class Places:
    """Where the items of a base stand in the data now: by their ids, else by what they say."""

    def __init__(self, base: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._base, self._now = base, now
        self._known: dict[str, dict[int, int]] = {}

    def path(self, path: str) -> str | None:
        """The path in the data now; None where an item on the way is gone."""
        made, old = "", ""
        for step in steps(path):
            if isinstance(step, int):
                place = self.items(old, made).get(step)
                if place is None:
                    return None
                made, old = f"{made}[{place}]", f"{old}[{step}]"
            else:
                made, old = (f"{each}.{step}" if each else step for each in (made, old))
        return made

    def nearest(self, path: str) -> str:
        """The path in the data now of what is there of a path, be it only the list that an item was in."""
        while path and self.path(path) is None:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.path(path) or "" if path else ""

    def items(self, old: str, now: str | None = None) -> dict[int, int]:
        """For each item of a list of the base its place in the list now; those that are gone are left out."""
        if old not in self._known:
            path = self.path(old) if now is None else now
            self._known[old] = (
                {} if path is None else _items(values_of_items(self._base, old), values_of_items(self._now, path))
            )
        return self._known[old]


def _items(base: Mapping[int, Mapping[str, str]], now: Mapping[int, Mapping[str, str]]) -> dict[int, int]:
    made: dict[int, int] = {}
    names = {values[".id"]: place for place, values in now.items() if ".id" in values}
    for place, values in base.items():
        if ".id" in values and values[".id"] in names:
            made[place] = names[values[".id"]]
    equal: dict[frozenset[tuple[str, str]], list[int]] = {}
    for other in now.keys() - made.values():
        equal.setdefault(frozenset(now[other].items()), []).append(other)
    for place, values in base.items():
        if place not in made and (others := equal.get(frozenset(values.items()))):
            made[place] = min(others, key=lambda other: abs(place - other))
            others.remove(made[place])
    scores = []
    taken = set(made.values())
    for place, values in base.items():
        for other, there in now.items():
            if place in made or other in taken or (".id" in values and ".id" in there):
                continue
            same = sum(there.get(key) == value for key, value in values.items()) / len(values)
            like = same if same == 1 else max(same, _alike(values, there))
            scores.append((like, -abs(place - other), place, other))
    for like, _, place, other in sorted(scores, reverse=True):
        if like >= _LIKE and place not in made and other not in taken:
            made[place] = other
            taken.add(other)
    return made


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    return likeness(" ".join(one.values()), " ".join(other.get(key, "") for key in one))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest run of numbers, others left out, that rises: what stays in its place while others move."""
    # Of the runs of each length the one with the least end (Schensted 1961), with what came before each number.
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
