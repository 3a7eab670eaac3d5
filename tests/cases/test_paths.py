"""Files and paths as people name them: what was found is named, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.running import SMALL, briefing, small_brief

WINDOWS = "this is a path of Windows: put it between quotation marks, with forward slashes; WSL has C: as /mnt/c"


def said(folder: Path, *arguments: str, code: int = 2) -> str:
    """What a check of `arguments` says in `folder`, where it ends with `code`."""
    run = briefing("check", *arguments, cwd=folder)
    assert run.code == code, run.err
    return run.err


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Brief.yaml", "b/Brief.yaml: error: 'Brief.yaml' is not a data file by its name; rename it to brief.yaml"),
        ("brief.yaml.txt", "b/brief.yaml.txt: error: 'brief.yaml.txt' is not a data file by its name; rename it to brief.yaml"),
        ("BRIEF.YML", "b/BRIEF.YML: error: 'BRIEF.YML' is not a data file by its name; rename it to brief.yaml"),
        ("brief (1).yaml", "b/brief (1).yaml: error: 'brief (1).yaml' is not a data file by its name; rename it to brief.yaml"),
        ("ostra.yaml", "but 'ostra.yaml'; rename it to brief.yaml, or name the file itself: b/ostra.yaml"),
        ("notes.docx", "only 'notes.docx'; put a brief.yaml into it, or make a new brief with 'briefing new NAME'"),
        (".hidden", "b: error: no data file is in the folder or below it; put a brief.yaml into it"),
    ],
)  # fmt: skip
def test_a_folder_without_a_data_file_says_what_it_holds(tmp_path: Path, name: str, right: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / name).write_text(SMALL, encoding="utf-8")
    assert right in said(tmp_path, "b")
    if "is not a data file by its name" in right:
        assert right in said(tmp_path, "b/brief.yaml")
        small_brief(tmp_path / "a")
        assert right in said(tmp_path, "."), "it is not passed over in a search, either"


def test_a_data_file_that_is_named_itself_may_be_called_as_its_author_likes(tmp_path: Path) -> None:
    (tmp_path / "Brief.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "ostra.yaml").write_text(SMALL, encoding="utf-8")
    said(tmp_path, "Brief.yaml", "ostra.yaml", code=0)
    (tmp_path / "brief.yaml.txt").write_text(SMALL, encoding="utf-8")
    assert "rename it to brief.yaml" in said(tmp_path, "brief.yaml.txt")


def test_other_data_beside_a_brief_is_no_fault(tmp_path: Path) -> None:
    """Only a name that was meant to be a brief's is complained of, and none beside a sound one."""
    small_brief(tmp_path / "a")
    (tmp_path / "a" / "Brief.yaml.bak").write_text("old", encoding="utf-8")
    (tmp_path / "b").mkdir()
    for name in ("brief.schema.json", "briefs.yaml", "debrief.yaml", "settings.yaml", "brief.docx"):
        (tmp_path / "b" / name).write_text("x", encoding="utf-8")
    assert said(tmp_path, ".", code=0) == ""


@pytest.mark.parametrize(
    ("argument", "right"),
    [
        (r"C:\Users\me\brief", WINDOWS),
        ("C:Usersmebrief", WINDOWS),
        (r"\\server\briefs\levee", WINDOWS),
        ("https://example.org/brief.yaml", "save it first: only files are read, and nothing is fetched"),
        ("levy", "did you mean 'levee'?"),
        ("levee/breif.yaml", "did you mean 'levee/brief.yaml'?"),
        (r"levee\brief.yaml", "did you mean 'levee/brief.yaml'?"),
        ("elsewhere", "check the spelling"),
    ],
)
def test_a_path_that_leads_nowhere_says_what_it_looks_like(tmp_path: Path, argument: str, right: str) -> None:
    small_brief(tmp_path / "levee")
    assert f"there is no such file or folder; {right} [no-such-path]" in said(tmp_path, argument)


@pytest.mark.parametrize(
    ("option", "right"),
    [
        (("--config", "ofice.toml"), "did you mean 'office.toml'?"),
        (("--config", r"C:\office.toml"), WINDOWS),
        (("--params", "Rows.csv"), "did you mean 'rows.csv'?"),
    ],
)
def test_so_do_the_files_of_options(tmp_path: Path, option: tuple[str, str], right: str) -> None:
    small_brief(tmp_path / "levee")
    for name in ("office.toml", "rows.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert right in said(tmp_path, "levee", *option)


COPY = "is a path of one computer; copy the file to the data file's folder, and write its path from there, such as"
SAVE = "is an address, and nothing is fetched; save what is there below the data file, and write that path"


@pytest.mark.parametrize(
    ("path", "right"),
    [
        (r"C:\Users\me\chart.png", f"'C:\\Users\\me\\chart.png' {COPY} 'chart.png'"),
        ("D:/pictures/chart.png", f"{COPY} 'chart.png'"),
        (r"\\server\share\chart.png", f"{COPY} 'chart.png'"),
        ("https://example.org/chart.png", f"'https://example.org/chart.png' {SAVE}"),
        ("www.example.org/chart.png", SAVE),
        ("file:///pictures/chart.png", SAVE),
        (r"figures\chart.png", "has backslashes; write 'figures/chart.png'"),
        ("../chart.png", "leads out of the brief's folder"),
        ("figures/Chart.png", "there is no file 'figures/Chart.png' in the brief's folder; did you mean 'figures/chart.PNG'?"),
        ("chart.PNG", "did you mean 'figures/chart.PNG'?"),
        ("Chart.png", "did you mean 'figures/chart.PNG'?"),
        ("figures/chart.jpg", "did you mean 'figures/chart.PNG'?"),
        ("figures/chrat.png", "did you mean 'figures/chart.PNG'?"),
        ("figures/map.png", "there is no file 'figures/map.png' in the brief's folder; check the spelling"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["image", "text"])
def test_a_path_in_the_data_says_what_it_is_and_what_is_near(tmp_path: Path, key: str, path: str, right: str) -> None:
    """A picture of a figure and the saved text of a source alike."""
    figure = f"figures:\n  - {{id: chart, image: '{path}', caption: A chart, alt: A chart of it}}\n"
    source = SMALL.replace("    published:", f"    text: '{path}'\n    published:", 1)
    assert source != SMALL
    small_brief(tmp_path, SMALL + figure if key == "image" else source)
    (tmp_path / "figures").mkdir()
    Image.new("RGB", (9, 9), "red").save(tmp_path / "figures" / "chart.PNG")
    told = said(tmp_path, ".", code=3)
    assert right in told and "[bad-path]" in told


def test_a_true_path_passes(tmp_path: Path) -> None:
    figure = "figures:\n  - {id: chart, image: figures/de 2026/Übersicht 1.PNG, caption: A chart, alt: A chart of it}\n"
    small_brief(tmp_path, SMALL + figure)
    (tmp_path / "figures" / "de 2026").mkdir(parents=True)
    Image.new("RGB", (9, 9), "red").save(tmp_path / "figures" / "de 2026" / "Übersicht 1.PNG")
    said(tmp_path, ".", code=0)


@pytest.mark.parametrize(
    ("settings", "right"),
    [
        (["series.number=4"], "write 'series: {title: ..., number: 4}' into the data file, or add --set series.title=..."),
        (["series.next=2026-12-01"], "write 'series: {title: ..., next: 2026-12-01}' into the data file"),
        (["handling.caveat=Not for release"], "write 'handling: {marking: ..., caveat: Not for release}'"),
    ],
)  # fmt: skip
def test_a_setting_that_begins_something_says_what_else_it_needs(
    tmp_path: Path, settings: list[str], right: str
) -> None:
    brief = "\n".join(line for line in SMALL.splitlines() if "handling" not in line and "marking" not in line) + "\n"
    small_brief(tmp_path, brief)
    flags = [part for each in settings for part in ("--set", each)]
    assert right in said(tmp_path, ".", *flags)
    said(tmp_path, ".", "--set", "series.title=River weekly", "--set", "series.number=4", code=0)
