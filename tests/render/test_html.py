"""The HTML: what the tree says, in its order, every character of it text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.inlines import Text
from briefing.document.reading import PieceKind, inline_text, reading
from briefing.document.walk import identifiers
from briefing.errors import Place, RenderError, UsageError
from briefing.render.html import html
from briefing.render.theme import Theme
from tests.document.sample import sample

POLICY = Theme.load()


def page_of(text: str) -> lxml.html.HtmlElement:
    page = lxml.html.document_fromstring(text)
    assert isinstance(page, lxml.html.HtmlElement)
    return page


def solid(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_reads_as_the_tree_does() -> None:
    document = sample()
    body = page_of(html(document, POLICY)).body
    running = body.find_class("running")
    said = sorted(solid(line.text_content()) for line in running)
    assert said == sorted(solid(inline_text(line.children)) for line in (*document.header, *document.footer))
    for line in running:
        line.drop_tree()
    # Labels of drawings stand in the picture.
    expected = "".join(piece.text for piece in reading(document) if piece.kind is not PieceKind.DRAWN)
    assert solid(body.text_content()) == solid(expected)


def test_every_node_has_its_id() -> None:
    document = sample()
    page = page_of(html(document, POLICY))
    found = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(found) == len(set(found))
    assert set(identifiers(document)) <= set(found)


def test_links_lead_to_their_targets_and_notes_back() -> None:
    page = page_of(html(sample(), POLICY))
    ids = {element.get("id") for element in page.iter()}
    targets = [str(element.get("href")) for element in page.iter("a") if str(element.get("href")).startswith("#")]
    assert targets and all(target[1:] in ids for target in targets)
    assert {"#source-gazette", "#cite-1-1"} <= set(targets)


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_any_text_stays_text(text: str) -> None:
    document = sample()
    changed = replace(document, masthead=replace(document.masthead, title=(Text(text),)))
    page = page_of(html(changed, POLICY))
    assert page.get_element_by_id("title").text_content() == text
    assert len(page.get_element_by_id("title")) == 0


def theme(tmp_path: Path, **files: str) -> Theme:
    for name, content in files.items():
        path = tmp_path / "own" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Theme.load(tmp_path / "own")


def test_a_theme_overrides_one_template_and_inherits_the_rest(tmp_path: Path) -> None:
    own = theme(
        tmp_path, **{"blocks__paragraph.html.j2": '<p class="mine" id="{{ node.id }}">{{ node.children | inline }}</p>'}
    )
    made = html(sample(), own)
    assert 'class="mine"' in made and 'class="masthead"' in made


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ node.nothing }}", "has no attribute 'nothing'"),
        ("{{ brief.title }}", "'brief' is undefined"),
        ("{% if %}", "Expected an expression"),
        ("{{ node.children | nofilter }}", "No filter named 'nofilter'"),
        ("{% include 'nowhere.j2' %}", "nowhere.j2"),
        ("{{ node.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 // 0 }}", "division"),
    ],
)
def test_a_fault_of_a_template_is_told(tmp_path: Path, template: str, said: str) -> None:
    own = theme(tmp_path, **{"blocks__paragraph.html.j2": f"{{# a fault #}}\n{template}"})
    with pytest.raises(RenderError) as caught:
        html(sample(), own)
    (problem,) = caught.value.problems
    assert problem.place == Place("blocks/paragraph.html.j2", 2, 1)
    assert said in problem.message


def test_a_theme_is_read_within_its_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    own = theme(tmp_path, **{"blocks__paragraph.html.j2": "{% include '../secret.txt' %}", "print.css": ""})
    (tmp_path / "own" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(RenderError):
        html(sample(), own)
    with pytest.raises(KeyError):
        own.read("link.txt")


def test_unknown_themes_and_settings_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'policy'"):
        Theme.load("polcy")
    with pytest.raises(UsageError, match="not a setting"):
        theme(tmp_path, **{"theme.toml": 'inherit = "policy"'})
    with pytest.raises(UsageError, match="circle"):
        theme(tmp_path, **{"theme.toml": 'inherits = "../own"'})


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    before = theme(tmp_path, **{"print.css": "a {}"}).digest()
    assert before == theme(tmp_path, **{"print.css": "a {}"}).digest()
    assert before != theme(tmp_path, **{"print.css": "b {}"}).digest()
