"""Folders of issues, for the tests of series."""

from __future__ import annotations

from pathlib import Path

ISSUE = """\
# The river weekly. Mind the comments.

title: "The river, week by week"   # as the minister calls it
date: '2026-03-13'
language: en-GB

series:
    title: River Weekly
    number: 12      # counted since January
    period: {start: 2026-03-07, end: 2026-03-13}   # Saturday to Friday
    next: 2026-03-20
    # `previous` is set by the program.

summary: >-
  The river is *high*
  [@gauge], and rising.

# What is not known. Answered ones go with the next issue.
open_questions:
  # The oldest first.
  - id: peak
    question: |
      When is the peak?
    status: answered   # at last
    answer: On Monday [@bulletin].
    # A word on the answer.

  # Asked by the mayor.
  - id: dam
    question: Does the dam hold?

  # Nobody asks any more.
  - {id: boats, question: "Are there boats, and whose?", status: dropped, sources: [bulletin]}

  - id: cost
    question: What does it cost?
    status: open
    raised: 2026-02-27
    sources: [ledger]   # see p. 3

# Where it comes from.
sources:
  - id: bulletin
    title: Bulletin
    text: sources/bulletin.txt
  - id: gauge
    title: 'The gauge''s readings'
    text: sources/gauge.txt
    via: office
  # Nobody cites it.
  - id: rumour
    title: A rumour
  - id: office
    title: The office
  - id: ledger
    title: Ledger
    text: sources/2026/ledger.txt
"""

NEXT = """\
# The river weekly. Mind the comments.

title: "The river, week by week"   # as the minister calls it
date: '2026-03-20'
language: en-GB

series:
    title: River Weekly
    number: 13      # counted since January
    period: {start: 2026-03-14, end: 2026-03-20}   # Saturday to Friday
    next: 2026-03-27
    previous: ../river-012/brief.yaml
    # `previous` is set by the program.

summary: >-
  The river is *high*
  [@gauge], and rising.

# What is not known. Answered ones go with the next issue.
open_questions:
  # The oldest first.
  # Asked by the mayor.
  - id: dam
    question: Does the dam hold?
    raised: 2026-03-13

  - id: cost
    question: What does it cost?
    status: open
    raised: 2026-02-27
    sources: [ledger]   # see p. 3

# Where it comes from.
sources:
  - id: gauge
    title: 'The gauge''s readings'
    text: sources/gauge.txt
    via: office
  - id: office
    title: The office
  - id: ledger
    title: Ledger
    text: sources/2026/ledger.txt
"""


def issue(folder: Path, text: str = ISSUE, name: str = "brief.yaml") -> Path:
    """A folder with the data file `text` and every saved text that it may name."""
    for saved in ("bulletin.txt", "gauge.txt", "2026/ledger.txt"):
        file = folder / "sources" / saved
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Saved: {saved}\n", encoding="utf-8")
    (folder / name).write_bytes(text.encode())
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path, with what it holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
