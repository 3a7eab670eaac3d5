"""Ending a run by SIGKILL before each single line that writes, and looking what it left: `python -m tests.run.ended_midway FOLDER SCENARIO`.

It runs in a process of its own, because it forks once a line. What it finds is printed as JSON, one list of faults.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec.structs import replace

from briefing import files as outputs
from briefing.files import path_from
from briefing.formats import Artifact
from briefing.run import archive, place
from briefing.run.archive import issue_folder, move_latest
from briefing.run.fingerprint import fingerprint
from briefing.run.ledger import Entry, Manifest, hash_input, recorded, write_manifest
from briefing.run.place import edited_if_unchanged, put_in_place
from briefing.run.verification import verify_folder

WATCHED = {module.__file__ for module in (archive, outputs, place)}
EDITED = b"an afternoon's work"


def end_at(line: int) -> None:
    """End this process by SIGKILL before the `line`-th line of ours that it runs."""
    left = line

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def ended(work: Callable[[], object], line: int) -> bool:
    """Do `work` in a child that is ended before its `line`-th line; False when it was done before that."""
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            end_at(line)
            work()
            failed = 0
        finally:  # nothing of the caller's goes on in the child
            sys.settrace(None)
            os._exit(failed)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the run failed"
    return False


class Desk:
    """A brief's folder with its outputs, built to order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = issue_folder(folder, "river")
        self.data_file = folder / "brief.yaml"

    def entry(self, date: str = "2026-03-14") -> Entry:
        inputs = (hash_input("data", self.folder, "brief.yaml"),)
        data_file = path_from(self.out, self.data_file)
        return Entry(
            "river",
            "River",
            date,
            None,
            None,
            data_file,
            f"{date}T00:00:00Z",
            fingerprint(inputs, {}, {}),
            {},
            {},
            inputs,
            {},
            (),
        )

    def build(self, text: str, publish: bool = False) -> tuple[str, ...]:
        self.data_file.write_text(text, encoding="utf-8")
        entry = self.entry()
        placed = put_in_place(self.out, self.files(text), entry)
        if publish:
            move_latest(self.folder, entry)
        return tuple(problem.code for problem in placed.problems)

    @staticmethod
    def files(text: str) -> dict[str, Artifact]:
        return {
            f"river.{suffix}": Artifact(suffix, f".{suffix}", f"{suffix} {text}".encode(), None)
            for suffix in ("pdf", "docx")
        }

    def faults_of_files(self, *texts: str, may_lack: bool) -> list[str]:
        """What is wrong with the outputs, which must be whole and of one of `texts`, or what was edited."""
        found = []
        for suffix in ("pdf", "docx"):
            file = self.out / f"river.{suffix}"
            allowed = [f"{suffix} {text}".encode() for text in texts] + [EDITED] * (suffix == "docx")
            if file.exists() and file.read_bytes() not in allowed:
                found.append(f"{file.name} is {file.read_bytes()!r}")
            if not file.exists() and not may_lack:
                found.append(f"{file.name} is gone")
        return found

    def faults_of_end(self, text: str, edited: bool) -> list[str]:
        """What is wrong after a run that came to its end."""
        held = {path.name: path.read_bytes() for path in self.out.iterdir() if path.name != "manifest.json"}
        kept = [name for name in held if ".edited-" in name]
        wanted = {name: made.data for name, made in self.files(text).items()}
        found = [] if {name: held[name] for name in held if name not in kept} == wanted else [f"holds {held}"]
        if [held[name] for name in kept] != [EDITED] * edited:
            found.append(f"keeps {kept}")
        entry = recorded(self.out, "river")
        if entry is None or edited_if_unchanged(entry, self.out, self.data_file, {}, {}) is None:
            found.append("the next run would build it again")
        if not all(brief.is_sound for brief in verify_folder(self.out).briefs):
            found.append("it does not verify")
        litter = [str(path) for path in self.folder.rglob("*briefing-part")]
        return found + litter


def announce_nothing() -> None:
    """Leave out what says in the manifest which outputs are about to be put in place."""

    def silent(folder: Path, manifest: Manifest, *, alone: bool) -> None:
        if not any(entry.pending for entry in manifest.briefs.values()):
            write_manifest(folder, manifest, alone=alone)

    vars(place)["write_manifest"] = silent


def at_once(folder: Path, rounds: int) -> list[str]:
    """Let two runs build into one folder, both the same brief and one of their own, and look at it meanwhile."""
    desk = Desk(folder)
    folder.mkdir()
    desk.build("one")
    texts = ("one", "two", "three")
    entries = {}
    for text in texts:
        desk.data_file.write_text(text, encoding="utf-8")
        entries[text] = desk.entry()
    workers = []
    for own in ("north", "south"):
        worker = os.fork()
        if worker == 0:
            for turn in range(rounds):
                text = texts[(turn + (own == "north")) % len(texts)]
                if put_in_place(desk.out, desk.files(text), entries[text]).problems:
                    os._exit(1)
                put_in_place(
                    desk.out,
                    {f"{own}.pdf": Artifact("pdf", ".pdf", f"{turn}".encode(), None)},
                    replace(desk.entry(), name=own),
                )
            os._exit(0)
        workers.append(worker)
    faults: list[str] = []
    while workers:
        faults += desk.faults_of_files(*texts, may_lack=False)
        done, status = os.waitpid(workers[0], os.WNOHANG)
        if done:
            workers.pop(0)
            faults += ["a run failed"] * (status != 0)
    names = sorted(path.name for path in desk.out.iterdir())
    if names != ["manifest.json", "north.pdf", "river.docx", "river.pdf", "south.pdf"]:
        faults.append(f"holds {names}")
    if any(
        brief.is_unfinished or any(what == "output" for what, _ in brief.touched)
        for brief in verify_folder(desk.out).briefs
    ):
        faults.append("it does not verify")
    return faults


def scenario(folder: Path, name: str) -> tuple[int, list[str]]:
    """End a run at every line, let the next come to its end, and count the lines and the faults."""
    before = Desk(folder / "before")
    before.folder.mkdir(parents=True)
    was_built, was_edited, publish = name != "first", name == "edited", name == "archive"
    twice = name in ("twice", "unannounced")
    if name == "unannounced":
        announce_nothing()
    if was_built:
        before.build("one")
    if was_edited:
        (before.out / "river.docx").write_bytes(EDITED)
    faults: list[str] = []
    line = 0
    while True:
        line += 1
        desk = Desk(folder / str(line))
        # Folders keep their dates and links: what is copied is what a run left.
        shutil.copytree(before.folder, desk.folder, symlinks=True)
        came_to_its_end = not ended(lambda desk=desk: desk.build("two", publish), line)  # type: ignore[misc]
        found = desk.faults_of_files("one", "two", may_lack=not was_built)
        if twice and not came_to_its_end:
            ended(lambda desk=desk: desk.build("three"), 1 + line * 7 % 211)  # type: ignore[misc]
            found += desk.faults_of_files("one", "two", "three", may_lack=not was_built)
        last = "four" if twice else "two"
        desk.build(last, publish)
        found += desk.faults_of_end(last, was_edited)
        if publish and (desk.folder / "latest").readlink() != Path("river"):
            found.append("latest leads elsewhere")
        faults += [f"line {line}: {fault}" for fault in found]
        shutil.rmtree(desk.folder)
        if came_to_its_end or (faults and name == "unannounced"):
            return line, faults


def main() -> None:
    """Run one scenario and print the number of its steps and the faults."""
    # SIGKILL does not touch what the kernel was given, so nothing here is lost by not waiting for the disk.
    os.fsync = lambda fd: None
    folder, name = Path(sys.argv[1]), sys.argv[2]
    steps, faults = (60, at_once(folder, 60)) if name == "at-once" else scenario(folder, name)
    print(json.dumps({"steps": steps, "faults": faults}))


if __name__ == "__main__":
    main()
