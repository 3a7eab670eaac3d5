"""Tags for assistive technology, taken from the HTML behind each laid-out box.

The engine tags boxes, so that what crosses a page's end becomes two elements, an anonymous box becomes one without a meaning, and the running
lines belong to nothing. Here an HTML element is one structure element, whatever boxes it was laid out in. `tag_pages` stands in for the
function of the same task in WeasyPrint 70; see `docs/decisions/0005-mending-the-engine.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pydyf

from briefing.formats.pdf.structure import KINDS, Annotation, Element, Mark, settled, write
from briefing.formats.pdf.weasy import AbsolutePlaceholder, boxes

_KINDS: Final = {
    "section": "Sect", "article": "Art", "header": "Div", "footer": "Div", "div": "Div", "aside": "Div", "nav": "Div", "figure": "Div",
    "blockquote": "BlockQuote", "p": "P", "pre": "P", "dt": "P", "dd": "P", "q": "Quote",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "caption": "Caption", "figcaption": "Caption", "img": "Figure",
    "abbr": "Span", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
}  # fmt: skip
"""What each HTML element is (ISO 32000-1, 14.8.4); what is not named here adds nothing to what it stands in."""
_POINTS_PER_PIXEL: Final = 0.75


def tag_pages(pdf: Any, document: Any, pdf_version: object, page_streams: list[Any]) -> None:
    """Build the structure tree of `pdf` from the boxes of `document` and the marked content of `page_streams`. Called by the engine."""
    root = Element("Document")
    tagger = _Tagger(pdf, root, document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tagger.tag(number, page, stream)
    for section, footnotes in tagger.footnotes.items():
        section.children.append(footnotes)
    write(pdf, settled(root), len(page_streams))
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


class _Tagger:
    """Builds one tree, page after page."""

    def __init__(self, pdf: Any, root: Element, language: str) -> None:
        self.pdf = pdf
        self.root = root
        self.language = language
        self.elements: dict[tuple[Any, str], Element] = {}
        self.heads: dict[Any, Any] = {}
        self.footnotes: dict[Element, Element] = {}
        self.above: dict[Any, Any] = {}
        self.links: dict[Element, Any] = {}
        self.page = 0
        self.height = 0.0
        self.marks: dict[Any, Any] = {}
        self.artifacts: dict[int, str] = {}

    def tag(self, number: int, page: Any, stream: Any) -> None:
        """Take in one page. Raises `ValueError` when something was drawn that no box accounts for."""
        self.page, self.height = number, page.height
        self.marks, self.artifacts = stream._tags, {}
        for child in page._page_box.children:
            if isinstance(child, boxes.MarginBox):
                self._dismiss(child, "Pagination")
            elif isinstance(child, boxes.FootnoteAreaBox):
                self._feet(child, page._page_box)
            else:
                self._box(child, self.root)
        if self.marks:
            raise ValueError(f"{len(self.marks)} pieces of page {number + 1} were drawn that stand nowhere in the text")
        _mark_artifacts(stream.stream, self.artifacts)

    def _box(self, box: Any, parent: Element) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._mark(box, parent)
            return
        if self._repeats(box):
            self._dismiss(box, "Pagination")
            return
        if isinstance(box, boxes.ReplacedBox) and box.element is not None and box.element.get("alt") == "":
            self._dismiss(box, "Layout")
            return
        element = self._element(box, parent)
        if box.link_annotation:
            self._link(box, element)
        for child in getattr(box, "children", ()):
            self._box(child, element)
        if isinstance(box, boxes.ReplacedBox):
            self._mark(box, element)

    def _feet(self, area: Any, page: Any) -> None:
        """The footnotes of a page: read at the end of the section that calls them, where the document lists them."""
        if not self.above:
            html = next(box.element for box in page.children if box.element_tag == "html")
            self.above = {inner: outer for outer in html.iter() for inner in outer}
        for box in area.children:
            section = box.element
            while section.tag != "section":
                section = self.above[section]
            held = self.elements[section, "section"]
            if held not in self.footnotes:
                self.footnotes[held] = Element("L", held, self.page)
                self.footnotes[held].attributes = {"O": "/List", "ListNumbering": "/LowerAlpha"}
            self._box(box, self.footnotes[held])

    def _mark(self, box: Any, parent: Element) -> None:
        mark = self.marks.pop(box, None)
        if mark is not None:
            parent.children.append(Mark(self.page, mark["mcid"]))

    def _dismiss(self, box: Any, kind: str) -> None:
        """What `box` draws is no part of the text (ISO 14289-1, 7.1): decoration, or what pages repeat."""
        mark = self.marks.pop(box, None)
        if mark is not None:
            self.artifacts[mark["mcid"]] = kind
        for child in getattr(box, "children", ()):
            self._dismiss(child._box if isinstance(child, AbsolutePlaceholder) else child, kind)

    def _repeats(self, box: Any) -> bool:
        """Whether `box` is a table's head, printed again on a later page or in the next column."""
        is_head = isinstance(box, boxes.TableRowGroupBox) and box.is_header
        return is_head and self.heads.setdefault(box.element, box) is not box

    def _element(self, box: Any, parent: Element) -> Element:
        """The element that `box` belongs to: a new one for the first box of an HTML element, that one for all its others."""
        if box.element is None:
            return parent
        key = (box.element, box.element_tag)
        if key not in self.elements:
            self.elements[key] = self._new(box, parent)
        return self.elements[key]

    def _new(self, box: Any, parent: Element) -> Element:
        html = box.element
        own = box.element_tag == html.tag
        kind = (html.get("data-tag") if html.get("data-tag") in KINDS else _KINDS.get(html.tag)) if own else None
        kind = "Lbl" if box.element_tag == "li::marker" else kind
        language = html.get("lang", "") if own else ""
        foreign = bool(language) and language != self.language and html.tag not in ("html", "body")
        if kind is None and (foreign or (own and "mark" in html.get("class", "").split())):
            kind = "Span"
        if kind is None and (not box.link_annotation or parent.within("Link")):
            return parent
        made = Element(kind or "Link", parent, self.page, language=language if foreign else "")
        made.expansion = html.get("title", "") if html.tag == "abbr" else ""
        made.actual = _read_aloud(html) if made.kind == "Span" else ""
        parent.children.append(made)
        if made.kind == "Note":
            made.identifier = html.get("id", "")
        elif made.kind == "Figure":
            self._figure(box, made)
        elif made.kind == "L":
            made.attributes = {"O": "/List", "ListNumbering": "/Decimal" if html.tag == "ol" else "/Disc"}
        elif made.kind in ("TH", "TD"):
            made.attributes = _cell(box, made)
        return made

    def _figure(self, box: Any, made: Element) -> None:
        made.alt = box.element.get("alt") or box.element.get("aria-label") or ""
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self.height - top - box.height, left + box.width, self.height - top)
        area = pydyf.Array([round(corner * _POINTS_PER_PIXEL, 2) for corner in corners])
        made.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": area}

    def _link(self, box: Any, element: Element) -> None:
        """Put the active area of `box` into its link; of areas one in another, the outer one stays (ISO 14289-1, 7.18.5)."""
        annotation = box.link_annotation
        link = element.within("Link")
        if link is None:
            link = Element("Link", element, self.page)
            element.children.append(link)
            self.elements[box.element, box.element_tag] = link
        if self.links.setdefault(link, box.element) is not box.element:
            self.pdf.objects[self.pdf.pages["Kids"][3 * self.page]]["Annots"].remove(annotation.reference)
            return
        if "Dest" in annotation:
            said = box.element.get("aria-label") or "".join(box.element.itertext())
            annotation["Contents"] = pydyf.String(" ".join(said.split()))
        link.children.append(Annotation(self.page, annotation))


def _read_aloud(html: Any) -> str:
    """What is read of a mark: its word. The shape beside it says the same to the eye (ISO 32000-1, 14.9.4)."""
    hidden = [each for each in html.iterfind("*") if each.get("aria-hidden") == "true"]
    shown = ("".join(each.itertext()) for each in html.iterfind("*") if each not in hidden)
    return " ".join("".join(shown).split()) if hidden else ""


def _cell(box: Any, made: Element) -> dict[str, Any]:
    attributes: dict[str, Any] = {"O": "/Table"}
    if made.kind == "TH":
        scope = box.element.get("scope") or ("col" if made.within("THead") else "row")
        attributes["Scope"] = "/Row" if scope == "row" else "/Column"
    spans = (("ColSpan", getattr(box, "colspan", 1)), ("RowSpan", getattr(box, "rowspan", 1)))
    return attributes | {name: span for name, span in spans if span != 1}


def _mark_artifacts(operators: list[Any], artifacts: Mapping[int, str]) -> None:
    """Rewrite the beginnings of marked content that is no part of the text; each is a tag, its properties and the operator."""
    for place, properties in enumerate(operators if artifacts else ()):
        if (
            isinstance(properties, pydyf.Dictionary)
            and properties.get("MCID") in artifacts
            and operators[place + 1] == b"BDC"
        ):
            operators[place - 1] = "/Artifact"
            operators[place] = pydyf.Dictionary({"Type": f"/{artifacts[properties['MCID']]}"})
