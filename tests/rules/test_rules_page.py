"""The page of the rules: what it shows in its examples is true."""

from __future__ import annotations

import re
import tomllib

from briefing.rules import rule_codes
from briefing.schema import Settings
from briefing.schema.validate import validate_as
from tools.rules_page import rules_page


def test_the_settings_shown_are_the_built_in_ones_but_where_it_says_so() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", rules_page(), re.DOTALL)
    shown = validate_as(Settings, tomllib.loads(block))
    assert set(shown.rules) <= set(rule_codes())
    unlike = {key: getattr(Settings(), key) for key in ("rules", "limits", "editions", "max_pages", "markings")}
    assert shown.model_copy(update=unlike) == Settings()
    assert set(tomllib.loads(block)) == set(Settings.model_fields)


def test_every_rule_stands_in_the_table_once() -> None:
    assert (
        tuple(re.findall(r"^\| `([a-z-]+)` \| (?:error|warning|note) \|", rules_page(), re.MULTILINE)) == rule_codes()
    )
