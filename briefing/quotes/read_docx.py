"""Word documents: body, tables, text boxes, then footnotes and endnotes; tracked insertions count, deletions do not."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from lxml import etree

from briefing.apart import refuse_hunger
from briefing.limits import how_to_raise, limits
from briefing.quotes.read_html import lowered, raised
from briefing.quotes.saved_text import Block, SavedTextError, SavedTextFault
from briefing.quotes.text_layout import without_marks

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What tracked changes took away (ECMA-376 part 1, 17.13.5), and the second copy of a text box for older programs.
_SKIPPED: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", _FALLBACK})
_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, PackageNotFoundError, etree.XMLSyntaxError),
    *(KeyError, ValueError, NotImplementedError, RuntimeError, AttributeError, TypeError),
)
# Runs that are set so are no words of the document: struck through, or hidden.
_UNREAD: Final = ("strike", "dstrike", "vanish")
_NO_SIZE: Final = 3
"""Half-points: nobody reads what is set in them."""
_WHITES: Final = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
# What may stand behind white letters: shading, a marker, a table's own style, the shape of a text box.
_BEHIND: Final = ("shd", "highlight", "tblStyle")
_ON_GROUND: Final = frozenset({f"{W}txbxContent"})
_OFF: Final = ("0", "false", "off")
# The letters and signs of Adobe's Symbol font by their codes.
_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOLS: Final = {
    **{0x41 + at: letter for at, letter in enumerate(_GREEK)},
    **{0x61 + at: letter for at, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{0x30 + digit: str(digit) for digit in range(10)},
    **dict(zip((0x2B, 0x2D, 0x3C, 0x3D, 0x3E, 0xA3, 0xB0, 0xB1, 0xB3, 0xB4), "+−<=>≤°±≥×", strict=True)),
    **dict(zip((0xA5, 0xAE, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xD6, 0xE5), "∞→•÷≠≈…√∑", strict=True)),
}
# The ids that Word gives its styles for quotations.
_QUOTATION_STYLES: Final = frozenset({"Quote", "IntenseQuote", "BlockText"})
_CHARACTERS: Final = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{W}softHyphen": "\N{SOFT HYPHEN}",
}


def read_docx(data: bytes) -> Iterator[Block]:
    """The paragraphs of a Word document, in order. Raises `SavedTextError` when it is broken or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > limits().saved_text_unpacked_bytes:
            message, hint = f"the document unpacks to {unpacked:,} bytes", how_to_raise("saved_text_unpacked_bytes")
            raise SavedTextError(SavedTextFault.TOO_LARGE, message, hint)
        document = Document(io.BytesIO(data))
        roots = [document.element.body, *_note_roots(document.part)]
        if roots[0] is None:
            raise KeyError("it has no body")
    except _FAULTS as error:
        refuse_hunger(error)
        message = f"the Word document cannot be read ({error})"
        raise SavedTextError(SavedTextFault.BROKEN, message, "open it in Word and save it again") from None
    styles = _Styles(document.styles.element)
    for root in roots:
        yield from _paragraphs(root, styles)


def _note_roots(part: Part) -> Iterator[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for relation in part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                yield etree.fromstring(relation.target_part.blob, parser)


class _Styles:
    """What the styles of a document say of the runs set in them."""

    def __init__(self, root: etree._Element) -> None:
        self._by_id = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}

    def _chain(self, style_id: str | None) -> Iterator[etree._Element]:
        seen: set[str | None] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = _value(style, "basedOn")

    def sets(self, owner: etree._Element, kind: str, *properties: str) -> bool:
        """Whether one of `properties` is on for a run or paragraph; `kind` is 'r' or 'p'."""
        own = owner.find(f"{W}{kind}Pr")
        holders = [own, *(style.find(f"{W}rPr") for style in self._chain(_value(own, f"{kind}Style")))]
        marks = ((holder.find(f"{W}{name}") for holder in holders if holder is not None) for name in properties)
        decisive = (next((mark for mark in row if mark is not None), None) for row in marks)
        return any(mark is not None and mark.get(f"{W}val") not in _OFF for mark in decisive)

    def _first(self, run: etree._Element, name: str) -> str:
        """The value of a property of a run: its own, or that of its style or its paragraph's."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = run.find(f"{W}rPr")
        chains = [self._chain(_value(own, "rStyle"))]
        if paragraph is not None:
            chains.append(self._chain(_value(paragraph.find(f"{W}pPr"), "pStyle")))
        holders = [own, *(style.find(f"{W}rPr") for chain in chains for style in chain)]
        return next((value for holder in holders if (value := _value(holder, name)) is not None), "")

    def is_unseen(self, run: etree._Element) -> bool:
        """Whether a run is set in no size, or white where nothing is said to be behind it."""
        size = self._first(run, "sz")
        if size.isdigit() and int(size) <= _NO_SIZE:
            return True
        if self._first(run, "color").upper() not in _WHITES:
            return False
        around = (run, *run.iterancestors())
        shaded = any(one.find(f"./*/{W}{name}") is not None for one in around for name in _BEHIND)
        return not shaded and not any(one.tag in _ON_GROUND or one.find(f"{W}background") is not None for one in around)

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is set in a style with an outline level, as Heading 1 to 9 are."""
        chain = self._chain(_value(paragraph.find(f"{W}pPr"), "pStyle"))
        return any(_value(style.find(f"{W}pPr"), "outlineLvl") not in (None, "9") for style in chain)


def _value(holder: etree._Element | None, name: str) -> str | None:
    found = holder.find(f"{W}{name}") if holder is not None else None
    return found.get(f"{W}val") if found is not None else None


def _paragraphs(root: etree._Element, styles: _Styles) -> Iterator[Block]:
    """Each paragraph below `root`; one that stands in a text box follows the paragraph that holds the box."""
    for paragraph in root.iter(f"{W}p"):
        if any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        quoted = _value(paragraph.find(f"{W}pPr"), "pStyle") in _QUOTATION_STYLES
        struck = styles.sets(paragraph, "p", *_UNREAD)
        runs = [] if struck else list(_runs(paragraph, styles))
        bold = "".join(text for text, _ in takewhile(lambda run: run[1] or not run[0].strip(), runs)).strip()
        text = without_marks("".join(text for text, _ in runs))
        whole = styles.is_heading(paragraph) or len(bold) == len(text.strip()) > 0
        yield Block(text, quoted=quoted, heading=whole, lead=0 if whole else len(bold))


def _runs(node: etree._Element, styles: _Styles) -> Iterator[tuple[str, bool]]:
    """The text of a paragraph, without what stands in paragraphs of its own inside it, and whether it is bold."""
    for child in node:
        if child.tag in _SKIPPED or child.tag == f"{W}p":
            continue
        if child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag], False
        elif child.tag == f"{W}t":
            yield child.text or "", False
        elif child.tag == f"{W}sym":
            yield _symbol(child), False
        elif child.tag != f"{W}r":
            yield from _runs(child, styles)
        elif not styles.sets(child, "r", *_UNREAD) and not styles.is_unseen(child):
            yield _set("".join(text for text, _ in _runs(child, styles)), child), styles.sets(child, "r", "b")


def _symbol(node: etree._Element) -> str:
    """A character of a font of symbols (ECMA-376 part 1, 17.3.3.30), whose codes stand in the private use area."""
    try:
        code = int(node.get(f"{W}char", "FFFD"), 16)
        known = _SYMBOLS.get(code & 0xFF) if node.get(f"{W}font", "").casefold() == "symbol" else None
        return known or chr(code)
    except (ValueError, OverflowError):
        return "\ufffd"


def _set(text: str, run: etree._Element) -> str:
    position = _value(run.find(f"{W}rPr"), "vertAlign")
    return raised(text) if position == "superscript" else lowered(text) if position == "subscript" else text
