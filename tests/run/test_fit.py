"""Papers that must not be longer than they may be: the draft of one that is, and the densities that make one fit."""

from __future__ import annotations

import ctypes
import json
import pickle
import re
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from briefing import compose_brief
from briefing.errors import Problem
from briefing.formats import Artifact
from briefing.formats.docx.writer import docx
from briefing.run.ledger import read_manifest
from briefing.run.result import OverlongError
from briefing.themes.theme import Theme
from tests.docx.opened import Opened
from tests.run.test_manifest import ENTRY
from tests.running import briefing, small_brief

SENTENCES = (
    "The river rose by two metres in the night of 4 May, and the lower town was without power until noon.",
    "Nobody was hurt, since the school had been emptied the day before on the advice of the harbour office.",
    "The council has asked for a wall, the farmers for a basin, and the province for a year in which to think.",
    "A wall costs nine million and protects the town alone; a basin costs twelve and spares the villages, too.",
    "Neither can be ready before the floods of next spring, so pumps are needed whatever is decided.",
    "The pumps of the neighbouring county could be had for a third of their price until the end of June.",
)


def words(count: int, start: int) -> str:
    """About `count` words of running text."""
    text, place = "", start
    while len(text.split()) < count:
        text += SENTENCES[place % len(SENTENCES)] + " "
        place += 1
    return text.strip()


BRIEF = (
    "title: The river in spring\ndate: 2026-05-09\nlanguage: en-GB\nreference: RB/26/7\nhandling: OFFICIAL\n"
    "authors: [Ann Bell]\naudience: [The Board]\nmax_pages: 2\n"
    f"summary: {words(68, 0)} [@s1; @s2]\nkey_points:\n"
    + "".join(f"  - {words(28, place)} [@s{place + 3}]\n" for place in range(4))
    + f"background: |\n  {words(88, 1)} [@s7]\n\n  {words(88, 3)} [@s8]\nsections:\n"
    + "".join(
        f"  - title: Section {place}\n    body: |\n      {words(70, place)}\n\n      {words(70, place + 2)} [@s{9 + place % 2}]\n"
        for place in range(4)
    )
    + "figures:\n  - id: chart\n    width: half\n    caption: What it cost.\n    alt: Bars that grow.\n    after: background\n"
    "    chart: {kind: bar, unit: million, values: [{label: '2023', value: 3}, {label: '2024', value: 5}, {label: '2025', value: 7}]}\n"
    "sources:\n"
    + "".join(
        f"  - {{id: s{place}, title: Report {place} on the river, publisher: River Board, published: 2026-01}}\n"
        for place in range(1, 11)
    )
)


def test_a_draft_comes_whole_from_another_process() -> None:
    found = Problem("too-many-pages", "it has 3 pages")
    stopped = pickle.loads(pickle.dumps(OverlongError(found, Artifact("pdf", ".pdf", b"%PDF"), ENTRY)))
    assert (stopped.problems, stopped.draft.data, stopped.file) == ((found,), b"%PDF", "river.overlong.pdf")


def test_a_paper_that_is_too_long_is_a_draft_beside_what_was_good(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    out = folder / "out"
    assert briefing("build", folder, "-f", "pdf").code == 0
    good = (out / "brief.pdf").read_bytes()
    small_brief(folder, BRIEF)
    (told,) = briefing("build", folder, "-f", "pdf", "--json").objects
    assert told["exit_code"] == 4 and told["outputs"] == []
    (found,) = (each for each in told["problems"] if each["severity"] == "error")
    assert (found["code"], found["line"]) == ("too-many-pages", 1 + BRIEF[: BRIEF.index("max_pages")].count("\n"))
    assert re.fullmatch(r"the brief has 3 pages, and at most 2 are allowed: some \d\d lines too many", found["message"])
    assert re.fullmatch(
        r"it is written as 'brief.overlong.pdf'; the longest sections, in lines: Background \d+, [^;]+ \d+, [^;]+ \d+; "
        "try 'fit: true', which sets it closer; mark what can go 'priority: low'",
        found["hint"],
    )
    assert (out / "brief.pdf").read_bytes() == good
    assert (out / "brief.overlong.pdf").read_bytes().startswith(b"%PDF")
    manifest = read_manifest(out)
    assert manifest is not None
    entry = manifest.briefs["brief"]
    assert [each.file for each in entry.outputs] == ["brief.pdf"] and [each.file for each in entry.drafts] == [
        "brief.overlong.pdf"
    ]
    assert entry.title == "A small brief" and "is in no record" not in briefing("verify", out).out
    (out / "brief.overlong.pdf").write_bytes(b"%PDF-1.7 marked up")
    again = briefing("build", folder, "-f", "pdf", "--set", "max_pages=1")
    assert again.code == 4 and "at most 1 are allowed: some " in again.err and "[edited-output]" in again.err
    (kept,) = out.glob("*.edited-*")
    assert kept.read_bytes() == b"%PDF-1.7 marked up"
    small_brief(folder)
    assert briefing("build", folder, "-f", "pdf").code == 0
    assert {each.name for each in out.iterdir()} == {"brief.pdf", "manifest.json", kept.name}
    assert json.loads((out / "manifest.json").read_text())["briefs"]["brief"]["drafts"] == []


def test_what_is_left_out_shortens_it_by_so_much(tmp_path: Path) -> None:
    less = re.sub("(  - title: Section [23]\n)", r"\1    priority: low\n", BRIEF)
    run = briefing("build", small_brief(tmp_path / "brief", less), "-f", "pdf")
    assert run.code == 4 and "; without the 2 items of low priority it has 2 pages [too-many-pages]" in run.err


def type_sizes(data: bytes) -> set[float]:
    """The sizes of type in a PDF, in points."""
    with pypdfium2.PdfDocument(data) as file:
        texts = [each for page in file for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
        return {round(size(each) * each.get_matrix().a, 2) for each in texts}


def size(text: Any) -> float:
    held = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(text, held)
    return held.value


def test_a_thousand_words_a_chart_and_ten_sources_end_on_the_second_page(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", BRIEF + "fit: true\n")
    (checked,) = briefing("check", folder, "--json").objects
    assert checked["reading"]["words"] >= 1000
    (told,) = briefing("build", folder, "-f", "pdf", "-f", "docx", "-f", "html", "--json").objects
    assert told["exit_code"] == 0 and told["outputs"][0]["pages"] == 2
    (note,) = (each for each in told["problems"] if each["code"] == "set-closer")
    density = str(note["message"]).split("'")[1]
    tokens = Theme.load().tokens
    closer = tokens.in_density(density)
    page = (folder / "out" / "brief.html").read_text(encoding="utf-8")
    assert f"--space-paragraphs: {closer.space.paragraphs:g};" in page and closer.space.paragraphs < 1
    with zipfile.ZipFile(folder / "out" / "brief.docx") as package:
        styles = package.read("word/styles.xml")
    assert styles != Opened(docx(compose_brief(folder), Theme.load()).data).parts["word/styles.xml"]
    assert min(type_sizes((folder / "out" / "brief.pdf").read_bytes())) >= 6


def test_type_is_never_smaller_than_the_theme_allows(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(
        "[least]\ntext = 12\nnotes = 7\n[size]\ntext = 12\n[density.tiny]\nsizes = 0.5\n"
    )
    memo, own = Theme.load(tmp_path).tokens, Theme.load().tokens
    assert Theme.load("memo").tokens.least.text == 12
    assert list(memo.density) == ["close", "closer", "small", "smallest", "tiny"]
    for tokens, least, notes in ((memo, 12, 7), (own, 9.5, 7.5)):
        for name in tokens.density:
            size = tokens.in_density(name).size
            assert size.text >= least and min(size.small, size.fine, size.secondary) >= notes
            assert (size.drawing, size.running) == (tokens.size.drawing, tokens.size.running)
    assert memo.in_density("tiny").size.text == 12 and memo.in_density("tiny").size.fine == 7
