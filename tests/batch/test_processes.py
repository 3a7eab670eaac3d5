"""Working processes that die, are interrupted, or meet another run; and executors that are not ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import IO, Any

import pytest
from msgspec.structs import replace

import briefing as package
from briefing import child
from briefing.errors import BriefingError
from briefing.run import checks
from briefing.run import work as working
from briefing.run.checks import Judged
from briefing.run.executor import do_packed, pack
from briefing.run.inputs import BriefInput, find_input
from briefing.run.ledger import recorded
from briefing.run.load import LoadedBrief
from briefing.run.options import BuildOptions
from briefing.run.pool import in_processes
from briefing.run.result import Listener
from briefing.run.work import Finished, Job
from tests.batch.test_many import digests, several
from tests.running import EXAMPLES, ROOT, SMALL, briefing, small_brief


@dataclass(frozen=True)
class Deadly:
    """In the place of a row of parameters: whoever unpacks it dies, as long as the marker is not there or it has none."""

    marker: Path | None = None

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _die, (self.marker,)


def _die(marker: Path | None) -> None:
    if marker is None or not marker.exists():
        if marker is not None:
            marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


class Mute:
    """In the place of a row of parameters: whoever unpacks it dies when it has told half of what came of its work."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _die_while_telling, ()


def _die_while_telling() -> None:
    def half(stream: IO[bytes], data: bytes) -> None:
        os.write(stream.fileno(), len(data).to_bytes(8, "big") + data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    child.write_message = half


class Endless:
    """In the place of a row of parameters: whoever looks at it never comes to an end."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        while True:
            pass


def jobs(folder: Path, deadly: Mapping[int, object]) -> Iterator[Job]:
    options = BuildOptions.read(formats=["docx"])
    for number, path in enumerate(sorted(folder.iterdir())):
        brief = find_input(path)
        row: Any = deadly.get(number)
        yield Job(BriefInput(brief.data_file, brief.name, row), options)


def done(work: Iterator[Job], workers: int = 2) -> dict[str, str]:
    return {
        job.brief.name: "built" if isinstance(end, Finished) else end.problems[0].code
        for job, end in in_processes(work, workers, Listener())
    }


@pytest.mark.parametrize("deadly", [Deadly(), Mute()])
def test_a_brief_that_kills_its_process_fails_alone(tmp_path: Path, deadly: object) -> None:
    several(tmp_path, 5)
    assert done(jobs(tmp_path, {1: deadly})) == {
        "brief-0": "built",
        "brief-1": "worker-died",
        "brief-2": "built",
        "brief-3": "built",
        "brief-4": "built",
    }


def test_a_brief_that_hangs_is_stopped_and_the_limit_named_and_the_others_are_built(tmp_path: Path) -> None:
    several(tmp_path, 2)
    work = [*jobs(tmp_path, {0: Endless()})]
    work[0] = replace(work[0], options=replace(work[0].options, limits={"brief_seconds": 1}))
    ends = {job.brief.name: end for job, end in in_processes(work, 1, Listener())}
    assert isinstance(ends["brief-1"], Finished)
    (problem,) = ends["brief-0"].problems
    assert problem.code == "time-limit" and "limits.brief_seconds" in problem.hint


def endless(*_: object) -> None:
    while True:
        pass


def test_a_brief_that_hangs_in_this_process_is_stopped_and_the_others_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(tmp_path, 2)
    judge = checks.judge

    def hanging(loaded: LoadedBrief, *given: Any) -> Judged:
        if loaded.folder.name == "brief-0":
            endless()
        return judge(loaded, *given)

    monkeypatch.setattr(checks, "judge", hanging)
    monkeypatch.setattr(working, "judge", hanging)
    limits = ["brief_seconds=1"]
    checked = {each.name: [one.code for one in each.problems] for each in package.check_all([tmp_path], limits=limits)}
    assert checked == {"brief-0": ["time-limit"], "brief-1": []}
    built = package.build_all([tmp_path], formats=["docx"], limits=limits)
    assert {each.name: [one.code for one in each.problems] for each in built} == checked


def test_a_fault_of_the_program_fails_one_brief(tmp_path: Path) -> None:
    several(tmp_path, 2)
    assert done(jobs(tmp_path, {0: object()})) == {"brief-0": "internal", "brief-1": "built"}


def test_a_process_that_was_killed_once_costs_nothing(tmp_path: Path) -> None:
    several(tmp_path / "briefs", 3)
    deadly = {1: Deadly(tmp_path / "killed")}
    assert set(done(jobs(tmp_path / "briefs", deadly)).values()) == {"built"}
    assert (tmp_path / "killed").exists()


def status(process: str) -> list[str]:
    """The state and the parent of a process, as Linux tells them (proc(5)); of one that is gone, that it is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[:2]
    except OSError:
        return ["X", "0"]


def children(of: int) -> set[int]:
    """The processes below the process `of`."""
    parents = {int(each.name): int(status(each.name)[1]) for each in Path("/proc").iterdir() if each.name.isdigit()}
    found = {of}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {of}


def alive(process: int) -> bool:
    return status(str(process))[0] not in "XZ"


def test_when_all_is_done_the_processes_are_gone(tmp_path: Path) -> None:
    several(tmp_path, 2)
    before = children(os.getpid())
    assert set(done(jobs(tmp_path, {})).values()) == {"built"}
    assert not [each for each in children(os.getpid()) - before if alive(each)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_takes_its_processes_along(tmp_path: Path, number: signal.Signals) -> None:
    several(tmp_path / "briefs", 12)
    (tmp_path / "tmp").mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", "build", "briefs", "-j", "2", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell that runs the tests in the background lets them and all below them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        below = children(process.pid)
        assert len(below) >= 4, "two that work, each with one that renders"
        os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == (130 if number is signal.SIGINT else -number)
    assert b"Traceback" not in said
    until = time.monotonic() + 60
    while any(map(alive, below)):
        assert time.monotonic() < until, "a process outlived its run"
        time.sleep(0.05)
    run = briefing("build", "briefs", "-j", "2", "--json", cwd=tmp_path, TMPDIR=str(tmp_path / "tmp"))
    assert run.code == 0
    statuses = [each["status"] for each in run.objects]
    assert "unchanged" in statuses and "built" in statuses, "what was done is not done again"
    assert not list((tmp_path / "tmp").iterdir())
    assert not list(tmp_path.rglob("*.briefing-part"))


def test_two_runs_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    several(tmp_path / "briefs", 4)
    for shared in ([], ["-o", "out"]):
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "briefing", "build", "briefs", "-f", "docx", "-j", "2", "--force", *shared],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for process in running:
            out, err = process.communicate()
            assert process.returncode == 0, err
            assert out.endswith("4 briefs: 4 built\n")
        folders = {path.parent for path in tmp_path.rglob("manifest.json")}
        assert briefing("verify", *folders).code == 0
        again = briefing("build", "briefs", "-f", "docx", *shared, cwd=tmp_path)
        assert again.out.endswith("4 briefs: 4 unchanged\n")
    assert not list(tmp_path.rglob("*.briefing-part")) + list(tmp_path.rglob("*.edited-*"))


@pytest.fixture(params=["threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    made = ThreadPoolExecutor(2) if request.param == "threads" else ProcessPoolExecutor(2, get_context("spawn"))
    with made as running:
        yield running


def test_any_executor_gives_the_same_files(tmp_path: Path, executor: Executor) -> None:
    several(tmp_path / "briefs", 3)
    here = [*package.build_all([tmp_path / "briefs"], output_dir=tmp_path / "here")]
    there = [*package.build_all([tmp_path / "briefs"], output_dir=tmp_path / "there", executor=executor)]
    assert {result.status for result in (*here, *there)} == {package.Status.BUILT}
    assert digests(tmp_path / "here") == digests(tmp_path / "there")
    again = package.build_all([tmp_path / "briefs"], output_dir=tmp_path / "there")
    assert {result.status for result in again} == {package.Status.UNCHANGED}, "its record is that of a build here"


def test_a_job_takes_along_all_that_it_reads(tmp_path: Path) -> None:
    """It is packed, its files are taken away, and it is done all the same; what it says names the files that were there."""
    shutil.copytree(EXAMPLES / "veska-flood-storage", tmp_path / "a" / "b" / "veska")
    folder = tmp_path / "a" / "b" / "veska"
    text = (folder / "brief.yaml").read_text(encoding="utf-8")
    (folder / "brief.yaml").write_text(text.replace("fit: true\n", ""), encoding="utf-8")  # one layout is enough
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "print.css").write_text("h1 { color: #102030 }\n", encoding="utf-8")
    config = tmp_path / "office.toml"
    shutil.copy(folder / "briefing.toml", config) if (folder / "briefing.toml").exists() else config.write_text("")
    brief = find_input(folder)
    own = BuildOptions.read(formats=["pdf"], theme=theme, config=config)
    for options in (BuildOptions.read(formats=["docx"]), own):
        job = Job(brief, options)
        packed = pack(job)
        gone = tmp_path / "gone"
        gone.mkdir()
        for path in (tmp_path / "a", theme, config):
            path.rename(gone / path.name)
        end = do_packed(packed)
        for path in (tmp_path / "a", theme, config):
            (gone / path.name).rename(path)
        gone.rmdir()
        assert isinstance(end, Finished), end
        (result,) = package.build_all(
            [folder],
            output_dir=tmp_path / "out",
            formats=options.formats,
            theme=options.theme.folders[0] if options.theme else None,
            config=options.config,
        )
        assert {output.path.name: output.sha256 for output in result.outputs} == {
            name: hashlib.sha256(made.data).hexdigest() for name, made in end.records[0][0].items()
        }
        here = recorded(tmp_path / "out", "veska")
        assert here is not None
        assert (here.fingerprint, here.inputs) == (end.records[0][1].fingerprint, end.records[0][1].inputs)


@pytest.mark.parametrize("previous", ["../none/brief.yaml", "../a/../b/../b/last/brief.yaml", "x/brief.yaml"])
def test_problems_from_elsewhere_are_named_as_here(tmp_path: Path, previous: str) -> None:
    """The path to the last issue goes through a folder that no file of the job lies in."""
    folder = small_brief(tmp_path / "a", SMALL + f"series: {{title: W, number: 2, previous: {previous}}}\n")
    small_brief(tmp_path / "b" / "last", "title: [")
    with ThreadPoolExecutor(1) as executor:
        (here,) = package.build_all([folder], formats=["docx"], output_dir=tmp_path / "here")
        (there,) = package.build_all([folder], formats=["docx"], output_dir=tmp_path / "there", executor=executor)
        assert here.problems == there.problems != ()
        small_brief(tmp_path / "c", SMALL.replace("2026-03-14", "soon"))
        (failed,) = package.build_all([tmp_path / "c"], formats=["docx"], executor=executor)
    assert (failed.status, failed.exit_code) == (package.Status.FAILED, package.ExitCode.DATA)
    place = failed.problems[0].place
    assert place is not None and place.file == str(tmp_path / "c" / "brief.yaml")


class Broken(Executor):
    """An executor that loses every other job, in one way or the other."""

    def __init__(self) -> None:
        self.count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.count += 1
        if self.count == 1:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        if self.count == 2:
            future.set_exception(BrokenExecutor("a worker was lost"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_job_that_an_executor_loses_fails_alone(tmp_path: Path) -> None:
    several(tmp_path, 4)
    results = {each.name: each for each in package.build_all([tmp_path], formats=["docx"], executor=Broken())}
    assert [results[f"brief-{number}"].status for number in range(4)] == ["failed", "failed", "built", "built"]
    assert results["brief-0"].problems[0].code == results["brief-1"].problems[0].code == "worker-died"
    assert "a worker was lost" in results["brief-1"].problems[0].message


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--executor", "dusk=127.0.0.1:1"), "'dusk=127.0.0.1:1' is no executor; write dask=ADDRESS"),
        (("--executor", "dask="), "'dask=' is no executor"),
        (("--executor", "dask=nowhere"), "'dask=nowhere' is no executor"),
        (("--executor", "dask=tcp://127.0.0.1:9"), "no Dask scheduler answers at 'tcp://127.0.0.1:9'"),
        (("--executor", "dask=x:1", "--redline-from", "a"), "it cannot go with --redline-from"),
        (("-j", "0"), "Invalid value for '--jobs'"),
    ],
)
def test_an_executor_that_is_none_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    small_brief(tmp_path / "a")
    run = briefing("build", "a", "-f", "docx", *arguments, cwd=tmp_path)
    assert run.code == 2
    assert said in run.err
    assert not (tmp_path / "a" / "out").exists()


def test_a_wrong_number_of_jobs_is_told_by_the_interface(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="0 is no number of processes"):
        package.build_all([small_brief(tmp_path)], jobs=0)
