"""Web pages as they were saved: every block of text in reading order, without scripts and navigation.

Nothing is guessed about what is 'the article': a reader that drops a pull quote would report a true quote as not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import webencodings
from lxml import etree

from briefing.apart import refuse_hunger
from briefing.quotes.saved_text import Block, SavedTextError, SavedTextFault, decoded
from briefing.quotes.text_layout import paragraph_spans, without_layout, without_marks
from briefing.quotes.unseen_html import Unseen, unseen_in

_PLAIN: Final = "0123456789+-−=()n"
_RAISED: Final = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def raised(text: str) -> str:
    """`text` in superscript letters where each of its characters has one, else as it is (``1st`` stays)."""
    return text.translate(_RAISED) if all(character in _PLAIN for character in text) else text


def lowered(text: str) -> str:
    """`text` in subscript letters where each of its characters has one, else as it is."""
    return text.translate(_LOWERED) if all(character in _PLAIN for character in text) else text


# Elements that hold no text of the page, and navigation.
_SKIPPED_NAMES: Final = (
    "head title script style template noscript iframe object embed svg math canvas audio video nav "
    "button select option textarea input del s strike"
)
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
# Elements that begin and end a block (HTML Living Standard, 15.3.3), and cells, which are read one by one.
_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu ol p pre search section summary "
    "table tbody td tfoot th thead tr ul xmp"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_PRESERVED: Final = frozenset({"pre", "listing", "xmp", "textarea"})
# Only the white space that HTML collapses: a no-break space stays what it is.
_COLLAPSIBLE = re.compile(r"[ \t\n\f\r]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LOOKED_AT_FOR_CHARSET: Final = 4096
# Signs of our own between the pieces of text; pages cannot hold them (HTML Living Standard, 13.1.4).
_BREAK: Final = "\x00"
_QUOTATION_BEGINS: Final = "\x01"
_QUOTATION_ENDS: Final = "\x02"
_BOLD_BEGINS: Final = "\x03"
_BOLD_ENDS: Final = "\x04"
_SET_BEGINS: Final = "\x05"
_SET_ENDS: Final = "\x06"
_LINE_ENDS: Final = "\x07"
_SIGNS: Final = dict.fromkeys(range(8))
_EDGES: Final = {
    "blockquote": (_BREAK + _QUOTATION_BEGINS, _BREAK + _QUOTATION_ENDS),
    **dict.fromkeys(("b", "strong"), (_BOLD_BEGINS, _BOLD_ENDS)),
    **dict.fromkeys(("dt", *(f"h{level}" for level in range(1, 7))), (_BREAK + _BOLD_BEGINS, _BOLD_ENDS + _BREAK)),
    **dict.fromkeys(("pre", "listing", "xmp"), (_BREAK + _SET_BEGINS, _SET_ENDS + _BREAK)),
    "q": ("“", "”"),
}
"""What is set where these elements begin and end, beside the breaks of blocks."""
# A line end before a name and a colon.
_LABELLED = re.compile(rf"{_LINE_ENDS}(?=[^\S\n]*{_BOLD_BEGINS}?[^\W\d_][^:.!?{_LINE_ENDS}]{{0,60}}{_BOLD_ENDS}?:)")
_NOTE = re.compile(r"\s*\[\s*(?:\d{1,3}|[a-z]|note \d+)\s*\]\s*")


def read_html(data: bytes) -> Iterator[Block]:
    """The blocks of a web page, decoded as the page declares. Raises `SavedTextError` when the bytes are no page."""
    declared = _META_CHARSET.search(data[:_LOOKED_AT_FOR_CHARSET])
    # 'iso-8859-1' means Windows-1252 on the web (WHATWG Encoding Standard, 4.2).
    known = webencodings.lookup(declared[1].decode("ascii")) if declared else None
    text = decoded(data, known.codec_info.name if known else None)
    yield from blocks_of_html(text.encode("utf-8", "replace"), "utf-8")


def blocks_of_html(data: bytes, encoding: str) -> Iterator[Block]:
    """The blocks of a page whose encoding is known."""
    parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        refuse_hunger(error)
        message = f"the page cannot be read ({error})"
        raise SavedTextError(SavedTextFault.BROKEN, message, "save it again from the browser") from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise SavedTextError(SavedTextFault.BROKEN, "the page nests too deep to be read whole", "save it as plain text")
    if root is None:
        return
    depth = preserved = 0
    for block in "".join(_pieces(root)).split(_BREAK):
        depth += block.count(_QUOTATION_BEGINS) - block.count(_QUOTATION_ENDS)
        preserved += block.count(_SET_BEGINS)
        yield from _blocks(block, depth, preserved > 0)
        preserved -= block.count(_SET_ENDS)


def _blocks(block: str, depth: int, preserved: bool) -> Iterator[Block]:
    """A block; preformatted text is cut into paragraphs, and a line that a name and a colon open is one of its own."""
    if preserved:
        words = without_layout(block.replace(_LINE_ENDS, "\n").translate(_SIGNS))
        yield from (Block(words[start:end], None, depth > 0, depth) for start, end in paragraph_spans(words))
        return
    lead = _lead(block)
    for at, line in enumerate(_LABELLED.split(block)):
        words = line.replace(_LINE_ENDS, " ").translate(_SIGNS)
        whole = at == 0 and lead >= len(words.strip()) > 0
        yield Block(
            without_marks(words), None, depth > 0, depth, heading=whole, lead=lead if at == 0 and not whole else 0
        )


def _lead(block: str) -> int:
    """How many characters at the beginning of a block are bold."""
    opened, _, rest = block.lstrip().partition(_BOLD_BEGINS)
    bold = "" if opened.translate(_SIGNS).strip() else re.split(f"{_BOLD_ENDS}(?!\\s*{_BOLD_BEGINS})", rest)[0]
    return len(bold.translate(_SIGNS).strip())


def _pieces(root: etree._Element) -> Iterator[str]:
    """The text of `root` in order, a break where a block begins or ends. Without recursion: pages nest deep."""
    preserved = 0
    unseen = unseen_in(root)
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and _is_skipped(element, name, unseen):
                skipping = element
            if skipping is not None:
                continue
            preserved += name in _PRESERVED
            yield _break_line(element) if name == "br" else _edge(name, 0)
            yield _set(_run(element.text, preserved), element) if element not in unseen.inkless else ""
        else:
            if skipping is None:
                preserved -= name in _PRESERVED
                yield _edge(name, 1)
            elif skipping is element:
                skipping = None
            if skipping is None and element is not root and element.getparent() not in unseen.inkless:
                yield _set(_run(element.tail, preserved), element.getparent())


def _is_skipped(element: etree._Element, name: str, unseen: Unseen) -> bool:
    if name in _SKIPPED or _is_note_number(element, name) or element in unseen.shut:
        return True
    return element.get("hidden") not in (None, "until-found")


def _is_note_number(element: etree._Element, name: str) -> bool:
    """A raised link into the same page, or a raised number in square brackets, is that of a note, and no part of the words before it."""
    if name != "sup":
        return False
    if _NOTE.fullmatch("".join(map(str, element.itertext()))):
        return True
    links = element.findall(".//a")
    return bool(links) and all((link.get("href") or "").startswith("#") for link in links)


def _break_line(element: etree._Element) -> str:
    following = element.getnext()
    twice = following is not None and following.tag == "br" and not (element.tail or "").strip()
    return _BREAK if twice else _LINE_ENDS


def _edge(name: str, end: int) -> str:
    return _EDGES[name][end] if name in _EDGES else _BREAK if name in _BLOCKS else ""


def _run(text: str | None, preserved: int) -> str:
    if not text:
        return ""
    text = text.translate(_SIGNS)
    return text.replace("\r\n", "\n") if preserved else _COLLAPSIBLE.sub(" ", text)


def _set(text: str, parent: etree._Element | None) -> str:
    if parent is None or not text:
        return text
    return raised(text) if parent.tag == "sup" else lowered(text) if parent.tag == "sub" else text
