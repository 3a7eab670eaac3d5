"""The PDF: tagged, found again by its links, the same everywhere, and nothing fetched for it."""

from __future__ import annotations

import http.server
import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from briefing.document.inlines import Text
from briefing.errors import RenderError, Severity
from briefing.lengths import LETTER
from briefing.render.pdf import PdfResult
from briefing.render.process import PdfProcess
from briefing.render.theme import Theme
from tests.document.sample import sample
from tests.validators import pdf_structure, verapdf

POLICY = Theme.load()


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running


@pytest.fixture(scope="module")
def made(process: PdfProcess) -> PdfResult:
    return process.render(sample(), POLICY)


def own_theme(folder: Path, **files: str) -> Theme:
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Theme.load(folder)


def test_it_passes_pdf_ua(made: PdfResult, process: PdfProcess, tmp_path: Path) -> None:
    (tmp_path / "a4.pdf").write_bytes(made.data)
    (tmp_path / "letter.pdf").write_bytes(process.render(sample(LETTER), POLICY).data)
    assert verapdf(tmp_path / "a4.pdf") == []
    assert verapdf(tmp_path / "letter.pdf") == []


def test_tables_have_header_cells_and_figures_words(made: PdfResult, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.data)
    structure = pdf_structure(tmp_path / "a.pdf")
    assert "Two events, in 2022 and 2023." in str(structure) and "A map of the dam." in str(structure)
    with pikepdf.open(io.BytesIO(made.data)) as file:
        heads = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        attributes = [held for head in heads for held in (head.A if isinstance(head.A, pikepdf.Array) else [head.A])]
        scopes = [str(held.Scope) for held in attributes if "/Scope" in held]
    assert {"/Column", "/Row"} == set(scopes) and len(scopes) == len(heads)


def test_what_the_file_says_of_itself(made: PdfResult) -> None:
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


def test_the_same_bytes_from_another_process(made: PdfResult, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("HOME", str(tmp_path))
    with PdfProcess() as other:
        assert other.render(sample(), POLICY).data == made.data


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


def test_a_missing_letter_fails_and_is_named(process: PdfProcess) -> None:
    document = sample()
    changed = replace(document, masthead=replace(document.masthead, title=(Text("Water 水 law"),)))
    with pytest.raises(RenderError) as caught:
        process.render(changed, POLICY)
    (problem,) = [problem for problem in caught.value.problems if problem.code == "missing-glyph"]
    assert "水" in problem.message


def test_a_wrong_rule_of_a_theme_is_a_warning(process: PdfProcess, tmp_path: Path) -> None:
    result = process.render(sample(), own_theme(tmp_path, **{"print.css": "p { colour: red }"}))
    assert [(problem.code, problem.severity) for problem in result.problems] == [("engine", Severity.WARNING)]
    assert "colour" in result.problems[0].message


def test_a_process_that_takes_too_long_is_stopped_and_the_next_works(tmp_path: Path) -> None:
    endless = own_theme(
        tmp_path, **{"base.html.j2": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"}
    )
    with PdfProcess(seconds=4) as process:
        with pytest.raises(RenderError, match="took longer than 4 seconds"):
            process.render(sample(), endless)
        process.seconds = 120
        assert process.render(sample(), POLICY).pages >= 1


def test_a_process_that_takes_too_much_memory_is_told(tmp_path: Path) -> None:
    greedy = own_theme(tmp_path, **{"base.html.j2": "{{ ('a' * 999999999) * 9 }}"})
    with PdfProcess() as process, pytest.raises(RenderError):
        process.render(sample(), greedy)
