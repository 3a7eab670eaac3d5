"""Fields carry the tree's words as their result, and say the same when Word works them out anew."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from msgspec.structs import replace

from briefing.document.inlines import CrossReference
from briefing.document.tree import Document, Paragraph, ParagraphRole, Table
from briefing.document.walk import rewrite
from briefing.run.checks import compose_brief
from briefing.themes.theme import Theme
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import Opened, attribute, found, written
from tests.running import EXAMPLES


def codes(root: etree._Element, keyword: str) -> list[str]:
    """The codes of the fields of one kind, in order."""
    texts = [(code.text or "").strip() for code in found(root, ".//w:instrText")]
    return [text for text in texts if text.split()[0] == keyword]


@pytest.mark.parametrize("reference", [None, houses.data(houses.letterhead())], ids=["ours", "house"])
def test_fields_are_balanced_in_every_part(reference: bytes | None) -> None:
    opened = Opened.of(sample(), reference)
    for name in opened.parts:
        if name.startswith("word/") and name.endswith(".xml"):
            kinds = [attribute(mark, "fldCharType") for mark in found(opened.root(name), ".//w:fldChar")]
            assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3), name


def test_captions_and_quotes_count_in_sequences() -> None:
    assert codes(Opened.of(sample()).document, "SEQ") == [
        "SEQ Figure \\* ARABIC",
        "SEQ Table \\* ARABIC",
        "SEQ Quote \\* ARABIC",
        "SEQ Table \\* ARABIC",
        "SEQ Figure \\* ARABIC",
    ]


def test_a_sequence_is_reset_where_the_tree_leaves_a_gap() -> None:
    def later(node: object) -> object:
        if isinstance(node, Table) and node.caption and node.id == "stakeholders-table":
            return replace(node, caption=replace(node.caption, label="Table 5"))
        return node

    document: Document = rewrite(sample(), later)
    assert "SEQ Table \\* ARABIC \\r 5" in codes(Opened.of(document).document, "SEQ")


def test_a_cross_reference_points_to_a_bookmark_round_the_words_it_repeats() -> None:
    opened = Opened.of(sample())
    (code,) = codes(opened.document, "REF")
    bookmark = re.fullmatch(r"REF (\S+) \\h", code)
    assert bookmark is not None
    start = found(opened.document, f".//w:bookmarkStart[@w:name='{bookmark[1]}']")[0]
    inside = []
    for sibling in start.itersiblings():
        if attribute(sibling, "id") == attribute(start, "id"):
            break
        inside.append(opened.text(sibling))
    assert "".join(inside) == "Quote 1"


def test_a_reference_to_a_row_by_name_is_a_link_to_its_first_words() -> None:
    document = sample()
    mention = Paragraph("mention", "", ParagraphRole.BODY, (CrossReference("position-omega", "Omega"),))
    first = replace(document.sections[0], blocks=(mention, *document.sections[0].blocks))
    opened = Opened.of(replace(document, sections=(first, *document.sections[1:])))
    (link,) = [each for each in found(opened.document, ".//w:hyperlink[@w:anchor]") if opened.text(each) == "Omega"]
    (start,) = found(opened.document, f".//w:bookmarkStart[@w:name='{attribute(link, 'anchor')}']")
    cell = next(start.iterancestors(f"{{{start.nsmap['w']}}}tc"))
    assert cell is found(next(cell.iterancestors(f"{{{start.nsmap['w']}}}tr")), "w:tc")[0]


def test_nothing_asks_to_update_fields_on_opening() -> None:
    assert found(Opened.of(sample()).root("word/settings.xml"), "w:updateFields") == []


def test_the_page_line_counts_pages() -> None:
    footer = Opened.of(sample()).root("word/footer-default.xml")
    assert codes(footer, "PAGE") == ["PAGE"] and codes(footer, "NUMPAGES") == ["NUMPAGES"]


def test_no_caption_ends_a_section_for_libreoffice_leaves_its_number_out_of_references() -> None:
    opened = Opened(written(compose_brief(EXAMPLES / "basin-sitrep"), theme=Theme.load("sitrep")).data)
    ends = found(opened.document, ".//w:p[w:pPr/w:sectPr]")
    assert len(ends) > 2
    assert not [code for end in ends for code in codes(end, "SEQ")]
