"""`--set key=value`: single values put in from the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence as Series
from dataclasses import replace

from briefing.errors import Problem, UsageError, did_you_mean
from briefing.source.file import SourceFile, Step, steps
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence

FLAG = "--set "
"""How the place of a value from the command line begins."""

_KEY = re.compile(r"[A-Za-z_]\w*(?:\[\d+\]|\.[A-Za-z_]\w*)*")


def override(source: SourceFile, settings: Iterable[str]) -> SourceFile:
    """The file with each ``key=value`` put in; the value is text, and nothing after the ``=`` takes the value away.

    A key is a path such as ``series.number`` or ``quotes[0].speaker``. Missing mappings on the way are made; lists are not made longer. Whether
    the last name is known is for validation to say. Raises `UsageError` with every setting that cannot be put in.
    """
    problems: list[Problem] = []
    root: Node = source.root
    for setting in settings:
        key, equals, value = setting.partition("=")
        key = key.strip()
        flag = f"{FLAG}{setting}"
        if not equals or not _KEY.fullmatch(key):
            problems.append(
                Problem("bad-override", f"'{setting}' is not KEY=VALUE", "write --set title='A title'", path=flag)
            )
            continue
        scalar = Scalar(value if value else None, 1, 1, quoted=True, origin=flag)
        try:
            root = _put(root, steps(key), scalar)
        except LookupError as error:
            problems.append(Problem("bad-override", str(error.args[0]), str(error.args[1]), path=flag))
    if problems:
        raise UsageError(problems)
    assert isinstance(root, Mapping)
    return replace(source, root=root)


def _put(node: Node, way: Series[Step], value: Scalar) -> Node:
    if not way:
        return value
    step, *rest = way
    if isinstance(step, int):
        if not isinstance(node, Sequence) or step >= len(node.items):
            held = len(node.items) if isinstance(node, Sequence) else 0
            raise LookupError(f"there is no item [{step}]", f"the list has {held}, counted from 0")
        return replace(node, items=(*node.items[:step], _put(node.items[step], rest, value), *node.items[step + 1 :]))
    if not isinstance(node, Mapping):
        raise LookupError(
            f"'{step}' cannot be set within a single value or a list", "name an item first, as in quotes[0].speaker"
        )
    for index, entry in enumerate(node.entries):
        if entry.key == step:
            changed = replace(entry, value=_put(entry.value, rest, value))
            return replace(node, entries=(*node.entries[:index], changed, *node.entries[index + 1 :]))
    if rest and isinstance(rest[0], int):
        raise LookupError(f"there is no list '{step}'", did_you_mean(step, [entry.key for entry in node.entries]))
    inner = _put(Mapping((), 1, 1), rest, value)
    return replace(node, entries=(*node.entries, Entry(step, 1, 1, inner)))
