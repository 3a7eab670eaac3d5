"""Texts word by word: what changed between two, several changes of one text in one, and a change of what was printed made in what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from briefing.pull.light_markdown import KIND_OF_NODE
from briefing.sequence_edits import edits
from briefing.sequence_edits import likeness as likeness_of
from briefing.text.markup import CITATION, REFERENCE

_TOKEN: Final = re.compile(
    rf"{re.sub(r'[?]P<[a-z]+>', '?:', CITATION.pattern)}|{REFERENCE.pattern}|\[\^[A-Za-z0-9_-]+\]|<?https?://[^\s<>()\]]+>?"
    r"|\\.|-{2,3}|\w+|\s+|.",
    re.DOTALL,
)
_FOLDED: Final = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    "--": "–",
    "---": "—",
    "_": "*",
}


def tokens(text: str) -> list[str]:
    """The text cut into words, signs, white space, citations, references and addresses; joined they are the text."""
    return [match.group() for match in _TOKEN.finditer(text)]


_LEAST_LIKENESS: Final = 0.3


@lru_cache(maxsize=20_000)
def folded(token: str) -> str:
    """A token without what the program itself sets: typographic marks, no-break spaces, backslashes, the kind before an id."""
    if token.isspace():
        return "\n\n" if token.count("\n") > 1 else " "  # a blank line parts paragraphs
    if len(token) == 2 and token[0] == "\\":
        return _FOLDED.get(token[1], token[1])
    if token.startswith("[#"):
        return f"[#{KIND_OF_NODE.sub('', token[2:], count=1)}"
    if token.startswith("["):
        return "".join(token.split())
    if "://" in token:
        return token.strip("<>").rstrip("/")
    return _FOLDED.get(token, token)


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same but for what the program itself sets."""
    return [*map(folded, tokens(one.strip()))] == [*map(folded, tokens(other.strip()))]


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1, by their words."""
    if one == other:
        return 1.0
    first, second = ([folded(each).casefold() for each in tokens(text) if not each.isspace()] for text in (one, other))
    if not first or not second:
        return 0.0
    return likeness_of(first, second, _LEAST_LIKENESS)


class Hunk(Struct, frozen=True, order=True):
    """`text` in place of the tokens from `start` up to `end`."""

    start: int
    end: int
    text: str


def hunks(before: Sequence[str], after: Sequence[str]) -> list[Hunk]:
    """What changed from `before` to `after`, but for what the program itself sets."""
    return [
        Hunk(low, high, "".join(after[left:right]))
        for stayed, low, high, left, right in edits([*map(folded, before)], [*map(folded, after)])
        if not stayed
    ]


def merged(base: str, versions: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The `base` with the changes of all `versions` made but for those that overlap or touch others that are not the same, and whose these are.

    The order of the versions does not matter.
    """
    end = base[len(base.rstrip("\n")) :]
    cut = tokens(base.rstrip("\n"))
    found: dict[Hunk, set[str]] = {}
    for name, text in versions.items():
        for hunk in hunks(cut, tokens(text.rstrip("\n"))):
            found.setdefault(hunk, set()).add(name)
    groups: list[list[Hunk]] = []
    for hunk in sorted(found):
        if groups and hunk.start <= max(each.end for each in groups[-1]):
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    apart = [group for group in groups if len({frozenset(found[hunk]) for hunk in group}) == 1]
    clashing = {name for group in groups if group not in apart for hunk in group for name in found[hunk]}
    return _applied(cut, [hunk for group in apart for hunk in group]) + end, tuple(sorted(clashing))


def preferred(base: str, first: str, second: str) -> str:
    """The `base` with all changes of the `first` version made, and those of the `second` that neither overlap nor touch them."""
    cut = tokens(base)
    kept = hunks(cut, tokens(first))
    others = [
        each for each in hunks(cut, tokens(second)) if all(each.start > one.end or one.start > each.end for one in kept)
    ]
    return _applied(cut, sorted([*kept, *others]))


def _applied(cut: Sequence[str], changes: Sequence[Hunk]) -> str:
    made: list[str] = []
    reached = 0
    for hunk in changes:
        made += [*cut[reached : hunk.start], hunk.text]
        reached = hunk.end
    return "".join([*made, *cut[reached:]])


class Piece(Struct, frozen=True):
    """A value that a paragraph prints: where it stands in the data, and its text as typed, or as printed where that is another."""

    path: str
    text: str


class Transfer(Struct, frozen=True):
    """What became of a change: the new text of each piece that changed, and what was changed that no piece holds, as (before, after)."""

    texts: Mapping[str, str]
    beside: tuple[tuple[str, str], ...]


def transferred(pieces: Sequence[Piece], before: str, after: str, *, is_text: bool = False) -> Transfer:
    """The change from `before` to `after`, as printed, made in the pieces that are printed there, in their order.

    Of running text, `is_text`, what is written over the program's words at an end of it as well is all of the text's: half of a sentence is none.
    """
    old, new = tokens(before), tokens(after)
    typed: list[str] = []
    owner: list[int] = []
    for number, piece in enumerate(pieces):
        cut = tokens(piece.text)
        typed += cut
        owner += [number] * len(cut)
    at = _alignment(old, typed)
    changes: dict[int, list[Hunk]] = {}
    beside: list[tuple[str, str]] = []
    changed: list[Hunk] = []
    for hunk in hunks(old, new):
        last = changed[-1] if is_text and changed else hunk
        between = old[last.end : hunk.start]
        if last is not hunk and not "".join(between).strip() and not _placed(last, old, typed, owner, at):
            changed[-1] = Hunk(last.start, hunk.end, "".join((last.text, *between, hunk.text)))
        else:
            changed.append(hunk)
    for hunk in changed:
        found = _placed(hunk, old, typed, owner, at)
        if found is None:
            beside.append(("".join(old[hunk.start : hunk.end]), hunk.text))
            inside = [at[place] for place in range(hunk.start, hunk.end) if at[place] >= 0]
            found = (0, Hunk(min(inside), max(inside) + 1, hunk.text)) if is_text and inside else None
        if found is not None:
            changes.setdefault(found[0], []).append(found[1])
    texts = {}
    for number, made in changes.items():
        first = owner.index(number)
        own = typed[first : first + owner.count(number)]
        texts[pieces[number].path] = _applied(own, [Hunk(h.start - first, h.end - first, h.text) for h in sorted(made)])
    return Transfer(texts, tuple(beside))


def _alignment(printed: Sequence[str], typed: Sequence[str]) -> list[int]:
    """For each printed token the typed one that it is, -1 for what the program added."""
    found = [-1] * len(printed)
    for stayed, low, high, left, right in edits([*map(folded, printed)], [*map(folded, typed)]):
        if stayed:
            found[low:high] = range(left, right)
    return found


def _placed(
    hunk: Hunk, old: Sequence[str], typed: Sequence[str], owner: Sequence[int], at: Sequence[int]
) -> tuple[int, Hunk] | None:
    """The piece that a change falls into, and the change in the typed tokens; None where it falls beside them."""
    if hunk.start == hunk.end:
        return _inserted(hunk, old, typed, owner, at)
    inside = [at[place] for place in range(hunk.start, hunk.end) if at[place] >= 0]
    added = [old[place] for place in range(hunk.start, hunk.end) if at[place] < 0 and not old[place].isspace()]
    if not inside:
        return None
    owners = {owner[place] for place in inside}
    if len(owners) > 1:
        return None
    number = owners.pop()
    first, last = min(inside), max(inside) + 1
    if added and not (
        at[hunk.start] >= 0 and at[hunk.end - 1] >= 0
    ):  # what is typed around the program's words takes them along
        whole = owner.count(number) == last - first
        if not (whole and not hunk.text.strip() and not any(re.search(r"\w", each) for each in added)):
            return None
    return number, Hunk(first, last, hunk.text)


def _inserted(
    hunk: Hunk, old: Sequence[str], typed: Sequence[str], owner: Sequence[int], at: Sequence[int]
) -> tuple[int, Hunk] | None:
    """Where new words go: behind the word before them, else before the one behind. ``a, b`` with ``new`` before ``b`` may be told as ``, new`` before
    ``b`` or as ``new`` behind the space, which is the same.
    """
    place, text = hunk.start, hunk.text
    for _ in range(3):
        if place and at[place - 1] >= 0:
            behind = at[place - 1]
            return owner[behind], Hunk(behind + 1, behind + 1, text)
        if place < len(old) and at[place] >= 0:
            before = at[place]
            return owner[before], Hunk(before, before, text)
        first = next(iter(tokens(text)), "")
        if place >= len(old) or folded(old[place]) != folded(first):
            break
        place, text = place + 1, text[len(first) :] + first
    back = place
    while back and at[back - 1] < 0 and (old[back - 1].isspace() or old[back - 1].startswith("[@")):
        back -= 1
    if place == len(old) and back and at[back - 1] >= 0:  # behind the sources that the program names at the end
        behind = at[back - 1]
        return owner[behind], Hunk(behind + 1, behind + 1, text)
    return None


def sentences_of(changes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Changes in words, for people."""
    for before, after in changes:
        old, new = " ".join(before.split()), " ".join(after.split())
        if old and new:
            yield f"'{old}' became '{new}'"
        elif old:
            yield f"'{old}' was deleted"
        elif new:
            yield f"'{new}' was added"
