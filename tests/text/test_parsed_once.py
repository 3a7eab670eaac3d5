"""Each text of a brief is parsed once, whatever is then done with it: checked, compared, composed or printed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from pydantic import BaseModel

import briefing
from briefing.run.load import load
from briefing.text.prose import Prose, QuotedWords
from tests.running import EXAMPLES, ISSUES


def texts_below(value: Any) -> Iterator[str]:
    """Every text value as it was typed."""
    if isinstance(value, (Prose, QuotedWords)):
        yield value.text
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from texts_below(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_below(inner)


def texts_of(*names: str) -> Counter[str]:
    """The texts of the briefs in these folders of the examples, each counted as often as it stands in them."""
    return Counter(text for name in names for text in texts_below(load(EXAMPLES / name / "brief.yaml").brief))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each text was parsed since the test began; the saved texts of sources in Markdown are not counted."""
    count: Counter[str] = Counter()
    parse = MarkdownIt.parse

    def counting(reader: MarkdownIt, src: str, env: Any = None) -> Any:
        rules = reader.get_active_rules()["block"]
        if "note" in rules or "heading" not in rules:
            count[src] += 1
        return parse(reader, src, env)

    monkeypatch.setattr(MarkdownIt, "parse", counting)
    return count


def test_building_a_brief_parses_each_text_once(tmp_path: Path, parsed: Counter[str]) -> None:
    folder = shutil.copytree(EXAMPLES / "veska-flood-storage", tmp_path / "veska-flood-storage")
    result = briefing.build(folder)
    assert [output.format for output in result.outputs] == ["pdf", "docx"]
    found = Counter(parsed)
    assert found == texts_of("veska-flood-storage", "veska-flood-storage/previous") and found.total() > 100


def test_comparing_two_issues_parses_no_text_twice(parsed: Counter[str]) -> None:
    briefing.what_changed(EXAMPLES / ISSUES[1], EXAMPLES / ISSUES[2])
    found = Counter(parsed)
    # Each of the two is read with the issue before it, whose quotes nothing asks for.
    assert texts_of(*ISSUES[1:]) <= found <= texts_of(ISSUES[0], ISSUES[1], ISSUES[1], ISSUES[2])
