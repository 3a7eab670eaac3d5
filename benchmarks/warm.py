"""How long a brief takes in a process that has built one before, beside a warm call of WeasyPrint alone on the same page.

Run it on a machine that does nothing else: `python -m benchmarks.warm [RUNS]`. The two processes are asked in turn.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.paired import RAW_OPTIONS, Record, raw_environment, workplace

RUNS = 15
_RAW = f"""
import sys
from weasyprint import HTML
for line in sys.stdin:
    HTML('page.html').write_pdf('page.pdf', {RAW_OPTIONS})
    print(flush=True)
"""


class _Raw:
    """A process of WeasyPrint alone that makes the PDF again whenever it is asked."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, **raw_environment(folder)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen([sys.executable, "-c", _RAW], cwd=folder / "raw", env=environment, **pipes)  # type: ignore[call-overload]

    def __call__(self) -> None:
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        self._process.stdout.readline()

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Measure, and say whether what is wanted was reached."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    record = Record("warm")
    import briefing.cli  # noqa: F401  collects as seldom as the program's own process does
    from briefing.formats import Formats, Request
    from briefing.run.checks import composed
    from briefing.run.inputs import find_input
    from briefing.run.options import BuildOptions
    from briefing.run.result import Listener
    from briefing.run.work import Job, perform
    from briefing.themes.theme import Theme

    with workplace() as folder, Formats() as formats:
        raw = _Raw(folder)
        theme = Theme.load("policy")
        request = Request(composed(folder / "example", theme=theme)[1], theme)
        (pdf,) = formats.ready(["pdf"])
        job = Job(find_input(folder / "example"), BuildOptions.read(output_dir=folder / "out"), is_overlapped=True)
        data = pdf.write(request)
        calls = {
            "WeasyPrint alone": raw,
            "PDF": lambda: pdf.write(request),
            "PDF and DOCX, from the data file to both read back": lambda: perform(job, formats, Listener()),
            "reading the PDF back": lambda: pdf.read_back(request, data.data),
        }
        found: dict[str, list[float]] = {name: [] for name in calls}
        for number in range(runs + 2):
            for name, call in calls.items():
                begun = time.perf_counter()
                call()
                if number > 1:
                    found[name].append(time.perf_counter() - begun)
        raw.close()
    for name, times in found.items():
        record.say(f"{name:<58} {statistics.median(times):7.3f} s, {len(times)} runs")

    def to_raw(name: str) -> float:
        return statistics.median(a / b for a, b in zip(found[name], found["WeasyPrint alone"], strict=True))

    record.target("PDF to WeasyPrint alone", to_raw("PDF"), 0.9, "times")
    record.target(
        "all of a brief to WeasyPrint alone", to_raw("PDF and DOCX, from the data file to both read back"), 1.5, "times"
    )
    a_page = statistics.median(found["reading the PDF back"]) / (data.pages or 1)
    record.target("reading a page back", a_page * 1000, 15, "ms")
    record.close()


if __name__ == "__main__":
    main()
