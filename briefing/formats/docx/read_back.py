"""Reading a finished DOCX back and holding it against the tree."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.document.reading import PieceKind
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, Found, align
from briefing.formats.agreement.expected import Expected, expect
from briefing.formats.agreement.findings import finding, quoted, text_findings
from briefing.formats.docx.read_links import LinkChecker, check_fields
from briefing.formats.docx.read_numbering import Lists
from briefing.formats.docx.read_package import (
    Element,
    Package,
    UnreadablePackageError,
    child,
    children,
    number,
    value,
    w,
)
from briefing.formats.docx.read_running import check_running_lines
from briefing.formats.docx.read_story import Segment, Story
from briefing.formats.docx.read_structure import (
    TableChecker,
    check_controls,
    check_headings,
    check_pictures,
    check_properties,
)
from briefing.formats.docx.read_styles import StyleSheet
from briefing.formats.docx.read_text import Printing, StoryWalk

FILE = "DOCX"
_KINDS = frozenset(PieceKind) - {PieceKind.DRAWN}


def verify_docx(document: Document, data: bytes) -> tuple[Problem, ...]:
    """Everything in which the DOCX `data` departs from `document`; empty when they agree.

    Held together are text and its order with the numbers that Word works out (lists, notes, captions), running lines,
    visibility, links, headings, tables, pictures, title and language. A file that cannot be read is one problem.
    """
    try:
        check = _Check(document, Package(data))
        return (*check.problems(), *check.properties())
    except UnreadablePackageError as error:
        return (finding("disagreement", FILE, "", "", f"it cannot be read back: {error}"),)


def verify_docx_content(document: Document, data: bytes) -> tuple[Problem, ...]:
    """The same without what the file says of itself: its properties and its language.

    Raises `UnreadablePackageError` for a file that cannot be read.
    """
    return tuple(_Check(document, Package(data)).problems())


class _Check:
    """One file held against one document."""

    def __init__(self, document: Document, package: Package) -> None:
        self.document = document
        self.package = package
        self.settings = package.related("settings")
        self.root = package.xml(package.main)
        styles = StyleSheet(package.related("styles"))
        self.printing = _printing(self.root, self.settings, styles, Lists(package.related("numbering"), styles))
        self.story = Story()
        self.unclosed = False
        self._read()
        self.expected: Expected = expect(document, _KINDS)
        self.found = Found.of(self.story.text)
        self.alignment = align(self.expected, self.found) if self.expected.spans else Alignment((), ())
        self.owner_of = [place for place, segment in enumerate(self.story.segments) for _ in segment.text]
        self.places = [self._segment(place) for place in self.alignment.found_at]
        self.nodes = {
            place: span.piece
            for span in self.expected.spans
            for place in self.places[span.start : span.end]
            if place >= 0
        }

    def problems(self) -> Iterator[Problem]:
        """Every departure in content, text first."""
        placed: list[Segment | None] = [self.story.segments[each] if each >= 0 else None for each in self.places]
        yield from text_findings(FILE, self.expected, self.found, self.alignment, lambda place: "")
        yield from self._beside_the_text()
        yield from self._visible()
        if self.root is not None:
            yield from check_running_lines(self.document, self.package, self.root, self.settings, self.printing)
        yield from LinkChecker(self.expected, self.story, self.places).check()
        yield from check_fields(self.story, self.nodes)
        yield from check_headings(self.document, self.story)
        yield from TableChecker(self.expected, self.story, placed).check()
        yield from check_pictures(self.expected, self.story, self.package)
        yield from check_controls(self.document, self.package)

    def properties(self) -> Iterator[Problem]:
        """Every departure in what the file says of itself."""
        yield from check_properties(self.document, self.package.core_properties(), self.printing.styles.language)

    def _read(self) -> None:
        """The body, then each note in the order in which Word prints them: that of their first mention."""
        body = child(self.root, "body")
        if body is None:
            return
        walk = StoryWalk(self.printing, self.story, self.package.relationships(self.package.main))
        walk.blocks(body)
        self.unclosed = walk.fields.unclosed
        for kind in ("endnote", "footnote"):
            self._read_notes(kind)

    def _read_notes(self, kind: str) -> None:
        part = self.package.related_name(f"{kind}s")
        notes = {value(each, "id"): each for each in children(self.package.xml(part), kind)}
        relationships = self.package.relationships(part)
        for place, identifier in enumerate(self.story.notes):
            name = identifier.removeprefix("footnote ")
            if (kind == "footnote") != (name != identifier) or name not in notes:
                continue
            start = len(self.story.segments)
            StoryWalk(self.printing, self.story, relationships, self.printing.note_number(place)).blocks(notes[name])
            self.story.owners.update(dict.fromkeys(range(start, len(self.story.segments)), identifier))

    def _segment(self, place: int) -> int:
        return self.owner_of[self.found.index[place]] if place >= 0 else -1

    def _beside_the_text(self) -> Iterator[Problem]:
        for text in self.story.boxed:
            yield finding("disagreement", FILE, "", "", f"{quoted(text)} stands in a text box, beside the text")
        for name in self.story.foreign:
            yield finding("disagreement", FILE, "", "", f"it takes in content from another file ({name})")
        if self.story.floating:
            message = f"{self.story.floating} of its drawings float over the text and may cover it"
            yield finding("not-visible", FILE, "", "", message)
        if any(value(each) == "eachSect" for each in self._restarts()):
            yield finding("disagreement", FILE, "", "", "its notes are numbered anew in each section")
        if self.unclosed:
            yield finding(
                "disagreement", FILE, "", "", "a field is begun and never ended, so the text after it is lost"
            )

    def _restarts(self) -> Iterator[Element]:
        """Where it is said when the numbers of notes start anew."""
        for root in (self.root, self.settings):
            for properties in () if root is None else root.iter(w("endnotePr")):
                yield from children(properties, "numRestart")

    def _visible(self) -> Iterator[Problem]:
        """One problem for each node and reason."""
        gathered: dict[tuple[str, str, str], str] = {}
        for place, segment in enumerate(self.story.segments):
            if segment.fault:
                piece = self.nodes.get(place)
                key = (piece.node, piece.origin, segment.fault) if piece else ("", "", segment.fault)
                gathered[key] = gathered.get(key, "") + segment.text
        for (node, origin, fault), text in gathered.items():
            yield finding("not-visible", FILE, "", node, f"{quoted(text)} {fault}", origin)


def _printing(root: Element | None, settings: Element | None, styles: StyleSheet, lists: Lists) -> Printing:
    """How endnotes are numbered: by the last section that says so, else by the settings, else in small Roman
    numbers.
    """
    sections = [] if root is None else list(root.iter(w("sectPr")))
    holders = [*(child(section, "endnotePr") for section in reversed(sections)), child(settings, "endnotePr")]
    style = next((name for each in holders if (name := value(child(each, "numFmt")))), "lowerRoman")
    first = next((start for each in holders if (start := number(child(each, "numStart"))) is not None), 1)
    return Printing(styles, lists, style, first)
