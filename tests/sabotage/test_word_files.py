"""Finished DOCX files that were edited afterwards: what they say or show otherwise is found."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree

from tests.document.sample import sample
from tests.sabotage.themes import names
from tests.sabotage.word_edits import (
    BODY,
    Edit,
    Element,
    W,
    all_of,
    element,
    format_paragraph,
    format_run,
    found,
    one,
    paragraph_with,
    parent,
    remove,
    replace_text,
    run_with,
    set_value,
)

EVENTS = ".//w:tbl[1]/w:tr"
HEADINGS = ".//w:p[w:pPr/w:pStyle[@w:val='Heading1']]"
FIRST_NOTE = ".//w:endnoteReference[@w:id='1']"
SECOND_NOTE = ".//w:endnoteReference[@w:id='2']"
CODE = ".//w:instrText[contains(., '{}')]"


def swap_sections(root: Element) -> None:
    body = one(root, "w:body")
    starts = [body.index(heading) for heading in all_of(root, HEADINGS)]
    moved = list(body)[starts[1] : starts[2]]
    for place, each in enumerate(moved):
        body.insert(starts[0] + place, each)


def double(path: str) -> Edit:
    def edit(root: Element) -> None:
        target = one(root, path)
        target.addnext(deepcopy(target))

    return edit


def drop(path: str) -> Edit:
    return lambda root: remove(one(root, path))


def drop_all(path: str) -> Edit:
    def edit(root: Element) -> None:
        for each in all_of(root, path):
            remove(each)

    return edit


def text(old: str, new: str) -> Edit:
    return lambda root: replace_text(root, old, new)


def give(path: str, value: str) -> Edit:
    def edit(root: Element) -> None:
        for each in all_of(root, path):
            set_value(each, value)

    return edit


def add(path: str, *added: Element) -> Edit:
    return lambda root: one(root, path).extend(deepcopy(each) for each in added)


def look(words: str, *properties: Element) -> Edit:
    return lambda root: format_run(run_with(root, words), *(deepcopy(each) for each in properties))


def shape(words: str, *properties: Element) -> Edit:
    return lambda root: format_paragraph(paragraph_with(root, words), *(deepcopy(each) for each in properties))


def in_text_box(root: Element) -> None:
    run = run_with(root, "The dam is ")
    box = etree.fromstring(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    run.addprevious(box)
    one(box, ".//w:p").append(run)


def tracked(name: str) -> Edit:
    def edit(root: Element) -> None:
        run = run_with(root, "The dam is ")
        mark = element(name, id="900", author="A", date="2026-01-01T00:00:00Z")
        run.addprevious(mark)
        mark.append(run)

    return edit


def tracked_insertion(root: Element) -> None:
    tracked("ins")(root)
    run_with(root, "The dam is ").append(element("noBreakHyphen"))


def swap_note_references(root: Element) -> None:
    first, second = one(root, FIRST_NOTE), one(root, SECOND_NOTE)
    set_value(first, "2", "id")
    set_value(second, "1", "id")


def typed_number(root: Element) -> None:
    """Note numbers that were typed: they look right and lead nowhere."""
    for instruction in all_of(root, CODE.format("NOTEREF")):
        run = parent(instruction)
        for mark in all_of(
            run, "preceding-sibling::w:r[w:fldChar][1] | following-sibling::w:r[w:fldChar][position() < 3]"
        ):
            remove(mark)
        remove(run)


def code(old: str, new: str) -> Edit:
    def edit(root: Element) -> None:
        instruction = one(root, CODE.format(old))
        instruction.text = (instruction.text or "").replace(old, new)

    return edit


def numbered_heading(root: Element) -> None:
    format_paragraph(one(root, HEADINGS), deepcopy(one(root, ".//w:numPr")))


def columns_swapped(root: Element) -> None:
    for row in all_of(root, EVENTS):
        row.append(one(row, "w:tc"))


def same_bookmark(root: Element) -> None:
    first, second = all_of(root, ".//w:bookmarkStart")[:2]
    set_value(second, first.get(f"{{{W}}}name", ""), "name")


def other_words(root: Element) -> None:
    one(root, ".//*[local-name()='docPr'][@descr]").set("descr", "A picture")


def other_title(root: Element) -> None:
    one(root, ".//*[local-name()='title']").text = "Other"


def empty_row(root: Element) -> None:
    one(root, f"{EVENTS}[3]").addnext(element("tr"))


def even_pages(root: Element) -> None:
    root.insert(0, element("evenAndOddHeaders"))


def floating(root: Element) -> None:
    picture = one(root, ".//*[local-name()='inline']")
    picture.tag = str(picture.tag).replace("inline", "anchor")


WHITE = element("color", val="FFFFFF")
CLEAR = etree.fromstring(
    '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'
)
SUMMARY = "The dam is "
ROW_PROPERTIES = f"{EVENTS}[3]/w:trPr"
STRONG = ".//w:style[@w:styleId='Strong']/w:rPr"
BOTTOM_LINE = ".//w:p[w:pPr/w:pStyle[@w:val='BottomLine']]"
PAGE_CODE = ".//w:r[w:instrText[contains(., 'PAGE')]]"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
ENDNOTES = "word/endnotes.xml"

Guard = tuple[str, Edit, str, tuple[str, ...]]

TEXT: dict[str, Guard] = {
    "a row left out": (BODY, drop(f"{EVENTS}[3]"), "disagreement", ("event-end-event-text", "is missing")),
    "a row twice": (BODY, double(f"{EVENTS}[3]"), "disagreement", ("timeline-table", "3 rows")),
    "an empty row": (BODY, empty_row, "disagreement", ("timeline-table", "3 rows")),
    "columns swapped": (BODY, columns_swapped, "disagreement", ("timeline-table",)),
    "no heading row": (BODY, drop(".//w:tblHeader"), "disagreement", ("timeline-table", "repeated")),
    "sections swapped": (BODY, swap_sections, "disagreement", ("another place",)),
    "a paragraph twice": (BODY, double(BOTTOM_LINE), "disagreement", ("summary-1", "it repeats")),
    "a digit": (BODY, text("March 2022", "March 2023"), "disagreement", ("event-start-date-text", "March 2023")),
    "a word": (BODY, text("late", "done"), "disagreement", ("summary-1", "done")),
    "a text box": (BODY, in_text_box, "disagreement", (SUMMARY.strip(), "text box")),
    "a tracked deletion": (BODY, tracked("del"), "disagreement", ("summary-1", "late")),
    "a tracked move": (BODY, tracked("moveFrom"), "disagreement", ("summary-1",)),
    "a tracked insertion": (BODY, tracked_insertion, "disagreement", ("summary-1",)),
    "a lower heading": (BODY, give(f"{HEADINGS}[1]/w:pPr/w:pStyle", "Heading2"), "disagreement", ("outline level",)),
    "a false heading": (BODY, shape(SUMMARY, element("outlineLvl", val="0")), "disagreement", ("outline level",)),
    "other alternative text": (BODY, other_words, "disagreement", ("timeline-figure", "A picture")),
    "a picture left out": (BODY, drop(".//w:drawing"), "disagreement", ("1 pictures",)),
    "another title": ("docProps/core.xml", other_title, "disagreement", ("title", "Other")),
    "another language": (STYLES, give(".//w:docDefaults//w:lang", "fr-FR"), "disagreement", ("language", "fr-FR")),
}

LOOKS: dict[str, Guard] = {
    "hidden text": (BODY, look(SUMMARY, element("vanish")), "not-visible", ("summary-1", "hidden")),
    "hidden by its style": (STYLES, add(STRONG, element("vanish")), "not-visible", ("summary-1", "late", "hidden")),
    "a hidden row": (BODY, add(ROW_PROPERTIES, element("hidden")), "not-visible", ("event-end-event-text",)),
    "a flat row": (
        BODY,
        add(ROW_PROPERTIES, element("trHeight", val="10", hRule="exact")),
        "not-visible",
        ("event-end-event-text",),
    ),
    "flat lines": (
        BODY,
        shape(SUMMARY, element("spacing", line="20", lineRule="exact")),
        "not-visible",
        ("summary-1",),
    ),
    "off the page": (BODY, shape(SUMMARY, element("ind", left="-20000")), "not-visible", ("summary-1", "off the page")),
    "white ink": (BODY, look(SUMMARY, WHITE), "not-visible", ("summary-1", "background")),
    "ink like its marker": (
        BODY,
        look(SUMMARY, element("color", val="FFFF00"), element("highlight", val="yellow")),
        "not-visible",
        ("summary-1", "background"),
    ),
    "ink like its shading": (
        BODY,
        look(SUMMARY, element("color", val="202020"), element("shd", val="clear", fill="1E1E1E")),
        "not-visible",
        ("summary-1", "background"),
    ),
    "tiny type": (BODY, look(SUMMARY, element("sz", val="2")), "not-visible", ("summary-1", "smaller than 5")),
    "squeezed": (BODY, look(SUMMARY, element("w", val="1")), "not-visible", ("summary-1", "squeezed")),
    "without a fill": (BODY, look(SUMMARY, CLEAR), "not-visible", ("summary-1", "transparent")),
    "a cell merged away": (
        BODY,
        add(f"{EVENTS}[3]/w:tc[3]/w:tcPr", element("vMerge")),
        "not-visible",
        ("event-end-event-text",),
    ),
    "a white list marker": (NUMBERING, give(".//w:lvl/w:rPr/w:color", "FFFFFF"), "not-visible", ("key-point-1", "“•”")),
    "a floating picture": (BODY, floating, "not-visible", ("float over the text",)),
    "a white marking": ("word/header", look("OFFICIAL", WHITE), "not-visible", ("header", "OFFICIAL")),
}

NUMBERS: dict[str, Guard] = {
    "a renumbered list": (
        NUMBERING,
        give(".//w:startOverride[@w:val='3']", "2"),
        "disagreement",
        ("key-point-2-list-1", "“3.”", "“2.”"),
    ),
    "letters for numbers": (
        NUMBERING,
        give(".//w:numFmt[@w:val='decimal']", "lowerLetter"),
        "disagreement",
        ("key-point-2-list-2", "“4.”", "“d.”"),
    ),
    "other bullets": (NUMBERING, give(".//w:lvlText[@w:val='•']", "–"), "disagreement", ("key-point-1", "“•”")),
    "no list": (BODY, drop_all(".//w:p//w:numPr"), "disagreement", ("key-point-2-list-1", "marker")),
    "a numbered heading": (BODY, numbered_heading, "disagreement", ("•",)),
    "a note left out": (ENDNOTES, drop(".//w:endnote[@w:id='2']"), "disagreement", ("source-report", "is missing")),
    "a note changed": (ENDNOTES, text("Report, 2026", "Report, 2025"), "disagreement", ("source-report", "2025")),
    "a note without its number": (ENDNOTES, drop(".//w:endnoteRef"), "disagreement", ("source-gazette", "note number")),
    "notes swapped": (BODY, swap_note_references, "disagreement", ("summary-1", "should lead to source-gazette")),
    "a mention without its note": (BODY, drop(FIRST_NOTE), "disagreement", ("source-gazette",)),
    "a mention of another note": (
        BODY,
        code("NOTEREF _Ref", "NOTEREF _Gone"),
        "disagreement",
        ("key-point-1", "_Gone"),
    ),
    "a typed number": (BODY, typed_number, "disagreement", ("key-point-1-text", "it is no link")),
    "Roman numbers": (
        BODY,
        give(".//w:endnotePr/w:numFmt", "lowerRoman"),
        "disagreement",
        ("source-gazette", "number"),
    ),
    "a cross-reference elsewhere": (BODY, code(" REF ", " REF x"), "disagreement", ("position-omega", "quote-late")),
    "a number that Word counts otherwise": (
        BODY,
        code("SEQ Table", "SEQ Tab"),
        "disagreement",
        ("stakeholders-table-caption", "updated, it would show 1"),
    ),
    "a field never ended": (BODY, drop(".//w:fldChar[@w:fldCharType='end']"), "disagreement", ("never ended",)),
    "notes counted anew": (
        BODY,
        add(".//w:endnotePr", element("numRestart", val="eachSect")),
        "disagreement",
        ("anew",),
    ),
    "a bookmark twice": (BODY, same_bookmark, "disagreement", ("stands twice",)),
}

RUNNING: dict[str, Guard] = {
    "another marking": (
        "word/header",
        text("OFFICIAL", "SECRET"),
        "disagreement",
        ("running-marking-top", "is missing"),
    ),
    "a page number without its field": ("word/footer", drop(PAGE_CODE), "disagreement", ("running-page",)),
    "pages for page": ("word/footer", code(" PAGE ", " NUMPAGES "), "disagreement", ("running-page",)),
    "a first page of its own": (
        BODY,
        add(".//w:sectPr", element("titlePg")),
        "disagreement",
        ("first page", "running-page"),
    ),
    "even pages of their own": ("word/settings.xml", even_pages, "disagreement", ("even pages", "running-page")),
    "no header": (BODY, drop(".//w:headerReference"), "disagreement", ("header", "running-caveat-top")),
}

GUARDS = TEXT | LOOKS | NUMBERS | RUNNING


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
def test_it_is_found(guard: Guard) -> None:
    part, edit, code, words = guard
    problems = found(sample(), part, edit)
    assert names(problems, code, *words), "\n".join(map(str, problems))
