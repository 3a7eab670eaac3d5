"""The PDF: tagged, found again by its links, the same everywhere, and nothing fetched for it."""

from __future__ import annotations

import ctypes
import http.server
import io
import re
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

from briefing.compose.prose_blocks import BULLET
from briefing.document.inlines import Emphasis, Link, Strong, Text
from briefing.document.tree import ItemList, ListItem, Table
from briefing.document.walk import identifiers, rewrite, walk
from briefing.errors import Place, RenderError, Severity
from briefing.formats import Artifact
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.lengths import LETTER
from briefing.limits import Limits, limited_by
from briefing.resources import assets_folder
from briefing.themes.theme import Theme
from tests.document.sample import paragraph, sample, section
from tests.validators import verapdf

POLICY = Theme.load()


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running


@pytest.fixture(scope="module")
def made(process: PdfProcess) -> Artifact:
    return process.render(sample(), POLICY)


def own_theme(folder: Path, **files: str) -> Theme:
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Theme.load(folder)


def test_it_passes_pdf_ua(made: Artifact, process: PdfProcess, tmp_path: Path) -> None:
    (tmp_path / "a4.pdf").write_bytes(made.data)
    (tmp_path / "letter.pdf").write_bytes(process.render(sample(LETTER), POLICY).data)
    assert verapdf(tmp_path / "a4.pdf") == []
    assert verapdf(tmp_path / "letter.pdf") == []


def test_what_the_file_says_of_itself(made: Artifact) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
        assert info["/Title"] == "A dam & its <critics>" and info["/Author"] == "Ann Author; Office B"
        assert info["/CreationDate"].startswith("D:20260314000000")
        assert str(file.Root.Lang) == "en-GB" and file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_outline() as outline:
            assert [item.title for item in outline.root][:3] == ["Bottom line", "Key points", "Timeline"]
        assert len(file.pages) == made.pages


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_paper_is_the_one_asked_for(process: PdfProcess, paper: str, size: tuple[int, int]) -> None:
    document = sample() if paper == "A4" else sample(LETTER)
    with pikepdf.open(io.BytesIO(process.render(document, POLICY).data)) as file:
        box = [round(float(number)) for number in file.pages[0].MediaBox]
    assert tuple(box[2:]) == size


def test_the_same_bytes_from_another_process_and_folder(
    made: Artifact, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(POLICY.folders[0], tmp_path / "elsewhere" / "policy")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "TZ": "Asia/Tokyo",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
        "FONTCONFIG_FILE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)
    with PdfProcess() as other:
        assert other.render(sample(), Theme.load(Path("elsewhere/policy"))).data == made.data


def test_what_was_rendered_before_leaves_no_trace(made: Artifact, process: PdfProcess, tmp_path: Path) -> None:
    font = next(iter((assets_folder() / "fonts").rglob("*-Bold.ttf")))
    shutil.copy(font, tmp_path / "own.ttf")
    sheet = '@font-face { font-family: "Source Sans 3"; src: url("asset:theme/own.ttf") } html { color: red }'
    other = process.render(sample(), own_theme(tmp_path, **{"print.css": sheet}))
    assert other.problems == () and other.data != made.data
    assert process.render(sample(), POLICY).data == made.data


def test_temporary_files_go_with_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with PdfProcess() as other:
        other.render(sample(), POLICY)
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_pages_are_labelled_as_printed_and_the_state_of_the_data_is_told(made: Artifact) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert [str(page.label) for page in file.pages] == [str(number) for number in range(1, (made.pages or 0) + 1)]
        assert str(file.docinfo["/Build"]) == "0123abcd"


def test_every_id_is_a_destination(made: Artifact) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        names = {str(name) for name in list(file.Root.Names.Dests.Names)[::2]}
    captions = {node.caption.id for node in walk(sample()) if isinstance(node, Table) and node.caption}
    drawn = {node for node in identifiers(sample()) if not node.startswith("running-")}
    assert drawn - captions <= names


def test_notes_and_their_first_mentions_lead_to_each_other(made: Artifact) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        led = Counter(str(link.Dest) for page in file.pages for link in page.get("/Annots", []) if "/Dest" in link)
        out = {str(link.A.URI) for page in file.pages for link in page.get("/Annots", []) if "/A" in link}
    assert led == {
        "source-gazette": 4,
        "source-report": 2,
        "cite-1-1": 1,
        "cite-2-1": 1,
        "quote-late": 1,
    }
    assert out == {"https://example.org/a?b=1&c=2", "https://example.org/gazette"}


def test_no_text_is_too_small_to_read_on_paper(made: Artifact) -> None:
    sizes = set()
    with pypdfium2.PdfDocument(made.data) as file:
        for page in file:
            for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                sizes.add(_size(piece))
            page.close()
    assert min(sizes) >= 8
    assert {POLICY.tokens.size.text, POLICY.tokens.size.title} <= sizes


def test_a_line_is_filled_before_it_is_broken(process: PdfProcess) -> None:
    """The end of the line falls at every place of the blank and the number after it."""
    start = "Theofrastos took the stairs, and reported from each landing what could be seen f"
    lines = tuple(
        replace(
            paragraph(f"line-{count}", f"{start}{'i' * count}{blank}", Strong((Text("after it"),))),
            id=f"line-{count}-{ord(blank)}",
        )
        for count in range(40)
        for blank in " \u00a0"
    )
    document = sample()
    changed = replace(document, sections=(section("background", "Lines", *lines), *document.sections))
    with pypdfium2.PdfDocument(process.render(changed, POLICY).data) as file:
        printed = "\n".join(page.get_textpage().get_text_range() for page in file).split()
        broken = [line for page in file for line in page.get_textpage().get_text_range().splitlines()]
    assert printed.count("Theofrastos") == len(lines)
    assert "Theofrastos" not in [line.strip() for line in broken]


def test_a_word_that_fits_a_line_is_not_broken_in_a_list(process: PdfProcess) -> None:
    """The end of the item's second line falls at every place of the strong word."""
    filling = "The stairs were taken, and from each landing it was reported what could be seen, by turns and floors, "
    items = tuple(
        ListItem(
            f"item-{count}",
            "",
            BULLET,
            (
                paragraph(
                    f"item-{count}.1", f"{filling * 2}{filling[:70]}{'i' * count} ", Strong((Text("Theofrastos"),))
                ),
            ),
        )
        for count in range(1, 60)
    )
    document = sample()
    listed = section("background", "Lines", ItemList("items", "", False, 1, 1, items))
    changed = replace(document, sections=(listed, *document.sections))
    with pypdfium2.PdfDocument(process.render(changed, POLICY).data) as file:
        printed = "\n".join(page.get_textpage().get_text_range() for page in file).split()
    assert printed.count("Theofrastos") == len(items)


class Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    Listener.asked.clear()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.mark.parametrize(
    "fetching",
    [
        '<img src="{}" alt="x">',
        '<link rel="attachment" href="{}">',
        '<style>@import "{}";</style>',
        '<style>p {{ background: url("{}") }}</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{}" width="9" height="9"/></svg>',
        '<object data="{}"></object>',
        '<embed src="{}">',
    ],
)
@pytest.mark.parametrize("where", ["network", "file"])
def test_nothing_is_fetched(process: PdfProcess, server: str, tmp_path: Path, fetching: str, where: str) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    address = f"{server}/x.png" if where == "network" else secret.as_uri()
    frame = (
        POLICY.read("base.html.j2")
        .decode()
        .replace("<main>", "{% raw %}" + fetching.format(address) + "{% endraw %}<main>")
    )
    theme = own_theme(tmp_path / "theme", **{"base.html.j2": frame})
    with pytest.raises(RenderError) as caught:
        process.render(sample(), theme)
    assert any(problem.code == "fetch-refused" for problem in caught.value.problems), caught.value
    assert Listener.asked == []


@pytest.mark.parametrize(
    "word", ["w" * 400, "https://example.org/" + "very-long_path.part/" * 12], ids=["word", "address"]
)
def test_no_word_is_too_long_for_the_page(process: PdfProcess, word: str) -> None:
    """Not in narrow cells either, nor where words of several kinds stand together without a blank."""
    document = sample()

    def lengthened(node: Any) -> Any:
        return Text(word) if isinstance(node, Text) and len(node.text) > 3 else node

    masthead, sections = rewrite(document.masthead, lengthened), rewrite(document.sections, lengthened)
    changed = replace(document, masthead=masthead, sections=sections)
    assert verify_pdf(changed, process.render(changed, POLICY).data) == ()


def test_a_link_is_one_link_whatever_stands_in_it(process: PdfProcess) -> None:
    document = sample()
    words = (
        Text("of "),
        Strong((Text("bold "), Emphasis((Text("and slanted"),)))),
        Text(" https://example.org/a/long/address"),
    )
    link = paragraph("link", Link("https://example.org/", words))
    changed = replace(document, sections=(section("background", "Links", link),))
    with pikepdf.open(io.BytesIO(process.render(changed, POLICY).data)) as file:
        areas = [area for page in file.pages for area in page.get("/Annots", []) if "/A" in area]
        links = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Link"]
    assert len(areas) == 1 and len(links) == 1


def test_a_missing_letter_fails_and_its_field_is_named(process: PdfProcess) -> None:
    document = sample()
    changed = replace(document, masthead=replace(document.masthead, title=(Text("Water 水 law"),)))
    with pytest.raises(RenderError) as caught:
        process.render(changed, POLICY)
    (problem,) = caught.value.problems
    assert (problem.code, problem.data_path) == ("missing-glyph", "title")
    assert problem.message == "no font has “水” (U+6C34 CJK UNIFIED IDEOGRAPH-6C34)"


def test_a_missing_letter_of_a_running_line_or_of_the_theme_is_named(process: PdfProcess, tmp_path: Path) -> None:
    document = sample()
    line = replace(document.header[0], children=(Text("機密"),))
    frame = POLICY.read("base.html.j2").decode().replace("<main>", "<p>法</p><main>")
    with pytest.raises(RenderError) as caught:
        process.render(replace(document, header=(line,)), own_theme(tmp_path, **{"base.html.j2": frame}))
    found = [(problem.code, problem.data_path) for problem in caught.value.problems]
    assert found == [("missing-glyph", "handling.marking"), ("missing-glyph", "")]


def test_a_wrong_rule_of_a_theme_is_a_warning_with_its_line(process: PdfProcess, tmp_path: Path) -> None:
    result = process.render(sample(), own_theme(tmp_path, **{"print.css": "/* ours */\np { colour: red }"}))
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("engine", Severity.WARNING)
    assert problem.place == Place("print.css", 2, 5)
    assert "colour" in problem.message and tmp_path.name in problem.hint


def test_a_sheet_that_is_left_open_spoils_no_other(process: PdfProcess, tmp_path: Path) -> None:
    middle = own_theme(tmp_path / "middle", **{"print.css": ".title { color: #ff0000"})
    last = {"print.css": ".title { font-size: 30pt }", "theme.toml": 'inherits = "../middle"'}
    made = process.render(sample(), own_theme(tmp_path / "last", **last))
    assert len(middle.folders) == 2 and made.problems == ()
    with pypdfium2.PdfDocument(made.data) as file:
        titles = [piece for piece in file[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]) if _size(piece) == 30]
        assert titles and all(_colour(piece) == (255, 0, 0) for piece in titles)


def _size(piece: pypdfium2.PdfObject) -> float:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(piece, size)
    return float(round(size.value * abs(piece.get_matrix().d), 2))


def _colour(piece: pypdfium2.PdfObject) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(piece, red, green, blue, alpha)
    return red.value, green.value, blue.value


def test_the_theme_of_the_documentation_works(process: PdfProcess, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
    files = {}
    for block in re.findall(r"^```(?:css|jinja)\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        if named := re.match(r"(?:/\*|\{#) house/([\w./]+)", block):
            files[named[1]] = block
    assert set(files) == {"print.css", "screen.css", "blocks/quotation.html.j2"}
    settings = re.search(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert settings is not None
    house = own_theme(tmp_path / "house", **files, **{"theme.toml": settings[1]})
    result = process.render(sample(), house)
    assert result.problems == ()
    with pypdfium2.PdfDocument(result.data) as file:
        titles = [
            piece
            for piece in file[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
            if _size(piece) == POLICY.tokens.size.title
        ]
        assert {_colour(piece) for piece in titles} == {(0x8A, 0x1C, 0x2C)}


def test_a_process_that_takes_too_long_is_stopped_and_the_next_works(tmp_path: Path) -> None:
    endless = own_theme(
        tmp_path, **{"base.html.j2": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"}
    )
    with PdfProcess(seconds=4) as process:
        with pytest.raises(RenderError, match="took longer than 4 seconds"):
            process.render(sample(), endless)
        process.seconds = 120
        assert process.render(sample(), POLICY).pages


def test_a_process_that_takes_too_much_memory_is_told(tmp_path: Path) -> None:
    greedy = own_theme(tmp_path, **{"base.html.j2": "{{ ('a' * 999999999) * 9 }}"})
    with limited_by(Limits(rendering_megabytes=600)), PdfProcess() as process, pytest.raises(RenderError) as caught:
        process.render(sample(), greedy)
    (problem,) = caught.value.problems
    assert problem.code == "memory-limit" and "limits.rendering_megabytes" in problem.hint


def test_a_sheet_that_is_known_says_again_what_is_wrong_in_it(process: PdfProcess, tmp_path: Path) -> None:
    faulty = "strong { color: nonsense; text-transform: uppercase }\nem { color: red }"
    sheets = [faulty, "em { color: blue }", faulty, *(f"em {{ color: #{number:06x} }}" for number in range(9)), faulty]
    made = []
    for number, sheet in enumerate(sheets):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "theme.toml").write_text('[font]\nfamily = "Source Sans 3"\n', encoding="utf-8")
        made.append(process.render(sample(), own_theme(folder, **{"print.css": sheet})))
    assert len({each.data for each in made}) == len({*sheets})
    for each in (made[0], made[2], made[-1]):
        assert each.data == made[0].data
        assert ["nonsense" in problem.message for problem in each.problems] == [True], each.problems
    assert not any(each.problems for each in (made[1], *made[3:-1]))
