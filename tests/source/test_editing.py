"""Changing single values of a data file: everything else stays, whatever the layout."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefing.errors import DataError
from briefing.source import SourceFile, read
from briefing.source.editing import Edit, Rearrange, RemoveItems, RemoveKey, SetText, SetValue, edited


def source(text: str, name: str = "brief.yaml") -> tuple[SourceFile, bytes]:
    """The data file `text` as read, with its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode())
        return read(file, name), text.encode()


def change(text: str, *edits: Edit, name: str = "brief.yaml") -> str:
    """The text after the edits."""
    return edited(*source(text, name), edits).decode()


ITEMS = [
    ["- plain {n}"],
    ["- 'single ''{n}'''   # behind"],
    ["- key: {n}", "  other: |", "    # no comment", "", "    text", "  # the item's own"],
    ["- {{key: {n}, list: [a, b]}}"],
    ["-", "  key: {n}"],
    ["- - nested {n}", "  - list"],
    ["- folded {n}", "  over lines"],
    ["- key: >-", "    folded", "", "    {n}", "", "    # still text"],
    ["-   wide: {n}", "    empty:"],
    ['- "double \\"{n}\\""', "", "    # further in"],
]
COMMENTS = st.sampled_from([[], ["# its own"], ["# its own", "# and more"]])
BLANKS = st.sampled_from([[], [""], ["", ""]])


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, frozenset[int], str]:
    """A file with a list in any layout, some of its items, and the file without these."""
    indent = draw(st.sampled_from(["", "  ", "      "]))
    count = draw(st.integers(2, 5))
    gone = draw(st.frozensets(st.integers(0, count - 1), min_size=1, max_size=count - 1))
    whole = ["before: 1", "list:  # all of them", *draw(st.sampled_from([[], [f"{indent}# of the list"]]))]
    kept = list(whole)
    for index in range(count):
        comments = draw(COMMENTS) if index else []
        lines = [line.format(n=index) for line in draw(st.sampled_from(ITEMS))]
        block = [indent + line if line else "" for line in (*comments, *lines)]
        whole += [*(draw(BLANKS) if index else []), *block]
        kept += [] if index in gone else block
    tail = draw(st.sampled_from([[""], ["# next", "after: 2", ""], ["", "# next", "after: 2", ""]]))
    return "\n".join(whole + tail), gone, "\n".join(kept + tail)


def inked(text: str) -> list[str]:
    """The lines that have something on them."""
    return [line for line in text.split("\n") if line.strip()]


@given(lists())
def test_items_leave_with_their_comments_and_nothing_else_does(case: tuple[str, frozenset[int], str]) -> None:
    text, gone, expected = case
    made = change(text, RemoveItems("list", gone))
    assert inked(made) == inked(expected)
    assert "\n\n\n\n" not in made


@given(lists(), st.sampled_from(["\r\n", "\r"]))
def test_line_ends_make_no_difference(case: tuple[str, frozenset[int], str], line_end: str) -> None:
    text, gone, _ = case
    expected = change(text, RemoveItems("list", gone)).replace("\n", line_end)
    assert change(text.replace("\n", line_end), RemoveItems("list", gone)) == expected


ROOM = st.sampled_from(["", " ", "\n  ", "  # why, and who\n  "])


@given(st.lists(st.tuples(ROOM, ROOM), min_size=1, max_size=5), st.data(), st.booleans())
def test_flow_lists_are_cut_at_their_commas(rooms: list[tuple[str, str]], data: st.DataObject, trailing: bool) -> None:
    gone = data.draw(st.frozensets(st.integers(0, len(rooms) - 1), min_size=1))
    items = [f"{before}[a, {index}]{after}" for index, (before, after) in enumerate(rooms)]
    text = "before: 1\nlist: [" + ",".join(items) + ("," if trailing else "") + "]  # behind\nafter: 2\n"
    made = change(text, RemoveItems("list", gone))
    head, _, tail = made.partition("list: [")
    assert head == "before: 1\n" and tail.endswith("]  # behind\nafter: 2\n")
    assert tail.count("[a, ") == len(rooms) - len(gone)


@pytest.mark.parametrize(
    ("text", "path", "value", "made"),
    [
        ("a: old # why\n", "a", "new", "a: new # why\n"),
        ("a: 'old' # why\n", "a", "it's", "a: 'it''s' # why\n"),
        ('a: "old"\n', "a", 'a "word"', 'a: "a \\"word\\""\n'),
        ("a: old\n", "a", "a: b # c", 'a: "a: b # c"\n'),
        ("a: old\n", "a", "null", 'a: "null"\n'),
        ("a: >-\n  old\n  lines\n\n# b\nb: c\n", "a", "new", "a: new\n\n# b\nb: c\n"),
        ("a: |  # why\n  old", "a", "new", "a: new"),
        ("a:\n  old\n  lines # why\n", "a", "new", "a:\n  new # why\n"),
        ("? a\n: old\n", "a", "new", "? a\n: new\n"),
        ("m: {a: old, b: c}\n", "m.a", "d, e", 'm: {a: "d, e", b: c}\n'),
        ("m:\n  b: c\n  # d\n\ne: f\n", "m.a", "new", "m:\n  b: c\n  a: new\n  # d\n\ne: f\n"),
        ("m:\n- b: |\n    c\n\n- d\n", "m[0].a", "new", "m:\n- b: |\n    c\n  a: new\n\n- d\n"),
        ("m: {b: c  # why\n  }\n", "m.a", "new", "m: {b: c, a: new  # why\n  }\n"),
        ("m:\n  b: [c,\n    d]   # why\ne: f\n", "m.a", "new", "m:\n  b: [c,\n    d]   # why\n  a: new\ne: f\n"),
    ],
)
def test_a_value_is_put_where_it_belongs(text: str, path: str, value: str, made: str) -> None:
    assert change(text, SetValue(path, value)) == made


@pytest.mark.parametrize(
    ("text", "edit", "made"),
    [
        ("a: old # why\n", SetText("a", "new"), "a: new # why\n"),
        ("a: 'old' # why\n", SetText("a", "it's"), "a: 'it''s' # why\n"),
        ('a: "old"\n', SetText("a", 'a "word"'), 'a: "a \\"word\\""\n'),
        ("a: |\n    old\n\n    more\n# why\nb: c\n", SetText("a", "new\n\nmore\n"), "a: |\n    new\n\n    more\n# why\nb: c\n"),
        ("a: >-\n  old\n  lines\n", SetText("a", "new\nlines"), "a: >-\n  new\n  lines\n"),
        ("a: |\r\n  old\r\nb: c\r\n", SetText("a", "new\n"), "a: |\r\n  new\r\nb: c\r\n"),
        ("m: {a: old, b: c}  # why\n", SetText("m.a", "d, e"), 'm: {a: "d, e", b: c}  # why\n'),
        ("l:\n-   a   # one\n\n-   b\n", Rearrange("l", (1, 0)), "l:\n-   b\n\n-   a   # one\n"),
        ("l:\n    - a: 1\n      b: 2\n    # of c\n    - a: 3\nm: n\n", Rearrange("l", (1, {"a": "4"})),
         "l:\n    # of c\n    - a: 3\n    - a: 4\nm: n\n"),
        ("l: [a, b,  c]  # why\n", Rearrange("l", (2, "d, e", 0)), 'l: [c, "d, e", a]  # why\n'),
        ("l:\n  - {a: 1, b: 2}\n", Rearrange("l", (0, {"a": "3"})), "l:\n  - {a: 1, b: 2}\n  - {a: 3}\n"),
        ("a: b\nm:\n  c: d # why\n  e: f\n", RemoveKey("m.c"), "a: b\nm:\n  e: f\n"),
    ],
)  # fmt: skip
def test_a_larger_edit_keeps_the_form_of_what_was_there(text: str, edit: Edit, made: str) -> None:
    assert change(text, edit) == made


@pytest.mark.parametrize(
    ("text", "edit", "said"),
    [
        ("a: &x b\nc: *x\n", SetValue("a", "d"), "brief.yaml:1:7: error: .*'a' has an anchor"),
        ("a: &x b\nc: *x\n", SetValue("c", "d"), "'c' is an alias"),
        ("m: &x {a: b}\nn: *x\n", SetValue("m.a", "d"), "more would change"),
        ("l:\n- &x a\n- *x\n- b\n", RemoveItems("l", frozenset([0])), "alias"),
        ("l: [&x a, *x, b]\n", RemoveItems("l", frozenset([0])), "cannot be changed"),
        ("a: &x b\nc: *x\n", SetText("a", "d"), "'a' has an anchor"),
        ("l:\n- &x a\n- *x\n", Rearrange("l", (1, 0)), "alias"),
        ("l: []\n", SetValue("m.a", "b"), "nothing to put 'm.a' into"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str, edit: Edit, said: str) -> None:
    with pytest.raises(DataError, match=said) as refused:
        change(text, edit)
    assert [problem.code for problem in refused.value.problems] == ["not-editable"]


def test_json_is_changed_in_place() -> None:
    text = '{"n": 7, "s": "a",\n  "l": [ {"x": 1.50}, {"y": null} ] }'
    edits = (SetValue("n", "8"), SetValue("s", "8"), SetValue("l[1].z", "é"), RemoveItems("l", frozenset([0])))
    made = '{"n": 8, "s": "8",\n  "l": [ {"y": null, "z": "é"} ] }'
    assert change(text, *edits, name="brief.json") == made


def test_a_file_that_was_saved_meanwhile_is_left_alone() -> None:
    found, data = source("a: old\n")
    with pytest.raises(DataError, match="changed meanwhile"):
        edited(found, b"# new\n" + data, [SetValue("a", "new")])
