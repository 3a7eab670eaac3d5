"""Composing the document: every section from its data, then one pass each for captions, notes and cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.compose.captions import fill_cross_references, number_captions
from briefing.compose.change_marks import mark_changes
from briefing.compose.charts import figure_blocks
from briefing.compose.masthead import footer, header, masthead, properties
from briefing.compose.positions import stakeholder_blocks
from briefing.compose.prose import ProseReader, key_point_list
from briefing.compose.questions import question_blocks
from briefing.compose.quotations import quotations
from briefing.compose.since_last_issue import since_last_issue
from briefing.compose.source_notes import number_notes
from briefing.compose.timeline import timeline_blocks
from briefing.compose.wording import Wording
from briefing.document.drawing import Picture
from briefing.document.inlines import Text
from briefing.document.tree import Block, Direction, Document, Heading, ParagraphRole, Section, SectionKind
from briefing.lengths import A4, PAPER_SIZES, PaperSize
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief, OwnSection
from briefing.schema.references import SECTION_NAMES
from briefing.series.comparison import Compared, Comparison


def section_order(own: Sequence[OwnSection]) -> list[str]:
    """The names of all sections in order, `own/<id>` for an office's own.

    Sections that follow the same one keep the order of the data file; one that names none comes after the open questions.
    """
    followers: dict[str, list[str]] = {}
    for section in own:
        followers.setdefault(section.after or SECTION_NAMES[-1], []).append(str(section.id))
    order: list[str] = []

    def put(name: str, key: str) -> None:
        order.append(name)
        for follower in followers.pop(key, []):
            put(f"own/{follower}", follower)

    for name in SECTION_NAMES:
        put(name, name)
    return order


def resolve(
    brief: Brief,
    pictures: Mapping[str, Picture],
    evidence: Mapping[str, QuoteEvidence] | None = None,
    build: str = "",
    since: Comparison | None = None,
    paper: PaperSize = A4,
) -> Document:
    """Compose `brief`, whose items all have ids and whose references all lead somewhere.

    `pictures` holds every image of the data by its path; `evidence` what is known of each quote, by its id; `build` names this build of the data
    in the finished file; `since` is what is known of the changes since the last issue, None for a brief that names none; `paper` is
    the sheet of a brief that names none.
    """
    wording = Wording.of(brief.language)
    sections = tuple(_sections(brief, pictures, evidence or {}, wording))
    if since is not None:
        sections = (since_last_issue(since, brief, wording), *sections)
    sections = number_captions(sections, wording)
    sections = number_notes(sections, {source.id: source for source in brief.sources}, wording)
    sections = fill_cross_references(sections, wording)
    if isinstance(since, Compared):
        sections = mark_changes(sections, since.changes, wording)
    rtl = wording.locale.text_direction == "right-to-left"
    return Document(
        language=brief.language,
        direction=Direction.RIGHT_TO_LEFT if rtl else Direction.LEFT_TO_RIGHT,
        paper=PAPER_SIZES[brief.paper.value] if brief.paper else paper,
        properties=properties(brief, build),
        header=header(brief),
        footer=footer(brief, wording),
        masthead=masthead(brief, wording),
        sections=sections,
    )


def _sections(
    brief: Brief, pictures: Mapping[str, Picture], evidence: Mapping[str, QuoteEvidence], wording: Wording
) -> Iterator[Section]:
    own = {f"own/{section.id}": (index, section) for index, section in enumerate(brief.sections)}
    for name in section_order(brief.sections):
        if name in own:
            index, section = own[name]
            identifier, origin, kind, title = (
                f"section-{section.id}",
                f"sections[{index}]",
                SectionKind.OWN,
                section.title,
            )
            blocks: Iterable[Block] = ProseReader(f"{identifier}.body", f"{origin}.body").blocks(section.body)
            heading_origin = f"{origin}.title"
            after = str(section.id)
        else:
            identifier, origin, kind, title = f"section-{name}", name, SectionKind(name), wording(name)
            if name == "stakeholders" and not brief.stakeholders:
                title = wording("proposition_only")
            blocks = _built_in(name, brief, evidence, wording)
            heading_origin = ""
            after = name
        figures = _figures(brief, after, pictures, wording)
        made = (*blocks, *figures)
        if made:
            yield Section(
                identifier, origin, kind, Heading(f"{identifier}.heading", heading_origin, 1, (Text(title),)), made
            )
    loose = tuple(_figures(brief, None, pictures, wording))
    if loose:
        yield Section(
            "section-figures",
            "figures",
            SectionKind.FIGURES,
            Heading("section-figures.heading", "", 1, (Text(wording("figures")),)),
            loose,
        )


def _built_in(name: str, brief: Brief, evidence: Mapping[str, QuoteEvidence], wording: Wording) -> Iterable[Block]:
    match name:
        case "summary" if brief.summary:
            return ProseReader("summary", "summary", ParagraphRole.BOTTOM_LINE).blocks(brief.summary)
        case "key_points" if brief.key_points:
            return (key_point_list(brief.key_points),)
        case "background" if brief.background:
            return ProseReader("background", "background").blocks(brief.background)
        case "timeline" if brief.timeline:
            return timeline_blocks(brief.timeline, brief.date, wording)
        case "quotes" if brief.quotes:
            return quotations(brief, evidence, wording)
        case "stakeholders" if brief.stakeholders or brief.proposition:
            return stakeholder_blocks(brief.stakeholders, brief.proposition, wording)
        case "open_questions" if brief.open_questions:
            return question_blocks(brief.open_questions, brief.date, wording)
    return ()


def _figures(brief: Brief, after: str | None, pictures: Mapping[str, Picture], wording: Wording) -> Iterator[Block]:
    for index, item in enumerate(brief.figures):
        if item.after == after:
            yield from figure_blocks(item, f"figures[{index}]", pictures, wording)
