"""What is made from the models: the reference of the data file is whole, and a new brief is sound."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from briefing.errors import Severity
from briefing.schema.new_brief import SCHEMA_FILE, starter
from briefing.schema.references import check_references
from briefing.schema.types import Line
from briefing.schema.validate import validate
from briefing.source import read
from tools.data_file_page import MODELS, data_file_page

DAY = datetime.date(2026, 3, 14)


def test_the_reference_tells_every_key() -> None:
    page = data_file_page()
    for model, title in MODELS.items():
        assert issubclass(model, BaseModel)
        section = page.split(f"\n## {title}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(model.model_fields)
        for line in section.splitlines():
            if line.startswith("| `"):
                assert all(cell.strip() for cell in line.strip("|").split("|")), line


@settings(max_examples=40)
@given(title=st.text(max_size=40), day=st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 1)))
def test_any_title_and_day_begin_a_sound_brief(
    tmp_path_factory: pytest.TempPathFactory, title: str, day: datetime.date
) -> None:
    try:
        title = TypeAdapter(Line).validate_python(title)
    except ValidationError:
        title = "1:30 # 'no' \"\\ {title} %(date)s"
    path = tmp_path_factory.getbasetemp() / "brief.yaml"
    path.write_text(starter(title, day), encoding="utf-8")
    brief = validate(read(path).values)
    assert brief.title == title
    assert brief.date.first_day == day
    assert [problem for problem in check_references(brief) if problem.severity is Severity.ERROR] == []


def test_a_new_brief_shows_every_common_section_and_switches_completion_on(tmp_path: Path) -> None:
    text = starter("T", DAY)
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    path = tmp_path / "brief.yaml"
    path.write_text(text, encoding="utf-8")
    brief = validate(read(path).values)
    for section in (
        "summary",
        "key_points",
        "background",
        "timeline",
        "quotes",
        "stakeholders",
        "open_questions",
        "sources",
    ):
        assert getattr(brief, section), section
