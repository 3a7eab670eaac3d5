"""Comments come home: told with their places, written beside the items, and made waivers where they settle a finding."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

import briefing as library
from briefing.pull.pulled_comments import with_waivers
from briefing.source.file import read
from tests.docx.test_comments import BRIEF, LENIENT, SAVED
from tests.pull.word_file import WordFile
from tests.running import briefing, small_brief

ANSWER = '<w:comment w:id="77" w:author="Jane Roe"><w:p w14:paraId="0A0B0C0D"><w:r><w:t>Her office asked for it.</w:t></w:r></w:p></w:comment>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A brief whose Word file has its findings as comments, and one of Jane Roe's on the summary."""
    made = small_brief(tmp_path / "river", BRIEF)
    (made / "gazette.txt").write_text(SAVED, encoding="utf-8")
    (made / "briefing.toml").write_text(LENIENT, encoding="utf-8")
    assert briefing("build", made, "-f", "docx").code == briefing("check", made, "--into-docx", file_of(made)).code == 0
    document = docx.Document(str(file_of(made)))
    paragraph = next(each for each in document.paragraphs if "cites a source" in each.text)
    document.add_comment(paragraph.runs[0], "Which source?", "Jane Roe", "JR")
    document.save(str(file_of(made)))
    return made


def file_of(folder: Path) -> Path:
    return folder / "out" / "river.docx"


def resolved(file: Path, answer: str) -> None:
    """Resolve the finding of the altered quote, as the button does, with an answer or without."""
    word = WordFile(file.read_bytes())
    comments, states = (word.parts[f"word/{name}.xml"].decode() for name in ("comments", "commentsExtended"))
    found = re.search(r'paraId="(\w{8})"(?:(?!</w:p>).)*quote-altered', comments)
    assert found
    states = states.replace(f'w15:paraId="{found[1]}" w15:done="0"', f'w15:paraId="{found[1]}" w15:done="1"')
    if answer:
        entry = f'<w15:commentEx w15:paraId="0A0B0C0D" w15:paraIdParent="{found[1]}" w15:done="1"/>'
        states = states.replace("</w15:commentsEx>", f"{entry}</w15:commentsEx>")
    word.parts["word/comments.xml"] = comments.replace("</w:comments>", f"{answer}</w:comments>").encode()
    word.parts["word/commentsExtended.xml"] = states.encode()
    word.saved(file)


def test_comments_are_told_written_beside_and_a_settled_finding_is_a_waiver(folder: Path) -> None:
    resolved(file_of(folder), ANSWER)
    pulled = library.pull_edits([file_of(folder)], revisions="reject", comments=True)
    said = [
        (each.status, each.kind, pulled.place(each).line, re.sub(r"\d{4}-\d\d-\d\d", "TODAY", each.message))
        for each in pulled.outcomes
    ]
    message = "comment by Jane Roe, TODAY on “It is small, and it cites a source”: Which source?"
    assert ("note", "comment", 6, message) in said
    assert ("changed", "waiver", 10, "the finding 'quote-altered' is waived") in said
    text = (folder / "brief.yaml").read_text(encoding="utf-8")
    above = text[: text.index("summary:")].splitlines()[-1]
    assert above.startswith("# comment by Jane Roe, ") and above.endswith(
        " on “It is small, and it cites a source”: Which source?"
    )
    assert text.endswith(
        '\nwaivers:\n  - rule: "quote-altered"\n    item: "bridge"\n    reason: "Her office asked for it."\n    until: "2026-03-14"\n'
    )
    assert "quote-altered" not in briefing("check", folder).err
    again = library.pull_edits([file_of(folder)], revisions="reject", comments=True)
    assert again.after == again.before and again.exit_code == 0
    built = briefing("build", folder, "-f", "docx", "--json").objects[0]
    assert built["exit_code"] == 0 and "edited-output" not in [each["code"] for each in built["problems"]]


def test_a_finding_resolved_without_a_word_is_left_to_do_and_comments_keep_the_file(folder: Path) -> None:
    resolved(file_of(folder), "")
    kept = file_of(folder).read_bytes()
    pulled = library.pull_edits([file_of(folder)], revisions="reject")
    assert pulled.exit_code == 4 and not pulled.is_written
    assert [each.message for each in pulled.outcomes if each.kind == "no-reason"] == [
        "the finding 'quote-altered' was resolved without an answer; say why, for a waiver needs a reason"
    ]
    small_brief(folder, BRIEF.replace("A small brief", "A brief"))
    built = briefing("build", folder, "-f", "docx", "--json").objects[0]
    assert built["exit_code"] == 0 and "edited-output" in [each["code"] for each in built["problems"]]
    assert kept in [path.read_bytes() for path in (folder / "out").glob("*.edited-*")]
    assert "A brief" in [each.text for each in docx.Document(str(file_of(folder))).paragraphs]


WAIVER = {"rule": "quote-altered", "item": "bridge", "reason": "So it is.", "until": "2026-03-14"}
BEGUN = 'waivers:\n  - rule: "quote-altered"\n    item: "bridge"\n    reason: "So it is."\n    until: "2026-03-14"\n'
FORMS = [
    ("title: A\n", f"title: A\n\n{BEGUN}"),
    ("title: A", f"title: A\n\n{BEGUN}"),
    ("title: A\r\n", f"title: A\n\n{BEGUN}".replace("\n", "\r\n")),
    ("waivers:\n- rule: a\n  reason: So.\n# here\ntitle: A\n",
     "waivers:\n- rule: a\n  reason: So.\n- rule: quote-altered\n  item: bridge\n  reason: So it is.\n  until: 2026-03-14\n# here\ntitle: A\n"),
    ('waivers:\n  - rule: "a"\n    reason: "So."\n', f'waivers:\n  - rule: "a"\n    reason: "So."\n{BEGUN.partition(chr(10))[2]}'),
    ("title: A\nwaivers: [{rule: a, reason: So.}]\n",
     "title: A\nwaivers: [{rule: a, reason: So.}, {rule: quote-altered, item: bridge, reason: So it is., until: 2026-03-14}]\n"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "wanted"), FORMS)
def test_a_waiver_has_the_form_of_those_that_are_there(tmp_path: Path, held: str, wanted: str) -> None:
    (tmp_path / "brief.yaml").write_bytes(held.encode())
    source = read(tmp_path / "brief.yaml")
    assert with_waivers(source, held.encode(), [WAIVER]).decode() == wanted


@pytest.mark.parametrize("held", ["waivers: []  # none yet\n", "...\n"])
def test_where_a_waiver_cannot_be_added_in_place_it_is_left_to_do(folder: Path, held: str) -> None:
    resolved(file_of(folder), ANSWER)
    text = (folder / "brief.yaml").read_text(encoding="utf-8") + held
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    pulled = library.pull_edits([file_of(folder)], revisions="reject")
    (waiver,) = [each for each in pulled.outcomes if each.kind == "waiver"]
    assert (pulled.exit_code, waiver.status) == (4, "todo") and "Her office asked for it." in waiver.after
    assert (folder / "brief.yaml").read_text(encoding="utf-8") == text


def test_what_cannot_be_printed_is_left_out_of_a_reason(folder: Path) -> None:
    resolved(file_of(folder), ANSWER.replace("asked for", "asked\x7f for"))
    assert library.pull_edits([file_of(folder)], revisions="reject").is_written
    assert briefing("check", folder).code == 0
