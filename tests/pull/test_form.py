"""`briefing new --docx`: a brief as a Word form, for those who never see its data; what is filled in there with LibreOffice is the data."""

from __future__ import annotations

from pathlib import Path

from tests.pull.test_pull import row_behind
from tests.pull.word_file import WordFile, new_paragraph
from tests.running import briefing
from tests.validators.libreoffice import libreoffice_settled

FILLED = {
    "Untitled": "Storage on the river",
    "Your role": "Desk officer",
    "Say the bottom line here, in two or three sentences, and what you ask the reader to do.": "The dam is safe. Please note it.",
    "The first thing to take away, with what it rests on": "The dam holds",
    "The second thing to take away, likewise": "The town is dry",
    "Say here what led to this, in a few sentences.": "A flood came in May [it was the third].",
    "Director": "Minister of Water",
    "Say here what should be done, in one sentence.": "The dam should be kept.",
    "Say here what the ministry wants": "It wants to keep it",
    "The ministry": "Ministry for the Environment",
    "Ask here what is not known yet?": "Who pays?",
    "Say here why it is not known.": "Nobody asked.",
}


QUOTES = (
    ("We need this now.", "Jo Bloggs, Chair, Consumers First, 2 June 2026"),
    ("Not on my watch.", "Ann Roe, Mayor, 3 June 2026"),
)
MORE_QUOTES = """\
  - text: We need this now.
    speaker: Jo Bloggs
    role: Chair
    organisation: Consumers First
    date: 2026-06-02
  - text: Not on my watch.
    speaker: Ann Roe
    role: Mayor
    date: 2026-06-03
"""
PARTY = ("Town council", "Opposed", "It wants to wait.", "High")
ONE_PARTY_MORE = """\
  - name: Town council
    position: It wants to wait.
    stance: opposed
    influence: high
"""


def with_more(form: bytes) -> bytes:
    """The form with two quotes and a party more, below those that it has."""
    file = WordFile(form)
    words, last = (file.find(each) for each in ("Every quote is held", "Ada Example"))
    for text, said_by in reversed(QUOTES):
        last.addnext(new_paragraph(last, said_by))
        last.addnext(new_paragraph(words, f"“{text}”"))
    row_behind(file, "Ministry for the Environment", *PARTY)
    return file.saved()


def test_a_form_that_is_filled_in_with_libreoffice_is_the_data(tmp_path: Path) -> None:
    run = briefing("new", "untitled.docx", "--docx", "--date", "2026-03-14", cwd=tmp_path)
    form, data_file = tmp_path / "untitled" / "out" / "untitled.docx", tmp_path / "untitled" / "brief.yaml"
    assert run.code == 0 and run.out.splitlines()[1:] == [
        "made untitled/out/untitled.docx",
        "next: briefing pull untitled/out/untitled.docx",
    ]
    before = data_file.read_text(encoding="utf-8")
    assert all(before.count(prompt) for prompt in FILLED)
    order = "replace:" + "|".join(f"{prompt}=>{words}" for prompt, words in FILLED.items())
    filled = libreoffice_settled(form, tmp_path / "filled.docx", order)
    filled.write_bytes(with_more(filled.read_bytes()))
    form.write_bytes(libreoffice_settled(filled, tmp_path / "saved.docx", "").read_bytes())
    pulled = briefing("pull", form)
    wanted = before
    for prompt, words in FILLED.items():
        wanted = wanted.replace(prompt, words)
    wanted = wanted.replace("\n# Every stance", f"{MORE_QUOTES}\n# Every stance")
    wanted = wanted.replace("\nopen_questions:", f"{ONE_PARTY_MORE}\nopen_questions:")
    assert data_file.read_text(encoding="utf-8") == wanted, pulled
    assert briefing("build", "untitled", "-f", "docx", cwd=tmp_path).code == 0
