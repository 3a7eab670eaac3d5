"""Composing the document: every section from its data, then one pass each for captions, notes and cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from briefing.compose.abbreviations import spell_out
from briefing.compose.captions import (
    aim_references,
    annex_label,
    fill_cross_references,
    lead_to_drawings,
    number_captions,
)
from briefing.compose.change_marks import mark_changes
from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composing, titled_section
from briefing.compose.end_matter import CONTACTS, END_MATTER, IMPRINT, imprint
from briefing.compose.footnotes import collect_footnotes
from briefing.compose.house import PLAIN_HOUSE, House
from briefing.compose.masthead import EditionNote, footer, header, masthead, properties
from briefing.compose.paragraph_numbers import OWN, name_paragraphs, number_paragraphs, numbers_paragraphs
from briefing.compose.prose_blocks import ProseReader
from briefing.compose.since_last_issue import since_last_issue
from briefing.compose.source_notes import number_notes
from briefing.compose.typography import typeset
from briefing.compose.wording import Wording
from briefing.document.drawing import Picture
from briefing.document.inlines import Text
from briefing.document.tree import ANNEX, Block, Direction, Document, Heading, Navigation, Remark, Section
from briefing.lengths import PAPER_SIZES
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief, OwnSection
from briefing.schema.brief import FIXED, KINDS
from briefing.schema.fields import notes_to_editor
from briefing.schema.forms import END, PLACEABLE
from briefing.schema.kinds import SectionKind
from briefing.series.last_issue import Compared, Comparison

_OPENING: Final = frozenset(kind.key for kind in FIXED if kind.opening)
_LAST: Final = frozenset(
    kind.key for kind in FIXED[[kind.key for kind in FIXED].index("next_steps") + 1 :]
) | frozenset(END)
"""What stands behind an office's own sections that follow none: who agreed to the paper, and what helps to answer questions."""


def section_order(own: Sequence[OwnSection], wanted: Sequence[str] = ()) -> list[str]:
    """The names of all sections in order, `own/<id>` for an office's own.

    Those in `wanted` come first, in that order. Sections that follow the same one keep the order of the data file; one that names none comes
    after the last of the built-in ones that are no help to answer questions. A built-in one that the brief does not have leaves its name to one
    of the office's own.
    """
    named = {str(section.id) for section in own}
    placed = named.intersection(wanted)
    listed = [name for name in dict.fromkeys((*wanted, *(kind.key for kind in FIXED))) if name in {*PLACEABLE, *placed}]
    last = next((name for name in reversed(listed) if name not in _LAST and name not in named), "")
    followers: dict[str, list[str]] = {}
    for section in own:
        if str(section.id) not in placed:
            followers.setdefault(section.after or last, []).append(str(section.id))
    order: list[str] = []

    def put(name: str, key: str) -> None:
        order.append(name)
        for follower in followers.pop(key, []):
            put(f"own/{follower}", follower)

    for name in dict.fromkeys((*listed, *END)):
        if name in placed:
            put(f"own/{name}", name)
        elif name not in named:
            put(name, name)
    return order


def resolve(
    brief: Brief,
    pictures: Mapping[str, Picture],
    evidence: Mapping[str, QuoteEvidence] | None = None,
    build: str = "",
    since: Comparison | None = None,
    house: House = PLAIN_HOUSE,
    edition: EditionNote | None = None,
) -> Document:
    """Compose `brief`, whose items all have ids and whose references all lead somewhere.

    `pictures` holds every image of the data by its path; `evidence` what is known of each quote, by its id; `build` names this build of the data
    in the finished file; `since` is what is known of the changes since the last issue, None for a brief that names none; `house` is
    what it takes from the theme; `edition` what the masthead says of what this edition leaves out.
    """
    wording = Wording.of(brief.language, house.form)
    composing = Composing(brief, wording, pictures, evidence or {}, house)
    sections = tuple(_sections(composing))
    if since is not None:
        opening = max((place for place, section in enumerate(sections, 1) if section.kind in _OPENING), default=0)
        sections = (*sections[:opening], since_last_issue(since, brief, wording), *sections[opening:])
    sections = aim_references((*sections, *_annexes(composing), *imprint(composing)), brief)
    sections = number_captions(sections, wording)
    if numbers_paragraphs(brief, house.form):
        sections = name_paragraphs(number_paragraphs(sections), wording)
    sections = number_notes(sections, {source.id: source for source in brief.sources}, wording)
    last = [*(name for name in (CONTACTS,) if name not in house.form.sections(brief)), ANNEX, IMPRINT]
    sections = tuple(sorted(sections, key=lambda section: last.index(section.kind) if section.kind in last else -1))
    sections = fill_cross_references(sections, brief, wording)
    sections = lead_to_drawings(sections)
    sections = spell_out(collect_footnotes(sections, wording), brief.abbreviations)
    if isinstance(since, Compared):
        sections = mark_changes(sections, since.changes, wording)
    rtl = wording.locale.character_order == "right-to-left"
    composed = Document(
        language=brief.language,
        direction=Direction.RIGHT_TO_LEFT if rtl else Direction.LEFT_TO_RIGHT,
        paper=PAPER_SIZES[brief.paper.value] if brief.paper else house.paper,
        properties=properties(brief, build),
        header=header(brief, wording),
        footer=footer(brief, wording),
        masthead=masthead(brief, wording, house, edition),
        sections=sections,
        navigation=Navigation(wording("skip_to_text"), wording.labels["back_to_mention"]),
        watermark=house.watermark,
        remarks=tuple(Remark(path, text) for path, text in notes_to_editor(brief)),
    )
    return typeset(composed, wording)


def _sections(composing: Composing) -> Iterator[Section]:
    brief, order = composing.brief, composing.house.form.sections(composing.brief)
    own = {f"own/{item.id}": (index, item) for index, item in enumerate(brief.sections)}
    for name in section_order(brief.sections, order):
        if name in own:
            index, item = own[name]
            yield _own(item, f"sections[{index}]", 1, composing)
            continue
        title, blocks = _built_in(name, composing)
        if made := (*blocks, *_placed(composing, name)):
            yield titled_section(name, title, made)
    for kind in KINDS:
        if loose := tuple(_placed(composing, None, kind)):
            yield titled_section(kind.key, composing.wording(kind.key), loose)


def _own(section: OwnSection, origin: str, level: int, composing: Composing) -> Section:
    """A section of the office's own: its text, what is placed in it, and the sections within it."""
    name = f"section-{section.id}"
    heading = Heading(f"{name}.heading", f"{origin}.title", level, (Text(section.title),))
    body = ProseReader(f"{name}.body", f"{origin}.body", level=level).body(section.body)
    inner = (
        _own(each, f"{origin}.sections[{index}]", level + 1, composing) for index, each in _in_order(section.sections)
    )
    return Section(name, origin, OWN, heading, (*body, *_placed(composing, str(section.id), level=level), *inner))


def _in_order(sections: Sequence[OwnSection]) -> list[tuple[int, OwnSection]]:
    """Sections beside one another, each with its place in the file: in this order, but behind the one that they follow."""
    followers: dict[str | None, list[tuple[int, OwnSection]]] = {}
    for index, section in enumerate(sections):
        followers.setdefault(section.after, []).append((index, section))
    order: list[tuple[int, OwnSection]] = []

    def put(name: str | None) -> None:
        for index, section in followers.pop(name, []):
            order.append((index, section))
            put(section.id)

    put(None)
    return order


def _annexes(composing: Composing) -> Iterator[Section]:
    for index, annex in enumerate(composing.brief.annexes):
        name, origin = f"annex-{annex.id}", f"annexes[{index}]"
        title = annex_label(index, composing.wording) + composing.wording("colon") + annex.title
        heading = Heading(f"{name}.heading", f"{origin}.title", 1, (Text(title),))
        body = ProseReader(f"{name}.body", f"{origin}.body").body(annex.body)
        yield Section(name, origin, ANNEX, heading, (*body, *_placed(composing, str(annex.id))))


def _built_in(name: str, composing: Composing) -> tuple[str, Iterable[Block]]:
    """The heading of the section `name`, and what stands in it."""
    if name in END_MATTER:
        return composing.wording(name), END_MATTER[name](composing)
    composer, brief = COMPOSERS[name], composing.brief
    alone = not getattr(brief, name) and bool(composer.beside and getattr(brief, composer.beside))
    title = composing.wording(f"{composer.beside}_only" if alone else name)
    return title, composer.blocks(composing) if alone or getattr(brief, name) else ()


def _placed(composing: Composing, after: str | None, *kinds: SectionKind, level: int = 1) -> Iterator[Block]:
    """What is to stand at the end of the section `after`, of these kinds or of all."""
    for kind in kinds or KINDS:
        made = COMPOSERS[kind.key].placed
        for path, item in kind.placed(composing.brief) if made else ():
            if made and item.after == after:
                yield from made(item, path, composing, level)
