"""Whatever people and runs do to an output folder, in whatever order: nobody's work is lost, and no file of ours is taken for somebody's."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefing.run.ledger import recorded
from briefing.run.verification import verify_folder
from tests.run.desk import Desk
from tests.run.ended_midway import ended

FORMATS = st.sampled_from([("pdf", "docx"), ("pdf",), ("docx",)])
NAMES = st.sampled_from(["river.pdf", "river.docx"])


class Folder(RuleBasedStateMachine):
    """An output folder, people who edit in it, and runs that come to their end or do not."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(Path(tempfile.mkdtemp()))
        self.count = 0
        self.work: set[bytes] = set()
        self.flush, os.fsync = os.fsync, lambda fd: None

    def teardown(self) -> None:
        os.fsync = self.flush
        shutil.rmtree(self.desk.folder)

    @rule()
    def write_data(self) -> None:
        self.count += 1
        self.desk.write(f"ours {self.count}")

    @rule(formats=FORMATS)
    def build(self, formats: tuple[str, ...]) -> None:
        self.desk.build(*formats)
        text = self.desk.data_file.read_text(encoding="utf-8")
        assert {suffix: self.desk.held[f"river.{suffix}"] for suffix in formats} == {
            suffix: f"{suffix} {text}".encode() for suffix in formats
        }
        entry = recorded(self.desk.out, "river")
        assert entry is not None and not entry.pending
        touched = [
            each for brief in verify_folder(self.desk.out).briefs for what, each in brief.touched if what == "output"
        ]
        assert all(self.desk.held.get(each.path) in self.work for each in touched)

    @rule(formats=FORMATS, line=st.integers(1, 160))
    def build_and_be_killed(self, formats: tuple[str, ...], line: int) -> None:
        ended(lambda: self.desk.build(*formats), line)

    @rule(name=NAMES)
    def edit(self, name: str) -> None:
        self.desk.out.mkdir(exist_ok=True)
        file = self.desk.out / name
        if file.exists():
            self.work.discard(file.read_bytes())
        self.count += 1
        file.write_bytes(f"somebody's {self.count}".encode())
        self.work.add(file.read_bytes())

    @rule(name=NAMES)
    def take_away(self, name: str) -> None:
        file = self.desk.out / name
        if file.exists():
            self.work.discard(file.read_bytes())
            file.unlink()

    @invariant()
    def nothing_is_lost_and_nothing_of_ours_is_kept(self) -> None:
        held = self.desk.held if self.desk.out.exists() else {}
        assert self.work <= set(held.values())
        assert all(data.startswith(b"somebody's") for name, data in held.items() if ".edited-" in name)


Folder.TestCase.settings = hypothesis.settings(max_examples=120, stateful_step_count=15)
TestFolder = Folder.TestCase
