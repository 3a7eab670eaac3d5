"""The base of a document: what it was built as, packed into the part that leads from its marks to the data, and taken out again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from docx.opc.part import XmlPart

from briefing.formats.docx.edited.edited_document import Base, EditedParagraph, Trace
from briefing.formats.docx.edited.edited_walk import Known, StoryPart, fingerprint, read_paragraphs
from briefing.formats.docx.elements import Element, child
from briefing.formats.docx.writing import NAMESPACE, Writing

TAG: Final = f"{{{NAMESPACE}}}origins"
_TEXT: Final = f"{{{NAMESPACE}}}text"
_BASE: Final = f"{{{NAMESPACE}}}base"
_DATE: Final = re.compile(r"(\d{4})(?:-\d\d)?(?:-(\d\d))?")


class UnreadableBaseError(Exception):
    """The base is there and cannot be read."""


def written_base(main: XmlPart, styles: Element, writing: Writing, build: str, typed: Mapping[str, str]) -> Base:
    """The base of a document that has just been written, read from its parts as they will be read when it comes back."""
    kinds = {"endnotes": "endnote", "footnotes": "footnote", "header": "header", "footer": "footer"}
    body = child(main.element, "body")
    assert body is not None
    parts = [StoryPart("body", body, _links(main), _pictures(main))]
    for relation in main.rels.values():
        place = kinds.get(relation.reltype.rsplit("/", 1)[-1])
        if place is not None and isinstance(relation.target_part, XmlPart):
            part = relation.target_part
            parts.append(StoryPart(place, part.element, _links(part), _pictures(part)))
    traces = {each["code"]: Trace(each["id"], each["path"]) for each in writing.origins.found}
    targets = writing.names.references
    known = Known({code: trace.node for code, trace in traces.items()}, targets)
    paragraphs = read_paragraphs(parts, styles, known)
    return Base(build, paragraphs, traces, targets, values_of(paragraphs, traces, typed))


def _links(part: XmlPart) -> dict[str, str]:
    return {key: each.target_ref for key, each in part.rels.items() if each.is_external}


def _pictures(part: XmlPart) -> dict[str, str]:
    pictures = ((key, each) for key, each in part.rels.items() if each.reltype.endswith("/image"))
    return {key: fingerprint(each.target_part.blob) for key, each in pictures if not each.is_external}


def values_of(base: Iterable[EditedParagraph], traces: Mapping[str, Trace], typed: Mapping[str, str]) -> dict[str, str]:
    """What was `typed` in the data, as far as the paragraphs print it: nothing else may go out with the file.

    The value that a paragraph was traced to counts as printed; other values of the same record do where they can be read in it, and the
    ids of records that are printed, by which these are known again.
    """
    found: dict[str, str] = {}
    records = _records(typed)
    for paragraph in base:
        seen = " ".join(paragraph.seen.split())
        for code in dict.fromkeys((paragraph.code, *paragraph.marks)):
            if code not in traces:
                continue
            path = traces[code].path
            if path in typed:
                found[path] = typed[path]
            record = path if path not in typed else path.rpartition(".")[0] if not path.endswith("]") else ""
            found.update((name, typed[name]) for name in _printed_of(record, records.get(record, ()), typed, seen))
            found.update((name, typed[name]) for name in _ids(path) if name in typed)
    return dict(sorted(found.items()))


def _records(typed: Iterable[str]) -> dict[str, list[str]]:
    """The paths of the values below each record and each list, by its path."""
    below: dict[str, list[str]] = {}
    for path in typed:
        for end, sign in enumerate(path):
            if sign in ".[":
                below.setdefault(path[:end], []).append(path)
    return below


def _printed_of(record: str, below: Sequence[str], typed: Mapping[str, str], seen: str) -> list[str]:
    """The values `below` a record, or every item of a list, that can be read in `seen`; of a list of which some item cannot, none."""
    found = [path for path in below if typed[path].strip() and _is_in(typed[path], seen)]
    items, there = ({path[len(record) :].partition("]")[0] for path in held} for held in (below, found))
    is_list = any(path.startswith(f"{record}[") for path in below)
    return [] if is_list and items != there else found


def _is_in(value: str, seen: str) -> bool:
    """Whether a value can be read in a line, a date by its year and its day."""
    date = _DATE.fullmatch(value)
    if date is None:
        return " ".join(value.split()) in seen
    wanted = {date[1], *((str(int(date[2])),) if date[2] else ())}
    return wanted <= set(re.findall(r"\d+", seen))


def _ids(path: str) -> Iterable[str]:
    """The paths of the ids of the records that `path` leads through."""
    return (f"{path[: place + 1]}.id" for place, sign in enumerate(path) if sign == "]")


def packed(base: Base) -> dict[str, Any]:
    """The base as plain values, without what else the part says: which text came from where."""
    return {
        "paragraphs": [each.packed() for each in base.paragraphs],
        "targets": dict(base.targets),
        "values": dict(base.values),
    }


def as_text(base: Base) -> str:
    """The base as the text of an element: JSON; the same for the same base. The file that it is in compresses it."""
    return json.dumps(packed(base), ensure_ascii=False, separators=(",", ":"))


def as_file(base: Base) -> bytes:
    """The base as a file of its own, with what it lists of where texts came from."""
    traces = {code: [trace.node, trace.path] for code, trace in base.traces.items()}
    values = {"build": base.build, "traces": traces, **packed(base)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def from_file(data: bytes) -> Base:
    """The base that is such a file. Raises `UnreadableBaseError`."""
    try:
        values = json.loads(data)
        traces = {str(code): Trace(str(node), str(path)) for code, (node, path) in values["traces"].items()}
        return unpacked(str(values["build"]), traces, values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableBaseError(str(error)) from error


def unpacked(build: str, traces: Mapping[str, Trace], values: Mapping[str, Any]) -> Base:
    """The base that was packed. Raises `UnreadableBaseError`."""
    try:
        paragraphs = tuple(EditedParagraph.unpacked(each) for each in values["paragraphs"])
        targets = {str(name): str(node) for name, node in values["targets"].items()}
        typed = {str(path): str(value) for path, value in values["values"].items()}
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableBaseError(str(error)) from error
    return Base(build, paragraphs, traces, targets, typed)


def traces_in(root: Element) -> dict[str, Trace]:
    """The traces that the part lists, by their codes."""
    return {each.get("code", ""): Trace(each.get("id", ""), each.get("path", "")) for each in root.iterfind(_TEXT)}


def base_in(root: Element) -> Base | None:
    """The base in the part whose root is given; None where it holds none. Raises `UnreadableBaseError`."""
    held = root.find(_BASE)
    if held is None or not held.text:
        return None
    try:
        values = json.loads(held.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableBaseError(str(error)) from error
    return unpacked(root.get("build", ""), traces_in(root), values)
