"""Faults of a Word document that a reader with a screen reader meets; Word's own checker reports the same."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.validators.word_package import Story, WordPackage, qn, text_of, through_wrappers, value_of

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_WEAK_LINKS = {"here", "click here", "link", "this link", "more", "read more"}
_OFF = {"0", "false", "off"}


def accessibility_faults(word: WordPackage) -> Iterator[str]:
    """Say each accessibility fault of the document, with its part."""
    yield from _title_and_language(word)
    yield from _headings(word)
    yield from _header_rows(word.body)
    for story in word.stories:
        yield from _pictures(story)
        yield from _links(story)


def _title_and_language(word: WordPackage) -> Iterator[str]:
    core = word.part("docProps/core.xml")
    title = None if core is None else core.findtext(qn("dc:title"))
    if not (title or "").strip():
        yield "docProps/core.xml: the document has no title"
    styles = word.part("word/styles.xml")
    path = "/".join(qn(f"w:{step}") for step in ("docDefaults", "rPrDefault", "rPr", "lang"))
    language = None if styles is None else styles.find(path)
    if language is None or not language.get(qn("w:val")):
        yield "word/styles.xml: the document has no default language"


def _headings(word: WordPackage) -> Iterator[str]:
    levels = _style_levels(word.part("word/styles.xml"))
    last = 0
    for paragraph in word.body.iter("w:p"):
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            continue
        level = _outline_level(properties)
        if properties.find(qn("w:outlineLvl")) is None:
            level = levels.get(value_of(properties, "w:pStyle"))
        if level is None:
            continue
        text = text_of(paragraph)
        if not text:
            yield f"{word.body.name}: a heading of level {level} is empty"
        if level > last + 1:
            yield f"{word.body.name}: the heading {text!r} jumps from level {last} to level {level}"
        last = level
    if not last:
        yield f"{word.body.name}: the document has no headings"


def _style_levels(styles: etree._Element | None) -> dict[str, int | None]:
    """The heading level of each paragraph style, its own or its parent's."""
    found = {} if styles is None else {style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))}

    def level_of(name: str, seen: frozenset[str]) -> int | None:
        style = found.get(name)
        if style is None or name in seen:
            return None
        properties = style.find(qn("w:pPr"))
        own = None if properties is None else _outline_level(properties)
        return own if own is not None else level_of(value_of(style, "w:basedOn"), seen | {name})

    return {name: level_of(name, frozenset()) for name in found}


def _outline_level(properties: etree._Element) -> int | None:
    value = value_of(properties, "w:outlineLvl")
    # Nine levels, counted from 0; the tenth value means body text.
    return int(value) + 1 if value and int(value) < 9 else None


def _header_rows(story: Story) -> Iterator[str]:
    for number, table in enumerate(story.iter("w:tbl"), 1):
        first = next((child for child in through_wrappers(table) if child.tag == qn("w:tr")), None)
        mark = None if first is None else first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
        if mark is None or mark.get(qn("w:val"), "1") in _OFF:
            yield f"{story.name}: the first row of table {number} is not marked as a header row"


def _pictures(story: Story) -> Iterator[str]:
    for picture in story.iter("wp:docPr"):
        decorative = any(mark.get("val", "1") not in _OFF for mark in picture.iter(_DECORATIVE))
        if not decorative and not picture.get("descr", "").strip():
            yield f"{story.name}: the picture {picture.get('name', picture.get('id'))!r} has no alternative text"


def _links(story: Story) -> Iterator[str]:
    for link in story.iter("w:hyperlink"):
        text = text_of(link)
        if not text or text.casefold().strip(".") in _WEAK_LINKS:
            yield f"{story.name}: the link text {text!r} does not say where the link leads"
