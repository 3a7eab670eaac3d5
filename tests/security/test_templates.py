"""Templates that somebody else wrote run in a sandbox, within limits of time and memory, in every format that has templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.apart import read_apart
from briefing.errors import RenderError
from briefing.formats import Request
from briefing.formats.html.format import HtmlFormat
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.limits import Limits, limited_by
from briefing.themes.theme import Theme
from tests.document.sample import sample

NARROW = Limits(rendering_seconds=2, rendering_megabytes=600)


@pytest.fixture(scope="module")
def screens() -> Iterator[HtmlFormat]:
    made = HtmlFormat()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("template", "code", "said"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "time-limit", "2 seconds"),
        ("{{ 'a' * 2000000000 }}", "memory-limit", "600 megabytes"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "template", "recursion"),
        ("{{ range(100000000) | list }}", "template", "Range too big"),
        ("{{ ''.__class__.__mro__ }}", "template", "unsafe"),
        ("{{ document.sections.append(1) }}", "template", "no attribute"),
        ("{% include '../../secret' %}", "template", "has no template"),
    ],
)
def test_a_template_of_somebody_else_is_stopped(
    screens: HtmlFormat, template: str, code: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "theme" / "screen.html.j2").write_text(template)
    with limited_by(NARROW), pytest.raises(RenderError) as caught:
        screens.write(Request(sample(), Theme.load(tmp_path / "theme")))
    (problem,) = caught.value.problems
    assert problem.code == code and said in problem.message


def test_a_sheet_of_somebody_else_is_read_back_within_limits(screens: HtmlFormat, tmp_path: Path) -> None:
    (tmp_path / "screen.css").write_text("a b c d e { color: red }\n" * 30_000)
    request = Request(sample(), Theme.load(tmp_path))
    with limited_by(Limits(rendering_seconds=40, rendering_megabytes=1_000)):
        made = screens.write(request)
    with limited_by(Limits(rendering_seconds=1)), pytest.raises(RenderError) as caught:
        screens.read_back(request, made.data)
    assert [problem.code for problem in caught.value.problems] == ["time-limit"]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("p { transform: rotate(1e9deg) scale(1e9) }", "lies outside the page"),
        ("@page { size: 1e9mm 1e9mm }", "the paper is not A4"),
        ("@page { size: 5000mm 5000mm }", "the paper is not A4"),
    ],
)
def test_letters_and_pages_of_any_size_are_read_back_in_little_memory(sheet: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text(sheet)
    with PdfProcess() as process:
        made = process.render(sample(), Theme.load(tmp_path))
    with limited_by(Limits(reading_megabytes=700)):
        found = read_apart("tests.security.test_templates:faults_of", made.data, name="the PDF")
    assert any(said in message for message in found)


def faults_of(data: bytes) -> list[str]:
    """What reading back finds in a PDF of the sample."""
    return [problem.message for problem in verify_pdf(sample(), data)]
