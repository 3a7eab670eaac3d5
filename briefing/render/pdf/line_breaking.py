"""Mending how the engine breaks lines (WeasyPrint 70).

A word may be broken anywhere where it does not fit a line of its own (CSS Text 3, 5.5: `overflow-wrap`). Inside an inline box, such as the first
paragraph of a list's item, the engine takes every box on the second line and later for one that begins the line, and breaks its first word.

Where text fits a line and only the blank after it does not, a blank may hang over the line's end (CSS Text 3, 4.1.3). The engine takes such text
for one that cannot be broken, and breaks it after its first word. It happens before any citation, link or stress that begins a line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

BLANKS: Final = " \u00a0"
_SUSPICIOUS: Final = 0.5
"""A line filled to less than this part of its width is looked at again."""
_NEAR: Final = 0.5
"""Pixels: text no farther than this from where its block begins is at the beginning of a line."""


def with_hanging_blanks(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `split_first_line`, letting blanks at the end of the text hang.

    What it returns is a layout, a length, where to go on (None when all fits), a width, a height and a baseline.
    """

    def split(text: str, style: Any, context: Any, max_width: float | None, *others: Any, **options: Any) -> Any:
        found = split_first_line(text, style, context, max_width, *others, **options)
        _, _, resume, width, *_ = found
        if resume is None or max_width is None or text[-1:] not in BLANKS or width > max_width * _SUSPICIOUS:
            return found
        whole = split_first_line(text.rstrip(BLANKS), style, context, max_width, *others, **options)
        if whole[2] is not None or whole[3] > max_width:
            return found
        return split_first_line(text, style, context, None, *others, **options)

    return split


def with_known_line_starts(split_inline_level: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `split_inline_level`, told by its place whether a box begins a line.

    `line_children` is what the engine has put on the line before; of an empty one it concludes that the line begins here.
    """

    def split(
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: Any,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        line_placeholders: Any,
        waiting_floats: Any,
        line_children: list[Any],
        *others: Any,
    ) -> Any:
        is_text = hasattr(box, "text")
        if is_text and not line_children and position_x > containing_block.content_box_x() + _NEAR:
            line_children = [(0, box)]
        return split_inline_level(
            context,
            box,
            position_x,
            max_x,
            bottom_space,
            skip_stack,
            containing_block,
            absolute_boxes,
            fixed_boxes,
            line_placeholders,
            waiting_floats,
            line_children,
            *others,
        )

    return split
