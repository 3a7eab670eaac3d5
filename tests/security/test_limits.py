"""What is read is bounded, each limit has a setting, and each message names it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from briefing.limits import Limits
from briefing.run.checks import check_all
from tests.running import EXAMPLES, ROOT, SMALL, small_brief

ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+) \|", re.MULTILINE)


def test_every_limit_stands_in_the_documentation() -> None:
    rows = ROW.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert Limits(**{name: int(value.replace(",", "")) for name, value in rows}) == Limits()
    assert len(rows) == len(Limits.__dataclass_fields__)


def test_a_setting_moves_a_limit_and_the_message_names_it(tmp_path: Path) -> None:
    figure = "figures:\n  - {image: map.png, caption: A map, alt: A map of the basin}\n"
    folder = small_brief(tmp_path / "brief", SMALL + figure)
    shutil.copy(EXAMPLES / "veska-flood-storage" / "figures" / "basin-map.png", folder / "map.png")
    (result,) = check_all([folder])
    assert not result.exit_code
    (folder / "briefing.toml").write_text("[limits]\npicture_bytes = 100\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    assert "at most 100 are accepted, unless 'limits.picture_bytes' in briefing.toml says otherwise" in problem.hint
    (folder / "briefing.toml").write_text("[limits]\ndata_file_bytes = 10\nsaved_test_bytes = 4\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    assert str(problem).endswith(
        "briefing.toml:3:1: error: there is no limit 'saved_test_bytes'; did you mean 'saved_text_bytes'? [unknown-key]"
    )


def test_a_key_of_settings_with_many_names_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    (folder / "briefing.toml").write_text("\n" + "a." * 30_000 + "a = 1\n", encoding="utf-8")
    (result,) = check_all([folder])
    assert [(each.code, each.place.line if each.place else 0) for each in result.problems] == [("too-deep", 2)]
