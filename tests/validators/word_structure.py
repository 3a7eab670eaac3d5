"""Faults that make Word repair a document, and that no validator finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.validators.word_package import Story, WordPackage, qn, text_of, through_wrappers, value_of

LONGEST_TAG = 64
"""Characters; Word cuts a content control's tag and title there."""
LONGEST_BOOKMARK = 40
"""Characters; Word refuses a longer name."""

# ISO/IEC 29500-1, CT_SdtPr: a sequence, which the Open XML SDK does not check. Elements of later namespaces are free.
# fmt: off
_CONTROL_SEQUENCE = (
    "rPr", "alias", "tag", "id", "lock", "placeholder", "temporary", "showingPlcHdr", "dataBinding", "label",
    "tabIndex",
)
_CONTROL_KINDS = (
    "equation", "comboBox", "date", "docPartObj", "docPartList", "dropDownList", "picture", "richText", "text",
    "citation", "group", "bibliography",
)
# fmt: on
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_CONTROL_RANKS = {qn(f"w:{name}"): rank for rank, name in enumerate(_CONTROL_SEQUENCE)} | {
    qn(f"w:{name}"): len(_CONTROL_SEQUENCE) for name in _CONTROL_KINDS
}
_CELL_CONTENT = {qn("w:p"), qn("w:tbl"), qn("w:altChunk")}
_BOOKMARK_NAME = re.compile(r"[^\W\d]\w*")
_TARGET_OF_FIELD = re.compile(r'^\s*(?:(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)|HYPERLINK\s+\\l\s+"([^"]+)")')


def structure_faults(word: WordPackage) -> Iterator[str]:
    """Say each structural fault of the document, with its part."""
    for story in word.stories:
        yield from _cells(story)
        yield from _grids(story)
        yield from _bookmarks(story)
        yield from _fields(story)
        yield from _control_properties(story)
    yield from _bookmark_names(word)
    yield from _doubled_ids(word)
    yield from _targets(word)
    for kind in ("footnote", "endnote"):
        yield from _notes(word, kind)


def _cells(story: Story) -> Iterator[str]:
    for cell in story.iter("w:tc"):
        content = [child.tag for child in through_wrappers(cell) if child.tag in _CELL_CONTENT]
        if not content:
            yield f"{story.name}: a cell is empty; it must hold a paragraph"
        elif content[-1] != qn("w:p"):
            yield f"{story.name}: the cell {text_of(cell)[:40]!r} does not end with a paragraph"


def _grids(story: Story) -> Iterator[str]:
    for number, table in enumerate(story.iter("w:tbl"), 1):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        rows = [child for child in through_wrappers(table) if child.tag == qn("w:tr")]
        if not rows:
            yield f"{story.name}: table {number} has no rows"
        for index, row in enumerate(rows, 1):
            width = sum(_number(row, f"w:trPr/w:{name}", 0) for name in ("gridBefore", "gridAfter"))
            width += sum(
                _number(cell, "w:tcPr/w:gridSpan", 1) for cell in through_wrappers(row) if cell.tag == qn("w:tc")
            )
            if width != columns:
                yield f"{story.name}: table {number}, row {index} fills {width} of {columns} columns"


def _bookmarks(story: Story) -> Iterator[str]:
    opened: dict[str, str] = {}
    closed: set[str] = set()
    for mark in story.iter("w:bookmarkStart", "w:bookmarkEnd"):
        number = mark.get(qn("w:id"), "")
        if mark.tag == qn("w:bookmarkEnd"):
            if number in closed or number not in opened:
                yield f"{story.name}: the end of bookmark {number} has no start before it"
            closed.add(number)
        else:
            if number in opened:
                yield f"{story.name}: two bookmarks have the id {number}"
            opened[number] = mark.get(qn("w:name"), "")
    for number in sorted(opened.keys() - closed):
        yield f"{story.name}: the bookmark {opened[number]!r} is never closed"


def _bookmark_names(word: WordPackage) -> Iterator[str]:
    names = [mark.get(qn("w:name"), "") for story in word.stories for mark in story.iter("w:bookmarkStart")]
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            yield f"{count} bookmarks are called {name!r}"
    for name in names:
        if len(name) > LONGEST_BOOKMARK:
            yield f"the bookmark name {name!r} has {len(name)} characters; Word takes {LONGEST_BOOKMARK}"
        if not _BOOKMARK_NAME.fullmatch(name):
            yield f"the bookmark name {name!r} is not one letter or underscore and then letters, digits, underscores"


def _fields(story: Story) -> Iterator[str]:
    # Each open field is True once its separator has been met.
    open_fields: list[bool] = []
    for element in story.iter("w:fldChar", "w:instrText"):
        if element.tag == qn("w:instrText"):
            if not open_fields or open_fields[-1]:
                yield f"{story.name}: the field code {(element.text or '').strip()!r} stands outside a field's code"
            continue
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append(False)
        elif not open_fields:
            yield f"{story.name}: a field has '{kind}' without 'begin'"
        elif kind == "end":
            open_fields.pop()
        elif open_fields[-1]:
            yield f"{story.name}: a field has 'separate' twice"
        else:
            open_fields[-1] = True
    if open_fields:
        yield f"{story.name}: {len(open_fields)} field(s) never end"


def _control_properties(story: Story) -> Iterator[str]:
    for properties in story.iter("w:sdtPr"):
        tag = value_of(properties, "w:tag")
        for name in ("tag", "alias"):
            value = value_of(properties, f"w:{name}")
            if len(value) > LONGEST_TAG:
                yield f"{story.name}: the {name} {value!r} has {len(value)} characters; Word takes {LONGEST_TAG}"
        ranks = [_CONTROL_RANKS[child.tag] for child in properties if child.tag in _CONTROL_RANKS]
        if ranks != sorted(set(ranks)):
            names = " ".join(etree.QName(child).localname for child in properties)
            yield f"{story.name}: the properties of content control {tag!r} are doubled or out of order: {names}"


def _doubled_ids(word: WordPackage) -> Iterator[str]:
    drawings = Counter(drawing.get("id", "") for story in word.stories for drawing in story.iter("wp:docPr"))
    controls = Counter(value_of(control, "w:id") for story in word.stories for control in story.iter("w:sdtPr"))
    paragraphs = Counter(each.get(_PARAGRAPH_ID, "") for story in word.stories for each in story.iter("w:p"))
    for what, numbers in (("drawings", drawings), ("content controls", controls), ("paragraphs", paragraphs)):
        for number, count in numbers.items():
            if number and count > 1:
                yield f"{count} {what} have the id {number}"


def _targets(word: WordPackage) -> Iterator[str]:
    names = {mark.get(qn("w:name"), "").casefold() for story in word.stories for mark in story.iter("w:bookmarkStart")}
    for story in word.stories:
        targets = [link.get(qn("w:anchor")) for link in story.iter("w:hyperlink")]
        targets += [_field_target(code.text or "") for code in story.iter("w:instrText")]
        targets += [_field_target(field.get(qn("w:instr"), "")) for field in story.iter("w:fldSimple")]
        for target in targets:
            if target and target.casefold() not in names:
                yield f"{story.name}: a link or field leads to the bookmark {target!r}, which is not there"


def _notes(word: WordPackage, kind: str) -> Iterator[str]:
    part = word.part(f"word/{kind}s.xml")
    notes = [] if part is None else part.findall(qn(f"w:{kind}"))
    there = {note.get(qn("w:id")) for note in notes if note.get(qn("w:type"), "normal") == "normal"}
    used = Counter(mark.get(qn("w:id")) for story in word.stories for mark in story.iter(f"w:{kind}Reference"))
    for number, count in used.items():
        if number not in there:
            yield f"the {kind} {number} is referred to, and is not there"
        elif count > 1:
            yield f"the {kind} {number} is referred to {count} times; a repeat must be a cross-reference"
    for number in sorted(there - used.keys(), key=str):
        yield f"the {kind} {number} is never referred to"


def _field_target(code: str) -> str | None:
    match = _TARGET_OF_FIELD.match(code)
    return match and (match[1] or match[2])


def _number(parent: etree._Element, path: str, default: int) -> int:
    found = parent.find("/".join(qn(step) for step in path.split("/")))
    return default if found is None else int(found.get(qn("w:val"), default))
