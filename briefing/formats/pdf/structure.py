"""The structure tree of a tagged PDF, and writing it (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pydyf
from msgspec import Struct, field
from msgspec.structs import replace

GROUPING: Final = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Kinds that hold blocks and no text of their own (table 333)."""
INLINE: Final = frozenset({"Link", "Reference", "Span", "Quote", "Code", "BibEntry"})
"""Kinds that stand in a line of text (table 338)."""
KINDS: Final = (
    GROUPING
    | INLINE
    | {"Caption", "Figure", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LBody", "LI", "Lbl", "Note", "P"}
)
"""Kinds that a template may ask for by `data-tag`; table parts follow from HTML alone."""


class Mark(Struct, frozen=True):
    """A piece of marked content: what was drawn on a page (counted from 0) under a number."""

    page: int
    number: int


class Annotation(Struct, frozen=True):
    """A link's active area on a page."""

    page: int
    dictionary: Any


class Element(Struct, eq=False):
    """A structure element of a standard kind (``TH``).

    `actual` is read in place of its text; `identifier` is unique, and required for notes (ISO 14289-1, 7.9).
    """

    kind: str
    parent: Element | None = None
    page: int = 0
    alt: str = ""
    language: str = ""
    expansion: str = ""
    actual: str = ""
    identifier: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Element | Mark | Annotation] = field(default_factory=list)

    def within(self, kind: str) -> Element | None:
        """The nearest element of `kind`, this one or one that it stands in."""
        found: Element | None = self
        while found is not None and found.kind != kind:
            found = found.parent
        return found


def settled(element: Element) -> Element:
    """The tree as it should be: no empty elements, list items with bodies, and text in paragraphs."""
    made = replace(element, parent=None, children=[])
    kids = [settled(kid) if isinstance(kid, Element) else kid for kid in element.children]
    kids = [kid for kid in kids if not isinstance(kid, Element) or kid.children or kid.kind in ("TD", "TH")]
    if element.kind == "LI":
        kids = _gathered(kids, "LBody", lambda kid: not _is(kid, "Lbl", "LBody"))
    elif element.kind in GROUPING:
        kids = _gathered(kids, "P", lambda kid: not isinstance(kid, Element) or _is(kid, *INLINE))
    elif element.kind == "Table":
        # A table whose first row is taller than a page has its headings printed over a later part of it.
        heads = [kid for kid in kids if _is(kid, "THead")]
        first = next((place for place, kid in enumerate(kids) if _is(kid, "THead", "TBody", "TR")), 0)
        kids = [*kids[:first], *heads, *(kid for kid in kids[first:] if kid not in heads)]
    made.children = kids
    return made


def _is(kid: Element | Mark | Annotation, *kinds: str) -> bool:
    return isinstance(kid, Element) and kid.kind in kinds


def _gathered(kids: Sequence[Element | Mark | Annotation], kind: str, loose: Any) -> list[Element | Mark | Annotation]:
    """Runs of what is `loose` put into elements of `kind`."""
    gathered: list[Element | Mark | Annotation] = []
    run: Element | None = None
    for kid in kids:
        if not loose(kid):
            run = None
            gathered.append(kid)
            continue
        if run is None:
            run = Element(kind, page=kid.page)
            gathered.append(run)
        run.children.append(kid)
    return gathered


def write(pdf: Any, root: Element, pages: int) -> None:
    """Put the tree under `root` into `pdf`, with all that points into it."""
    _Writer(pdf, pages).write(root)


class _Writer:
    """Writes one tree."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.owners: list[dict[int, Any]] = [{} for _ in range(pages)]
        self.annotations: list[tuple[Any, Any]] = []
        self.identifiers: dict[str, Any] = {}

    def write(self, root: Element) -> None:
        """Write everything."""
        top = self._added({"Type": "/StructTreeRoot"})
        top["K"] = pydyf.Array([self._element(root, top.reference)])
        top["ParentTree"] = self._added({"Nums": pydyf.Array(self._parents())}).reference
        top["ParentTreeNextKey"] = len(self.owners) + len(self.annotations)
        if self.identifiers:
            names = sorted(self.identifiers.items(), key=lambda pair: pair[0].encode())
            tree = {
                "Names": pydyf.Array([part for name, reference in names for part in (pydyf.String(name), reference)])
            }
            top["IDTree"] = self._added(tree).reference
        self.pdf.catalog["StructTreeRoot"] = top.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _added(self, values: Mapping[str, Any]) -> Any:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def _element(self, element: Element, parent: Any) -> Any:
        """Write one element with all below it; its reference."""
        made = self._added({"Type": "/StructElem", "S": f"/{element.kind}", "P": parent})
        own = next((kid.page for kid in element.children if isinstance(kid, Mark)), element.page)
        made["Pg"] = self.pages[own]
        for key, text in (
            ("Alt", element.alt),
            ("Lang", element.language),
            ("E", element.expansion),
            ("ActualText", element.actual),
            ("ID", element.identifier),
        ):
            if text:
                made[key] = pydyf.String(text)
        if element.identifier:
            self.identifiers[element.identifier] = made.reference
        if element.attributes:
            made["A"] = pydyf.Dictionary(element.attributes)
        made["K"] = pydyf.Array([self._kid(kid, made.reference, own) for kid in element.children])
        return made.reference

    def _kid(self, kid: Element | Mark | Annotation, owner: Any, own: int) -> Any:
        if isinstance(kid, Element):
            return self._element(kid, owner)
        page = self.pages[kid.page]
        if isinstance(kid, Annotation):
            self.annotations.append((owner, kid.dictionary))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": page})
        self.owners[kid.page][kid.number] = owner
        return kid.number if kid.page == own else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})

    def _parents(self) -> Iterator[Any]:
        """The parent tree: for each page the owners of its marked content, then the owner of each annotation (14.7.4.4)."""
        for page, owners in enumerate(self.owners):
            yield page
            yield pydyf.Array([owners.get(number, "null") for number in range(max(owners, default=-1) + 1)])
        for key, (owner, annotation) in enumerate(self.annotations, len(self.owners)):
            annotation["StructParent"] = key
            yield key
            yield owner
