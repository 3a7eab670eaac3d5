"""What `briefing build` finds: folders of briefs, patterns, and a list on the input stream."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import Run, briefing, small_brief


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Briefs in folders, with much beside them that is none."""
    for name in ("week-1", "week-2", "region/north", "week-1/previous/week-0", ".hidden/x", "week-3/out/old"):
        small_brief(tmp_path / "briefs" / name)
    (tmp_path / "briefs" / "week-3" / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "briefs" / "linked").symlink_to(tmp_path / "briefs" / "week-1")
    return tmp_path


def found(run: Run) -> list[str]:
    return sorted(each["data_file"] for each in run.objects if each["status"] == "built")


def build(cwd: Path, *arguments: str, stdin: str = "") -> Run:
    return briefing("build", *arguments, "-f", "docx", "-j", "1", "--json", cwd=cwd, stdin=stdin)


def test_a_folder_is_searched_and_a_brief_is_not(tree: Path) -> None:
    run = build(tree, "briefs")
    assert (run.code, run.err) == (0, "")
    assert found(run) == ["briefs/region/north/brief.yaml", "briefs/week-1/brief.yaml", "briefs/week-2/brief.yaml"]
    check = briefing("check", "briefs", "--json", cwd=tree)
    assert (check.code, [each["brief"] for each in check.objects]) == (0, ["north", "week-1", "week-2"])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("briefs/week-*", ["briefs/week-1/brief.yaml", "briefs/week-2/brief.yaml"]),
        ("briefs/week-[2-9]", ["briefs/week-2/brief.yaml"]),
        ("b*", ["briefs/region/north/brief.yaml", "briefs/week-1/brief.yaml", "briefs/week-2/brief.yaml"]),
        ("briefs/*/brief.yaml", ["briefs/linked/brief.yaml", "briefs/week-2/brief.yaml"]),
        ("briefs/reg*/**", ["briefs/region/north/brief.yaml"]),
    ],
)
def test_a_pattern_takes_the_briefs_that_it_matches(tree: Path, pattern: str, expected: list[str]) -> None:
    run = build(tree, pattern)
    assert (run.code, found(run)) == (0, expected)


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    small_brief(tmp_path / "week[1]")
    small_brief(tmp_path / "week1")
    assert found(build(tmp_path, "week[1]")) == ["week[1]/brief.yaml"]


@pytest.mark.parametrize("end", ["\n", "\0", "\r\n"])
def test_a_list_on_the_input_stream(tree: Path, end: str) -> None:
    run = build(tree, "briefs/week-1", "-", stdin=f"briefs/region{end}briefs/week-2{end}briefs/week-1/brief.yaml{end}")
    assert (run.code, run.err) == (0, "")
    assert found(run) == ["briefs/region/north/brief.yaml", "briefs/week-1/brief.yaml", "briefs/week-2/brief.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: error: there is no such file or folder"),
        (("briefs/x*",), "briefs/x*: error: the pattern matches no brief"),
        (("briefs/week-3",), "briefs/week-3: error: no data file is in the folder or below it, only 'notes.txt'; put a brief.yaml into it"),
        (("briefs/week-3/notes.txt",), "'notes.txt' is not a data file"),
        (("x" * 300,), "it cannot be looked at: File name too long"),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_does_not_stop_the_others(tree: Path, arguments: tuple[str], said: str) -> None:
    run = build(tree, *arguments, "briefs/week-1")
    assert run.code == 2
    assert said in run.err
    assert found(run) == ["briefs/week-1/brief.yaml"]
    (failed,) = (each for each in run.objects if each["status"] == "failed")
    assert (failed["exit_code"], failed["data_file"]) == (2, arguments[0])


def test_an_empty_list_is_a_fault(tmp_path: Path) -> None:
    run = build(tmp_path, "-", stdin="\n")
    assert (run.code, run.out) == (2, "")
    assert "the list on the input stream is empty" in run.err


def test_a_folder_that_cannot_be_looked_into_is_a_fault(tree: Path) -> None:
    locked = tree / "briefs" / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        locked.iterdir().__next__()
    except PermissionError:
        run = build(tree, "briefs")
        assert run.code == 2 and "the folder cannot be searched: Permission denied" in run.err
        assert len(found(run)) == 3
    except StopIteration:  # root may look into every folder
        assert build(tree, "briefs").code == 0
    finally:
        locked.chmod(0o755)
