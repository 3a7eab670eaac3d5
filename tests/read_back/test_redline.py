"""A redline that does not become the two briefs is refused: a change left untracked, a mark too many, a mark too few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from briefing.errors import Problem
from briefing.formats.docx.read_revisions import verify_redline
from tests.docx.redline.pairs import BRIEF, document
from tests.docx.redline.trips import made
from tests.sabotage.word_edits import W, all_of, edited, one, parent, remove

OLD = document(BRIEF)
NEW = document(
    {
        **BRIEF,
        "subtitle": "Advice for the whole council",
        "key_points": [*BRIEF["key_points"][:2], "A new point [@radio]."],
        "sources": [{**BRIEF["sources"][0], "publisher": "Office"}, *BRIEF["sources"][1:]],
        "timeline": BRIEF["timeline"][1:],
        "handling": {"marking": "SECRET"},
        "quotes": [BRIEF["quotes"][0], {"id": "new", "text": "No.", "speaker": "Nick Farmer", "source": "study"}],
        "stakeholders": [{"id": "city", "name": "The city", "position": "Is for it.", "quotes": ["new"]}],
    }
)
DATA = made(OLD, NEW)
BODY = "word/document.xml"
Element = etree._Element


def unwrapped(path: str) -> Callable[[Element], None]:
    """Put the content of a mark in its place, as if it had always been there."""

    def edit(root: Element) -> None:
        mark = one(root, path)
        for text in mark.iter(f"{{{W}}}delText"):
            text.tag = f"{{{W}}}t"
        above = parent(mark)
        place = above.index(mark)
        above[place : place + 1] = list(mark)

    return edit


def dropped(path: str) -> Callable[[Element], None]:
    return lambda root: remove(one(root, path))


def retyped(path: str) -> Callable[[Element], None]:
    def edit(root: Element) -> None:
        one(root, path).text = "something else"

    return edit


def all_dropped(path: str) -> Callable[[Element], None]:
    def edit(root: Element) -> None:
        for mark in all_of(root, path):
            remove(mark)

    return edit


EDITS = {
    "an insertion left untracked": (BODY, unwrapped(".//w:ins[w:r/w:t]")),
    "a deletion left untracked": (BODY, unwrapped(".//w:del[w:r/w:delText]")),
    "inserted words changed": (BODY, retyped(".//w:ins/w:r/w:t")),
    "deleted words changed": (BODY, retyped(".//w:del/w:r/w:delText")),
    "an insertion lost": (BODY, dropped(".//w:ins[w:r/w:t]")),
    "a deletion lost": (BODY, dropped(".//w:del[w:r/w:delText]")),
    "a row's mark lost": (BODY, dropped(".//w:trPr/w:del")),
    "table rows no longer inserted": (BODY, all_dropped(".//w:trPr/w:ins")),
    "a marking left untracked": ("word/header", unwrapped(".//w:ins[w:r/w:t='SECRET']")),
    "a note's words left untracked": ("word/endnotes", unwrapped("w:endnote[.//w:del and .//w:ins]//w:del")),
}


def verified(data: bytes) -> tuple[Problem, ...]:
    return verify_redline(OLD, NEW, data)


def test_as_made_it_passes() -> None:
    assert verified(DATA) == ()


@pytest.mark.parametrize("name", EDITS)
def test_it_is_refused(name: str) -> None:
    part, edit = EDITS[name]
    problems = verified(edited(DATA, part, edit))
    assert problems
    assert {problem.code for problem in problems} == {"redline"}


def test_the_problems_say_which_way_it_goes_wrong() -> None:
    only_rejected = verified(edited(DATA, BODY, unwrapped(".//w:ins[w:r/w:t]")))
    assert all("changes rejected" in problem.message and not problem.data_path for problem in only_rejected)
    only_accepted = verified(edited(DATA, BODY, unwrapped(".//w:del[w:r/w:delText]")))
    assert all("changes accepted" in problem.message for problem in only_accepted)


def test_a_redline_the_wrong_way_round_is_refused() -> None:
    assert verify_redline(NEW, OLD, DATA)


def test_a_file_that_is_none_is_one_problem() -> None:
    (problem,) = verified(b"no archive")
    assert "cannot be read back" in problem.message
