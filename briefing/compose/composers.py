"""Which composer each kind of section has. A kind whose items are declared in columns has the one of tables, and is not named here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from briefing.compose.captions import caption
from briefing.compose.charts import figure_blocks
from briefing.compose.composing import LONGEST_NAME, Composer, Composing, named, place, shortened
from briefing.compose.own_tables import table_blocks
from briefing.compose.positions import POSITIONS
from briefing.compose.prose_blocks import ProseReader, key_point_list, key_point_names
from briefing.compose.questions import QUESTIONS
from briefing.compose.quotations import QUOTATIONS
from briefing.compose.record_table import RecordTable
from briefing.compose.source_notes import SOURCES
from briefing.compose.timeline import TIMELINE
from briefing.document.inlines import Inline, Text
from briefing.document.tree import Block, BoxedText, ParagraphRole
from briefing.schema import BoxItem
from briefing.schema.brief import KINDS
from briefing.schema.kinds import SectionKind
from briefing.series.changes import Change

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")


def _text(name: str, role: ParagraphRole, composing: Composing) -> Iterable[Block]:
    return ProseReader(name, name, role).body(getattr(composing.brief, name))


def _key_point(change: Change, composing: Composing) -> tuple[Inline, ...]:
    name = shortened(_SENTENCE.split(change.name, maxsplit=1)[0], LONGEST_NAME)
    target = key_point_names(composing.brief.key_points)[place(change)] if change.path else ""
    return (named(change, target, name),)


def _own_section(change: Change, composing: Composing) -> tuple[Inline, ...]:
    return (named(change, f"section-{change.item}.heading", shortened(change.name)),)


def _annex(change: Change, composing: Composing) -> tuple[Inline, ...]:
    return (named(change, f"annex-{change.item}.heading", shortened(change.name)),)


def _figure(item: Any, origin: str, composing: Composing, level: int) -> Iterable[Block]:
    return figure_blocks(item, origin, composing.pictures, composing.wording)


def _box(item: BoxItem, origin: str, composing: Composing, level: int) -> Iterable[Block]:
    name = f"box-{item.id}"
    title = caption(name, [Text(item.title)], composing.wording("stop"), f"{origin}.title")
    yield BoxedText(name, origin, title, ProseReader(f"{name}.body", f"{origin}.body", level=level).body(item.body))


_OWN: Final[Mapping[str, Composer]] = {
    "summary": Composer(partial(_text, "summary", ParagraphRole.BOTTOM_LINE)),
    "key_points": Composer(lambda composing: (key_point_list(composing.brief.key_points),), _key_point),
    "background": Composer(partial(_text, "background", ParagraphRole.BODY)),
    "timeline": TIMELINE,
    "quotes": QUOTATIONS,
    "stakeholders": POSITIONS,
    "open_questions": QUESTIONS,
    "sections": Composer(told=_own_section),
    "figures": Composer(placed=_figure),
    "tables": Composer(placed=table_blocks),
    "boxes": Composer(placed=_box),
    "annexes": Composer(told=_annex),
    "sources": SOURCES,
}


def _composer(kind: SectionKind) -> Composer:
    """The composer of its own that a kind has, or the one of tables, which marks what changed in the first column."""
    return _OWN.get(kind.key) or Composer(RecordTable(kind), marked=kind.columns[0].key)


COMPOSERS: Final = {kind.key: _composer(kind) for kind in KINDS}
"""The composer of every kind, by its key."""
