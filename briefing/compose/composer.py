"""Composing the document: every section from its data, then one pass each for captions, notes and cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.compose.captions import aim_references, fill_cross_references, lead_to_drawings, number_captions
from briefing.compose.change_marks import mark_changes
from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composing
from briefing.compose.figure_blocks import figure_blocks
from briefing.compose.footnotes import collect_footnotes
from briefing.compose.masthead import footer, header, masthead, properties
from briefing.compose.prose_blocks import ProseReader
from briefing.compose.since_last_issue import since_last_issue
from briefing.compose.source_notes import number_notes
from briefing.compose.typography import typeset
from briefing.compose.wording import Wording
from briefing.document.drawing import Picture
from briefing.document.inlines import Text
from briefing.document.sheet import Sheet
from briefing.document.tree import Block, Direction, Document, Heading, Navigation, Section
from briefing.lengths import A4, PAPER_SIZES, PaperSize
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief, OwnSection
from briefing.schema.brief import FIXED
from briefing.series.last_issue import Compared, Comparison


def section_order(own: Sequence[OwnSection]) -> list[str]:
    """The names of all sections in order, `own/<id>` for an office's own.

    Sections that follow the same one keep the order of the data file; one that names none comes after the last of the built-in ones.
    """
    followers: dict[str, list[str]] = {}
    for section in own:
        followers.setdefault(section.after or FIXED[-1].key, []).append(str(section.id))
    order: list[str] = []

    def put(name: str, key: str) -> None:
        order.append(name)
        for follower in followers.pop(key, []):
            put(f"own/{follower}", follower)

    for kind in FIXED:
        put(kind.key, kind.key)
    return order


def resolve(
    brief: Brief,
    pictures: Mapping[str, Picture],
    evidence: Mapping[str, QuoteEvidence] | None = None,
    build: str = "",
    since: Comparison | None = None,
    paper: PaperSize = A4,
    sheet: Sheet | None = None,
) -> Document:
    """Compose `brief`, whose items all have ids and whose references all lead somewhere.

    `pictures` holds every image of the data by its path; `evidence` what is known of each quote, by its id; `build` names this build of the data
    in the finished file; `since` is what is known of the changes since the last issue, None for a brief that names none; `paper` is
    the sheet of a brief that names none; drawings are made for `sheet`, for a plain page when it is left out.
    """
    wording = Wording.of(brief.language)
    sections = tuple(_sections(Composing(brief, wording, sheet or Sheet.plain(), pictures, evidence or {})))
    if since is not None:
        opening = next((place for place, section in enumerate(sections, 1) if section.kind == "summary"), 0)
        sections = (*sections[:opening], since_last_issue(since, brief, wording), *sections[opening:])
    sections = aim_references(sections, brief)
    sections = number_captions(sections, wording)
    sections = number_notes(sections, {source.id: source for source in brief.sources}, wording)
    sections = fill_cross_references(sections, brief, wording)
    sections = lead_to_drawings(sections)
    sections = collect_footnotes(sections)
    if isinstance(since, Compared):
        sections = mark_changes(sections, since.changes, wording)
    rtl = wording.locale.character_order == "right-to-left"
    composed = Document(
        language=brief.language,
        direction=Direction.RIGHT_TO_LEFT if rtl else Direction.LEFT_TO_RIGHT,
        paper=PAPER_SIZES[brief.paper.value] if brief.paper else paper,
        properties=properties(brief, build),
        header=header(brief),
        footer=footer(brief, wording),
        masthead=masthead(brief, wording),
        sections=sections,
        navigation=Navigation(wording("skip_to_text"), wording.labels["back_to_mention"]),
    )
    return typeset(composed, wording)


def _sections(composing: Composing) -> Iterator[Section]:
    own = {f"own/{section.id}": (index, section) for index, section in enumerate(composing.brief.sections)}
    for name in section_order(composing.brief.sections):
        if name in own:
            index, section = own[name]
            after, kind, title, origin = str(section.id), "own", section.title, f"sections[{index}]"
            blocks: Iterable[Block] = ProseReader(f"section-{after}.body", f"{origin}.body").body(section.body)
            heading_origin = f"{origin}.title"
        else:
            after, kind, origin, heading_origin = name, name, name, ""
            title, blocks = _built_in(name, composing)
        made = (*blocks, *_figures(composing, after))
        if made:
            heading = Heading(f"section-{after}.heading", heading_origin, 1, (Text(title),))
            yield Section(f"section-{after}", origin, kind, heading, made)
    loose = tuple(_figures(composing, None))
    if loose:
        heading = Heading("section-figures.heading", "", 1, (Text(composing.wording("figures")),))
        yield Section("section-figures", "figures", "figures", heading, loose)


def _built_in(name: str, composing: Composing) -> tuple[str, Iterable[Block]]:
    """The heading of a section of the kind `name`, and what stands in it."""
    composer, brief = COMPOSERS[name], composing.brief
    alone = not getattr(brief, name) and bool(composer.beside and getattr(brief, composer.beside))
    title = composing.wording(f"{composer.beside}_only" if alone else name)
    return title, composer.blocks(composing) if alone or getattr(brief, name) else ()


def _figures(composing: Composing, after: str | None) -> Iterator[Block]:
    for index, item in enumerate(composing.brief.figures):
        if item.after == after:
            yield from figure_blocks(item, f"figures[{index}]", composing)
