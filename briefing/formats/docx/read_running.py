"""Headers and footers of a finished DOCX: every kind of page has all running lines, beside what the house prints
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefing.document.reading import inline_text
from briefing.document.tree import Document, RunningLine
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Remainder
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.findings import finding, quoted
from briefing.formats.docx.read_numbering import Lists
from briefing.formats.docx.read_package import Element, Package, R, child, children, is_on, value, w
from briefing.formats.docx.read_story import PAGE, PAGES, Story
from briefing.formats.docx.read_styles import StyleSheet
from briefing.formats.docx.read_text import Printing, StoryWalk

FILE = "DOCX"
_PLACES: Final = {"default": "every page", "first": "the first page", "even": "even pages"}


def check_running_lines(
    document: Document, package: Package, body: Element, settings: Element | None, printing: Printing
) -> Iterator[Problem]:
    """One problem for each running line that some kind of page lacks, or that cannot be seen there."""
    checker = _Checker(package, replace(printing, lists=Lists(None, printing.styles), running=True))
    seen: set[tuple[str, str]] = set()
    for edge, lines in (("header", document.header), ("footer", document.footer)):
        in_force: dict[str, str] = {}
        for section in body.iter(w("sectPr")):
            for reference in children(section, f"{edge}Reference"):
                in_force[value(reference, "type") or "default"] = reference.get(f"{{{R}}}id", "")
            for kind in _kinds(section, settings):
                key = (kind, in_force.get(kind, ""))
                if key not in seen or not key[1]:
                    seen.add(key)
                    yield from checker.check(f"{edge} of {_PLACES[kind]}", key[1], lines)


def beside_running_lines(document: Document, package: Package, body: Element) -> dict[str, list[str]]:
    """What headers and footers say beyond the running lines, for each kind of page on which they say more."""
    styles = StyleSheet(package.related("styles"))
    checker = _Checker(package, Printing(styles, Lists(None, styles), "decimal", 1, running=True))
    found: dict[str, list[str]] = {}
    for edge, lines in (("header", document.header), ("footer", document.footer)):
        for reference in body.iter(w(f"{edge}Reference")):
            left = checker.left(reference.get(f"{{{R}}}id", ""), lines)
            if left:
                found[f"{edge} of {_PLACES.get(value(reference, 'type') or '', 'every page')}"] = left
    return found


def _kinds(section: Element, settings: Element | None) -> Iterator[str]:
    """The kinds of pages that a section has."""
    yield "default"
    if is_on(child(section, "titlePg")):
        yield "first"
    if is_on(child(settings, "evenAndOddHeaders")):
        yield "even"


class _Checker:
    def __init__(self, package: Package, printing: Printing) -> None:
        self._package = package
        self._printing = printing
        self._relationships = package.relationships(package.main)

    def check(self, where: str, relation: str, lines: Sequence[RunningLine]) -> Iterator[Problem]:
        """Hold one header or footer against the running lines."""
        story = self._read(relation)
        remainder = Remainder(story.text)
        texts = {line: inline_text(line.children, PAGE, PAGES) for line in lines}
        for line in sorted(lines, key=lambda line: -len(texts[line])):
            if not remainder.take(bare(texts[line])[0]):
                words = quoted(inline_text(line.children, "{page}", "{pages}"))
                yield finding("disagreement", FILE, where, line.id, f"the running line {words} is missing", line.origin)
        hidden: dict[str, str] = {}
        for segment in story.segments:
            if segment.fault:
                hidden[segment.fault] = hidden.get(segment.fault, "") + segment.text
        for fault, text in hidden.items():
            words = text.replace(PAGE, "{page}").replace(PAGES, "{pages}")
            yield finding("not-visible", FILE, where, "", f"{quoted(words)} {fault}")

    def left(self, relation: str, lines: Sequence[RunningLine]) -> list[str]:
        """What one header or footer says beyond the running lines."""
        remainder = Remainder(self._read(relation).text)
        for text in sorted((inline_text(line.children, PAGE, PAGES) for line in lines), key=len, reverse=True):
            remainder.take(bare(text)[0])
        return remainder.left()

    def _read(self, relation: str) -> Story:
        story = Story()
        relationship = self._relationships.get(relation)
        root = self._package.xml(relationship.target) if relationship else None
        if root is not None and relationship is not None:
            StoryWalk(self._printing, story, self._package.relationships(relationship.target)).blocks(root)
        return story
