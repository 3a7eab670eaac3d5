"""Mending the tags that the engine leaves out (WeasyPrint 70), in one pass over the finished PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def mended(data: bytes) -> bytes:
    """The PDF with list items in bodies (ISO 32000-1, 14.8.4.3.3) and a scope on every header cell (table 349); same input, same bytes."""
    with pikepdf.open(io.BytesIO(data)) as file:
        for item in list(_elements(file.Root.StructTreeRoot, "LI")):
            _wrap_body(file, item)
        for table in _elements(file.Root.StructTreeRoot, "Table"):
            for row in _elements(table, "TR"):
                cells = [child for child in _children(row) if str(child.get("/S", "")) in ("/TH", "/TD")]
                only_headers = all(str(cell.S) == "/TH" for cell in cells)
                for cell in cells:
                    if str(cell.S) == "/TH":
                        _set_scope(cell, "Column" if only_headers else "Row")
        file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        file.save(out, deterministic_id=True, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _wrap_body(file: pikepdf.Pdf, item: Any) -> None:
    """Put what the engine left directly in a list item into its body."""
    kids = _children(item)
    loose = [kid for kid in kids if str(kid.S) not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(loose)))
    if "/Pg" in item:
        body.Pg = item.Pg
    for kid in loose:
        kid.P = body
    first = kids.index(loose[0])
    rest = [kid for kid in kids if str(kid.S) in ("/Lbl", "/LBody")]
    item.K = Array([*rest[:first], body, *rest[first:]])


def _set_scope(cell: Any, scope: str) -> None:
    attributes = Dictionary(O=Name.Table, Scope=Name(f"/{scope}"))
    held = cell.get("/A")
    if held is None:
        cell.A = attributes
    elif isinstance(held, Array):
        held.append(attributes)
    else:
        cell.A = Array([held, attributes])


def _children(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def _elements(element: Any, kind: str) -> Iterator[Any]:
    for child in _children(element):
        if str(child.S) == f"/{kind}":
            yield child
        yield from _elements(child, kind)
