"""Edits of a data file: what is to change, and the file with only that changed."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import BriefingError, DataError, Place, Problem, UsageError
from briefing.source.editing import spans
from briefing.source.editing.rewriting import Rearrange, RemoveKey, SetText, Value, rewritten
from briefing.source.editing.spans import Found, NotEditableError, Splice, line_end, line_start
from briefing.source.encoding import characters
from briefing.source.file import Format, SourceFile
from briefing.source.json_reader import read_json
from briefing.source.nodes import Mapping as Mapping_
from briefing.source.nodes import plain_values, steps
from briefing.source.yaml_reader import NOTHING, read_yaml


def without_items(text: str, sequence: Any, gone: Collection[int]) -> Iterator[Splice]:
    """The cuts that take the items of the indexes `gone` out, one blank line or none left between the others as before."""
    items = item_lines(text, sequence)
    last_kept = max((index for index in range(len(items)) if index not in gone), default=-1)
    for index in sorted(gone):
        start, end = items[index]
        if index < last_kept:
            yield Splice(start, _past_blank_lines(text, end))
        else:
            yield Splice(_before_blank_lines(text, start), end)


def item_lines(text: str, sequence: Any) -> list[tuple[int, int]]:
    """Where each item's own lines begin, comments included, and where they end."""
    column = sequence.start_mark.column
    found: list[tuple[int, int]] = []
    lowest = sequence.start_mark.index - column
    for item in sequence.value:
        start = _dash(text, item.start_mark.index, column, lowest)
        start = _with_comments_above(text, start, lowest) if found else start
        lowest = _with_comments_below(text, line_end(text, spans.end_of(text, item)), column)
        found.append((start, lowest))
    return found


def _dash(text: str, index: int, column: int, lowest: int) -> int:
    """The start of the line with the dash of the item whose value begins at `index`."""
    dash = re.compile(rf" {{{column}}}-(?:\s|$)")
    start = line_start(text, index)
    while not dash.match(text, start):
        if start <= lowest:
            raise NotEditableError("an item of the list is an alias, or its dash stands in an unusual place")
        start = line_start(text, start - 1)
    if start < lowest:
        raise NotEditableError("an item of the list is an alias")
    return start


def _with_comments_above(text: str, start: int, lowest: int) -> int:
    while start > lowest and spans.comment_indent(text[line_start(text, start - 1) : start]) is not None:
        start = line_start(text, start - 1)
    return start


def _with_comments_below(text: str, end: int, column: int) -> int:
    reached = end
    while reached < len(text):
        line = text[reached : line_end(text, reached)]
        indent = spans.comment_indent(line)
        if line.strip() and (indent is None or indent <= column):
            break
        reached += len(line)
        if line.strip():
            end = reached
    return end


def _past_blank_lines(text: str, index: int) -> int:
    while index < len(text) and not text[index : line_end(text, index)].strip():
        index = line_end(text, index)
    return index


def _before_blank_lines(text: str, index: int) -> int:
    above = text[:index].rstrip()
    return line_end(text, len(above) - 1) if above else 0


_SAFE = re.compile(r"[\w./][\w./-]*")
"""What needs no quotation marks anywhere in YAML; every scalar is read as the text that was typed."""


class SetValue(Struct, frozen=True):
    """Give the value at `path` the one-line text `text`. A key that is not there is added to its mapping.

    It then comes behind the first of the keys `after` that is there, else at the end.
    """

    path: str
    text: str
    after: tuple[str, ...] = ()


class RemoveItems(Struct, frozen=True):
    """Take the items of the indexes `gone` out of the list at `path`. An empty list stays."""

    path: str
    gone: frozenset[int]


class RemoveKeys(Struct, frozen=True):
    """Take `names` and their values out of the file's outermost mapping, in which others stay."""

    names: frozenset[str]
    path: str = ""


class RemoveValue(Struct, frozen=True):
    """Take what stands under the key at `path` away. The key stays, with nothing under it."""

    path: str


Edit = SetValue | RemoveItems | RemoveKeys | RemoveValue | SetText | RemoveKey | Rearrange


def edited(source: SourceFile, data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data`, the bytes that `source` was read from, with `edits` made; paths and indexes are those before any of them.

    Raises `UsageError` for a template, `DataError` when the values would not come out as intended, as with anchors that the edits touch.
    """
    if source.format is Format.TEMPLATE:
        what, hint = (
            "a template cannot be changed in place",
            "keep the brief in YAML or JSON; comments and layout stay there",
        )
        raise UsageError(Problem("not-editable", what, hint, place=Place.of(source.file)))
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise _refused(source, "it was changed meanwhile")
    try:
        root = spans.node_tree(source.text)
        made = spans.spliced(data, [splice for edit in edits for splice in _splices(source, root, edit)])
        found = _values(source, made)
    except (NotEditableError, ValueError, BriefingError) as error:
        why = error.problems[0].message if isinstance(error, BriefingError) else str(error)
        raise _refused(source, why, getattr(error, "path", "")) from None
    if not _same(found, _intended(_values(source, data), edits)):
        raise _refused(source, "more would change than should")
    return made


def reread(source: SourceFile, data: bytes) -> SourceFile:
    """The same file with `data` in it. Raises `DataError` when it cannot be read."""
    text = characters(data, source.file)
    root = (read_json if source.format is Format.JSON else read_yaml)(text, source.file)
    assert isinstance(root, Mapping_)
    return replace(source, text=text, root=root, sha256=hashlib.sha256(data).hexdigest())


def _values(source: SourceFile, data: bytes) -> Any:
    reader = read_json if source.format is Format.JSON else read_yaml
    return plain_values(reader(characters(data, source.file), source.file))


def _same(found: Any, intended: Any) -> bool:
    """Whether values are as intended; line feeds at the ends of texts, and where a folded block has its lines, do not count."""
    if isinstance(found, dict) and isinstance(intended, dict):
        return found.keys() == intended.keys() and all(_same(found[key], intended[key]) for key in found)
    if isinstance(found, list) and isinstance(intended, list):
        return len(found) == len(intended) and all(map(_same, found, intended))
    if isinstance(found, str) and isinstance(intended, str):
        return found == intended or _lines(found) == _lines(intended)
    return bool(found == intended)


def _refused(source: SourceFile, why: str, path: str = "") -> DataError:
    hint = "write out what anchors and aliases stand for, and one key a line"
    what = f"the file cannot be changed without touching the rest of it: {why}"
    place = source.place_of(path) if path else Place(source.file, 0, 0)
    return DataError(Problem("not-editable", what, hint, place=place))


def _intended(values: dict[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    intended = copy.deepcopy(values)
    # Items go last, so that the paths of the others still lead where they did.
    for edit in sorted(edits, key=lambda each: isinstance(each, RemoveItems | Rearrange)):
        if isinstance(edit, RemoveKeys):
            for name in edit.names:
                intended.pop(name, None)
            continue
        *way, last = steps(edit.path)
        parent: Any = intended
        for step in way:
            parent = parent[step]
        if isinstance(edit, SetValue | SetText):
            parent[last] = edit.text
        elif isinstance(edit, RemoveKey):
            del parent[last]
        elif isinstance(edit, Rearrange):
            parent[last] = [parent[last][item] if isinstance(item, int) else _plain(item) for item in edit.items]
        elif isinstance(edit, RemoveValue):
            parent[last] = None
        else:
            parent[last] = [item for index, item in enumerate(parent[last]) if index not in edit.gone]
    return intended


def _lines(value: str) -> str:
    return str(getattr(value, "lines", "") or value).strip("\n")


def _plain(value: Value) -> Any:
    return value if isinstance(value, str) else dict(value) if isinstance(value, Mapping) else list(value)


def _splices(source: SourceFile, root: Any, edit: Edit) -> Iterator[Splice]:
    if isinstance(edit, RemoveKeys):
        yield from _without_keys(source.text, root, edit.names)
        return
    if isinstance(edit, SetText | RemoveKey | Rearrange):
        yield from rewritten(source.text, root, edit, source.format is Format.JSON)
        return
    found = spans.find(root, edit.path)
    if isinstance(edit, SetValue):
        yield _replaced(source, found, edit.text) if found else _added(source, root, edit)
    elif found and isinstance(edit, RemoveValue):
        start = found.node.start_mark.index if found.in_flow else spans.after_colon(source.text, found.key)
        yield Splice(start, spans.end_of(source.text, found.node), "null" if found.in_flow else " null")
    elif found and isinstance(edit, RemoveItems) and edit.gone:
        yield from _without(source.text, found, edit.gone)


def _without(text: str, found: Found, gone: frozenset[int]) -> Iterator[Splice]:
    items = found.node.value
    start, end = found.node.start_mark.index, found.node.end_mark.index
    if not found.node.flow_style:
        if len(gone) == len(items):
            colon = spans.after_colon(text, found.key)
            yield Splice(colon, colon, " []")
        yield from without_items(text, found.node, gone)
    elif len(gone) == len(items):
        yield Splice(start, end, "[]")
    else:
        yield from _cut([(item.start_mark.index, item.end_mark.index) for item in items], gone)


def _cut(stretches: Sequence[tuple[int, int]], gone: Collection[int]) -> Iterator[Splice]:
    """Take stretches between commas out, some of which stay, with a comma each."""
    kept = max(index for index in range(len(stretches)) if index not in gone)
    yield from (Splice(stretches[index][0], stretches[index + 1][0]) for index in sorted(gone) if index < kept)
    if kept + 1 < len(stretches):
        yield Splice(stretches[kept][1], stretches[-1][1])


def _without_keys(text: str, root: Any, names: Collection[str]) -> Iterator[Splice]:
    ends = [(key.start_mark.index, spans.end_of_entry(text, key, value)) for key, value in root.value]
    gone = [place for place, (key, _) in enumerate(root.value) if key.value in names]
    if gone and root.flow_style:
        yield from _cut(ends, gone)
    else:
        yield from (Splice(line_start(text, ends[place][0]), line_end(text, ends[place][1])) for place in gone)


def _replaced(source: SourceFile, found: Found, value: str) -> Splice:
    node, text = found.node, source.text
    if spans.is_empty(node):
        colon = spans.after_colon(text, found.key)
        return Splice(colon, colon, " " + _written(value, source.format))
    start = node.start_mark.index
    return Splice(start, spans.end_of(text, node), _written(value, source.format, text[start]))


def _added(source: SourceFile, root: Any, edit: SetValue) -> Splice:
    text = source.text
    parent_path, _, name = edit.path.rpartition(".")
    parent = spans.find(root, parent_path)
    if parent is None or not isinstance(parent.node.value, list) or not parent.node.value:
        raise NotEditableError(f"there is nothing to put '{edit.path}' into")
    entries = parent.node.value
    key, value = next((entry for wanted in edit.after for entry in entries if entry[0].value == wanted), entries[-1])
    typed = json.dumps(name) if source.format is Format.JSON else name
    end = spans.end_of_entry(text, key, value)
    begins = line_start(text, key.start_mark.index)
    indent = text[begins : key.start_mark.index]
    line = f"{typed}: {_written(edit.text, source.format)}"
    if parent.node.flow_style:
        return Splice(end, end, f",\n{indent}{line}" if not indent.strip() and begins else f", {line}")
    below = line_end(text, end)
    pad = " " * key.start_mark.column
    if text[below - 1 : below] != "\n":
        return Splice(below, below, f"\n{pad}{line}")
    return Splice(below, below, f"{pad}{line}\n")


def _written(value: str, form: Format, mark: str = "") -> str:
    """The text as `form` writes it, in the quotation marks that begin with `mark` where it can be."""
    if form is Format.JSON:
        bare = mark not in ("", '"') and re.fullmatch(r"0|[1-9]\d*", value)
        return value if bare else json.dumps(value, ensure_ascii=False)
    if mark == "'":
        return "'" + value.replace("'", "''") + "'"
    if mark != '"' and _SAFE.fullmatch(value) and value not in NOTHING:
        return value
    return json.dumps(value, ensure_ascii=False)
