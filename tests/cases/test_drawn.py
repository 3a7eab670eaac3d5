"""Pictures and drawings are shown, or refused with the reason at their place in the data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import briefing
from briefing.document.drawing import Disc, Drawing, Label
from briefing.document.tree import Figure
from briefing.document.walk import walk
from briefing.errors import Problem
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.theme import Theme
from tests.cases import case
from tests.running import small_brief

HEAD = "title: Levee brief\ndate: 2026-03-14\nhandling: {marking: OFFICIAL}\n"


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as started:
        yield started


def differences(process: PdfProcess, folder: Path) -> tuple[Problem, ...]:
    """What the PDF of the brief in `folder` does not show as it should."""
    document = briefing.compose_brief(folder)
    return verify_pdf(document, process.render(document, Theme.load()).data)


def with_picture(folder: Path, image: Image.Image) -> Path:
    small_brief(folder, f"{HEAD}figures:\n  - id: map\n    image: map.png\n    caption: A map\n    alt: A map of it\n")
    image.save(folder / "map.png")
    return folder


def greys(folder: Path) -> set[int]:
    """The greys of the picture of the brief in `folder`."""
    (figure,) = (node for node in walk(briefing.compose_brief(folder)) if isinstance(node, Figure))
    assert not isinstance(figure.content, Drawing)
    with Image.open(io.BytesIO(figure.content.data)) as image:
        return {grey for grey, count in enumerate(image.convert("L").histogram()) if count}


def test_sixteen_bits_of_grey_stay_apart(tmp_path: Path) -> None:
    assert {0, 31, 62, 93, 125, 156, 187, 218} <= greys(case("43"))
    run_of = Image.new("I;16", (64, 64))
    run_of.putdata([(place % 64) * 1000 for place in range(64 * 64)])
    assert len(greys(with_picture(tmp_path, run_of))) == 64


def test_a_grey_scan_of_sixteen_bits_keeps_its_grey(process: PdfProcess, tmp_path: Path) -> None:
    folder = with_picture(tmp_path, Image.new("I;16", (64, 64), 30_000))
    assert greys(folder) == {117}
    assert differences(process, folder) == ()


@pytest.mark.parametrize(
    ("size", "colour", "why"),
    [
        ((60, 4000), "black", "too narrow"),
        ((4000, 60), "black", "too flat"),
        ((3, 3), "black", "too few"),
        ((300, 300), "white", "as white as the paper"),
        ((300, 300), "#fffff4", "as white as the paper"),
    ],
)
def test_what_could_not_be_seen_is_refused_where_it_is_named(
    tmp_path: Path, size: tuple[int, int], colour: str, why: str
) -> None:
    (checked,) = briefing.check_all([with_picture(tmp_path, Image.new("RGB", size, colour))])
    (problem,) = checked.problems
    assert checked.exit_code == 3 and problem.code == "bad-image" and why in problem.message
    assert problem.place and (problem.place.line, problem.place.column) == (6, 12)


@pytest.mark.parametrize(
    ("size", "colour"), [((100, 3000), "teal"), ((3000, 100), "teal"), ((300, 300), "orange"), ((300, 300), "#ffffc8")]
)
def test_a_tall_a_flat_and_a_plain_picture_are_shown(
    process: PdfProcess, tmp_path: Path, size: tuple[int, int], colour: str
) -> None:
    assert differences(process, with_picture(tmp_path, Image.new("RGB", size, colour))) == ()


def test_a_white_picture_with_a_thin_line_is_shown(process: PdfProcess, tmp_path: Path) -> None:
    image = Image.new("RGB", (600, 400), "white")
    image.paste("black", (0, 200, 600, 202))
    assert differences(process, with_picture(tmp_path, image)) == ()


def drawing(folder: Path) -> tuple[Drawing, list[str]]:
    """The drawn timeline of the brief in `folder`, and what its signs say."""
    (figure,) = (node for node in walk(briefing.compose_brief(folder)) if isinstance(node, Figure))
    assert isinstance(figure.content, Drawing)
    signs = [each.text for each in figure.content.shapes if isinstance(each, Label) and each.strong]
    return figure.content, [sign for sign in signs if not (sign.isdigit() and len(sign) == 4)]


def events(dates: list[str]) -> str:
    return f"{HEAD}timeline:\n" + "".join(f"  - {{date: '{date}', event: Day {n}.}}\n" for n, date in enumerate(dates))


def test_many_events_at_once_have_a_disc_each_once_the_years_before_are_left_out() -> None:
    content, signs = drawing(case("45"))
    assert signs == [str(number) for number in range(1, 30)] and content.height < 250


@pytest.mark.parametrize(
    "dates",
    [
        [f"{1500 + number}-03-01" for number in range(500)],
        ["2026-03-14"] * 500,
        ["2026"] * 250 + ["2030-01"] * 250,
    ],
    ids=["a year apart", "on one day", "of uncertain date"],
)
def test_500_events_are_drawn(tmp_path: Path, dates: list[str]) -> None:
    content, signs = drawing(small_brief(tmp_path, events(dates)))
    assert content.height < 250 and len(signs) <= 16
    assert signs[0].startswith("1–") and signs[-1].endswith("–500")


def test_500_events_are_built(process: PdfProcess, tmp_path: Path) -> None:
    dates = [f"{2024 + number // 250}-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(500)]
    assert differences(process, small_brief(tmp_path, events(sorted(dates)))) == ()


def test_a_few_events_have_a_disc_each(tmp_path: Path) -> None:
    dates = [f"2026-0{month}-01" for month in range(1, 10)]
    content, signs = drawing(small_brief(tmp_path, events(dates)))
    assert sum(isinstance(shape, Disc) for shape in content.shapes) == 9
    assert signs == [
        f"1\u00a0{month} 2026" for month in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept"]
    ]


def test_the_labels_of_an_axis_are_whole_at_any_size(process: PdfProcess, tmp_path: Path) -> None:
    chart = "{kind: line, unit: m, labels: [A, B], series: [{name: N, values: [5, 6]}]}"
    small_brief(tmp_path, f"{HEAD}figures:\n  - {{id: level, caption: Level, alt: Level, chart: {chart}}}\n")
    with pikepdf.open(io.BytesIO(process.render(briefing.compose_brief(tmp_path), Theme.load()).data)) as pdf:
        forms = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"]
        assert forms
        assert not [form for form in forms if "/Group" in form]  # PDFium cuts off their first pixels
