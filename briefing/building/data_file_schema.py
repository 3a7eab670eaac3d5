"""The data file's JSON Schema, for editors of data files."""

from briefing.schema.json_schema import json_schema as data_file_schema

__all__ = ["data_file_schema"]
