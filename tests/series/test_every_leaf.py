"""Nothing has changed only when nothing has: every single value of a full brief, changed alone, is told, and white space is not."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from ruamel.yaml import YAML

from briefing.schema import Brief
from briefing.schema.brief import KINDS
from briefing.schema.references import identified
from briefing.schema.types import NOTE_TO_EDITOR
from briefing.schema.validate import validate
from briefing.series.changes import OF_THE_ISSUE, changes
from briefing.source.nodes import steps
from tests.running import briefing

FULL: Final[dict[str, Any]] = YAML(typ="safe", pure=True).load(
    r"""
title: The harbour
subtitle: What is planned
date: "2026-03-14"
language: en-GB
reference: HB 12
series: {title: Weekly, number: 2, period: {start: "2026-03-08", end: "2026-03-14"}, next: "2026-03-21", previous: old/brief.yaml}
authors: [{name: Ann Bell, role: Clerk, organisation: Board, email: ann@example.org}]
audience: [{name: Bo Hall}]
copy_to: [{name: Di Cole, role: Deputy, organisation: Board, email: di@example.org}]
contacts: [{name: Ed Fox, role: Press officer, organisation: Board, email: ed@example.org, telephone: "555 0100"}]
form: brief
order: [background, contacts]
status: draft
version: First draft
updated: "2026-03-13"
office: {name: Harbour Board, unit: Works, address: 2 Quay Street, web: "https://example.org/board", logo: board.png}
embargo: {until: "2026-03-20", note: At noon.}
abbreviations: [{short: HB, long: harbour board}]
abbreviations_list: "true"
imprint: {copyright: The Board, licence: Free to all., disclaimer: Our own views., acknowledgements: Thanks to all., identifier: ISSN 1}
reading_minutes: "4"
handling: {marking: OFFICIAL, caveat: Not for release.}
paper: A4
proposition: Widen the gate.
summary: "It is [@a] late."
decision: {ask: Whether to widen it., by: "2026-04-01", urgency: urgent, reason: The tide.}
recommendations: [{id: do, text: to widen it., verb: agree, to: The Mayor, by: "2026-04-02"}]
key_figures: [{id: ships, value: "344000", unit: ships a year, label: Ships, as_of: "2026-03-01", note: Counted., sources: [a]}]
key_points: [It costs more., It takes longer.]
sectors: [{id: trade, name: Trade, lead: Board, needs: Room., response: A gate., gaps: No crane., sources: [a]}]
background: "Long ago.\n\nThen."
timeline: [{id: vote, date: "2026-03-01", event: A vote., sources: [a]}]
quotes:
  - {id: q, text: We pay., speaker: Nora Tamm, role: Mayor, organisation: City, date: "2026-03-02", source: a, locator: para 3,
     context: In council., original: Wir zahlen., translated_by: Bo Hall, language: de, note: Withdrawn.}
stakeholders:
  - {id: city, name: City, kind: council, position: It pays., stance: opposed, influence: low, interests: Money., confidence: low,
     as_of: "2026-03-02", quotes: [q], sources: [a]}
open_questions:
  - {id: cost, question: How much?, why: It matters., status: open, raised: "2026-03-01", owner: Ann Bell, next_step: Ask., due: "2026-04-01",
     answer: Much., answered: "2026-03-09", sources: [a]}
options:
  - {id: wide, title: A wide gate, summary: Ten metres more., cost: Ten million., benefits: More ships., risks: More silt., recommended: "true",
     sources: [a]}
considerations: [{id: court, kind: legal, text: A court may stop it., cleared_by: Counsel}]
risks: [{id: silt, risk: It silts up., likelihood: low, impact: low, mitigation: Dredge it., owner: Board}]
questions_and_answers: [{id: why, question: Why now?, answer: The tide.}]
lines_to_take: [It is safe., It is cheap.]
clearance: [{id: law, team: Legal, name: Cy Dale, date: "2026-03-10", status: cleared}]
next_steps: [{id: count, step: Count., owner: Ann Bell, due: "2026-04-01"}]
sections: [{id: law, title: The law, body: As it is., after: background, sections: [{id: act, title: The act, body: It holds.},
  {id: rule, title: The rule, body: It binds., after: act}]}]
tables:
  - {id: tolls, caption: The tolls., columns: [{label: Ship}, {label: Toll, unit: euros, align: right}], rows: [[Barge, "12"], [Tug, "3"]],
     note: Since May., after: law, sources: [a]}
  - {id: tides, caption: The tides., csv: tides.csv, columns: [{label: Day}], rows: [[Monday]]}
boxes: [{id: gate, title: A gate, body: It shuts., after: law}]
annexes: [{id: plan, title: The plan, body: It is long.}]
numbered_paragraphs: "true"
figures:
  - {id: gauge, caption: The gauge., alt: A line., width: half, credit: The board, after: background, sources: [a],
     chart: {kind: bar, unit: metres, values: [{label: North, value: "1.5"}, {label: South, value: "2"}]}}
  - {id: lines, caption: The gauges.,
     chart: {kind: line, unit: metres, axis: {from: "1", label: Level}, show_values: table, csv: gauges.csv, labels: [May, June],
             series: [{name: Old, values: ["2", "3"]}]}}
  - {id: photo, caption: The gate., image: gate.png, alt: A gate.}
sources:
  - {id: a, title: Memo, publisher: Board, author: Cy Dale, published: "2026-01-01", accessed: "2026-02-01", url: "https://example.org/a",
     kind: primary, standing: in_force, via: b, text: sources/a.txt, sha256: "%s", note: Scanned.}
  - {id: b, title: News}
evidence: {show: mark}
max_pages: "4"
fit: "true"
waivers: [{rule: unused-source, item: b, reason: Background., until: "2026-06-01"}]
"""
    % ("0" * 64)
)
OTHERS: Final = {
    "A4": "Letter", "opposed": "supportive", "low": "high", "open": "dropped", "bar": "line", "line": "line_multiples", "half": "column",
    "table": "none", "primary": "hearsay", "mark": "none", "right": "centre",
    "in_force": "kept_up", "urgent": "routine", "agree": "note", "legal": "financial", "cleared": "pending",
    "draft": "final", "true": "false", "di@example.org": "bo@example.org", "ed@example.org": "bo@example.org",
    "background": "timeline", "brief": "submission", "contacts": "summary", "https://example.org/board": "https://example.org/harbour",
    "de": "fr",
    "en-GB": "en-US", "ann@example.org": "bo@example.org", "old/brief.yaml": "older/brief.yaml", "0" * 64: "1" * 64,
}  # fmt: skip
"""Other values of what is not free text."""


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all single values."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path


def other(value: Any) -> str:
    text = str(value)
    if text in OTHERS:
        return OTHERS[text]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return "2025" + text[4:]
    return text + "7" if re.fullmatch(r"[\d.]+", text) else text + "x"


def changed(path: str, value: Any) -> dict[str, Any]:
    """The values of the full brief with another one at `path`."""
    values: dict[str, Any] = copy.deepcopy(FULL)
    inner: Any = values
    *way, last = steps(path)
    for step in way:
        inner = inner[step]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return values


def at(path: str) -> Any:
    value: Any = FULL
    for step in steps(path):
        value = value[step]
    return value


def brief(values: dict[str, Any]) -> Brief:
    return identified(validate(values))


KEYS = tuple(kind.key for kind in KINDS if kind.item is not None)
NAMED = re.compile(rf"(?:{'|'.join(KEYS)})\[\d+\](?:\.sections\[\d+\])*\.id")
LEAVES = [path for path in leaves(FULL) if not NAMED.fullmatch(path)]


WHOM: Final = ("priority", "marking")
"""Keys of items that say for whom they are, and nothing to those."""


def test_whom_an_item_is_for_is_no_change() -> None:
    values = copy.deepcopy(FULL)
    for kind in (*(each.key for each in KINDS if each.has("marking")), "abbreviations"):
        values[kind][0] |= {"marking": "OFFICIAL"} | (
            {} if kind in ("sources", "abbreviations") else {"priority": "low"}
        )
    assert changes(brief(FULL), brief(values), stale_after_days=9999) == ()


def test_the_brief_is_full() -> None:
    given = {re.sub(r"\[\d+\]", "", path) for path in leaves(FULL)}
    missing = [
        f"{kind}.{name}"
        for kind in KEYS
        for name in type(getattr(brief(FULL), kind)[0]).model_fields
        if name not in (*WHOM, NOTE_TO_EDITOR) and not any(path.startswith(f"{kind}.{name}") for path in given)
    ]
    missing += [name for name in Brief.model_fields if name != NOTE_TO_EDITOR and not any(path.startswith(name) for path in given)]
    assert missing == []


@pytest.mark.parametrize("path", LEAVES)
def test_every_value_counts(path: str) -> None:
    value = other(at(path))
    found = changes(brief(FULL), brief(changed(path, value)), stale_after_days=9999)
    if path.startswith(OF_THE_ISSUE):
        assert found == ()
        return
    (change,) = found
    said = " ".join(
        (change.name, change.before, change.after, *(f"{each.before} {each.after}" for each in change.details))
    )
    assert " ".join(value.replace(" [@a]", "").split()) in said
    key = re.split(r"[.\[]", path.rpartition("].")[2] or path)[0]
    told = [change.item, *(each.key for each in change.details), change.before]
    assert change.family != "text" or re.sub(r"^order.*", "order", path) == change.item
    assert change.family in ("text", "key_point", "line") or key in " ".join(told) or value == change.after


OPTIONAL = [
    path
    for path in LEAVES
    if path.endswith((".note", ".caveat", ".role", ".interests", ".confidence", ".owner", ".due", ".via", ".alt"))
]


@pytest.mark.parametrize("path", OPTIONAL)
def test_what_is_taken_away_or_added_counts(path: str) -> None:
    without = brief(changed(path, None))
    assert changes(brief(FULL), without, stale_after_days=9999)
    assert changes(without, brief(FULL), stale_after_days=9999)


TEXTS = [path for path in LEAVES if isinstance(at(path), str) and " " in at(path)]


@pytest.mark.parametrize("path", TEXTS)
def test_white_space_does_not(path: str) -> None:
    spread = at(path).replace(" ", "  ") + " "
    assert changes(brief(FULL), brief(changed(path, spread)), stale_after_days=9999) == ()


def test_the_page_has_at_most_seven_lines_and_the_program_lists_all(tmp_path: Path) -> None:
    new: dict[str, Any] = copy.deepcopy(FULL)
    for path in LEAVES:
        if not path.startswith(
            (
                *OF_THE_ISSUE,
                "figures[2].image",
                "sources[0].via",
                "sources[0].sha256",
                "waivers[0].rule",
                "quotes[0].source",
            )
        ):
            inner: Any = new
            *way, last = steps(path)
            for step in way:
                inner = inner[step]
            if not re.search(r"after|sources\[\d\]$|quotes\[0\]$|series|item|form|order|\.text$|url|web", path):
                inner[last] = other(at(path))
    new["date"] = "2026-03-15"
    for name, values in (("old", FULL), ("new", new)):
        folder = tmp_path / name
        folder.mkdir()
        slim = {key: value for key, value in values.items() if key not in ("waivers", "max_pages")}
        slim["figures"], slim["tables"] = values["figures"][:1], values["tables"][:1]
        slim["office"] = {key: value for key, value in values["office"].items() if key != "logo"}
        slim["series"] = {"title": "Weekly", **({"previous": "../old/brief.yaml"} if name == "new" else {})}
        slim["sources"] = [
            {k: v for k, v in source.items() if k not in ("text", "sha256")} for source in values["sources"]
        ]
        with (folder / "brief.yaml").open("w", encoding="utf-8") as stream:
            YAML(typ="safe", pure=True).dump(slim, stream)
    tree = briefing("tree", "new", cwd=tmp_path)
    assert tree.code == 0, tree.err
    section = tree.out.partition("section-since_last_issue'")[2].partition("\n  Section")[0]
    lines = re.findall(r"Paragraph id='since_last_issue\.\w+\.\d+'", section)
    assert 3 < len(lines) <= 7
    listed = briefing("diff", "old", "new", cwd=tmp_path).out
    for key in (
        "speaker",
        "note",
        "influence",
        "confidence",
        "owner",
        "due",
        "chart.values[0].value",
        "handling.marking",
        "publisher",
    ):
        assert key in listed, key
