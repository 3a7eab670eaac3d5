"""What changes places with its like: words between cells, items, rows. Each is brought home as what it is, by marks or without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import EditedParagraph
from briefing.source.editing import Rearrange, SetText
from tests.pull.test_nothing_is_lost import plan, scene

Swap = Callable[[str, str], list[EditedParagraph]]


def places(*words: str) -> tuple[list[EditedParagraph], list[int]]:
    """The paragraphs, and which of them have the words."""
    found = list(scene()[0].paragraphs)
    cells_first = sorted(enumerate(found), key=lambda each: each[1].cell is None)
    return found, [next(at for at, each in cells_first if said in each.seen) for said in words]


def retyped(one: str, other: str) -> list[EditedParagraph]:
    """The words change places, the marks stay."""
    made, (first, second) = places(one, other)
    spans = made[first].spans, made[second].spans
    made[first], made[second] = replace(made[first], spans=spans[1]), replace(made[second], spans=spans[0])
    return made


def dragged(one: str, other: str) -> list[EditedParagraph]:
    """The paragraphs change places with their marks."""
    made, (first, second) = places(one, other)
    cells = made[first].cell, made[second].cell
    made[first], made[second] = replace(made[second], cell=cells[0]), replace(made[first], cell=cells[1])
    return made


def unmarked(one: str, other: str) -> list[EditedParagraph]:
    """The words change places, and no mark is left on either."""
    found = places(one, other)[1]
    made = retyped(one, other)
    return [replace(each, code="", marks=()) if at in found else each for at, each in enumerate(made)]


def rows(one: str, other: str) -> list[EditedParagraph]:
    """The rows in which the words stand change places."""
    made, found = places(one, other)
    first, second = ((made[at].cell or (0, 0, 0))[:2] for at in found)
    new = [
        replace(each, cell=((second if each.cell[:2] == first else first) + each.cell[2:]))
        if each.cell and each.cell[:2] in (first, second)
        else each
        for each in made
    ]
    start = next(at for at, each in enumerate(new) if each.cell)
    end = max(at for at, each in enumerate(new) if each.cell) + 1
    table = {id(each): each.cell[:2] if each.cell else None for each in new}
    inside = [at for at in range(start, end) if table[id(new[at])] and table[id(new[at])][0] == first[0]]  # type: ignore[index]
    ordered = sorted((new[at] for at in inside), key=lambda each: table[id(each)] or ())
    for at, each in zip(inside, ordered, strict=True):
        new[at] = each
    return new


@pytest.mark.parametrize("swap", [retyped, dragged, unmarked])
@pytest.mark.parametrize(
    ("one", "other", "became"),
    [
        ("Private Office", "Bill team", {"next_steps[0].owner": "Bill team", "next_steps[1].owner": "Private Office"}),
        ("12\xa0June 2026", "29\xa0June 2026", {"next_steps[0].due": "2026-06-29", "next_steps[1].due": "2026-06-12"}),
        ("72.5", "−11.2", {"tables[0].rows[0][1]": "-11.2", "tables[0].rows[1][1]": "72.5"}),
        ("Return points are light", "88 of 100", {
            "options[0].benefits": "88 of 100 containers come back by the fourth year; clean material to sell.",
            "options[1].benefits": "Return points are light and cheap to serve."}),
        ("Private Office", "Settle the payment", {"next_steps[2].step": "Private Office", "next_steps[0].owner": "Settle the payment to councils."}),
    ],
)  # fmt: skip
def test_words_of_two_cells_are_two_changed_values(swap: Swap, one: str, other: str, became: dict[str, str]) -> None:
    made = plan(swap(one, other))
    assert ({edit.path: edit.text for edit, _ in made.edits if isinstance(edit, SetText)}, made.outcomes) == (
        became,
        [],
    )


@pytest.mark.parametrize("swap", [retyped, dragged, unmarked])
def test_two_items_of_a_list_are_one_move(swap: Swap) -> None:
    made = plan(swap("Whoever brings it back is", "Eighty-eight"))
    assert ([edit for edit, _ in made.edits], made.outcomes) == ([Rearrange("lines_to_take", (2, 1, 0))], [])


@pytest.mark.parametrize("swap", [retyped, dragged, unmarked])
def test_half_of_an_item_is_told_and_nobody_is_quoted_with_the_words_of_another(swap: Swap) -> None:
    made = plan(swap("We are not against a deposit", "Councils would lose"))
    assert made.edits == [] and {(each.status, each.kind) for each in made.outcomes} == {("todo", "moved")}


@pytest.mark.parametrize(
    ("one", "other", "became"),
    [
        ("Write round to", "Settle the payment", Rearrange("next_steps", (2, 1, 0))),
        ("Running costs", "Unclaimed", Rearrange("tables[0].rows", (2, 1, 0, 3))),
    ],
)
def test_two_rows_are_one_move(one: str, other: str, became: Rearrange) -> None:
    made = plan(rows(one, other))
    assert ([edit for edit, _ in made.edits], made.outcomes) == ([became], [])


def test_two_rows_of_a_table_in_a_text_change_places_there() -> None:
    made = plan(rows("Nordhaven", "Calder Isles"))
    ((edit, _),) = made.edits
    assert isinstance(edit, SetText) and made.outcomes == []
    lines = [each.strip() for each in edit.text.splitlines() if "cents" in each]
    assert lines == [
        "| Calder Isles | 10 cents | no | 77 % |",
        "| Eastmarch | 15 cents | yes | 84 % |",
        "| Nordhaven | 25 cents | yes | 92 % |",
    ]
