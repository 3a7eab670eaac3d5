"""What a reader must take away, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.document.blocks import ItemList, ListItem
from briefing.resolve.prose import BULLET, ProseReader
from briefing.schema.identity import content_id


def key_point_names(points: Sequence[str]) -> list[str]:
    """The id of each point's item, made from its words; of points with the same words the later ones get ``.2``, ``.3`` and so on."""
    seen: dict[str, int] = {}
    names = []
    for point in points:
        name = f"key_point-{content_id(point)}"
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name}.{seen[name]}" if seen[name] > 1 else name)
    return names


def key_point_list(points: Sequence[str]) -> ItemList:
    """The list of points, in the order of the data."""
    items = (
        ListItem(name, origin, BULLET, ProseReader(f"{name}.text", origin).blocks(point))
        for name, origin, point in zip(
            key_point_names(points), (f"key_points[{index}]" for index in range(len(points))), points, strict=True
        )
    )
    return ItemList("key_points", "key_points", False, 1, 1, tuple(items))
