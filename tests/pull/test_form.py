"""`briefing new --docx`: a brief as a Word form, for those who never see its data; what is filled in there with LibreOffice is the data."""

from __future__ import annotations

from pathlib import Path

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


def test_a_form_that_is_filled_in_with_libreoffice_is_the_data(tmp_path: Path) -> None:
    run = briefing("new", "untitled", "--docx", "--date", "2026-03-14", cwd=tmp_path)
    form, data_file = tmp_path / "untitled" / "out" / "untitled.docx", tmp_path / "untitled" / "brief.yaml"
    assert run.code == 0 and run.out.splitlines()[1:] == [
        "made untitled/out/untitled.docx",
        "next: briefing pull untitled/out/untitled.docx",
    ]
    before = data_file.read_text(encoding="utf-8")
    assert all(before.count(prompt) for prompt in FILLED)
    order = "replace:" + "|".join(f"{prompt}=>{words}" for prompt, words in FILLED.items())
    filled = libreoffice_settled(form, tmp_path / "filled.docx", order).read_bytes()
    form.write_bytes(filled)
    pulled = briefing("pull", form)
    wanted = before
    for prompt, words in FILLED.items():
        wanted = wanted.replace(prompt, words)
    assert data_file.read_text(encoding="utf-8") == wanted, pulled
    assert briefing("build", "untitled", "-f", "docx", cwd=tmp_path).code == 0
