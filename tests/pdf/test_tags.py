"""What assistive technology is told: an element for each part of the brief, whatever page it stands on."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefing import compose_brief
from briefing.document.inlines import Inline, Mark
from briefing.document.reading import inline_text
from briefing.document.tree import Paragraph
from briefing.document.walk import walk
from briefing.formats import Artifact
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.theme import Theme
from tests.document.sample import sample
from tests.pdf.long_document import NOTES, long_document
from tests.running import APART
from tests.validators import pdf_structure, verapdf
from tests.validators.pdf_structure import PdfStructure

POLICY = Theme.load()


def saved(result: Artifact, folder: Path) -> Path:
    path = folder / "made.pdf"
    path.write_bytes(result.data)
    return path


def solid(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running


@pytest.fixture(scope="module")
def long_pdf(process: PdfProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(process.render(long_document(), POLICY), tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module")
def long_structure(long_pdf: Path) -> PdfStructure:
    return pdf_structure(long_pdf)


def test_a_long_document_passes_pdf_ua(long_pdf: Path, long_structure: PdfStructure) -> None:
    assert verapdf(long_pdf) == []
    assert long_structure.faults() == []


def test_tables_boxes_annexes_and_inner_sections_are_tagged_soundly(process: PdfProcess, tmp_path: Path) -> None:
    document = compose_brief(APART)
    made = process.render(document, POLICY)
    path = saved(made, tmp_path)
    assert verify_pdf(document, made.data) == ()
    assert verapdf(path) == []
    assert pdf_structure(path).faults() == []


def read_aloud(children: Iterable[Inline]) -> str:
    """A line as it is read aloud: of a mark its word."""
    return "".join(each.word if isinstance(each, Mark) else inline_text((each,)) for each in children)


def test_a_paragraph_that_crosses_a_page_is_one_element(long_structure: PdfStructure) -> None:
    tagged = [solid(found.text) for found in long_structure.root.iter("P")]
    paragraphs = (node for node in walk(long_document()) if isinstance(node, Paragraph))
    wanted = Counter(solid(read_aloud(node.children)) for node in paragraphs)
    assert Counter(tagged) & wanted == wanted


def test_a_list_that_crosses_pages_is_one_list(long_structure: PdfStructure) -> None:
    points = next(items for items in long_structure.lists if len(items) > 1)
    assert len(points) == 30
    assert all(item.startswith(f"{number}.") for number, item in enumerate(points, 1))


def test_a_table_that_crosses_pages_is_one_table_with_one_row_of_headings(long_structure: PdfStructure) -> None:
    (table,) = long_structure.tables
    assert [cell.text for cell in table.rows[0]] == ["Who", "Stance", "Position"]
    assert [row[0].text.split()[0] for row in table.rows[1:]].count("Body") == 23
    assert len(table.rows) == 25
    assert all(row[0].kind == "TH" for row in table.rows)


def test_rows_stay_whole_where_they_fit_a_page(long_pdf: Path) -> None:
    with pikepdf.open(long_pdf) as file:
        rows = [set(_pages(file, element)) for element in _elements(file) if element.S == "/TR"]
    cut = {number for number, pages in enumerate(rows) if len(pages) > 1}
    assert {10} <= cut <= {10, 11}, "only the row that is taller than a page, and the one behind it"


def test_headings_and_captions_stay_with_what_they_are_over(long_pdf: Path) -> None:
    with pikepdf.open(long_pdf) as file:
        for element in _elements(file):
            kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            for above, below in pairwise(kids):
                if above.S in ("/H2", "/Caption"):
                    assert _pages(file, above)[-1] == _pages(file, below)[0]
        (head, body) = (next(each for each in _elements(file) if kind == each.S) for kind in ("/THead", "/TBody"))
        assert _pages(file, head)[-1] == _pages(file, body)[0]


def test_every_source_is_a_note_with_an_identifier(long_pdf: Path) -> None:
    with pikepdf.open(long_pdf) as file:
        notes = [element for element in _elements(file) if element.S == "/Note"]
        names = file.Root.StructTreeRoot.IDTree.Names
        assert {str(note.ID) for note in notes} == {f"source-{number}" for number in range(1, NOTES + 1)}
        assert [str(name) for name in list(names)[::2]] == sorted(str(note.ID) for note in notes)


def test_running_lines_and_repeated_headings_are_no_part_of_the_text(
    long_pdf: Path, long_structure: PdfStructure
) -> None:
    assert "OFFICIAL" not in long_structure.root.text
    assert "Page 1 of" not in long_structure.root.text
    with pikepdf.open(long_pdf) as file:
        for page in file.pages:
            operators = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(page)]
            begun = [operands for operator, operands in operators if operator == "BDC"]
            kinds = [str(operands[1].Type) for operands in begun if operands[0] == "/Artifact"]
            assert kinds.count("/Pagination") >= 5


def test_every_heading_of_a_table_has_a_scope(process: PdfProcess) -> None:
    with pikepdf.open(io.BytesIO(process.render(sample(), POLICY).data)) as file:
        scopes = [str(element.A.Scope) for element in _elements(file) if element.S == "/TH"]
    assert Counter(scopes) == {"/Column": 6, "/Row": 3}


def test_citations_links_and_lists_are_tagged_as_such(process: PdfProcess, tmp_path: Path) -> None:
    structure = pdf_structure(saved(process.render(sample(), POLICY), tmp_path))
    assert [found.text for found in structure.root.iter("Reference")][:2] == ["[1, para 6]", "[1; 2, p. 3]"]
    assert ("a strong link", ("https://example.org/a?b=1&c=2",)) in structure.links
    assert [found.text for found in structure.root.iter("Lbl")] == ["•", "•", "3.", "4.", "1", "2"]


def test_links_within_the_brief_say_where_they_stand(process: PdfProcess) -> None:
    with pikepdf.open(io.BytesIO(process.render(sample(), POLICY).data)) as file:
        inner = [item for page in file.pages for item in page.get("/Annots", []) if "/Dest" in item]
        assert {(str(item.Dest), str(item.Contents)) for item in inner} >= {
            ("source-gazette", "1"),
            ("cite-2-1", "2"),
            ("quote-late", "Quote 1"),
        }


def test_what_a_theme_adds_is_tagged_soundly(process: PdfProcess, tmp_path: Path) -> None:
    """Decoration, foreign words, loose text, a definition list, marks drawn by the engine, a link round a picture."""
    crest = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    added = (
        '<img src="asset:theme/crest.svg" alt=""><div>Loose <em>words</em>, <span lang="fr">en français</span></div>'
        "<dl><dt>Term</dt><dd>Meaning</dd></dl><ul style='list-style: disc'><li>Drawn</li></ul>"
        '<p><a href="https://example.org/"><img src="asset:theme/crest.svg" alt="Crest"> <b>home</b></a></p>'
    )
    frame = POLICY.read("base.html.j2").decode().replace("<main>", f"{added}<main>")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "base.html.j2").write_text(frame, encoding="utf-8")
    (tmp_path / "theme" / "crest.svg").write_text(crest, encoding="utf-8")
    made = saved(process.render(sample(), Theme.load(tmp_path / "theme")), tmp_path)
    assert verapdf(made) == []
    structure = pdf_structure(made)
    assert structure.figures[0] == "Crest"
    texts = [found.text for found in structure.root.iter("P")]
    begin = texts.index("Loose words, en français")
    assert texts[begin : begin + 3] == ["Loose words, en français", "Term", "Meaning"]
    with pikepdf.open(made) as file:
        assert [str(found.S) for found in _elements(file) if str(found.get("/Lang", "")) == "fr"] == ["/Span"]


def _elements(file: pikepdf.Pdf) -> Iterator[Any]:
    """The structure elements in order."""
    waiting: list[Any] = [file.Root.StructTreeRoot.K]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, pikepdf.Array):
            waiting += reversed(list(kid))
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            waiting.append(kid.get("/K"))


def _pages(file: pikepdf.Pdf, element: Any) -> list[int]:
    """The pages that an element's marked content stands on, in order."""
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}

    def walked(kid: Any, page: int) -> Iterator[int]:
        if isinstance(kid, pikepdf.Array):
            for each in kid:
                yield from walked(each, page)
        elif isinstance(kid, pikepdf.Dictionary):
            own = numbers[kid.Pg.objgen] if "/Pg" in kid else page
            if kid.get("/Type") == "/MCR":
                yield own
            elif kid.get("/Type") != "/OBJR":
                yield from walked(kid.get("/K"), own)
        elif kid is not None:
            yield page

    return list(walked(element, -1))
