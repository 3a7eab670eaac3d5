"""The compact theme: a paper of a thousand words, with a chart and ten sources, ends on its second page."""

from __future__ import annotations

from pathlib import Path

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


def test_a_thousand_words_a_chart_and_ten_sources_end_on_the_second_page(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", BRIEF)
    (checked,) = briefing("check", folder, "--json").objects
    assert checked["reading"]["words"] >= 1000
    run = briefing("build", folder, "--theme", "compact", "--json")
    assert run.code == 0, run.err
    assert run.objects[0]["outputs"][0]["pages"] == 2
