"""Templates that leave out, double, swap or falsify what the tree says: every one of them is found in the finished PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.formats.pdf.process import PdfProcess
from tests.document.sample import sample
from tests.sabotage.themes import changed, found, names, theme

TABLE = "blocks/table.html.j2"
SECTION = "blocks/section.html.j2"
NOTES = "blocks/note_list.html.j2"
FIGURE = "blocks/figure.html.j2"
QUOTATION = "blocks/quotation.html.j2"
MASTHEAD = "blocks/masthead.html.j2"
CAPTION = "blocks/caption.html.j2"
PARAGRAPH = "blocks/paragraph.html.j2"
FRAME = "base.html.j2"

COLUMN = 'class="column-{{ column.key }} align-{{ column.align.value }}" id="{{ column.id }}"'
HEADING_CELL = f'<th scope="col" {COLUMN}>{{{{ column.heading }}}}</th>'
HIDDEN_PICTURE = '<img role="presentation" aria-hidden="true" style="visibility: hidden" '
FIRST_TWICE = "{{ block(section) }}{% if loop.first %}{{ block(section) }}{% endif %}"
LABEL = '<p class="quotation-label">'
LEVEL = '"h" ~ (node.heading.level + 1)'
RUNNING_LINE = "{{ line.children | inline }}"
OTHER_RUNNING_LINE = "{{ line.children | inline | replace('2026/7', '2026/8') }}"


def inline(old: str, new: str) -> tuple[str, str]:
    """Every paragraph with one text in it put for another."""
    return "{{ node.children | inline }}", f"{{{{ node.children | inline | replace('{old}', '{new}') }}}}"


FALSE = {
    "a row left out": (TABLE, "in node.rows %}", "in node.rows[:-1] %}", "disagreement", "event-end-event-text", "is missing"),
    "a row twice": (TABLE, "in node.rows %}", "in node.rows + node.rows[-1:] %}", "disagreement", "it repeats"),
    "rows swapped": (TABLE, "in node.rows %}", "in node.rows[::-1] %}", "disagreement", "event-end", "stands before event-start"),
    "cells swapped": (TABLE, "in row.cells %}", "in row.cells[::-1] %}", "disagreement", "event-start"),
    "a cell in words": (TABLE, "{{ column.heading }}", "{{ column.heading | upper }}", "disagreement", "timeline-table-date", "DATE"),
    "headings no header cells": (TABLE, HEADING_CELL, '<td id="{{ column.id }}">{{ column.heading }}</td>', "untagged", "timeline-table", "TH"),
    "row names no header cells": (TABLE, "{% if cell.header %}", "{% if false %}", "untagged", "event-start", "TH"),
    "sections swapped": (FRAME, "in band.sections %}", "in band.sections[::-1] %}", "disagreement", "another place"),
    "a section left out": (FRAME, "in band.sections %}", "in band.sections[1:] %}", "disagreement", "summary-1", "is missing"),
    "a section twice": (FRAME, "{{ block(section) }}", FIRST_TWICE, "disagreement", "it repeats"),
    "headings no headings": (SECTION, LEVEL, '"p"', "untagged", "headings"),
    "headings of another level": (SECTION, LEVEL, '"h4"', "untagged", "H4"),
    "a heading cut": (SECTION, "node.heading.children", "node.heading.children[1:]", "disagreement", "section-summary-heading", "is missing"),
    "title left out": (MASTHEAD, "{{ node.title | inline }}", "", "disagreement", "title", "is missing"),
    "another title": (FRAME, "<title>{{ document.properties.title }}</title>", "<title>Other</title>", "disagreement", "title", "Other"),
    "another language": (FRAME, 'lang="{{ document.language }}"', 'lang="fr"', "disagreement", "language", "fr"),
    "note numbers changed": (NOTES, "{{ note.number }}", "{{ note.number + 1 }}", "disagreement", "note number", "source-gazette"),
    "notes swapped": (NOTES, "in node.notes %}", "in node.notes[::-1] %}", "disagreement", "source-gazette"),
    "a note left out": (NOTES, "in node.notes %}", "in node.notes[:-1] %}", "disagreement", "source-report", "is missing"),
    "notes without a way back": (NOTES, 'href="#{{ note.anchor }}"', "", "disagreement", "source-gazette", "back to its first mention"),
    "notes back to another mention": (NOTES, "note.anchor", "node.notes[0].anchor", "disagreement", "source-report", "back to its first mention"),
    "notes that cannot be led to": (NOTES, 'id="{{ note.id }}"', "", "disagreement", "should lead to source-gazette"),
    "other alternative text": (FIGURE, 'alt="{{ node.alt }}"', 'alt="A picture"', "disagreement", "figure-map", "A picture"),
    "no alternative text": (FIGURE, "<img ", HIDDEN_PICTURE, "disagreement", "timeline-figure", "2022"),
    "a quote without its number": (QUOTATION, "{{ node.label }}", "Quote", "disagreement", "quote-late", "Quote 1"),
    "an attribution left out": (QUOTATION, "{{ block(node.attribution) }}", "", "disagreement", "quote-late-attribution", "is missing"),
    "an attribution first": (QUOTATION, LABEL, "{{ block(node.attribution) }}" + LABEL, "disagreement", "repeats quote-late-attribution"),
    "a caption's number": (CAPTION, "{{ node.label }}", "{{ node.label }}0", "disagreement", "timeline-figure-caption", "Figure 10"),
    "a digit changed": (PARAGRAPH, *inline("2022", "2021"), "disagreement", "event-start-date-text", "March 2021"),
    "a word changed": (PARAGRAPH, *inline("late", "done"), "disagreement", "summary-1", "done"),
    "a mark's word left out": (PARAGRAPH, *inline("Strongly opposed", ""), "disagreement", "position-omega-stance-text"),
    "links that lead elsewhere": (PARAGRAPH, *inline("example.org/a", "example.org/b"), "disagreement", "https://example.org/a"),
    "links that lead nowhere": (PARAGRAPH, *inline("href=", "title="), "disagreement", "key-point-1-text", "it is no link"),
    "mentions of another source": (PARAGRAPH, *inline("#source-report", "#source-gazette"), "disagreement", "should lead to source-report"),
    "running lines swapped": (FRAME, "in document.header %}", "in document.footer %}", "disagreement", "W/2026/7", "does not say it there"),
    "a running line left out": (FRAME, ', ("caveat",)', '', "disagreement", "running-caveat-bottom"),
    "running lines of another brief": (FRAME, RUNNING_LINE, OTHER_RUNNING_LINE, "disagreement", "running-identity", "is missing"),
}  # fmt: skip


@pytest.mark.parametrize("guard", FALSE.values(), ids=FALSE)
def test_it_is_found(guard: tuple[str, ...], process: PdfProcess, tmp_path: Path) -> None:
    name, old, new, code, *words = guard
    problems = found(process, sample(), theme(tmp_path, templates=changed(name, old, new)))
    assert names(problems, code, *words), "\n".join(map(str, problems))
