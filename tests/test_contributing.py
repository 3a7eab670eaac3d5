"""The recipes of CONTRIBUTING.md are followed in a copy of the program, and do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.running import ROOT, SMALL, small_brief

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r'^```\w+ (\S+)(?: (before|append|copy)(?: "((?:[^"\\]|\\.)*)")?)?\n(.*?)^```$', re.MULTILINE | re.DOTALL
)


def recipe(name: str) -> list[tuple[str, str, str, str]]:
    """The blocks of the recipe `name`: for each its file, what is done there, at which text, and with what."""
    (section,) = re.findall(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return [
        (file, how, where.replace("\\n", "\n").replace('\\"', '"'), text)
        for file, how, where, text in BLOCK.findall(section)
    ]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program, without its tests."""
    for name in ("briefing", "templates", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def follow(copy: Path, name: str) -> dict[str, str]:
    """Do what the recipe's blocks say; give back those that belong into no file of the program."""
    left = {}
    for file, how, where, text in recipe(name):
        path = copy / file
        if file in ("brief.yaml", "tree"):
            left[file] = text
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if how == "before":
            old = path.read_text(encoding="utf-8")
            assert old.count(where) == 1, f"{file}: {where!r}"
            text = old.replace(where, text + where)
        elif how == "append":
            text = path.read_text(encoding="utf-8") + text
        elif how == "copy":
            old = (copy / where).read_text(encoding="utf-8")
            for line in text.splitlines():
                key = line.partition(" = ")[0]
                old, count = re.subn(rf"^{key} = .*$", line, old, flags=re.MULTILINE)
                assert count == 1, line
            text = old
        path.write_text(text, encoding="utf-8")
    return left


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copy as a user does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "briefing", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_section_kind(copy: Path) -> None:
    left = follow(copy, "A section kind")
    small_brief(copy / "brief", SMALL + left["brief.yaml"])
    tree = run(copy, "tree", "brief")
    assert tree.returncode == 0, tree.stderr
    place, shown = 0, tree.stdout.replace("\\xa0", " ")
    for words in left["tree"].splitlines():
        place = shown.index(words, place)
    built = run(copy, "build", "brief", "-f", "docx")
    assert built.returncode == 0, built.stderr


def test_a_theme(copy: Path) -> None:
    follow(copy, "A theme")
    small_brief(copy / "brief")
    built = run(copy, "build", "brief", "--theme", "house", "-f", "html", "-f", "docx")
    assert built.returncode == 0, built.stderr
    assert "#7a1f3d" in (copy / "brief" / "out" / "brief.html").read_text(encoding="utf-8")


def test_a_format(copy: Path) -> None:
    follow(copy, "A format")
    small_brief(copy / "brief")
    built = run(copy, "build", "brief", "-f", "words")
    assert built.returncode == 0, built.stderr
    text = (copy / "brief" / "out" / "brief.txt").read_text(encoding="utf-8")
    assert "It is small, and it cites a source" in text
    assert run(copy, "verify", "brief/out").returncode == 0


def test_a_rule(copy: Path) -> None:
    follow(copy, "A rule")
    small_brief(copy / "brief", SMALL.replace("A small brief", "A SMALL BRIEF"))
    checked = run(copy, "check", "brief")
    assert (
        "brief.yaml:1:8: warning: the title is in capitals; write it as a sentence [title-in-capitals]"
        in checked.stderr
    )


def test_a_language(copy: Path) -> None:
    follow(copy, "A language")
    labels = tomllib.loads((copy / "briefing/compose/labels/nl.toml").read_text(encoding="utf-8"))
    assert labels["summary"] == "Kern"
    small_brief(copy / "brief", SMALL.replace("en-GB", "nl"))
    checked = run(copy, "check", "brief")
    assert "unlabelled-language" not in checked.stderr
    assert "Kern" in run(copy, "tree", "brief").stdout
