"""Comments that came back: told with their places in the data, written beside the items there, and, where they settle a finding, waivers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from briefing.errors import BriefingError, shown
from briefing.formats.docx.comments import AUTHOR
from briefing.formats.docx.edited.edited_document import Base, FoundComment
from briefing.pull.item_places import Places
from briefing.pull.outcomes import Outcome
from briefing.rules.rule_report import rule_codes
from briefing.source.editing import Rearrange, edited, reread
from briefing.source.file import Format, SourceFile
from briefing.source.nodes import Mapping as MappingNode
from briefing.source.nodes import Node, flat_values, plain_values
from briefing.source.yaml_reader import read_yaml

_CODE: Final = re.compile(r"\[([a-z-]+)\]$")
_MOST_WORDS: Final = 60
"""Characters of the words that a comment is on, as they are told."""
_ITEM: Final = re.compile(r"[\w]+(\[\d+\])?")
PulledComment = tuple[str, Base, FoundComment]
"""A comment with the name of the document that it came in, and what that was built from."""


def pull_comments(
    source: SourceFile,
    data: bytes,
    comments: Iterable[PulledComment],
    values: Mapping[str, str],
    *,
    is_written_beside: bool,
) -> tuple[bytes, list[Outcome]]:
    """The data file with the waivers that settled findings give and, if asked for, with comments beside the items; and what is said of each.

    `values` are those of `source`, before any edit; `data` is the file with the edits made.
    """
    comments = list(comments)
    outcomes = list(comment_outcomes(comments, values))
    made, more = waivers(comments, values)
    if source.format is not Format.YAML:
        return data, [*outcomes, *(replace(each, status="todo") for each in more)]
    try:
        data = with_waivers(reread(source, data), data, made)
    except BriefingError:
        more = [_by_hand(each) for each in more]
    if is_written_beside:
        data = with_comments(data.decode(), source.file, comments).encode()
    return data, [*outcomes, *more]


def comment_outcomes(comments: Iterable[PulledComment], values: Mapping[str, str]) -> Iterator[Outcome]:
    """Each comment of others, and each answer to ours, with its place in the data of those `values`."""
    for name, base, comment in comments:
        if comment.author == AUTHOR and not (comment.answers or comment.is_settled):
            continue
        path = Places(base.values, values).path(comment.path) or ""
        yield Outcome("note", "comment", path, _in_words(comment), who=(name,))


def _in_words(comment: FoundComment) -> str:
    words = shown(comment.words.strip("“”„«»‘’ "), _MOST_WORDS)
    on = f" on “{words}”" if words else ""
    answers = "".join(f"; {author or 'somebody'} answers: {text}" for author, text in comment.answers)
    settled = " (resolved)" if comment.is_settled else ""
    date = f", {comment.date[:10]}" if comment.date else ""
    return f"comment by {comment.author or 'somebody'}{date}{on}{settled}: {comment.text}{answers}"


def with_comments(text: str, file: str, comments: Iterable[PulledComment]) -> str:
    """The YAML `text` with each comment of others as a YAML comment above what it is of; one that stands there already is not written again."""
    for _, base, comment in comments:
        line_of_comment = f"# {_in_words(comment)}"
        if comment.author == AUTHOR or line_of_comment in text:
            continue
        root = read_yaml(text, file)
        before = plain_values(root)
        path = Places(base.values, dict(flat_values(root))).path(comment.path) or ""
        for place in _around(path):
            made = _above(text, file, root, place, line_of_comment)
            if _values(made, file) == before:
                text = made
                break
    return text


def _values(text: str, file: str) -> Any:
    try:
        return plain_values(read_yaml(text, file))
    except BriefingError:
        return None


def _around(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    yield ""


def _above(text: str, file: str, root: Node, path: str, line_of_comment: str) -> str:
    assert isinstance(root, MappingNode)
    source = SourceFile(file, file, Format.YAML, text, "", root)  # type: ignore[arg-type]  # only places are asked
    lines = text.splitlines(keepends=True)
    line = max(source.place_of(path, key=True).line - 1, 0) if path else 0
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
    end = "\r\n" if lines[line].endswith("\r\n") else "\n"
    return "".join([*lines[:line], f"{indent}{line_of_comment}{end}", *lines[line:]])


def waivers(comments: Iterable[PulledComment], values: Mapping[str, str]) -> tuple[list[dict[str, str]], list[Outcome]]:
    """What findings that somebody resolved become: waivers, with the answers as their reasons, until the brief's date; and what is said of each."""
    made: list[dict[str, str]] = []
    outcomes: list[Outcome] = []
    for name, base, comment in comments:
        code = _CODE.search(comment.text)
        if comment.author != AUTHOR or not comment.is_settled or code is None or code[1] not in rule_codes():
            continue
        path = Places(base.values, values).path(comment.path) or ""
        item = _ITEM.match(path)
        known = {} if item is None else {"item": values.get(f"{item[0]}.id", item[0])}
        if not comment.answers:
            message = f"the finding '{code[1]}' was resolved without an answer; say why, for a waiver needs a reason"
            outcomes.append(Outcome("todo", "no-reason", path, message, who=(name,)))
            continue
        waiver = {
            "rule": code[1],
            **known,
            "reason": "".join(filter(str.isprintable, comment.answers[-1][1])),
            "until": values.get("date", ""),
        }
        if not _is_there(waiver, values) and waiver not in made:
            made.append(waiver)
            outcomes.append(
                Outcome(
                    "changed", "waiver", path, f"the finding '{code[1]}' is waived", after=waiver["reason"], who=(name,)
                )
            )
    return made, outcomes


def _is_there(waiver: Mapping[str, str], values: Mapping[str, str]) -> bool:
    numbers = {path.partition("]")[0] for path in values if path.startswith("waivers[")}
    return any(
        values.get(f"{number}].rule") == waiver["rule"] and values.get(f"{number}].item") == waiver.get("item")
        for number in numbers
    )


def _by_hand(outcome: Outcome) -> Outcome:
    if outcome.kind != "waiver":
        return outcome
    return replace(
        outcome,
        status="todo",
        message=f"{outcome.message}: write that under 'waivers', which cannot be added to in place",
    )


def with_waivers(source: SourceFile, data: bytes, made: Sequence[Mapping[str, str]]) -> bytes:
    """The YAML `data`, which `source` was read from, with waivers at the end of its list, in their form; a list is begun where there is none.

    Raises `BriefingError` where that cannot be done in place.
    """
    before = plain_values(source.root)
    held = before.get("waivers")
    if held or not made:
        return edited(source, data, [Rearrange("waivers", (*range(len(held)), *made))]) if made else data
    lines = [
        f"{'  - ' if number == 0 else '    '}{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for waiver in made
        for number, (key, value) in enumerate(waiver.items())
    ]
    end = b"\r\n" if b"\r\n" in data else b"\n"
    text = f"\nwaivers:\n{''.join(lines)}".encode().replace(b"\n", end)
    data = (data if data.endswith(b"\n") else data + end) + text
    if "waivers" in before or plain_values(reread(source, data).root) != {**before, "waivers": [*map(dict, made)]}:
        raise BriefingError([])
    return data
