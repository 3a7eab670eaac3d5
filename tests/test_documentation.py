"""The documentation says what the program does: generated pages are fresh, links lead somewhere, options are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import ROOT
from tools.reference_pages import PAGES

PAGES_OF_PROSE = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*.md")),
]
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


@pytest.mark.parametrize("page", PAGES_OF_PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    missing = [target for target in LINK.findall(prose) if not (page.parent / target).exists()]
    assert missing == []


def test_options_named_in_prose_exist() -> None:
    known = set(re.findall(r"--[a-z][a-z-]+", PAGES["docs/commands.md"]()))
    for page in PAGES_OF_PROSE:
        for command in re.findall(r"`(briefing [^`]*)`", page.read_text(encoding="utf-8")):
            assert set(re.findall(r"--[a-z][a-z-]+", command)) <= known, f"{page.name}: {command}"
