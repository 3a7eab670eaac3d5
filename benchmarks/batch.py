"""How fast 300 briefs are built with one process and with two, and how fast 300 unchanged ones are passed over.

Run it from the top of the repository, on a machine that does nothing else: `python -m benchmarks.batch [COUNT]`. The briefs are copies of the
example, sources and all, each with a reference of its own, built as PDF and DOCX. Every time is that of the whole program, from its start to
its end, as a user runs it.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "iss-withdrawal"
COUNT = 300
RUNS = 5
WANTED_RATE = 1.7
ALLOWED = 1.5
"""Seconds for passing over `COUNT` unchanged briefs."""


def make_briefs(folder: Path, count: int) -> None:
    """Copies of the example, told apart by their references."""
    text = (EXAMPLE / "brief.yaml").read_text(encoding="utf-8")
    for number in range(count):
        made = folder / f"brief-{number:03}"
        shutil.copytree(EXAMPLE, made, ignore=shutil.ignore_patterns("out"))
        (made / "brief.yaml").write_text(f"{text}\nreference: B{number}\n", encoding="utf-8")


def seconds(folder: Path, *arguments: str, ending: str) -> float:
    """How long `briefing build` took; what it said last must end in `ending`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    call = [sys.executable, "-m", "briefing", "build", "briefs", *arguments]
    run = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    assert run.returncode == 0 and run.stdout.endswith(ending), run.stderr
    return took


def machine() -> str:
    """What the figures were measured on."""
    names = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    cores = len(os.sched_getaffinity(0))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{names[0] if names else platform.machine()}, {cores} cores; {python}, {platform.system()}"


def main() -> None:
    """Measure, and say whether what is wanted was reached."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_briefs(folder / "briefs", count)
        took = {}
        for jobs in (1, 2):
            took[jobs] = seconds(folder, "--force", "--jobs", str(jobs), ending=f"{count} briefs: {count} built\n")
            print(
                f"{count} briefs, {jobs} {'job ' if jobs == 1 else 'jobs'}: {took[jobs]:6.1f} s, {count / took[jobs]:.2f} briefs a second"
            )
        rate = took[1] / took[2]
        print(f"2 jobs build at {rate:.2f} times the rate of 1; wanted: {WANTED_RATE}")
        passed = sorted(seconds(folder, ending=f"{count} briefs: {count} unchanged\n") for _ in range(RUNS))
        print(f"{count} unchanged: best of {RUNS} {passed[0]:.2f} s, worst {passed[-1]:.2f} s; allowed: {ALLOWED} s")
    sys.exit(0 if rate >= WANTED_RATE and passed[-1] < ALLOWED else 1)


if __name__ == "__main__":
    main()
