"""How long a command takes from its start to its end, beside WeasyPrint alone writing the PDF of the same page.

Run it on a machine that does nothing else: `python -m benchmarks.cold [RUNS]`.
"""

from __future__ import annotations

import shutil
import sys

from benchmarks.batch import make_briefs
from benchmarks.paired import BRIEFING, Command, Record, clock, in_turn, ratio, weasyprint_alone, workplace

RUNS = 15
UNCHANGED = 300


def main() -> None:
    """Measure, and say whether what is wanted was reached."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    record = Record("cold")
    with workplace() as folder:
        raw = weasyprint_alone(folder)
        built, word = folder / "built", folder / "word"
        unchanged = Command("one unchanged brief", (*BRIEFING, "build", "example", "-o", "unchanged"), folder)
        unchanged.run()
        make_briefs(folder / "briefs", UNCHANGED)
        many = Command(f"{UNCHANGED} unchanged briefs", (*BRIEFING, "build", "briefs", "-f", "docx"), folder)
        many.run()
        commands = [
            raw,
            Command("PDF and DOCX", (*BRIEFING, "build", "example", "-o", built), folder, stale=built),
            Command("DOCX", (*BRIEFING, "build", "example", "-o", word, "-f", "docx"), folder, stale=word),
            Command("check", (*BRIEFING, "check", "example"), folder),
            unchanged,
            Command("--help", (*BRIEFING, "--help"), folder),
            Command("an interpreter", (sys.executable, "-c", "pass"), folder),
        ]
        found = in_turn(commands, runs)
        found |= in_turn([many], min(runs, 5))
        shutil.rmtree(folder / "briefs")
    record.runs(found)
    record.target("PDF and DOCX, read back, to WeasyPrint alone", ratio(found, "PDF and DOCX", raw.name), 1.25, "times")
    record.target("DOCX, read back, to WeasyPrint alone", ratio(found, "DOCX", raw.name), 0.45, "times")
    record.target("check", clock(found["check"]), 0.35, "s")
    record.target("one unchanged brief", clock(found[unchanged.name]), 0.2, "s")
    record.target(f"{UNCHANGED} unchanged briefs", clock(found[many.name]), 1.0, "s")
    record.target("--help over an interpreter", clock(found["--help"]) - clock(found["an interpreter"]), 0.12, "s")
    record.close()


if __name__ == "__main__":
    main()
