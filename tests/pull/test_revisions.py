"""Tracked changes of every kind, read as accepted, as rejected, and listed where they stop a pull."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import briefing as library
from briefing.formats.docx.edited.open_edited import read_edited
from briefing.source.editing import Rearrange, RemoveKey, SetText
from tests.pull.test_nothing_is_lost import plan
from tests.pull.test_pull import behind, built, new_row
from tests.pull.word_file import W, WordFile, bold, said
from tests.running import SMALL, briefing, small_brief

Change = Callable[[WordFile], object]
WHO = {f"{W}author": "Ann", f"{W}date": "2026-06-01T10:00:00Z"}


def mark(kind: str) -> etree._Element:
    """A tracked change by Ann."""
    return etree.Element(f"{W}{kind}", {**WHO, f"{W}id": "9001"})


def properties(holder: etree._Element, kind: str) -> etree._Element:
    """The properties of a paragraph, run or row, made where it has none."""
    found = holder.find(f"{W}{kind}")
    if found is None:
        found = etree.Element(f"{W}{kind}")
        holder.insert(0, found)
    return found


def around(paragraph: etree._Element, kind: str) -> None:
    """Every run of a paragraph as a tracked change, with the mark at its end."""
    for run in paragraph.findall(f"{W}r"):
        holder = mark(kind)
        run.addprevious(holder)
        holder.append(run)
        for each in run.iter(f"{W}t") if kind == "del" else ():
            each.tag = f"{W}delText"
    properties(properties(paragraph, "pPr"), "rPr").append(mark(kind))


def row_inserted(file: WordFile) -> None:
    new_row(file)
    row = file.row("Tell the press")
    properties(row, "trPr").append(mark("ins"))
    for each in row.iter(f"{W}p"):
        around(each, "ins")


def row_deleted(file: WordFile) -> None:
    row = file.row("Introduce the Bill")
    properties(row, "trPr").append(mark("del"))
    for each in row.iter(f"{W}p"):
        around(each, "del")


def row_moved(file: WordFile) -> None:
    """As Word tracks it: the row is deleted in one place, and inserted in another."""
    old = file.row("Settle the payment")
    new = copy.deepcopy(old)
    for row, kind, move in ((old, "del", "moveFrom"), (new, "ins", "moveTo")):
        properties(row, "trPr").append(mark(kind))
        for each in row.iter(f"{W}p"):
            around(each, move)
    file.row("Write round to Cabinet").addprevious(new)


def paragraph_moved(file: WordFile) -> None:
    """A line to take, moved to the front: both halves stand there, in ranges of one name."""
    old = file.find("Eighty-eight in a hundred")
    new = copy.deepcopy(old)
    file.find("Whoever brings it back is").addprevious(new)
    for number, (paragraph, kind) in enumerate(((old, "moveFrom"), (new, "moveTo"))):
        around(paragraph, kind)
        start, end = mark(f"{kind}RangeStart"), etree.Element(f"{W}{kind}RangeEnd", {f"{W}id": str(9100 + number)})
        start.set(f"{W}id", str(9100 + number))
        start.set(f"{W}name", "move1")
        properties(paragraph, "pPr").addnext(start)
        paragraph.addnext(end)


def run_restyled(file: WordFile) -> None:
    """A stretch made bold: the run says what it was before."""

    def change(run: etree._Element) -> None:
        bold(run)
        held = properties(run, "rPr")
        was = mark("rPrChange")
        etree.SubElement(was, f"{W}rPr")
        held.append(was)

    file.replace("the scheme starts a year later", "the scheme starts a year later", run=change)


def paragraph_restyled(file: WordFile) -> None:
    """A paragraph made an item of a list."""
    held = properties(file.find("Trade papers"), "pPr")
    was = mark("pPrChange")
    was.append(copy.deepcopy(held))
    (style,) = held.iterfind(f"{W}pStyle")
    style.set(f"{W}val", "ListBullet")
    held.append(was)


def mark_inserted(file: WordFile) -> None:
    """A paragraph parted in two: the mark between them is new."""
    behind(file, "Whoever brings it back is", "Nobody who returns a container pays more.")
    first = file.find("Whoever brings it back is")
    for text in first.iter(f"{W}t"):
        text.text = (text.text or "").replace("Nobody who returns a container pays more.", "")
    properties(properties(first, "pPr"), "rPr").append(mark("ins"))


def cell_deleted(file: WordFile) -> None:
    """A cell of a column, struck out."""
    (cell,) = [each for each in file.row("Introduce the Bill").iter(f"{W}tc") if "Bill team" in said(each)]
    for each in cell.iter(f"{W}p"):
        around(each, "del")


def column_deleted(file: WordFile) -> None:
    """A column of a table in the data, struck out cell by cell."""
    table = next(file.row("Running costs").iterancestors(f"{W}tbl"))
    for row in table.iterfind(f"{W}tr"):
        properties(list(row.iterfind(f"{W}tc"))[2], "tcPr").append(mark("cellDel"))


CASES: list[tuple[Change, list[object], set[str]]] = [
    (row_inserted, [("next_steps", 4)], {"ins"}),
    (row_deleted, [("next_steps", 2)], {"del"}),
    (row_moved, [Rearrange("next_steps", (2, 0, 1))], {"ins", "del", "moveFrom", "moveTo"}),
    (paragraph_moved, [Rearrange("lines_to_take", (2, 0, 1))], {"moveFrom", "moveTo"}),
    (run_restyled, ["The Bill misses the summer, and **the scheme starts a year later**."], {"rPrChange"}),
    (paragraph_restyled, ["- Trade papers will lead with the brewers. The local press will lead with the village shop."], {"pPrChange"}),
    (mark_inserted, ["Whoever brings it back is paid back.", ("lines_to_take", 4)], {"ins"}),
    (cell_deleted, [RemoveKey("next_steps[1].owner")], {"del"}),
]  # fmt: skip


def test_a_column_that_is_struck_out_is_told() -> None:
    file = WordFile(built()[0])
    column_deleted(file)
    taken, refused = (plan(list(read_edited(file.saved(), revisions=way).paragraphs)) for way in ("accept", "reject"))
    assert (refused.edits, refused.outcomes, taken.edits) == ([], [], [])
    assert sorted(each.path for each in taken.outcomes) == ["", *(f"tables[0].rows[{row}][2]" for row in range(4))]


def test_a_redline_comes_home_accepted_goes_back_rejected_and_is_refused_elsewhere(tmp_path: Path) -> None:
    old, new = small_brief(tmp_path / "old"), small_brief(tmp_path / "new", SMALL.replace("It is small", "It is short"))
    library.build(new, formats=["docx"], redline_from=old)
    redline = new / "out" / "new.redline.docx"
    file = WordFile(redline.read_bytes())
    file.replace("A small brief", "A brief")
    file.saved(redline)
    for way, summary in (("accept", []), ("reject", ["It is small"])):
        pulled = library.pull_edits([redline], new, revisions=way, is_dry_run=True)  # type: ignore[arg-type]
        assert sorted(each.after[:11] for each in pulled.outcomes) == ["A brief", *summary] and pulled.exit_code == 0
    assert library.pull_edits([redline], new, revisions="stop").exit_code == 4
    shutil.rmtree(new / ".briefing" / "builds")
    run = briefing("pull", redline, "--into", new)
    assert run.code == 3 and "[no-base]" in run.err


def shape(edit: object) -> object:
    """What an edit comes to."""
    if isinstance(edit, SetText):
        return edit.text.strip()
    if isinstance(edit, Rearrange) and (len(edit.items) != 3 or not all(isinstance(each, int) for each in edit.items)):
        return edit.path, len(edit.items)
    return edit


@pytest.mark.parametrize(("change", "accepted", "marks"), CASES, ids=[each[0].__name__ for each in CASES])
def test_a_revision_is_read_as_accepted_or_rejected(change: Change, accepted: list[object], marks: set[str]) -> None:
    file = WordFile(built()[0])
    change(file)
    data = file.saved()
    taken, refused = (read_edited(data, revisions=way) for way in ("accept", "reject"))
    made = plan(list(taken.paragraphs))
    assert [shape(edit) for edit, _ in made.edits] == accepted
    assert made.outcomes == []
    rejected = plan(list(refused.paragraphs))
    assert (rejected.edits, rejected.outcomes) == ([], [])
    assert {each.kind for each in taken.revisions} == marks and {each.author for each in taken.revisions} == {"Ann"}
