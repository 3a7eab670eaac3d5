"""Inlines, drawings and templates as HTML: every character escaped, every value in its place, faults of templates told."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment
from msgspec.structs import replace

from briefing.document.columns import bands
from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Label, Pattern, Picture, Stroke, filled
from briefing.document.inlines import (
    Abbreviation,
    CheckBox,
    Citation,
    CrossReference,
    Emphasis,
    FootnoteReference,
    Inline,
    LineBreak,
    Link,
    Mark,
    MarkKind,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.tree import (
    Cell,
    Column,
    Figure,
    FigureWidth,
    Footnote,
    FootnoteList,
    ItemList,
    Note,
    Paragraph,
    ParagraphRole,
    Row,
    Table,
)
from briefing.document.walk import walk
from briefing.errors import RenderError
from briefing.formats.column_shares import percentages
from briefing.formats.html import blocks
from briefing.formats.html.blocks import Notes, compile_templates, html, inline_html, picture_url, pictures, svg
from briefing.resources import templates_folder
from briefing.themes.theme import Theme
from tests.document.sample import sample
from tests.sabotage.themes import theme

POLICY = Theme.load()
HOSTILE = "<b>&\"'</b>"
ESCAPED = "&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;"


@pytest.mark.parametrize(
    ("inline", "written"),
    [
        (Text(HOSTILE), ESCAPED),
        (Strong((Text(HOSTILE),)), f"<strong>{ESCAPED}</strong>"),
        (Emphasis((Text(HOSTILE), Text("a"))), f"<em>{ESCAPED}a</em>"),
        (Link(f"https://x.org/{HOSTILE}", (Text("a"),)), f'<a class="link" href="https://x.org/{ESCAPED}">a</a>'),
        (LineBreak(), "<br>"),
        (NoteReference(3, HOSTILE, "x\"", True), f'<a class="note-reference" id="x&#34;" href="#{ESCAPED}">3</a>'),
        (FootnoteReference("b<", HOSTILE, "x\"", "a"),
         f'<span data-tag="Reference"><a class="footnote-reference" id="x&#34;" href="#{ESCAPED}" role="doc-noteref">b&lt;</a></span>'),
        (Citation((Text("[<"), Text("]"))), '<span class="citation short" data-tag="Reference">[&lt;]</span>'),
        (Citation((Text("a" * 24),)), f'<span class="citation short" data-tag="Reference">{"a" * 24}</span>'),
        (Citation((Text("a b " * 7),)), f'<span class="citation long" data-tag="Reference">{"a b " * 7}</span>'),
        (CrossReference(HOSTILE, HOSTILE), f'<a class="cross-reference short" href="#{ESCAPED}">{ESCAPED}</a>'),
        (CrossReference("a", "a b " * 7), f'<a class="cross-reference long" href="#a">{"a b " * 7}</a>'),
        (Mark(MarkKind.LEVEL, "low", "<", "&"),
         '<span class="mark level-low"><span class="shape" aria-hidden="true">&lt;</span>\u00a0<span class="word">&amp;</span></span>'),
        (Text(HOSTILE, "fr"), f'<span lang="fr">{ESCAPED}</span>'),
        (Abbreviation(f"a{HOSTILE}", f"b{HOSTILE}"), f'<abbr title="b{ESCAPED}">a{ESCAPED}</abbr>'),
        (CheckBox("name", HOSTILE), f'<span class="check-box"><span class="shape">☐</span>\u00a0{ESCAPED}</span>'),
        (PageNumber(), '<span class="page-number"></span>'),
        (PageCount(), '<span class="page-count"></span>'),
    ],
)  # fmt: skip
def test_every_inline_is_escaped(inline: Inline, written: str) -> None:
    assert inline_html((inline,)) == written


REFERENCE = NoteReference(3, "n", "x", True)
CALLED = '<a class="note-reference" id="x" href="#n" aria-label="Source &lt;3&gt;">3</a>'
FOOT = Footnote("f", "", "a", "y", (Text("Below "), REFERENCE), "Footnote <a>")
NOTES = Notes({"n": "Source <3>", "f": FOOT.name}, {"f": FOOT})


@pytest.mark.parametrize(
    ("inline", "written"),
    [
        (REFERENCE, CALLED),
        (Strong((REFERENCE,)), f"<strong>{CALLED}</strong>"),
        (Emphasis((REFERENCE,)), f"<em>{CALLED}</em>"),
        (Link("https://x.org", (REFERENCE,)), f'<a class="link" href="https://x.org">{CALLED}</a>'),
        (Citation((REFERENCE,)), f'<span class="citation short" data-tag="Reference">{CALLED}</span>'),
        (CrossReference("n", "it"), '<a class="cross-reference short" href="#n" aria-label="Source &lt;3&gt;">it</a>'),
        (CrossReference("m", "it"), '<a class="cross-reference short" href="#m">it</a>'),
        (
            FootnoteReference("a", "f", "y", "a"),
            '<span data-tag="Reference"><a class="footnote-reference" id="y" href="#f" role="doc-noteref"'
            ' aria-label="Footnote &lt;a&gt;">a</a></span>'
            '<span class="footnote at-foot" data-tag="LI"><span class="marker" data-tag="Lbl"><a class="footnote-mark" href="#y">a</a> </span>'
            f'<span class="footnote-text" id="f" data-tag="Note">Below {CALLED}</span></span>',
        ),
    ],
)  # fmt: skip
def test_links_to_notes_are_called_what_they_lead_to_wherever_they_stand(inline: Inline, written: str) -> None:
    assert inline_html((inline,), NOTES) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a" * 24, "a" * 24),
        ("o" * 68 + "@example.org", "o" * 68 + "@example.org"),
        ("o" * 69 + "@example.org", f"{'o' * 40}<wbr>{'o' * 29}@example.or<wbr>g"),
        ("o" * 60 + "@" + "b-" * 15, f"{'o' * 40}<wbr>{'o' * 20}@{'b-' * 9}b<wbr>{'-b' * 5}-"),
        ("a" * 30 + "/" + "b" * 25, f"{'a' * 30}/<wbr>{'b' * 25}"),
        ("https://example.org/" + "a/" * 30, "https://example.org/a/" + "<wbr>a/" * 29),
        ("a" * 40, "a" * 40),
        ("a" * 41, f"<wbr>{'a' * 40}<wbr>a<wbr>"),
        ("o" * 30 + "@council.example.org", "o" * 30 + "@council.example.org"),
        ("x " + "b" * 30, "x " + "b" * 30),
        ("." + "b" * 30, f"<wbr>.{'b' * 30}"),
        ("https://example.org/a?b=c&d", "https://example.org/a?<wbr>b=<wbr>c&amp;<wbr>d"),
        ("https://example.org/?b=c&d-e", "https://example.org/?<wbr>b=<wbr>c&amp;<wbr>d-<wbr>e"),
        (f"see https://example.org/a?{'b' * 90}/c", f"see https://example.org/a?<wbr>{'b' * 40}<wbr>{'b' * 40}<wbr>{'b' * 10}/<wbr>c"),
    ],
)  # fmt: skip
def test_long_words_may_be_broken_where_no_reader_is_misled_and_lose_nothing(text: str, written: str) -> None:
    assert inline_html((Text(text),)) == written


def test_drawings_are_written_shape_by_shape() -> None:
    drawing = Drawing(
        100.0,
        50.5,
        (
            Stroke(1, 2, 3, 4, 0.75, Ink.AXIS, dashed=True),
            Stroke(1, 2, 3, 4, 1, Ink.AXIS),
            Disc(5, 6, 7, Ink.MARKER, hollow=True),
            Disc(5, 6, 7.5, Ink.MARKER),
            Box(1, 2, 3, 4, Ink.MARKER),
            Label(1, 2, HOSTILE, 8.5, Anchor.MIDDLE, strong=True, ink=Ink.TEXT),
            Label(1, 2, "a", 8.5, Anchor.START, strong=False, ink=Ink.TEXT),
        ),
    )
    inks = {ink: f"#{number:06x}" for number, ink in enumerate(Ink)}
    axis, marker, paper, text = (inks[ink] for ink in (Ink.AXIS, Ink.MARKER, Ink.PAPER, Ink.TEXT))
    size = 8.5
    assert svg(drawing, POLICY, inks, ' class="x"') == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="50.5pt" viewBox="0 0 100 50.5"'
        f' font-family="{POLICY.tokens.font.family}" class="x">'
        f'<line x1="1.00" y1="2.00" x2="3.00" y2="4.00" stroke="{axis}" stroke-width="0.75" stroke-dasharray="3 2"/>'
        f'<line x1="1.00" y1="2.00" x2="3.00" y2="4.00" stroke="{axis}" stroke-width="1"/>'
        f'<circle cx="5.00" cy="6.00" r="6.4" fill="{paper}" stroke="{marker}" stroke-width="1.2"/>'
        f'<circle cx="5.00" cy="6.00" r="7.5" fill="{marker}"/>'
        f'<rect x="1.00" y="2.00" width="3.00" height="4.00" fill="{marker}"/>'
        f'<text x="1.00" y="2.00" font-size="{size:g}" text-anchor="middle" font-weight="bold" fill="{text}">{ESCAPED}</text>'
        f'<text x="1.00" y="2.00" font-size="{size:g}" text-anchor="start" fill="{text}">a</text></svg>'
    )
    assert svg(drawing, POLICY) == svg(drawing, POLICY, POLICY.inks(), "")
    striped = Box(0, 0, 19, 4, Ink.MARKER, Pattern.STRIPED)
    plain = tuple(filled(striped))
    assert len(plain) > 3
    assert svg(Drawing(19.0, 4.0, (striped,)), POLICY) == svg(Drawing(19.0, 4.0, plain), POLICY)


def test_every_figure_has_an_address_and_its_bytes() -> None:
    document = sample()
    figures = [node for node in walk(document.sections) if isinstance(node, Figure)]
    found = pictures(document, POLICY)
    assert list(found) == [picture_url(figure) for figure in figures]
    for figure in figures:
        data, media = found[picture_url(figure)]
        if isinstance(figure.content, Drawing):
            assert picture_url(figure) == f"asset:figure/{figure.id}.svg" and media == "image/svg+xml"
            assert data == svg(figure.content, POLICY).encode()
        else:
            assert picture_url(figure) == f"asset:figure/{figure.id}.bin" and media == figure.content.media_type
            assert data == figure.content.data


def test_a_picture_of_shapes_is_given_as_such() -> None:
    figure = next(node for node in walk(sample().sections) if isinstance(node, Figure))
    drawn = replace(figure, content=Picture("it", "image/png", b"png", 1, 1, b"<svg/>"))
    assert pictures(replace(sample(), sections=(replace(sample().sections[0], blocks=(drawn,)),)), POLICY) == {
        picture_url(drawn): (b"<svg/>", "image/svg+xml")
    }


ASKED = "{{ notes_at_foot }}|{{ bands | length }}|{{ table | percentages | join(',') }}|{{ children | inline }}|{{ theme.layout.columns }}"


@pytest.mark.parametrize(
    ("settings", "medium", "columns", "is_at_foot"),
    [
        ("", "print", 1, False),
        ('footnotes = "page"', "print", 1, True),
        ('footnotes = "page"', "screen", 1, False),
        ('footnotes = "page"\ncolumns = 2', "print", 2, False),
        ("columns = 2", "print", 2, False),
        ('half_figures = "beside"', "print", 1, False),
    ],
)
def test_templates_are_told_of_the_page(
    settings: str, medium: str, columns: int, is_at_foot: bool, tmp_path: Path
) -> None:
    house = theme(tmp_path / "house", templates={"whole.html.j2": ASKED, "theme.toml": f"[layout]\n{settings}\n"})
    section, *others = sample().sections
    figure = next(node for node in walk(sample().sections) if isinstance(node, Figure))
    half = replace(figure, width=FigureWidth.HALF)
    one, other = (Paragraph(f"it-{each}", "", ParagraphRole.BODY, (Text("It is so."),)) for each in (1, 2))
    others = [replace(section, blocks=(one, half)), replace(section, blocks=(other,)), *others]
    section = replace(section, blocks=(*section.blocks, FootnoteList("feet", (FOOT,))))
    document = replace(sample(), sections=(section, *others))
    table = next(node for node in walk(document.sections) if isinstance(node, Table) and len(node.columns) > 2)
    note = next(node for node in walk(document.sections) if isinstance(node, Note))
    children = (FootnoteReference("a", FOOT.id, "y", "a"), NoteReference(1, note.id, "x", True))
    notes = {each.id: each.name for each in walk(document.sections) if isinstance(each, Footnote | Note)}
    expected = inline_html(children, Notes(notes, {FOOT.id: FOOT} if is_at_foot else {}))
    shares = percentages(table, house.sheet(), house.tokens.size)
    parted = tuple(bands(document.sections, columns, house.tokens.measure, beside="beside" in settings))
    assert columns > 1 or len(parted) == (3 if "beside" in settings else 1)
    assert 'aria-label="Footnote &lt;a&gt;"' in expected
    made = html(document, house, "whole.html.j2", table=table, children=children, medium=medium)
    assert made == f"{is_at_foot}|{len(parted)}|{','.join(map(str, shares))}|{expected}|{columns}"


def test_built_in_templates_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = type(blocks._COMPILED)()
    monkeypatch.setattr(blocks, "_COMPILED", kept)
    compile_templates()
    compiled = dict(kept._compiled)
    assert len(compiled) == len(list((templates_folder() / "policy").rglob("*.j2")))
    assert all(code is not None for code in compiled.values())
    monkeypatch.setattr(Environment, "_compile", None)  # nothing is left for it
    assert html(sample(), POLICY)
    assert kept._compiled == compiled


def test_a_template_escapes_what_it_prints_and_knows_its_theme_and_medium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_COMPILED", type(blocks._COMPILED)())
    line = "{{ document.properties.title }}|{{ theme.name }}|{{ medium }}|{{ picture_url(figure) }}|{{ block(items) }}"
    source = f"{line}\n  {{% if frame is undefined %}}\n!\n  {{% endif %}}"
    templates = {"whole.html.j2": source, "blocks/item_list.html.j2": "{{ node.id }}"}
    house = theme(tmp_path / "house", templates=templates)
    items = next(node for node in walk(sample().sections) if isinstance(node, ItemList))
    figure = next(node for node in walk(sample().sections) if isinstance(node, Figure))
    titled = replace(sample(), properties=replace(sample().properties, title=HOSTILE))
    made = html(titled, house, "whole.html.j2", figure=figure, items=items)
    assert made == f"{ESCAPED}|house|print|{picture_url(figure)}|{items.id}\n!\n"


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("\n{{ nobody }}", "the template failed: 'nobody' is undefined", 2),
        ("{{ 1 / 0 }}", "the template failed: division by zero", 1),
        ("a\n\n{% if %}", "the template failed: Expected an expression, got 'end of statement block'", 3),
    ],
)
def test_a_template_at_fault_is_told_with_its_line(tmp_path: Path, source: str, message: str, line: int) -> None:
    house = theme(tmp_path / "house", templates={"blocks/paragraph.html.j2": source})
    with pytest.raises(RenderError) as error:
        html(sample(), house)
    (problem,) = error.value.problems
    assert (problem.code, problem.message) == ("template", message)
    assert problem.hint == f"mend it in the theme '{house.name}'"
    assert problem.place and (problem.place.file, problem.place.line) == ("blocks/paragraph.html.j2", line)


def test_a_template_that_is_missing_is_named() -> None:
    with pytest.raises(RenderError) as error:
        html(sample(), POLICY, "no.html.j2")
    (problem,) = error.value.problems
    assert (problem.code, problem.hint) == ("template", "add it, or inherit from 'policy'")
    assert problem.message == "the theme 'policy' has no template 'no.html.j2' that can be read"
    assert problem.place and problem.place.file == "base.html.j2"


def test_no_column_is_narrower_than_its_longest_word() -> None:
    look = Theme.load("memo")
    said = ("Fen", "●●○\u00a0Medium", "●●●\u00a0Incontrovertible", "x" * 400)
    columns = tuple(Column(f"c{each}", f"c{each}", "", share) for each, share in enumerate((0.7, 0.1, 0.1, 0.1)))
    cells = tuple(
        Cell(f"k{each}", False, (Paragraph(f"p{each}", "", ParagraphRole.CELL, (Text(word),)),))
        for each, word in enumerate(said)
    )
    table = Table("t", "", "t", None, columns, (Row("r", "", cells),))
    sheet, size = look.sheet(), look.tokens.size
    widths = [float(each) / 100 * sheet.width for each in percentages(table, sheet, size)]
    assert sum(widths) == pytest.approx(sheet.width, rel=0.001)
    assert all(width > sheet.measure(word, size.small) for width, word in zip(widths, said[:3], strict=False))
