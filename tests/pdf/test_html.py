"""The HTML: what the tree says, in its order, every character of it text."""

from __future__ import annotations

import dataclasses
import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.document.drawing import Drawing, Ink, Label
from briefing.document.inlines import CrossReference, Text
from briefing.document.reading import PieceKind, inline_text, reading
from briefing.document.tree import Properties, Table
from briefing.document.walk import identifiers, rewrite, walk
from briefing.errors import Place, RenderError, UsageError
from briefing.formats.html.blocks import html, inline_html, svg
from briefing.themes.theme import Theme
from tests.document.sample import drawing as sample_drawing
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
    # In print a caption has the id of its table, so that what leads there leads above it.
    captions = {node.caption.id for node in walk(document) if isinstance(node, Table) and node.caption}
    assert set(identifiers(document)) - captions <= set(found)


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
    assert {element.tag for element in page.get_element_by_id("title")} <= {"wbr"}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("a short-word and/or another", "a short-word and/or another"),
        ("see (https://example.org/a-b/c.html).", "see (https://example.org/a-|b/|c|.html)."),
        ("https://example.org/?a=1&b=2&c_d", "https://example.org/?|a=|1&|b=|2&|c_|d"),
        ("ottilie.brandhaug@council.example", "ottilie.brandhaug@council.example"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"),
        (f"x {'w' * 90} y", f"x |{'w' * 40}|{'w' * 40}|{'w' * 10}| y"),
        ("<" * 41, f"|{'<' * 40}|<|"),
    ],
)
def test_addresses_and_endless_words_may_be_broken(text: str, broken: str) -> None:
    made = str(inline_html([Text(text)]))
    assert unescape(made.replace("<wbr>", "|")) == broken


@pytest.mark.parametrize(("words", "length"), [("Quote 2", "short"), ("What do ten years of upkeep cost?", "long")])
def test_only_short_mentions_may_be_kept_on_a_line(words: str, length: str) -> None:
    made = lxml.html.fragment_fromstring(str(inline_html([CrossReference("there", words)])))
    assert made.get("class") == f"cross-reference {length}" and made.text_content() == words


HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style></p></td>",
    "<img src=x onerror=alert(1)>",
    "{{ document.title }} {% raw %} {# no #} ${x} #{y}",
    "\" onmouseover=\"x' autofocus='",
    "} p { display: none } /* ",
    "&lt;b&gt; &amp;nbsp; &#65;",
    "]]> <!-- --> <?php ?>",
)


def markup(page: lxml.html.HtmlElement) -> list[tuple[object, list[str]]]:
    """The elements and the names of their attributes; where words may be broken depends on the words."""
    return [(element.tag, sorted(element.keys())) for element in page.iter() if element.tag != "wbr"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_any_node_becomes_markup(text: str) -> None:
    """Every text of the tree is replaced; the elements stay, and the text is printed as typed."""
    document = sample()

    def hostile(node: Any) -> Any:
        return Text(text) if isinstance(node, Text) else node

    changed = replace(
        document,
        properties=Properties(text, text, text, text, document.properties.created, text),
        header=rewrite(document.header, hostile),
        footer=rewrite(document.footer, hostile),
        masthead=rewrite(document.masthead, hostile),
        sections=rewrite(document.sections, hostile),
    )
    before, after = page_of(html(document, POLICY)), page_of(html(changed, POLICY))
    assert markup(after) == markup(before)
    assert after.findtext(".//title") == text
    assert after.get_element_by_id("title").text_content() == text
    printed = sum(isinstance(node, Text) for node in walk(changed))
    assert solid(after.body.text_content()).count(solid(text)) == printed


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_figure_becomes_markup(text: str) -> None:
    drawing = Drawing(90, 20, (Label(0, 10, text, 8),))
    root = lxml.etree.fromstring(svg(drawing, POLICY).encode())
    assert [child.tag.rpartition("}")[2] for child in root] == ["text"]
    assert root[0].text == text


def test_a_drawing_has_every_shape_in_order() -> None:
    root = lxml.etree.fromstring(svg(sample_drawing(), POLICY).encode())
    tags = [child.tag.rpartition("}")[2] for child in root]
    assert tags == ["line", "line", "rect", "text", "circle", "text", "circle", "text"]
    assert root[1].get("stroke-dasharray") and not root[0].get("stroke-dasharray")
    assert (root[4].get("fill"), root[4].get("stroke")) == (POLICY.inks()[Ink.MARKER], None)
    assert (root[6].get("fill"), root[6].get("stroke")) == (POLICY.inks()[Ink.PAPER], POLICY.inks()[Ink.MARKER])


def test_inks_stay_apart_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = bytes.fromhex(colour[1:])
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255

    inks = POLICY.inks()
    assert set(inks) == set(Ink)
    shades = sorted(grey(inks[ink]) for ink in (Ink.MARKER, Ink.MUTED, Ink.PAPER))
    assert all(lighter - darker > 0.3 for darker, lighter in pairwise(shades))


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
    (tmp_path / "own" / "print.css").unlink()
    (tmp_path / "own" / "print.css").symlink_to(tmp_path / "secret.txt")
    assert own.style_sheets() == POLICY.style_sheets()


def test_unknown_themes_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'policy'"):
        Theme.load("polcy")
    with pytest.raises(UsageError, match="circle"):
        theme(tmp_path, **{"theme.toml": 'inherits = "../own"'})


def test_a_theme_inherits_from_another_folder_and_in_the_end_from_policy(tmp_path: Path) -> None:
    theme(tmp_path, **{"print.css": "b {}", "crest.svg": "own"})
    house = tmp_path / "house"
    house.mkdir()
    (house / "theme.toml").write_text('inherits = "../own"', encoding="utf-8")
    (house / "print.css").write_text("c {}", encoding="utf-8")
    made = Theme.load(house)
    assert [folder.name for folder in made.folders] == ["house", "own", "policy"]
    assert made.style_sheets() == [POLICY.read("print.css"), b"b {}", b"c {}"]
    assert (
        made.read("crest.svg") == b"own"
        and dataclasses.replace(made.tokens, description=POLICY.tokens.description) == POLICY.tokens
    )
    (house / "theme.toml").write_text('inherits = "policy"', encoding="utf-8")
    assert [folder.name for folder in Theme.load(house).folders] == ["house", "policy"]


def test_what_a_theme_prints_of_itself_says_nothing_of_its_place(tmp_path: Path) -> None:
    own = theme(tmp_path, **{"base.html.j2": "{{ theme.name }}"})
    assert html(sample(), own) == "own"


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    before = theme(tmp_path, **{"print.css": "a {}"}).digest()
    assert before == theme(tmp_path, **{"print.css": "a {}"}).digest()
    shutil.copytree(tmp_path / "own", tmp_path / "elsewhere")
    assert Theme.load(tmp_path / "elsewhere").digest() == before
    assert before != theme(tmp_path, **{"print.css": "b {}"}).digest()
