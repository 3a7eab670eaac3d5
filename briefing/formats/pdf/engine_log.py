"""What the engine says while it works: it only logs, so its log is read and every line becomes a problem at its field."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from types import TracebackType

from briefing.document.tree import Document
from briefing.errors import Place, Problem, Severity
from briefing.themes.letters import HINT, printed_texts
from briefing.themes.theme import STYLE_SHEET


def missing_glyphs(document: Document, letters: Iterable[str]) -> list[Problem]:
    """One problem for each field that holds one of `letters`, none of which any font has; one for what the theme itself adds."""
    wanted = sorted(set(letters))
    problems: list[Problem] = []
    found: set[str] = set()
    for path, text in printed_texts(document):
        held = [letter for letter in wanted if letter in text]
        found.update(held)
        if held:
            problems.append(_problem(held, path))
    strays = [letter for letter in wanted if letter not in found]
    return list(dict.fromkeys([*problems, _problem(strays, "")] if strays else problems))


def _problem(letters: list[str], path: str) -> Problem:
    named = ", ".join(
        f"“{letter}” (U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')})" for letter in letters
    )
    return Problem("missing-glyph", f"no font has {named}", HINT, data_path=path)


LOGGER = "weasyprint"
HARMLESS = ("Step ",)
"""Beginnings of messages that say nothing is wrong."""
SEEN_LATER = ("No anchor",)
"""Beginnings of errors that reading the file back finds, too, and can name the node of."""
_MISSING_GLYPH = re.compile(r"\.notdef glyph.*\(U\+([0-9A-F]{4,6})\)", re.DOTALL)
_IN_STYLE_SHEET = re.compile(r" at (\d+):(\d+)")


class EngineLog(logging.Handler):
    """Collects warnings and errors of the engine as problems, while it is entered, and the letters that no font has."""

    def __init__(self, theme_name: str) -> None:
        super().__init__(logging.WARNING)
        self.hint = f"mend the templates or the style sheet of the theme '{theme_name}'"
        self.problems: list[Problem] = []
        self.missing_letters: set[str] = set()
        self._before: tuple[list[logging.Handler], bool, int] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Note one line. An error fails the build; a warning speaks of the theme, and is one of ours, too."""
        message = record.getMessage().strip()
        if message.startswith(HARMLESS):
            return
        if missing := _MISSING_GLYPH.match(message):
            self.missing_letters.add(chr(int(missing[1], 16)))
            return
        fails = record.levelno >= logging.ERROR and not message.startswith(SEEN_LATER)
        found = _IN_STYLE_SHEET.search(message)
        place = Place(STYLE_SHEET, int(found[1]), int(found[2])) if found else None
        severity = Severity.ERROR if fails else Severity.WARNING
        problem = Problem("engine", message.rstrip("."), self.hint, place=place, severity=severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def __enter__(self) -> EngineLog:
        logger = logging.getLogger(LOGGER)
        self._before = (logger.handlers, logger.propagate, logger.level)
        logger.handlers, logger.propagate = [self], False
        logger.setLevel(logging.WARNING)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._before is not None
        logger = logging.getLogger(LOGGER)
        logger.handlers, logger.propagate, _ = self._before
        logger.setLevel(self._before[2])
