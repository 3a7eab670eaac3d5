"""Which addresses a brief may link to: whole http, https and mailto ones, and nothing that a browser would run or open on the reader's machine."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

# RFC 5321, 4.1.2 without its quoted forms, and without the signs that have a meaning of their own in a mailto address (RFC 6068, 2).
_EMAIL: Final = re.compile(r"[\w.!#$'*+/=^`{|}~-]+@[\w-]+(?:\.[\w-]+)*")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\\<>\"\x00-\x1f\x7f]")


def is_email(text: str) -> bool:
    """Whether `text` is a plain e-mail address, without a name or brackets around it."""
    return _EMAIL.fullmatch(text) is not None


def is_address(url: str) -> bool:
    """Whether `url` is a whole web or mailto address (RFC 3986, RFC 6068); one that carries a user's name or password is not."""
    if _NOT_IN_ADDRESSES.search(url):
        return False
    scheme, colon, rest = url.partition(":")
    if scheme.lower() == "mailto" and colon:
        return is_email(rest.partition("?")[0])
    if scheme.lower() not in ("http", "https") or not rest.startswith("//"):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and "@" not in parts.netloc and not re.search(r"^\.|\.\.", host or "")
