"""Whatever somebody does to a document, every word that they typed stands in the data or in the report."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.formats.docx.edited.edited_document import EditedDocument, EditedParagraph, Span, joined
from briefing.formats.docx.edited.open_edited import read_edited
from briefing.pull.document_changes import changes_of
from briefing.pull.found_changes import DocumentChanges
from briefing.pull.outcomes import Plan
from briefing.pull.three_way import ThreeWay
from briefing.source.editing import Rearrange, SetText, SetValue
from briefing.source.file import SourceFile, read
from briefing.source.nodes import flat_values
from tests.pull.test_pull import built

CHEAP = settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDING = Wording.of("en-GB")


@cache
def scene() -> tuple[EditedDocument, SourceFile, dict[str, str]]:
    """A document as built, its data file, and the values of this."""
    data, folder = built()
    source = read(folder / "brief.yaml")
    return read_edited(data), source, dict(flat_values(source.root))


def changes_in(copy: list[EditedParagraph], name: str = "copy 0") -> DocumentChanges:
    """What was changed in the paragraphs of an edited copy."""
    document = scene()[0]
    assert document.base is not None
    return changes_of(name, replace(document, paragraphs=tuple(copy)), document.base, WORDING)


def joined_with_the_data(changes: list[DocumentChanges]) -> Plan:
    """What the changes of copies become."""
    _, source, values = scene()
    return ThreeWay(changes, values, source.root, None).joined()


def plan(copy: list[EditedParagraph]) -> Plan:
    """What the paragraphs of an edited copy become."""
    return joined_with_the_data([changes_in(copy)])


def written(made: Plan) -> str:
    """All that would be typed into the data."""
    found = []
    for edit, _ in made.edits:
        if isinstance(edit, SetText | SetValue):
            found.append(edit.text)
        elif isinstance(edit, Rearrange):
            found += [str(each) for each in edit.items if not isinstance(each, int)]
    return "\n".join(found)


def told(made: Plan) -> str:
    """All that the report says of what is not in the data."""
    return "\n".join(f"{each.message} {each.before} {each.after}" for each in made.outcomes)


def put_in(paragraph: EditedParagraph, place: int, text: str, *, strong: bool = False) -> EditedParagraph:
    """The paragraph with a word typed behind the character `place`."""
    made: list[Span] = []
    for span in paragraph.spans or (Span(""),):
        if 0 <= place <= len(span.text) and not span.note:
            made += [
                replace(span, text=span.text[:place]),
                Span(text, strong=strong),
                replace(span, text=span.text[place:]),
            ]
            place = -1
        else:
            made.append(span)
            place -= len(span.text)
    return replace(paragraph, spans=joined(made if place < 0 else [*made, Span(text, strong=strong)]))


@cache
def texts() -> list[int]:
    """The paragraphs of light Markdown, in which a word can be typed anywhere."""
    document, _, _ = scene()
    assert document.base is not None
    return [
        number
        for number, each in enumerate(document.paragraphs)
        if each.style in ("Body Text", "Numbered Paragraph", "Bottom Line", "List Bullet", "Box Text") and each.code
    ]


@cache
def lines_to_take() -> list[int]:
    """The items of a list."""
    return [at for at, each in enumerate(scene()[0].paragraphs) if each.style == "List Bullet"]


def base_paragraph(at: int) -> EditedParagraph:
    """A paragraph as it was built."""
    return scene()[0].paragraphs[at]


@settings(CHEAP, max_examples=300)
@given(st.data())
def test_what_a_perfect_editor_types_stands_in_the_data(data: st.DataObject) -> None:
    """Words within running texts, in any of them, with marks or without: as many changes as texts, and nothing else is said."""
    paragraphs = list(scene()[0].paragraphs)
    chosen = data.draw(st.lists(st.sampled_from(texts()), min_size=1, max_size=4, unique=True))
    for number, at in enumerate(chosen):
        spaces = [place for place, sign in enumerate(paragraphs[at].spans[0].text) if sign == " "] or [0]
        place = data.draw(st.sampled_from(spaces))
        paragraphs[at] = put_in(paragraphs[at], place, f" newword{number}")
    if data.draw(st.booleans()):
        paragraphs = [replace(each, code="", marks=()) for each in paragraphs]
    made = plan(paragraphs)
    assert made.outcomes == []
    assert all(f"newword{number}" in written(made) for number in range(len(chosen)))
    paths = {scene()[0].base.traces[scene()[0].paragraphs[at].code].path for at in chosen}  # type: ignore[union-attr]
    assert len(made.edits) == len(paths)


OTHER_EDITS = ["delete", "double", "move", "strip", "new", "bold", "row", "style", "note"]


@CHEAP
@given(st.data())
def test_no_word_is_lost(data: st.DataObject) -> None:
    """Words anywhere, paragraphs that are deleted, doubled, moved, split and stripped of their marks, all at once."""
    paragraphs = list(scene()[0].paragraphs)
    count = data.draw(st.integers(1, 6))
    for number in range(count):
        at = data.draw(st.integers(0, len(paragraphs) - 1))
        doing = data.draw(st.sampled_from(["type", "type", "type", *OTHER_EDITS]))
        paragraph = paragraphs[at]
        if doing in ("type", "bold"):
            place = data.draw(st.integers(0, len(paragraph.seen)))
            paragraphs[at] = put_in(paragraph, place, f" mark{number}q ", strong=doing == "bold")
        elif doing == "delete" and "mark" not in paragraph.seen:
            del paragraphs[at]
        elif doing == "double":
            paragraphs.insert(
                at,
                replace(paragraph, code="")
                if "mark" not in paragraph.seen
                else replace(paragraph, spans=(Span(f"mark{number}q"),)),
            )
        elif doing == "move" and paragraph.cell is None and paragraph.place == "body":
            del paragraphs[at]
            paragraphs.insert(data.draw(st.integers(0, len(paragraphs))), paragraph)
        elif doing == "strip":
            paragraphs[at] = replace(paragraph, code="", marks=())
        elif doing == "new":
            style = data.draw(st.sampled_from(["Normal", paragraph.style, "Body Text", "Quote"]))
            made_new = EditedParagraph(paragraph.place, style, (Span(f"A mark{number}q."),), cell=paragraph.cell)
            paragraphs.insert(at, made_new)
        elif doing == "row" and paragraph.cell is not None:
            table, row, _ = paragraph.cell
            cells = [each for each in paragraphs if each.cell is not None and each.cell[:2] == (table, row)]
            made_row = [
                replace(
                    each,
                    code="",
                    marks=(),
                    spans=(Span(f"mark{number}q" if each.cell == paragraph.cell else "Words"),),
                    cell=(table, 1_000 + number, each.cell[2] if each.cell else 0),
                )
                for each in cells
            ]
            end = max(place for place, each in enumerate(paragraphs) if each in cells)
            paragraphs[end + 1 : end + 1] = made_row
        elif doing == "style":
            paragraphs[at] = replace(
                paragraph, style=data.draw(st.sampled_from(["Heading 2", "List Bullet", "Normal"]))
            )
        elif doing == "note":
            called = data.draw(st.sampled_from(["footnote", "endnote"]))
            paragraphs[at] = replace(paragraph, spans=(*paragraph.spans, Span("", note=f"?{called} {900 + number}")))
            paragraphs.append(
                EditedParagraph(called, f"{called} text", (Span(f"mark{number}q"),), note=str(900 + number))
            )
    typed = {f"mark{number}q" for number in range(count) if any(f"mark{number}q" in each.seen for each in paragraphs)}
    made = plan(paragraphs)
    everything = written(made) + told(made)
    assert {each for each in typed if each not in everything} == set()


@settings(CHEAP, max_examples=200)
@given(st.data())
def test_three_copies_land_or_are_named(data: st.DataObject) -> None:
    """Three people type words into texts of one document, and delete, double and add items: disjoint words are in the data, others in a conflict that
    names who typed them; the order of the copies is nothing.
    """
    copies = [list(scene()[0].paragraphs) for _ in range(3)]
    typed: list[tuple[int, int, str]] = []
    for number, copy in enumerate(copies):
        for at in data.draw(st.lists(st.sampled_from([*texts()[:6], *lines_to_take()]), max_size=4, unique=True)):
            spaces = [place for place, sign in enumerate(copy[at].spans[0].text) if sign == " "][:4] or [0]
            copy[at] = put_in(copy[at], data.draw(st.sampled_from(spaces)), f" copy{number}x{at}")
            typed.append((number, at, f"copy{number}x{at}"))
        at = data.draw(st.sampled_from(lines_to_take()))
        doing = data.draw(st.sampled_from(["nothing", "delete", "new"]))
        if doing == "delete":
            del copy[at]
            typed = [each for each in typed if each[:2] != (number, at)]
        elif doing == "new":
            copy.insert(at + 1, replace(copy[at], code="", marks=(), spans=(Span(f"A new copy{number}new."),)))
            typed.append((number, -1, f"copy{number}new"))
    changes = [changes_in(copy, f"copy {number}") for number, copy in enumerate(copies)]
    made, again = joined_with_the_data(changes), joined_with_the_data(changes[::-1])
    assert written(made) == written(again) and made.outcomes == again.outcomes
    for number, at, word in typed:
        others = (other for each, other in enumerate(copies) if each != number)
        if at < 0 or all(base_paragraph(at) in other for other in others):
            assert word in written(made), "what nobody else came near lands"
        named = [each for each in made.outcomes if word in each.after and f"copy {number}" in each.who]
        assert word in written(made) or named


def author_lines() -> tuple[int, int]:
    """The line of the masthead and that of the signature, which print the same author."""
    lines = ("Masthead Fact", "From:"), ("Signature Line", "Hedda Moresby,")
    first, second = (
        next(at for at, each in enumerate(scene()[0].paragraphs) if each.style == style and each.seen.startswith(start))
        for style, start in lines
    )
    return first, second


def test_words_in_both_lines_that_print_one_author_are_joined_or_told() -> None:
    """A name is printed in the masthead and above the signature: words in both stand in the data, or the report has both."""
    masthead, signature = author_lines()
    said = scene()[0].paragraphs[masthead].seen
    for first, second, is_joined in (("Moresby", "Hedda", True), ("Hedda", "Hedda", False)):
        paragraphs = list(scene()[0].paragraphs)
        paragraphs[masthead] = put_in(paragraphs[masthead], said.index(first) + len(first), " mark0q")
        paragraphs[signature] = put_in(paragraphs[signature], len(second), " mark1q")
        made = plan(paragraphs)
        there = [*filter(lambda text: "mark" in text, written(made).splitlines())]
        assert there == (["Hedda mark1q Moresby mark0q"] if is_joined else [])
        said_of = [(each.kind, each.after) for each in made.outcomes]
        assert said_of == ([] if is_joined else [("both-changed", "Hedda mark0q Moresby / Hedda mark1q Moresby")])


def test_an_author_stays_whose_line_of_signature_is_deleted() -> None:
    """The signature is deleted and the masthead edited: the author stays with the new name, and the report has what is gone."""
    masthead, signature = author_lines()
    paragraphs = list(scene()[0].paragraphs)
    place = paragraphs[masthead].seen.index(" Moresby")
    paragraphs[masthead] = put_in(paragraphs[masthead], place, " mark0q")
    del paragraphs[signature]
    made = plan(paragraphs)
    assert written(made) == "Hedda mark0q Moresby"
    assert [(each.status, each.kind, each.path) for each in made.outcomes] == [("todo", "missing", "authors[0]")]
