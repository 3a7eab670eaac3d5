"""What a killed rendering leaves in the temporary folder is cleared by the next, and what is in use is not."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from briefing.files import PREFIX, SUFFIX, TemporaryFolder
from tests.running import ROOT

HOLD = (
    "import sys; from briefing.files import TemporaryFolder;"
    "folder = TemporaryFolder(); (folder.path / 'a').write_bytes(b'x'); print(folder.path, flush=True); sys.stdin.read()"
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_only_what_a_dead_process_left_is_removed(temporary: Path) -> None:
    others = [temporary / name for name in (f"{PREFIX}20260314", "briefing-2026", f"{PREFIX}file0001{SUFFIX}")]
    for path in others[:2]:
        path.mkdir()
    others[2].write_bytes(b"")
    others.append(temporary / f"{PREFIX}link0001{SUFFIX}")
    others[3].symlink_to(others[0])
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"TMPDIR": str(temporary), "PATH": ""},
    ) as holder:
        assert holder.stdout is not None
        held = Path(holder.stdout.readline().strip())
        own = TemporaryFolder()
        assert sorted(temporary.iterdir()) == sorted([*others, held, own.path])
        holder.send_signal(signal.SIGKILL)
    again = TemporaryFolder()
    assert sorted(temporary.iterdir()) == sorted([*others, own.path, again.path])
    own.remove()
    again.remove()
    assert sorted(temporary.iterdir()) == sorted(others)


def test_one_that_is_taken_for_an_abandoned_one_while_it_is_made_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkdtemp
    made: list[str] = []

    def made_and_removed_at_once(**name: str) -> str:
        made.append(make(**name))
        if len(made) == 1:
            Path(made[0]).rmdir()
        return made[-1]

    monkeypatch.setattr("tempfile.mkdtemp", made_and_removed_at_once)
    own = TemporaryFolder()
    assert [own.path] == list(temporary.iterdir())
    own.remove()
