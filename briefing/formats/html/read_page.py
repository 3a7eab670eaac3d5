"""What a page says: pieces of text in order, each with where it stands, where a click on it leads, and whether it can
be seen.

The page is parsed by the rules of HTML, as a browser does, with what its style sheet does to each element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import cssselect2
import tinyhtml5
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.formats.html.read_style import Look, Style

_SILENT: Final = frozenset(("head", "style", "title", "meta", "template", "noscript"))
_UNSEEN: Final = frozenset(("template", "noscript", "datalist", "dialog", "object", "iframe"))
_HIDING: Final = frozenset(("hidden", "inert", "popover"))
_RUNNING: Final = ("script", "link", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "portal")
_ASKING: Final = ("form", "input", "button", "select", "textarea", "audio", "video", "source", "track")
_DRAWN: Final = ("use", "image", "foreignObject", "animate", "animateMotion", "animateTransform", "set")
FORBIDDEN: Final = frozenset((*_RUNNING, *_ASKING, *_DRAWN))
"""Elements that run, fetch, send, or bring in what is not text."""
_FETCHING: Final = frozenset(
    ("src", "srcset", "poster", "background", "ping", "action", "formaction", "data", "xlink:href", "manifest")
)


class Segment(Struct, frozen=True):
    """Some text, or none of an element that is being read. `ids` are those of the elements that it stands in, outermost
    first; `goal` is where a click on it leads.
    """

    text: str = ""
    ids: tuple[str, ...] = ()
    goal: str | None = None
    fault: str | None = None
    is_navigation: bool = False


class ReadPage(Struct):
    """All that was read. `elements` are those with an id, `order` all of them with their text from segment `start` up
    to `end`.
    """

    root: Any
    style: Style
    style_text: str
    segments: list[Segment] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    elements: dict[str, Any] = field(default_factory=dict)
    extents: dict[Any, tuple[int, int]] = field(default_factory=dict)
    goals: list[tuple[str, str]] = field(default_factory=list)
    """Every link's address with its text."""
    requests: list[str] = field(default_factory=list)
    """What would run or be fetched, in words."""
    added: list[tuple[str, str]] = field(default_factory=list)
    """What the style sheet prints, with the innermost id that it stands at."""
    faults: dict[Any, str] = field(default_factory=dict)

    def all(self, *names: str) -> Iterator[Any]:
        """The elements with one of the names, in order."""
        return (each for each in self.root.iter() if name_of(each) in names)

    def text_of(self, element: Any) -> str:
        """The text of an element, as read."""
        return "".join(each.text for each in self.segments[slice(*self.extents.get(element, (0, 0)))])


def _is_shape(wrapper: Any) -> bool:
    """Whether it is the shape of a mark, beside the word that says the same."""
    beside = (each.etree_element for each in wrapper.parent.iter_children()) if wrapper.parent is not None else ()
    words = ("".join(each.itertext()).strip() for each in beside if each.get("class") == "word")
    return wrapper.etree_element.get("class") == "shape" and any(words)


def name_of(element: Any) -> str:
    """An element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def read_page(data: bytes) -> ReadPage:
    """The page in `data`. Raises `UnicodeDecodeError` for what is not UTF-8."""
    root = tinyhtml5.parse(data.decode("utf-8"), namespace_html_elements=False)
    text = "".join("".join(each.itertext()) for each in root.iter("style"))
    page = ReadPage(root, Style(text), text)
    page.requests += [
        f"the style sheet asks for '{each[:60]}'" for each in page.style.addresses if not each.startswith("data:")
    ]
    _walk(page, cssselect2.ElementWrapper.from_html_root(root), page.style.root(), Segment())
    return page


def _walk(page: ReadPage, wrapper: Any, look_above: Look, above: Segment) -> None:
    """Read an element: each of its texts is as what is `above` it, but for what the element itself says."""
    element = wrapper.etree_element
    name = name_of(element)
    look = page.style.look(wrapper, look_above)
    within = _within(page, wrapper, name, replace(above, fault=above.fault or look.fault))
    _note_requests(page, element, name)
    if look.added and name not in _SILENT:
        page.added.append((within.ids[-1] if within.ids else "", look.added))
    start = len(page.segments)
    texts = [element.text] if name not in _SILENT or name in _UNSEEN else []
    for child in wrapper.iter_children():
        _take(page, texts, within)
        _walk(page, child, look, within)
        texts = [child.etree_element.tail] if name not in _SILENT else []
    _take(page, texts, within)
    page.extents[element] = (start, len(page.segments))
    if within.fault:
        page.faults[element] = within.fault
    if name == "a":
        page.goals.append((element.get("href", ""), page.text_of(element)))


def _take(page: ReadPage, texts: Sequence[str | None], within: Segment) -> None:
    page.segments += [replace(within, text=text) for text in texts if text and not text.isspace()]


def _within(page: ReadPage, wrapper: Any, name: str, above: Segment) -> Segment:
    element, ids, fault = wrapper.etree_element, above.ids, above.fault
    identifier = element.get("id")
    if identifier is not None:
        page.ids[identifier] += 1
        page.elements.setdefault(identifier, element)
        ids = (*ids, identifier)
    if name in _UNSEEN or not _HIDING.isdisjoint(element.attrib):
        fault = fault or "is hidden"
    if element.get("aria-hidden", "").lower() == "true" and not _is_shape(wrapper):
        fault = fault or "is hidden from assistive technology"
    if name == "details" and "open" not in element.attrib:
        fault = fault or "is folded away"
    navigation = above.is_navigation or element.get("role") == "doc-backlink" or element.get("class") == "skip"
    goal = element.get("href") if name == "a" else above.goal
    return replace(above, ids=ids, goal=goal, fault=fault, is_navigation=navigation)


def _note_requests(page: ReadPage, element: Any, name: str) -> None:
    if name in FORBIDDEN:
        page.requests.append(f"it has a <{name}>")
    for attribute, value in element.attrib.items():
        called = attribute.rpartition("}")[2] if isinstance(attribute, str) else "xlink:href"
        if called.startswith("on"):
            page.requests.append(f"<{name}> has {called}")
        elif called == "style":
            page.requests.append(f"<{name}> has a style of its own, which the page's policy refuses")
        elif called in _FETCHING and not value.startswith("data:"):
            page.requests.append(f"<{name}> asks for '{value[:60]}'")
        elif called == "http-equiv" and value.lower() == "refresh":
            page.requests.append("it goes on to another page by itself")
