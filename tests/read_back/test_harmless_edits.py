"""What Word, LibreOffice and other programs do to a file when they save it changes nothing of what it says."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree

from briefing.formats.docx.read_back import verify_docx
from tests.document.sample import sample
from tests.sabotage.word_edits import (
    BODY,
    Edit,
    Element,
    W,
    all_of,
    edited,
    element,
    format_run,
    one,
    paragraph_with,
    parent,
    remove,
    run_with,
    set_value,
    written,
)

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SUMMARY = "The dam is "


def split_run(root: Element) -> None:
    run = run_with(root, SUMMARY)
    second = deepcopy(run)
    one(run, "w:t").text, one(second, "w:t").text = "The d", "am is "
    set_value(run, "00A1B2C3", "rsidR")
    run.addnext(second)


def wrap(*names: str) -> Edit:
    """Put a run into elements, the outermost named first."""

    def edit(root: Element) -> None:
        run = run_with(root, SUMMARY)
        for name in reversed(names):
            wrapper = element(name)
            parent(run).replace(run, wrapper)
            wrapper.append(run)
            run = wrapper

    return edit


def marks_between(root: Element) -> None:
    run = run_with(root, SUMMARY)
    for mark in (
        element("proofErr", type="spellStart"),
        element("bookmarkStart", id="901", name="_GoBack"),
        element("bookmarkEnd", id="901"),
        element("commentRangeStart", id="5"),
        etree.Comment("a comment"),
    ):
        run.addprevious(mark)
    run.append(element("lastRenderedPageBreak"))


def deleted_words(root: Element) -> None:
    words = element("delText")
    words.text = "never "
    run = element("r")
    run.append(words)
    deletion = element("del", id="902", author="A", date="2026-01-01T00:00:00Z")
    deletion.append(run)
    run_with(root, SUMMARY).addprevious(deletion)


def deleted_row(root: Element) -> None:
    row = deepcopy(one(root, ".//w:tbl[1]/w:tr[2]"))
    for each in row.xpath(".//w:bookmarkStart | .//w:bookmarkEnd", namespaces={"w": W}):  # type: ignore[union-attr]
        remove(each)  # type: ignore[arg-type]
    one(row, "w:trPr").append(element("del", id="903", author="A", date="2026-01-01T00:00:00Z"))
    one(root, ".//w:tbl[1]/w:tr[2]").addnext(row)


def alternatives(root: Element) -> None:
    run = run_with(root, SUMMARY)
    whole = etree.Element(f"{{{MC}}}AlternateContent")
    parent(run).replace(run, whole)
    for name in ("Choice", "Fallback"):
        etree.SubElement(whole, f"{{{MC}}}{name}", Requires="w14").append(deepcopy(run))


def simple_field(root: Element) -> None:
    """A sequence field written the short way."""
    code = one(root, ".//w:instrText[contains(., 'SEQ Table')]")
    runs = [parent(code)]
    runs += all_of(runs[0], "preceding-sibling::w:r[1] | following-sibling::w:r[position() < 4]")
    field = element("fldSimple", instr=code.text or "")
    runs[0].addprevious(field)
    result = next(run for run in runs if run.find(f"{{{W}}}t") is not None)
    for run in runs:
        remove(run)
    field.append(result)


def other_saved_page_numbers(root: Element) -> None:
    for run in all_of(root, ".//w:r[preceding-sibling::w:r[1]/w:fldChar[@w:fldCharType='separate']][w:t]"):
        one(run, "w:t").text = "99"


def house_words(root: Element) -> None:
    words = element("t")
    words.text = "Ministry of Water"
    run = element("r")
    run.append(words)
    paragraph = element("p")
    paragraph.append(run)
    root.insert(0, paragraph)


def white_on_blue(root: Element) -> None:
    cell = one(root, ".//w:tbl[1]/w:tr[1]/w:tc[1]")
    one(cell, "w:tcPr").append(element("shd", val="clear", color="auto", fill="1F3A5F"))
    format_run(one(cell, ".//w:r"), element("color", val="FFFFFF"))


def white_on_blue_by_style(root: Element) -> None:
    style = one(root, ".//w:style[@w:type='table'][@w:styleId='BriefingTable']")
    part = element("tblStylePr", type="firstRow")
    cell = element("tcPr")
    cell.append(element("shd", val="clear", color="auto", fill="1F3A5F"))
    part.append(cell)
    for former in style.findall(f"{{{W}}}tblStylePr"):
        if former.get(f"{{{W}}}type") == "firstRow":
            style.remove(former)
    style.append(part)
    set_value(one(root, ".//w:style[@w:styleId='TableHeading']/w:rPr/w:color"), "FFFFFF")


def grey(root: Element) -> None:
    format_run(run_with(root, SUMMARY), element("color", val="767676"), element("sz", val="14"))


def not_hidden(root: Element) -> None:
    format_run(run_with(root, SUMMARY), element("vanish", val="0"))


def tab_for_blank(root: Element) -> None:
    run = deepcopy(run_with(root, SUMMARY))
    one(run, "w:t").text = "The dam"
    other = run_with(root, SUMMARY)
    one(other, "w:t").text = "is "
    other.addprevious(run)
    other.insert(0, element("tab"))


def lists_by_style(root: Element) -> None:
    paragraph = paragraph_with(root, "First point ")
    one(paragraph, "w:pPr").append(element("contextualSpacing"))


EDITS: dict[str, tuple[str, Edit]] = {
    "a run cut in two": (BODY, split_run),
    "an inserted run": (BODY, wrap("ins")),
    "a moved run": (BODY, wrap("moveTo")),
    "a smart tag": (BODY, wrap("smartTag")),
    "a foreign control": (BODY, wrap("sdt", "sdtContent")),
    "marks of other programs": (BODY, marks_between),
    "deleted words": (BODY, deleted_words),
    "a deleted row": (BODY, deleted_row),
    "two versions of one thing": (BODY, alternatives),
    "a simple field": (BODY, simple_field),
    "old page numbers": ("word/footer", other_saved_page_numbers),
    "words of the house in the header": ("word/header", house_words),
    "white on blue": (BODY, white_on_blue),
    "white on blue by style": ("word/styles.xml", white_on_blue_by_style),
    "small and grey": (BODY, grey),
    "explicitly not hidden": (BODY, not_hidden),
    "a tab for a blank": (BODY, tab_for_blank),
    "spacing of a list": (BODY, lists_by_style),
}


@pytest.mark.parametrize("case", EDITS.values(), ids=EDITS)
def test_it_still_agrees(case: tuple[str, Edit]) -> None:
    part, edit = case
    problems = verify_docx(sample(), edited(written(sample()), part, edit))
    assert problems == (), "\n".join(map(str, problems))
