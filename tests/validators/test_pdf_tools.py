"""veraPDF, the structure reader and the page pictures say yes to a sound file and no to each kind of fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import page_pictures, pdf_structure, verapdf
from tests.validators.pdf_structure import Bookmark
from tests.validators.samples import PAGE, pdf


def test_verapdf_passes_a_sound_file_and_names_the_broken_rules_of_another(tmp_path: Path) -> None:
    sound = pdf(tmp_path / "sound.pdf")
    untagged = pdf(tmp_path / "untagged.pdf", tagged=False)
    assert verapdf(sound) == []
    assert any(failure.startswith("7.1-11 ") for failure in verapdf(untagged))
    assert any(failure.startswith("6.6.4-1 ") for failure in verapdf(sound, "2a"))
    # What it said of one file does not stick to the next.
    assert verapdf(sound) == []


def test_verapdf_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    text = tmp_path / "text.pdf"
    text.write_text("no PDF")
    with pytest.raises(ValueError, match=r"cannot check .*text\.pdf"):
        verapdf(text)
    with pytest.raises(ValueError, match="no profile ua9"):
        verapdf(pdf(tmp_path / "sound.pdf"), "ua9")


def test_structure_of_a_sound_file(tmp_path: Path) -> None:
    found = pdf_structure(pdf(tmp_path / "sound.pdf"))
    assert found.faults() == []
    assert (found.language, found.title) == ("en-GB", "Sample")
    assert found.headings == [(1, "Locks and weirs of the lower river"), (2, "The second part")]
    assert found.outline == (Bookmark(1, "Locks and weirs of the lower river"), Bookmark(2, "The second part"))
    assert [[(cell.kind, cell.text) for cell in row] for row in found.tables[0].rows] == [
        [("TH", "Lock"), ("TH", "Gates")],
        [("TD", "Upper"), ("TD", "2")],
    ]
    assert (found.tables[0].header_cells, found.tables[0].data_cells) == (2, 2)
    assert found.figures == ["A red square"]
    assert found.lists == [["• one", "• two"]]
    assert found.links == [("the second part", ("#second",)), ("a page elsewhere", ("https://example.org/a",))]
    assert found.root.text.startswith(
        "Locks and weirs of the lower river See the second part or a page elsewhere. • one"
    )


@pytest.mark.parametrize(
    ("sound", "faulty", "fault"),
    [
        (' lang="en-GB"', "", "the document has no language"),
        ("<title>Sample</title>", "", "the document has no title"),
        ("h2", "h3", "the heading 'The second part' jumps from level 1 to level 3"),
        ('<h2 id="second">The second part</h2>', "<h2></h2>", "a heading of level 2 is empty"),
        ("th>", "td>", "table 1 has no header cells"),
        ("<td>Upper</td><td>2</td>", "", "table 1 has no data cells"),
        ("A red square", "", "figure 1 has no alternative text"),
        (">a page elsewhere<", "><", "the link to https://example.org/a has no text"),
        ('href="https://example.org/a"', 'href=""', "the link 'a page elsewhere' leads nowhere"),
    ],
)
def test_structure_of_a_faulty_file(tmp_path: Path, sound: str, faulty: str, fault: str) -> None:
    assert sound in PAGE
    assert fault in pdf_structure(pdf(tmp_path / "faulty.pdf", PAGE.replace(sound, faulty))).faults()


def test_structure_of_an_untagged_file(tmp_path: Path) -> None:
    faults = pdf_structure(pdf(tmp_path / "untagged.pdf", "<p>Bare</p>", tagged=False)).faults()
    assert faults == [
        "the document is not marked as tagged",
        "the document has no language",
        "the document has no title",
        "viewers show the file's name in place of the title",
        "the document has no headings",
        "the document has no bookmarks",
    ]


def test_text_is_whole_over_lines_and_pages(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    page = PAGE.replace("<ul>", f"<p>{words}, and well-known <b>bold</b>ness.</p><ul>")
    found = pdf_structure(pdf(tmp_path / "long.pdf", page))
    assert f"{words}, and well-known boldness." in found.root.text


def test_page_pictures_show_the_pages(tmp_path: Path) -> None:
    pages = page_pictures(pdf(tmp_path / "sound.pdf"), dots_per_inch=72)
    # A4 is 210 by 297 mm.
    assert [page.size for page in pages] == [(596, 842)]
    colours = {colour for _, colour in pages[0].getcolors(maxcolors=596 * 842) or []}
    assert {(255, 255, 255), (255, 0, 0)} <= colours
