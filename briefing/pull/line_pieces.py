"""The values that a line prints: the one that it comes from, and others of the same record, such as role and body beside a speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefing.compose.wording import Wording
from briefing.pull.value_kinds import kind_of
from briefing.pull.word_merge import Piece, folded, merged, tokens


class LineValue(Struct, frozen=True):
    """A value in a line: its path, what was typed, and as what it is printed."""

    path: str
    typed: str
    shown: str


def values_in(
    printed: str, path: str, values: Mapping[str, str], traced: frozenset[str], wording: Wording
) -> list[LineValue]:
    """The values that can be read in `printed`, in their order: that at `path`, and those of its record that have no text of their own.

    `traced` are the paths of those that have.
    """
    record = path if path not in values else path.rpartition(".")[0]
    beside = (
        each
        for each in values
        if record and each.startswith((f"{record}.", f"{record}[")) and each not in traced and not each.endswith(".id")
    )
    candidates = [LineValue(each, values[each], kind_of(each).shown(values[each], wording)) for each in beside]
    if path in values:
        candidates.insert(0, LineValue(path, values[path], kind_of(path).shown(values[path], wording)))
    cut = [folded(each) for each in tokens(printed)]
    taken: dict[int, tuple[int, LineValue]] = {}
    for value in sorted(dict.fromkeys(candidates), key=lambda each: (each.path != path, -len(each.shown))):
        wanted = [folded(each) for each in tokens(value.shown.strip())]
        start = _where(cut, wanted, taken)
        if start is not None:
            taken[start] = (start + len(wanted), value)
    return [taken[start][1] for start in sorted(taken)]


def _where(cut: Sequence[str], wanted: Sequence[str], taken: Mapping[int, tuple[int, LineValue]]) -> int | None:
    """Where the tokens stand that no other value has taken."""
    for start in range(len(cut) - len(wanted) + 1) if wanted else ():
        end = start + len(wanted)
        if cut[start:end] == wanted and all(end <= first or start >= last for first, (last, _) in taken.items()):
            return start
    return None


def pieces(found: Sequence[LineValue]) -> list[Piece]:
    """The values as pieces of their line."""
    return [Piece(each.path, each.shown) for each in found]


def agreed(path: str, typed: str, versions: Sequence[str]) -> str | None:
    """What the value at `path` became that several places print, from what it became in each that changed; None where they clash.

    An empty text is a value that is gone.
    """
    kind, wanted = kind_of(path), list(dict.fromkeys(versions))
    if len(wanted) == 1 and (not wanted[0] or not kind.is_text):
        return wanted[0]
    if "" in wanted or kind.is_date or kind.choice is not None:  # half of one date and half of another is neither
        return None
    text, clashing = merged(typed, {str(number): each for number, each in enumerate(wanted)})
    return None if clashing else text
