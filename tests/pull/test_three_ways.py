"""What documents and the data do to one list or text at once, and what a paragraph becomes of another form: the cases that no other test has."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import EditedParagraph, Span, joined
from briefing.source.editing import Rearrange, SetText
from tests.pull.test_nothing_is_lost import changes_in, joined_with_the_data, plan, scene
from tests.pull.test_swapped import places, retyped


def edited(words: str, change: tuple[Span, ...]) -> list[EditedParagraph]:
    """The document with other spans in the paragraph that has the words."""
    made, (at,) = places(words)
    made[at] = replace(made[at], spans=change)
    return made


def spans_of(words: str) -> tuple[Span, ...]:
    """The spans of the paragraph that has the words."""
    made, (at,) = places(words)
    return made[at].spans


def text_of(copy: list[EditedParagraph]) -> str:
    """The one text that is changed, with nothing else said."""
    made = plan(copy)
    ((edit, _),) = made.edits
    assert isinstance(edit, SetText) and made.outcomes == []
    return edit.text


def test_items_that_two_copies_move_otherwise_are_a_conflict_and_the_same_move_is_one() -> None:
    one, other = retyped("Whoever brings it back is", "Eighty-eight"), retyped("No shop under", "Eighty-eight")
    clash = joined_with_the_data([changes_in(one, "anna"), changes_in(other, "ben")])
    assert clash.edits == [] and [(each.status, each.who) for each in clash.outcomes] == [("conflict", ("anna", "ben"))]
    same = joined_with_the_data([changes_in(one, "anna"), changes_in(one, "ben")])
    assert [edit for edit, _ in same.edits] == [Rearrange("lines_to_take", (2, 1, 0))] and same.outcomes == []


def test_two_items_joined_in_one_are_a_text_and_a_deletion() -> None:
    made, (first, second) = places("Whoever brings it back is", "No shop under")
    made[first] = replace(made[first], spans=joined([*made[first].spans, Span(" "), *made[second].spans]))
    del made[second]
    edits = [edit for edit, _ in plan(made).edits]
    whole = "Whoever brings it back is paid back. Nobody who returns a container pays more. No shop under 100 square metres has to take part."
    assert edits == [SetText("lines_to_take[0]", whole), Rearrange("lines_to_take", (0, 2))]


def test_a_line_break_emphasis_and_a_source_come_and_go() -> None:
    said = spans_of("The Committee reports before")
    broken = tuple(replace(each, text=each.text.replace(". A statement", ".\nA statement")) for each in said)
    assert ".\\\nA statement" in text_of(edited("The Committee reports before", broken))
    uncited = tuple(each for each in said if not each.note)
    assert "[@" not in text_of(edited("The Committee reports before", uncited))
    plain = tuple(replace(each, strong=False) for each in spans_of("Officials recommend"))
    assert "**" not in text_of(edited("Officials recommend", joined(plain)))
    assert "**" in scene()[2]["summary"]


def test_a_copied_quote_has_the_keys_of_the_one_that_it_is_a_copy_of() -> None:
    made, (words, said_by) = places("Councils would lose", "Petra Holm")
    made[said_by + 2 : said_by + 2] = [replace(made[at], code="", marks=()) for at in (words, said_by)]
    ((edit, _),) = plan(made).edits
    assert isinstance(edit, Rearrange)
    new = edit.items[-1]
    assert not isinstance(new, int) and list(new) == ["text", "speaker", "organisation", "date", "source", "locator"]


def test_a_text_that_is_rewritten_with_its_label_is_whole_and_the_label_is_told() -> None:
    made = plan(edited("Context: Letter to you", (Span("She wrote to you on the first of May."),)))
    ((edit, _),) = made.edits
    assert edit == SetText("quotes[0].context", "She wrote to you on the first of May.")
    assert [(each.kind, each.path) for each in made.outcomes] == [("no-place", "quotes[0].context")]
