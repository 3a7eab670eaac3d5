"""The list of sources and the footnotes as they stand in the tree, node by node."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.compose.footnotes import letter
from briefing.document.inlines import FootnoteReference, Link, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import FootnoteList, NoteList, Section
from briefing.document.walk import dump, walk
from tests.compose.test_compose import composed

SOURCES: list[dict[str, Any]] = [
    {
        "id": "law",
        "title": "The law",
        "author": "A. B.",
        "publisher": "Gazette",
        "published": "2026-03",
        "note": "Read it. See p. X..",
    },
    {"id": "page", "title": "A page", "url": "https://x.org/a", "accessed": "2026-03-02", "kind": "secondary"},
    {"id": "heard", "title": "Heard", "via": "page", "kind": "hearsay"},
    {"id": "seen", "title": "Seen", "via": "page", "accessed": "2026-03-01"},
    {"id": "old", "title": "Old", "via": "lost"},
    {"id": "lost", "title": "Lost"},
]


def section(kind: str, **values: Any) -> Section:
    (found,) = [each for each in composed(sources=SOURCES, **values).sections if each.kind == kind]
    return found


def entries(**values: Any) -> dict[str, str]:
    """The words of every note, by the id of its source."""
    (notes,) = section("sources", **values).blocks
    assert isinstance(notes, NoteList)
    return {note.id.removeprefix("source-"): inline_text(note.children).replace("\u00a0", " ") for note in notes.notes}


def test_what_is_said_of_each_source() -> None:
    assert entries(summary="So [@law; @page; @heard; @seen; @old].") == {
        "law": "A. B., “The law”, Gazette, March 2026. Read it. See p. X.",
        "page": "“A page”, undated. Secondary source. https://x.org/a (accessed 2 March 2026).",
        "heard": "“Heard”, undated. Hearsay, as reported by source 2.",
        "seen": "“Seen”, undated. As reported by source 2. Accessed 1 March 2026.",
        "old": "“Old”, undated. As reported by “Lost”, undated.",
    }


def test_a_language_may_say_more_behind_the_source_that_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.compose import wording

    labels = {**wording._labels("en"), "reported_by_source": "by {source} reported"}  # type: ignore[dict-item]
    monkeypatch.setattr(wording, "_labels", lambda language: labels)
    assert entries(summary="So [@page; @heard].")["heard"] == "“Heard”, undated. Hearsay, by source 1 reported."


def test_the_list_of_sources_node_by_node() -> None:
    document = composed(sources=SOURCES[:2], summary="So [@page, p. 3] and [@page].")
    lines = [line.replace("\\xa0", " ") for line in dump(document).splitlines()]
    start = next(number for number, line in enumerate(lines) if "section-consulted" in line)
    assert [line.strip() for line in lines[start:] if line.strip()][:-1] == [
        "Section id='section-consulted' origin='sources' kind='consulted'",
        "heading: Heading id='section-consulted.heading' level=1",
        "Text text='Also consulted'",
        "blocks:",
        "ItemList id='consulted' origin='sources' start=1 level=1",
        "ListItem id='source-law' origin='sources[0]' marker='•'",
        "Paragraph id='source-law.entry' origin='sources[0]' role='note'",
        "Text text='A. B., “The law”, Gazette, March 2026'",
        "Text text='. '",
        "Text text='Read it. See p. X'",
        "Text text='.'",
        "Section id='section-sources' origin='sources' kind='sources'",
        "heading: Heading id='section-sources.heading' level=1",
        "Text text='Sources'",
        "blocks:",
        "NoteList id='notes'",
        "Note id='source-page' origin='sources[1]' number=1 anchor='source-page.cited-1' name='Source 1: A page'",
        "Text text='“A page”, undated'",
        "Text text='. '",
        "Text text='Secondary source'",
        "Text text='. '",
        "Link url='https://x.org/a'",
        "Text text='https://x.org/a'",
        "Text text=' (accessed 2 March 2026)'",
        "Text text='.'",
    ]
    assert [each.heading.origin for each in document.sections[-2:]] == ["", ""], "no data file has their headings"
    mentions = [node for node in walk(document) if isinstance(node, NoteReference)]
    assert [(node.number, node.anchor, node.first) for node in mentions] == [
        (1, "source-page.cited-1", True),
        (1, "source-page.cited-2", False),
    ]
    assert [node.url for node in walk(document) if isinstance(node, Link)] == ["https://x.org/a"]


def test_footnotes_node_by_node() -> None:
    assert [letter(number) for number in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "zz", "aaa"]
    text = "a[^x] b[^y]\n\n[^x]: One.\n[^y]: *Two*."
    document = composed(sources=SOURCES[:1], summary="S[^z].\n\n[^z]: Zed.", background=text)
    lists = [node for node in walk(document) if isinstance(node, FootnoteList)]
    assert [
        (each.id, [(note.id, note.origin, note.mark, note.anchor) for note in each.footnotes]) for each in lists
    ] == [
        ("section-summary.footnotes", [("summary.note-z", "summary", "a", "summary.note-z.called")]),
        (
            "section-background.footnotes",
            [
                ("background.note-x", "background", "b", "background.note-x.called"),
                ("background.note-y", "background", "c", "background.note-y.called"),
            ],
        ),
    ]
    assert [inline_text(note.children) for each in lists for note in each.footnotes] == ["Zed.", "One.", "Two."]
    assert [note.name for each in lists for note in each.footnotes] == ["Note a", "Note b", "Note c"]
    calls = [node for node in walk(document) if isinstance(node, FootnoteReference)]
    assert [(call.mark, call.origin, call.children) for call in calls] == [(mark, "", ()) for mark in "abc"]
    assert [section.blocks[-1] is found for section, found in zip(document.sections, lists, strict=False)] == [
        True,
        True,
    ]
