"""Reading data files: every scalar as the text that was typed, with its line and column."""

from briefing.source.csv_values import csv_files, with_csv_values
from briefing.source.file import (
    FORMATS,
    FaultyFileError,
    Format,
    SourceFile,
    format_of,
    not_a_data_file,
    read,
    template_of,
)
from briefing.source.overrides import FLAG, Setting, is_key, override, put
from briefing.source.rows import Cell, Row, read_rows

__all__ = [
    "FLAG",
    "FORMATS",
    "Cell",
    "FaultyFileError",
    "Format",
    "Row",
    "Setting",
    "SourceFile",
    "csv_files",
    "format_of",
    "is_key",
    "not_a_data_file",
    "override",
    "put",
    "read",
    "read_rows",
    "template_of",
    "with_csv_values",
]
