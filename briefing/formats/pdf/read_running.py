"""What stands on a page outside the tagged text: the running lines, each of them on every page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefing.document.reading import running_text
from briefing.document.tree import Document, RunningLine
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Remainder
from briefing.formats.agreement.characters import bare, matched
from briefing.formats.agreement.findings import finding, page_list, quoted
from briefing.formats.pdf.read_text import NOT_TAGGED, Character, Page, spelled

FILE = "PDF"


@dataclass(slots=True)
class _Line:
    """A running line that some pages lack: what each should say, and what is there instead."""

    line: RunningLine
    wanted: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutsideText:
    """The problems of the text outside the tags, and the texts of the tree that were found there."""

    problems: tuple[Problem, ...]
    untagged: dict[str, int]


def check_running_lines(
    document: Document,
    any_order: bool,
    pages: Sequence[Page],
    outside: Sequence[Sequence[Character]],
    repeated_headings: Sequence[Sequence[str]],
    missing: Sequence[str],
) -> OutsideText:
    """Hold the text outside the tags of each page against the running lines.

    In `any_order` right-to-left letters make the order of characters uncertain. `repeated_headings` are, for each
    page, the compared texts of heading rows that may be printed again at its top;
    `missing` are compared texts that the tagged text lacks, each of which is looked for and, when found, given back
    with its page (counted from 0).
    """
    lacking: dict[str, _Line] = {}
    extra: dict[str, list[int]] = {}
    untagged: dict[str, int] = {}
    for page, characters in zip(pages, outside, strict=True):
        for lines, top in ((document.header, True), (document.footer, False)):
            half = Remainder(spelled(each for each in characters if (each.middle >= page.middle) == top))
            texts = dict(zip(lines, running_text(lines, page.number + 1, len(pages)), strict=True))
            by_length = sorted(lines, key=lambda line: -len(texts[line]))
            unmet = [line for line in by_length if not half.take(bare(texts[line])[0])]
            for heading in repeated_headings[page.number] if top else ():
                half.take(heading)
            for text in missing:
                if text not in untagged and half.take(text):
                    untagged[text] = page.number
            rest = half.left()
            if any_order and matched(" ".join(texts[line] for line in unmet), bare("".join(rest))[0]) is not None:
                continue
            for line in unmet:
                lacking.setdefault(line.id, _Line(line)).wanted[page.number] = texts[line]
            for left_over in rest:
                extra.setdefault(left_over, []).append(page.number)
    return OutsideText((*_lacking(lacking.values()), *_extra(extra), *_unmarked(outside)), untagged)


def _lacking(lines: Iterable[_Line]) -> Iterator[Problem]:
    for each in lines:
        first = min(each.wanted)
        yield finding(
            "disagreement",
            FILE,
            page_list(each.wanted),
            each.line.id,
            f"the running line {quoted(each.wanted[first])} is missing from the page's margin",
            each.line.origin,
        )


def _unmarked(outside: Sequence[Sequence[Character]]) -> Iterator[Problem]:
    """Text that is neither tagged nor an artifact (ISO 14289-1, 7.1)."""
    for page, characters in enumerate(outside):
        loose = [each for each in characters if each.run.mark == NOT_TAGGED and not each.run.artifact]
        if words := spelled(loose):
            message = f"{quoted(words)} is neither tagged nor marked as an artifact"
            yield finding("untagged", FILE, page_list([page]), "", message)


def _extra(extra: dict[str, list[int]]) -> Iterator[Problem]:
    for text, pages in extra.items():
        yield finding(
            "disagreement",
            FILE,
            page_list(pages),
            "",
            f"{quoted(text)} stands on the page, but the brief does not say it there",
        )
