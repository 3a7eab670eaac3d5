"""'Since the last issue': what is told, in which order and words, where it leads, and what is marked in the body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from briefing import compose_brief
from briefing.compose import resolve
from briefing.compose.wording import CHANGE_SHAPES
from briefing.document.inlines import CrossReference, Mark, MarkKind
from briefing.document.reading import inline_text
from briefing.document.tree import Document, Figure, Heading, ItemList, Note, Paragraph, Quotation, Row, Section
from briefing.document.walk import identifiers, walk
from briefing.schema import Brief
from briefing.schema.references import identified
from briefing.series.changes import ChangeKind, changes
from briefing.series.last_issue import Compared, Mismatch, Missing, NotTheLast, Unreadable
from tests.running import EXAMPLES, briefing

COMMON: dict[str, Any] = {"title": "A brief", "summary": "It is so."}
NBSP = "\u00a0"


def brief(date: str, **values: Any) -> Brief:
    return identified(Brief.model_validate({**COMMON, "date": date, **values}))


def document(old: dict[str, Any], new: dict[str, Any], **both: Any) -> Document:
    """The later brief, composed with what changed since the earlier one."""
    before, after = brief("2026-03-06", **{**both, **old}), brief("2026-03-13", **{**both, **new})
    found = changes(before, after, stale_after_days=30)
    return resolve(after, {}, since=Compared(11, before.date, found))


def opening(composed: Document) -> Section:
    summary, section = composed.sections[:2]
    assert (summary.kind, section.kind) == ("summary", "since_last_issue")
    return section


def lines(composed: Document) -> list[str]:
    return [
        inline_text(paragraph.children).replace(NBSP, " ")
        for node in opening(composed).blocks
        if isinstance(node, ItemList)
        for item in node.items
        for paragraph in item.blocks
        if isinstance(paragraph, Paragraph)
    ]


def marks(node: Any) -> list[str]:
    return [mark.value for mark in walk(node) if isinstance(mark, Mark) and mark.kind is MarkKind.CHANGE]


def body(composed: Document) -> tuple[Section, ...]:
    return tuple(section for section in composed.sections if section.kind != "since_last_issue")


def row(composed: Document, name: str) -> Row:
    return next(node for node in walk(composed.sections) if isinstance(node, Row) and node.id == name)


def marked_cells(node: Row) -> dict[str, str]:
    """Of each cell with a mark of change, by its column: what stands there from the mark on."""
    return {
        cell.id.rpartition(".")[2]: inline_text(cell.blocks[-1].children).replace(NBSP, " ")  # type: ignore[union-attr]
        for cell in node.cells
        if marks(cell)
    }


ANN: dict[str, Any] = {"id": "ann", "name": "Ann", "position": "It holds.", "stance": "opposed"}


def test_a_position_that_moved_is_told_from_and_to_and_marked_in_its_stance() -> None:
    composed = document({"stakeholders": [ANN]}, {"stakeholders": [{**ANN, "stance": "supportive"}]})
    assert lines(composed) == ["Positions ↔ Moved: Ann, ▼ Opposed → ▲ Supportive"]
    assert marked_cells(row(composed, "position-ann")) == {"stance": "↔ Moved from ▼ Opposed"}


def test_a_position_that_took_or_gave_up_a_stance_says_so() -> None:
    bare = {key: value for key, value in ANN.items() if key != "stance"}
    composed = document({"stakeholders": [bare]}, {"stakeholders": [ANN]})
    assert lines(composed) == ["Positions ↔ Moved: Ann, no stance → ▼ Opposed"]
    assert marked_cells(row(composed, "position-ann")) == {"stance": "↔ Moved from no stance"}
    composed = document({"stakeholders": [ANN]}, {"stakeholders": [bare]})
    assert lines(composed) == ["Positions ↔ Moved: Ann, ▼ Opposed → no stance"]
    assert marked_cells(row(composed, "position-ann")) == {"name": "↔ Moved from ▼ Opposed"}


def test_positions_that_are_new_changed_or_gone() -> None:
    old = [ANN, {"id": "bob", "name": "Bob", "stance": "neutral"}]
    new = [{**ANN, "position": "It falls."}, {"id": "cyd", "name": "Cyd", "stance": "mixed"}]
    composed = document({"stakeholders": old}, {"stakeholders": new})
    assert lines(composed) == [
        "Positions + New: Cyd (◆ Mixed)",
        "≠ Changed: Ann: position",
        "× No longer listed: Bob (■ Neutral)",
    ]
    assert marked_cells(row(composed, "position-ann")) == {"position": "≠ Changed"}
    assert marked_cells(row(composed, "position-cyd")) == {"name": "+ New"}


def test_questions_are_told_by_what_became_of_them() -> None:
    def ask(name: str, **values: Any) -> dict[str, Any]:
        return {"id": name, "question": f"Is it {name}?", **values}

    old = [
        ask("answered"), ask("dropped"), ask("overdue", due="2026-03-10"), ask("again", status="dropped"),
        {"id": "reworded", "question": "Is it?"}, ask("gone"), ask("late", due="2026-03-01"), ask("same"),
    ]  # fmt: skip
    new = [
        ask("answered", status="answered", answer="It is **so**, and was."), ask("dropped", status="dropped"),
        ask("overdue", due="2026-03-10"), ask("again"), ask("reworded"), ask("late", due="2026-03-01"), ask("same"), ask("opened"),
    ]  # fmt: skip
    composed = document({"open_questions": old}, {"open_questions": new})
    assert lines(composed) == [
        "Questions ✓ Now answered: Is it answered? It is so, and was.",
        "▲ Now overdue: Is it overdue? (Due: 10 March 2026)",
        "□ Reopened: Is it again?",
        "+ New: Is it opened?",
        "≠ Changed: Is it reworded?",
        "– Now dropped: Is it dropped?",
        "× No longer listed: Is it gone?",
    ]
    told = {name: marked_cells(row(composed, f"question-{name}")) for name in ("answered", "reworded", "late", "same")}
    assert told == {
        "answered": {"status": "✓ Now answered"},
        "reworded": {"question": "≠ Changed"},
        "late": {},
        "same": {},
    }


def test_quotes_events_sources_sections_and_texts() -> None:
    old = {
        "quotes": [{"id": "gone", "text": "We go.", "speaker": "Bob"}, {"id": "same", "text": "We stay.", "speaker": "Cyd"}],
        "timeline": [{"id": "vote", "date": "2026-03-01", "event": "A vote."}],
        "sources": [{"id": "old", "title": "Old", "published": "2026-02-08"}, {"id": "left", "title": "Left"}],
        "sections": [{"id": "law", "title": "The law", "body": "As it was."}],
        "background": "Long ago.",
    }  # fmt: skip
    new = {
        "title": "Another title",
        "quotes": [{"id": "same", "text": "We stay.", "speaker": "Cyd"}, {"id": "new", "text": "We come.", "speaker": "Ann"}],
        "timeline": [{"id": "vote", "date": "2026-03-02", "event": "A vote."}, {"id": "next", "date": "2026-04", "event": "Another [@new]."}],
        "sources": [{"id": "old", "title": "Old", "published": "2026-02-08"}, {"id": "new", "title": "New"}],
        "sections": [{"id": "law", "title": "The law", "body": "As it is."}, {"id": "cost", "title": "The cost", "body": "1. Much"}],
        "summary": "It is not so [@old].",
        "proposition": "Go.",
    }  # fmt: skip
    composed = document(old, new)
    assert lines(composed) == [
        "Quotes + New: Quote 1 (Ann)",
        "× No longer listed: Bob, “We go.”",
        "Events + New: April 2026, Another.",
        "≠ Changed: 2 March 2026, A vote: date",
        "Sources + New: “New”",
        "△ Gone stale: “Old” (8 February 2026)",
        "7 further changes, marked where they stand",
    ]
    assert lines(
        document(
            {**old, "quotes": [], "timeline": []}, {**new, "quotes": [], "timeline": [], "sources": old["sources"]}
        )
    ) == [
        "Sources △ Gone stale: “Old” (8 February 2026)",
        "Sections + New: The cost",
        "≠ Changed: The law: text",
        "Texts + New: Proposition",
        "≠ Changed: Title (A brief → Another title) · Bottom line",
        "× No longer listed: Background",
    ]
    quoted = {node.id: marks(node.attribution) for node in walk(body(composed)) if isinstance(node, Quotation)}
    assert quoted == {"quote-same": [], "quote-new": ["added"]}
    (drawn,) = (node for node in walk(body(composed)) if isinstance(node, Figure) and node.key == "timeline")
    assert marks(drawn.caption) == ["rewritten", "added"]
    assert inline_text(drawn.caption.children).replace(NBSP, " ").endswith("≠ Changed 2 March 2026 + New April 2026")
    assert {node.id: marks(node) for node in walk(body(composed)) if isinstance(node, Note)} == {
        "source-old": ["stale"],
        "source-new": ["added"],
    }
    sections = {
        section.id: inline_text(section.blocks[0].children)
        for section in body(composed)
        if isinstance(section.blocks[0], Paragraph)
    }
    assert sections == {
        "section-summary": f"≠{NBSP}Changed since the last issue",
        "section-law": f"≠{NBSP}Changed since the last issue",
        "section-cost": f"+{NBSP}New since the last issue",
        "section-stakeholders": f"Proposition: Go. +{NBSP}New",
    }


def test_key_points_are_named_by_their_first_sentence_and_marked_behind_their_last_word() -> None:
    old = {"key_points": ["**It is late.** By four days.", "Same."]}
    new = {
        "key_points": ["**It is late.** By six days.", "Same.", "Quite another matter:\n\n- one\n- two", "word " * 40]
    }
    composed = document(old, new)
    assert lines(composed) == [
        f"Key points + New: Quite another matter: one two · {'word ' * 12}word…",
        "≠ Changed: It is late.",
    ]
    section = next(section for section in composed.sections if section.kind == "key_points")
    (points,) = section.blocks
    assert isinstance(points, ItemList)
    assert [marks(item) for item in points.items] == [["rewritten"], [], ["added"], ["added"]]
    assert [inline_text(node.children) for node in walk(points.items[2]) if isinstance(node, Paragraph)] == [
        "Quite another matter:",
        "one",
        f"two +{NBSP}New",
    ]


def test_a_source_that_nothing_cites_is_marked_where_it_is_listed() -> None:
    composed = document({}, {"sources": [{"id": "new", "title": "New"}]})
    consulted = composed.sections[-1]
    assert consulted.kind == "consulted" and marks(consulted) == ["added"]


def test_many_new_items_are_counted_but_what_moved_or_is_gone_is_all_told() -> None:
    def quotes(names: str) -> list[dict[str, str]]:
        return [{"id": name, "text": f"Said {name}.", "speaker": name.upper()} for name in names]

    composed = document({"quotes": quotes("abcdefgh")}, {"quotes": quotes("ijklmnop")})
    assert lines(composed) == [
        "Quotes + New: Quote 1 (I) · Quote 2 (J) · Quote 3 (K) · Quote 4 (L) · Quote 5 (M) · Quote 6 (N) · 2 more, marked below",
        "× No longer listed: " + " · ".join(f"{name}, “Said {name.lower()}.”" for name in "ABCDEFGH"),
    ]
    assert marks(body(composed)) == ["added"] * 8
    assert "marked below" not in "".join(lines(document({}, {"quotes": quotes("ijklmno")})))


def test_long_texts_are_cut_after_a_word() -> None:
    composed = document({}, {"open_questions": [{"id": "q", "question": "Is it " + "so " * 80 + "?"}]})
    (line,) = lines(composed)
    assert line.endswith("so so…") and len(line) < 190


def test_every_change_is_told_apart_by_shape_or_word_without_colour() -> None:
    assert set(CHANGE_SHAPES) == set(ChangeKind)
    shapes = [shape for kind, shape in CHANGE_SHAPES.items() if kind is not ChangeKind.OPENED]
    assert len(set(shapes)) == len(shapes)


def test_everything_named_leads_to_something_that_is_there() -> None:
    composed = compose_brief(EXAMPLES / "veska-flood-storage")
    targets = {node.target for node in walk(opening(composed)) if isinstance(node, CrossReference)}
    assert len(targets) > 5 and targets <= set(identifiers(composed))
    ids = list(identifiers(composed))
    assert len(ids) == len(set(ids))


def test_headings_are_never_marked() -> None:
    composed = document({}, {"sections": [{"title": "A", "body": "B"}], "background": "C"})
    assert marks([node for node in walk(composed.sections) if isinstance(node, Heading)]) == []
    assert marks(body(composed)) == ["added", "added"]


@pytest.mark.parametrize(
    "since",
    [
        Missing("../x.yaml"),
        Unreadable("../x.yaml", "line 3: secret"),
        *(NotTheLast("../x.yaml", why) for why in Mismatch),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_what_is_not_known_is_a_sentence_of_its_own_without_paths(since: Any, language: str) -> None:
    composed = resolve(brief("2026-03-13", language=language), {}, since=since)
    (paragraph,) = opening(composed).blocks
    assert isinstance(paragraph, Paragraph)
    said = inline_text(paragraph.children)
    assert said.endswith(".") and "x.yaml" not in said and "secret" not in said
    assert marks(composed.sections) == []


def told(language: str) -> Iterator[str]:
    old = {"stakeholders": [ANN], "open_questions": [{"id": "q", "question": "Quoi ?"}]}
    new = {
        "stakeholders": [{**ANN, "stance": "supportive"}, {"id": "bob", "name": "Bob"}],
        "open_questions": [{"id": "q", "question": "Quoi ?", "status": "answered", "answer": "Rien."}],
    }
    composed = document(old, new, language=language)
    yield inline_text(opening(composed).heading.children)
    yield inline_text(opening(composed).blocks[0].children)  # type: ignore[union-attr]
    yield from lines(composed)
    yield marked_cells(row(composed, "position-ann"))["stance"]


def test_in_french() -> None:
    assert list(told("fr")) == [
        "Depuis le dernier numéro",
        f"Dernier numéro{NBSP}: n°{NBSP}11, 6{NBSP}mars 2026.",
        "Positions ↔ Changement d’avis : Ann, ▼ Opposé → ▲ Favorable",
        "+ Ajout : Bob",
        "Questions ✓ Réponse reçue : Quoi ? Rien.",
        "↔ Changement d’avis, auparavant ▼ Opposé",
    ]


def test_in_german() -> None:
    assert list(told("de")) == [
        "Seit der letzten Ausgabe",
        f"Letzte Ausgabe: Nr.{NBSP}11, 6.{NBSP}März 2026.",
        "Haltungen ↔ Haltung geändert: Ann, ▼ Dagegen → ▲ Dafür",
        "+ Neu: Bob",
        "Fragen ✓ Jetzt beantwortet: Quoi ? Rien.",
        "↔ Haltung geändert, zuvor ▼ Dagegen",
    ]


FRENCH = """\
title: Le fleuve
date: {date}
language: fr
series: {{title: Le fleuve, number: {number}{previous}}}
handling: {{marking: OFFICIEL}}
summary: Le fleuve est {height}.
stakeholders:
  - {{id: mairie, name: La mairie, position: Elle attend, stance: {stance}}}
open_questions:
  - {{id: crue, question: "Quand vient la crue ?", owner: La mairie, {status}}}
"""


def test_both_formats_say_it_in_french(tmp_path: Path) -> None:
    for number, folder, filling in (
        (1, "w1", {"date": "2026-03-06", "previous": "", "height": "haut", "stance": "mixed", "status": "status: open"}),
        (2, "w2", {"date": "2026-03-13", "previous": ", previous: ../w1/brief.yaml", "height": "bas", "stance": "opposed",
                   "status": "status: answered, answer: Lundi, answered: 2026-03-10"}),
    ):  # fmt: skip
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "brief.yaml").write_text(FRENCH.format(number=number, **filling), encoding="utf-8")
    run = briefing("build", tmp_path / "w2", "-o", tmp_path)
    assert run.code == 0, run.err
    with pypdfium2.PdfDocument(tmp_path / "w2.pdf") as file:
        printed = "".join(page.get_textpage().get_text_range() for page in file)
    word = docx.Document(str(tmp_path / "w2.docx"))
    written = "".join("".join(node.itertext()) for node in word.element.body)
    for text in (printed, written):
        said = "".join(text.replace("\u200b", "").split())
        for words in (
            "Depuis le dernier numéro", "Changement d’avis : La mairie, ◆ Partagé → ▼ Opposé", "Réponse reçue : Quand vient la crue ? Lundi",
            "Modification depuis le dernier numéro", "Changement d’avis, auparavant ◆ Partagé",
        ):  # fmt: skip
            assert "".join(words.split()) in said, words
