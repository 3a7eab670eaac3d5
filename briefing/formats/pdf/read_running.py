"""What stands on a page outside the tagged text: the running lines, each of them on every page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.document.reading import running_text
from briefing.document.tree import Document, RunningLine
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Remainder
from briefing.formats.agreement.characters import bare, matched
from briefing.formats.agreement.findings import quoted
from briefing.formats.pdf.read_text import NOT_TAGGED, Character, Page, pdf_finding, spelled


def check_running_lines(
    document: Document,
    any_order: bool,
    pages: Sequence[Page],
    outside: Sequence[Sequence[Character]],
    repeated_headings: Sequence[Sequence[str]],
    missing: Sequence[str],
) -> tuple[list[Problem], dict[str, int]]:
    """Hold the text outside the tags of each page against the running lines: the problems, and where texts that lack
    tags were found.

    In `any_order` right-to-left letters make the order of characters uncertain. `repeated_headings` are, for each
    page, the compared texts of heading rows that may be printed again on it, at the top of a column; `missing` are compared texts that
    the tagged text lacks, each of which is looked for and, when found, given back with its page (counted from 0).
    """
    lacking: dict[str, tuple[RunningLine, dict[int, str]]] = {}
    extra: dict[str, list[int]] = {}
    untagged: dict[str, int] = {}
    for page, characters in zip(pages, outside, strict=True):
        for lines, top in ((document.header, True), (document.footer, False)):
            half = Remainder(spelled(each for each in characters if (each.middle >= page.middle) == top))
            texts = dict(zip(lines, running_text(lines, page.number + 1, len(pages)), strict=True))
            by_length = sorted(lines, key=lambda line: -len(texts[line]))
            unmet = [line for line in by_length if not half.take(bare(texts[line])[0])]
            for heading in repeated_headings[page.number]:
                while heading and half.take(heading):
                    pass
            for text in missing:
                if text not in untagged and half.take(text):
                    untagged[text] = page.number
            rest = half.left()
            if any_order and matched(" ".join(texts[line] for line in unmet), bare("".join(rest))[0]) is not None:
                continue
            for line in unmet:
                lacking.setdefault(line.id, (line, {}))[1][page.number] = texts[line]
            for left_over in rest:
                extra.setdefault(left_over, []).append(page.number)
    return list(_problems(lacking, extra, outside)), untagged


def _problems(
    lacking: dict[str, tuple[RunningLine, dict[int, str]]],
    extra: dict[str, list[int]],
    outside: Sequence[Sequence[Character]],
) -> Iterator[Problem]:
    for line, wanted in lacking.values():
        message = f"the running line {quoted(wanted[min(wanted)])} is missing from the page's margin"
        yield pdf_finding("disagreement", message, line.id, line.origin, wanted)
    for text, pages in extra.items():
        message = f"{quoted(text)} stands on the page, but the brief does not say it there"
        yield pdf_finding("disagreement", message, pages=pages)
    for page, characters in enumerate(outside):
        # Text is tagged or an artifact (ISO 14289-1, 7.1).
        loose = [each for each in characters if each.run.mark == NOT_TAGGED and not each.run.artifact]
        if words := spelled(loose):
            yield pdf_finding("untagged", f"{quoted(words)} is neither tagged nor marked as an artifact", pages=[page])
