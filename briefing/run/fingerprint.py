"""Telling whether a brief is what it was built from: one digest over the inputs' hashes, the options and the versions of all engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.run.ledger import InputFile


def fingerprint(inputs: Iterable[InputFile], options: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    """A SHA-256, in hexadecimal digits, over all that decides what a brief's outputs are; the order of `inputs` does not count.

    `options` are values that JSON has. Raises `TypeError` or `ValueError` for others.
    """
    whole = {
        "inputs": sorted({(each.role, each.path, each.sha256 or "", each.size) for each in inputs}),
        "options": dict(options),
        "versions": dict(versions),
    }
    return hashlib.sha256(
        json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    ).hexdigest()
