"""What is read from files of others is kept for this user, and nobody else's word is taken for it."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from briefing import apart, kept
from briefing.compose import pictures, vector_pictures
from briefing.errors import DataError
from briefing.formats.docx import house_document
from briefing.formats.docx.house_report import house_report
from briefing.formats.docx.writer import look_of
from briefing.lengths import A4
from briefing.quotes import read_any
from briefing.quotes.read_any import read_saved_text
from briefing.themes.theme import Theme
from tests.running import ROOT, SMALL, briefing, small_brief

LONG = "<p>The minister said: “We will build the dam.”</p>" + "<p>And so on, as it was.</p>" * 2_500
DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 40'><rect width='80' height='40' fill='{}'/></svg>"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/briefing/texts"


class Counted:
    """How often something was read in the process that reads since it was last asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        self.read = apart.read_apart
        for module in (read_any, pictures, vector_pictures, house_document):
            monkeypatch.setattr(module, "read_apart", self)

    def __call__(self, function: str, *arguments: Any, name: str) -> Any:
        self.times += 1
        return self.read(function, *arguments, name=name)

    def by(self, work: Callable[[], object]) -> int:
        self.times = 0
        work()
        return self.times


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def read(folder: Path, counted: Counted) -> int:
    """How often the page was read to get its text."""
    said = read_any.saved_text_of((folder / "page.html").read_bytes(), ".html")
    return counted.by(lambda: read_saved_text(folder, "page.html") == said or pytest.fail("another text was kept"))


def noise(mode: str, kind: str) -> bytes:
    made = io.BytesIO()
    Image.frombytes(mode, (40, 20), random.Random(1).randbytes(800 * len(mode))).save(made, kind)
    return made.getvalue()


def test_an_unchanged_source_is_read_once(
    tmp_path: Path, cache: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    assert [read(tmp_path, counted) for _ in range(2)] == [1, 0]
    with monkeypatch.context() as patch:
        patch.setattr(kept, "versions_of_readers", lambda: {"briefing": "another"})
        assert read(tmp_path, counted) == 1
    (tmp_path / "page.html").write_text(LONG + "<p>One more.</p>", encoding="utf-8")
    assert read(tmp_path, counted) == 1
    assert len(list(cache.iterdir())) == 3


SAID = "TAMM: We will build the dam.\n\n\n\n> And when?\n> By May.\n\f\n  So it was."
TEXTS = {
    "letter.txt": "The letter\n\n\n\n\tWe will build the dam.\r\n\r\n  \n Yours, N. Tamm\n",
    "reply.eml": f"From: N\nSubject: The dam\nMIME-Version: 1.0\n\n{SAID}",
    "notes.md": f"# The dam\n\n{SAID}",
    "page.html": "<h1>The dam</h1><p><b>Tamm:</b> We will<blockquote>build</blockquote>",
    "talk.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Nora Tamm>We will build\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_kept_is_what_was_read(name: str, tmp_path: Path, cache: Path, counted: Counted) -> None:
    (tmp_path / name).write_text(TEXTS[name], encoding="utf-8", newline="")
    first = read_saved_text(tmp_path, name)
    assert counted.by(lambda: read_saved_text(tmp_path, name)) == 0
    assert read_saved_text(tmp_path, name) == first and first.paragraphs


@pytest.mark.parametrize("cut", [0, 1, 65, 1_000, -1])
def test_what_is_no_kept_text_is_read_again(tmp_path: Path, cache: Path, counted: Counted, cut: int) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, counted)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    for broken in (whole[:cut], whole.replace(b"dam", b"dim")):
        file.write_bytes(broken)
        assert read(tmp_path, counted) == 1


def test_a_folder_that_others_can_write_to_is_not_trusted(tmp_path: Path, cache: Path, counted: Counted) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, counted)
    assert cache.stat().st_mode & 0o077 == 0
    cache.chmod(0o777)
    assert read(tmp_path, counted) == 1


def test_no_more_than_the_newest_are_kept(tmp_path: Path, cache: Path, counted: Counted) -> None:
    cache.mkdir(parents=True, mode=0o700)
    for number in range(read_any.KEPT.most):
        (cache / f"{number}.json").write_bytes(b"[]")
        os.utime(cache / f"{number}.json", (number, number))
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    read(tmp_path, counted)
    assert len(list(cache.iterdir())) == read_any.KEPT.most
    assert not (cache / "0.json").exists()


def test_texts_beside_a_brief_are_nobodys_word(tmp_path: Path) -> None:
    """Only what this user's own runs have read counts: a brief brings no texts along."""
    small_brief(tmp_path / "b", f"{SMALL}    text: page.html\n")
    (tmp_path / "b/page.html").write_text(LONG, encoding="utf-8")
    runs = [briefing("check", "b", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache")) for _ in range(2)]
    assert runs[0] == runs[1]
    assert not (tmp_path / "b/.briefing").exists()
    assert next((tmp_path / "cache/briefing/texts").iterdir()).read_bytes()


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "PNG"), ("L", "JPEG")])
def test_a_picture_is_read_apart_and_once(mode: str, kind: str, tmp_path: Path, cache: Path, counted: Counted) -> None:
    data = noise(mode, kind)
    (tmp_path / "map.png").write_bytes(data)
    made = pictures.picture_of(data, "map.png")
    for times in (1, 0):
        assert counted.by(lambda: pictures.read_picture(tmp_path, "map.png", "figures[0].image")) == times
    assert pictures.read_picture(tmp_path, "map.png", "figures[0].image") == (made.picture, 800)
    (tmp_path / "other.png").write_bytes(data)
    assert pictures.read_picture(tmp_path, "other.png", "figures[0].image")[0].name == "other.png"


def test_a_drawn_logo_is_read_once(cache: Path, counted: Counted) -> None:
    blue, red = (DRAWN.format(colour).encode() for colour in ("blue", "red"))
    found = [pictures.logo_of(data, "crest.svg") for data in (blue, red, blue)]
    assert found[0] == found[2] != found[1] and found[0].vector
    assert counted.by(lambda: pictures.logo_of(blue, "crest.svg")) == 0


def test_a_refused_picture_is_refused_again_and_at_its_place(tmp_path: Path, cache: Path) -> None:
    """Even by a process in which the engine is loaded: it has Pillow take what is cut off for whole."""
    pictures.logo_of(DRAWN.format("green").encode(), "crest.svg")
    (tmp_path / "map.png").write_bytes(noise("RGB", "PNG")[:99])
    for path in ("figures[0].image", "figures[1].image"):
        with pytest.raises(DataError, match="cannot be used") as caught:
            pictures.read_picture(tmp_path, "map.png", path)
        assert [problem.data_path for problem in caught.value.problems] == [path]


def test_a_reference_document_is_tried_out_apart_and_once(cache: Path, counted: Counted) -> None:
    data = (ROOT / "tests/docx/house/ok-control.docx").read_bytes()
    theme = Theme.load()
    assert counted.by(lambda: look_of(theme, data, A4)) == 1
    assert counted.by(lambda: look_of(theme, data, A4)) == 0
    assert counted.by(lambda: house_report(data, theme.tokens)) == 0


def test_what_would_fill_a_disk_is_not_kept(
    tmp_path: Path, cache: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(LONG, encoding="utf-8")
    monkeypatch.setattr(kept, "LARGEST", 1_000)
    assert [read(tmp_path, counted) for _ in range(2)] == [1, 1]
    assert list(cache.iterdir()) == []
