"""A page in a real Chromium: what axe-core finds in it, what it asks for, and how wide it is.

The browser is spoken to over two pipes by the Chrome DevTools Protocol, one JSON message after another, each ended by a NUL. Nothing listens on
a port, and nothing but Python and the browser is needed.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.validators.places import HERE, ToolMissingError, command

AXE: Final = HERE / "node_modules" / "axe-core" / "axe.min.js"
RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": False}},
    "resultTypes": ["violations"],
}
"""Every rule of WCAG 2.2 and of good practice. Citations within a sentence may be small (WCAG 2.5.8, exception 'inline'), which axe cannot tell."""
_ARGUMENTS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-pipe",
)
_LAUNCH: Final = (
    "import fcntl, os, sys; pipes = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]]; "
    "os.dup2(pipes[0], 3); os.dup2(pipes[1], 4); os.execv(sys.argv[3], sys.argv[3:])"
)
"""The browser reads from descriptor 3 and writes to 4."""
_SECONDS: Final = 120.0


class Browser:
    """A running browser with one tab. Use `chromium` to get one."""

    def __init__(self, process: subprocess.Popen[bytes], requests: int, answers: int) -> None:
        self._process = process
        self._out = os.fdopen(requests, "wb")
        self._in = os.fdopen(answers, "rb")
        self._number = 0
        self._session: str | None = None
        self.requested: list[str] = []
        """The addresses that were asked for since the page was opened."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self._call(f"{domain}.enable")

    def open(self, page: Path, width: int = 1280, *, dark: bool = False) -> None:
        """Show the page in a window of `width` pixels, in light or dark mode."""
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])
        self.requested.clear()
        self._call("Page.navigate", url=page.resolve().as_uri())
        self.run(
            "document.fonts.ready.then(() => document.readyState === 'complete' || new Promise(done => addEventListener('load', done)))"
        )

    def run(self, script: str) -> Any:
        """What the script gives, awaited. Raises `AssertionError` when it fails."""
        done = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def violations(self) -> list[str]:
        """Every rule of axe-core that the page breaks, with the elements that do."""
        if not AXE.exists():
            raise ToolMissingError("axe-core is not installed; `sh .ci/install test` installs it")
        self.run(f"{AXE.read_text(encoding='utf-8')}; null")
        found = self.run(f"axe.run(document, {json.dumps(RULES)}).then(done => done.violations)")
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.run("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"))

    def screenshot(self, target: Path) -> None:
        """The whole page as a PNG."""
        shot = self._call("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        target.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, target: Path) -> None:
        """The page as it is printed."""
        target.write_bytes(base64.b64decode(self._call("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        stop = time.monotonic() + _SECONDS
        while time.monotonic() < stop:
            said = self._receive()
            if said.get("method") == "Network.requestWillBeSent" and not said["params"]["request"]["url"].startswith(
                "data:"
            ):
                self.requested.append(said["params"]["request"]["url"])
            if said.get("id") == self._number:
                assert "error" not in said, f"{method}: {said['error']}"
                return said["result"]
        raise AssertionError(f"Chromium gave no answer to {method}")

    def _receive(self) -> dict[str, Any]:
        data = bytearray()
        while not data.endswith(b"\0"):
            part = self._in.read1(1) if not data else self._in.peek()
            assert part, "Chromium ended"
            if data:
                end = part.find(b"\0")
                part = self._in.read(end + 1 if end >= 0 else len(part))
            data += part
        said: dict[str, Any] = json.loads(data[:-1])
        return said


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own, ended with the block."""
    theirs_in, requests = os.pipe()
    answers, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _LAUNCH,
                str(theirs_in),
                str(theirs_out),
                command("chromium"),
                *_ARGUMENTS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        browser = Browser(process, requests, answers)
        try:
            yield browser
        finally:
            browser._out.close()
            process.kill()
            process.wait()
            browser._in.close()
