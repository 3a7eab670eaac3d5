"""Which composer each kind of section has. A kind whose items are declared in columns has the one of tables, and is not named here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from briefing.compose.advice import ANSWERS, DECISION, RECOMMENDATIONS, RISKS, SECTORS
from briefing.compose.captions import caption
from briefing.compose.composing import (
    LONGEST_NAME,
    Composer,
    Composing,
    by_judgement,
    by_name,
    named,
    place,
    shortened,
)
from briefing.compose.figure_blocks import figure_blocks
from briefing.compose.key_figures import KEY_FIGURES
from briefing.compose.own_tables import table_blocks
from briefing.compose.positions import POSITIONS
from briefing.compose.prose_blocks import ProseReader, point_list, point_names
from briefing.compose.questions import QUESTIONS
from briefing.compose.quotations import QUOTATIONS
from briefing.compose.record_table import RecordTable
from briefing.compose.source_notes import SOURCES
from briefing.compose.timeline import TIMELINE
from briefing.document.inlines import Inline, Text
from briefing.document.tree import Block, BoxedText, ParagraphRole
from briefing.schema import BoxItem
from briefing.schema.brief import KIND_OF, KINDS
from briefing.schema.kinds import SectionKind
from briefing.series.changes import Change, ChangeKind

_WORDS: Final = {kind.key: kind.word for kind in KINDS}
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")


def _text(name: str, role: ParagraphRole, composing: Composing) -> Iterable[Block]:
    return ProseReader(name, name, role).body(getattr(composing.brief, name))


def _points(key: str, composing: Composing) -> Iterable[Block]:
    return (point_list(key, _WORDS[key], getattr(composing.brief, key)),)


def _point(change: Change, composing: Composing) -> tuple[Inline, ...]:
    name = shortened(_SENTENCE.split(change.name, maxsplit=1)[0], LONGEST_NAME)
    points = getattr(composing.brief, KIND_OF[change.family].key)
    target = point_names(change.family, points)[place(change)] if change.path else ""
    return (named(change, target, name),)


def _own_section(change: Change, composing: Composing) -> tuple[Inline, ...]:
    return (named(change, f"section-{change.item}.heading", shortened(change.name)),)


def _annex(change: Change, composing: Composing) -> tuple[Inline, ...]:
    return (named(change, f"annex-{change.item}.heading", shortened(change.name)),)


def _figure(item: Any, origin: str, composing: Composing, level: int) -> Iterable[Block]:
    return figure_blocks(item, origin, composing)


def _box(item: BoxItem, origin: str, composing: Composing, level: int) -> Iterable[Block]:
    name = f"box-{item.id}"
    title = caption(name, [Text(item.title)], composing.wording("stop"), f"{origin}.title")
    yield BoxedText(name, origin, title, ProseReader(f"{name}.body", f"{origin}.body", level=level).body(item.body))


_OWN: Final[Mapping[str, Composer]] = {
    "summary": Composer(partial(_text, "summary", ParagraphRole.BOTTOM_LINE)),
    "decision": DECISION,
    "recommendations": RECOMMENDATIONS,
    "key_figures": KEY_FIGURES,
    "key_points": Composer(partial(_points, "key_points"), _point),
    "sectors": SECTORS,
    "background": Composer(partial(_text, "background", ParagraphRole.BODY)),
    "timeline": TIMELINE,
    "quotes": QUOTATIONS,
    "stakeholders": POSITIONS,
    "open_questions": QUESTIONS,
    "risks": RISKS,
    "questions_and_answers": ANSWERS,
    "lines_to_take": Composer(partial(_points, "lines_to_take"), _point),
    "sections": Composer(describe=_own_section),
    "figures": Composer(placed=_figure),
    "tables": Composer(placed=table_blocks),
    "boxes": Composer(placed=_box),
    "annexes": Composer(describe=_annex),
    "sources": SOURCES,
}


def _composer(kind: SectionKind) -> Composer:
    """The composer of its own that a kind has, or the one of tables, which marks what changed in the first column."""
    own = _OWN.get(kind.key)
    if own is not None:
        return own
    told = by_judgement if kind.moves else by_name
    moves = {ChangeKind.MOVED: kind.moves} if kind.moves else {}
    return Composer(RecordTable(kind), told, marked=kind.columns[0].key, marked_by_change=moves)


COMPOSERS: Final = {kind.key: _composer(kind) for kind in KINDS}
"""The composer of every kind, by its key."""
