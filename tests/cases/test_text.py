"""What was typed is set, or is a fault with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing.document.reading import reading
from briefing.text.markup import read_markup
from briefing.text.markup_faults import MarkupFault, markup_faults
from tests.cases import case
from tests.running import SMALL, small_brief
from tests.running import briefing as cli


def page(folder: Path) -> str:
    """What the brief in `folder` says, a piece a line."""
    return "\n".join(piece.text for piece in reading(briefing.compose_brief(folder)))


def faults(folder: Path) -> list[str]:
    """The errors of the brief in `folder`, as ``line:column``."""
    (result,) = briefing.check_all([folder])
    return [
        f"{problem.place.line}:{problem.place.column}"
        for problem in result.problems
        if problem.severity == "error" and problem.place
    ]


def test_asterisks_between_figures_stay() -> None:
    assert "2*3 m and 4*5 m" in page(case("32")).replace("\u00a0", " ")


def test_a_sign_at_the_start_is_kept_or_asked_about() -> None:
    assert faults(case("34")) == ["7:41"]


def test_a_year_at_the_start_is_no_list() -> None:
    assert "2026. A year of floods." in page(case("36"))


def test_a_pipe_table_is_a_table() -> None:
    said = page(case("37"))
    assert "|" not in said and {"what", "cost", "sluice", "5", "bank", "7"} <= set(said.splitlines())


def test_a_source_named_in_the_sentence_is_a_fault() -> None:
    assert faults(case("39")) == ["7:15"]


def test_markup_in_one_line_fields_is_a_fault_each() -> None:
    assert faults(case("40")) == ["5:22", "10:18", "13:17", "14:16"]


def test_marks_around_a_quote_are_set_once() -> None:
    said = page(case("42"))
    assert "“We will pay.”" in said and "““" not in said


def test_the_first_of_a_month_in_french() -> None:
    assert "1er mars 2026" in page(case("50")).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("a (2+3)*4*(5) b", "(2+3)*4*(5)"),
        ("+ 3 per cent", "+ 3 per cent"),
        ("1984. So it was.", "1984. So it was."),
        ("see snake_case_name and https://x.org/_a_/*b*", "https://x.org/_a_/*b*"),
        ("Two:\n\n•\tone\n•\ttwo", "•\none\n•\ntwo"),
    ],
)
def test_signs_of_the_same_kinds(tmp_path: Path, summary: str, said: str) -> None:
    small_brief(
        tmp_path,
        SMALL.replace("It is small, and it cites a source [@gazette, p. 2].", repr_yaml(summary + " [@gazette]")),
    )
    assert said in page(tmp_path).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "summary", ["> said [@gazette]", "- 5 km [@gazette]", "~~so~~ [@gazette]", "| a | [@gazette] |", "as [1] and [@gazette]", "AT&amp;T [@gazette]"]
)  # fmt: skip
def test_litter_of_the_same_kinds(tmp_path: Path, summary: str) -> None:
    small_brief(tmp_path, SMALL.replace("It is small, and it cites a source [@gazette, p. 2].", repr_yaml(summary)))
    assert len(faults(tmp_path)) == 1


def repr_yaml(text: str) -> str:
    """`text` as a double-quoted scalar of YAML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def test_signs_in_cells_of_a_table_of_parameters(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", SMALL.replace("summary: It", "summary: '{{ text }}'\nbackground: It"), "brief.yaml.j2")
    (tmp_path / "rows.csv").write_text("text\n2*3 m and 4*5 m\n- 3 per cent\n+ 3 per cent\nas [1]\n", encoding="utf-8")
    run = cli("check", "a", "--params", "rows.csv", cwd=tmp_path)
    assert run.code == 3
    assert [line.split(" error: ")[0] for line in run.err.splitlines()] == ["rows.csv:3:1:", "rows.csv:5:1:"]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("**Note* this", 1),
        ("C:\\levees\\*.txt holds them", 1),
        ("see \\\\server\\share\\_old", 5),
        ("one\n\n-\n", 1),
        ("- one\n-\n- two", 1),
        ("The cost* rose.\n\n* Figures of May", 1),
        ("* p < 0.05; ** p < 0.01", 1),
        ("[link]: http://example.org/", 1),
    ],
)
def test_signs_that_would_be_lost_or_changed_are_asked_about(body: str, column: int) -> None:
    (fault,) = _body_faults(body)
    assert "\0" not in fault.message and "U+0000" not in fault.message
    assert fault.offset - body.rfind("\n", 0, fault.offset) == column


@pytest.mark.parametrize(
    "body",
    [
        "***Note*** this",
        "*a **b** c*",
        "C:\\levees\\north",
        "C:\\\\levees\\\\\\*.txt",
        "* Figures of *May*",
        "- one\n  - two",
        "cost* and more*",
        "The *Post*, 5* hotel",
    ],
)
def test_signs_that_stay_as_they_are_raise_no_fault(body: str) -> None:
    assert _body_faults(body) == []


def _body_faults(body: str) -> list[MarkupFault]:
    return markup_faults(body, read_markup(body))
