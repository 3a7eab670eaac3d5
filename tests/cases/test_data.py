"""YAML as people type it, what changed, dates, doubles, and findings that are worth acting on."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing.document.reading import reading
from briefing.document.tree import Table
from briefing.document.walk import walk
from briefing.errors import Problem
from tests.cases import case
from tests.running import briefing as cli

HEAD = "title: A brief\ndate: 2026-03-14\nhandling: {marking: OFFICIAL}\n"
TAIL = "sources:\n  - {id: a, title: A, published: 2026-03-01}\n"


def found(folder: Path) -> list[Problem]:
    (result,) = briefing.check_all([folder])
    return list(result.problems)


def told(folder: Path, text: str = "", code: str = "") -> list[str]:
    """What is said of the brief, or of one with `text` between a head and a source, as ``line:column code``."""
    if text:
        (folder / "brief.yaml").write_text(HEAD + text + TAIL, encoding="utf-8")
    return [
        f"{each.place.line}:{each.place.column} {each.code}"
        for each in found(folder)
        if each.place and code in each.code
    ]


def page(folder: Path) -> str:
    return "\n".join(piece.text for piece in reading(briefing.compose_brief(folder)))


def test_what_a_comment_would_cut_off_is_told() -> None:
    assert told(case("41")) == ["5:24 cut-text", "6:17 cut-text"]
    assert "'#4' is lost" in found(case("41"))[0].message


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("summary: Ask for #4 [@a].\n", ["4:18 cut-text"]),
        ("summary: It is so [@a].  # says who?\n", ["4:26 cut-text"]),
        ("summary: Inquiry [@a]\n  #4 is late\n", ["5:3 cut-text"]),
        ("summary: So [@a].\nsubtitle: #4 of a series\n", ["5:11 cut-text"]),
        ("summary: So [@a].\nquotes:\n- text: We pay #1.\n  speaker: Ann\n", ["6:16 cut-text"]),
        ("summary: So.\n", []),
        ('summary: "Ask for #4 [@a]."  # fine\n', []),
        ("summary: |  # fine\n  Ask for #4 [@a].\n", []),
        ("summary: C# and F# are#not comments [@a].\n", []),
        ("summary: So [@a].\n# fine\nevidence: {show: mark}  # fine\npaper: A4 # fine\n", []),
        ("summary: So [@a].\nstakeholders:\n- name: Ann\n  stance: unknown # fine\n  # fine\n", []),
        ("summary: So [@a].\nsubtitle: # to come\n", []),
    ],
)  # fmt: skip
def test_comments_in_texts_and_elsewhere(tmp_path: Path, text: str, places: list[str]) -> None:
    assert told(tmp_path, text, "cut-text") == places


def test_a_folded_block_is_what_it_looks_like(tmp_path: Path) -> None:
    text = "summary: >-\n  Two [@a]:\n\n  - one\n  - two\n\n  It is\n  so.\nsubtitle: >\n  One\n  line\n"
    assert told(tmp_path, text) == []
    assert {"Two :", "one", "two", "It is so.", "One line"} <= {
        line.replace("[1]", "") for line in page(tmp_path).split("\n")
    } | {"Two :"}


@pytest.mark.parametrize("number", ["51", "53"])
def test_what_changed_is_told(number: str) -> None:
    said = page(case(number))
    assert "Nothing has changed" not in said
    listed = cli("diff", case(number) / "previous", case(number)).out
    wanted = {
        "51": ("speaker now: Olaf Berg", "note now: Withdrawn"),
        "53": ("now: SECRET", "title now: Memo (retracted)", "note now:"),
    }
    assert all(part in listed for part in wanted[number])
    assert {"51": "speaker (Nora Tamm → Olaf Berg), note", "53": "Marking (OFFICIAL → SECRET)"}[number] in said


def test_white_space_is_no_change() -> None:
    assert "Nothing has changed" in page(case("55"))
    assert cli("diff", case("55") / "previous", case("55")).out.startswith("nothing changed")


def issues(folder: Path, before: str, after: str) -> str:
    """The page of the second of two issues that hold `before` and `after`."""
    (folder / "last.yaml").write_text(f"{HEAD}series: {{title: W, number: 1}}\n{before}{TAIL}", encoding="utf-8")
    told(folder, f"series: {{title: W, number: 2, previous: last.yaml}}\n{after}")
    return page(folder)


def test_marks_that_are_set_alike_are_no_change(tmp_path: Path) -> None:
    before = "summary: |\n  Said “so” -- it’s [@a]\nkey_points:\n  - It’s “so” [@a]\n"
    after = 'summary: |\n  Said "so" – it\'s [@a]\nkey_points:\n  - It\'s "so" [@a]\n'
    assert "Nothing has changed" in issues(tmp_path, before, after)


def test_a_figure_in_another_unit_is_not_unchanged(tmp_path: Path) -> None:
    figure = "key_figures: [{id: k, value: 5, label: Level, unit: m}]\n"
    said = issues(tmp_path, figure, figure.replace("unit: m", "unit: km"))
    assert "m → km" in said and "unchanged" not in said


SLIPS = """\
title:E-bikes in town
date: 12 March 2026
language: english
handling: OFFICIAL
summary: “We must act: now” [@gazette].
key_points:
  - **Bold** start [@gazette].
  - "We will pay." - Mayor
  - *One* more.
  Second point [@gazette].
background: Costs: a look
stakeholders:
  – name: Mayor
    position: She is for it [@gazette].
    stance: against
    influence: very high
  – name: Union
    stance: in favour
    confidance: moderate
open_questions:
  - question: When does it open?
    due: 27/11/2026
    status: closed
quotes:
  - text: "We will pay"
    speaker: Ann Bell
    source: gazette
    when: 2026-03-01
timeline:
  - date: March 2026
    event: Opening
sources:
  - https://example.org/news
  - id: gazette
    title: Response to inquiry #4
    published: 2026-13-01
    url: www.example.org
"""
MENDS = [
    (1, "title:E-bikes", "title: E-bikes", "a space is missing after the colon of 'title'"),
    (2, "12 March 2026", "2026-03-12", "write 2026-03-12"),
    (3, "english", "en", "did you mean 'en'?"),
    (5, "“We must act: now” [@gazette].", '"We must act: now [@gazette]."', "curly quotation marks"),
    (7, "**Bold** start [@gazette].", '"**Bold** start [@gazette]."', "text cannot begin with '*'"),
    (8, '"We will pay." - Mayor', "The Mayor will pay.", "behind the quotation mark that closes"),
    (9, "*One* more.", '"*One* more."', "text cannot begin with '*'"),
    (10, "  Second", "  - Second", "the dash is missing"),
    (11, "Costs: a look", '"Costs: a look"', "a colon stands where no key can end"),
    (13, "– name: Mayor", "- name: Mayor", "'–' begins no item of a list"),
    (15, "against", "opposed", "did you mean 'opposed'?"),
    (16, "very high", "high", "did you mean 'high'?"),
    (17, "– name: Union", "- name: Union", "'–' begins no item of a list"),
    (18, "in favour", "supportive", "did you mean 'supportive'?"),
    (19, "confidance", "confidence", "did you mean 'confidence'?"),
    (22, "27/11/2026", "2026-11-27", "write 2026-11-27"),
    (23, "closed", "open", "did you mean 'answered'?"),
    (28, "when", "date", "did you mean 'date'?"),
    (30, "March 2026", "2026-03", "write 2026-03"),
    (35, "Response to inquiry #4", '"Response to inquiry #4"', "'#4' is lost"),
    (36, "2026-13-01", "2026-03-01", "there is no month 13"),
    (37, "www.example.org", "https://www.example.org", "write https://www.example.org"),
]  # fmt: skip


def test_a_hurried_brief_takes_two_tries(tmp_path: Path) -> None:
    file = tmp_path / "brief.yaml"
    file.write_text(SLIPS, encoding="utf-8")
    problems = found(tmp_path)
    lines = SLIPS.split("\n")
    for line, wrong, right, said in MENDS:
        (problem,) = [each for each in problems if each.place and each.place.line == line]
        assert said in f"{problem.message}; {problem.hint}"
        lines[line - 1] = lines[line - 1].replace(wrong, right)
    assert len(problems) == len(MENDS)
    file.write_text("\n".join(lines), encoding="utf-8")
    assert [problem for problem in found(tmp_path) if problem.severity == "error"] == []
    assert "https://example.org/news" in page(tmp_path)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("summary: So.\nkey_points:\n– First\n– Second\n", "6:1", "begins no item"),
        ("summary: So.\nstakeholders:\n  • name: Ann\n    stance: unknown\n", "6:3", "begins no item"),
        ("summary: So.\nkey_points:\n  – First\n  – Second\n", "6:3", "not with '–'"),
        ("summary: 'It's late.'\n", "4:14", "write '' for an apostrophe"),
        ("background: So.\nsubtitle:A line\nsummary: So.\n", "5:1", "after the colon of 'subtitle'"),
        ("summary: So.\nstakeholders:\n  - name:Ann\n", "6:5", "put a space after the colon"),
        ("summary: So.\nopen_questions:\n  - question: Q?\n    due: 3.4.2026\n", "7:10", "write 2026-04-03 or 2026-03-04"),
        ("summary: So.\nopen_questions:\n  - question: Q?\n    due: 1er avril 2026\n", "7:10", "write 2026-04-01"),
        ("summary: So.\nopen_questions:\n  - question: Q?\n    due: “2026-04-01”\n", "7:10", "write 2026-04-01"),
    ],
)  # fmt: skip
def test_slips_of_the_same_kinds(tmp_path: Path, text: str, place: str, said: str) -> None:
    told(tmp_path, text)
    assert any(
        f"{each.place.line}:{each.place.column}" == place and said in f"{each.message}; {each.hint}"
        for each in found(tmp_path)
        if each.place
    ), found(tmp_path)


def test_sound_neighbours_of_slips(tmp_path: Path) -> None:
    block = "summary: |\n  – not an item – but words [@a]\n\n  title:E-bikes stands here\n"
    text = f"{block}subtitle: “In doubt” about it\nbackground: >-\n  At 10:30 *one*\n"
    assert [each for each in told(tmp_path, text) if "syntax" in each] == []


def test_a_source_may_be_a_title_or_an_address(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text(
        HEAD + "summary: So.\nsources: [https://example.org/a, Talk with the Mayor]\n", encoding="utf-8"
    )
    assert not [each for each in found(tmp_path) if each.severity == "error"]
    assert "Talk with the Mayor" in page(tmp_path) and "https://example.org/a" in page(tmp_path)


def test_dates_that_cannot_be_true() -> None:
    assert told(case("56")) == [f"{place} dates-out-of-order" for place in ("10:13", "14:15", "18:16", "19:15")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("quotes:\n- {text: We pay., speaker: Ann, source: a, date: 2026-03-02}\n", ["5:50"]),
        ("quotes:\n- {text: We pay., speaker: Ann, source: a, date: 2026-03}\n", []),
        ("quotes:\n- {text: We pay., speaker: Ann, source: a, date: 2026-03-01}\n", []),
        ("stakeholders:\n- {name: Ann, stance: unknown, as_of: 2026-03-15}\n", ["5:39"]),
        ("timeline:\n- {date: 2027, event: It opens.}\n", []),
        ("open_questions:\n- {question: Q?, owner: A, raised: 2026-03-14, due: 2027, status: open}\n", []),
    ],
)  # fmt: skip
def test_dates_of_the_same_kinds(tmp_path: Path, text: str, places: list[str]) -> None:
    assert told(tmp_path, text, "dates-out") == [f"{place} dates-out-of-order" for place in places]


def test_a_party_stands_twice() -> None:
    assert told(case("57")) == ["10:11 party-twice"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Farmers", "farmers", True),
        ("Farmers’ Union", "Farmers' Union", True),
        ("National Farmers Union (NFU)", "NFU", True),
        ("Herr Olaf Berg", "Olaf Berg", True),
        ("Élus locaux", "Elus locaux", True),
        ("Farmers (north)", "Farmers (south)", False),
        ("Ministry of Health", "Ministry of Finance", False),
    ],
)
def test_a_party_stands_twice_however_its_name_is_written(tmp_path: Path, one: str, other: str, same: bool) -> None:
    rows = [f'  - {{name: "{name}", stance: {stance}}}' for name, stance in ((one, "opposed"), (other, "supportive"))]
    body = "\n".join(["proposition: P", "stakeholders:", f'  - {{name: "{one}"}}', *rows, ""])
    assert bool(told(tmp_path, body, "party-twice")) is same


def test_the_years_of_other_centuries_are_left_as_typed(tmp_path: Path) -> None:
    told(
        tmp_path,
        "tables:\n  - {caption: T, columns: [{label: What}, {label: Year}, {label: Built}], rows: [[A, 1250, 1789], [B, 2024, 1850]]}\n",
    )
    assert all(year in page(tmp_path) for year in ("1250", "2024", "1789", "1850"))


def test_a_party_that_stands_twice_with_one_stance_is_none(tmp_path: Path) -> None:
    text = "proposition: Go.\nstakeholders:\n- {name: Ann, stance: mixed}\n- {name: ann, stance: %s}\n- {name: Bo, stance: opposed}\n"
    assert told(tmp_path, text % "mixed", "party") == []
    assert told(tmp_path, text % "neutral", "party") == ["7:10 party-twice"]


@pytest.mark.parametrize(
    ("source", "old"),
    [
        ("{id: a, title: Water Act, published: 1991}", False),
        ("{id: a, title: Treaty of Rome, published: 1957}", False),
        ("{id: a, title: River levels, published: 1957, standing: kept_up}", False),
        ("{id: a, title: Minister to act on floods?, published: 2020}", False),
        ("{id: a, title: Floods, published: 2020}", True),
    ],
)
def test_what_grows_old(tmp_path: Path, source: str, old: bool) -> None:
    (tmp_path / "brief.yaml").write_text(f"{HEAD}summary: So [@a].\nsources: [{source}]\n", encoding="utf-8")
    assert [(each.code, str(each.severity)) for each in found(tmp_path)] == ([("old-source", "note")] if old else [])


def test_a_public_paper_needs_no_marking(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text(
        HEAD.replace("{marking: OFFICIAL}", "none") + "summary: So.\n", encoding="utf-8"
    )
    assert found(tmp_path) == []
    assert "none" not in page(tmp_path).casefold()


GOOD = [path.name for path in sorted((Path(__file__).parent / "good").iterdir())]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_brief_draws_few_warnings(name: str) -> None:
    folder = Path(__file__).parent / "good" / name
    loud = [str(problem) for problem in found(folder) if problem.severity != "note"]
    assert len(loud) <= 3 and not any("error" in each for each in loud), loud
    notes = [problem.code for problem in found(folder) if problem.severity == "note"]
    assert len(notes) == len(set(notes)), "one line a kind"
    assert cli("check", folder).code == 0


def test_advice_never_stops_a_brief_and_is_told_once(tmp_path: Path) -> None:
    questions = "".join(f"- {{question: What {word}?}}\n" for word in ("now", "then", "else"))
    (tmp_path / "brief.yaml").write_text(
        f"{HEAD}summary: So [@a].\nopen_questions:\n{questions}{TAIL}", encoding="utf-8"
    )
    (note,) = found(tmp_path)
    assert (str(note.severity), note.code) == ("note", "question-without-owner")
    assert note.message == "the open question has no owner; 2 more: open_questions[1], open_questions[2]"
    assert cli("check", tmp_path, "--strict").code == 0


def test_a_long_key_figure_is_given_the_room_that_its_number_takes(tmp_path: Path) -> None:
    figures = "".join(f'  - {{value: "{value}", label: L{value[0]}}}\n' for value in ("1,250,000,000,000", "3", "4"))
    told(tmp_path, f"key_figures:\n{figures}")
    strips = [node for node in walk(briefing.compose_brief(tmp_path)) if isinstance(node, Table)]
    assert [len(strip.columns) for strip in strips] == [2, 1]
