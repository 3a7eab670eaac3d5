"""Saved texts that take long to read are kept for this user, and nobody else's word is taken for one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from briefing.apart import read_apart
from briefing.quotes import read_any
from briefing.quotes.kept_texts import MOST_KEPT
from briefing.quotes.read_any import read_saved_text
from tests.running import SMALL, briefing, small_brief

LONG = "<p>The minister said: “We will build the dam.”</p>" + "<p>And so on, as it was.</p>" * 2_500
VERSIONS = {"briefing": "1"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/briefing/texts"


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, versions: dict[str, str]) -> int:
    """How often the file was read to get its text."""
    times: list[str] = []

    def counted(function: str, *arguments: Any, name: str) -> Any:
        times.append(function)
        return read_apart(function, *arguments, name=name)

    with monkeypatch.context() as patch:
        patch.setattr(read_any, "read_apart", counted)
        kept = read_saved_text(folder, "page.html", lambda: versions)
        assert kept == read_any.saved_text_of((folder / "page.html").read_bytes(), ".html")
    return len(times)


def test_an_unchanged_source_is_read_once(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    assert [read(tmp_path, monkeypatch, VERSIONS) for _ in range(2)] == [1, 0]
    assert read(tmp_path, monkeypatch, {"briefing": "2"}) == 1
    (tmp_path / "page.html").write_text(LONG + "<p>One more.</p>", encoding="utf-8")
    assert read(tmp_path, monkeypatch, VERSIONS) == 1
    assert len(list(cache.iterdir())) == 3


@pytest.mark.parametrize("held", [b"", b"[[1, 2", b"{}", b"[[1]]", b"null", b"[" * 100_000])
def test_what_is_no_kept_text_is_read_again(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, held: bytes
) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, monkeypatch, VERSIONS)
    (file,) = cache.iterdir()
    file.write_bytes(held)
    assert read(tmp_path, monkeypatch, VERSIONS) == 1


def test_a_folder_that_others_can_write_to_is_not_trusted(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, monkeypatch, VERSIONS)
    assert cache.stat().st_mode & 0o077 == 0
    cache.chmod(0o777)
    assert read(tmp_path, monkeypatch, VERSIONS) == 1


def test_no_more_than_the_newest_are_kept(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir(parents=True, mode=0o700)
    for number in range(MOST_KEPT):
        (cache / f"{number}.json").write_bytes(b"[]")
        os.utime(cache / f"{number}.json", (number, number))
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, monkeypatch, VERSIONS)
    assert len(list(cache.iterdir())) == MOST_KEPT
    assert not (cache / "0.json").exists()


def test_texts_beside_a_brief_are_nobodys_word(tmp_path: Path) -> None:
    """Only what this user's own runs have read counts: a brief brings no texts along."""
    small_brief(tmp_path / "b", f"{SMALL}    text: page.html\n")
    (tmp_path / "b/page.html").write_text(LONG, encoding="utf-8")
    runs = [briefing("check", "b", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache")) for _ in range(2)]
    assert runs[0] == runs[1]
    assert not (tmp_path / "b/.briefing").exists()
    assert json.loads(next((tmp_path / "cache/briefing/texts").iterdir()).read_bytes())
