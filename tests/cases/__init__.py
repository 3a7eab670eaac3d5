"""Briefs that went wrong without a word, each with what is right in its EXPECTED.txt."""

from pathlib import Path

CASES = Path(__file__).resolve().parent


def case(number: str) -> Path:
    """The folder of the case that begins with `number`."""
    (folder,) = CASES.glob(f"{number}-*")
    return folder
