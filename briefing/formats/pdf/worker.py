"""The rendering process: `python -m briefing.formats.pdf.worker`.

It reads pickled requests from its standard input, each a document and a theme behind its length in eight bytes, and answers each likewise on
its standard output, until the input ends. It is talked to by `briefing.formats.pdf.process` alone, over pipes that nobody else holds.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from typing import IO, Any

LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message and flush it."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message. Raises `EOFError` when the stream ends before it is whole."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every request with a `Artifact` or the `BriefingError` that stopped it."""
    from briefing.errors import BriefingError
    from briefing.formats.pdf.engine import pdf

    while True:
        try:
            document, theme = receive(requests)
        except EOFError:
            return
        try:
            answer: Any = pdf(document, theme)
        except BriefingError as error:
            answer = error
        send(answers, answer)


def main() -> None:
    """Serve on the process's own pipes, with its memory limited to the number of bytes in its first argument where that can be."""
    if len(sys.argv) > 1:
        limit = int(sys.argv[1])
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource  # which Windows lacks

            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
