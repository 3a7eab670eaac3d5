"""Papers that must not be longer than they may be: the draft of one that is, and the densities that make one fit."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.run.ledger import read_manifest
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


LONGEST = "Background 22, Key points 15, Sources 13"


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
    assert found["message"] == "the brief has 3 pages, and at most 2 are allowed: some 13 lines too many"
    assert found["hint"].startswith(f"it is written as 'brief.overlong.pdf'; the longest sections, in lines: {LONGEST}")
    assert (out / "brief.pdf").read_bytes() == good
    assert (out / "brief.overlong.pdf").read_bytes().startswith(b"%PDF")
    manifest = read_manifest(out)
    assert manifest is not None
    entry = manifest.briefs["brief"]
    assert [each.file for each in entry.outputs] == ["brief.pdf"] and [each.file for each in entry.drafts] == [
        "brief.overlong.pdf"
    ]
    assert entry.title == "A small brief" and "is in no record" not in briefing("verify", out).out
    small_brief(folder)
    assert briefing("build", folder, "-f", "pdf").code == 0
    assert {each.name for each in out.iterdir()} == {"brief.pdf", "manifest.json"}
    assert json.loads((out / "manifest.json").read_text())["briefs"]["brief"]["drafts"] == []


def test_a_draft_that_somebody_marked_up_is_kept(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", BRIEF)
    draft = folder / "out" / "brief.overlong.pdf"
    assert briefing("build", folder, "-f", "pdf").code == 4
    draft.write_bytes(b"%PDF-1.7 marked up")
    run = briefing("build", folder, "-f", "pdf")
    assert run.code == 4 and "[edited-output]" in run.err
    assert [each.read_bytes() for each in draft.parent.glob("*.edited-*")] == [b"%PDF-1.7 marked up"]
    draft.write_bytes(b"%PDF-1.7 marked up again")
    small_brief(folder)
    assert briefing("build", folder, "-f", "pdf").code == 0
    assert draft.read_bytes() == b"%PDF-1.7 marked up again"


def test_a_draft_comes_whole_from_another_process(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", BRIEF)
    other = small_brief(tmp_path / "other")
    assert briefing("build", folder, other, "-f", "pdf", "--jobs", "2").code == 4
    assert (folder / "out" / "brief.overlong.pdf").exists() and (other / "out" / "other.pdf").exists()
