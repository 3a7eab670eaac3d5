"""What is kept beside the data file stays there, and what stands in its way costs no build."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.run.word_files.edits_in_place import HowMuch, note_pulled, pulled
from briefing.run.word_files.kept_builds import LARGEST_BASE, keep_build, kept_builds

SHA256 = "0" * 64


@pytest.mark.parametrize("linked", [".briefing", ".briefing/pulled", f".briefing/pulled/{SHA256}"])
def test_no_note_of_a_pull_leads_out_of_the_folder(linked: str, tmp_path: Path) -> None:
    data_file = tmp_path / "brief" / "brief.yaml"
    outside = tmp_path / "outside"
    (outside / "pulled").mkdir(parents=True)
    (outside / SHA256).write_text("wholly")
    link = data_file.parent / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / SHA256 if linked.endswith(SHA256) else outside)
    before = {each: each.stat().st_mtime_ns for each in outside.rglob("*")}
    with pytest.raises(RenderError) as caught:
        note_pulled(data_file, SHA256, HowMuch.IN_PART)
    assert "leads out of the brief's folder" in caught.value.problems[0].message
    assert pulled(data_file, SHA256) is None
    assert {each: each.stat().st_mtime_ns for each in outside.rglob("*")} == before


@pytest.mark.parametrize("linked", [".briefing", ".briefing/builds", ".briefing/builds/other.json"])
def test_no_build_is_kept_or_looked_for_outside(linked: str, tmp_path: Path) -> None:
    data_file = tmp_path / "brief" / "brief.yaml"
    outside = tmp_path / "outside"
    (outside / "builds").mkdir(parents=True)
    for file in (outside / "other.json", outside / "builds" / "other.json"):
        file.write_text("{}")
    link = data_file.parent / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "other.json" if linked.endswith(".json") else outside)
    keep_build(data_file, "other", b"[]")
    assert [*kept_builds(data_file)] == []
    assert {each.read_text() for each in outside.rglob("*.json")} == {"{}"}


def test_what_stands_in_the_way_of_a_kept_build_stops_nothing(tmp_path: Path) -> None:
    data_file, builds = tmp_path / "brief.yaml", tmp_path / ".briefing" / "builds"
    keep_build(data_file, "first", b"{}")
    (builds / "second.json").mkdir()
    (builds / "third.json").symlink_to("nowhere.json")
    os.mkfifo(builds / "fourth.json")
    for build in ("second", "fourth"):
        keep_build(data_file, build, b"{}")
    with (builds / "huge.json").open("wb") as file:
        file.truncate(LARGEST_BASE + 1)
    assert ("first", b"{}") in [*kept_builds(data_file)]
    assert (builds / "second.json").is_dir(), "what nobody of us made is not taken away"
    builds.parent.rename(tmp_path / "moved")
    (tmp_path / ".briefing").write_text("no folder")
    keep_build(data_file, "fifth", b"{}")
