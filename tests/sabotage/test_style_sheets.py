"""Style sheets that hide, add, move or falsify what a brief says: every one of them is found in the finished PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.formats.pdf.process import PdfProcess
from tests.document.sample import sample
from tests.sabotage.themes import found, names, theme

COVER = "content: ''; position: absolute; left: 0; top: 0; background: white; height: 100%"

HIDDEN = {
    "display none": ("#key-point-1 { display: none }", "disagreement", "key-point-1-text", "is missing"),
    "visibility hidden": ("#summary-1 { visibility: hidden }", "disagreement", "summary-1", "is missing"),
    "a row of a table": ("#event-end { display: none }", "disagreement", "event-end-event-text", "is missing"),
    "column headings": ("thead { display: none }", "disagreement", "stakeholders-table-stance", "is missing"),
    "a caption": (
        "#timeline-table > caption, caption#timeline-table { display: none }",
        "disagreement",
        "timeline-table-caption",
        "is missing",
    ),
    "list markers": (".marker { display: none }", "disagreement", "key-point-2-list-1", "marker", "3."),
    "a figure": ("#timeline-figure { display: none }", "disagreement", "timeline-figure", "is missing"),
    "no type": ("#summary-1, #summary-1 * { font-size: 0 }", "disagreement", "summary-1", "is missing"),
    "lines beyond a limit": ("#key-points { max-lines: 1; block-ellipsis: auto }", "disagreement", "Third"),
    "marking in the footer": (".running-footer .marking { display: none }", "disagreement", "running-marking-bottom"),
    "all running lines": (
        "@page { @top-center { content: none } }",
        "disagreement",
        "running-caveat-top",
        "pages 1, 2",
    ),
    "page number": (".page-number::before { content: '' }", "disagreement", "running-page"),
}

UNSEEN = {
    "white ink": ("#summary-1 { color: white; background: white }", "not-visible", "summary-1", "background"),
    "almost white ink": ("#key-point-1-text { color: #eee }", "not-visible", "key-point-1-text"),
    "ink like its box": (".boxes-tinted .section.summary { background: #1d242b }", "not-visible", "summary-1"),
    "no opacity": ("#summary-1 { opacity: 0 }", "not-visible", "summary-1", "transparent"),
    "hardly any opacity": ("#summary-1 { opacity: 0.05 }", "not-visible", "summary-1"),
    "transparent ink": ("#summary-1 { color: rgb(0 0 0 / 0) }", "not-visible", "summary-1"),
    "tiny type": ("#summary-1 { font-size: 1pt }", "not-visible", "summary-1", "smaller than 5"),
    "small type": ("#notes { font-size: 4pt }", "not-visible", "source-report", "smaller than 5"),
    "scaled down": ("#summary-1 { transform: scale(0.2) }", "not-visible", "summary-1", "smaller than 5"),
    "clipped": ("#summary-1 { height: 3pt; overflow: hidden }", "not-visible", "summary-1"),
    "clipped at the side": (
        "#key-point-1-text { display: block; width: 20pt; overflow: hidden; white-space: nowrap }",
        "not-visible",
        "key-point-1-text",
    ),
    "off the page": ("#summary-1 { position: absolute; left: -900pt }", "not-visible", "summary-1", "outside"),
    "indented away": ("#summary-1 { text-indent: -9999pt }", "not-visible", "summary-1", "outside"),
    "covered": (
        f"#quote-late {{ position: relative }} #quote-late::after {{ {COVER}; width: 100% }}",
        "not-visible",
        "quote",
    ),
    "half covered": (
        f"#quote-late {{ position: relative }} #quote-late::after {{ {COVER}; width: 30% }}",
        "not-visible",
        "quote",
    ),
    "behind the page": (
        "#summary-1 { position: relative; z-index: -1 } .section.summary { z-index: 0 } body { background: white }",
        "not-visible",
        "summary-1",
    ),
    "letters on each other": ("#summary-1 { letter-spacing: -0.45em }", "not-visible", "summary-1", "printed over"),
    "text on text": ("#key-point-2 { position: relative; top: -20pt }", "not-visible", "key-point-2", "printed over"),
    "upside down": ("#summary-1 { transform: rotate(180deg) }", "not-visible", "summary-1", "upside down"),
    "mirrored": ("#summary-1 { transform: scaleX(-1) }", "not-visible", "summary-1", "mirrored"),
    "a picture without opacity": ("#figure-map img { opacity: 0 }", "not-visible", "figure-map", "cannot be seen"),
    "a picture covered": (
        f"#figure-map {{ position: relative }} #figure-map::after {{ {COVER}; width: 100% }}",
        "not-visible",
        "figure-map",
    ),
    "a picture shrunk": ("#figure-map img { width: 2pt }", "not-visible", "figure-map", "cannot be seen"),
    "running line": (".running.caveat { color: white }", "not-visible", "Not for publication"),
}

ADDED = {
    "before headings": ("h2::before { content: counter(page) ' ' }", "disagreement", "does not say"),
    "a word": ("#summary-1::after { content: ' not' }", "disagreement", "summary-1", "“not”"),
    "a counter": (
        "body { counter-reset: q } .quotation::before { counter-increment: q; content: counter(q) }",
        "disagreement",
        "“1”",
    ),
    "quotation marks": (
        ".paragraph.quote::before { content: '“' }",
        "disagreement",
        "quote-late-words-1",
        "stands ““”",
    ),
    "capitals": ("h2 { text-transform: uppercase }", "disagreement", "section-quotes-heading", "text-transform"),
    "other markers": ("li.item { list-style: inside lower-alpha }", "disagreement", "“d.”"),
    "wrong page count": (".page-count::before { content: '9' }", "disagreement", "running-page", "Page 1 of 2"),
    "wrong page number": (".page-number::before { content: counter(pages) }", "disagreement", "running-page", "page 1"),
    "a word in the margin": ("@page { @left-middle { content: 'DRAFT' } }", "disagreement", "DRAFT", "pages 1, 2"),
    "bookmark text": ("#section-quotes-heading { bookmark-label: 'Other' }", "disagreement", "bookmarks", "Other"),
    "no bookmarks": ("h1, h2 { bookmark-level: none }", "disagreement", "bookmarks"),
}

MOVED = {
    "sections turned round": (".sections { display: flex; flex-direction: column-reverse }", "disagreement", "section-sources"),
    "a section first": (".sections { display: flex; flex-direction: column } #section-quotes { order: -1 }", "disagreement", "another place"),
    "a section shifted up": ("#section-quotes { position: relative; top: -300pt }", "disagreement", "section-quotes", "stands before"),
    "a paragraph shifted down": ("#summary-1 { transform: translate(0, 200pt) }", "disagreement", "stands before section-summary"),
    "side by side, last first": ("#quote-late { display: flex; flex-direction: row-reverse }", "disagreement", "stands before quote-late-words"),
    "other paper": ("@page { size: A5 } .paper-A4 body { page: auto }", "disagreement", "the paper is not A4"),
}  # fmt: skip


@pytest.mark.parametrize(
    "guard",
    [*HIDDEN.values(), *UNSEEN.values(), *ADDED.values(), *MOVED.values()],
    ids=[*HIDDEN, *UNSEEN, *ADDED, *MOVED],
)
def test_it_is_found(guard: tuple[str, ...], process: PdfProcess, tmp_path: Path) -> None:
    css, code, *words = guard
    problems = found(process, sample(), theme(tmp_path, css))
    assert names(problems, code, *words), "\n".join(map(str, problems))


INNOCENT = {
    "nothing": "",
    "bigger type": "html { font-size: 15pt }",
    "smaller type": "html { font-size: 8pt } .paragraph, .note, td { font-size: 8pt !important }",
    "two columns of sources": ".notes { columns: 2 }",
    "other colours": "html { color: #5a2a00 } h2 { background: #223; color: #fff } tbody tr { background: #eef }",
    "grey": "html { color: #666 } a { color: #777 }",
    "wide margins": "@page { margin: 45mm }",
    "hyphens in narrow lines": "html { hyphens: auto } .paragraph { width: 70pt; text-align: justify }",
    "loose letters": "html { letter-spacing: 0.08em; word-spacing: 0.2em }",
    "small capitals": "h2 { font-variant-caps: small-caps }",
    "no ligatures": "html { font-variant-ligatures: none }",
    "all ligatures": "html { font-feature-settings: 'liga' 1, 'dlig' 1, 'frac' 1 }",
    "a page for each section": ".section { break-before: page }",
    "a drawing's own line": ".section.summary::before { content: ''; display: block; border-top: 1pt solid red }",
    "a caption below": "caption { caption-side: top; font-style: italic }",
    "a section in a box": ".boxes-tinted .section.summary { background: #123; color: white } .summary h2, .summary span { color: white }",
    "headings in the margin": ".quotation-label { float: left; width: 60pt } ",
    "facts in two columns": ".facts { columns: 2 }",
    "a footer in one line": ".running-footer { display: block; text-align: center }",
}


@pytest.mark.parametrize("css", INNOCENT.values(), ids=INNOCENT)
def test_a_matter_of_taste_is_none_of_its_business(css: str, process: PdfProcess, tmp_path: Path) -> None:
    assert found(process, sample(), theme(tmp_path, css)) == ()
