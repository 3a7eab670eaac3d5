"""What changed between two issues, over briefs of every make."""

from __future__ import annotations

from collections import Counter
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefing.schema import Brief
from briefing.schema.brief import RANKED
from briefing.schema.references import identified
from briefing.schema.validate import validate
from briefing.series.changes import FAMILIES, Change, ChangeKind, Detail, changes, paired

IDS = st.sampled_from(["alpha", "beta", "gamma", "delta"])
WORDS = st.sampled_from(["The river rises.", "The river falls.", "*Nobody* knows [@s].", "It rained.", "A B C"])
DATES = st.sampled_from(["2025", "2026-02", "2026-03-13", "2026-03-20", "2026-04-01"])
TITLES = st.sampled_from(["The river rises.", "It rained.", "A B C"])
STANCES = st.sampled_from(["supportive", "opposed", "unknown"])
STATUSES = st.sampled_from(["open", "answered", "dropped"])


def items(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of items with ids of their own."""
    return st.lists(st.fixed_dictionaries({"id": IDS, **fields}), max_size=4, unique_by=lambda item: str(item["id"]))


BRIEFS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["One", "Two"]),
        "date": st.sampled_from(["2026-03-13", "2026-03-20"]),
        "summary": WORDS,
        "key_points": st.lists(WORDS, max_size=4),
        "timeline": items(date=DATES, event=WORDS),
        "quotes": items(text=WORDS, speaker=st.sampled_from(["A", "B"])),
        "stakeholders": items(name=st.just("N"), position=WORDS, stance=STANCES),
        "open_questions": items(question=WORDS, status=STATUSES, due=DATES),
        "sections": items(title=st.just("T"), body=WORDS),
        "sources": items(title=TITLES, published=DATES),
    }
).map(lambda values: identified(validate(values)))

LISTS = {kind.word: kind.key for kind in RANKED if kind.item}
ARRIVED = (ChangeKind.ADDED, ChangeKind.OPENED, ChangeKind.ANSWERED, ChangeKind.DROPPED)


def told(old: Brief, new: Brief) -> tuple[Change, ...]:
    return changes(old, new, stale_after_days=365)


def test_words_of_quotes_are_told_without_their_markup() -> None:
    old, new = (
        identified(validate({"title": "One", "date": "2026", "quotes": [{"id": "q", "text": text, "speaker": "A"}]}))
        for text in ("We *go*.", "We **stay** \\[here\\].")
    )
    (change,) = told(old, new)
    assert (change.before, change.after) == ("We go.", "We stay [here].")


@given(BRIEFS)
def test_nothing_changes_from_a_brief_to_itself(brief: Brief) -> None:
    assert told(brief, brief) == ()


@given(BRIEFS, BRIEFS)
def test_every_id_that_comes_or_goes_is_told_once(old: Brief, new: Brief) -> None:
    found = told(old, new)
    for family, name in LISTS.items():
        before = {item.id: item for item in getattr(old, name)}
        after = {item.id: item for item in getattr(new, name)}
        counted = Counter(change.item for change in found if change.family == family)
        assert set(counted.values()) <= {1}
        for item in after.keys() - before.keys():
            (change,) = (change for change in found if change.family == family and change.item == item)
            assert change.kind in ARRIVED and change.path
        for item in before.keys() - after.keys():
            is_told = name != "open_questions" or before[item].status == "open"
            gone = [change for change in found if change.family == family and change.item == item]
            assert [change.kind for change in gone] == ([ChangeKind.REMOVED] if is_told else [])
            assert not any(change.path for change in gone)


@given(BRIEFS, BRIEFS)
def test_key_points_come_out_even(old: Brief, new: Brief) -> None:
    found = [change for change in told(old, new) if change.family == "key_point"]
    counted = Counter(change.kind for change in found)
    grown = counted[ChangeKind.ADDED] - counted[ChangeKind.REMOVED]
    assert grown == len(new.key_points) - len(old.key_points)
    assert len({change.path for change in found if change.path}) == sum(bool(change.path) for change in found)


@given(BRIEFS, BRIEFS)
def test_families_are_told_in_their_order_and_paths_lead_to_the_item(old: Brief, new: Brief) -> None:
    found = told(old, new)
    assert sorted(found, key=lambda change: FAMILIES.index(change.family)) == list(found)
    for change in found:
        if change.path and change.family in LISTS:
            index = int(change.path.partition("[")[2].rstrip("]"))
            assert getattr(new, LISTS[change.family])[index].id == change.item
        assert change.before != change.after or change.kind not in (ChangeKind.REWRITTEN, ChangeKind.MOVED)


def brief(date: str = "2026-03-13", **values: Any) -> Brief:
    return identified(validate({"title": "T", "date": date, "summary": "S", **values}))


def question(status: str = "open", due: str = "2026-03-20", text: str = "Q?", **more: str) -> list[dict[str, Any]]:
    return [{"id": "q", "question": text, "status": status, "due": due, **more}]


@pytest.mark.parametrize(
    ("before", "after", "date", "expected"),
    [
        ([], question(), "2026-03-20", (ChangeKind.OPENED, "", "open")),
        ([], question("answered", answer="*Yes*."), "2026-03-20", (ChangeKind.ANSWERED, "", "Yes.")),
        (question(), question("answered"), "2026-03-20", (ChangeKind.ANSWERED, "open", "")),
        (question(), question("dropped"), "2026-03-20", (ChangeKind.DROPPED, "open", "dropped")),
        (question("dropped"), question(), "2026-03-20", (ChangeKind.REOPENED, "dropped", "open")),
        (question(), question(), "2026-03-20", None),
        (question(), question(), "2026-03-21", (ChangeKind.OVERDUE, "open", "open")),
        (question("answered"), question("answered"), "2026-03-21", None),
        (question(due="2026-03"), question(due="2026-03"), "2026-03-31", None),
        (question(due="2026-03"), question(due="2026-03"), "2026-04-01", (ChangeKind.OVERDUE, "open", "open")),
        (question(due="2026-03-12"), question(due="2026-03-12"), "2026-03-21", None),
        (question(), question(due="2026-03-27"), "2026-03-21",
         (ChangeKind.REWRITTEN, "due: 2026-03-20", "due: 2026-03-27")),
        (question(), question(text="R?"), "2026-03-20", (ChangeKind.REWRITTEN, "Q?", "R?")),
        (question(), question(text="Q? [@s]"), "2026-03-20", (ChangeKind.REWRITTEN, "Q?", "Q? [@s]")),
        (question(), question(text="Q?\n"), "2026-03-20", None),
        (question("answered"), [], "2026-03-20", None),
        (question(), [], "2026-03-20", (ChangeKind.REMOVED, "open", "")),
    ],
)  # fmt: skip
def test_what_becomes_of_a_question(before: Any, after: Any, date: str, expected: Any) -> None:
    sources = [{"id": "s", "title": "S"}]
    found = told(brief(open_questions=before, sources=sources), brief(date, open_questions=after, sources=sources))
    assert [(change.kind, change.before, change.after) for change in found] == ([expected] if expected else [])


CITY = {"id": "city", "name": "City", "stance": "opposed", "sources": ["s", "r"]}
CHART = {
    "id": "f",
    "caption": "*Rain*",
    "chart": {"unit": "mm", "values": [{"label": "May", "value": "1"}, {"label": "June", "value": "2.5"}]},
}
WETTER = {
    **CHART,
    "caption": "Rain",
    "alt": "Bars",
    "chart": {"values": [{"label": "May", "value": "1"}, {"label": "June", "value": "3.5"}]},
}
ANSWERED = question("answered", answer="Yes.", answered="2026-03-20", why="So.")


@pytest.mark.parametrize(
    ("key", "before", "after", "expected"),
    [
        ("stakeholders", [], [CITY], Change("position", ChangeKind.ADDED, "city", "stakeholders[0]", "City", "", "opposed")),
        ("stakeholders", [CITY], [], Change("position", ChangeKind.REMOVED, "city", "", "City", "opposed", "")),
        ("stakeholders", [CITY], [{**CITY, "stance": "mixed", "kind": "town", "sources": ["s"]}],
         Change("position", ChangeKind.MOVED, "city", "stakeholders[0]", "City", "opposed", "mixed",
                (Detail("kind", "", "town"), Detail("sources", "s, r", "s")))),
        ("figures", [CHART], [WETTER],
         Change("figure", ChangeKind.REWRITTEN, "f", "figures[0]", "Rain",
                "chart.unit: mm; chart.values[1].value: 2.5; caption: *Rain*; alt: none",
                "chart.unit: none; chart.values[1].value: 3.5; caption: Rain; alt: Bars",
                (Detail("chart.unit", "mm", ""), Detail("chart.values[1].value", "2.5", "3.5"),
                 Detail("caption", "*Rain*", "Rain"), Detail("alt", "", "Bars")))),
        ("timeline", [{"id": "e", "date": "2026", "event": "A."}], [{"id": "e", "date": "2026", "event": "B."}],
         Change("event", ChangeKind.REWRITTEN, "e", "timeline[0]", "B.", "A.", "B.")),
        ("quotes", [{"id": "q", "text": "A.", "speaker": "M"}], [{"id": "q", "text": "B.", "speaker": "M"}],
         Change("quote", ChangeKind.REWRITTEN, "q", "quotes[0]", "M", "A.", "B.", (Detail("text", "A.", "B."),))),
        ("open_questions", question(), ANSWERED,
         Change("question", ChangeKind.ANSWERED, "q", "open_questions[0]", "Q?", "open", "Yes.", (Detail("why", "", "So."),))),
        ("subtitle", None, "New", Change("text", ChangeKind.ADDED, "subtitle", "subtitle", "subtitle", "", "New")),
        ("reference", "Old", None, Change("text", ChangeKind.REMOVED, "reference", "", "reference", "Old", "")),
        ("summary", "A  [@s].", "B\n\nC.", Change("text", ChangeKind.REWRITTEN, "summary", "summary", "summary", "A.", "B C.")),
        ("handling", {"marking": "A", "caveat": "C"}, {"marking": "B", "caveat": "C"},
         Change("text", ChangeKind.REWRITTEN, "handling.marking", "handling.marking", "handling.marking", "A", "B")),
        ("key_points", ["A *b* c."], [], Change("key_point", ChangeKind.REMOVED, "", "", "A b c.", "A b c.", "")),
        ("key_points", ["A b c."], ["A b c [@s]."],
         Change("key_point", ChangeKind.REWRITTEN, "", "key_points[0]", "A b c.", "A b c.", "A b c [@s].")),
        ("series", {"title": "W", "number": 1, "next": "2026-03-20"},
         {"title": "W", "number": 2, "next": "2026-03-27", "period": {"start": "2026-03-13", "end": "2026-03-20"}}, None),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_place_its_name_and_every_value(
    key: str, before: Any, after: Any, expected: Any
) -> None:
    sources = [{"id": "s", "title": "S"}, {"id": "r", "title": "R"}]
    old, new = (
        brief(date, sources=sources, **({key: value} if value is not None else {}))
        for date, value in (("2026-03-13", before), ("2026-03-20", after))
    )
    assert told(old, new) == ((expected,) if expected else ())


def test_a_position_moves_from_and_to() -> None:
    old = brief(stakeholders=[{"name": "City", "stance": "opposed", "position": "No."}])
    new = brief(stakeholders=[{"name": "City", "stance": "mixed", "position": "Perhaps."}])
    (change,) = told(old, new)
    assert (change.kind, change.name, change.before, change.after) == (ChangeKind.MOVED, "City", "opposed", "mixed")
    assert change.details == (Detail("position", "No.", "Perhaps."),)


@pytest.mark.parametrize(
    ("published", "stale"),
    [("2025-03-20", True), ("2025-03-21", False), ("2025-03", False), ("2025-01", False)],
    ids=["a day past it", "on the day", "a month not over by then", "stale before"],
)
def test_a_source_goes_stale_once(published: str, stale: bool) -> None:
    sources = [{"id": "s", "title": "S", "published": published}]
    found = told(brief(sources=sources), brief("2026-03-21", sources=sources))
    assert [(change.kind, change.before, change.after) for change in found] == (
        [(ChangeKind.STALE, "", published)] if stale else []
    )


@pytest.mark.parametrize("change", [{"published": None}, {"standing": "in_force"}], ids=["undated", "lasting"])
def test_what_does_not_grow_old_is_never_stale(change: dict[str, Any]) -> None:
    source = {"id": "s", "title": "S", "published": "2025-03-20"}
    lasting = {key: value for key, value in {**source, **change}.items() if value is not None}
    found = told(brief("2025-03-21", sources=[source]), brief("2026-03-21", sources=[lasting]))
    assert [each.kind for each in found] == [ChangeKind.REWRITTEN]


def test_key_points_are_paired_by_likeness() -> None:
    old = brief(key_points=["The dam holds for now.", "It costs 3 million.", "It costs 3 million."])
    new = brief(key_points=["It costs 4 million.", "The dam holds for a year.", "Quite another thing."])
    found = told(old, new)
    assert [(change.kind, change.path, change.before) for change in found] == [
        (ChangeKind.REWRITTEN, "key_points[0]", "It costs 3 million."),
        (ChangeKind.REWRITTEN, "key_points[1]", "The dam holds for now."),
        (ChangeKind.ADDED, "key_points[2]", ""),
        (ChangeKind.REMOVED, "", "It costs 3 million."),
    ]


def inner(title: str, *sections: dict[str, Any]) -> dict[str, Any]:
    return {"id": title.lower(), "title": title, "body": f"{title} body.", "sections": list(sections)}


@pytest.mark.parametrize(
    ("before", "after", "within"),
    [
        ([inner("A", inner("C")), inner("B")], [inner("A"), inner("B", inner("C"))], ("a", "b")),
        ([inner("A", inner("B", inner("C")))], [inner("A", inner("B"), inner("C"))], ("b", "a")),
        ([inner("A", inner("C"))], [inner("A"), inner("C")], ("a", "")),
        ([inner("A"), inner("C")], [inner("A", inner("C"))], ("", "a")),
    ],
    ids=["to another", "one level up", "out of all", "into one"],
)
def test_a_section_that_stands_in_another_is_told_where(
    before: list[dict[str, Any]], after: list[dict[str, Any]], within: tuple[str, str]
) -> None:
    (change,) = told(brief(sections=before), brief(sections=after))
    assert (change.item, change.kind) == ("c", ChangeKind.REWRITTEN)
    was, now = (f"within: {each or 'none'}" for each in within)
    assert (change.before, change.after, change.details) == (was, now, (Detail("within", *within),))


def test_what_stands_within_an_item_is_told_of_itself_alone() -> None:
    old, new = (brief(sections=[inner("A", {**inner("C"), "body": text})]) for text in ("It rose.", "It fell."))
    (change,) = told(old, new)
    assert (change.item, change.before, change.after) == ("c", "body: It rose.", "body: It fell.")


def test_whom_an_item_is_for_is_no_change_and_the_marking_of_the_brief_is() -> None:
    event = {"id": "e", "date": "2026-03-13", "event": "It rained."}
    old, new = (
        brief(timeline=[event | {"priority": priority, "marking": marking}], handling={"marking": marking})
        for priority, marking in (("low", "OFFICIAL"), ("high", "SECRET"))
    )
    (change,) = told(old, new)
    assert (change.path, change.before, change.after) == ("handling.marking", "OFFICIAL", "SECRET")


def test_marks_and_dashes_of_a_keyboard_are_those_that_are_set() -> None:
    typed, printed = brief(summary="'It' -- \"rose\" --- twice."), brief(summary="‘It’ – “rose” — twice.")
    assert told(typed, printed) == told(printed, typed) == ()
    assert len(told(typed, brief(summary="‘It’ — “rose” – twice."))) == 1


def test_yes_and_no_are_told_as_they_are_typed() -> None:
    (change,) = told(brief(fit=False), brief(fit=True))
    assert (change.path, change.before, change.after) == ("fit", "false", "true")


def test_texts_are_paired_once_and_from_the_least_likeness_on() -> None:
    assert paired(["abcde fgh"], ["abcde fg", "abcde f"]).fresh == ((0, "abcde fg", "abcde fgh"), (1, "abcde f", None))
    assert paired(["abcde fg", "abcde f"], ["abcde fgh"]).gone == ("abcde f",)
    assert paired(["abcxy"], ["abczw"]).fresh == ((0, "abczw", "abcxy"),), "six letters of ten: just alike enough"
    assert paired(["abcxyq"], ["abczw"]).fresh == ((0, "abczw", None),)
