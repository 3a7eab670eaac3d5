"""The wheel holds all it needs: installed where nothing else is, it builds a brief."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from tools.dependencies import bill_of_materials

# Python 3.11.4 brought the filter; Debian 12 has 3.11.2.
SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str | Path, cwd: Path) -> str:
    """What a command prints. It sees none of this checkout, and its failure is the test's."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [*map(str, arguments)], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def pip(python: Path, *arguments: str | Path, cwd: Path) -> None:
    run(python, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", *arguments, cwd=cwd)


def build_wheel(folder: Path) -> Path:
    """A wheel made as an index would get it: from the source distribution, not from the checkout."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder, **SAFELY)
    unpacked = folder / archive.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=unpacked)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_a_wheel_in_an_empty_environment_builds_a_brief(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    wheel = build_wheel(dist)
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("templates", "assets"):
        place = f"briefing/_data/{folder}/"
        inside = {f"{folder}/{name.removeprefix(place)}" for name in names if name.startswith(place)}
        outside = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert inside == outside
    assert not [name for name in names if not name.startswith(("briefing/", "policy_brief_builder-"))]

    (bill,) = (name for name in names if ".dist-info/sboms/" in name)  # PEP 770
    assert zipfile.ZipFile(wheel).read(bill).decode() == bill_of_materials()

    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    lock = ROOT / "requirements" / "run.txt"
    pip(python, "install", "--no-compile", "--require-hashes", "-r", lock, cwd=tmp_path)
    pip(python, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    # What the wheel itself says it needs is there.
    pip(python, "check", cwd=tmp_path)
    module = run(python, "-c", "import briefing; print(briefing.__file__)", cwd=tmp_path)
    assert Path(module.strip()).is_relative_to(environment)

    briefing = environment / "bin" / "briefing"
    run(briefing, "new", "demo", cwd=tmp_path)
    run(briefing, "build", "demo", cwd=tmp_path)
    assert (tmp_path / "demo" / "out" / "demo.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(tmp_path / "demo" / "out" / "demo.docx")
