"""What somebody might try to reach with a brief: a file outside its folder, a listener, a program that opens what was built."""

from __future__ import annotations

import base64
import io
import re
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECRET = "canary-7f3a9c"
"""What stands in the file outside; it must be in nothing that is made or said."""


@dataclass
class Canary:
    """A file beside a brief's folder, and a listener; what of them was touched."""

    file: Path
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/x.png"

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note what the interpreter is about to open or to connect to."""
        if event in (
            "socket.connect",
            "socket.getaddrinfo",
            "socket.gethostbyname",
            "urllib.Request",
            "http.client.connect",
        ):
            self.asked.append(f"{event} {arguments[1:]}")
        elif event == "open" and str(arguments[0]).endswith(self.file.name):
            self.asked.append(f"open {arguments[0]}")


_watching: list[Canary] = []
_is_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    for canary in _watching:
        canary.watch(event, arguments)


@contextmanager
def watched(folder: Path) -> Iterator[Canary]:
    """A canary beside `folder`, watched as long as this lasts."""
    if not _is_hooked:
        sys.addaudithook(_hook)  # which cannot be taken away again
        _is_hooked.append(True)
    canary = Canary(folder.parent / "canary.txt")
    canary.file.write_text(SECRET, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        canary.port = listener.getsockname()[1]
        thread = threading.Thread(target=_listen, args=(listener, canary), daemon=True)
        thread.start()
        _watching.append(canary)
        try:
            yield canary
        finally:
            _watching.remove(canary)
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _listen(listener: socket.socket, canary: Canary) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        connection.close()
        canary.asked.append("a connection")


_DATA_URL = re.compile(rb"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)")


def unpacked(data: bytes) -> Iterator[bytes]:
    """Every piece of a finished file as it is read: of an archive its parts, of a page what its addresses hold, of a PDF its streams."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif data.startswith(b"%PDF-"):
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as file:
            for each in file.objects:
                yield each.read_bytes() if isinstance(each, pikepdf.Stream) and _is_text(each) else each.unparse()
    else:
        yield from (base64.b64decode(found) for found in _DATA_URL.findall(data))


def _is_text(stream: Any) -> bool:
    return str(stream.get("/Filter", "/FlateDecode")) == "/FlateDecode"
