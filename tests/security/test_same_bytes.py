"""The same inputs give the same bytes, whoever builds them, where, when, and on how many processors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running import EXAMPLES, ROOT

SOMEBODY = ("unshare", "--user")
"""Nobody's name and number, as the program sees it, where we may make a user namespace."""
ONE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}
OTHER = {"TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}


def built(folder: Path, environment: dict[str, str], before: tuple[str, ...], processors: set[int]) -> dict[str, bytes]:
    shutil.copytree(EXAMPLES / "iss-withdrawal", folder, ignore=shutil.ignore_patterns("out"))
    home = folder.parent / "home"
    home.mkdir()
    for path in (folder.parent, home, folder):
        path.chmod(0o777)
    variables = {
        **os.environ,
        **environment,
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [*before, sys.executable, "-m", "briefing", "build", str(folder), "-f", "pdf", "-f", "docx", "-f", "html"]
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        done = subprocess.run(command, cwd=folder.parent, env=variables, capture_output=True, text=True, check=False)
    finally:
        os.sched_setaffinity(0, ours)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (folder / "out").glob("iss-withdrawal.*")}


def test_the_same_bytes_in_another_folder_by_another_user_in_another_place() -> None:
    can = shutil.which(SOMEBODY[0]) and subprocess.run([*SOMEBODY, "true"], check=False).returncode == 0
    all_of_them = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are open to nobody else
        Path(place).chmod(0o755)
        one = built(Path(place, "a", "iss-withdrawal"), ONE, (), {min(all_of_them)})
        other = built(Path(place, "b", "of another", "iss-withdrawal"), OTHER, SOMEBODY if can else (), all_of_them)
    assert len(one) == 3
    assert [name for name, data in one.items() if data != other[name]] == []
