"""What a kind of section attaches here: how its section is made, how its changes are told and where they are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from briefing.compose.house import PLAIN_HOUSE, House
from briefing.compose.wording import Wording, judgement
from briefing.document.drawing import Picture
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.document.sheet import Sheet
from briefing.document.tree import Block, Heading, Section
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief
from briefing.schema.brief import KIND_OF
from briefing.schema.kinds import SectionKind
from briefing.series.changes import Change, ChangeKind

LONGEST: Final = 160
"""Characters: a longer text is cut after a word, since its item can be read below."""
LONGEST_NAME: Final = 70
"""Characters of what only serves to know the item again: a key point's first sentence, a quote that is gone."""


class Composing(Struct, frozen=True):
    """What every composer is given: the brief, the words of its language, its pictures by path, what is known of each quote by id,
    and what it takes from the theme.
    """

    brief: Brief
    wording: Wording
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    evidence: Mapping[str, QuoteEvidence] = field(default_factory=dict)
    house: House = PLAIN_HOUSE

    @property
    def sheet(self) -> Sheet:
        """What drawings are made for."""
        return self.house.sheet

    def item(self, change: Change) -> Any:
        """The item that `change` tells of, None when it is gone."""
        kind = KIND_OF[change.family]
        if kind.item is None:
            return getattr(self.brief, kind.key)[place(change)] if change.path else None
        return dict(kind.placed(self.brief)).get(change.path)


def place(change: Change) -> int:
    """The place in its list of a text that is still there."""
    return int(change.path.rpartition("[")[2].rstrip("]"))


def named(change: Change, target: str, name: str) -> Inline:
    """The name of an item, leading to `target` when the item is still there."""
    return CrossReference(target, name) if change.path else Text(name)


def by_name(change: Change, composing: Composing) -> tuple[Inline, ...]:
    """A changed item by its name alone, leading to where it stands."""
    return (named(change, f"{change.family}-{change.item}", shortened(change.name)),)


def moved(value: str, kind: SectionKind, wording: Wording) -> Inline:
    """What an item's judgement was or is, by its value in the data: a mark or a number; words where there is none."""
    if not value:
        return Text(wording(f"no_{kind.moves}"))
    choice = kind.choice(kind.moves)
    return judgement(choice(value), wording) if choice else Text(wording.amount(value))


def by_judgement(change: Change, composing: Composing) -> tuple[Inline, ...]:
    """A changed item by its name, with its judgement, and what that was where it moved."""
    (name,), wording, kind = by_name(change, composing), composing.wording, KIND_OF[change.family]
    if change.kind is ChangeKind.MOVED:
        before, after = (moved(value, kind, wording) for value in (change.before, change.after))
        return (name, Text(wording("comma")), before, Text(" → "), after)
    held = change.after if change.kind is ChangeKind.ADDED else change.before
    if held and change.kind is not ChangeKind.REWRITTEN:
        return (name, Text(" ("), moved(held, kind, wording), Text(")"))
    return (name,)


def titled_section(
    kind: str, title: str, blocks: Iterable[Block], origin: str | None = None, name: str = ""
) -> Section:
    """A section under `title`, called by its `kind` unless it has a `name` of its own; `origin` is where it stands in the data, under its
    kind's key where left out.
    """
    name = f"section-{name or kind}"
    heading = Heading(f"{name}.heading", "", 1, (Text(title),))
    return Section(name, kind if origin is None else origin, kind, heading, tuple(blocks))


def nothing(composing: Composing) -> tuple[Block, ...]:
    """The blocks of a kind whose items are placed one by one."""
    return ()


class Composer(Struct, frozen=True):
    """How a kind of section is composed."""

    blocks: Callable[[Composing], Iterable[Block]] = nothing
    """What stands in its section."""
    describe: Callable[[Change, Composing], tuple[Inline, ...]] = by_name
    """A changed item, and what the kind of change asks to be said of it."""
    placed: Callable[[Any, str, Composing, int], Iterable[Block]] | None = None
    """What an item becomes that is put into the section it follows: from itself, its path and the level of the heading over it."""
    marked: str = ""
    """The key of the column whose cell is marked where an item has changed."""
    marked_by_change: Mapping[ChangeKind, str] = field(default_factory=dict)
    """The key of the column for kinds of change that are marked in another, where the table has it."""
    mark_in_line: bool = False
    """Whether the mark stands behind the cell's text; in a narrow cell it has a line of its own."""
    beside: str = ""
    """The key of a text that opens the section, and stands alone in it under the label `<key>_only` where there are no items."""


def shortened(text: str, most: int = LONGEST) -> str:
    """`text` on one line, cut after a word with an ellipsis where it has more than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return (line[: most - 1].rsplit(" ", 1)[0] if " " in line[: most - 1] else line[: most - 1]) + "…"
