"""What an editor's marks may stand for, and what they may not hide."""

from __future__ import annotations

import pytest

from tests.quotes.asking import asked, doubts, status

SOURCE = (
    "The hall was full. “We will not go back to the old rule, and nobody here has asked us to. The wharf stays open until the "
    "new one is paid for,” said Ada Quill, who runs the port. She wants the council to decide in May."
)

MARKED = [
    ("We will not go back […] and nobody here has asked us to.", [("[…]", "to the old rule,")]),
    ("We will not go back ... and nobody here has asked us to.", [("...", "to the old rule,")]),
    ("We will not go back . . . and nobody here has asked us to.", [(". . .", "to the old rule,")]),
    (
        "We will not go back [...] The wharf stays open",
        [("[...]", "to the old rule, and nobody here has asked us to.")],
    ),
    ("nobody here has asked us to.... until the new one is paid for", [("...", "The wharf stays open")]),
    ("We [the port] will not go back", [("[the port]", "")]),
    ("We will not go back to [the rule of 1998]", [("[the rule of 1998]", "")]),
    ("We will not go back to [that] rule", [("[that]", "the old")]),
    ("[T]he wharf stays open", [("[T]he", "The")]),
    ("[t]he wharf stays open", [("[t]he", "The")]),
    ("[N]obody here has asked us", [("[N]obody", "nobody")]),
    ("The wharf stay[ed] open", [("stay[ed]", "stays")]),
    ("The wharf sta[id] open", [("sta[id]", "stays")]),
    ("[t]he wharf stay[ed] open", [("[t]he", "The"), ("stay[ed]", "stays")]),
    ("The wharf stays open [sic] until", [("[sic]", "")]),
    ("The wharf stays open until the new one is paid for. [emphasis added]", [("[emphasis added]", "")]),
    ("The [gate] wharf stays open", [("[gate]", "")]),
    ("nobody here has asked us [emphasis in original]", [("[emphasis in original]", "")]),
    ("… and nobody here has asked us to.", [("…", "")]),
    ("nobody here has asked us to …", [("…", "")]),
    ("[W]e will not go back […] [T]he wharf stays open", None),
    ("asked us to. […] [Ada] wants the council to decide", None),
]


@pytest.mark.parametrize(("quote", "changes"), MARKED, ids=[row[0] for row in MARKED])
def test_marked_changes_are_honoured(quote: str, changes: list[tuple[str, str]] | None) -> None:
    finding = asked(quote, SOURCE)
    assert finding.status == "verbatim with marked changes"
    if changes is not None:
        assert [(change.mark, change.source) for change in finding.places[0].changes] == changes


@pytest.mark.parametrize(
    "quote",
    [
        "We will [never] go back to the rule",
        "We will [soon] go back to the old rule",
        "We will not go back […] and somebody here has asked us to.",
        "nobody here has asked us to. […] We will not go back",
        "The wharf [of the old town and of all who work there] stays shut",
        "[S]he wharf stays open",
        "The wharf stays [un]open",
        "The w[] stays open",
        "[Th]e wharf stays shut",
        "The wharf stays open. [emphasis added]",
        "We [did] back to the old rule",
        "The wharf sta[yed] shut",
        "We will not go back [sic] the old rule",
        "We will not go back [emphasis added] the old rule",
    ],
)
def test_marks_do_not_excuse_other_changes(quote: str) -> None:
    assert status(quote, SOURCE) == "altered"


def test_a_bracket_stands_for_ten_words_at_most() -> None:
    words = "one two three four five six seven eight nine ten eleven"
    source = f"We ask {words} of you today."
    assert status("We ask [much] of you today.", source.replace(" eleven", "")) == "verbatim with marked changes"
    assert status("We ask [much] of you today.", source) == "altered"


def test_marks_of_the_source_itself_are_verbatim() -> None:
    source = "The report says: “It failed … in [the] end [sic], [t]hey wrote.”"
    assert status("It failed … in [the] end [sic], [t]hey wrote.", source) == "verbatim"
    assert status("It failed ... in [the] end", source) == "verbatim"
    assert status("It failed … in […] end", source) == "verbatim with marked changes"
    assert status("It failed in [the] end", source) == "altered"


def test_an_omission_takes_the_nearest_passages_in_order() -> None:
    source = "We agree on the date. They said a lot. We agree on the price and on the place."
    (place, *_) = asked("We agree […] on the place.", source).places
    assert source[place.start : place.end] == "We agree on the price and on the place."


def test_pieces_in_another_order_are_altered_and_said_to_be() -> None:
    finding = asked("The wharf stays open until the new one […] We will not go back to the old rule", SOURCE)
    assert finding.status == "altered"
    assert "other-order" in doubts(
        "The wharf stays open until the new one […] We will not go back to the old rule", SOURCE
    )


def test_a_join_of_passages_far_apart_is_said_to_be_one() -> None:
    between = " ".join(["Much was said of other things that day."] * 15)
    source = f"The gate is old and heavy. {between} The bridge is new and light."
    quote = "The gate is old and heavy. […] The bridge is new and light."
    assert status(quote, source) == "verbatim with marked changes"
    assert doubts(quote, source) == ["far-apart"]
    assert doubts(quote, source.replace(between, "Much was said.")) == []


def test_short_pieces_are_not_joined_from_far_apart() -> None:
    between = " ".join(["Much was said of other things that day."] * 15)
    assert status("The gate […] light.", f"The gate is old. {between} The bridge is light.") == "altered"
    assert status("The gate […] light.", "The gate is old. The bridge is light.") == "verbatim with marked changes"


def test_leaving_out_a_negation_inside_a_sentence_is_doubted() -> None:
    assert doubts("We will […] go back to the old rule", SOURCE) == ["negation-left-out"]
    assert doubts("The gates […] work.", "The gates, he said, do not often work.") == ["negation-left-out"]


def test_leaving_out_a_whole_sentence_with_a_negation_is_not() -> None:
    assert doubts("It rained. […] They went.", "It rained. Nobody was there. They went.") == []


def test_changed_letters_may_not_take_a_negation_away() -> None:
    assert status("we can[] see it", "Well, we can’t see it.") == "altered"
    assert status("we can[] see it", "Well, we canx see it.") == "verbatim with marked changes"
    assert status("we cann[ot] see it", "Well, we cannot see it.") == "verbatim with marked changes"


def test_putting_a_negation_in_is_doubted() -> None:
    assert doubts("The wharf stays [not] open", SOURCE) == ["negation-put-in"]
    assert doubts("The wharf stays [wide] open", SOURCE) == []
    assert doubts("We can[not] see it", "We can see it.") == ["negation-put-in"]


def test_cutting_off_a_negation_is_doubted() -> None:
    assert doubts("go back to the old rule", SOURCE) == ["negation-cut-off"]
    assert doubts("nobody here has asked us to", SOURCE) == []


def test_cutting_a_number_off_from_its_unit_is_doubted() -> None:
    assert doubts("It fell by 5", "It fell by 5 million last year.") == ["number-cut-off"]
    assert doubts("It fell by 5 million", "It fell by 5 million last year.") == []
    assert doubts("It fell by 5", "It fell by 5 last year.") == []


def test_a_quote_that_is_all_marks_is_not_found() -> None:
    assert status("[…]", SOURCE) == "not found"
