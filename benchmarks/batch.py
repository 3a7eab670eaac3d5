"""How many briefs a second one process builds, and two.

Run it on a machine that does nothing else: `python -m benchmarks.batch [COUNT]`. The briefs are copies of the example, sources and all, each with
a reference of its own, built as PDF and DOCX. Every time is that of the whole program, from its start to its end, as a user runs it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.paired import BRIEFING, EXAMPLE, Command, Record, clock, in_turn, ratio

COUNT = 60
ROUNDS = 2


def make_briefs(folder: Path, count: int) -> None:
    """Copies of the example, told apart by their references."""
    text = (EXAMPLE / "brief.yaml").read_text(encoding="utf-8")
    for number in range(count):
        made = folder / f"brief-{number:03}"
        shutil.copytree(EXAMPLE, made, ignore=shutil.ignore_patterns("out"))
        (made / "brief.yaml").write_text(f"{text}\nreference: B{number}\n", encoding="utf-8")


def main() -> None:
    """Measure, and say whether what is wanted was reached."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    record = Record("batch")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_briefs(folder / "briefs", count)
        build = (*BRIEFING, "build", "briefs", "--force", "--jobs")
        one, two = (Command(f"{count} briefs, jobs: {jobs}", (*build, str(jobs)), folder) for jobs in (1, 2))
        found = in_turn([one, two], ROUNDS)
    record.runs(found)
    for each in (one, two):
        record.say(f"{each.name:<58} {count / clock(found[each.name]):7.2f} briefs a second")
    record.target("two jobs to one", ratio(found, one.name, two.name), 1.8, "times", at_least=True)
    record.close()


if __name__ == "__main__":
    main()
