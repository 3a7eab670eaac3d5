"""Templates of a theme, looked at without a document: those that do not compile, and what in them does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jinja2 import TemplateSyntaxError, meta, nodes

from briefing.errors import Place, Problem, did_you_mean
from briefing.formats.html.blocks import SUFFIX, TemplateValues, environment_of
from briefing.themes.theme import Theme

_EVERYWHERE: Final = frozenset((*TemplateValues.__annotations__, "block", "node"))
_ON_SCREENS: Final = frozenset(("picture", "mentions", "style", "policy"))
_BLOCKS: Final = "blocks"


def template_problems(theme: Theme) -> Iterator[Problem]:
    """A problem for each fault in the templates of the theme's own folder, with its file, line and column."""
    environment = environment_of(theme.read)
    known = _EVERYWHERE | _ON_SCREENS | frozenset(environment.globals)
    kinds = sorted(name for name in Theme.load().own_files() if name.startswith(f"{_BLOCKS}/"))
    for name, file in theme.own_files().items():
        if not theme.has(name):
            what, hint = "it leads out of the theme's folder, or is too large: it is as good as missing", "copy it here"
            yield Problem("theme", what, hint, place=Place.of(file))
        if not name.endswith(SUFFIX) or not theme.has(name):
            continue
        if Path(name).parent.name == _BLOCKS and name not in kinds:
            what = f"no kind of node has the template '{name}', so it is never used"
            hint = did_you_mean(_kind(name), [_kind(each) for each in kinds], most=20)
            yield Problem("template", what, hint, place=Place.of(file))
        try:
            text = theme.read(name).decode("utf-8")
            parsed = environment.parse(text, name)
        except UnicodeDecodeError:
            yield Problem("template", "it is not UTF-8", "save it as UTF-8", place=Place.of(file))
            continue
        except TemplateSyntaxError as error:
            what = f"the template does not compile: {error.message}"
            yield Problem("template", what, "mend it", place=Place(str(file), error.lineno))
            continue
        lines = text.splitlines()
        missing = meta.find_undeclared_variables(parsed) - known
        for each in parsed.find_all(nodes.Name):
            if each.name in missing and each.ctx == "load":
                place = _place(file, lines, each.lineno, each.name)
                yield Problem(
                    "template", f"there is no '{each.name}'", did_you_mean(each.name, sorted(known)), place=place
                )
        for included in parsed.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
            named = getattr(included, "template", None)
            if isinstance(named, nodes.Const) and not theme.has(str(named.value)):
                place = _place(file, lines, included.lineno, str(named.value))
                yield Problem(
                    "template", f"the theme has no template '{named.value}'", "add it to its folder", place=place
                )


def _kind(name: str) -> str:
    return Path(name).name.partition(".")[0]


def _place(file: Path, lines: list[str], line: int, word: str) -> Place:
    """Where `word` first stands in a line of `file`; Jinja counts lines and not columns."""
    found = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", lines[line - 1] if line <= len(lines) else "")
    return Place(str(file), line, found.start() + 1 if found else 1)
