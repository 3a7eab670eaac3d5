"""One data file, many rows: which column goes where, what each brief is called, and what is refused before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import BriefingError
from briefing.run.inputs import BriefInput, find_inputs, refuse_collisions
from briefing.run.load import load
from briefing.run.mail_merge import merged_briefs
from tests.running import SMALL, small_brief

TEMPLATE = """\
title: Water in the {{ region }}
date: 2026-03-14
series: {title: Water Weekly, number: 3}
summary: It is {{ level }}.
"""


def output_folder(brief: BriefInput) -> Path:
    return brief.output_folder


def made(
    folder: Path, rows: str, pattern: str | None = None, brief: str = TEMPLATE, *settings: str
) -> list[BriefInput]:
    """The briefs that rows make of one in the folder ``weekly``, a template if it has braces."""
    small_brief(folder / "weekly", brief, "brief.yaml.j2" if "{{" in brief else "brief.yaml")
    (folder / "params.csv").write_text(rows, encoding="utf-8")
    briefs = find_inputs([folder / "weekly"]).briefs
    found, at_fault = merged_briefs(briefs, folder / "params.csv", pattern, settings)
    for _, error in at_fault:
        raise error
    refuse_collisions(found, output_folder)
    return found


def said(folder: Path, rows: str, pattern: str | None = None, brief: str = TEMPLATE) -> list[str]:
    with pytest.raises(BriefingError) as caught:
        made(folder, rows, pattern, brief)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_a_row_is_a_brief(tmp_path: Path) -> None:
    found = made(tmp_path, "region,level\nNorth,high\nSouth,low\n")
    assert [merged.name for merged in found] == ["weekly-001", "weekly-002"]
    loaded = [load(merged.data_file, (), merged.row).brief for merged in found]
    assert [(brief.title, str(brief.summary)) for brief in loaded] == [
        ("Water in the North", "It is high."),
        ("Water in the South", "It is low."),
    ]


def test_columns_go_to_the_template_or_to_a_key_and_an_empty_one_leaves_what_is_there(tmp_path: Path) -> None:
    rows = "region,level,series.number,reference,authors[+].name,code\nNorth,high,7,R1,Ann,x\nSouth,low,,,,y\n"
    found = made(tmp_path, rows, "{code}-{series}-{number:02}")
    first, second = (load(merged.data_file, (), merged.row).brief for merged in found)
    assert first.series and second.series
    assert (first.series.number, first.reference, [author.name for author in first.authors]) == (7, "R1", ["Ann"])
    assert (second.series.number, second.reference, second.authors) == (3, None, ())
    assert [merged.name for merged in found] == ["x-Water-Weekly-07", "y-Water-Weekly-03"]


def test_what_a_template_names_is_only_for_the_template(tmp_path: Path) -> None:
    brief = "title: About {{ title }}\ndate: 2026-03-14\nsummary: x\n"
    (merged,) = made(tmp_path, "title,subtitle\nwater,More\n", "{title}", brief)
    loaded = load(merged.data_file, (), merged.row).brief
    assert (loaded.title, loaded.subtitle, merged.name) == ("About water", "More", "water")


def test_a_setting_of_the_call_comes_last(tmp_path: Path) -> None:
    (merged,) = made(
        tmp_path, "title\nRow\n", "{name}-{number}", SMALL, "title=Flag", "series.title=S", "series.number=9"
    )
    loaded = load(merged.data_file, ["title=Flag"], merged.row).brief
    assert (loaded.title, merged.name) == ("Flag", "weekly-9")


def test_briefs_without_rows_are_named_by_a_pattern(tmp_path: Path) -> None:
    small_brief(tmp_path / "weekly")
    small_brief(tmp_path / "numbered", SMALL + "reference: R1\n")
    briefs = find_inputs([tmp_path / "weekly", tmp_path / "numbered"]).briefs
    found, _ = merged_briefs(briefs, None, "{date}_{title:.7}_{language}", ())
    assert [brief.name for brief in found] == ["2026-03-14_A-small_en-GB"] * 2
    assert merged_briefs(briefs, None, None, ()) == (list(briefs), [])
    found, [(brief, error)] = merged_briefs(briefs, None, "{reference}", ())
    assert ([each.name for each in found], brief.name) == (["R1"], "weekly")
    assert "weekly/brief.yaml: error: --name needs a value for {reference}, and there is none" in str(error)


USE = "name a key of the data file, such as title or series.number, or use it in brief.yaml.j2 or in --name"
APART = "put into --name what tells them apart, such as {name} or {row}"


@pytest.mark.parametrize(
    ("rows", "pattern", "expected"),
    [
        (
            "region,level,x y,titel\nNorth,high,1,2\n",
            None,
            [
                f"params.csv:1:14: error: the column 'x y' is used for nothing; {USE} [unused-column]",
                "params.csv:1:18: error: the column 'titel' is used for nothing; did you mean 'title'? [unused-column]",
            ],
        ),
        (
            "regoin,level\nNorth,high\n",
            None,
            [
                "weekly/brief.yaml.j2:1:24: error: 'region' is not defined; did you mean 'regoin'? [undefined-name]",
                "params.csv:1:1: error: the column 'regoin' is used for nothing; did you mean 'region'? [unused-column]",
            ],
        ),
        (
            "region,level\nNorth,high\n,low\n",
            "{region}",
            ["params.csv:3:1: error: --name needs a value for {region}, and there is none; give it one [bad-name]"],
        ),
        (
            "region,level,series.number\nNorth,high,x\n",
            "{number:03}",
            ["params.csv:2:1: error: 'x' is not a whole number, which {number:03} needs; write {number} [bad-name]"],
        ),
        (
            "region,level\nNorth,high\nSouth,low\nnorth,low\n",
            "{region}",
            [f"params.csv:4:1: error: its files would be called 'north', as those of row 1 on line 2; {APART} [name-collision]"],
        ),
        (
            "region,level\nNorth/East,high\nNorth\\East,low\n",
            "{region}",
            [f"params.csv:3:1: error: its files would be called 'North-East', as those of row 1 on line 2; {APART} [name-collision]"],
        ),
    ],
)  # fmt: skip
def test_faults_are_said_before_anything_is_built(
    tmp_path: Path, rows: str, pattern: str | None, expected: list[str]
) -> None:
    assert said(tmp_path, rows, pattern) == expected


def test_another_brief_of_the_call_has_the_name(tmp_path: Path) -> None:
    small_brief(tmp_path / "a")
    small_brief(tmp_path / "b")
    (tmp_path / "params.csv").write_text("title\nx\n", encoding="utf-8")
    sought = find_inputs([tmp_path / "a", tmp_path / "b"])
    briefs, _ = merged_briefs(sought.briefs, tmp_path / "params.csv", "{row}", ())
    refuse_collisions(briefs, output_folder)
    with pytest.raises(BriefingError) as caught:
        refuse_collisions(briefs, lambda brief: tmp_path / "out")
    assert f"its files would be called '1', as those of {tmp_path / 'a' / 'brief.yaml'}" in str(caught.value)


KEYS = "did you mean 'series'? [bad-override]"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("region,level,date\nNorth,high,soon\n", "params.csv:2:12: error: 'soon' is not a date; write 2026, 2026-03 or 2026-03-14 [bad-date]"),
        ('region,level\nNorth,"now [@none]"\n', "params.csv:2:7: error: there is no source 'none'; add it under 'sources:' [unknown-id]"),
        ("region,level,title.x\nN,h,\n", "params.csv:1:14: error: the column 'title.x' is used for nothing; did you mean 'title'? [unused-column]"),
        ("region,level,sources[3].id\nN,h,x\n", "params.csv:2:5: error: there is no list 'sources'; " + KEYS),
    ],
)  # fmt: skip
def test_a_value_that_the_schema_refuses_is_said_at_its_cell(tmp_path: Path, rows: str, problem: str) -> None:
    with pytest.raises(BriefingError) as caught:
        (merged,) = made(tmp_path, rows)
        load(merged.data_file, (), merged.row)
    assert [str(each).replace(f"{tmp_path}/", "") for each in caught.value.problems] == [problem]


def test_a_folder_with_two_kinds_of_data_file_is_refused(tmp_path: Path) -> None:
    small_brief(tmp_path / "weekly")
    small_brief(tmp_path / "weekly", TEMPLATE, "brief.yaml.j2")
    sought = find_inputs([tmp_path / "weekly"])
    ((path, problem),) = sought.faults
    assert (sought.briefs, path) == ((), tmp_path / "weekly")
    assert "the folder holds brief.yaml and brief.yaml.j2; name the one that is meant" in str(problem)
