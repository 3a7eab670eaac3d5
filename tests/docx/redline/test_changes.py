"""Each kind of change is marked as an editor would make it: no more than changed, and whole where Word needs it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.docx.opened import W, attribute, found
from tests.docx.redline.pairs import BRIEF, Data, document
from tests.docx.redline.trips import DATE, changes, check_round_trip, parts_of

BODY = "word/document.xml"


def redlined(**values: Any) -> bytes:
    """The redline from the brief to one with other `values`; a value of None takes a key out."""
    new: Data = {key: value for key, value in {**BRIEF, **values}.items() if value is not None}
    return check_round_trip(document(BRIEF), document(new))


def without(name: str, place: int) -> dict[str, Any]:
    return {name: [each for number, each in enumerate(BRIEF[name]) if number != place]}


def test_a_reworded_sentence_is_changed_word_by_word() -> None:
    data = redlined(summary=BRIEF["summary"].replace("hold nothing", "hold hardly anything"))
    assert changes(data) == (["nothing"], ["hardly anything"])


def test_a_phrase_is_one_change_and_not_one_for_every_other_word() -> None:
    data = redlined(subtitle="A note to all the ministers of state")
    assert changes(data) == (["Advice for the council"], ["A note to all the ministers of state"])


def test_words_that_become_strong_are_replaced() -> None:
    data = redlined(summary=BRIEF["summary"].replace("nothing", "**nothing**"))
    assert changes(data) == (["nothing"], ["nothing"])


def test_an_item_that_goes_takes_its_paragraph_along() -> None:
    data = redlined(**without("key_points", 2))
    assert changes(data) == (["The neighbours have not been asked, see ", "the law", "."], [])
    body = parts_of(data)[BODY]
    assert len(found(body, ".//w:pPr/w:rPr/w:del")) == 1


def test_a_new_item_is_inserted_with_its_paragraph() -> None:
    data = redlined(key_points=[*BRIEF["key_points"], "A fourth point."])
    assert changes(data) == ([], ["A fourth point."])
    body = parts_of(data)[BODY]
    assert len(found(body, ".//w:pPr/w:rPr/w:ins")) == 1


def test_rows_come_and_go_whole() -> None:
    first, *others = BRIEF["open_questions"]
    body = parts_of(redlined(open_questions=[first, {"question": "Who digs?"}, *others]))[BODY]
    (row,) = found(body, ".//w:tr[w:trPr/w:ins]")
    assert not found(row, ".//w:r[not(ancestor::w:ins)]")
    assert not found(body, ".//w:tr[w:trPr/w:del]")


def test_a_table_whose_columns_change_is_replaced_and_does_not_touch_the_old_one() -> None:
    plain = [{key: each[key] for key in ("name", "position")} for each in BRIEF["stakeholders"]]
    body = parts_of(redlined(stakeholders=plain))[BODY]
    old = [each for each in found(body, ".//w:tbl") if found(each, "w:tr/w:trPr/w:del")]
    (new,) = (each for each in found(body, ".//w:tbl") if found(each, "w:tr/w:trPr/w:ins"))
    assert len(old) == 1 and not found(old[0], "w:tr[not(w:trPr/w:del)]")
    between = new.getprevious()
    assert between is not None and between.getprevious() is old[0]
    assert [each.tag for each in found(between, "w:pPr/w:rPr/*")] == [f"{{{W}}}ins", f"{{{W}}}del"]


def test_a_source_that_stays_where_it_is_cited_keeps_its_note_unmarked() -> None:
    data = redlined(subtitle="Advice for the council, and for the board")
    notes = parts_of(data)["word/endnotes.xml"]
    marked = [each for each in found(notes, "w:endnote[not(@w:type)]") if found(each, ".//w:ins | .//w:del")]
    assert not marked


def test_a_new_source_brings_its_note_and_a_lost_one_takes_it_away() -> None:
    data = redlined(summary="The basin holds water [@radio].")
    notes = parts_of(data)["word/endnotes.xml"]
    assert found(notes, "w:endnote[.//w:ins]") and found(notes, "w:endnote[.//w:del]")
    numbers = [attribute(each, "id") for each in found(parts_of(data)[BODY], ".//w:endnoteReference")]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]


def test_fields_are_replaced_whole() -> None:
    body = parts_of(redlined(**without("quotes", 0), **without("stakeholders", 0)))[BODY]
    for change in found(body, ".//w:del | .//w:ins"):
        kinds = Counter(attribute(each, "fldCharType") for each in found(change, ".//w:fldChar"))
        assert kinds["begin"] == kinds["end"]


def test_a_mention_whose_target_was_replaced_shows_no_change_of_its_words() -> None:
    """A bookmark cannot stand twice: of a mention that reads the same, only the hidden code is tracked."""
    codes = found(parts_of(redlined(summary=f"Listen [@study].\n\n{BRIEF['summary']}"))[BODY], ".//w:delInstrText")
    alone = [code for code in codes if not found(code, "ancestor::w:del//w:fldChar")]
    assert alone
    assert all(found(code, "ancestor::w:del/following-sibling::*[1][self::w:ins]/w:r/w:instrText") for code in alone)


def test_the_handling_marking_is_tracked_at_both_edges_of_the_page() -> None:
    parts = parts_of(redlined(handling={"marking": "SECRET", "caveat": "Rests on few sources"}))
    edges = [root for name, root in parts.items() if name.startswith(("word/header", "word/footer"))]
    assert len(edges) == 2
    for root in edges:
        assert found(root, ".//w:del[.//w:delText='OFFICIAL']") and found(root, ".//w:ins[.//w:t='SECRET']")


@pytest.mark.parametrize("key", ["kind", "interests", "quotes"])
def test_the_last_paragraph_of_a_cell_comes_and_goes(key: str) -> None:
    stakeholders = [{**BRIEF["stakeholders"][0]}, *BRIEF["stakeholders"][1:]]
    del stakeholders[0][key]
    old = {**BRIEF, "background": "See [#dry], which keeps its number so."}
    went, came = changes(check_round_trip(document(old), document({**old, "stakeholders": stakeholders})))
    assert went and not came


def test_author_date_and_numbers() -> None:
    data = redlined(title="Another title", handling={"marking": "SECRET"}, **without("timeline", 0))
    marks = [each for root in parts_of(data).values() for each in found(root, ".//w:ins | .//w:del | .//w:pPrChange")]
    assert {attribute(each, "author") for each in marks} == {"briefing"}
    assert {attribute(each, "date") for each in marks} == {f"{DATE:%Y-%m-%dT%H:%M:%SZ}"}
    numbers = Counter(attribute(each, "id") for each in marks)
    starts = [each for root in parts_of(data).values() for each in found(root, ".//w:bookmarkStart")]
    assert not [number for number, count in numbers.items() if count > 1]
    assert not numbers.keys() & {attribute(each, "id") for each in starts}
