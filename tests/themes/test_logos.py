"""Logos as SVG: shapes and paints come along, what could run or ask for something is refused with its line."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from briefing.compose.pictures import logo_of
from briefing.errors import DataError

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" xmlns:own="urn:editor" '
DRAWN = (
    HEAD
    + """viewBox="0 0 80 40" own:version="9" font-family="Arial">
<!-- made by an editor --><title>Crest</title><metadata><own:who>Ann</own:who></metadata>
<style>.field{fill:#7a1f3d;font-size:9px} #wave { stroke: #fff }</style>
<defs><clipPath id="c"><circle cx="20" cy="20" r="20"/></clipPath><g id="dot"><circle r="4" fill="#123456"/></g></defs>
<rect class="field" width="80" height="40" clip-path="url(#c)"/><use x:href="#dot" x="60" y="20"/>
<path id="wave" d="M5 20h30" style="stroke-width:4;-own-tool:pen"/></svg>"""
)


def test_shapes_and_paints_are_kept_and_nothing_else() -> None:
    picture = logo_of(DRAWN.encode(), "marks/crest.svg")
    said = picture.vector.decode()
    for part in ('fill="#7a1f3d"', 'stroke="#fff"', 'stroke-width="4"', 'clip-path="url(#c)"', 'href="#dot"'):
        assert part in said, said
    for part in ("style", "class", "title", "Ann", "urn:editor", "font", "<!--"):
        assert part not in said, said
    assert (picture.name, picture.media_type, picture.width, picture.height) == ("crest.svg", "image/png", 1280, 640)
    with Image.open(io.BytesIO(picture.data)) as drawn:
        seen = [drawn.getpixel(spot) for spot in ((320, 100), (320, 320), (20, 20), (960, 320))]
    assert seen == [(0x7A, 0x1F, 0x3D), (255, 255, 255), (255, 255, 255), (0x12, 0x34, 0x56)]
    assert logo_of(picture.vector, "crest.svg").vector == picture.vector


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<script>alert(1)</script>", "line 2: it has <script>; take it out"),
        ("<text>Office</text>", "line 2: it has <text>; turn its words into paths"),
        ('<image href="crest.png"/>', "line 2: it has <image>; draw it with shapes, or save the whole as PNG"),
        ("<g><foreignObject/></g>", "line 2: it has <foreignObject>"),
        ('<rect onclick="go()"/>', "line 2: it has the attribute 'onclick', which would run"),
        (
            '<use x:href="https://example.org/a.svg#b"/>',
            "line 2: it has 'https://example.org/a.svg#b', which is not in the file",
        ),
        ('<rect fill="url(//example.org/a)"/>', "line 2: it has 'url(//example.org/a)', which is not in the file"),
        ('<rect style="fill:url(file:///etc/passwd)"/>', "line 2: it has a style that leads elsewhere"),
        (r'<rect fill="\75rl(//example.org/a)"/>', "which is not in the file"),
        ("<style>@import 'a.css';</style>", "line 2: it has a style sheet that leads elsewhere"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "a <use> repeats another <use>"),
        ("<rect>", "line 2: it is broken"),
        ('<rect width="80" height="40" fill="#fff"/>', "all of it is as white as the paper"),
    ],
)
def test_what_could_run_or_ask_for_something_is_refused_with_its_line(inner: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        logo_of(f'{HEAD}viewBox="0 0 80 40">\n{inner}</svg>'.encode(), "crest.svg")
    (problem,) = caught.value.problems
    assert problem.code == "bad-image" and said in f"{problem.message}; {problem.hint}"


def test_an_entity_reads_no_file() -> None:
    data = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>{HEAD}viewBox="0 0 9 9"><g>&e;</g></svg>'
    with pytest.raises(DataError, match="it has an entity"):
        logo_of(data.encode(), "crest.svg")
    with pytest.raises(DataError, match="it has no size"):
        logo_of(f"{HEAD}/>".encode(), "crest.svg")
