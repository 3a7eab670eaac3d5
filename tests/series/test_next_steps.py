"""Next steps: in every format, in what changed, in what the next issue begins with, in what is checked and in what is documented."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from tests.running import ROOT, briefing

OLD = """\
title: The river
date: 2026-03-13
series: {title: River Weekly, number: 12}
handling: {marking: OFFICIAL}
summary: The river is high [@gauge].
open_questions:
  - {id: dam, question: Does the dam hold?, raised: 2026-03-06, owner: Ann, due: 2026-04-01}
next_steps:
  - {id: boats, step: Count the boats., owner: Ben, due: 2026-03-06}
  - {id: walls, step: "Raise the *walls* [@plan].", owner: Ann, due: 2026-03-20}
  - {id: talk, step: Talk to the town.}
sources:
  - {id: gauge, title: Gauge, published: 2026-03-01}
  - {id: plan, title: Plan, published: 2026-03-01}
"""
NEW = (
    OLD.replace("2026-03-13\n", "2026-03-20\n")
    .replace("number: 12", "number: 13, previous: ../old/brief.yaml")
    .replace("  - {id: boats, step: Count the boats., owner: Ben, due: 2026-03-06}\n", "")
    .replace("due: 2026-03-20}", "due: 2026-04-03}")
    .replace("Talk to the town.}", "  Talk   to the town.}\n  - {step: Buy pumps., owner: Cleo}")
)


@pytest.fixture(scope="module")
def issues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two issues, the second one built."""
    folder = tmp_path_factory.mktemp("issues")
    for name, text in (("old", OLD), ("new", NEW)):
        (folder / name).mkdir()
        (folder / name / "brief.yaml").write_text(text, encoding="utf-8")
    for arguments in ([], ["--redline-from", "old", "-f", "docx"]):
        run = briefing("build", "new", *arguments, cwd=folder)
        assert run.code == 0, run.err
    return folder


def pdf_text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def word_xml(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read("word/document.xml").decode()


def test_they_stand_after_the_open_questions_in_both_formats(issues: Path) -> None:
    pdf = pdf_text(issues / "new" / "out" / "new.pdf")
    word = re.sub(r"<[^>]+>+", " ", word_xml(issues / "new" / "out" / "new.docx"))
    for text in (pdf, " ".join(word.split())):
        table = text[text.rindex("Next steps") :]
        assert "What is not known" in text[: text.rindex("Next steps")]
        after = 0
        for part in ("Steps, who takes them and by when", "Step Owner Due", "Raise the", "walls", "Ann", "3 April 2026", "Talk to the town.",
                     "no owner", "no date set", "Buy pumps.", "Cleo", "no date set", "Sources"):  # fmt: skip
            after = table.index(part, after) + len(part)


def test_each_keeps_its_id_in_the_word_file(issues: Path) -> None:
    with zipfile.ZipFile(issues / "new" / "out" / "new.docx") as package:
        ids = re.findall(r'id="(next_step-[^".]+)', package.read("customXml/item1.xml").decode())
    assert set(ids) == {"next_step-walls", "next_step-talk", "next_step-buy-pumps-2c1a16"}


def test_the_redline_tells_what_changed_in_them(issues: Path) -> None:
    redline = word_xml(issues / "new" / "out" / "new.redline.docx")
    deleted = "".join(re.findall(r"<w:delText[^>]*>([^<]*)", redline))
    inserted = "".join(re.findall(r"<w:ins .*?</w:ins>", redline, re.DOTALL))
    assert "Count the boats." in deleted
    assert "Buy pumps." in re.sub("<[^>]+>", "", inserted)


def test_what_changed_is_told_and_white_space_is_no_change(issues: Path) -> None:
    run = briefing("diff", "old", "new", cwd=issues)
    assert run.out.splitlines() == [
        "Next steps",
        "  rewritten walls: Raise the walls.",
        "    due was: 2026-03-20",
        "    due now: 2026-04-03",
        "  added buy-pumps-2c1a16: Buy pumps.",
        "  removed boats: Count the boats.",
    ]


def test_the_brief_opens_with_what_changed_in_them_and_marks_it(issues: Path) -> None:
    text = pdf_text(issues / "new" / "out" / "new.pdf")
    said = "• Next steps + New : Buy pumps. ≠ Changed : Raise the walls: due date × No longer listed : Count the boats."
    assert said in text, text
    assert "Raise the walls [2]. ≠ Changed Ann" in text and "Buy pumps. + New Cleo" in text


def test_the_next_issue_begins_with_those_that_were_not_past_due(tmp_path: Path) -> None:
    (tmp_path / "river-12").mkdir()
    (tmp_path / "river-12" / "brief.yaml").write_text(OLD, encoding="utf-8")
    run = briefing("next", "river-12", cwd=tmp_path)
    assert [line for line in run.out.splitlines() if " step " in line or "plan" in line] == [
        "carried next step walls: Raise the walls. (due 2026-03-20)",
        "carried next step talk: Talk to the town. (no due date)",
        "carried source plan: Plan (cited in next_steps)",
        "left next step boats: Count the boats. (due 2026-03-06, before the last issue)",
    ]
    assert "boats" not in (tmp_path / "river-13" / "brief.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[@plan]", "[@plam]", "there is no source 'plam'; did you mean 'plan'? [unknown-id]"),
        ("{id: talk", "{id: walls", "the id 'walls' is that of next_steps[1], too; give each its own [duplicate-id]"),
        ("step: Talk", "text: Talk", "did you mean 'step'? [unknown-key]"),
        ("next_steps:", "actions:", "did you mean 'next_steps'? [unknown-key]"),
        ("due: 2026-03-20}", "due: soon}", "[bad-date]"),
        ("Talk to the town.", '"![a](b.png)"', "a picture cannot stand in a text"),
    ],
)
def test_faults_in_them_are_found(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "brief.yaml").write_text(OLD.replace(old, new), encoding="utf-8")
    run = briefing("check", tmp_path)
    assert run.code == 3
    assert fault in run.err


def test_they_are_in_the_schema_and_in_the_reference() -> None:
    assert '"new next step"' in (ROOT / "docs" / "brief.schema.json").read_text(encoding="utf-8")
    assert "\n## next_steps\n" in (ROOT / "docs" / "data-file.md").read_text(encoding="utf-8")
