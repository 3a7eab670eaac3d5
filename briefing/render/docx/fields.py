"""Fields: what Word works out itself, with the result that the tree decided in place (ECMA-376 17.16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from briefing.render.docx.markup import Element, child, name, value, w, words


def complex_field(
    instruction: str, result: Iterable[Element], properties: Element | None, marks: Element | None
) -> Iterator[Element]:
    """The runs of a field: its code, and `result`, the runs shown until somebody updates it.

    `properties` are those of its code, `marks` those of the three marks round code and result; programs differ in which
    of them they give to a new result.
    """

    def mark(kind: str) -> Element:
        return w("r", deepcopy(marks), w("fldChar", fldCharType=kind))

    yield mark("begin")
    yield w("r", deepcopy(properties), words(f" {instruction} ", "instrText"))
    yield mark("separate")
    yield from result
    yield mark("end")


@dataclass(slots=True)
class FieldRuns:
    """A complex field as it stands in a file: the runs of its code, of its result, and of its three marks."""

    code: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)
    instruction: str = ""
    separated: bool = False


def field_runs(root: Element) -> list[FieldRuns]:
    """Every complete complex field below `root`, inner ones before outer ones."""
    open_fields: list[FieldRuns] = []
    found: list[FieldRuns] = []
    for run in root.iter(name("r")):
        mark = value(child(run, "fldChar"), "fldCharType")
        if mark == "begin":
            open_fields.append(FieldRuns(marks=[run]))
        elif mark == "separate" and open_fields:
            open_fields[-1].separated = True
            open_fields[-1].marks.append(run)
        elif mark == "end" and open_fields:
            closed = open_fields.pop()
            closed.marks.append(run)
            found.append(closed)
        elif open_fields:
            inner = open_fields[-1]
            (inner.result if inner.separated else inner.code).append(run)
            if not inner.separated:
                inner.instruction += "".join(code.text or "" for code in run.iter(name("instrText")))
    return found
