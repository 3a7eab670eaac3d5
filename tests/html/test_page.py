"""HTML as a format: one file, the same bytes every time, with everything inside, built and known like the others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.themes.theme import Theme
from tests.document.sample import sample
from tests.running import SMALL, briefing
from tests.sabotage.themes import template, theme

POLICY = Theme.load()


def brief(folder: Path, text: str = SMALL) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    return folder


def test_it_is_built_recorded_and_verified_like_the_others(tmp_path: Path) -> None:
    folder = brief(tmp_path / "river")
    first = briefing("build", folder, "-f", "html")
    assert (first.code, first.err) == (0, "") and "river.html" in first.out
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["manifest.json", "river.html"]
    (output,) = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))["briefs"]["river"]["outputs"]
    assert (output["format"], output["file"], output["pages"]) == ("html", "river.html", None)
    assert "unchanged" in briefing("build", folder, "-f", "html").out
    assert briefing("verify", folder / "out").code == 0
    (folder / "out" / "river.html").write_text("other", encoding="utf-8")
    (folder / "out" / "stray.html").write_text("other", encoding="utf-8")
    run = briefing("verify", folder / "out")
    assert run.code == 4 and "river.html (html): changed" in run.out and "stray.html is in no record" in run.out


def test_three_formats_at_once_and_the_usual_two_when_none_is_named(tmp_path: Path) -> None:
    folder = brief(tmp_path / "river")
    run = briefing("build", folder, "-f", "html", "-f", "pdf", "-f", "docx", "--json")
    assert [each["format"] for each in run.objects[0]["outputs"]] == ["pdf", "docx", "html"]
    run = briefing("build", folder, "-o", tmp_path / "usual", "--json")
    assert [each["format"] for each in run.objects[0]["outputs"]] == ["pdf", "docx"]


def test_a_row_of_parameters_gives_a_page(tmp_path: Path) -> None:
    folder = brief(tmp_path / "river")
    (tmp_path / "rows.csv").write_text("title\nNorth\nSouth\n", encoding="utf-8")
    run = briefing(
        "build", folder, "-f", "html", "--params", tmp_path / "rows.csv", "--name", "{title}", "-o", tmp_path / "out"
    )
    assert run.code == 0, run.err
    assert "<title>South</title>" in (tmp_path / "out" / "South.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "North.html").exists()


def test_equal_briefs_give_equal_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one/river", "another/place/river"):
        folder = brief(tmp_path / name)
        assert briefing("build", folder, "-f", "html", "--force").code == 0
        made.append((folder / "out" / "river.html").read_bytes())
    assert made[0] == made[1]


def test_an_unknown_format_names_the_three(tmp_path: Path) -> None:
    run = briefing("build", brief(tmp_path / "river"), "-f", "htm")
    assert run.code == 2 and "did you mean 'html'?" in run.err


def test_a_redline_is_no_page(tmp_path: Path) -> None:
    folder = brief(tmp_path / "river")
    run = briefing("build", folder, "-f", "html", "--redline-from", folder, "--json")
    names = [Path(each["path"]).name for each in run.objects[0]["outputs"]]
    assert names == ["river.html", "river.redline.docx"]


@pytest.mark.parametrize(("language", "words"), [("de", "Zum Text springen"), ("fr-CA", "Aller au texte")])
def test_links_of_the_screen_are_in_the_language_of_the_brief(language: str, words: str, tmp_path: Path) -> None:
    folder = brief(tmp_path / "river", SMALL.replace("en-GB", language))
    assert briefing("build", folder, "-f", "html").code == 0
    text = (folder / "out" / "river.html").read_text(encoding="utf-8")
    assert f">{words}</a>" in text and f'<html lang="{language}"' in text


def test_the_marking_stands_at_both_ends_in_landmarks() -> None:
    text = page(sample(), POLICY).decode()
    assert re.search(
        r"<header>.*OFFICIAL.*</header>\s*<main>.*</main>\s*<footer>.*OFFICIAL.*</footer>", text, re.DOTALL
    )
    assert text.count("<h1") == text.count("<header") == text.count("<main") == text.count("<footer") == 1


def test_a_theme_brings_files_of_its_own(tmp_path: Path) -> None:
    look = theme(tmp_path, screen="header { background-image: url('asset:theme/crest.png') }")
    (tmp_path / "crest.png").write_bytes(b"crest")
    masthead = template("blocks/masthead.html.j2") + '<img src="asset:theme/crest.png" alt="">'
    (tmp_path / "blocks" / "masthead.html.j2").write_text(masthead, encoding="utf-8")
    made = page(sample(), look)
    assert made.count(b"data:image/png;base64,Y3Jlc3Q=") == 2
    assert verify_html(sample(), made) == ()


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p { background: url(asset:theme/no.png) }", "it has no file 'no.png'"),
        ("/* </style> */", "it holds '</'"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_said(css: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=re.escape(message)):
        page(sample(), theme(tmp_path, screen=css))
