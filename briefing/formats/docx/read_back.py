"""Reading a finished DOCX back and holding it against the tree: text and notes, and headers and footers, where every kind of
page has all running lines, beside what the house prints there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from briefing.document.reading import PieceKind, behind_sources, inline_text
from briefing.document.tree import Document, FootnoteList, NoteList, RunningLine
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, Found, Remainder, align
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import expect
from briefing.formats.agreement.findings import finding, quoted, text_findings
from briefing.formats.docx import read_checks as checks
from briefing.formats.docx.elements import Element, R, child, children, name, number, value
from briefing.formats.docx.header_watermark import watermarks
from briefing.formats.docx.page import SECTION_END, page_kinds
from briefing.formats.docx.read_checks import FILE, Reading, departure
from briefing.formats.docx.read_numbering import Lists
from briefing.formats.docx.read_package import Package, UnreadablePackageError
from briefing.formats.docx.read_story import PAGE, PAGES, Note, Story
from briefing.formats.docx.read_styles import StyleSheet
from briefing.formats.docx.read_text import Printing, StoryWalk

_PLACES: Final = {"default": "every page", "first": "the first page", "even": "even pages"}


def check_running_lines(
    document: Document, package: Package, body: Element, settings: Element | None, printing: Printing
) -> Iterator[Problem]:
    """One problem for each running line that some kind of page lacks, or that cannot be seen there."""
    seen: set[tuple[str, str]] = set()
    for edge, lines in (("header", document.header), ("footer", document.footer)):
        in_force: dict[str, str] = {}
        for section in body.iter(name("sectPr")):
            for reference in children(section, f"{edge}Reference"):
                in_force[value(reference, "type") or "default"] = reference.get(f"{{{R}}}id", "")
            for kind in page_kinds(section, settings):
                key = (kind, in_force.get(kind, ""))
                if key not in seen or not key[1]:
                    seen.add(key)
                    where = f"{edge} of {_PLACES[kind]}"
                    yield from _check_edge(_edge(package, printing, key[1]), where, lines)
                    if edge == "header":
                        yield from _check_watermark(document.watermark, _root(package, key[1]), where)


def beside_running_lines(document: Document, package: Package, body: Element) -> dict[str, list[str]]:
    """What headers and footers say beyond the running lines, for each kind of page on which they say more."""
    styles = StyleSheet(package.related("styles"))
    printing = Printing(styles, Lists(None, styles))
    found: dict[str, list[str]] = {}
    for edge, lines in (("header", document.header), ("footer", document.footer)):
        for reference in body.iter(name(f"{edge}Reference")):
            _, left = _without(_edge(package, printing, reference.get(f"{{{R}}}id", "")), lines)
            if left:
                found[f"{edge} of {_PLACES.get(value(reference, 'type') or '', 'every page')}"] = left
    return found


def _check_watermark(words: str, header: Element | None, where: str) -> Iterator[Problem]:
    """Hold the watermark of one header against the document's; one that an office's own header has is its own affair."""
    if words and words not in ([] if header is None else watermarks(header)):
        yield finding("disagreement", FILE, where, "", f"the watermark {quoted(words)} is missing")


def _root(package: Package, relation: str) -> Element | None:
    """The root of the header or footer of that relation."""
    part = package.relationships(package.main).get(relation)
    return package.xml(part.target) if part else None


def _check_edge(story: Story, where: str, lines: Sequence[RunningLine]) -> Iterator[Problem]:
    """Hold one header or footer against the running lines."""
    for line in _without(story, lines)[0]:
        words = quoted(inline_text(line.children, "{page}", "{pages}"))
        yield finding("disagreement", FILE, where, line.id, f"the running line {words} is missing", line.origin)
    ours = [bare(inline_text(line.children, PAGE, PAGES))[0] for line in lines]
    hidden = defaultdict[tuple[str, int], str](str)
    for segment in story.segments:
        if segment.fault:
            hidden[segment.fault, segment.paragraph.number] += segment.text
    for (fault, _), text in hidden.items():
        if not any(bare(text)[0] in line for line in ours):
            continue  # What an office hides in a header is its own affair.
        words = text.replace(PAGE, "{page}").replace(PAGES, "{pages}")
        yield finding("not-visible", FILE, where, "", f"{quoted(words)} {fault}")


def _without(story: Story, lines: Sequence[RunningLine]) -> tuple[list[RunningLine], list[str]]:
    """The running lines that a header or footer lacks, and what it says beyond them."""
    remainder = Remainder(story.text)
    texts = {line: inline_text(line.children, PAGE, PAGES) for line in lines}
    by_length = sorted(lines, key=lambda line: -len(texts[line]))
    return [line for line in by_length if not remainder.take(bare(texts[line])[0])], remainder.left()


def _edge(package: Package, printing: Printing, relation: str) -> Story:
    """The header or footer of that relation, as it is printed."""
    story, part = Story(), package.relationships(package.main).get(relation)
    root = package.xml(part.target) if part else None
    if root is not None and part is not None:
        running = replace(printing, lists=Lists(None, printing.styles), running=True)
        StoryWalk(running, story, package.relationships(part.target)).blocks(root)
    return story


_RESTARTS: Final[dict[str | None, str]] = {"eachSect": "in each section", "eachPage": "on each page"}
NOTE_KINDS: Final = {"endnote": "lowerRoman", "footnote": "decimal"}
"""The kinds of notes in the order in which they are read here, with the numbers that Word gives where nobody asks for others."""
_KINDS: Final = frozenset(PieceKind) - {PieceKind.DRAWN, PieceKind.DATA}


def verify_docx(document: Document, data: bytes, *, house: bool = False) -> tuple[Problem, ...]:
    """Everything in which the DOCX `data` departs from `document`; empty when they agree.

    Held together are text and its order with the numbers that Word works out (lists, notes, captions), running lines,
    visibility, links, headings, tables, pictures, title and language. A file that cannot be read is one problem.
    With `house` the styles are an office's own: numbers that they give to headings are not held against the document.
    """
    try:
        return tuple(_departures(document, Package(data), house, with_properties=True))
    except UnreadablePackageError as error:
        return (departure(f"it cannot be read back: {error}"),)


def verify_docx_content(document: Document, data: bytes, *, house: bool = False) -> tuple[Problem, ...]:
    """The same without what the file says of itself: its properties and its language.

    Raises `UnreadablePackageError` for a file that cannot be read.
    """
    return tuple(_departures(document, Package(data), house, with_properties=False))


def _departures(document: Document, package: Package, house: bool, *, with_properties: bool) -> Iterator[Problem]:
    """Every departure, text first."""
    settings, root = package.related("settings"), package.xml(package.main)
    styles = StyleSheet(package.related("styles"))
    counted = {kind: _note_numbers(root, settings, kind) for kind in NOTE_KINDS}
    printing = Printing(styles, Lists(package.related("numbering"), styles, house=house), counted)
    at_sections = value(child(settings, "endnotePr", "pos")) == SECTION_END
    story = _read(root, package, printing, at_sections)
    expected, found = expect(_as_printed(document, at_sections), _KINDS), Found.of(story.text)
    alignment = align(expected, found) if expected.spans else Alignment((), ())
    segment_of = [place for place, segment in enumerate(story.segments) for _ in segment.text]
    places = [segment_of[found.index[at]] if at >= 0 else -1 for at in alignment.found_at]
    pieces = {at: span.piece for span in expected.spans for at in places[span.start : span.end] if at >= 0}
    reading = Reading(document, package, story, expected, places, pieces)
    yield from text_findings(FILE, expected, found, alignment, lambda place: "")
    yield from _beside_the_text(story)
    marks = [mark for part in (root, settings) if part is not None for mark in part.iter(name("numRestart"))]
    for restart in {value(mark) for mark in marks} & _RESTARTS.keys():
        yield departure(f"its notes are numbered anew {_RESTARTS[restart]}")
    if story.unclosed:
        yield departure("a field is begun and never ended, so the text after it is lost")
    yield from checks.check_visible(reading)
    if root is not None:
        yield from check_running_lines(document, package, root, settings, printing)
    for check in (checks.check_links, checks.check_fields, checks.check_headings, checks.check_tables):
        yield from check(reading)
    yield from checks.check_pictures(reading)
    yield from checks.check_boxes(reading)
    if with_properties:
        yield from _check_end(document, at_sections)
        yield from checks.check_properties(reading, styles.language)


def _read(root: Element | None, package: Package, printing: Printing, at_sections: bool) -> Story:
    """The body, then each note in the order in which Word prints them: that of their first mention.

    Endnotes stand `at_sections`, at the end of each, or at that of the document.
    """
    story = Story()
    body = child(root, "body")
    if body is None:
        return story
    walk = StoryWalk(printing, story, package.relationships(package.main))
    read: set[Note] = set()

    def read_notes(kind: str) -> None:
        part = package.related_name(f"{kind}s")
        notes = {Note(kind, value(each, "id") or ""): each for each in children(package.xml(part), kind)}
        for note in [each for each in story.notes if each in notes and each not in read]:
            read.add(note)
            start, mark = len(story.segments), printing.note_mark(note, story.notes)
            StoryWalk(printing, story, package.relationships(part), mark).blocks(notes[note])
            story.owners.update(dict.fromkeys(range(start, len(story.segments)), note))

    if at_sections:
        walk.at_section_end = partial(read_notes, "endnote")
    walk.blocks(body)
    story.unclosed = walk.fields.unclosed
    for kind in NOTE_KINDS:
        read_notes(kind)
    return story


def _beside_the_text(story: Story) -> Iterator[Problem]:
    for text in story.boxed:
        yield departure(f"{quoted(text)} stands in a text box, beside the text")
    for element in story.foreign:
        yield departure(f"it takes in content from another file ({element})")
    if story.floating:
        message = f"{story.floating} of its drawings float over the text and may cover it"
        yield finding("not-visible", FILE, "", "", message)


def _note_numbers(root: Element | None, settings: Element | None, kind: str) -> tuple[str, int]:
    """How notes of that kind are counted: as the last section says that says so, or the settings, else as Word does."""
    sections = [] if root is None else list(root.iter(name("sectPr")))
    holders = [child(each, f"{kind}Pr") for each in (*reversed(sections), settings)]
    style = next((held for each in holders if (held := value(child(each, "numFmt")))), NOTE_KINDS[kind])
    first = next((start for each in holders if (start := number(child(each, "numStart"))) is not None), 1)
    return style, first


def _as_printed(document: Document, at_sections: bool) -> Document:
    """The document with all footnotes behind the last section, as they are read here: they stand in a part of their own.

    So do endnotes that do not stand `at_sections`; that what is to follow the sources stands before them is told apart.
    """
    apart = FootnoteList if at_sections else (FootnoteList, NoteList)
    moved = [block for section in document.sections for block in section.blocks if isinstance(block, apart)]
    if not moved:
        return document
    sections = [
        replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, apart)))
        for section in document.sections
    ]
    in_order = sorted(moved, key=lambda block: isinstance(block, FootnoteList))
    sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, *in_order))
    return replace(document, sections=tuple(sections))


def _check_end(document: Document, at_sections: bool) -> Iterator[Problem]:
    if behind_sources(document) is not None and not at_sections:
        yield departure("its sources stand behind what is to follow them")
