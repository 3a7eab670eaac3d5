"""`--set key=value`: single values put in from the command line, and by the same rules from the rows of a file of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing.errors import DataError, Place, Problem, UsageError, did_you_mean, shown
from briefing.source.file import SourceFile
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, is_nothing

FLAG = "--set "
"""How the place of a value from the command line begins."""

_KEY = re.compile(r"[A-Za-z_][\w-]*(?:\[(?:\d{1,6}|\+|id=[\w-]+)\]|\.[A-Za-z_][\w-]*)*")
_SETTING = re.compile(rf"\s*(?P<key>{_KEY.pattern})\s*=(?P<value>.*)", re.DOTALL)
_STEP = re.compile(r"\[(?:(?P<index>\d+)|(?P<more>\+)|id=(?P<id>[\w-]+))\]|(?P<name>[\w-]+)")


_HOW_TO_SET = "write --set title='A title', or --set quotes[0].speaker=Name"
_HOW_TO_NAME = "write a path such as series.number or quotes[0].speaker"


@dataclass(frozen=True, slots=True)
class _Named:
    """The item of a list that has this id."""

    id: str


@dataclass(frozen=True, slots=True)
class _Further:
    """An item behind a list's last."""


_Step = str | int | _Named | _Further


@dataclass(frozen=True, slots=True)
class Setting:
    """A value to be put in: the path of its key, the text (None takes away what is there), and where it came from."""

    key: str
    text: str | None
    place: Place


def override(source: SourceFile, settings: Iterable[str]) -> SourceFile:
    """The file with each ``key=value`` put in; the value is text, and nothing after the ``=`` takes the value away.

    Keys are those of `put`. Raises `UsageError` with every setting that cannot be put in.
    """
    problems: list[Problem] = []
    for setting in settings:
        flag = f"{FLAG}{setting}".encode(errors="backslashreplace").decode()
        match = _SETTING.fullmatch(setting)
        try:
            if match is None:
                raise _CannotPutError("this is not KEY=VALUE", _HOW_TO_SET)
            source = replace(source, root=_set(source.root, match["key"], match["value"] or None, Place(flag, 0, 0)))
        except _CannotPutError as error:
            problems.append(Problem("bad-override", error.message, error.hint, option=flag))
    if problems:
        raise UsageError(problems)
    return source


def put(source: SourceFile, settings: Iterable[Setting]) -> SourceFile:
    """The file with each setting put in, one after the other.

    A key is a path such as ``series.number``, ``quotes[0].speaker``, ``quotes[id=late].note`` or, for a further item, ``key_points[+]``. Missing
    mappings on the way are made. Whether the last name is known is for validation to say. Raises `DataError` with every setting that cannot be put
    in, each at its place.
    """
    problems: list[Problem] = []
    for setting in settings:
        try:
            if not is_key(setting.key):
                raise _CannotPutError(f"'{shown(setting.key)}' is not the key of a value", _HOW_TO_NAME)
            source = replace(source, root=_set(source.root, setting.key, setting.text, setting.place))
        except _CannotPutError as error:
            problems.append(Problem("bad-override", error.message, error.hint, setting.key, setting.place))
    if problems:
        raise DataError(problems)
    return source


def is_key(text: str) -> bool:
    """Whether the text is written as the key of a value: ``series.number``, ``quotes[0].speaker``."""
    return _KEY.fullmatch(text) is not None


def _set(root: Mapping, key: str, text: str | None, place: Place) -> Mapping:
    made = _put(root, [_step(found) for found in _STEP.finditer(key)], Scalar(text, 0, 0, origin=place))
    assert isinstance(made, Mapping), "a key begins with a name"
    return made


def _step(match: re.Match[str]) -> _Step:
    if match["index"]:
        return int(match["index"])
    if match["more"]:
        return _Further()
    return _Named(match["id"]) if match["id"] else match["name"]


class _CannotPutError(Exception):
    """The way of a setting leads nowhere."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _put(node: Node | None, way: list[_Step], value: Scalar) -> Node:
    """`node`, or what is made where there is none, with `value` at the end of `way`."""
    if not way:
        return value
    step, *rest = way
    if node is None or is_nothing(node):
        empty = Mapping((), 0, 0, value.origin) if isinstance(step, str) else Sequence((), 0, 0, value.origin)
        return _put(empty, way, value)
    if isinstance(step, str):
        return _put_in_mapping(node, step, rest, value)
    if not isinstance(node, Sequence):
        raise _CannotPutError("there is no list here to take an item of", "leave the brackets out")
    index = _index(node, step)
    item = node.items[index] if index < len(node.items) else None
    return replace(node, items=(*node.items[:index], _put(item, rest, value), *node.items[index + 1 :]))


def _put_in_mapping(node: Node, name: str, rest: list[_Step], value: Scalar) -> Node:
    if isinstance(node, Sequence):
        raise _CannotPutError(f"'{name}' stands in the items of a list", f"name one of them, as in [0].{name}")
    if not isinstance(node, Mapping):
        raise _CannotPutError(f"there is single text where '{name}' is looked for", "shorten the key")
    entry = node.entry(name)
    if entry is None and rest and not isinstance(rest[0], str | _Further):
        raise _CannotPutError(f"there is no list '{name}'", did_you_mean(name, [each.key for each in node.entries]))
    made = _put(entry.value if entry else None, rest, value)
    if entry is None:
        return replace(node, entries=(*node.entries, Entry(name, 0, 0, made, value.origin)))
    # A value that was there keeps its key's spot, unless the whole of it comes from the flag.
    changed = replace(entry, value=made, origin=None if rest else value.origin)
    return replace(node, entries=tuple(changed if each is entry else each for each in node.entries))


def _index(node: Sequence, step: _Step) -> int:
    match step:
        case _Further():
            return len(node.items)
        case _Named(name):
            ids = [_id(item) for item in node.items]
            if name not in ids:
                known = [each for each in ids if each]
                raise _CannotPutError(f"no item has the id '{name}'", did_you_mean(name, known))
            return ids.index(name)
        case int() if step < len(node.items):
            return step
    raise _CannotPutError(f"there is no item [{step}]", f"the list has {len(node.items)}, counted from 0; [+] adds one")


def _id(item: Node) -> str | None:
    entry = item.entry("id") if isinstance(item, Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else None
