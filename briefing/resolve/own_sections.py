"""The order of sections: the built-in ones, with an office's own put in after the section they name."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.schema import OwnSection
from briefing.schema.references import SECTION_NAMES


def section_order(own: Sequence[OwnSection]) -> list[str]:
    """The names of all sections in order, `own/<id>` for an office's own.

    Sections that follow the same one keep the order of the data file; one that names none comes after the open questions.
    """
    followers: dict[str, list[str]] = {}
    for section in own:
        followers.setdefault(section.after or SECTION_NAMES[-1], []).append(str(section.id))
    order: list[str] = []

    def put(name: str, key: str) -> None:
        order.append(name)
        for follower in followers.pop(key, []):
            put(f"own/{follower}", follower)

    for name in SECTION_NAMES:
        put(name, name)
    return order
