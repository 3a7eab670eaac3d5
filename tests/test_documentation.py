"""The documentation says what the program does: generated pages are fresh, links lead somewhere, options are real."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from briefing.cli.app import app
from tests.running import EXAMPLES, ROOT, briefing
from tools.reference_pages import PAGES

PAGES_OF_PROSE = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
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


MESSAGE = re.compile(r"`([\w./-]+:\d+:\d+: (?:error|warning|note): [^`]* \[[a-z-]+\])`")
SAID_OF = {
    "brief.yaml:168:13: error: 'oppsed' is not one of the values of 'stance'; did you mean 'opposed'? [bad-value]": (
        "iss-withdrawal",
        ("stance: supportive", "stance: oppsed"),
    ),
}
"""Each message that a page quotes, with an example and the change to it of which the program says it."""


def test_messages_quoted_in_prose_are_what_the_program_says(tmp_path: Path) -> None:
    quoted = {message for page in PAGES_OF_PROSE for message in MESSAGE.findall(page.read_text(encoding="utf-8"))}
    assert quoted == set(SAID_OF), "say in SAID_OF when the program says it"
    for message, (example, (old, new)) in SAID_OF.items():
        folder = tmp_path / example
        shutil.copytree(EXAMPLES / example, folder)
        data_file = folder / "brief.yaml"
        data_file.write_text(data_file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        assert message in briefing("check", ".", cwd=folder).err.splitlines()


def test_the_showcase_shows_what_the_examples_say() -> None:
    page = (ROOT / "docs" / "showcase.md").read_text(encoding="utf-8")
    examples = [EXAMPLES / name / "brief.yaml" for name in ("deposit-scheme", "basin-sitrep")]
    typed = {line for path in examples for line in path.read_text(encoding="utf-8").splitlines()}
    shown = "".join(re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)).splitlines()
    assert shown
    assert [line for line in shown if line not in typed] == []
    drawn = {path.name for path in (ROOT / "docs" / "pictures").glob("showcase-*.png")}
    assert set(re.findall(r"^!\[[^]]{40,}\]\(pictures/(.*)\)$", page, re.MULTILINE)) == drawn


def test_help_is_shown_whole() -> None:
    """No part of it is taken for markup of the terminal's, such as a word in brackets."""
    for name, each in get_command(app).commands.items():  # type: ignore[attr-defined]
        shown = "".join(re.sub(r"[│\s]", "", line) for line in briefing(name, "--help", COLUMNS="250").out.splitlines())
        for parameter in each.params:
            assert re.sub(r"\s", "", getattr(parameter, "help", None) or "") in shown, f"{name}: {parameter.name}"
