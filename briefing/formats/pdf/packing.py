"""How the engine compresses: by the library that comes along, so that the bytes are the same on every machine."""

from __future__ import annotations

from briefing.compression import deflated


class Packed:
    """What pydyf uses of `zlib`."""

    compress = staticmethod(deflated)

    class compressobj:  # noqa: N801  as zlib calls it
        """What is to be compressed, gathered until it is asked for."""

        def __init__(self, level: int) -> None:
            self._parts: list[bytes] = []

        def compress(self, data: bytes) -> bytes:
            """Take `data`, and give nothing yet."""
            self._parts.append(data)
            return b""

        def flush(self) -> bytes:
            """All that was taken, compressed."""
            return deflated(b"".join(self._parts))
