"""What is typed as a table, a sub-heading, a note or a reference is one on the page, on paper and to who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pypdfium2
import pytest

import briefing
from tests.cases import case
from tests.running import briefing as run
from tests.running import small_brief
from tests.sabotage.themes import changed, found_in_page, names, theme
from tests.validators.browser import Browser, chromium
from tests.validators.pdf_structure import pdf_structure
from tests.validators.verapdf import verapdf

MARKUP = """\
title: Levee brief
date: 2026-03-14
language: en-GB
handling: {marking: OFFICIAL}
summary: |
  The dyke costs more than planned[^vat], as [#costs] and [#rain] show; see [#why] [@gazette].

  [^vat]: Without value added tax.
sections:
  - id: costs
    title: Costs
    body: |
      Costs rose in **both** years.[^a]

      ## By part

      | What | Cost (m) | Share | State |
      |------|---------:|:-----:|-------|
      | Sluice | 5.25 | 40 % | built |
      | Bank, which is longer than the sluice | 7.80 | 60 % | *planned*[^b] |
      | Pump | | – | see [#rain] |

      ### In later years[^c]

      - one thing
      - another

      ## By year

      Nothing is known.

      [^a]: At prices of **2025**.
      [^b]: For the year after next.
      [^c]: More is said in [#why].
figures:
  - id: rain
    chart: {kind: bar, unit: mm, values: [{label: "2024", value: 500}, {label: "2025", value: 700}]}
    caption: Rain
    alt: Bars of rain by year
open_questions:
  - {id: why, question: Why is it dearer?, status: open, owner: Finance, due: 2026-04-01}
sources:
  - {id: gazette, title: Gazette, publisher: State, published: 2026-01-05}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_brief(tmp_path_factory.mktemp("levee") / "levee", MARKUP)


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    """Built, and so read back: both formats say what the tree says."""
    made = run("build", folder, "-f", "html", "-f", "pdf")
    assert made.code == 0, made.err
    return folder / "out"


@pytest.fixture(scope="module")
def page(out: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((out / "levee.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def texts(elements: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in elements]


def test_a_table_has_header_cells_and_its_columns_their_sides(page: lxml.html.HtmlElement) -> None:
    (table,) = page.xpath("//table[contains(@class, 'text')]")
    assert texts(table.xpath("thead/tr/th[@scope='col']")) == ["What", "Cost (m)", "Share", "State"]
    sides = [each.get("class").rpartition("align-")[2] for each in table.xpath("tbody/tr[1]/td")]
    assert sides == ["start", "end", "centre", "start"]
    assert texts(table.xpath("tbody/tr[3]/td")) == ["Pump", "", "–", "see Figure 1"]
    region = table.getparent()
    assert (region.get("role"), region.get("tabindex")) == ("region", "0"), "it can be moved sideways by keyboard"
    assert all(page.get_element_by_id(each) in table.iter() for each in region.get("aria-labelledby").split())


def test_sub_headings_nest_below_the_section_s_own(page: lxml.html.HtmlElement) -> None:
    (section,) = page.xpath("//section[h2='Costs']")
    nested = section.xpath(".//h2 | .//h3 | .//h4")
    assert [each.tag for each in nested] == ["h2", "h3", "h4", "h3"]
    assert texts(nested) == ["Costs", "By part", "In later yearsd", "By year"]


def test_notes_are_a_lettered_list_with_links_both_ways(page: lxml.html.HtmlElement) -> None:
    calls = page.xpath("//a[@class='footnote-reference']")
    assert texts(calls) == ["a", "b", "c", "d"]
    for call in calls:
        note = page.get_element_by_id(call.get("href").removeprefix("#")).getparent()
        (back,) = note.xpath("span[@class='marker']/a")
        assert (note.tag, note.getparent().tag) == ("li", "ol")
        assert (back.text, back.get("href")) == (call.text, f"#{call.get('id')}")
    assert [len(each) for each in page.xpath("//section//ol[@class='footnotes']")] == [1, 3], "where they are called"


def test_notes_stand_at_the_foot_of_a_memo_s_pages_and_are_read_where_they_are_listed(folder: Path) -> None:
    made = run("build", folder, "-f", "pdf", "--theme", "memo", "-o", folder / "memo")
    assert made.code == 0, made.err
    file = folder / "memo" / "levee.pdf"
    assert verapdf(file) == []
    notes = [each for each in pdf_structure(file).root.iter("Note") if not each.text.startswith("“")]
    assert [note.text for note in notes][:2] == ["Without value added tax.", "At prices of 2025."]
    with pypdfium2.PdfDocument(file) as pdf:
        pages = [page.get_textpage() for page in pdf]
        for call, note in (
            ("The dyke costs", "Without value"),
            ("Costs rose", "At prices"),
            ("In later", "More is said"),
        ):
            (words,) = [each for each in pages if each.search(note).get_next()]
            below, above = (words.search(each).get_next() for each in (note, call))
            assert above and below, "a note stands on the page that calls it"
            assert words.get_charbox(below[0])[3] < words.get_charbox(above[0])[1]


def test_references_are_links_to_what_they_name(page: lxml.html.HtmlElement) -> None:
    summary = page.xpath("//section[contains(@class, 'summary')]//a[contains(@class, 'cross-reference')]")
    assert texts(summary) == ["section “Costs”", "Figure 1", "question 1"]
    goals = [page.get_element_by_id(each.get("href").removeprefix("#")) for each in summary]
    assert [goal.tag for goal in goals] == ["section", "figure", "tr"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(dark: bool, out: Path, browser: Browser) -> None:
    browser.open(out / "levee.html", dark=dark)
    assert browser.violations() == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_table_scrolls_and_not_the_page(width: int, out: Path, browser: Browser) -> None:
    browser.open(out / "levee.html", width)
    assert browser.overflow() == 0
    assert browser.run("document.querySelector('table.text').parentElement.scrollWidth") >= (550 if width == 320 else 0)


def test_the_pdf_is_accessible(out: Path) -> None:
    assert verapdf(out / "levee.pdf") == []


HEADING, FOOTNOTES, TABLE = (f"blocks/{name}.html.j2" for name in ("heading", "footnote_list", "table"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((HEADING, "node.level + 1", "node.level + 2"), ("its headings are",)),
        ((FOOTNOTES, "{{ note.mark }}", "{{ loop.index }}"), ("footnote's letter", "“a”")),
        ((FOOTNOTES, 'href="#{{ note.anchor }}"', 'href="#costs"'), ("no link leads back to its mention",)),
        ((FOOTNOTES, 'id="{{ note.id }}"', ""), ("which is not there",)),
        ((FOOTNOTES, "{{ note.children | inline }}", ""), ("Without value added tax", "is missing")),
        ((TABLE, '<th scope="col"', "<td"), ("column headings are not one row",)),
        (
            (TABLE, "{% if node.caption %}", "<caption>Costs</caption>{% if node.caption %}"),
            ("begin with its caption",),
        ),
    ],
)
def test_a_template_that_sets_them_otherwise_is_found(
    change: tuple[str, str, str], words: tuple[str, ...], folder: Path, tmp_path: Path
) -> None:
    document = briefing.compose_brief(folder)
    assert names(found_in_page(document, theme(tmp_path, templates=changed(*change))), "disagreement", *words)


def test_a_note_without_a_place_and_a_mark_of_a_table_alone_are_no_litter(tmp_path: Path) -> None:
    """The table of the case, and one beside a sign that is none."""
    made = run("build", case("37"), "-f", "html", "-o", tmp_path)
    assert made.code == 0, made.err
    held = lxml.html.document_fromstring((tmp_path / f"{case('37').name}.html").read_text(encoding="utf-8"))
    assert texts(held.xpath("//table/tbody/tr[2]/td")) == ["bank", "7"]
    small_brief(tmp_path / "sign", MARKUP.replace("Nothing is known.", "The sum |x| is positive."))
    made = run("build", tmp_path / "sign", "-f", "html")
    assert made.code == 0, made.err
