"""`--executor dask=ADDRESS` on a real scheduler with two workers, each a process of its own; one is killed midway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.test_many import digests, several
from tests.running import ROOT, SMALL, briefing, small_brief


@dataclass(frozen=True)
class Cluster:
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def started(stack: ExitStack, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """One of Dask's own programs, with its files in `folder`; it is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    stack.callback(process.communicate)
    stack.callback(process.kill)
    return process


def read_until(process: subprocess.Popen[bytes], text: bytes) -> None:
    assert process.stderr is not None
    said = b""
    while text not in said:
        line = process.stderr.readline()
        assert line, f"it ended before it said {text!r}: {said.decode()}"
        said += line


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with ExitStack() as stack:
        scheduler = started(
            *(stack, folder, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"),
            *("--no-dashboard", "--scheduler-file", "scheduler.json"),
        )
        read_until(scheduler, b"Scheduler at:")
        address = ""
        while not address:
            try:
                address = json.loads((folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
            except (OSError, ValueError):
                continue
        call = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [started(stack, folder, *call, "--name", name) for name in ("one", "two")]
        for worker in workers:
            read_until(worker, b"Registered to:")
        yield Cluster(address, scheduler, workers)


def test_a_worker_that_is_killed_midway_costs_nothing(tmp_path: Path, cluster: Cluster) -> None:
    several(tmp_path / "briefs", 8)
    small_brief(tmp_path / "briefs" / "bad", SMALL.replace("summary", "sumary"))
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "briefing", "build", "briefs", "-o", "there", "--json"),
            *("--executor", f"dask={cluster.address}"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while len(lines) < 3:  # the bad one, which is not sent, and two that were
            lines.append(process.stdout.readline())
        cluster.workers[0].kill()
        rest, said = process.communicate()
    told = {each["brief"]: each["status"] for each in map(json.loads, [*lines, *rest.splitlines()])}
    assert told == {"bad": "failed", **{f"brief-{number}": "built" for number in range(8)}}, said
    assert process.returncode == 3
    assert "Traceback" not in said
    assert briefing("build", "briefs", "-o", "here", "-q", cwd=tmp_path).code == 3
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
    assert briefing("verify", "there", cwd=tmp_path).code == 0


def test_a_scheduler_that_is_killed_midway_is_told(tmp_path: Path, cluster: Cluster) -> None:
    several(tmp_path / "briefs", 8)
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", "build", "briefs", "--json", "--executor", f"dask={cluster.address}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        cluster.scheduler.kill()
        rest, said = process.communicate()
    told = [*map(json.loads, [first, *rest.splitlines()])]
    assert len(told) == 8
    assert {each["status"] for each in told} == {"built", "failed"}
    lost = [problem["code"] for each in told for problem in each["problems"]]
    assert lost and set(lost) == {"worker-died"}
    assert process.returncode == 5
    assert "Traceback" not in said
    assert {line.rsplit("[")[-1] for line in said.splitlines()} == {"worker-died]"}


def test_a_cluster_without_workers_is_told(tmp_path: Path, cluster: Cluster) -> None:
    small_brief(tmp_path / "a")
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    run = briefing("build", "a", "--executor", f"dask={cluster.address}", cwd=tmp_path)
    assert run.code in (2, 5), run.err
    assert "has no workers" in run.err or "[worker-died]" in run.err
