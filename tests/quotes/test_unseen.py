"""What no reader of a web page sees is no part of the words it says."""

from __future__ import annotations

import pytest

from briefing.quotes.read_any import saved_text_of
from tests.quotes.test_saved_documents import W, package

WORDS = "We will never open the sluice."
HIDDEN = [
    ('<p style="font-size:0">{}</p>', ""),
    ('<p style="font-size:1px"><b>{}</b></p>', ""),
    ('<p style="color:#fff">{}</p>', ""),
    ('<p class="a">{}</p>', ".a{color:rgb(255,255,254)}"),
    ('<p style="color:white;background:#fff"><i>{}</i></p>', ""),
    ('<p style="color:transparent">{}</p>', ""),
    ('<font color="white">{}</font>', ""),
    ('<p class="h x">{}</p>', "p.x{display:none}"),
    ('<div id="h"><p>{}</p></div>', "@media screen{#h{visibility:hidden}}"),
    ('<p class="h">{}</p>', ".h{display:none !important} p.h{display:block}"),
    ('<p style="opacity:0">{}</p>', ""),
    ('<p style="position:absolute;left:-9999px">{}</p>', ""),
    ('<p class="sr">{}</p>', ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}"),
    ('<p style="text-indent:-9999px">{}</p>', ""),
    ('<p style="clip-path:inset(50%)">{}</p>', ""),
    ('<p style="transform:scale(0)">{}</p>', ""),
    ("<dialog>{}</dialog>", ""),
    ("<title>{}</title>", ""),
]
SEEN = [
    ('<p style="color:white;background:#003">{}</p>', ""),
    ('<div style="background:url(dark.png)"><p style="color:white">{}</p></div>', ""),
    ('<link rel="stylesheet" href="page.css"><p style="color:white">{}</p>', ""),
    ('<p class="h">{}</p>', "@media print{.h{display:none}}"),
    ('<p class="h s">{}</p>', ".h{display:none} .s{display:block}"),
    ('<div style="visibility:hidden"><p style="visibility:visible">{}</p></div>', ""),
    ('<div style="font-size:0"><p style="font-size:16px">{}</p></div>', ""),
    ('<p class="h">{}</p>', ".h:hover{display:none} .h::before{display:none}"),
    ('<p style="height:1em;overflow:hidden">{}</p>', ""),
]


def said(body: str, sheet: str) -> str:
    page = f"<html><head><style>{sheet}</style></head><body><p>Nora Tamm spoke.</p>{body.format(WORDS)}</body></html>"
    return saved_text_of(page.encode(), ".html").text


@pytest.mark.parametrize(("body", "sheet"), HIDDEN)
def test_hidden_words_are_left_out(body: str, sheet: str) -> None:
    assert WORDS not in said(body, sheet)


@pytest.mark.parametrize(("body", "sheet"), SEEN)
def test_words_that_are_seen_are_read(body: str, sheet: str) -> None:
    assert WORDS in said(body, sheet)


def test_notes_are_no_words() -> None:
    assert "bank in May" in saved_text_of(b"<p>We close the bank<sup>[3]</sup> in May.</p>", ".html").text
    assert "bank in May" in saved_text_of(b"We close the bank[^1] in May.\n\n[^1]: The east.\n", ".md").text


WORD_HIDDEN = [
    '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{}</w:t></w:r></w:p>',
    '<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>{}</w:t></w:r></w:p>',
]
WORD_SEEN = [
    '<w:p><w:pPr><w:shd w:fill="000033"/></w:pPr><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{}</w:t></w:r></w:p>',
    '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000033"/></w:tcPr><w:p>'
    '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    '<w:p><w:r><w:rPr><w:sz w:val="12"/></w:rPr><w:t>{}</w:t></w:r></w:p>',
]


@pytest.mark.parametrize(
    ("body", "seen"), [*((one, False) for one in WORD_HIDDEN), *((one, True) for one in WORD_SEEN)]
)
def test_a_word_document_says_what_is_seen_in_it(body: str, seen: bool) -> None:
    made = body.format(WORDS)
    document = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Nora Tamm spoke.</w:t></w:r></w:p>{made}<w:sectPr/></w:body></w:document>'
    assert (WORDS in saved_text_of(package(document), ".docx").text) is seen
