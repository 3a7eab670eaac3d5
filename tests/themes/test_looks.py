"""The four looks: every one sets every form in every format, valid and agreeing; and the rules of their type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.document.sheet import Sheet
from briefing.formats import FORMATS
from briefing.run.checks import read_form
from briefing.themes.theme import Theme
from briefing.toml_file import read_toml
from tests.running import briefing
from tests.validators import open_xml_sdk, openxml_audit, verapdf, word_assertions
from tests.validators.browser import chromium

LOOKS = ("policy", "at-a-glance", "memo", "sitrep")
FORMS = {"brief": "policy", "submission": "memo", "situation_report": "sitrep"}
SHARED = """\
date: 2026-03-14
language: en-GB
reference: W/7
series: {title: Water weekly, number: 3, period: {start: 2026-03-07, end: 2026-03-14}, next: 2026-03-21}
office: {name: Water Office, unit: Rivers, address: 1 Quay, web: "https://water.example/"}
handling: OFFICIAL
authors: [{name: Ann Bell, role: Head}]
audience: [The Minister]
copy_to: [Finance]
contacts: [{name: Ann Bell, email: ann@water.example}]
abbreviations: [{short: EA, long: Environment Agency}]
abbreviations_list: true
imprint: {disclaimer: Invented.}
proposition: The dyke is raised.
summary: Raise the dyke **now** [@gazette, p. 2]. The EA agrees.
key_points: [The river rose., "The dyke *held* [@gazette]."]
background: |
  The river rose in the night.[^gauge] What follows is in [the log](https://water.example/log).

  - One gate was open.
      1. It was shut at noon.

  | Gate | Metres |
  | --- | ---: |
  | North | 2.5 |
  | South | 12 |

  [^gauge]: At the bridge.
key_figures: [{value: 7, unit: m, label: at the bridge, sources: [gazette]}, {value: 40, label: houses}]
timeline: [{date: 2026-03-02, event: It rains., sources: [gazette]}, {date: 2026-03-09, event: The gate is shut.}]
quotes: [{id: late, text: It is late., speaker: A. Speaker, role: Mayor, source: gazette, locator: p. 2, context: At the dam.}]
stakeholders:
  - {name: Mayor, position: Is against it., stance: opposed, confidence: high}
  - {name: Farmers, position: For it., stance: supportive, quotes: [late]}
options: [{id: raise, title: Raise it, cost: 2 million, benefits: Dry., risks: Slow., recommended: true}, {id: wait, title: Wait, cost: none}]
recommendations: [{text: That you agree., verb: agree, by: 2026-03-20}]
decision: {ask: Agree to raise it., by: 2026-03-20}
risks: [{risk: It floods., likelihood: low, impact: high, mitigation: Pumps., owner: Ann Bell}]
open_questions: [{question: Who pays?, status: open, why: It is dear., owner: Finance, due: 2026-04-01}]
next_steps: [{step: Write., owner: Ann Bell, due: 2026-03-19}]
clearance: [{team: Legal, status: cleared, date: 2026-03-12}]
sectors: [{id: homes, name: Homes, lead: EA, needs: Beds., response: Tents., gaps: Forty.}]
sections: [{id: access, title: Access, body: By boat.}, {id: funding, title: Funding, body: None yet.}]
figures:
  - id: level
    caption: The level.
    after: key_points
    width: half
    chart: {kind: bar, unit: m, values: [{label: Mon, value: 5}, {label: Tue, value: 7}]}
  - id: gates
    caption: The gates.
    after: background
    chart:
      {kind: line, unit: m, labels: [Mon, Tue], show_values: table, series: [{name: North, values: [2, 3]}, {name: South, values: [1, 2]}]}
boxes: [{id: how, title: How a gate works, after: background, body: It shuts.}]
annexes: [{id: log, title: The log, body: Nothing else.}]
sources: [{id: gazette, title: Gazette, published: 2026-03-01}]
"""


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looks")
    for form in FORMS:
        (folder / form).mkdir()
        (folder / form / "brief.yaml").write_text(
            f"form: {form}\ntitle: A {form} on the river\n{SHARED}", encoding="utf-8"
        )
    return folder


@pytest.fixture(scope="module", params=LOOKS)
def built(request: pytest.FixtureRequest, briefs: Path) -> Iterator[Path]:
    """The three forms in one look, in every format; a build holds each of them against the tree."""
    folder = briefs / f"out-{request.param}"
    formats = [argument for name in FORMATS for argument in ("-f", name)]
    run = briefing(
        "build", *(briefs / form for form in FORMS), "--theme", request.param, "-o", folder, *formats, "-j", "1"
    )
    assert run.code == 0, run.err
    yield folder


def test_every_form_is_valid_in_every_look_and_format(built: Path) -> None:
    """PDF/UA-1, both validators of OOXML and axe-core."""
    assert (
        len(list(built.glob("*.pdf")))
        == len(list(built.glob("*.docx")))
        == len(list(built.glob("*.html")))
        == len(FORMS)
    )
    with chromium() as browser:
        for form in FORMS:
            file = built / form
            assert verapdf(file.with_suffix(".pdf")) == []
            word = file.with_suffix(".docx")
            assert (open_xml_sdk(word), openxml_audit(word), word_assertions(word)) == ([], [], [])
            browser.open(file.with_suffix(".html"))
            assert browser.violations() == []
            browser.open(file.with_suffix(".html"), 320)
            assert browser.overflow() == 0


def test_a_form_has_its_look_where_a_call_names_none(briefs: Path) -> None:
    """What is built so is what is built with its name, and unchanged when it is asked for again."""
    assert {form: read_form(read_toml(file)).theme for form, file in Theme.load().form_files().items()} == FORMS
    named, unnamed = briefs / "named", briefs / "unnamed"
    for folder, arguments in ((named, ("--theme", "memo")), (unnamed, ())):
        run = briefing("build", briefs / "submission", "-f", "html", "-o", folder, *arguments)
        assert run.code == 0, run.err
    assert (named / "submission.html").read_bytes() == (unnamed / "submission.html").read_bytes()
    again = briefing("build", briefs / "submission", "-f", "html", "-o", unnamed, "--json")
    assert json.loads(again.out.splitlines()[-1])["status"] == "unchanged"


LINE = (
    "Officials recommend a deposit of 20 cents on plastic, metal and glass, with an opt-out for small shops. It brings back 88 containers in "
    "100 by its fourth year, against 40 now. Brewers are opposed, because cartons are left out."
)
NUMBER_HANGS = 28.0
"""Points that the number of a numbered paragraph takes, as a memo's have."""


@pytest.mark.parametrize("name", LOOKS)
def test_type_is_as_large_and_lines_as_long_as_is_read_well(name: str) -> None:
    tokens, sheet = Theme.load(name).tokens, Sheet.plain()
    assert tokens.size.text >= (12 if name == "memo" else 9.5)
    assert min(tokens.size.small, tokens.size.fine, tokens.size.running, tokens.size.fact) >= 7.5
    assert tokens.size.title > tokens.size.heading > tokens.size.subheading >= tokens.size.text
    letter = sheet.measure(LINE, tokens.size.text) / len(LINE)
    letters = (tokens.measure - (NUMBER_HANGS if name == "memo" else 0)) / letter
    least, most = (65, 80) if tokens.layout.columns == 1 else (50, 65)
    assert least <= letters <= most, letters
    assert tokens.text_width / letter > letters
