"""Every name of a problem stands in a test, and those that no other test names are met here as a user meets them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import briefing as library
from briefing.codes import CODES
from briefing.errors import RenderError
from briefing.formats.pdf.process import PdfProcess
from tests.running import ROOT, SMALL, briefing, small_brief

TESTS = ROOT / "tests"
FIGURE = SMALL + "figures:\n  - {id: map, image: map.png, caption: A map, alt: A map of it}\n"
ITALIAN = SMALL.replace("en-GB", "it")
WAIVER = SMALL + "waivers:\n  - {rule: undated-sauce, reason: It has none., until: 2026-04}\n"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
CRASH = "import os, sys\nif 'briefing.formats.pdf.engine:pdf' in sys.orig_argv:\n    os.write(2, b'it fell over\\n')\n    os._exit(9)\n"


def unnamed(codes: Iterable[str]) -> list[str]:
    """The codes that stand in no test: in quotation marks or brackets, before what is said, or at the end of what is expected."""
    tests = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py"))
    expected = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.expect"))
    return [
        code
        for code in codes
        if not re.search(rf'["\[ ]{code}["\]:]', tests) and not re.search(rf" {code}$", expected, re.MULTILINE)
    ]


def test_every_code_is_named_in_a_test() -> None:
    assert unnamed(CODES) == []


def test_a_code_without_a_test_is_found() -> None:
    code = "-".join(("never", "tested"))
    assert unnamed([code]) == [code]


SAID = [
    (
        FIGURE,
        "build .",
        3,
        "brief.yaml:11:22: error: 'map.png' cannot be used: it is neither PNG nor JPEG; save it as one of the two [bad-image]",
    ),
    (
        SMALL,
        "build . -f odt",
        2,
        "--format: error: 'odt' is not a format; it must be one of 'pdf', 'docx', 'html' [bad-option]",
    ),
    (
        SMALL,
        "build . -o map.png/out",
        5,
        "map.png/out: error: a file stands where the folder 'map.png' should be; move it away, or choose another place [write-failed]",
    ),
    (
        SMALL,
        "quotes saved.html",
        3,
        "error: 'saved.html': the file has no words in it; save the source again [saved-text]",
    ),
    (
        ITALIAN,
        "check .",
        0,
        "in 'it'; English ones are used; the languages with labels are de, en, fr [unlabelled-language]",
    ),
    (
        WAIVER,
        "check .",
        4,
        "brief.yaml:11:12: error: there is no rule 'undated-sauce'; did you mean 'undated-source'? [waiver-unknown-rule]",
    ),
]


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"), SAID, ids=[said.rpartition("[")[2][:-1] for *_, said in SAID]
)
def test_what_is_said(tmp_path: Path, text: str, arguments: str, code: int, said: str) -> None:
    folder = small_brief(tmp_path / "river", text)
    for name in ("map.png", "saved.html"):
        (folder / name).write_text("", encoding="utf-8")
    run = briefing(*arguments.split(), cwd=folder)
    assert run.code == code and any(line.endswith(said) for line in run.err.splitlines()), run


def test_a_folder_without_a_data_file_is_not_a_brief(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    for command in ("tree", "diff"):
        run = briefing(command, tmp_path, *[tmp_path] * (command == "diff"))
        assert run.code == 2 and "[not-a-brief]" in run.err
        assert "error: the folder has no data file, only 'notes.txt'; put a brief.yaml into it, or make" in run.err


def test_a_figure_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    picture = (ROOT / "examples" / "veska-flood-storage" / "figures").glob("*.png")
    (tmp_path / "outside.png").write_bytes(next(picture).read_bytes())
    folder = small_brief(tmp_path / "river", FIGURE)
    (folder / "map.png").symlink_to(tmp_path / "outside.png")
    run = briefing("build", folder)
    assert run.code == 3 and not (folder / "out").exists()
    assert "error: 'map.png' leads out of the brief's folder; copy the file into the folder [bad-path]" in run.err


def test_a_rendering_that_crashes_is_told_with_its_last_words_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CRASH, encoding="utf-8")
    folder = small_brief(tmp_path / "river")
    run = briefing("build", folder, PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert run.code == 5 and not (folder / "out").exists()
    assert "error: the rendering process ended without an answer; it fell over [render-crash]" in run.err


def test_a_rendering_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, theme = small_brief(tmp_path / "river"), tmp_path / "theme"
    theme.mkdir()
    (theme / "base.html.j2").write_text(ENDLESS, encoding="utf-8")
    monkeypatch.setattr("briefing.formats.pdf.format.PdfProcess", functools.partial(PdfProcess, seconds=4))
    with pytest.raises(RenderError) as caught:
        library.build(folder, theme=theme)
    assert [problem.code for problem in caught.value.problems] == ["time-limit"]
    assert not (folder / "out").exists()
