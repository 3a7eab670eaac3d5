"""The tutorial does what it says: its commands are run in order, and their output and the data shown are held against the real ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.running import ROOT, briefing

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|text|yaml)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FINISHED = ROOT / "docs" / "tutorial"


def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    commands = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
    assert commands == [
        "briefing new ostra-ferry",
        "cd ostra-ferry",
        "briefing quotes sources/article.html",
        "briefing check .",
        "briefing build .",
    ]
    listed, checked, altered, built = (block for kind, block in BLOCKS if kind == "text")
    assert briefing("new", "ostra-ferry", cwd=tmp_path).code == 0
    folder = tmp_path / "ostra-ferry"
    shutil.copy(FINISHED / "sources" / "article.html", folder / "sources")
    assert briefing("quotes", "sources/article.html", cwd=folder).out == listed

    data_file = folder / "brief.yaml"
    finished = (FINISHED / "brief.yaml").read_text(encoding="utf-8")
    data_file.write_text(finished, encoding="utf-8")
    run = briefing("check", ".", cwd=folder)
    assert (run.code, run.err + run.out) == (0, checked)
    data_file.write_text(finished.replace("nine people", "ten people"), encoding="utf-8")
    run = briefing("check", ".", cwd=folder)
    assert run.code == 4
    assert altered in run.err

    data_file.write_text(finished, encoding="utf-8")
    run = briefing("build", ".", cwd=folder)
    assert (run.code, run.out) == (0, built)


def test_the_data_shown_is_that_of_the_finished_brief() -> None:
    finished = (FINISHED / "brief.yaml").read_text(encoding="utf-8")
    shown = [block for kind, block in BLOCKS if kind == "yaml"]
    assert len(shown) >= 4
    assert [block for block in shown if block not in finished] == []
