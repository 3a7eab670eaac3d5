"""Making inputs and reading them, and what came of it."""

from __future__ import annotations

import contextlib
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any

from tests.security.fuzzing.targets import TARGETS, Seed, Target, outcome

PACKAGE = str(Path(__file__).resolve().parents[3] / "briefing")
SECONDS = 20
"""Of computing, for one input in this process, where no limit of the program's own holds."""
MOST_KEPT = 400


class Reached:
    """The lines of the program that were run. A function whose lines were all run is not looked at any more."""

    def __init__(self) -> None:
        self._left: dict[CodeType, set[int]] = {}
        self.new = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        left = self._left.get(code)
        if left is None:
            own = code.co_filename.startswith(PACKAGE)
            left = self._left[code] = {line for _, _, line in code.co_lines() if line} if own else set()
        return self._line if left else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        left = self._left[frame.f_code]
        if event == "line" and frame.f_lineno in left:
            left.discard(frame.f_lineno)
            self.new += 1
        return self._line if left else None


class TooSlowError(Exception):
    pass


def _late(*_: object) -> None:
    raise TooSlowError(f"more than {SECONDS} seconds")


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Within this, what computes for too long gets a `TooSlowError`."""
    before = signal.signal(signal.SIGPROF, _late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Fuzzer:
    """One kind of input, from its seeds on."""

    def __init__(self, target: Target, seed: int, reached: Reached | None, kept: Path | None) -> None:
        self.target = target
        self.corpus: list[Seed] = target.seeds()
        self.seeds = len(self.corpus)
        self.random = Random(f"{target.name} {seed}")
        self.reached = reached
        self.kept = kept
        self.ends: Counter[str] = Counter()
        self.faults: dict[str, str] = {}
        self.slowest = self.spent = 0.0

    def step(self, scratch: Path) -> None:
        """Make an input, read it, and note what came of it."""
        from_new = self.seeds < len(self.corpus) and self.random.random() < 0.5
        seed = self.random.choice(self.corpus[self.seeds :] if from_new else self.corpus)
        name, data = self.target.change(self.random, seed, scratch)
        path = _folder_for(seed, scratch) / name
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(data)
        begun, new = time.process_time(), self.reached.new if self.reached else 0
        with in_time():
            if self.reached:
                sys.settrace(self.reached)
            end, faults = outcome(self.target, path)
            sys.settrace(None)
        took = time.process_time() - begun
        self.slowest = max(self.slowest, took)
        self.spent += took
        self.ends["fault" if faults else end] += 1
        for fault in faults:
            self._keep(fault, name, data)
        if self.reached and self.reached.new > new and len(self.corpus) < self.seeds + MOST_KEPT:
            self.corpus.append(Seed(name, data, seed.folder))
        path.unlink()
        if before is not None:
            path.write_bytes(before)

    def _keep(self, fault: str, name: str, data: bytes) -> None:
        kind = fault[:90]
        if kind in self.faults:
            return
        self.faults[kind] = fault
        if self.kept:
            folder = self.kept / self.target.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{len(self.faults):03}-{name.replace('/', '-')}").write_bytes(data)
            with (folder / "faults.txt").open("a") as log:
                log.write(f"{len(self.faults):03} {fault}\n")


_folders: dict[Path | None, Path] = {}


def _folder_for(seed: Seed, scratch: Path) -> Path:
    """A folder with the other files that the seed's data names."""
    if seed.folder not in _folders:
        folder = scratch / str(len(_folders))
        folder.mkdir()
        if seed.folder is not None and seed.folder.name not in ("broken", "sources", "house", "forms"):
            shutil.copytree(seed.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out*"))
        accompany(folder)
        _folders[seed.folder] = folder
    return _folders[seed.folder]


def accompany(folder: Path) -> None:
    """Write the files that those of single kinds need beside them, where they are not there."""
    for name, text in COMPANIONS.items():
        if not (folder / name).exists():
            (folder / name).write_text(text)


COMPANIONS = {
    "gazette.txt": '"It will hold," said the mayor.\n',
    "rows.csv": "region,number,title\nNorth,1,The north\n",
    "brief.yaml.j2": "title: '{{ title }}'\ndate: 2026-03-14\nlanguage: en-GB\nsummary: '{{ region }}'\n",
    "brief.yaml": (
        "title: T\ndate: 2026-03-14\nlanguage: en-GB\nsummary: S\n"
        "tables:\n  - {csv: river.csv, caption: A table}\n"
        "figures:\n  - {chart: {kind: line, unit: m, csv: river.csv}, caption: A chart, alt: A line., sources: [g]}\n"
        "sources:\n  - {id: g, title: Gauges}\n"
    ),
}


def run(inputs: int, seed: int, names: list[str], guided: bool, kept: Path | None) -> dict[str, Any]:
    """Read so many inputs; what came of them, by kind."""
    reached = Reached() if guided else None
    chosen = [TARGETS[name] for name in names or TARGETS]
    fuzzers = [Fuzzer(target, seed, reached, kept) for target in chosen]
    turns = [fuzzer for fuzzer in fuzzers for _ in range(fuzzer.target.weight)]
    Random(seed).shuffle(turns)
    begun = time.process_time()
    with tempfile.TemporaryDirectory(prefix="briefing-fuzz-") as scratch:
        for number in range(inputs):
            turns[number % len(turns)].step(Path(scratch))
            if kept and number % 1000 == 0:
                print(number, round(time.process_time() - begun), file=sys.stderr, flush=True)
    return {
        "inputs": inputs,
        "seconds": round(time.process_time() - begun, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "kinds": {
            each.target.name: {
                **each.ends,
                "seconds": round(each.spent, 1),
                "slowest": round(each.slowest, 2),
                "kept": len(each.corpus) - each.seeds,
            }
            for each in fuzzers
        },
        "faults": [f"{each.target.name}: {fault}" for each in fuzzers for fault in each.faults.values()],
    }
