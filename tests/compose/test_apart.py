"""Tables, boxes, annexes, sections within sections and numbered paragraphs, from the data file to the tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing import compose_brief
from briefing.compose import resolve
from briefing.document.inlines import Citation, CrossReference, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import Align, Document, Heading, NoteList, Paragraph, ParagraphRole, Section, Table
from briefing.document.walk import walk
from briefing.errors import DataError, Problem
from briefing.run.issues import make_next_issue, what_changed
from briefing.run.load import load
from briefing.schema.references import identified
from briefing.schema.validate import validate
from tests.running import APART, small_brief

DOCUMENT = compose_brief(APART)


def composed(**values: Any) -> Document:
    data = {"title": "T", "date": "2026-03-14", "summary": "S.", **values}
    return resolve(identified(validate(data)), {})


def fresh_brief(folder: Path, extra: str, name: str = "brief") -> Path:
    head = "title: T\ndate: 2026-03-14\nhandling: none\nsummary: S.\n"
    return small_brief(folder / name, head + extra)


def faults(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        load(folder / "brief" / "brief.yaml")
    return caught.value.problems


def table(name: str, document: Document = DOCUMENT) -> Table:
    return next(node for node in walk(document.sections) if isinstance(node, Table) and node.id == name)


def cells(found: Table, place: int) -> list[str]:
    return [inline_text(part.children) for row in found.rows for part in walk(row.cells[place]) if isinstance(part, Paragraph)]  # fmt: skip


def test_numbers_stand_below_one_another_and_are_set_in_the_briefs_language() -> None:
    costs = table("table-costs")
    assert [column.heading for column in costs.columns][:3] == ["Option", "To build (£\u00a0million)", "Balance (£ million a year)"]  # fmt: skip
    assert [column.align for column in costs.columns] == [Align.START, Align.END, Align.END, Align.END, Align.START]
    assert cells(costs, 1) == ["0\u2008\u2007\u2007", "1,250.25", "980\u2008\u2007\u2007"]
    assert cells(costs, 2) == ["−12.5\u2007", "+3.75", "–\u2008\u2007\u2007"]
    german = composed(
        language="de",
        tables=[{"caption": "C", "columns": [{"label": "A"}, {"label": "B"}], "rows": [["x", "-1234.50"], ["y", "7"]]}],
    )
    (found,) = (node for node in walk(german.sections) if isinstance(node, Table))
    assert cells(found, 1) == ["−1.234,50", "7\u2008\u2007\u2007"]


def test_years_and_columns_that_are_aligned_by_hand_are_set_as_typed() -> None:
    assert cells(table("table-costs"), 3) == ["2026", "2027", "2028"]
    typed = {"caption": "C", "columns": [{"label": "A"}, {"label": "B", "align": "right"}], "rows": [["1", "1,234"]]}
    (found,) = (node for node in walk(composed(tables=[typed]).sections) if isinstance(node, Table))
    assert (cells(found, 0), cells(found, 1)) == (["1"], ["1,234"])


def test_rows_of_a_csv_file_are_rows_of_the_table_with_its_head() -> None:
    returns = table("table-returns")
    assert [column.heading for column in returns.columns] == ["Region", "Returned", "Share"]
    assert cells(returns, 0) == ["North", "South", "East; and the islands"]
    assert cells(returns, 1) == ["1,234,567", "98,000", "7"]
    assert returns.rows[0].cells[1].blocks[0].origin == "tables[1].rows[0][1]"


def test_faults_of_a_csv_file_are_told_at_their_places_in_it(tmp_path: Path) -> None:
    body = "tables: [{id: t, caption: C, csv: a.csv}, {id: u, caption: C, csv: missing.csv}]\n"
    fresh_brief(tmp_path, body)
    (tmp_path / "brief" / "a.csv").write_text(
        'Name,Number\nNorth,1.5\nSouth,"1,234"\nEast\nWest,*2\n', encoding="utf-8"
    )
    assert [(str(each.place), each.code) for each in faults(tmp_path)] == [
        (f"{tmp_path}/brief/a.csv:3:7", "bad-value"),
        (f"{tmp_path}/brief/a.csv:4:1", "bad-value"),
        (f"{tmp_path}/brief/a.csv:5:6", "bad-value"),
        (f"{tmp_path}/brief/brief.yaml:5:68", "bad-path"),
    ]


def test_sections_stand_within_sections_in_their_order() -> None:
    scheme = next(section for section in DOCUMENT.sections if section.id == "section-scheme")
    inner = [block for block in scheme.blocks if isinstance(block, Section)]
    assert [(each.id, each.heading.level) for each in inner] == [("section-money", 2), ("section-vat", 2)]
    assert [node.level for node in walk(inner[0]) if isinstance(node, Heading)] == [2, 3, 3]
    assert inner[0].blocks[-1].id == "section-late"


@pytest.mark.parametrize(
    ("yaml", "wrong"),
    [
        ("sections: [{title: A, body: b, sections: [{title: B, body: b, sections: [{title: C, body: b, sections: [{title: D, body: b}]}]}]}]",
         "sections are nested more than 3 deep"),
        ('sections: [{title: A, body: b, sections: [{title: B, body: "### C"}]}]', "the sub-heading would be of level 4"),
        ("sections: [{title: A, body: b, sections: [{title: B, body: b, after: summary}]}]", "there is no section 'summary'"),
        ("sections: [{id: a, title: A, body: b, sections: [{id: a, title: B, body: b}]}]", "the id 'a' is that of sections[0], too"),
        ("tables: [{caption: C, columns: [{label: A}], rows: [[1, 2]]}]", "the row has 2 cells, the table 1 columns"),
        ("tables: [{caption: C, columns: [{label: A}]}]", "the table has neither rows nor a CSV file"),
        ("tables: [{caption: C, columns: [{label: A}, {label: B}], rows: [[x, '1,234']]}]", "'1,234' is a number with separators"),
        ("tables: [{caption: C, columns: [{label: A}], rows: [[x]], csv: a.csv}]", "the table has 'rows' and 'csv'"),
        ("boxes: [{title: A, body: b, after: nowhere}]", "there is no section 'nowhere'"),
        ("numbered_paragraphs: maybe", "'maybe' is neither true nor false"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_a_fault(yaml: str, wrong: str, tmp_path: Path) -> None:
    fresh_brief(tmp_path, yaml + "\n")
    (found,) = faults(tmp_path)
    assert wrong in found.message


def test_the_paragraphs_of_the_running_text_are_counted_through() -> None:
    marked = [node for node in walk(DOCUMENT.sections) if isinstance(node, Paragraph) and node.marker]
    assert [node.marker for node in marked] == [f"{number}." for number in range(1, len(marked) + 1)]
    assert {node.id.partition(".")[0] for node in marked} == {
        *("summary", "background", "section-scheme", "section-vat", "section-money", "section-late", "section-wrong"),
    }


def test_a_reference_names_table_box_annex_and_paragraphs() -> None:
    said = {paragraph.id: inline_text(paragraph.children) for paragraph in walk(DOCUMENT.sections) if isinstance(paragraph, Paragraph)}  # fmt: skip
    assert said["summary.1"].startswith(
        "You should approve the scheme in section “The scheme”, paragraphs 5 to 10 [1, para"
    )
    assert said["background.1"] == "Bottles lie about. See Annex A and Annex B."
    assert "What that is, Box 1 says; section “Money”, paragraphs 7 to 9 says" in said["section-scheme.body.1"]
    assert said["section-wrong.body.1"] == "Little, by section “What can go wrong”, paragraph 11."
    targets = [
        node.target for node in walk(DOCUMENT.sections) if isinstance(node, CrossReference) and node.text == "10"
    ]
    assert set(targets) == {"section-vat.body.1"}


def test_annexes_stand_behind_the_sources_which_hold_theirs() -> None:
    document = compose_brief(APART)
    assert [section.id for section in document.sections][-3:] == ["section-sources", "annex-a-law", "annex-a-data"]
    assert inline_text(document.sections[-2].heading.children) == "Annex A: The law as it stands"
    line, notes = document.sections[-3].blocks
    assert isinstance(line, Paragraph)
    assert isinstance(notes, NoteList)
    assert inline_text(line.children) == "Cited in the annexes only:\u00a0[3]"
    assert (line.id, line.origin, line.role) == ("sources.in-annexes", "", ParagraphRole.INTRODUCTION)
    (citation,) = (node for node in line.children if isinstance(node, Citation))
    assert [(each.number, each.note) for each in walk(citation) if isinstance(each, NoteReference)] == [
        (3, notes.notes[2].id)
    ]
    assert [note.number for note in notes.notes] == [1, 2, 3]


def test_what_changed_is_marked_where_it_stands(tmp_path: Path) -> None:
    extra = (
        "series: {title: Weekly}\ntables: [{id: t, caption: C, columns: [{label: A}, {label: B}], rows: [[x, 1]]}]\n"
    )
    extra += "boxes: [{id: b, title: B, body: One., after: s}]\nannexes: [{id: a, title: X, body: One.}]\n"
    extra += "sections: [{id: s, title: S, body: b, sections: [{id: i, title: I, body: One.}]}]\n"
    fresh_brief(tmp_path, extra, "old")
    changed = (
        extra.replace("One.", "Two.")
        .replace("[[x, 1]]", "[[x, 2]]")
        .replace("Weekly}", "Weekly, previous: ../old/brief.yaml}")
    )
    new = fresh_brief(tmp_path, changed, "new")
    document = compose_brief(new)
    said = {node.id: inline_text(node.children) for node in walk(document.sections) if isinstance(node, Paragraph)}
    assert [said[f"since_last_issue.{word}.1"] for word in ("table", "section", "box", "annex")] == [
        *("Tables ≠\u00a0Changed: C: rows", "Sections ≠\u00a0Changed: I: text"),
        *("Boxes ≠\u00a0Changed: B: text", "Annexes ≠\u00a0Changed: X: text"),
    ]
    assert {name for name, words in said.items() if words == "≠\u00a0Changed since the last issue"} == {
        *("box-b.change", "section-i.change", "annex-a.change"),
    }
    caption = table("table-t", document).caption
    assert caption is not None
    assert inline_text(caption.children) == "C ≠\u00a0Changed"


def test_a_csv_file_comes_along_into_the_next_issue_and_its_changes_are_told(tmp_path: Path) -> None:
    fresh_brief(tmp_path, "series: {title: Weekly}\ntables: [{id: t, caption: C, csv: data/a.csv}]\n", "2026-03-14")
    data = tmp_path / "2026-03-14" / "data"
    data.mkdir()
    (data / "a.csv").write_text("Name,Number\nNorth,1\nSouth,2\n", encoding="utf-8")
    made = make_next_issue(tmp_path / "2026-03-14")
    assert made.files == ("data/a.csv",)
    new = made.data_file.parent
    (new / "data" / "a.csv").write_text("Name,Number\nNorth,1\nSouth,3\n", encoding="utf-8")
    (change,) = what_changed(tmp_path / "2026-03-14", new).changes
    assert [(each.key, each.before, each.after) for each in change.details] == [("rows[1]", "South, 2", "South, 3")]
