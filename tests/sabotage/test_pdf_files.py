"""Finished PDFs that were edited afterwards: tags, links and properties that no longer tell the truth are found."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String

from briefing.document.tree import Figure
from briefing.document.walk import rewrite
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.theme import Theme
from tests.document.sample import picture, sample
from tests.sabotage.themes import names

Edit = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def made(process: PdfProcess) -> bytes:
    return process.render(sample(), Theme.load()).data


def edited(data: bytes, edit: Edit) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        edit(file)
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def elements(file: pikepdf.Pdf, *roles: str) -> Iterator[Any]:
    """The structure elements of those roles, in logical order."""

    def below(element: Any) -> Iterator[Any]:
        kids = element.get("/K")
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                if str(kid.S).removeprefix("/") in roles:
                    yield kid
                yield from below(kid)

    return below(file.Root.StructTreeRoot)


def remove(role: str) -> Edit:
    """Take the first element of that role out of the structure."""

    def edit(file: pikepdf.Pdf) -> None:
        element = next(elements(file, role))
        kids = element.P.K
        place = next(number for number, kid in enumerate(kids) if kid == element)
        del kids[place]

    return edit


def give_role(old: str, new: str) -> Edit:
    def edit(file: pikepdf.Pdf) -> None:
        for element in elements(file, old):
            element.S = Name(f"/{new}")

    return edit


def turn_round(role: str) -> Edit:
    """The children of the first element of that role that has several, in the other order."""

    def edit(file: pikepdf.Pdf) -> None:
        element = next(each for each in elements(file, role) if isinstance(each.K, Array) and len(each.K) > 1)
        element.K = Array(list(element.K)[::-1])

    return edit


def without(*keys: str) -> Edit:
    def edit(file: pikepdf.Pdf) -> None:
        for key in keys:
            del file.Root[key]

    return edit


def no_links(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


def links_to_the_first_page(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for annotation in page.obj.get("/Annots") or ():
            if "/Dest" in annotation:
                annotation.Dest = Array([file.pages[0].obj, Name.Fit])


def other_addresses(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for annotation in page.obj.get("/Annots") or ():
            if "/A" in annotation:
                annotation.A.URI = String("https://example.org/other")


def other_alt(file: pikepdf.Pdf) -> None:
    next(elements(file, "Figure")).Alt = String("Something else")


def no_title(file: pikepdf.Pdf) -> None:
    del file.docinfo["/Title"]


def not_marked(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo = Dictionary(Marked=False)


def small_page(file: pikepdf.Pdf) -> None:
    file.pages[0].mediabox = Array([0, 0, 300, 300])
    file.pages[0].obj.CropBox = Array([0, 0, 300, 300])


def page_left_out(file: pikepdf.Pdf) -> None:
    del file.pages[-1]


def page_twice(file: pikepdf.Pdf) -> None:
    file.pages.append(file.pages[-1])


def covered(file: pikepdf.Pdf) -> None:
    file.pages[0].contents_add(b"q 1 1 1 rg 0 0 600 850 re f Q")


def covered_by_a_note(file: pikepdf.Pdf) -> None:
    white = file.make_stream(b"1 1 1 rg 0 0 600 850 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 850])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 600, 850], AP=Dictionary(N=white), F=4)
    page = file.pages[0]
    page.obj.Annots = Array([*(page.obj.get("/Annots") or ()), file.make_indirect(note)])


def untagged_words(file: pikepdf.Pdf) -> None:
    page = file.pages[0]
    font = next(iter(page.obj.Resources.Font.keys()))
    page.contents_add(f"q BT {font} 12 Tf 300 400 Td <0024> Tj ET Q".encode())


GUARDS: dict[str, tuple[Edit, str, tuple[str, ...]]] = {
    "a paragraph without a tag": (remove("P"), "untagged", ("has no tag",)),
    "a heading without a tag": (remove("H2"), "untagged", ("section-summary-heading", "has no tag")),
    "a row without tags": (remove("TR"), "untagged", ("timeline-table",)),
    "a figure without a tag": (remove("Figure"), "untagged", ("1 figures",)),
    "no structure": (without("/StructTreeRoot"), "untagged", ("not a tagged PDF",)),
    "not marked as tagged": (not_marked, "untagged", ("not a tagged PDF",)),
    "headings as paragraphs": (give_role("H2", "P"), "untagged", ("the headings are tagged",)),
    "headings of another level": (give_role("H2", "H3"), "untagged", ("H3",)),
    "header cells as cells": (give_role("TH", "TD"), "untagged", ("event-start", "TH")),
    "tables as sections": (give_role("Table", "Sect"), "untagged", ("0 tables",)),
    "rows turned round": (turn_round("TBody"), "disagreement", ("event-end", "another place")),
    "cells turned round": (turn_round("TR"), "disagreement", ("timeline-table",)),
    "sections turned round": (turn_round("Document"), "disagreement", ("another place",)),
    "other alternative text": (other_alt, "disagreement", ("timeline-figure", "Something else")),
    "no links": (no_links, "disagreement", ("summary-1", "it is no link")),
    "no ways back": (no_links, "disagreement", ("source-report", "back to its first mention")),
    "links to another place": (links_to_the_first_page, "disagreement", ("should lead to source-gazette", "page 1")),
    "links to another address": (other_addresses, "disagreement", ("example.org/a?b=1&c=2", "example.org/other")),
    "no bookmarks": (without("/Outlines"), "disagreement", ("bookmarks are none",)),
    "no language": (without("/Lang"), "disagreement", ("its language",)),
    "no title": (no_title, "disagreement", ("title", "/Info")),
    "its title is not shown": (without("/ViewerPreferences"), "untagged", ("DisplayDocTitle",)),
    "a page cut down": (small_page, "not-visible", ("outside the page",)),
    "paper cut down": (small_page, "disagreement", ("the paper is not A4",)),
    "a page left out": (page_left_out, "disagreement", ("is missing",)),
    "a page twice": (page_twice, "disagreement", ("running-page", "Page 1 of 3")),
    "a page covered": (covered, "not-visible", ("summary-1", "covered")),
    "a page covered by a note": (covered_by_a_note, "not-visible", ("summary-1", "covered")),
    "words without tags": (untagged_words, "untagged", ("neither tagged nor marked",)),
}


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
def test_it_is_found(guard: tuple[Edit, str, tuple[str, ...]], made: bytes) -> None:
    edit, code, words = guard
    problems = verify_pdf(sample(), edited(made, edit))
    assert names(problems, code, *words), "\n".join(map(str, problems))


def test_saving_it_again_changes_nothing(made: bytes) -> None:
    assert verify_pdf(sample(), edited(made, lambda file: None)) == ()


def test_another_picture_is_found(made: bytes) -> None:
    def change(node: Any) -> Any:
        return replace(node, content=picture("orange")) if isinstance(node, Figure) and node.key == "image" else node

    assert names(verify_pdf(rewrite(sample(), change), made), "disagreement", "figure-map", "another one")
