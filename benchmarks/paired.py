"""What all benchmarks of speed share: commands run in turn as whole processes, WeasyPrint alone on the same page, and the record of what was found.

Times are medians of runs that are taken in turn within one call, since a machine's speed drifts; what is held against a target is the median of
the ratios of such pairs. Each benchmark writes what it found into a file beside it, with the machine and the absolute times.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "iss-withdrawal"
BRIEFING = (sys.executable, "-m", "briefing")
RAW_OPTIONS = "pdf_variant='pdf/ua-1', presentational_hints=True"
"""What the page needs of WeasyPrint to be what we make of it: tags, and the attributes of its tables."""
_FONTS = "<fontconfig><dir>{0}/assets/fonts</dir><cachedir>{1}/cache</cachedir></fontconfig>"


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock, seconds of computing and the MiB of its largest process, its children's included."""

    clock: float
    computing: float
    mebibytes: float
    said: str


@dataclass(frozen=True)
class Command:
    """A command to be timed, from its start to its end, as a user runs it. What stands in `stale` is removed before each run."""

    name: str
    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stale: Path | None = None
    may_fail: bool = False

    def run(self) -> Run:
        if self.stale is not None:
            shutil.rmtree(self.stale, ignore_errors=True)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.environment}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
        with tempfile.TemporaryFile() as said:
            begun = time.perf_counter()
            process = subprocess.Popen(
                [str(each) for each in self.arguments], cwd=self.folder, env=environment, stdout=said, stderr=said
            )
            _, status, used = os.wait4(process.pid, 0)
            took = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            text = said.read().decode()
            assert self.may_fail or process.returncode == 0, text
        return Run(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


def in_turn(commands: Sequence[Command], runs: int) -> dict[str, list[Run]]:
    """The runs of `commands`, which are run in turn, `runs` times after one that does not count."""
    found: dict[str, list[Run]] = {each.name: [] for each in commands}
    for number in range(runs + 1):
        for each in commands:
            run = each.run()
            if number:
                found[each.name].append(run)
    return found


class Record:
    """What one benchmark found: printed as it comes, and kept in a file beside the benchmark."""

    def __init__(self, benchmark: str) -> None:
        self._file = Path(__file__).parent / f"{benchmark}.txt"
        self._lines = [f"What `python -m benchmarks.{benchmark}` printed last.\n"]
        self._missed = False
        self.say(machine())

    def say(self, line: str) -> None:
        """Keep a line."""
        print(line, flush=True)
        self._lines.append(line)

    def target(self, what: str, found: float, wanted: float, unit: str, *, at_least: bool = False) -> None:
        """Keep what was found beside what is wanted: no more than that, or `at_least` that."""
        is_met = found >= wanted if at_least else found <= wanted
        self._missed |= not is_met
        limit = "at least" if at_least else "at most"
        self.say(f"{what:<58} {found:7.2f} {unit:<5} {limit} {wanted:g}: {'met' if is_met else 'MISSED'}")

    def runs(self, found: Mapping[str, Sequence[Run]]) -> None:
        """Keep the medians of each command's runs."""
        for name, runs in found.items():
            clock, computing = (
                statistics.median(getattr(run, part) for run in runs) for part in ("clock", "computing")
            )
            self.say(f"{name:<58} {clock:7.3f} s, {computing:.3f} s of computing, {len(runs)} runs")

    def close(self) -> None:
        """Write the file, and end the process: with 1 when something that is wanted was missed."""
        self._file.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        sys.exit(1 if self._missed else 0)


def ratio(found: Mapping[str, Sequence[Run]], name: str, other: str) -> float:
    """The median of how many times as long, by the clock, each run of `name` took as the run of `other` beside it."""
    return statistics.median(a.clock / b.clock for a, b in zip(found[name], found[other], strict=True))


def clock(runs: Sequence[Run]) -> float:
    """The median of seconds by the clock."""
    return statistics.median(run.clock for run in runs)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder with the example in `example/`, and in `raw/` the page that its PDF is made of, as WeasyPrint alone reads it."""
    with tempfile.TemporaryDirectory(prefix="briefing-benchmark-") as name:
        folder = Path(name)
        shutil.copytree(EXAMPLE, folder / "example", ignore=shutil.ignore_patterns("out"))
        write_page = [sys.executable, "-m", "benchmarks.paired", folder / "example", folder / "raw"]
        subprocess.run(write_page, cwd=ROOT, check=True)
        yield folder


def weasyprint_alone(folder: Path) -> Command:
    """WeasyPrint, writing the PDF of the page in `folder`/raw."""
    call = f"from weasyprint import HTML; HTML('page.html').write_pdf('page.pdf', {RAW_OPTIONS})"
    return Command("WeasyPrint alone", (sys.executable, "-c", call), folder / "raw", raw_environment(folder))


def raw_environment(folder: Path) -> dict[str, str]:
    """WeasyPrint alone sees the fonts that we see."""
    return {"FONTCONFIG_FILE": str(folder / "raw" / "fonts.conf")}


def machine() -> str:
    """What the figures are measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if sys.platform == "linux" else []
    names = [line.split(":")[1].strip() for line in lines if "model name" in line]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{names[0] if names else platform.machine()}, {cores} cores; {python}, {platform.system()}"


def _write_page(brief: Path, folder: Path) -> None:
    """Write the page that the PDF of `brief` is made of, with its style sheets and pictures, under addresses of files."""
    from briefing.formats.html.blocks import html, pictures
    from briefing.formats.pdf.fetching import AssetFetcher
    from briefing.run.checks import composed
    from briefing.themes.theme import Theme

    theme = Theme.load("policy")
    _, document = composed(brief, theme=theme)
    folder.mkdir(parents=True)
    served = AssetFetcher(theme, pictures(document, theme)).served
    names = {address: address.removeprefix("asset:").replace("/", "-") for address in served}

    def on_disk(text: str) -> str:
        for address in sorted(names, key=len, reverse=True):
            text = text.replace(address, names[address])
        return text

    for address, (data, media_type) in served.items():
        is_text = media_type.startswith("text/")
        (folder / names[address]).write_bytes(on_disk(data.decode()).encode() if is_text else data)
    (folder / "page.html").write_text(on_disk(html(document, theme)), encoding="utf-8")
    (folder / "fonts.conf").write_text(_FONTS.format(escape(str(ROOT)), escape(str(folder))), encoding="utf-8")


if __name__ == "__main__":
    _write_page(Path(sys.argv[1]), Path(sys.argv[2]))
