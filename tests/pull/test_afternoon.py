"""An editor's afternoon with an issue of a series: what the program writes beside the texts stays out of the data, all that was typed is in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import briefing as library
from tests.pull.test_pull import built, lines_changed, typed_over
from tests.pull.word_file import WordFile, new_paragraph, remove, said


def heading(file: WordFile, words: str) -> object:
    """The heading that says so."""
    return next(each for each in file.paragraphs() if said(each).strip() == words and "eading" in said_style(each))


def said_style(paragraph: object) -> str:
    """The style of a paragraph."""
    return "".join(each.get(next(iter(each.attrib)), "") for each in paragraph.iter("{*}pStyle"))  # type: ignore[attr-defined]


def afternoon(file: WordFile) -> None:
    """A text that names an abbreviation rewritten, a number, a line with the mark of what is new, a quote moved with its label, a section put in."""
    typed_over(file, "The Halune left its bed", "All of this was written anew.")
    figure = next(each for each in file.paragraphs() if said(each).strip() == "1,870")
    next(figure.iter("{*}t")).text = "1,900"
    last = file.find("Schools are due back")
    last.addnext(new_paragraph(last, "Boats are short. +\xa0New"))
    label, first = file.find("Give us one lane").getprevious(), file.find("We have vaccine for").getprevious()
    assert label is not None and first is not None
    parts = [label, *label.itersiblings()][:4]
    for each in parts:
        first.addprevious(each)
    funding, body = heading(file, "Funding"), file.find("Karsa can be reached")
    for made in (new_paragraph(funding, "Winter"), new_paragraph(body, "It comes in November.")):  # type: ignore[arg-type]
        funding.addprevious(made)  # type: ignore[attr-defined]


def without_the_bridge(file: WordFile) -> None:
    """A section taken out that calls a footnote, with the section in it; Word leaves the note behind for those who do not save."""
    start, end = heading(file, "Access"), heading(file, "Funding")
    between = [start, *start.itersiblings()]  # type: ignore[attr-defined]
    for each in between[: between.index(end)]:
        remove(each)


def test_an_afternoon_comes_home(tmp_path: Path) -> None:
    document, folder = built("basin-sitrep")
    shutil.copytree(folder, tmp_path / "brief", ignore=shutil.ignore_patterns("out"))
    before = (tmp_path / "brief" / "brief.yaml").read_text(encoding="utf-8")
    file, other = WordFile(document), WordFile(document)
    afternoon(file)
    file.saved(tmp_path / "edited.docx")
    without_the_bridge(other)
    other.saved(tmp_path / "other.docx")
    pulled = library.pull_edits([tmp_path / "edited.docx"], tmp_path / "brief", is_dry_run=True)
    assert [(each.status, each.path) for each in pulled.outcomes] == [
        *(("changed", path) for path in ("background", "key_figures[1].value", "key_points", "quotes", "sections"))
    ]
    gone, new = lines_changed(before, pulled.after.decode())
    assert sorted(set(new) - set(gone)) == sorted(
        [
            '    value: 1900', "  All of this was written anew.", '  - "Boats are short."', "  - title: Winter", "    body: It comes in November."
        ]
    )  # fmt: skip
    left = library.pull_edits([tmp_path / "other.docx"], tmp_path / "brief", is_dry_run=True)
    assert [(each.status, each.kind, each.path) for each in left.outcomes] == [("changed", "deleted", "sections[0]")]
