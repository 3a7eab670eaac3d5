"""Every kind of section is whole, and one that is declared in columns needs nothing else to be printed."""

from __future__ import annotations

import ast
from typing import Annotated, Any, cast

import pytest
from msgspec.structs import replace
from pydantic import Field

from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composing
from briefing.compose.record_table import RecordTable
from briefing.compose.wording import Wording, labelled_languages
from briefing.document.inlines import Mark, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import Paragraph, Table
from briefing.document.walk import walk
from briefing.schema import Influence, PartialDate, Person
from briefing.schema.brief import KINDS
from briefing.schema.items import Ids, Item
from briefing.schema.kinds import Column, SectionKind, kinds_in
from briefing.schema.types import Date, Line, Model, Number, Prose
from tests.running import ROOT


def test_every_kind_has_a_composer() -> None:
    assert list(COMPOSERS) == [kind.key for kind in KINDS]


@pytest.mark.parametrize("language", labelled_languages())
def test_every_kind_has_its_labels_in_every_language(language: str) -> None:
    labels = Wording.of(language).labels
    for kind in KINDS:
        assert {kind.key} <= labels.keys() or kind.key == "sections"
        assert not kind.rank or f"changed_{kind.word}" in labels
        if kind.columns:
            wanted = {column.label for column in kind.columns} | {
                column.empty for column in kind.columns if column.empty
            }
            assert {f"{kind.key}_table", *wanted} <= labels.keys()


def test_no_other_module_lists_the_kinds() -> None:
    keys = {kind.key for kind in KINDS}
    listing = {
        path.name
        for path in (ROOT / "briefing").rglob("*.py")
        if len(keys & {node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)})
        > 2
    }
    assert listing == {"composers.py"}


class Risk(Item):
    risk: Annotated[Prose, Column(40)]
    impact: Annotated[Annotated[Influence, Field(strict=False)] | None, Column(10)] = None
    owner: Annotated[Person | None, Column(20, label="who", empty="no_owner")] = None
    cost: Annotated[Number | None, Column(10)] = None
    since: Annotated[Date | None, Column(10, label="event_date")] = None
    where: Annotated[Line | None, Column(10, label="position")] = None
    sources: Ids = ()


class Data(Model):
    date: Date = PartialDate(2026)
    risks: Annotated[tuple[Risk, ...], Field(strict=False), SectionKind("risk")] = ()


def composed(*risks: dict[str, Any]) -> Table:
    (kind,) = kinds_in(Data)
    data = Data.model_validate({"risks": [{"id": f"r{place}", **risk} for place, risk in enumerate(risks)]})
    english = Wording.of("en")
    wording = replace(
        english, labels={**english.labels, "risks_table": "Risks", "risk": "Risk", "impact": "Impact", "cost": "Cost"}
    )
    (block,) = RecordTable(kind)(Composing(cast(Any, data), wording))
    assert isinstance(block, Table)
    return block


def cells(table: Table) -> list[list[str]]:
    return [
        [inline_text(block.children) for cell in row.cells for block in cell.blocks if isinstance(block, Paragraph)]
        for row in table.rows
    ]


def test_each_cell_is_printed_by_what_it_holds() -> None:
    full = {
        "risk": "It *floods*.",
        "impact": "high",
        "owner": {"name": "Ann", "role": "Engineer"},
        "cost": "1500",
        "since": "2026-03",
        "where": "Town",
    }
    table = composed(full, {"risk": "It dries."})
    assert [column.heading for column in table.columns] == ["Risk", "Impact", "Who", "Cost", "Date", "Position"]
    assert cells(table) == [
        ["It floods.", "●●●\u00a0High", "Ann, Engineer", "1,500", "March 2026", "Town"],
        ["It dries.", "not stated", "no owner", "not stated", "not stated", "not stated"],
    ]
    assert [row.id for row in table.rows] == ["risk-r0", "risk-r1"]
    assert [node.value for node in walk(table) if isinstance(node, Mark)] == ["high"]


def test_a_column_that_no_item_fills_is_left_out_unless_it_says_what_stands_there() -> None:
    assert [column.key for column in composed({"risk": "It floods."}).columns] == ["risk", "owner"]


def test_sources_are_cited_behind_the_first_column() -> None:
    table = composed({"risk": "It floods.", "sources": ["gazette", "paper"]})
    first, *_ = table.rows[0].cells
    assert [node.note for node in walk(first) if isinstance(node, NoteReference)] == ["source-gazette", "source-paper"]
