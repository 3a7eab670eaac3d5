"""Templates and style sheets that leave out, hide, move, add or falsify what the tree says: each is found in the finished page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.document.sample import sample
from tests.sabotage.test_templates import (
    CAPTION,
    FIGURE,
    FIRST_TWICE,
    LABEL,
    LEVEL,
    MASTHEAD,
    NOTES,
    PARAGRAPH,
    QUOTATION,
    SECTION,
    TABLE,
    inline,
)
from tests.sabotage.themes import changed, found_in_page, names, theme

FRAME = "screen.html.j2"
HEADING_CELL = '<th scope="col"'
BODY = "<body>"
POLICY = '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">'
PICTURE = "{{ picture(node) }}\n{% endif"
OTHER_WORDS = "{{ picture(node) | replace('alt=\"', 'alt=\"A ') }}\n{% endif"
UNTOLD = ("{{ picture(node) }}</div>", "{{ picture(node) | replace(' role=\"img\"', '') }}</div>")
REPEATS = "mentions[note.id][1:]"
FOOT = 'in document.footer if line.role.value != "page" %}'

FALSE = {
    "a row left out": (TABLE, "in node.rows %}", "in node.rows[:-1] %}", "disagreement", "event-end-event-text", "is missing"),
    "rows swapped": (TABLE, "in node.rows %}", "in node.rows[::-1] %}", "disagreement", "timeline-table", "rows are not"),
    "cells swapped": (TABLE, "in row.cells %}", "in row.cells[::-1] %}", "disagreement", "event-start"),
    "headings no header cells": (TABLE, HEADING_CELL, "<td", "disagreement", "timeline-table", "column headings"),
    "headings without a scope": (TABLE, HEADING_CELL, "<th", "disagreement", "timeline-table", "column headings"),
    "row names no header cells": (TABLE, "{% if cell.header %}", "{% if false %}", "disagreement", "timeline-table", "event-start"),
    "no caption": (TABLE, "<caption id", "<p id", "disagreement", "timeline-table", "caption"),
    "rows outside the body": (TABLE, "tbody>", "tfoot>", "disagreement", "timeline-table", "rows"),
    "sections swapped": (FRAME, "in band.sections %}", "in band.sections[::-1] %}", "disagreement", "another place"),
    "a section twice": (FRAME, "{{ block(section) }}", FIRST_TWICE, "disagreement", "it repeats"),
    "headings no headings": (SECTION, LEVEL, '"p"', "disagreement", "its headings are"),
    "headings of another level": (SECTION, LEVEL, '"h4"', "disagreement", "its headings are", "4 “Bottom line”"),
    "title left out": (MASTHEAD, "{{ node.title | inline }}", "", "disagreement", "title", "is missing"),
    "another title": (FRAME, "<title>{{ document.properties.title }}</title>", "<title>Other</title>", "disagreement", "title", "Other"),
    "another language": (FRAME, 'lang="{{ document.language }}"', 'lang="fr"', "disagreement", "language", "fr"),
    "another direction": (FRAME, 'dir="{{ document.direction.value }}"', 'dir="rtl"', "disagreement", "direction", "rtl"),
    "note numbers changed": (NOTES, "{{ note.number }}", "{{ note.number + 1 }}", "disagreement", "note number", "source-gazette"),
    "notes without a way back": (NOTES, 'href="#{{ note.anchor }}"', "", "disagreement", "source-gazette", "cite-1-1"),
    "notes back to one mention": (NOTES, REPEATS, "mentions[note.id][:0]", "disagreement", "source-gazette", "cite-1-2"),
    "notes that cannot be led to": (NOTES, 'id="{{ note.id }}"', "", "disagreement", "#source-gazette, which is not there"),
    "words for a way back": (NOTES, "↑{{ loop.index + 1 }}", "see above", "disagreement", "see above"),
    "mentions that cannot be led to": (PARAGRAPH, *inline('id="cite-1-1"', ""), "disagreement", "cite-1-1"),
    "other alternative text": (FIGURE, PICTURE, OTHER_WORDS, "disagreement", "figure-map", "A "),
    "a drawing that is no picture": (FIGURE, *UNTOLD, "disagreement", "timeline-figure", "as a picture"),
    "a picture left out": (FIGURE, PICTURE, "{% endif", "disagreement", "pictures"),
    "a quote without its number": (QUOTATION, "{{ node.label }}", "Quote", "disagreement", "quote-late", "Quote 1"),
    "an attribution first": (QUOTATION, LABEL, "{{ block(node.attribution) }}" + LABEL, "disagreement", "repeats quote-late-attribution"),
    "a caption's number": (CAPTION, "{{ node.label }}", "{{ node.label }}0", "disagreement", "timeline-figure-caption", "Figure 10"),
    "a digit changed": (PARAGRAPH, *inline("2022", "2021"), "disagreement", "event-start-date-text", "March 2021"),
    "links that lead elsewhere": (PARAGRAPH, *inline("example.org/a", "example.org/b"), "disagreement", "https://example.org/a"),
    "links that lead nowhere": (PARAGRAPH, *inline("href=", "title="), "disagreement", "key-point-1-text", "it is no link"),
    "mentions of another source": (PARAGRAPH, *inline("#source-report", "#source-gazette"), "disagreement", "should lead to #source-report"),
    "links of its own": (PARAGRAPH, "<p", '<p><a href="https://example.org">x</a></p><p', "disagreement", "which the brief does not say"),
    "ids left out": (PARAGRAPH, ' id="{{ node.id }}"', "", "disagreement", "summary-1", "no element has its id"),
    "ids twice": (PARAGRAPH, "<p", '<p id="twice"></p><p', "disagreement", "twice", "elements have its id"),
    "running lines at the foot left out": (FRAME, FOOT, "in [] %}", "disagreement", "running-marking-bottom", "is missing"),
    "running lines at the head below": (FRAME, "in document.header %}", "in [] %}", "disagreement", "running-marking-top", "is missing"),
    "no way past the masthead": (FRAME, "document.navigation.skip", "document.language", "disagreement", "Skip to the text"),
    "hidden by an attribute": (PARAGRAPH, "<p", "<p hidden", "not-visible", "summary-1", "is hidden"),
    "hidden from screen readers": (PARAGRAPH, "<p", '<p aria-hidden="true"', "not-visible", "summary-1", "assistive"),
    "folded away": (QUOTATION, "<blockquote>", "<details><summary></summary><blockquote>", "not-visible", "quote-late", "folded"),
    "a script": (FRAME, BODY, BODY + "<script>alert(1)</script>", "fetch-refused", "<script>"),
    "a script in an attribute": (FRAME, BODY, '<body onload="alert(1)">', "fetch-refused", "onload"),
    "a picture from elsewhere": (FRAME, BODY, BODY + '<img alt="" src="https://example.org/i.png">', "fetch-refused", "example.org"),
    "a style sheet from elsewhere": (FRAME, BODY, BODY + '<link rel="stylesheet" href="x.css">', "fetch-refused", "<link>"),
    "another page by itself": (FRAME, POLICY, POLICY + '<meta http-equiv="refresh" content="0">', "fetch-refused", "by itself"),
    "no policy": (FRAME, POLICY, "", "fetch-refused", "Content-Security-Policy"),
    "a policy that lets scripts run": (FRAME, "{{ policy }}", "{{ policy }}; script-src 'self'", "fetch-refused", "Content-Security-Policy"),
}  # fmt: skip

SUMMARY = ("not-visible", "summary-1")
STYLES = {
    "display none": ("#summary-1 { display: none }", *SUMMARY, "is hidden"),
    "visibility hidden": ("#summary-1 { visibility: hidden }", *SUMMARY, "is hidden"),
    "hidden by what it stands in": ("main { display: none }", *SUMMARY, "is hidden"),
    "hidden by a stronger rule": ("#summary-1 { display: block } p { display: none !important }", *SUMMARY, "is hidden"),
    "hidden by a property": (":root { --d: none } #summary-1 { display: var(--d) }", *SUMMARY, "is hidden"),
    "hidden on a phone": ("@media (max-width: 30rem) { #summary-1 { display: none } }", *SUMMARY, "on a narrow screen"),
    "hidden in the dark": ("@media (prefers-color-scheme: dark) { p { display: none } }", *SUMMARY, "in dark mode"),
    "hidden on paper": ("@media print { #summary-1 { display: none } }", *SUMMARY, "in print"),
    "hidden in a rule within a rule": ("main { p { display: none } }", "not-visible", "cannot be told"),
    "hidden by a selector of tomorrow": ("p:no-such-state(x) { display: none }", "not-visible", "cannot be told"),
    "a marking that is hidden": (".marking { display: none }", "not-visible", "running-marking-top", "is hidden"),
    "a figure that is hidden": ("#figure-map img { display: none }", "not-visible", "figure-map", "is hidden"),
    "white on white": ("#summary-1 { color: white; background: #fefefe }", *SUMMARY, "contrast of 1.0 to 1"),
    "dark on dark": ("@media (prefers-color-scheme: dark) { p { color: #222 } }", *SUMMARY, "in dark mode"),
    "ink like its box": (".boxes-tinted .section.summary { background: #1d242b }", *SUMMARY, "contrast"),
    "transparent ink": ("#summary-1 { color: transparent }", *SUMMARY, "contrast"),
    "no opacity": ("#summary-1 { opacity: 0 }", *SUMMARY, "seen through"),
    "no type": ("#summary-1 { font-size: 0 }", *SUMMARY, "too small"),
    "clipped": ("#summary-1 { clip-path: inset(50%) }", *SUMMARY, "cut or covered"),
    "cut at a height": ("#summary-1 { max-height: 1em; overflow: hidden }", *SUMMARY, "cut off"),
    "cut at a line": ("#summary-1 { -webkit-line-clamp: 1 }", *SUMMARY, "cut off"),
    "off the page": ("#summary-1 { position: relative; left: -9999px }", *SUMMARY, "off the page"),
    "indented away": ("#summary-1 { text-indent: -9999px }", *SUMMARY, "off the page"),
    "taken out of the flow": ("#summary-1 { position: absolute; top: 0 }", *SUMMARY, "another place (position)"),
    "moved": ("#summary-1 { transform: translateY(400px) }", *SUMMARY, "another place (transform)"),
    "another order": ("main { display: flex } #section-summary { order: 9 }", *SUMMARY, "another place (order)"),
    "the other way round": ("main { display: flex; flex-direction: column-reverse }", *SUMMARY, "flex-direction"),
    "capitals": ("#summary-1 { text-transform: uppercase }", *SUMMARY, "text-transform"),
    "words before": ("#summary-1::before { content: 'Not ' }", "disagreement", "summary-1", 'adds "Not "'),
    "a cover": ("#summary-1::after { content: ''; position: absolute; inset: 0; background: #fff }", "disagreement", "summary-1", "cover"),
    "replaced": ("#summary-1 { content: url(data:image/png;base64,AAAA) }", *SUMMARY, "replaced"),
    "second markers": ("ul.list { list-style: disc }", "not-visible", "key-point", "second list marker"),
    "a font from elsewhere": ("@font-face { font-family: x; src: url(https://example.org/x.woff2) }", "fetch-refused", "example.org"),
    "a sheet from elsewhere": ("@import 'https://example.org/x.css';", "fetch-refused", "example.org"),
    "a picture from elsewhere": ("body { background: url(x.png) }", "fetch-refused", "x.png"),
}  # fmt: skip

TASTE = (
    "#summary-1, #summary-1 * { color: #222; background: #ffd }",
    ".paragraph { text-align: justify; hyphens: auto; margin: 2rem 0 }",
    "p { display: none } #summary-1, p { display: block }",
    "@media (min-width: 90rem) { main { columns: 2 } }",
    "h2::before { content: ''; display: block; height: 3px; background: teal }",
    ".citation { position: relative; top: -0.3em; font-size: 0.8em }",
    "a:hover { color: white } ::selection { color: red }",
)


@pytest.mark.parametrize("guard", FALSE.values(), ids=FALSE)
def test_a_template_is_found(guard: tuple[str, ...], tmp_path: Path) -> None:
    name, old, new, code, *words = guard
    problems = found_in_page(sample(), theme(tmp_path, templates=changed(name, old, new)))
    assert names(problems, code, *words), "\n".join(map(str, problems))


@pytest.mark.parametrize("guard", STYLES.values(), ids=STYLES)
def test_a_style_sheet_is_found(guard: tuple[str, ...], tmp_path: Path) -> None:
    css, code, *words = guard
    problems = found_in_page(sample(), theme(tmp_path, screen=css))
    assert names(problems, code, *words), "\n".join(map(str, problems))


@pytest.mark.parametrize("css", TASTE)
def test_a_matter_of_taste_is_none_of_its_business(css: str, tmp_path: Path) -> None:
    assert found_in_page(sample(), theme(tmp_path, screen=css)) == ()
