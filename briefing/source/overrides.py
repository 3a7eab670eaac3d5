"""`--set key=value`: single values put in from the command line, and by the same rules from the rows of a file of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

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


class _CannotPutError(Exception):
    """The way of a setting leads nowhere; the arguments are what is wrong, and what would be right."""


class Setting(Struct, frozen=True):
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
            source = _set(source, match["key"], match["value"] or None, Place(flag, 0, 0))
        except _CannotPutError as error:
            what, hint = error.args
            problems.append(Problem("bad-override", what, hint, option=flag))
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
            source = _set(source, setting.key, setting.text, setting.place)
        except _CannotPutError as error:
            what, hint = error.args
            problems.append(Problem("bad-override", what, hint, setting.key, setting.place))
    if problems:
        raise DataError(problems)
    return source


def is_key(text: str) -> bool:
    """Whether the text is written as the key of a value: ``series.number``, ``quotes[0].speaker``."""
    return _KEY.fullmatch(text) is not None


def _set(source: SourceFile, key: str, text: str | None, place: Place) -> SourceFile:
    made = _put(source.root, list(_STEP.finditer(key)), Scalar(text, 0, 0, origin=place))
    assert isinstance(made, Mapping), "a key begins with a name"
    return replace(source, root=made)


def _put(node: Node | None, way: list[re.Match[str]], value: Scalar) -> Node:
    """`node`, or what is made where there is none, with `value` at the end of `way`."""
    if not way:
        return value
    step, *rest = way
    if node is None or is_nothing(node):
        empty = Mapping((), 0, 0, value.origin) if step["name"] else Sequence((), 0, 0, value.origin)
        return _put(empty, way, value)
    if step["name"]:
        return _put_in_mapping(node, step["name"], rest, value)
    if not isinstance(node, Sequence):
        raise _CannotPutError("there is no list here to take an item of", "leave the brackets out")
    index = _index(node, step)
    item = node.items[index] if index < len(node.items) else None
    return replace(node, items=(*node.items[:index], _put(item, rest, value), *node.items[index + 1 :]))


def _put_in_mapping(node: Node, name: str, rest: list[re.Match[str]], value: Scalar) -> Node:
    if isinstance(node, Sequence):
        raise _CannotPutError(f"'{name}' stands in the items of a list", f"name one of them, as in [0].{name}")
    if not isinstance(node, Mapping):
        raise _CannotPutError(f"there is single text where '{name}' is looked for", "shorten the key")
    entry = node.entry(name)
    if entry is None and rest and (rest[0]["index"] or rest[0]["id"]):
        raise _CannotPutError(f"there is no list '{name}'", did_you_mean(name, [each.key for each in node.entries]))
    made = _put(entry.value if entry else None, rest, value)
    if entry is None:
        return replace(node, entries=(*node.entries, Entry(name, 0, 0, made, value.origin)))
    # A value that was there keeps its key's spot, unless the whole of it comes from the flag.
    changed = replace(entry, value=made, origin=None if rest else value.origin)
    return replace(node, entries=tuple(changed if each is entry else each for each in node.entries))


def _index(node: Sequence, step: re.Match[str]) -> int:
    if step["more"]:
        return len(node.items)
    if wanted := step["id"]:
        entries = [item.entry("id") if isinstance(item, Mapping) else None for item in node.items]
        ids = [entry.value.text if entry and isinstance(entry.value, Scalar) else None for entry in entries]
        if wanted not in ids:
            raise _CannotPutError(
                f"no item has the id '{wanted}'", did_you_mean(wanted, [each for each in ids if each])
            )
        return ids.index(wanted)
    if (index := int(step["index"])) < len(node.items):
        return index
    raise _CannotPutError(
        f"there is no item [{index}]", f"the list has {len(node.items)}, counted from 0; [+] adds one"
    )
