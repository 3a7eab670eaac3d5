"""`--params` and `--name` from outside, on the example of the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.source.expressions import FILTERS, NO
from tests.running import ROOT, SMALL, briefing, small_brief

PAGE = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
NAMES = ["Water-Weekly-007-North", "Water-Weekly-007-South-coast"]
PATTERN = "{series}-{number:03}-{region}"
ENDINGS = {"csv": ".csv", "yaml": ".yaml", "json": ".jsonl"}


def block(language: str, number: int = 0) -> str:
    """An example of the page in this language."""
    return str(re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[number])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The documentation's example with its rows in every format."""
    small_brief(tmp_path / "water-weekly", block("yaml"), "brief.yaml.j2")
    for language, ending in ENDINGS.items():
        number = 1 if language == "yaml" else 0
        (tmp_path / f"params{ending}").write_text(block(language, number), encoding="utf-8")
    return tmp_path


def test_rows_of_every_format_give_the_same_files(folder: Path) -> None:
    found = []
    for ending in ENDINGS.values():
        run = briefing(
            *("build", "water-weekly", "-f", "pdf", "-o", f"out{ending}", "--params", f"params{ending}"),
            *("--name", PATTERN, "--json"),
            cwd=folder,
        )
        assert (run.code, run.err) == (0, "")
        assert sorted(each["brief"] for each in run.objects) == NAMES
        files = sorted((folder / f"out{ending}").glob("*.pdf"))
        assert [path.stem for path in files] == NAMES
        found.append([path.read_bytes() for path in files])
    assert found[0] == found[1] == found[2]
    assert found[0][0] != found[0][1]


def test_the_values_stand_in_the_briefs(folder: Path) -> None:
    run = briefing("build", "water-weekly", "-f", "docx", "--params", "params.csv", cwd=folder)
    assert run.code == 0
    assert sorted(path.name for path in (folder / "water-weekly" / "out").glob("*.docx")) == [
        "water-weekly-001.docx",
        "water-weekly-002.docx",
    ]
    assert briefing("check", "water-weekly", "--params", "params.csv", cwd=folder).code == 0


def test_a_row_at_fault_does_not_stop_the_others(folder: Path) -> None:
    (folder / "bad.csv").write_text(
        "region,level,reader,second_reader,date\nNorth,4,Ann,,soon\nSouth,1,Ben,,\n", encoding="utf-8"
    )
    run = briefing("build", "water-weekly", "-f", "docx", "--params", "bad.csv", "--json", cwd=folder)
    assert run.code == 3
    assert {each["brief"]: each["status"] for each in run.objects} == {
        "water-weekly-001": "failed",
        "water-weekly-002": "built",
    }
    (problem,) = next(each["problems"] for each in run.objects if each["status"] == "failed")
    assert (problem["file"], problem["line"], problem["column"]) == ("bad.csv", 2, 14)
    check = briefing("check", "water-weekly", "--params", "bad.csv", "-q", cwd=folder)
    assert check.code == 3 and check.err.startswith("bad.csv:2:14: error: 'soon' is not a date")


@pytest.mark.parametrize(
    ("rows", "template", "pattern", "code", "said"),
    [
        ("region\nNorth\nnorth\n", None, "{region}", 2, "params.csv:3:1: error: its files would be called 'north', as those of row 1 on line 2"),
        ("region\nNorth\n", None, "{regoin}", 2, "--name: error: there is no field 'regoin'; did you mean 'region'?"),
        ("region,regoin\nNorth,x\n", None, None, 3, "params.csv:1:8: error: the column 'regoin' is used for nothing"),
        ("region,x\nNorth\n", None, None, 3, "params.csv:2:1: error: the row has 1 value, and there are 2 names"),
        ("region\nNorth\n", "title: '{{ region | int }}'\n", "{title}", 3, "a/brief.yaml.j2:1:12: error: 'North' is not a whole number"),
        ("region\nNorth\n", "title: A {{ region }\n", None, 3, "a/brief.yaml.j2:1:10: error: the braces that open here are not closed"),
        ("region\nNorth\n", "title: A {{ ''.__class__.mro() }}\n", None, 3, "a/brief.yaml.j2:1:13: error: nothing can be called here"),
    ],
)  # fmt: skip
def test_faults_of_the_rows_are_told_before_anything_is_built(
    tmp_path: Path, rows: str, template: str | None, pattern: str | None, code: int, said: str
) -> None:
    folder = small_brief(tmp_path / "a", template or SMALL.replace("A small brief", "'{{ region }}'"), "brief.yaml.j2")
    (tmp_path / "params.csv").write_text(rows, encoding="utf-8")
    name = ("--name", pattern) if pattern else ()
    run = briefing("build", "a", "-f", "docx", "--params", "params.csv", *name, cwd=tmp_path)
    assert run.code == code
    assert said in run.err
    assert not (folder / "out").exists()


def test_ordinary_briefs_are_named_by_a_pattern(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    assert briefing("build", folder, "-f", "docx", "--name", "{date}_{title}").code == 0
    assert (folder / "out" / "2026-03-14_A-small-brief.docx").is_file()


def test_a_template_cannot_be_continued_in_place(tmp_path: Path) -> None:
    text = (
        SMALL + "series: {title: Weekly, number: 3, period: {start: 2026-03-08, end: 2026-03-14}, next: 2026-03-21}\n"
    )
    run = briefing("next", small_brief(tmp_path / "a", text, "brief.yaml.j2"))
    assert run.code == 2
    assert "a template cannot be changed in place; keep the brief in YAML or JSON" in run.err


def test_the_page_lists_every_filter_and_all_that_means_no() -> None:
    (table,) = re.findall(r"^\| filter \|.*?\n\n", PAGE, re.DOTALL | re.MULTILINE)
    (listed,) = re.findall(r"means no: (.*?)\.", PAGE, re.DOTALL)
    names = [name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)", row)]
    assert set(names) == set(FILTERS)
    assert set(re.findall(r"`(\w+)`", listed)) == NO - {""}
