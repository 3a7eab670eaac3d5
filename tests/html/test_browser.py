"""Pages in a real browser: usable by everybody, on any width, in light and dark, and alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import EXAMPLE_BRIEFS, EXAMPLES, briefing, made_once
from tests.validators.browser import Browser, chromium

LETTERS_A_LINE = """
(() => {
  const paragraph = [...document.querySelectorAll(".section > .paragraph")].sort((a, b) => b.innerText.length - a.innerText.length)[0];
  const lines = Math.round(paragraph.getBoundingClientRect().height / parseFloat(getComputedStyle(paragraph).lineHeight));
  return paragraph.innerText.length / (lines - 0.5);
})()
"""
NAMES = [name.rpartition("/")[2] for name in EXAMPLE_BRIEFS]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example as HTML: built, and so read back."""

    def build(folder: Path) -> None:
        run = briefing("build", *(EXAMPLES / name for name in EXAMPLE_BRIEFS), "-f", "html", "-o", folder)
        assert run.code == 0, run.err

    return made_once(tmp_path_factory, "pages", build)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, dark: bool, built: Path, browser: Browser) -> None:
    browser.open(built / f"{name}.html", dark=dark)
    assert browser.violations() == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_for_but_the_file(name: str, built: Path, browser: Browser) -> None:
    page = built / f"{name}.html"
    browser.open(page)
    assert browser.requested == [page.resolve().as_uri()]
    assert browser.run(
        "document.fonts.check('16px \"Source Sans 3\"') && [...document.fonts].some(each => each.status === 'loaded')"
    )
    assert browser.run("[...document.images].every(each => each.naturalWidth > 0)")


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_never_wider_than_its_window(name: str, width: int, built: Path, browser: Browser) -> None:
    browser.open(built / f"{name}.html", width)
    assert browser.overflow() == 0


def test_a_line_has_a_width_that_can_be_read(built: Path, browser: Browser) -> None:
    browser.open(built / "iss-withdrawal.html")
    assert 60 <= browser.run(LETTERS_A_LINE) <= 85


def test_it_is_dark_where_the_reader_wants_it_dark_and_never_on_paper(
    built: Path, browser: Browser, tmp_path: Path
) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    browser.open(built / "iss-withdrawal.html", dark=True)
    dark = browser.run(ground)
    browser.open(built / "iss-withdrawal.html")
    assert dark != browser.run(ground) == "rgb(255, 255, 255)"


def test_citations_and_sources_lead_to_each_other(built: Path, browser: Browser) -> None:
    browser.open(built / "iss-withdrawal.html")
    assert browser.run(
        "[...document.querySelectorAll('a[href^=\"#\"]')].every(each => document.getElementById(each.getAttribute('href').slice(1)))"
    )
    mentions = set(browser.run("[...document.querySelectorAll('.note-reference')].map(each => '#' + each.id)"))
    back = set(browser.run("[...document.querySelectorAll('.note a')].map(each => each.getAttribute('href'))"))
    assert mentions and mentions <= back


def test_what_is_wrong_is_found(built: Path, browser: Browser, tmp_path: Path) -> None:
    """The checks above can fail."""
    text = (built / "veska-flood-storage.html").read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    text = re.sub(r'(<img src="[^"]*") alt="[^"]*"', r"\1", text)
    (tmp_path / "other.png").write_bytes(b"")
    text = text.replace(
        "</main>", '<img alt="" src="other.png"><p style="width: 2000px; color: #ddd">wide and faint</p></main>'
    )
    page = tmp_path / "page.html"
    page.write_text(text, encoding="utf-8")
    browser.open(page)
    found = " ".join(browser.violations())
    assert "image-alt" in found and "color-contrast" in found
    assert len(browser.requested) == 2
    assert browser.overflow() > 0
