"""Editions: what of a data file goes to whom, found in its values as typed, so that what is left out is never read as part of the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from briefing.errors import DataError, Problem, UsageError, did_you_mean
from briefing.schema.brief import KINDS, RANKED, Brief
from briefing.schema.fields import mentions, way
from briefing.schema.items import OwnSection, Priority
from briefing.schema.settings import Edition

Step = str | int
Path = tuple[Step, ...]

SHORT: Final = "short"
"""The edition that there is without a word in `briefing.toml`: what is of low priority is left out."""
_RANKS: Final = {priority.value: rank for rank, priority in enumerate(Priority)}
_NAMING: Final = ("sources", "quotes")
"""The keys of items that list ids; what is left out is taken out of them."""
_OWN: Final = next(kind.key for kind in KINDS if kind.item is OwnSection)
_OF_FILES: Final = ("overlong", "redline")
"""What stands in the names of other files."""


class Release(Struct, frozen=True):
    """Whom a brief is made for: everybody who may read it, or the readers of the edition `name`.

    `is_above` says whether the first of two markings stands above the second one, None where they cannot be compared.
    """

    is_above: Callable[[str, str], bool | None]
    name: str | None = None
    edition: Edition = field(default_factory=Edition)

    @classmethod
    def of(cls, name: str | None, known: Mapping[str, Edition], is_above: Callable[[str, str], bool | None]) -> Release:
        """The release for the edition `name`, or for everybody. Raises `UsageError` for an edition that nobody defined."""
        if name is None:
            return cls(is_above)
        editions = {SHORT: Edition(priority=Priority.NORMAL), **known}
        if name not in editions:
            hint = f"{did_you_mean(name, tuple(editions))}, or define it under [editions] in briefing.toml"
            raise UsageError(Problem("bad-option", f"there is no edition '{name}'", hint, option="--edition"))
        if name in _OF_FILES:
            what, hint = (
                f"no edition can be called '{name}'",
                "give it another name: files of another sort are called so",
            )
            raise UsageError(Problem("bad-option", what, hint, option="--edition"))
        return cls(is_above, name, editions[name])


class LeftOut(Struct, frozen=True):
    """What an edition leaves out: the paths of items, the ids that they have, and how many of each kind are of too low a priority."""

    paths: frozenset[Path] = frozenset()
    ids: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)

    def new_path(self, path: Path) -> Path | None:
        """Where what stood at `path` stands once these are out; None for what is out."""
        if any(path[: len(gone)] == gone for gone in self.paths):
            return None
        return tuple(
            step - sum((*path[:depth], index) in self.paths for index in range(step)) if isinstance(step, int) else step
            for depth, step in enumerate(path)
        )


def left_out(values: Mapping[str, Any], release: Release) -> LeftOut:
    """What is left out of the `values` of a data file, as typed.

    Raises `DataError` with every item that is marked above what the brief is released as and does not stay behind, or whose marking cannot
    be held against that.
    """
    top, edition = _marking_of(values), release.edition
    wanted = edition.marking or top
    paths: set[Path] = set()
    ids: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    problems: list[Problem] = []
    for path, item in _items(values, ()):
        if any(path[: len(gone)] == gone for gone in paths):
            continue
        fault, goes = None, False
        if isinstance(marking := item.get("marking"), str):
            fault, goes = _held_against(marking, wanted, release)
        is_low = edition.priority is not None and _rank(item) < _RANKS[edition.priority.value]
        if fault is not None:
            problems.append(Problem("marked-above", *fault, f"{written(path)}.marking"))
        elif goes or (is_low and path[0] != "sources"):
            paths.add(path)
            named = [each["id"] for each in (item, *(inner for _, inner in _items(item, path))) if _is_named(each)]
            ids.setdefault(str(path[0]), set()).update(named)
            if not goes:
                counts[str(path[0])] = counts.get(str(path[0]), 0) + 1
    if problems:
        raise DataError(problems)
    paths |= set(_naming(values, ids))
    return LeftOut(frozenset(paths), frozenset().union(*ids.values()), counts)


def unmentioned(brief: Brief) -> LeftOut:
    """The sources that nothing in `brief` names, and the abbreviations that it does not use: in an edition, those of what was left out."""
    named = {step for mention in mentions(brief) for step in way(brief, mention.source)}
    gone = {index: source.id for index, source in enumerate(brief.sources) if source.id not in named}
    text = brief.model_dump_json(exclude={"abbreviations", "sources"} if gone else {"abbreviations"})
    idle = (index for index, each in enumerate(brief.abbreviations) if each.short not in text)
    paths = {("sources", index) for index in gone} | {("abbreviations", index) for index in idle}
    return LeftOut(frozenset(paths), frozenset(gone.values()))


def written(path: Path) -> str:
    """A path as messages have it: ``risks[2].marking``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _held_against(marking: str, wanted: str, release: Release) -> tuple[tuple[str, str] | None, bool]:
    """What is wrong with an item of that marking, and whether it is left out."""
    above = release.is_above(marking, wanted)
    if above is None:
        hint = "use one series of markings, or list them under 'markings' in briefing.toml, the lowest first"
        return (f"'{marking}' cannot be held against '{wanted}', the marking of the brief", hint), False
    if not above or release.edition.marking is not None:
        return None, bool(above)
    hint = "raise the brief's marking, or build an edition whose marking leaves it out"
    return (f"the item is marked '{marking}', and the brief is released as '{wanted}'", hint), False


def _marking_of(values: Mapping[str, Any]) -> str:
    held = values.get("handling")
    marking = held.get("marking") if isinstance(held, Mapping) else held
    return marking if isinstance(marking, str) else "none"


def _items(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every mapping in a list, however deep, one that holds others before these."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key in _LISTS:
                yield from _items(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, Mapping):
                yield (*path, index), inner
            yield from _items(inner, (*path, index))


_LISTS: Final = frozenset(kind.key for kind in RANKED) | {"abbreviations"}


def _naming(values: Mapping[str, Any], ids: Mapping[str, set[str]]) -> Iterator[Path]:
    """Every place in a list of ids that names one of `ids`, which are by the key of their list."""
    order = values.get("order")
    for index, name in enumerate(order if isinstance(order, list) else ()):
        if isinstance(name, str) and name in ids.get(_OWN, ()):
            yield "order", index
    for path, item in _items(values, ()) if not ids.keys().isdisjoint(_NAMING) else ():
        for key in _NAMING:
            listed = item.get(key)
            yield from (
                (*path, key, index)
                for index, name in enumerate(listed if isinstance(listed, list) else ())
                if isinstance(name, str) and name in ids.get(key, ())
            )


def _rank(item: Mapping[str, Any]) -> int:
    return _RANKS.get(str(item.get("priority")), _RANKS[Priority.NORMAL.value])


def _is_named(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("id"), str)
