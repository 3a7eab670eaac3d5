"""How time and memory grow with the pages of a brief, up to 1,000, for which limits are lifted.

Run it on a machine that does nothing else: `python -m benchmarks.scale [PAGES ...]`. The briefs are sections of paragraphs, lists and tables.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2

from benchmarks.paired import BRIEFING, Command, Record

PAGES = (250, 500, 1000)
A_SECTION = 0.68
"""Pages that a section takes, about."""
MOST_A_PAGE = 1.5
"""MiB that the largest process may take for each page more."""
MOST_BENT = 1.15
"""How many times as long a page of the longest brief may take as one of the shortest."""
LIFTED = (
    "data_file_bytes=20000000",
    "list_items=2000",
    "brief_characters=5000000",
    "brief_values=50000",
    "brief_seconds=1200",
)
"""The limits that 1,000 pages reach."""
_PARAGRAPH = (
    "The regional authority reported in its annual statement that the number of households connected to the network rose "
    "by {0} over the year, while the cost of each connection fell to {1} euros. The figures are provisional, and they leave "
    "out the two districts whose records were lost in the flood. A revised series is to be published in the spring, when the "
    "census of dwellings has been reconciled with the register of addresses that the municipalities keep."
)


def write_brief(folder: Path, pages: int) -> Path:
    """A brief of about so many pages."""
    lines = ["title: A long brief", "date: 2026-03-14", "language: en-GB", "handling: {marking: OFFICIAL}"]
    lines += ["summary: It is as long as it was asked to be.", "sections:"]
    for section in range(max(1, round(pages / A_SECTION))):
        lines += [f"  - title: Section number {section + 1}", "    body: |"]
        for number in range(4 * section, 4 * section + 4):
            lines += [f"      {_PARAGRAPH.format(number, 1000 + number % 700)}", ""]
        lines += [f"      - the district of {letter}, with {section} connections" for letter in "ABCD"] + [""]
    folder.mkdir(parents=True)
    (folder / "brief.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def main() -> None:
    """Measure, and say whether what is wanted was reached."""
    sizes = tuple(map(int, sys.argv[1:])) or PAGES
    record = Record("scale")
    limits = [part for limit in LIFTED for part in ("--limit", limit)]
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            write_brief(folder / f"{size}", size)
            run = Command(f"{size}", (*BRIEFING, "build", f"{size}", "-o", "out", *limits), folder).run()
            with pypdfium2.PdfDocument(folder / "out" / f"{size}.pdf") as built:
                pages = len(built)
            found[pages] = run
            record.say(
                f"{pages:5} pages: {run.clock:7.1f} s, {run.computing:7.1f} s of computing ({run.computing / pages * 1000:4.0f} ms a page), "
                f"{run.mebibytes:5.0f} MiB in the largest process"
            )
    least, most = min(found), max(found)
    more = (found[most].mebibytes - found[least].mebibytes) / (most - least)
    bent = found[most].computing / most / (found[least].computing / least)
    record.target("each page more, in the largest process", more, MOST_A_PAGE, "MiB")
    record.target(f"a page of {most} to one of {least}", bent, MOST_BENT, "times")
    record.close()


if __name__ == "__main__":
    main()
