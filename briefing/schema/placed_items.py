"""What stands apart from the running text of a section: an office's own tables, boxes and annexes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from briefing.schema.items import Ids, Item
from briefing.schema.types import (
    MANY,
    Body,
    CellText,
    Choice,
    Identifier,
    Line,
    Model,
    Prose,
    RelativePath,
)

MOST_COLUMNS = 12
"""More would be narrower on a page than their words."""


class ColumnAlign(Choice):
    """On which side the cells of a column stand."""

    LEFT = "left", "At the left, and numbers as they are typed."
    CENTRE = "centre", "In the middle, and numbers as they are typed."
    RIGHT = "right", "At the right, and numbers as they are typed."
    DECIMAL = "decimal", "Numbers with their decimal signs below one another, as the brief's language writes them."


class TableColumn(Model):
    """A column of an office's own table."""

    label: Line
    """What stands at its head."""
    unit: Line | None = None
    """What its numbers count; stands at the head, behind the label."""
    align: Annotated[ColumnAlign, Field(strict=False)] | None = None
    """left, centre, right or decimal. Left out, a column behind the first that holds numbers only is set as decimal, others as left."""


class OwnTable(Item):
    """A table of an office's own, its rows typed or taken from a CSV file."""

    caption: Prose
    """What the table shows."""
    columns: Annotated[tuple[TableColumn, ...], Field(max_length=MOST_COLUMNS, strict=False)] = ()
    """Its columns, from the left; for a CSV file they may be left out, since its first line names them."""
    rows: Annotated[tuple[Annotated[tuple[CellText, ...], Field(strict=False)], ...], MANY] = ()
    """Its rows, each a list with a cell for each column. The first cell names the row."""
    csv: RelativePath | None = None
    """Path of a CSV file below the data file that holds the rows; its first line names the columns."""
    note: Prose | None = None
    """What a reader must know of its numbers; stands under the table."""
    after: Identifier | None = None
    """The section or annex it stands in, at its end."""
    sources: Ids = ()
    """Ids of the sources, which are named under the table."""


class BoxItem(Item):
    """A text in a frame, beside the running text."""

    title: Line
    """What stands at its head."""
    body: Body
    """The text."""
    after: Identifier | None = None
    """The section or annex it stands in, at its end."""


class Annex(Item):
    """What stands behind everything else, from a new page on, under a letter."""

    title: Line
    """The heading, without 'Annex A'."""
    body: Body
    """The text."""
